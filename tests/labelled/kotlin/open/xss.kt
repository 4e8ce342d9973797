package com.acme.pages

import jakarta.servlet.http.HttpServlet
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import org.owasp.encoder.Encode
import org.springframework.http.MediaType
import org.springframework.http.ResponseEntity
import org.springframework.jdbc.core.JdbcTemplate
import org.springframework.web.bind.annotation.*
import org.springframework.web.util.HtmlUtils

class GreetingServlet : HttpServlet() {
    override fun doGet(req: HttpServletRequest, resp: HttpServletResponse) {
        resp.contentType = "text/html;charset=UTF-8"
        resp.writer.println("<h1>Hello ${req.getParameter("name")}</h1>") // flaw: xss
    }

    override fun doPost(req: HttpServletRequest, resp: HttpServletResponse) {
        resp.contentType = "text/html;charset=UTF-8"
        resp.writer.println("<h1>Hello ${Encode.forHtml(req.getParameter("name"))}</h1>") // fine: xss
    }

    override fun doPut(req: HttpServletRequest, resp: HttpServletResponse) {
        resp.contentType = "text/plain;charset=UTF-8"
        resp.setHeader("X-Content-Type-Options", "nosniff")
        resp.writer.println("Hello ${req.getParameter("name")}") // fine: xss
    }
}

@RestController
@RequestMapping("/pages")
class PageController(private val jdbc: JdbcTemplate) {
    private fun page(title: String, body: String): ResponseEntity<String> =
        ResponseEntity.ok().contentType(MediaType.TEXT_HTML) // flaw: xss
            .body("<html><head><title>${HtmlUtils.htmlEscape(title)}</title></head><body>$body</body></html>")

    @GetMapping("/missing")
    fun missing(@RequestParam path: String): ResponseEntity<String> =
        page("Not found", "<p>There is nothing at <code>$path</code></p>")

    @GetMapping("/results", produces = [MediaType.TEXT_HTML_VALUE])
    fun results(@RequestParam q: String): String {
        val html = StringBuilder("<ul>")
        for (word in q.split(' ')) {
            html.append("<li>").append(word).append("</li>")
        }
        return html.append("</ul>").toString() // flaw: xss
    }

    @GetMapping("/tags", produces = [MediaType.TEXT_HTML_VALUE])
    fun tags(@RequestParam tags: List<String>): String =
        tags.joinToString("", "<ul>", "</ul>") { "<li>" + HtmlUtils.htmlEscape(it) + "</li>" } // fine: xss

    @GetMapping("/next", produces = [MediaType.TEXT_HTML_VALUE])
    fun next(@RequestParam page: Int): String = "<a href=\"?page=${page + 1}\">next</a>" // fine: xss

    @GetMapping("/comment/{id}", produces = [MediaType.TEXT_HTML_VALUE])
    fun comment(@PathVariable id: Long): String {
        val text = jdbc.queryForObject("select body from comments where id = ?", String::class.java, id)
        return "<blockquote>$text</blockquote>" // flaw: xss
    }

    @GetMapping("/echo", produces = [MediaType.APPLICATION_JSON_VALUE])
    fun echo(@RequestParam q: String): Map<String, String> = mapOf("query" to q) // fine: xss
}
