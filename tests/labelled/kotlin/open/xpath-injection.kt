package com.acme.catalog

import org.springframework.web.bind.annotation.*
import org.w3c.dom.Document
import org.w3c.dom.NodeList
import javax.xml.namespace.QName
import javax.xml.xpath.XPathConstants
import javax.xml.xpath.XPathFactory

private val GENRES = mapOf("crime" to "//book[@genre='crime']", "poetry" to "//book[@genre='poetry']")

@RestController
@RequestMapping("/catalog")
class CatalogController(private val doc: Document) {
    private val factory = XPathFactory.newInstance()

    private fun count(expression: String): Int {
        val nodes = factory.newXPath().evaluate(expression, doc, XPathConstants.NODESET) as NodeList // flaw: xpath-injection
        return nodes.length
    }

    @GetMapping("/author")
    fun author(@RequestParam name: String): String =
        factory.newXPath().evaluate("//book[author='$name']/title", doc) // flaw: xpath-injection

    @GetMapping("/writer")
    fun writer(@RequestParam name: String): String {
        val xpath = factory.newXPath()
        xpath.setXPathVariableResolver { q: QName -> if (q.localPart == "name") name else "" }
        return xpath.evaluate("//book[author=\$name]/title", doc) // fine: xpath-injection
    }

    @GetMapping("/year")
    fun year(@RequestParam year: Int): String =
        factory.newXPath().evaluate("//book[@year=$year]/title", doc) // fine: xpath-injection

    @GetMapping("/search")
    fun search(@RequestParam params: Map<String, String>): Int {
        val predicates = params.filterValues { it.isNotEmpty() }.map { (k, v) -> "$k=\"$v\"" }
        return count("//book[${predicates.joinToString(" and ")}]")
    }

    @GetMapping("/genre")
    fun genre(@RequestParam genre: String): Int {
        val expression = GENRES[genre] ?: return 0
        val compiled = factory.newXPath().compile(expression) // fine: xpath-injection
        return (compiled.evaluate(doc, XPathConstants.NODESET) as NodeList).length
    }

    @PostMapping("/member")
    fun member(@RequestParam card: String, @RequestParam pin: String): Boolean {
        val text = String.format("boolean(//member[@card='%s' and @pin='%s'])", card, pin)
        val compiled = factory.newXPath().compile(text) // flaw: xpath-injection
        return compiled.evaluate(doc, XPathConstants.BOOLEAN) as Boolean
    }

    @GetMapping("/isbn")
    fun isbn(@RequestParam isbn: String): String {
        require(isbn.all { it.isDigit() || it == '-' }) { "isbn" }
        return factory.newXPath().evaluate("//book[@isbn='$isbn']/title", doc) // fine: xpath-injection
    }

    @GetMapping("/field")
    fun field(@RequestHeader("X-Field") field: String?): String {
        var path = "/catalog/book[1]"
        if (!field.isNullOrBlank()) path += "/$field"
        return factory.newXPath().evaluate(path, doc) // flaw: xpath-injection
    }
}
