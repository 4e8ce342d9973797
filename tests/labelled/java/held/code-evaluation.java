package io.northwind.workflow;

import java.util.HashMap;
import java.util.Map;

import io.javalin.http.Context;

import groovy.util.Eval;

import bsh.EvalError;
import bsh.Interpreter;

import ognl.Ognl;

import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.MapContext;
import org.apache.commons.jexl3.introspection.JexlPermissions;
import org.mvel2.MVEL;

public class WorkflowHandlers {

    private static final String DUE = "created + days * 86400";
    private static final Map<String, Class<? extends Step>> STEPS = Map.of("mail", MailStep.class, "wait", WaitStep.class);

    private final JexlEngine jexl = new JexlBuilder().permissions(JexlPermissions.UNRESTRICTED).create();

    public void quick(Context ctx) {
        ctx.json(Map.of("r", String.valueOf(MVEL.eval(ctx.queryParam("expr"))))); // flaw: code-evaluation
    }

    public void due(Context ctx) {
        Map<String, Object> vars = new HashMap<>();
        vars.put("created", ctx.queryParamAsClass("created", Long.class).get());
        vars.put("days", ctx.queryParamAsClass("days", Integer.class).get());
        ctx.json(Map.of("r", MVEL.eval(DUE, vars))); // fine: code-evaluation
    }

    public void guard(Context ctx) {
        String condition = ctx.formParam("condition");
        String script = "true";
        if (condition != null && !condition.isBlank()) {
            script = "order.total > 0 && (" + condition + ")";
        }
        Object result = jexl.createExpression(script).evaluate(new MapContext(Map.of("order", new Order()))); // flaw: code-evaluation
        ctx.json(Map.of("r", result));
    }

    public void threshold(Context ctx) {
        double limit = Double.parseDouble(ctx.formParam("limit"));
        String script = "order.total > " + Math.abs(limit);
        Object result = jexl.createExpression(script).evaluate(new MapContext(Map.of("order", new Order()))); // fine: code-evaluation
        ctx.json(Map.of("r", result));
    }

    public void field(Context ctx) throws Exception {
        Order order = new Order();
        Object value = Ognl.getValue(ctx.pathParam("field"), order); // flaw: code-evaluation
        ctx.json(Map.of("v", String.valueOf(value)));
    }

    public void knownField(Context ctx) throws Exception {
        String field = "total".equals(ctx.pathParam("field")) ? "total" : "count";
        Object value = Ognl.getValue(field, new Order()); // fine: code-evaluation
        ctx.json(Map.of("v", String.valueOf(value)));
    }

    public void step(Context ctx) throws Exception {
        Class<? extends Step> type = STEPS.get(ctx.pathParam("step"));
        if (type == null) {
            ctx.status(404);
            return;
        }
        type.getDeclaredConstructor().newInstance().execute(); // fine: code-evaluation
    }

    public void groovy(Context ctx) {
        StringBuilder source = new StringBuilder();
        for (String line : ctx.formParams("line")) {
            source.append(line).append(";\n");
        }
        ctx.json(Map.of("v", String.valueOf(Eval.me("total", 10, source.toString())))); // flaw: code-evaluation
    }

    public void macro(Context ctx) throws EvalError {
        Macro macro = new Macro();
        macro.body = ctx.body();
        ctx.json(Map.of("v", String.valueOf(macro.play())));
    }

    private static final class Macro {
        private final Interpreter interpreter = new Interpreter();
        private String body;

        Object play() throws EvalError {
            interpreter.set("n", 1);
            return interpreter.eval(body); // flaw: code-evaluation
        }
    }

    public static class Order {
        public int total = 5;
        public int count = 1;
    }

    interface Step {
        void execute();
    }

    static class MailStep implements Step {
        @Override
        public void execute() {
            Thread.yield();
        }
    }

    static class WaitStep implements Step {
        @Override
        public void execute() {
            Thread.onSpinWait();
        }
    }
}
