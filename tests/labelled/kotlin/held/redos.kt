package checks

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.plugins.requestvalidation.RequestValidationConfig
import io.ktor.server.plugins.requestvalidation.ValidationResult
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import com.google.re2j.Pattern as LinearPattern

data class Signup(val host: String, val color: String, val words: String)

enum class Shape(val regex: Regex) {
    HOST(Regex("^(([a-z0-9]+-?)+\\.?)+$")), // flaw: redos
    COLOR(Regex("^#([0-9a-f]{3}|[0-9a-f]{6})$")), // fine: redos
}

private val DATE = """^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$""".toRegex() // fine: redos

private const val WORDS = "^((?:[a-zA-Z]+|\\w+|[0-9]+)+)!$"

fun RequestValidationConfig.signup() {
    validate<Signup> { s ->
        when {
            !Shape.HOST.regex.matches(s.host) -> ValidationResult.Invalid("host")
            !Shape.COLOR.regex.matches(s.color) -> ValidationResult.Invalid("color")
            !Regex(WORDS).matches(s.words) -> ValidationResult.Invalid("words") // flaw: redos
            else -> ValidationResult.Valid
        }
    }
}

class Filters {
    fun user(pattern: String, lines: List<String>): List<String> {
        val compiled = pattern.toRegex(RegexOption.IGNORE_CASE) // flaw: redos
        return lines.filter(compiled::containsMatchIn)
    }

    fun linear(pattern: String, lines: List<String>): List<String> {
        val compiled = LinearPattern.compile(pattern) // fine: redos
        return lines.filter { compiled.matcher(it).find() }
    }

    fun literal(word: String, lines: List<String>): List<String> =
        lines.filter { Regex(Regex.escape(word)).containsMatchIn(it) } // fine: redos
}

fun Route.checkRoutes(filters: Filters, lines: List<String>) {
    get("/lines") { call.respond(filters.user(call.request.queryParameters["p"].orEmpty(), lines)) }
    get("/linear") { call.respond(filters.linear(call.request.queryParameters["p"].orEmpty(), lines)) }
    get("/literal") { call.respond(filters.literal(call.request.queryParameters["w"].orEmpty(), lines)) }
    get("/date") {
        val ok = DATE.matches(call.request.queryParameters["d"].orEmpty())
        call.respond(if (ok) HttpStatusCode.OK else HttpStatusCode.BadRequest)
    }
    post("/csv") {
        val text = call.receiveText()
        val rows = text.lines().count { it.matches(Regex("(\\s*[^,]*\\s*,?)*;")) } // flaw: redos
        call.respond(rows)
    }
}
