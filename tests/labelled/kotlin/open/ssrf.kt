package com.acme.fetch

import org.springframework.http.HttpStatus
import org.springframework.web.bind.annotation.*
import org.springframework.web.client.RestTemplate
import org.springframework.web.reactive.function.client.WebClient
import org.springframework.web.server.ResponseStatusException
import org.springframework.web.util.UriComponentsBuilder
import java.net.HttpURLConnection
import java.net.URI
import java.net.URL
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

private val HOSTS = setOf("img.partner.example", "cdn.partner.example")

private val FEEDS = mapOf("news" to "https://news.example.com/rss", "blog" to "https://blog.example.com/atom")

data class Hook(val callback: String, val event: String)

class Downloader {
    private val client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build()

    fun download(address: String): ByteArray {
        val request = HttpRequest.newBuilder(URI.create(address)).GET().build()
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body() // flaw: ssrf
    }

    fun partner(address: String): ByteArray {
        val uri = URI.create(address)
        if (uri.scheme != "https" || uri.host !in HOSTS || uri.userInfo != null) {
            throw ResponseStatusException(HttpStatus.BAD_REQUEST)
        }
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray()).body() // fine: ssrf
    }
}

@RestController
@RequestMapping("/fetch")
class FetchController(private val rest: RestTemplate, private val web: WebClient.Builder) {
    private val downloader = Downloader()

    @GetMapping("/page", produces = ["application/octet-stream"])
    fun page(@RequestParam url: String): ByteArray = URL(url).readBytes() // flaw: ssrf

    @GetMapping("/feed", produces = ["application/octet-stream"])
    fun feed(@RequestParam name: String): ByteArray {
        val address = FEEDS[name] ?: throw ResponseStatusException(HttpStatus.NOT_FOUND)
        return URL(address).readBytes() // fine: ssrf
    }

    @PostMapping("/hook")
    fun hook(@RequestBody hook: Hook): Int {
        val payload = mapOf("event" to hook.event)
        return rest.postForEntity(hook.callback, payload, String::class.java).statusCode.value() // flaw: ssrf
    }

    @GetMapping("/user", produces = ["application/json"])
    fun user(@RequestParam id: Long): String? =
        rest.getForObject("https://users.internal.example/api/$id", String::class.java) // fine: ssrf

    @GetMapping("/avatar", produces = ["application/octet-stream"])
    fun avatar(@RequestHeader("X-Avatar") avatar: String): ByteArray {
        val address = if (avatar.startsWith("http")) avatar else "https://$avatar"
        return downloader.download(address)
    }

    @GetMapping("/partner", produces = ["application/octet-stream"])
    fun partner(@RequestParam url: String): ByteArray = downloader.partner(url)

    @GetMapping("/tenant", produces = ["application/json"])
    fun tenant(@RequestParam host: String): Int {
        val address = UriComponentsBuilder.newInstance().scheme("https").host(host).path("/status").build().toUri()
        val connection = address.toURL().openConnection() as HttpURLConnection
        return connection.responseCode // flaw: ssrf
    }

    @GetMapping("/search", produces = ["application/json"])
    fun search(@RequestParam q: String): String? =
        web.baseUrl("https://search.example.com").build().get() // fine: ssrf
            .uri { it.path("/v1").queryParam("q", "{q}").build(q) }
            .retrieve().bodyToMono(String::class.java).block()
}
