package integrations

import com.rabbitmq.client.ConnectionFactory
import io.ktor.client.HttpClient
import io.ktor.client.plugins.auth.Auth
import io.ktor.client.plugins.auth.providers.BasicAuthCredentials
import io.ktor.client.plugins.auth.providers.basic
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.auth.Authentication
import io.ktor.server.auth.UserIdPrincipal
import io.ktor.server.auth.basic as basicAuth
import okhttp3.Credentials
import okhttp3.Request
import org.jetbrains.exposed.sql.Database
import org.mindrot.jbcrypt.BCrypt
import com.typesafe.config.ConfigFactory

private val config = ConfigFactory.load()

private val PARTNERS = mapOf(
    "north" to ("n0rth-api" to "Polar!Bear-77"), // flaw: hard-coded-password
    "south" to ("s0uth-api" to config.getString("partners.south.password")),
)

object Labels {
    const val PASSWORD_LABEL = "Password" // fine: hard-coded-password
    const val PASSWORD_RESET_PATH = "/account/password/reset" // fine: hard-coded-password
}

interface Users {
    fun hashOf(name: String): String?
}

object Databases {
    fun crm() = Database.connect(
        url = "jdbc:postgresql://crm.internal/crm?sslmode=verify-full",
        driver = "org.postgresql.Driver",
        user = "crm",
        password = "Crm-0nly-Pass", // flaw: hard-coded-password
    )

    fun shop() = Database.connect(
        url = "jdbc:postgresql://shop.internal/shop?sslmode=verify-full",
        driver = "org.postgresql.Driver",
        user = "shop",
        password = config.getString("shop.password"), // fine: hard-coded-password
    )
}

fun broker() = ConnectionFactory().apply {
    host = "queue.internal"
    username = "worker"
    setPassword("rabb1t-h0le-9") // flaw: hard-coded-password
    useSslProtocol()
}

fun partnerRequest(name: String, url: String): Request {
    val (user, secret) = PARTNERS.getValue(name)
    return Request.Builder().url(url).header("Authorization", Credentials.basic(user, secret)).build()
}

fun client() = HttpClient {
    install(Auth) {
        basic {
            credentials { BasicAuthCredentials("printer", "Ink&Paper-1200") } // flaw: hard-coded-password
        }
    }
}

fun supplierClient() = HttpClient {
    install(Auth) {
        basic {
            credentials { BasicAuthCredentials("supplier", System.getenv("SUPPLIER_PASSWORD").orEmpty()) } // fine: hard-coded-password
        }
    }
}

fun Application.security(users: Users) {
    install(Authentication) {
        basicAuth("ops") {
            validate { c -> if (c.name == "ops" && c.password == "wild-Goose-31") UserIdPrincipal(c.name) else null } // flaw: hard-coded-password
        }
        basicAuth("staff") {
            validate { c ->
                val hash = users.hashOf(c.name) ?: return@validate null
                if (BCrypt.checkpw(c.password, hash)) UserIdPrincipal(c.name) else null // fine: hard-coded-password
            }
        }
    }
}
