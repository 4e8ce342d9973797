package gateway

import io.netty.buffer.Unpooled
import io.netty.channel.ChannelHandlerContext
import io.netty.channel.SimpleChannelInboundHandler
import io.netty.handler.codec.http.DefaultFullHttpResponse
import io.netty.handler.codec.http.DefaultHttpHeaders
import io.netty.handler.codec.http.FullHttpRequest
import io.netty.handler.codec.http.HttpHeaders
import io.netty.handler.codec.http.HttpResponseStatus
import io.netty.handler.codec.http.HttpVersion
import io.netty.handler.codec.http.QueryStringDecoder
import java.net.URLEncoder
import java.util.Base64

private val FORMATS = mapOf("csv" to "text/csv", "json" to "application/json")

class GatewayHandler : SimpleChannelInboundHandler<FullHttpRequest>() {

    override fun channelRead0(ctx: ChannelHandlerContext, request: FullHttpRequest) {
        val query = QueryStringDecoder(request.uri())
        val response = when (query.path()) {
            "/lang" -> language(query)
            "/lang2" -> languageChecked(query)
            "/file" -> file(query)
            "/encoded" -> encoded(query)
            "/move" -> move(query)
            "/format" -> format(query)
            "/state" -> state(query)
            "/id" -> id(query)
            else -> plain(HttpResponseStatus.NOT_FOUND)
        }
        ctx.writeAndFlush(response)
    }

    private fun QueryStringDecoder.one(name: String): String = parameters()[name]?.firstOrNull().orEmpty()

    private fun plain(status: HttpResponseStatus) =
        DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER, false)

    private fun language(query: QueryStringDecoder): DefaultFullHttpResponse {
        val response = plain(HttpResponseStatus.OK)
        response.headers().set("Content-Language", query.one("lang")) // flaw: header-injection
        return response
    }

    private fun languageChecked(query: QueryStringDecoder): DefaultFullHttpResponse {
        val response = plain(HttpResponseStatus.OK)
        val lang = query.one("lang").filter { it.isLetter() || it == '-' }
        response.headers().set("Content-Language", lang) // fine: header-injection
        return response
    }

    private fun file(query: QueryStringDecoder): DefaultFullHttpResponse {
        val headers: HttpHeaders = DefaultHttpHeaders(false)
        val name = query.one("name").ifEmpty { "export.csv" }
        headers.add("Content-Disposition", "attachment; filename=\"" + name.replace("\"", "") + "\"") // flaw: header-injection
        return plain(HttpResponseStatus.OK).also { it.headers().add(headers) }
    }

    private fun encoded(query: QueryStringDecoder): DefaultFullHttpResponse {
        val response = plain(HttpResponseStatus.OK)
        val name = URLEncoder.encode(query.one("name"), Charsets.UTF_8)
        response.headers().add("Content-Disposition", "attachment; filename*=UTF-8''$name") // fine: header-injection
        return response
    }

    private fun located(path: String) = plain(HttpResponseStatus.FOUND).apply {
        headers()["Location"] = path // flaw: header-injection
    }

    private fun move(query: QueryStringDecoder) = located("/items/" + query.one("item") + "/overview")

    private fun format(query: QueryStringDecoder): DefaultFullHttpResponse {
        val type = FORMATS[query.one("format")] ?: "text/plain"
        return plain(HttpResponseStatus.OK).apply { headers()["Content-Type"] = type } // fine: header-injection
    }

    private fun state(query: QueryStringDecoder): DefaultFullHttpResponse {
        val response = plain(HttpResponseStatus.OK)
        val state = String(Base64.getUrlDecoder().decode(query.one("state")))
        for (pair in state.split(';')) {
            response.headers().add("X-State", pair) // flaw: header-injection
        }
        return response
    }

    private fun id(query: QueryStringDecoder): DefaultFullHttpResponse {
        val id = query.one("id").toLongOrNull() ?: return plain(HttpResponseStatus.BAD_REQUEST)
        return plain(HttpResponseStatus.OK).apply { headers()["X-Item"] = "item-$id" } // fine: header-injection
    }
}
