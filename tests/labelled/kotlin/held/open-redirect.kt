package links

import io.javalin.http.Context
import io.ktor.server.application.call
import io.ktor.server.request.receiveParameters
import io.ktor.server.response.header
import io.ktor.server.response.respond
import io.ktor.server.response.respondRedirect
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.http.HttpStatusCode
import io.ktor.http.encodeURLPathPart
import jakarta.ws.rs.core.Response
import jakarta.ws.rs.core.UriBuilder
import java.net.URI
import java.util.UUID

private const val PORTAL = "https://portal.example.com"

enum class Section(val path: String) { NEWS("/news"), HELP("/help") }

class Targets {
    private val known = listOf("docs.example.com", "help.example.com")

    fun check(raw: String?): String {
        val uri = runCatching { URI(raw.orEmpty()) }.getOrNull() ?: return PORTAL
        return if (uri.scheme == "https" && uri.host in known) uri.toString() else PORTAL
    }

    fun prefixed(raw: String?): String = if (raw != null && raw.startsWith(PORTAL)) raw else PORTAL
}

fun Route.linkRoutes(targets: Targets) {
    get("/out") {
        call.respondRedirect(call.request.queryParameters["url"] ?: PORTAL) // flaw: open-redirect
    }
    get("/checked") {
        call.respondRedirect(targets.check(call.request.queryParameters["url"])) // fine: open-redirect
    }
    get("/prefixed") {
        call.respondRedirect(targets.prefixed(call.request.queryParameters["url"])) // flaw: open-redirect
    }
    get("/section") {
        val section = Section.values().find { it.name == call.request.queryParameters["to"] } ?: Section.NEWS
        call.respondRedirect(PORTAL + section.path) // fine: open-redirect
    }
    post("/login") {
        val form = call.receiveParameters()
        val next = form["next"].orEmpty()
        val target = when {
            next.isEmpty() -> "/"
            next.startsWith("/") -> next
            else -> "/$next"
        }
        call.response.header("Location", target) // flaw: open-redirect
        call.respond(HttpStatusCode.Found)
    }
    get("/profile/{name}") {
        call.respondRedirect("/users/" + call.parameters["name"]!!.encodeURLPathPart()) // fine: open-redirect
    }
}

object Javalins {
    fun done(ctx: Context) {
        val target = ctx.queryParam("after") ?: ctx.cookie("after_login")
        ctx.redirect(target ?: "/") // flaw: open-redirect
    }

    fun item(ctx: Context) = ctx.redirect("/items/" + UUID.fromString(ctx.queryParam("id"))) // fine: open-redirect
}

class Rest {
    private fun go(target: URI): Response = Response.seeOther(target).build() // flaw: open-redirect

    fun tenant(tenant: String, page: String): Response = go(UriBuilder.fromUri("https://$tenant/").path(page).build())

    fun page(page: String): Response =
        Response.seeOther(UriBuilder.fromUri(PORTAL).path("pages").segment(page).build()).build() // fine: open-redirect
}
