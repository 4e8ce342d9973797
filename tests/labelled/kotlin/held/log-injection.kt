package telemetry

import io.github.oshai.kotlinlogging.KotlinLogging
import io.ktor.server.application.call
import io.ktor.server.application.log
import io.ktor.server.application.Application
import io.ktor.server.request.receiveParameters
import io.ktor.server.response.respond
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import io.ktor.http.HttpStatusCode
import kotlinx.serialization.json.JsonPrimitive
import org.apache.commons.text.StringEscapeUtils
import org.apache.logging.log4j.LogManager
import java.util.UUID

private val logger = KotlinLogging.logger {}

private val events = LogManager.getLogger("events")

class Journal(private val out: Appendable) {
    fun line(vararg fields: Pair<String, String?>) {
        val text = fields.joinToString(" ") { (k, v) -> "$k=$v" }
        out.append(text).append('\n') // flaw: log-injection
    }

    fun jsonLine(vararg fields: Pair<String, String?>) {
        val text = fields.joinToString(",", "{", "}") { (k, v) -> "\"$k\":${JsonPrimitive(v)}" }
        out.append(text).append('\n') // fine: log-injection
    }
}

fun Application.telemetry(journal: Journal) {
    routing {
        get("/visit") {
            logger.info { "visit from ${call.request.queryParameters["campaign"]}" } // flaw: log-injection
            call.respond(HttpStatusCode.NoContent)
        }
        get("/visit/{id}") {
            val id = UUID.fromString(call.parameters["id"])
            logger.info { "visit $id" } // fine: log-injection
            call.respond(HttpStatusCode.NoContent)
        }
        post("/cart") {
            val form = call.receiveParameters()
            journal.line("sku" to form["sku"], "note" to form["note"])
            call.respond(HttpStatusCode.NoContent)
        }
        post("/basket") {
            val form = call.receiveParameters()
            journal.jsonLine("sku" to form["sku"], "note" to form["note"])
            call.respond(HttpStatusCode.NoContent)
        }
        post("/profile") {
            val form = call.receiveParameters()
            for (name in listOf("city", "bio")) {
                val value = form[name] ?: continue
                events.warn("profile field {} set to {}", name, value) // flaw: log-injection
            }
            call.respond(HttpStatusCode.NoContent)
        }
        post("/review") {
            val text = StringEscapeUtils.escapeJava(call.receiveParameters()["text"].orEmpty())
            events.warn("review {}", text) // fine: log-injection
            call.respond(HttpStatusCode.NoContent)
        }
        post("/ticket") {
            val subject = call.receiveParameters()["subject"] ?: "none"
            val message = "ticket: " + subject.trim()
            this@telemetry.log.info(message) // flaw: log-injection
            call.respond(HttpStatusCode.Created)
        }
        get("/page/{n}") {
            val n = call.parameters["n"]?.toIntOrNull() ?: 1
            this@telemetry.log.info("page " + n) // fine: log-injection
            call.respond(HttpStatusCode.NoContent)
        }
    }
}
