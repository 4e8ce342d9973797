package blog

import io.ktor.http.ContentType
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.call
import io.ktor.server.html.respondHtml
import io.ktor.server.request.receiveParameters
import io.ktor.server.response.respondText
import io.ktor.server.routing.*
import kotlinx.html.*
import org.apache.commons.text.StringEscapeUtils
import org.jsoup.Jsoup
import org.jsoup.safety.Safelist
import java.net.URLEncoder

private val COLORS = listOf("red", "green", "blue")

data class Comment(val author: String, val text: String)

interface Comments {
    fun list(post: Int): List<Comment>
}

private suspend fun ApplicationCall.page(inner: String) =
    respondText("<html><body>$inner</body></html>", ContentType.Text.Html) // flaw: xss

fun Route.blogRoutes(comments: Comments) {
    get("/hello") {
        call.respondText("<p>Hi ${call.request.queryParameters["name"]}</p>", ContentType.Text.Html) // flaw: xss
    }
    get("/hello-dsl") {
        call.respondHtml { body { p { +"Hi ${call.request.queryParameters["name"]}" } } } // fine: xss
    }
    get("/failure") {
        val message = call.request.queryParameters["message"] ?: "Unknown error"
        call.page("<p class=error>$message</p>")
    }
    get("/raw") {
        val banner = call.request.queryParameters["banner"].orEmpty()
        call.respondHtml {
            body {
                div { unsafe { raw(banner) } } // flaw: xss
            }
        }
    }
    get("/post/{id}") {
        val rows = comments.list(call.parameters["id"]!!.toInt())
        val items = StringBuilder()
        for (row in rows) {
            items.append("<li><b>").append(StringEscapeUtils.escapeHtml4(row.author)).append("</b> ").append(row.text).append("</li>")
        }
        call.respondText("<ol>$items</ol>", ContentType.Text.Html) // flaw: xss
    }
    get("/post/{id}/plain") {
        val rows = comments.list(call.parameters["id"]!!.toInt())
        call.respondText(rows.joinToString("\n") { it.author + ": " + it.text }, ContentType.Text.Plain) // fine: xss
    }
    post("/comment") {
        val text = call.receiveParameters()["text"].orEmpty()
        call.respondText("<div>" + Jsoup.clean(text, Safelist.basic()) + "</div>", ContentType.Text.Html) // fine: xss
    }
    get("/badge") {
        val color = call.request.queryParameters["color"].takeIf { it in COLORS } ?: "grey"
        call.respondText("<span style='color:$color'>badge</span>", ContentType.Text.Html) // fine: xss
    }
    get("/share") {
        val target = URLEncoder.encode(call.request.queryParameters["u"].orEmpty(), Charsets.UTF_8)
        call.respondText("<a href=\"/share?u=$target\">share</a>", ContentType.Text.Html) // fine: xss
    }
    get("/script") {
        val user = StringEscapeUtils.escapeHtml4(call.request.queryParameters["user"].orEmpty())
        call.respondText("<script>load($user)</script>", ContentType.Text.Html) // flaw: xss
    }
}
