package api

import io.javalin.Javalin
import io.javalin.config.JavalinConfig
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.server.application.Application
import io.ktor.server.application.call
import io.ktor.server.application.install
import io.ktor.server.plugins.cors.routing.CORS
import io.ktor.server.response.header
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.routing
import io.vertx.ext.web.Router
import io.vertx.ext.web.handler.CorsHandler
import org.http4k.core.Filter
import java.net.URI

private val TENANTS = setOf("one.example.org", "two.example.org")

fun Application.wide() {
    install(CORS) {
        allowOrigins { origin -> origin.startsWith("http") } // flaw: cors
        allowCredentials = true
        allowMethod(HttpMethod.Put)
    }
}

fun Application.narrow() {
    install(CORS) {
        allowHost("app.example.com", schemes = listOf("https")) // fine: cors
        allowCredentials = true
        allowMethod(HttpMethod.Put)
    }
}

fun Application.open() {
    install(CORS) {
        anyHost() // fine: cors
        allowCredentials = false
        allowMethod(HttpMethod.Get)
    }
}

fun Application.manual() {
    routing {
        get("/me") {
            val origin = call.request.headers[HttpHeaders.Origin]
            if (origin != null && origin.endsWith("example.org")) {
                call.response.header(HttpHeaders.AccessControlAllowOrigin, origin) // flaw: cors
                call.response.header(HttpHeaders.AccessControlAllowCredentials, "true")
            }
            call.respondText("{}")
        }
        get("/tenant") {
            val host = call.request.headers[HttpHeaders.Origin]?.let { runCatching { URI(it) }.getOrNull() }
                ?.takeIf { it.scheme == "https" && it.port == -1 }?.host
            if (host in TENANTS) {
                call.response.header(HttpHeaders.AccessControlAllowOrigin, "https://$host") // fine: cors
                call.response.header(HttpHeaders.AccessControlAllowCredentials, "true")
            }
            call.respondText("{}")
        }
    }
}

fun javalin(): Javalin = Javalin.create { config: JavalinConfig ->
    config.bundledPlugins.enableCors { cors ->
        cors.addRule {
            it.reflectClientOrigin = true // flaw: cors
            it.allowCredentials = true
        }
    }
}

fun vertx(router: Router) {
    router.route("/account/*").handler(
        CorsHandler.create()
            .addRelativeOrigin(".*") // flaw: cors
            .allowCredentials(true)
    )
    router.route("/basket/*").handler(
        CorsHandler.create()
            .addRelativeOrigin("https://shop[12]\\.example\\.org") // fine: cors
            .allowCredentials(true)
    )
}

val reflect = Filter { next ->
    { request ->
        val headers = listOf(
            "Access-Control-Allow-Origin" to (request.header("Origin") ?: "null"), // flaw: cors
            "Access-Control-Allow-Credentials" to "true",
        )
        headers.fold(next(request)) { response, (name, value) -> response.header(name, value) }
    }
}
