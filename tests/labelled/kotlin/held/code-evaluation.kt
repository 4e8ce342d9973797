package automation

import groovy.lang.Binding
import groovy.lang.GroovyShell
import io.javalin.Javalin
import io.javalin.http.Context
import org.apache.commons.jexl3.JexlBuilder
import org.apache.commons.jexl3.MapContext
import org.graalvm.polyglot.HostAccess
import org.graalvm.polyglot.Context as PolyglotContext
import javax.script.ScriptEngineManager

private const val SHIPPING = "weight * rate + 2"

enum class Shape(val formula: String) { SQUARE("a * a"), CUBE("a * a * a") }

class Steps {
    private val lines = mutableListOf<String>()

    fun add(line: String?) = apply { line?.let(lines::add) }

    fun run(): Any? = GroovyShell(Binding(mapOf("input" to 3))).evaluate(lines.joinToString("\n")) // flaw: code-evaluation
}

class AutomationRoutes {
    private val jexl = JexlBuilder().create()

    fun register(app: Javalin) {
        app.post("/kts", ::kts)
        app.post("/steps", ::steps)
        app.post("/shipping", ::shipping)
        app.get("/rows", ::rows)
        app.get("/shape", ::shape)
        app.get("/host", ::host)
        app.get("/json", ::json)
        app.get("/limit", ::limit)
    }

    private fun kts(ctx: Context) {
        val engine = ScriptEngineManager().getEngineByExtension("kts")
        ctx.result(engine.eval(ctx.body()).toString()) // flaw: code-evaluation
    }

    private fun steps(ctx: Context) {
        val script = Steps().add("def total = input")
        ctx.formParams("step").forEach { script.add(it) }
        ctx.result(script.run().toString())
    }

    private fun shipping(ctx: Context) {
        val weight = ctx.formParam("weight")?.toDoubleOrNull() ?: 0.0
        val values = MapContext(mapOf<String, Any>("weight" to weight, "rate" to 1.5))
        ctx.result(jexl.createExpression(SHIPPING).evaluate(values).toString()) // fine: code-evaluation
    }

    private fun rows(ctx: Context) {
        val filter = ctx.queryParam("filter") ?: "true"
        val script = "var kept = 0; for (n : [1, 5, 9]) { if ($filter) { kept = kept + 1 } } kept"
        ctx.result(jexl.createScript(script).execute(MapContext()).toString()) // flaw: code-evaluation
    }

    private fun shape(ctx: Context) {
        val shape = Shape.values().find { it.name == ctx.queryParam("shape") } ?: Shape.SQUARE
        val shell = GroovyShell(Binding(mapOf("a" to (ctx.queryParam("a")?.toIntOrNull() ?: 1))))
        ctx.result(shell.evaluate(shape.formula).toString()) // fine: code-evaluation
    }

    private fun host(ctx: Context) {
        PolyglotContext.newBuilder("js").allowAllAccess(true).build().use {
            ctx.result(it.eval("js", "(" + ctx.queryParam("fn") + ")(3)").toString()) // flaw: code-evaluation
        }
    }

    private fun json(ctx: Context) {
        PolyglotContext.newBuilder("js").allowHostAccess(HostAccess.NONE).build().use {
            it.getBindings("js").putMember("text", ctx.queryParam("text"))
            ctx.result(it.eval("js", "text.normalize('NFC').length").toString()) // fine: code-evaluation
        }
    }

    private fun limit(ctx: Context) {
        val limit = ctx.queryParamAsClass("limit", Int::class.java).getOrDefault(5)
        ctx.result(GroovyShell().evaluate("[1, 5, 9].count { it > $limit }").toString()) // fine: code-evaluation
    }
}
