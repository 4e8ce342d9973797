package market

import io.javalin.http.Context
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.call
import io.ktor.server.request.receiveParameters
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import io.ktor.server.sessions.get
import io.ktor.server.sessions.sessions
import io.ktor.server.sessions.set

data class Login(val userId: Long, val role: String, val credit: Int)

data class Basket(val currency: String, val count: Int)

interface Directory {
    fun authenticate(name: String, secret: String): Login?
}

private val CURRENCIES = listOf("EUR", "USD")

private fun ApplicationCall.open(login: Login) {
    sessions.set(login) // flaw: trust-boundary
}

fun Route.marketRoutes(directory: Directory) {
    post("/switch") {
        val form = call.receiveParameters()
        call.open(Login(form["user"]!!.toLong(), form["role"] ?: "user", 0))
        call.respondText("ok")
    }
    post("/login") {
        val form = call.receiveParameters()
        val login = directory.authenticate(form["name"].orEmpty(), form["secret"].orEmpty())
        if (login != null) call.sessions.set(login) // fine: trust-boundary
        call.respondText("ok")
    }
    post("/credit") {
        val current = call.sessions.get<Login>() ?: return@post
        val credit = call.receiveParameters()["credit"]?.toIntOrNull() ?: 0
        call.sessions.set(current.copy(credit = credit)) // flaw: trust-boundary
        call.respondText("ok")
    }
    post("/basket") {
        val form = call.receiveParameters()
        val currency = form["currency"].takeIf { it in CURRENCIES } ?: "EUR"
        val count = (form["count"]?.toIntOrNull() ?: 1).coerceIn(1, 99)
        call.sessions.set(Basket(currency, count)) // fine: trust-boundary
        call.respondText("ok")
    }
}

object Javalins {
    fun tenant(ctx: Context) {
        ctx.sessionAttribute("tenant", ctx.formParam("tenant")) // flaw: trust-boundary
    }

    fun ownTenant(ctx: Context) {
        val mine = ctx.sessionAttribute<Set<String>>("tenants").orEmpty()
        val wanted = ctx.formParam("tenant")
        if (wanted in mine) ctx.sessionAttribute("tenant", wanted) // fine: trust-boundary
    }

    fun preferences(ctx: Context) {
        for ((name, values) in ctx.formParamMap()) {
            ctx.req().session.setAttribute(name, values.first()) // flaw: trust-boundary
        }
    }

    fun page(ctx: Context) {
        val page = ctx.formParam("page")?.toIntOrNull() ?: return
        ctx.req().session.setAttribute("page", page) // fine: trust-boundary
    }
}
