package settings

import io.ktor.server.application.call
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import net.sf.saxon.s9api.Processor
import net.sf.saxon.s9api.QName
import net.sf.saxon.s9api.XdmAtomicValue
import net.sf.saxon.s9api.XdmNode
import org.dom4j.Document
import org.jdom2.filter.Filters
import org.jdom2.xpath.XPathFactory
import org.jdom2.Document as JDocument

enum class Level { LOW, MID, HIGH }

class Config(private val doc: Document, private val jdoc: JDocument, private val node: XdmNode, processor: Processor) {
    private val compiler = processor.newXPathCompiler()

    fun option(name: String): String? = doc.selectSingleNode("//option[@name='$name']/value")?.text // flaw: xpath-injection

    fun level(level: Level): Int = doc.selectNodes("//option[@level='${level.name.lowercase()}']").size // fine: xpath-injection

    fun devices(zone: String?, kind: String?): Int {
        var expr = "/devices/device"
        if (zone != null) expr += "[@zone='$zone']"
        if (kind != null) expr += "[@kind='$kind']"
        return XPathFactory.instance().compile(expr, Filters.element()).evaluate(jdoc).size // flaw: xpath-injection
    }

    fun device(serial: String): Int {
        val expr = XPathFactory.instance()
            .compile("/devices/device[@serial=\$serial]", Filters.element(), mapOf("serial" to serial)) // fine: xpath-injection
        return expr.evaluate(jdoc).size
    }

    private fun saxon(expression: String): Int = compiler.evaluate(expression, node).size() // flaw: xpath-injection

    fun steps(steps: List<String>): Int = saxon(steps.joinToString("/", prefix = "//"))

    fun declared(owner: String): Int {
        compiler.declareVariable(QName("owner"))
        val selector = compiler.compile("//device[owner=\$owner]").load() // fine: xpath-injection
        selector.setVariable(QName("owner"), XdmAtomicValue(owner))
        selector.contextItem = node
        return selector.evaluate().size()
    }

    fun attribute(name: String): List<String> =
        doc.rootElement.selectNodes("device").filter { it.valueOf("@zone") == name }.map { it.valueOf("@serial") } // fine: xpath-injection
}

fun Route.settingsRoutes(config: Config) {
    get("/option") { call.respond(config.option(call.request.queryParameters["name"].orEmpty()) ?: "") }
    get("/level") {
        val level = Level.values().find { it.name == call.request.queryParameters["level"] } ?: Level.LOW
        call.respond(config.level(level))
    }
    get("/devices") { call.respond(config.devices(call.request.queryParameters["zone"], call.request.queryParameters["kind"])) }
    get("/device") { call.respond(config.device(call.request.queryParameters["serial"].orEmpty())) }
    get("/steps") { call.respond(config.steps(call.request.queryParameters.getAll("step").orEmpty())) }
    get("/owner") { call.respond(config.declared(call.request.queryParameters["owner"].orEmpty())) }
    get("/zone") { call.respond(config.attribute(call.request.queryParameters["zone"].orEmpty())) }
    get("/value") { call.respond(config.value(call.request.headers["X-Key"].orEmpty())) }
}

fun Config.value(key: String): String = ValueReader.read("string(//entry[key=\"" + key + "\"])")

object ValueReader {
    lateinit var document: Document

    fun read(expr: String): String = document.createXPath(expr).valueOf(document) // flaw: xpath-injection
}
