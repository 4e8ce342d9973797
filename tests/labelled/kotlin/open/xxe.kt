package com.acme.invoices

import org.springframework.web.bind.annotation.*
import org.xml.sax.InputSource
import org.xml.sax.helpers.DefaultHandler
import java.io.InputStream
import java.io.StringReader
import java.io.StringWriter
import javax.xml.XMLConstants
import javax.xml.parsers.DocumentBuilder
import javax.xml.parsers.DocumentBuilderFactory
import javax.xml.parsers.SAXParserFactory
import javax.xml.stream.XMLInputFactory
import javax.xml.transform.TransformerFactory
import javax.xml.transform.stream.StreamResult
import javax.xml.transform.stream.StreamSource

private const val DISALLOW = "http://apache.org/xml/features/disallow-doctype-decl"

class Documents {
    fun builder(): DocumentBuilder = DocumentBuilderFactory.newInstance().apply { isNamespaceAware = true }.newDocumentBuilder()

    fun strictBuilder(): DocumentBuilder {
        val factory = DocumentBuilderFactory.newInstance()
        factory.setFeature(DISALLOW, true)
        factory.isXIncludeAware = false
        return factory.newDocumentBuilder()
    }
}

@RestController
@RequestMapping("/invoices")
class InvoiceController {
    private val documents = Documents()

    @PostMapping("/dom")
    fun dom(@RequestBody body: String): String =
        documents.builder().parse(InputSource(StringReader(body))).documentElement.textContent // flaw: xxe

    @PostMapping("/dom-strict")
    fun domStrict(@RequestBody body: String): String =
        documents.strictBuilder().parse(InputSource(StringReader(body))).documentElement.textContent // fine: xxe

    @PostMapping("/sax")
    fun sax(stream: InputStream): Int {
        var count = 0
        val handler = object : DefaultHandler() {
            override fun characters(ch: CharArray, start: Int, length: Int) { count += length }
        }
        SAXParserFactory.newInstance().newSAXParser().parse(stream, handler) // flaw: xxe
        return count
    }

    @PostMapping("/sax-strict")
    fun saxStrict(stream: InputStream): Boolean {
        val factory = SAXParserFactory.newInstance()
        factory.setFeature(DISALLOW, true)
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true)
        factory.newSAXParser().parse(stream, DefaultHandler()) // fine: xxe
        return true
    }

    @PostMapping("/stax")
    fun stax(stream: InputStream): String {
        val factory = XMLInputFactory.newFactory()
        factory.setProperty(XMLInputFactory.IS_COALESCING, true)
        val reader = factory.createXMLStreamReader(stream) // flaw: xxe
        val text = StringBuilder()
        while (reader.hasNext()) {
            if (reader.next() == 4) text.append(reader.text)
        }
        return text.toString()
    }

    @PostMapping("/stax-strict")
    fun staxStrict(stream: InputStream): Int {
        val factory = XMLInputFactory.newFactory()
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false)
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false)
        val reader = factory.createXMLStreamReader(stream) // fine: xxe
        return generateSequence { if (reader.hasNext()) reader.next() else null }.count()
    }

    @PostMapping("/transform", produces = ["text/plain"])
    fun transform(@RequestParam xml: String): String {
        val out = StringWriter()
        val transformer = TransformerFactory.newInstance().newTransformer()
        transformer.transform(StreamSource(StringReader(xml)), StreamResult(out)) // flaw: xxe
        return out.toString()
    }

    @PostMapping("/transform-strict", produces = ["text/plain"])
    fun transformStrict(@RequestParam xml: String): String {
        val out = StringWriter()
        val factory = TransformerFactory.newInstance()
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "")
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "")
        factory.newTransformer().transform(StreamSource(StringReader(xml)), StreamResult(out)) // fine: xxe
        return out.toString()
    }
}
