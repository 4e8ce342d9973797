package io.northwind.text;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.google.re2j.Matcher;

import io.javalin.http.Context;
import io.javalin.validation.Validator;

public class TextTools {

    private static final String CSV_LINE = "^((\"[^\"]*\"|[^,]*)*,?)*;$";
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(?:-[A-Za-z0-9.]+)?"); // fine: redos
    private static final Predicate<String> SPACES = Pattern.compile("^((\\s*\\w+)*;?)*:$").asMatchPredicate(); // flaw: redos
    private static final Pattern POSSESSIVE = Pattern.compile("^(?:[a-z]++,?+)*+!$"); // fine: redos

    public void label(Context ctx) {
        String label = ctx.formParam("label");
        ctx.json(Map.of("ok", Pattern.matches("(['\"])(\\w+\\s?)*\\1", label))); // flaw: redos
    }

    public void version(Context ctx) {
        ctx.json(Map.of("ok", VERSION.matcher(ctx.formParam("version")).matches()));
    }

    public void spaces(Context ctx) {
        ctx.json(Map.of("ok", SPACES.test(ctx.body())));
    }

    public void words(Context ctx) {
        ctx.json(Map.of("ok", POSSESSIVE.matcher(ctx.body()).matches()));
    }

    public void csv(Context ctx) {
        Pattern pattern = Pattern.compile(CSV_LINE, Pattern.MULTILINE); // flaw: redos
        ctx.json(Map.of("ok", pattern.matcher(ctx.body()).find()));
    }

    public void grep(Context ctx) {
        StringBuilder alternatives = new StringBuilder();
        for (String p : ctx.formParams("p")) {
            alternatives.append(alternatives.length() == 0 ? "" : "|").append("(?:").append(p).append(")");
        }
        String[] pieces = ctx.body().split(alternatives.toString()); // flaw: redos
        ctx.json(List.of(pieces));
    }

    public void grepLinear(Context ctx) {
        Matcher m = com.google.re2j.Pattern.compile(ctx.formParam("p")).matcher(ctx.body()); // fine: redos
        ctx.json(Map.of("hit", m.find()));
    }

    public void replaceWord(Context ctx) {
        String word = Pattern.quote(ctx.formParam("word"));
        ctx.json(Map.of("text", ctx.body().replaceAll("\\b" + word + "\\b", "***"))); // fine: redos
    }

    public void mask(Context ctx) {
        String masked = ctx.body().replaceAll("[0-9]{12}([0-9]{4})", "************$1"); // fine: redos
        ctx.json(Map.of("text", masked));
    }

    public void redact(Context ctx) {
        Redactor redactor = new Redactor(ctx.header("X-Redact"));
        ctx.json(Map.of("text", redactor.apply(ctx.body())));
    }

    private record Redactor(String rule) {
        String apply(String text) {
            return text.replaceAll(rule, "#"); // flaw: redos
        }
    }
}
