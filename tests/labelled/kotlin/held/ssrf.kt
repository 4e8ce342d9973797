package webhooks

import com.github.kittinunf.fuel.httpGet
import io.ktor.client.HttpClient
import io.ktor.client.request.get
import io.ktor.client.request.parameter
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsText
import io.ktor.client.statement.readBytes
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.response.respondBytes
import io.ktor.server.routing.*
import io.ktor.http.URLProtocol
import io.ktor.http.encodedPath
import okhttp3.HttpUrl.Companion.toHttpUrlOrNull
import okhttp3.OkHttpClient
import okhttp3.Request
import org.jsoup.Jsoup
import java.net.InetSocketAddress
import java.net.Socket
import java.util.UUID

private const val INVENTORY = "https://inventory.internal.example"

private val SHARDS = mapOf("a" to "https://a.backend.example", "b" to "https://b.backend.example")

data class Subscription(val event: String, val callback: String)

class Images(private val http: OkHttpClient) {
    private fun load(address: String): ByteArray? {
        val request = Request.Builder().url(address).build()
        return http.newCall(request).execute().use { it.body?.bytes() } // flaw: ssrf
    }

    fun avatar(source: String?): ByteArray? = source?.trim()?.takeIf { it.isNotEmpty() }?.let(::load)

    fun partner(source: String): ByteArray? {
        val url = source.toHttpUrlOrNull() ?: return null
        if (!url.isHttps || url.host != "images.partner.example") return null
        val client = http.newBuilder().followRedirects(false).build()
        return client.newCall(Request.Builder().url(url).build()).execute().use { it.body?.bytes() } // fine: ssrf
    }
}

fun Route.webhookRoutes(client: HttpClient, images: Images) {
    get("/preview") {
        val document = Jsoup.connect(call.request.queryParameters["url"]!!).get() // flaw: ssrf
        call.respond(document.title())
    }
    get("/stock") {
        val response = client.get("$INVENTORY/stock") { parameter("sku", call.request.queryParameters["sku"]) } // fine: ssrf
        call.respond(response.bodyAsText())
    }
    post("/subscribe") {
        val subscription = call.receive<Subscription>()
        val response = client.post(subscription.callback) { setBody(subscription.event) } // flaw: ssrf
        call.respond(response.status)
    }
    get("/avatar") { call.respondBytes(images.avatar(call.request.headers["X-Avatar"]) ?: ByteArray(0)) }
    get("/partner") { call.respondBytes(images.partner(call.request.queryParameters["url"].orEmpty()) ?: ByteArray(0)) }
    get("/document/{id}") {
        val id = UUID.fromString(call.parameters["id"])
        call.respondBytes(client.get("$INVENTORY/documents/$id").readBytes()) // fine: ssrf
    }
    get("/shard") {
        val base = SHARDS[call.request.queryParameters["shard"]]
        if (base == null) {
            call.respond(HttpStatusCode.NotFound)
            return@get
        }
        val (_, _, result) = "$base/health".httpGet().responseString() // fine: ssrf
        call.respond(result.component1().orEmpty())
    }
    get("/region") {
        val region = call.request.queryParameters["region"] ?: "eu"
        val response = client.get { // flaw: ssrf
            url {
                protocol = URLProtocol.HTTPS
                host = if (region.contains('.')) region else "$region.example.com"
                encodedPath = "/status"
            }
        }
        call.respond(response.bodyAsText())
    }
    get("/port") {
        val host = call.request.queryParameters["host"].orEmpty()
        Socket().use { it.connect(InetSocketAddress(host, 443), 500) } // flaw: ssrf
        call.respond(HttpStatusCode.NoContent)
    }
}
