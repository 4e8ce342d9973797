package com.acme.notify;

import java.io.PrintStream;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class MessageController {

    private static final String ORDER_LINE = "%-20s %8.2f EUR";
    private static final Map<String, String> PATTERNS =
            Map.of("short", "%1$s", "long", "%1$s has %2$d points");

    private final PrintStream receipt;

    public MessageController(PrintStream receipt) {
        this.receipt = receipt;
    }

    @GetMapping("/message/points")
    public Map<String, String> points(@RequestParam String layout, @RequestParam int points) {
        return Map.of("text", String.format(layout, points)); // flaw: format-string
    }

    @GetMapping("/message/named")
    public Map<String, String> named(@RequestParam String style, @RequestParam String name, @RequestParam int points) {
        String pattern = PATTERNS.getOrDefault(style, "%1$s");
        return Map.of("text", String.format(pattern, name, points)); // fine: format-string
    }

    @PostMapping("/message/greeting")
    public Map<String, String> greeting(HttpServletRequest request, @RequestParam int number) {
        String name = request.getParameter("name");
        StringBuilder pattern = new StringBuilder("Hello ");
        pattern.append(name == null ? "guest" : name);
        pattern.append(", you are visitor %d");
        return Map.of("text", String.format(Locale.ROOT, pattern.toString(), number)); // flaw: format-string
    }

    @PostMapping("/message/order")
    public Map<String, String> order(@RequestParam String item, @RequestParam double price) {
        return Map.of("text", String.format(Locale.ROOT, ORDER_LINE, item, price)); // fine: format-string
    }

    @PostMapping("/message/receipt")
    public Map<String, Boolean> receiptLine(@RequestParam String item, @RequestParam int count) {
        String line = item + " x %d";
        receipt.printf(line, count); // flaw: format-string
        return Map.of("ok", true);
    }

    @PostMapping("/message/receipt2")
    public Map<String, Boolean> receiptLine2(@RequestParam String item, @RequestParam int count) {
        String doubled = item.replace("%", "%%");
        receipt.printf(doubled + " x %d%n", count); // fine: format-string
        return Map.of("ok", true);
    }

    @GetMapping("/message/column")
    public Map<String, String> column(@RequestParam int width, @RequestParam String text) {
        int w = Math.max(1, Math.min(width, 80));
        return Map.of("text", String.format("%-" + w + "s|", text)); // fine: format-string
    }

    @GetMapping("/message/custom")
    public Map<String, String> custom(@RequestParam String suffix, @RequestParam double value) {
        return Map.of("text", render("%.2f " + suffix, value));
    }

    private String render(String pattern, double value) {
        try (Formatter formatter = new Formatter(Locale.US)) {
            formatter.format(pattern, value); // flaw: format-string
            return formatter.toString();
        }
    }
}
