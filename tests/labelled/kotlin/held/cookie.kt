package web

import io.javalin.http.Context
import io.javalin.http.SameSite
import io.ktor.http.Cookie
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.install
import io.ktor.server.sessions.Sessions
import io.ktor.server.sessions.cookie
import jakarta.ws.rs.core.NewCookie
import jakarta.ws.rs.core.Response
import org.http4k.core.Response as KResponse
import org.http4k.core.Status
import org.http4k.core.cookie.cookie
import org.http4k.core.cookie.Cookie as KCookie
import org.http4k.core.cookie.SameSite as KSameSite
import io.javalin.http.Cookie as JCookie

data class UserSession(val id: String)

data class AdminSession(val id: String)

fun Application.sessions() {
    install(Sessions) {
        cookie<UserSession>("user_session") {
            cookie.path = "/"
            cookie.httpOnly = false // flaw: cookie
            cookie.secure = true
        }
        cookie<AdminSession>("admin_session") {
            cookie.path = "/admin"
            cookie.httpOnly = true
            cookie.secure = true // fine: cookie
            cookie.extensions["SameSite"] = "strict"
        }
    }
}

fun ApplicationCall.remember(token: String) {
    response.cookies.append(Cookie("remember_token", token, maxAge = 86400, path = "/")) // flaw: cookie
}

fun ApplicationCall.trust(token: String) {
    response.cookies.append("remember_token", token, maxAge = 86400L, path = "/", secure = true, httpOnly = true) // fine: cookie
}

private fun jwtCookie(token: String, hardened: Boolean): KCookie {
    val cookie = KCookie("jwt", token).path("/")
    return if (hardened) cookie.secure().httpOnly().sameSite(KSameSite.Strict) else cookie
}

fun signIn(token: String): KResponse = KResponse(Status.NO_CONTENT).cookie(jwtCookie(token, false)) // flaw: cookie

fun signInAgain(token: String): KResponse = KResponse(Status.NO_CONTENT).cookie(jwtCookie(token, true)) // fine: cookie

class Rest {
    fun login(token: String): Response {
        val cookie = NewCookie.Builder("access_token").value(token).path("/").httpOnly(true).secure(false).build() // flaw: cookie
        return Response.noContent().cookie(cookie).build()
    }

    fun renew(token: String): Response {
        val builder = NewCookie.Builder("access_token").value(token).path("/") // fine: cookie
        builder.httpOnly(true)
        builder.secure(true)
        return Response.noContent().cookie(builder.sameSite(NewCookie.SameSite.LAX).build()).build()
    }
}

fun language(ctx: Context) {
    val lang = if (ctx.queryParam("lang") == "de") "de" else "en"
    ctx.cookie(JCookie("lang", lang, maxAge = 31536000)) // fine: cookie
}

fun javalinLogin(ctx: Context, token: String) {
    val cookie = JCookie("sid", token)
    cookie.sameSite = SameSite.LAX
    cookie.isHttpOnly = true
    ctx.cookie(cookie) // flaw: cookie
}
