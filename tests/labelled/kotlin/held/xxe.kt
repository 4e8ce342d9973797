package feeds

import io.ktor.server.application.call
import io.ktor.server.request.receiveStream
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import jakarta.xml.bind.JAXBContext
import org.dom4j.io.SAXReader
import org.jdom2.input.SAXBuilder
import org.jdom2.input.sax.XMLReaders
import org.xml.sax.InputSource
import java.io.InputStream
import java.io.StringReader
import javax.xml.XMLConstants
import javax.xml.parsers.DocumentBuilderFactory
import javax.xml.stream.XMLInputFactory
import javax.xml.transform.stream.StreamSource
import javax.xml.validation.SchemaFactory
import javax.xml.xpath.XPathFactory

private const val DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl"

object Readers {
    val open: SAXReader get() = SAXReader().apply { isIgnoreComments = true }

    val strict: SAXReader get() = SAXReader().apply { setFeature(DOCTYPE, true) }
}

class FeedParser(private val builder: SAXBuilder) {
    fun titles(source: InputStream): List<String> =
        builder.build(source).rootElement.getChildren("title").map { it.text } // flaw: xxe
}

class StrictFeedParser {
    private val builder = SAXBuilder(XMLReaders.NONVALIDATING).apply {
        setFeature(DOCTYPE, true)
        expandEntities = false
    }

    fun titles(source: InputStream): List<String> =
        builder.build(source).rootElement.getChildren("title").map { it.text } // fine: xxe
}

fun Route.feedRoutes(jaxb: JAXBContext) {
    val parser = FeedParser(SAXBuilder())
    val strictParser = StrictFeedParser()

    post("/dom4j") { call.respondText(Readers.open.read(call.receiveStream()).rootElement.text) } // flaw: xxe
    post("/dom4j-strict") { call.respondText(Readers.strict.read(call.receiveStream()).rootElement.text) } // fine: xxe
    post("/titles") { call.respond(parser.titles(call.receiveStream())) }
    post("/titles-strict") { call.respond(strictParser.titles(call.receiveStream())) }
    post("/xpath") {
        val source = InputSource(StringReader(call.receiveText()))
        call.respondText(XPathFactory.newInstance().newXPath().evaluate("/feed/title", source)) // flaw: xxe
    }
    post("/schema") {
        val factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        val schema = factory.newSchema(StreamSource(call.receiveStream())) // flaw: xxe
        call.respond(schema.newValidator().schemaName())
    }
    post("/jaxb") {
        val input = XMLInputFactory.newInstance()
        input.setProperty("javax.xml.stream.supportDTD", false)
        input.setProperty("javax.xml.stream.isSupportingExternalEntities", false)
        val reader = input.createXMLStreamReader(call.receiveStream()) // fine: xxe
        call.respondText(jaxb.createUnmarshaller().unmarshal(reader).toString())
    }
    post("/load") {
        val factory = DocumentBuilderFactory.newInstance()
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "")
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "")
        factory.isExpandEntityReferences = false
        val doc = factory.newDocumentBuilder().parse(call.receiveStream()) // fine: xxe
        call.respondText(doc.documentElement.textContent)
    }
}

private fun javax.xml.validation.Validator.schemaName(): String = toString()
