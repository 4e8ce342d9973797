package render

import com.github.jknack.handlebars.Handlebars
import com.hubspot.jinjava.Jinjava
import groovy.text.SimpleTemplateEngine
import io.ktor.http.ContentType
import io.ktor.server.application.call
import io.ktor.server.request.receiveParameters
import io.ktor.server.request.receiveText
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import io.pebbletemplates.pebble.PebbleEngine
import io.pebbletemplates.pebble.loader.StringLoader
import java.io.StringWriter

private const val RECEIPT = "Order {{ id }} for {{ buyer }}"

private val SUBJECTS = listOf("Welcome {{ name }}", "News for {{ name }}")

class Letters(private val jinjava: Jinjava = Jinjava()) {
    private val pebble = PebbleEngine.Builder().loader(StringLoader()).autoEscaping(false).build()

    private fun expand(source: String, values: Map<String, Any?>): String {
        val out = StringWriter()
        pebble.getTemplate(source).evaluate(out, values) // flaw: template-injection
        return out.toString()
    }

    fun letter(parts: List<String?>): String = expand(parts.filterNotNull().joinToString("\n\n"), mapOf("year" to 2024))

    fun receipt(buyer: String): String = jinjava.render(RECEIPT, mapOf("id" to 7, "buyer" to buyer)) // fine: template-injection

    fun subject(index: Int, name: String): String {
        val source = SUBJECTS.getOrElse(index) { SUBJECTS[0] }
        return jinjava.render(source, mapOf("name" to name)) // fine: template-injection
    }
}

fun Route.renderRoutes(letters: Letters) {
    val groovy = SimpleTemplateEngine()
    val handlebars = Handlebars()

    post("/jinja") {
        val text = call.receiveText()
        call.respondText(Jinjava().render(text, mapOf("company" to "Example")), ContentType.Text.Plain) // flaw: template-injection
    }
    post("/letter") {
        val form = call.receiveParameters()
        call.respondText(letters.letter(listOf(form["head"], form["body"], "{{ year }}")), ContentType.Text.Plain)
    }
    post("/groovy") {
        val form = call.receiveParameters()
        val source = "Dear \${name},\n" + form["message"]
        val template = groovy.createTemplate(source) // flaw: template-injection
        call.respondText(template.make(mapOf("name" to "Ann")).toString(), ContentType.Text.Plain)
    }
    post("/message") {
        val form = call.receiveParameters()
        val template = groovy.createTemplate("Dear \${name},\n\${message}") // fine: template-injection
        call.respondText(template.make(mapOf("name" to "Ann", "message" to form["message"])).toString(), ContentType.Text.Plain)
    }
    post("/inline") {
        val form = call.receiveParameters()
        var source = "{{greeting}}"
        for (name in form.names()) source += " " + form[name]
        val template = handlebars.compileInline(source) // flaw: template-injection
        call.respondText(template.apply(mapOf("greeting" to "Hi")), ContentType.Text.Plain)
    }
    post("/values") {
        val values = call.receiveParameters().entries().associate { (k, v) -> k to v.joinToString() }
        val template = handlebars.compileInline("{{#each this}}{{@key}}={{this}} {{/each}}") // fine: template-injection
        call.respondText(template.apply(values), ContentType.Text.Plain)
    }
}
