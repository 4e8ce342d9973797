package com.acme.legacy

import jakarta.servlet.http.HttpServlet
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import java.io.BufferedReader
import java.io.OutputStream
import java.net.Socket
import java.net.URLDecoder
import java.net.URLEncoder

private val LANGUAGES = setOf("en", "de", "fr")

class RawResponse(private val out: OutputStream) {
    private val head = StringBuilder("HTTP/1.1 200 OK\r\n")

    fun header(name: String, value: String): RawResponse {
        head.append("$name: $value\r\n")
        return this
    }

    fun checkedHeader(name: String, value: String): RawResponse {
        require(value.none { it == '\r' || it == '\n' }) { "line break in header" }
        head.append(name).append(": ").append(value).append("\r\n") // fine: header-injection
        return this
    }

    fun send() {
        out.write((head.toString() + "Content-Length: 0\r\n\r\n").toByteArray()) // flaw: header-injection
        out.flush()
    }
}

class DeviceServer {
    fun handle(socket: Socket) {
        socket.use {
            val path = readPath(it.getInputStream().bufferedReader())
            val query = URLDecoder.decode(path.substringAfter('?', ""), "UTF-8")
            RawResponse(it.getOutputStream()).header("X-Echo", query).send()
        }
    }

    fun redirect(socket: Socket) {
        val path = readPath(socket.getInputStream().bufferedReader())
        val lang = URLDecoder.decode(path.substringAfter("lang=", "en"), "UTF-8")
        socket.getOutputStream().write("HTTP/1.1 302 Found\r\nLocation: /$lang/home\r\n\r\n".toByteArray()) // flaw: header-injection
    }

    fun redirectKnown(socket: Socket) {
        val path = readPath(socket.getInputStream().bufferedReader())
        val lang = URLDecoder.decode(path.substringAfter("lang=", "en"), "UTF-8").takeIf { it in LANGUAGES } ?: "en"
        socket.getOutputStream().write("HTTP/1.1 302 Found\r\nLocation: /$lang/home\r\n\r\n".toByteArray()) // fine: header-injection
    }

    private fun readPath(reader: BufferedReader): String = reader.readLine()?.split(' ')?.getOrNull(1) ?: "/"
}

class PreferenceServlet : HttpServlet() {
    override fun doGet(req: HttpServletRequest, resp: HttpServletResponse) {
        resp.setHeader("X-Theme", req.getParameter("theme")) // flaw: header-injection
        resp.status = HttpServletResponse.SC_NO_CONTENT
    }

    override fun doPost(req: HttpServletRequest, resp: HttpServletResponse) {
        val file = URLEncoder.encode(req.getParameter("file"), "UTF-8")
        resp.setHeader("Content-Disposition", "attachment; filename*=UTF-8''$file") // fine: header-injection
        resp.status = HttpServletResponse.SC_NO_CONTENT
    }

    override fun doPut(req: HttpServletRequest, resp: HttpServletResponse) {
        val width = req.getParameter("width").toInt()
        resp.addHeader("X-Width", width.toString()) // fine: header-injection
    }

    override fun doDelete(req: HttpServletRequest, resp: HttpServletResponse) {
        val trace = buildList {
            add("delete")
            req.getParameterValues("trace")?.forEach { add(it) }
        }
        resp.addHeader("X-Trace", trace.joinToString(",")) // flaw: header-injection
    }
}
