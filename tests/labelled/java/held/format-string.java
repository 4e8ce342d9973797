package io.northwind.labels;

import java.io.Console;
import java.io.PrintWriter;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.javalin.http.Context;

public class LabelHandlers {

    enum Unit { KG("%.1f kg"), LB("%.2f lb");

        private final String pattern;

        Unit(String pattern) {
            this.pattern = pattern;
        }
    }

    private static final List<String> COLUMNS = List.of("%5d", "%-12s");

    private final PrintWriter printer;

    public LabelHandlers(PrintWriter printer) {
        this.printer = printer;
    }

    public void free(Context ctx) {
        ctx.json(Map.of("label", ctx.queryParam("pattern").formatted(42))); // flaw: format-string
    }

    public void weight(Context ctx) {
        Unit unit = Unit.valueOf(ctx.queryParam("unit"));
        double value = ctx.queryParamAsClass("value", Double.class).get();
        ctx.json(Map.of("label", unit.pattern.formatted(value))); // fine: format-string
    }

    public void address(Context ctx) {
        String city = ctx.formParam("city");
        String street = ctx.formParam("street");
        String pattern = street + ", %05d " + city;
        int zip = ctx.formParamAsClass("zip", Integer.class).get();
        printer.format(Locale.GERMANY, pattern, zip); // flaw: format-string
        ctx.status(204);
    }

    public void addressFixed(Context ctx) {
        int zip = ctx.formParamAsClass("zip", Integer.class).get();
        printer.format(Locale.GERMANY, "%s, %05d %s%n", ctx.formParam("street"), zip, ctx.formParam("city")); // fine: format-string
        ctx.status(204);
    }

    public void table(Context ctx) {
        String pattern = COLUMNS.stream().collect(Collectors.joining(" | "));
        ctx.json(Map.of("row", String.format(pattern, 7, ctx.queryParam("name")))); // fine: format-string
    }

    public void bars(Context ctx) {
        int count = ctx.queryParamAsClass("count", Integer.class).check(n -> n > 0 && n < 20, "range").get();
        String pattern = IntStream.range(0, count).mapToObj(i -> "%" + (i + 1) + "$d").collect(Collectors.joining("-"));
        Object[] values = IntStream.range(0, count).boxed().toArray();
        ctx.json(Map.of("row", String.format(pattern, values))); // fine: format-string
    }

    public void columns(Context ctx) {
        StringBuilder pattern = new StringBuilder();
        for (String spec : ctx.queryParams("col")) {
            pattern.append('%').append(spec).append(' ');
        }
        ctx.json(Map.of("row", String.format(Locale.ROOT, pattern.toString(), 1, 2, 3))); // flaw: format-string
    }

    public void operator(Context ctx, Console console) {
        new Prompt(ctx.header("X-Operator") + " confirms %d labels? ").show(console, 3);
        ctx.status(204);
    }

    private record Prompt(String text) {
        void show(Console console, int n) {
            console.printf(text, n); // flaw: format-string
        }
    }
}
