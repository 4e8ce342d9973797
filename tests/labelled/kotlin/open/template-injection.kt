package com.acme.mailing

import freemarker.template.Configuration
import freemarker.template.Template
import org.apache.velocity.VelocityContext
import org.apache.velocity.app.VelocityEngine
import org.springframework.http.MediaType
import org.springframework.stereotype.Controller
import org.springframework.web.bind.annotation.*
import org.thymeleaf.context.Context
import org.thymeleaf.spring6.SpringTemplateEngine
import java.io.StringReader
import java.io.StringWriter

private const val REMINDER = "Dear \${name}, your visit is on \${day}."

private val LAYOUTS = mapOf("brief" to "mail/brief", "full" to "mail/full")

class Renderer(private val freemarker: Configuration) {
    fun render(source: String, model: Map<String, Any?>): String {
        val writer = StringWriter()
        Template("inline", StringReader(source), freemarker).process(model, writer) // flaw: template-injection
        return writer.toString()
    }

    fun reminder(model: Map<String, Any?>): String {
        val writer = StringWriter()
        Template("reminder", REMINDER, freemarker).process(model, writer) // fine: template-injection
        return writer.toString()
    }
}

@Controller
@RequestMapping("/mail")
class MailController(
    private val renderer: Renderer,
    private val velocity: VelocityEngine,
    private val thymeleaf: SpringTemplateEngine,
) {
    @PostMapping("/preview", produces = [MediaType.TEXT_PLAIN_VALUE])
    @ResponseBody
    fun preview(@RequestParam subject: String, @RequestParam body: String): String =
        renderer.render(listOf(subject, "", body, "--", "\${company}").joinToString("\n"), mapOf("company" to "Acme"))

    @PostMapping("/remind", produces = [MediaType.TEXT_PLAIN_VALUE])
    @ResponseBody
    fun remind(@RequestParam name: String, @RequestParam day: String): String =
        renderer.reminder(mapOf("name" to name, "day" to day))

    @PostMapping("/velocity", produces = [MediaType.TEXT_PLAIN_VALUE])
    @ResponseBody
    fun velocity(@RequestParam text: String): String {
        val out = StringWriter()
        velocity.evaluate(VelocityContext(), out, "mail", text) // flaw: template-injection
        return out.toString()
    }

    @PostMapping("/hello", produces = [MediaType.TEXT_PLAIN_VALUE])
    @ResponseBody
    fun hello(@RequestParam text: String): String {
        val out = StringWriter()
        val context = VelocityContext().apply { put("text", text) }
        velocity.evaluate(context, out, "hello", "Hello, \$text") // fine: template-injection
        return out.toString()
    }

    @GetMapping("/section")
    fun section(@RequestParam section: String): String {
        return "mail/index :: $section" // flaw: template-injection
    }

    @GetMapping("/layout")
    fun layout(@RequestParam layout: String): String {
        return LAYOUTS[layout] ?: "mail/brief" // fine: template-injection
    }

    @GetMapping("/fragment", produces = [MediaType.TEXT_PLAIN_VALUE])
    @ResponseBody
    fun fragment(@CookieValue("greeting") greeting: String): String {
        var source = "<p th:text=\"\${who}\"></p>"
        if (greeting.isNotBlank()) source = "<p>$greeting</p>$source"
        val context = Context().apply { setVariable("who", "guest") }
        return thymeleaf.process(source, context) // flaw: template-injection
    }

    @GetMapping("/card", produces = [MediaType.TEXT_HTML_VALUE])
    @ResponseBody
    fun card(@RequestParam who: String): String {
        val context = Context()
        context.setVariable("who", who)
        return thymeleaf.process("mail/card", context) // fine: template-injection
    }
}
