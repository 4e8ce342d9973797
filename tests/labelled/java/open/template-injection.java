package com.acme.mailing;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;

import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.Velocity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;

@Controller
public class MailPreviewController {

    private static final String GREETING = "Dear ${name}, your order ${order} has shipped.";
    private static final Set<String> LAYOUTS = Set.of("plain", "festive", "invoice");

    private final Configuration freemarker;
    private final TemplateEngine thymeleaf;

    public MailPreviewController(Configuration freemarker, TemplateEngine thymeleaf) {
        this.freemarker = freemarker;
        this.thymeleaf = thymeleaf;
    }

    @PostMapping("/mail/preview")
    @ResponseBody
    public Map<String, String> preview(@RequestParam String body) throws IOException, TemplateException {
        Template template = new Template("preview", new StringReader(body), freemarker); // flaw: template-injection
        StringWriter out = new StringWriter();
        template.process(Map.of("name", "Sample"), out);
        return Map.of("text", out.toString());
    }

    @PostMapping("/mail/greeting")
    @ResponseBody
    public Map<String, String> greeting(@RequestParam String name, @RequestParam String order)
            throws IOException, TemplateException {
        Template template = new Template("greeting", new StringReader(GREETING), freemarker); // fine: template-injection
        StringWriter out = new StringWriter();
        Map<String, Object> model = new HashMap<>();
        model.put("name", name);
        model.put("order", order);
        template.process(model, out);
        return Map.of("text", out.toString());
    }

    @PostMapping("/mail/campaign")
    @ResponseBody
    public Map<String, String> campaign(@RequestParam String title, @RequestParam String signature) {
        StringBuilder source = new StringBuilder("#set($year = 2024)\n");
        source.append("== ").append(title).append(" ==\n");
        source.append("Hello $customer\n");
        if (!signature.isEmpty()) {
            source.append("-- ").append(signature);
        }
        VelocityContext context = new VelocityContext();
        context.put("customer", "Sample");
        StringWriter out = new StringWriter();
        Velocity.evaluate(context, out, "campaign", source.toString()); // flaw: template-injection
        return Map.of("text", out.toString());
    }

    @PostMapping("/mail/reminder")
    @ResponseBody
    public Map<String, String> reminder(@RequestParam String title) {
        VelocityContext context = new VelocityContext();
        context.put("title", title);
        StringWriter out = new StringWriter();
        String source = "== $title ==\nThis is a reminder.";
        Velocity.evaluate(context, out, "reminder", source); // fine: template-injection
        return Map.of("text", out.toString());
    }

    @GetMapping("/mail/layout")
    public String layout(@RequestParam String lang) {
        return "layouts/" + lang + "/main"; // flaw: template-injection
    }

    @GetMapping("/mail/theme")
    public String theme(@RequestParam String theme) {
        if (!LAYOUTS.contains(theme)) {
            return "layouts/plain";
        }
        return "layouts/" + theme; // fine: template-injection
    }

    @PostMapping("/mail/banner")
    @ResponseBody
    public Map<String, String> banner(@RequestParam String text) {
        String html = "<div class='banner'>" + text + "</div><p th:text=\"${shop}\"></p>";
        return Map.of("html", render(html, "Acme"));
    }

    @PostMapping("/mail/footer")
    @ResponseBody
    public Map<String, String> footer(@RequestParam String text) {
        Context context = new Context();
        context.setVariable("text", text);
        return Map.of("html", thymeleaf.process("mail/footer", context)); // fine: template-injection
    }

    private String render(String html, String shop) {
        Context context = new Context();
        context.setVariable("shop", shop);
        return thymeleaf.process(html, context); // flaw: template-injection
    }
}
