package com.acme.rules

import org.mvel2.MVEL
import org.springframework.expression.spel.standard.SpelExpressionParser
import org.springframework.expression.spel.support.SimpleEvaluationContext
import org.springframework.expression.spel.support.StandardEvaluationContext
import org.springframework.web.bind.annotation.*
import javax.script.ScriptEngineManager
import javax.script.SimpleBindings

private const val DISCOUNT = "total * (100 - percent) / 100"

private val FORMULAS = mapOf("net" to "gross / 1.19", "tax" to "gross - gross / 1.19")

data class Line(val price: Double, val count: Int)

class RuleEngine {
    private val parser = SpelExpressionParser()

    fun evaluate(rule: String, root: Any): Any? =
        parser.parseExpression(rule).getValue(StandardEvaluationContext(root)) // flaw: code-evaluation

    fun property(path: String, root: Any): Any? {
        require(path in setOf("price", "count")) { "property" }
        val context = SimpleEvaluationContext.forReadOnlyDataBinding().build()
        return parser.parseExpression(path).getValue(context, root) // fine: code-evaluation
    }
}

@RestController
@RequestMapping("/rules")
class RuleController {
    private val engine = RuleEngine()
    private val scripts = ScriptEngineManager().getEngineByName("groovy")

    @PostMapping("/script")
    fun script(@RequestBody source: String): String = scripts.eval(source).toString() // flaw: code-evaluation

    @PostMapping("/discount")
    fun discount(@RequestParam total: Double, @RequestParam percent: Int): String {
        val bindings = SimpleBindings(mutableMapOf<String, Any>("total" to total, "percent" to percent))
        return scripts.eval(DISCOUNT, bindings).toString() // fine: code-evaluation
    }

    @GetMapping("/line")
    fun line(@RequestParam field: String, @RequestParam op: String?): Any? {
        val rule = StringBuilder(field)
        if (op != null) rule.append(" ").append(op)
        return engine.evaluate(rule.toString(), Line(2.5, 4))
    }

    @GetMapping("/property")
    fun property(@RequestParam field: String): Any? = engine.property(field, Line(2.5, 4))

    @PostMapping("/mvel")
    fun mvel(@RequestParam conditions: List<String>): Any? {
        val joined = conditions.filter { it.isNotBlank() }.joinToString(" && ") { "($it)" }
        return MVEL.eval(joined, mapOf("price" to 3)) // flaw: code-evaluation
    }

    @GetMapping("/formula")
    fun formula(@RequestParam name: String, @RequestParam gross: Double): Any? {
        val text = FORMULAS[name] ?: return null
        return MVEL.eval(text, mapOf("gross" to gross)) // fine: code-evaluation
    }

    @GetMapping("/over")
    fun over(@RequestParam limit: Int): Any? =
        scripts.eval("[1, 5, 9].findAll { it > $limit }") // fine: code-evaluation

    @GetMapping("/plugin")
    fun plugin(@RequestParam type: String): String {
        val full = if ('.' in type) type else "com.acme.rules.$type"
        val instance = Class.forName(full).getDeclaredConstructor().newInstance() // flaw: code-evaluation
        return instance.javaClass.simpleName
    }
}
