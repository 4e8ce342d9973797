package com.acme.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.script.Bindings;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;

import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionParser;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class PricingRulesController {

    private static final String DISCOUNT = "price * (100 - percent) / 100";
    private static final Set<String> OPERATORS = Set.of("+", "-", "*");
    private static final Map<String, String> RULES = Map.of("vip", "total > 1000", "bulk", "count >= 50");

    private final ExpressionParser parser = new SpelExpressionParser();
    private final ScriptEngine engine = new ScriptEngineManager().getEngineByName("javascript");

    @GetMapping("/rules/calc")
    public Map<String, Object> calc(@RequestParam String formula) throws ScriptException {
        return Map.of("result", engine.eval(formula)); // flaw: code-evaluation
    }

    @GetMapping("/rules/discount")
    public Map<String, Object> discount(@RequestParam double price, @RequestParam double percent)
            throws ScriptException {
        Bindings vars = engine.createBindings();
        vars.put("price", price);
        vars.put("percent", percent);
        return Map.of("result", engine.eval(DISCOUNT, vars)); // fine: code-evaluation
    }

    @GetMapping("/rules/op")
    public Map<String, Object> op(@RequestParam int a, @RequestParam String op, @RequestParam int b)
            throws ScriptException {
        if (!OPERATORS.contains(op)) {
            return Map.of("result", "n/a");
        }
        String js = "(" + a + ")" + op + "(" + b + ")";
        return Map.of("result", engine.eval(js)); // fine: code-evaluation
    }

    @PostMapping("/rules/match")
    public Map<String, Object> match(@RequestBody RuleRequest request) {
        StringBuilder source = new StringBuilder();
        for (String clause : request.clauses()) {
            if (source.length() > 0) {
                source.append(" and ");
            }
            source.append('(').append(clause).append(')');
        }
        Expression expression = parser.parseExpression(source.toString());
        StandardEvaluationContext context = new StandardEvaluationContext(request);
        return Map.of("match", expression.getValue(context, Boolean.class)); // flaw: code-evaluation
    }

    @PostMapping("/rules/read")
    public Map<String, Object> read(@RequestBody RuleRequest request, @RequestParam String rule) {
        String text = RULES.get(rule);
        if (text == null) {
            return Map.of("match", false);
        }
        StandardEvaluationContext context = new StandardEvaluationContext(request);
        return Map.of("match", parser.parseExpression(text).getValue(context, Boolean.class)); // fine: code-evaluation
    }

    @GetMapping("/rules/property")
    public Map<String, Object> property(@RequestParam String path) {
        if (!path.matches("[a-z]{1,20}")) {
            return Map.of();
        }
        SimpleEvaluationContext context = SimpleEvaluationContext.forReadOnlyDataBinding().build();
        Object value = parser.parseExpression(path).getValue(context, new RuleRequest(1, 2, List.of())); // fine: code-evaluation
        return Map.of("value", String.valueOf(value));
    }

    @PostMapping("/rules/script")
    public Map<String, Object> script(@RequestParam String body, @RequestParam int total) {
        Binding binding = new Binding();
        binding.setVariable("total", total);
        GroovyShell shell = new GroovyShell(binding);
        return Map.of("value", String.valueOf(shell.evaluate("return " + body))); // flaw: code-evaluation
    }

    @GetMapping("/rules/handler")
    public Map<String, Object> handler(@RequestParam String type, @RequestParam String arg) throws Exception {
        return Map.of("value", String.valueOf(instantiate("com.acme." + type.replace('/', '.'), arg)));
    }

    @GetMapping("/rules/bean")
    public Map<String, Object> bean(@RequestParam String fullName, @RequestParam String arg) throws Exception {
        Class<?> type = Class.forName(fullName);
        Object made = type.getConstructor(String.class).newInstance(arg); // flaw: code-evaluation
        return Map.of("value", made.hashCode());
    }

    private Object instantiate(String name, String arg) throws ScriptException {
        String code = String.format("var T = Java.type('%s'); new T('%s')", name, arg);
        return engine.eval(code); // flaw: code-evaluation
    }

    public record RuleRequest(int total, int count, List<String> clauses) {
    }
}
