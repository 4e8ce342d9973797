package io.northwind.pages;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

import com.github.mustachejava.DefaultMustacheFactory;
import com.hubspot.jinjava.Jinjava;

import io.javalin.http.Context;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.template.PebbleTemplate;

import groovy.text.SimpleTemplateEngine;

import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.runtime.resource.loader.StringResourceLoader;
import org.apache.velocity.runtime.resource.util.StringResourceRepository;

public class PageHandlers {

    private static final String TICKET = "Ticket {{ number }} for {{ holder }}";
    private static final Map<String, String> BADGES = Map.of("std", "{{name}}", "vip", "* {{name}} *");

    private final Jinjava jinjava = new Jinjava();
    private final PebbleEngine pebble = new PebbleEngine.Builder().build();
    private final PebbleEngine literal;
    private final VelocityEngine velocity;

    public PageHandlers(PebbleEngine literal, VelocityEngine velocity) {
        this.literal = literal;
        this.velocity = velocity;
    }

    public void custom(Context ctx) {
        ctx.json(Map.of("out", jinjava.render(ctx.formParam("layout"), new HashMap<>()))); // flaw: template-injection
    }

    public void ticket(Context ctx) {
        Map<String, Object> model = new HashMap<>();
        model.put("number", ctx.formParam("number"));
        model.put("holder", ctx.formParam("holder"));
        ctx.json(Map.of("out", jinjava.render(TICKET, model))); // fine: template-injection
    }

    public void badge(Context ctx) {
        String source = BADGES.getOrDefault(String.valueOf(ctx.formParam("kind")), "{{name}}");
        String name = ctx.formParam("name");
        ctx.json(Map.of("out", jinjava.render(source, Map.of("name", name == null ? "" : name)))); // fine: template-injection
    }

    public void certificate(Context ctx) throws Exception {
        String course = ctx.formParam("course");
        String heading = "Certificate";
        if (course != null && course.length() > 3) {
            heading = heading + " for " + course;
        }
        String page = "<% def year = 2024 %>" + heading + " <%= year %>";
        groovy.text.Template template = new SimpleTemplateEngine().createTemplate(page); // flaw: template-injection
        ctx.json(Map.of("out", template.make().toString()));
    }

    public void diploma(Context ctx) throws Exception {
        String page = "Diploma for ${course}";
        groovy.text.Template template = new SimpleTemplateEngine().createTemplate(page); // fine: template-injection
        Map<String, Object> binding = new HashMap<>();
        binding.put("course", ctx.formParam("course"));
        ctx.json(Map.of("out", template.make(binding).toString()));
    }

    public void letter(Context ctx) throws Exception {
        String opening = ctx.formParam("opening");
        PebbleTemplate template = literal.getLiteralTemplate(opening + "\n{{ body }}"); // flaw: template-injection
        StringWriter out = new StringWriter();
        template.evaluate(out, Map.of("body", "..."));
        ctx.json(Map.of("out", out.toString()));
    }

    public void memo(Context ctx) throws Exception {
        PebbleTemplate template = pebble.getTemplate("memo.peb"); // fine: template-injection
        StringWriter out = new StringWriter();
        Map<String, Object> model = new HashMap<>();
        model.put("body", ctx.formParam("body"));
        template.evaluate(out, model);
        ctx.json(Map.of("out", out.toString()));
    }

    public void poster(Context ctx) {
        store("poster", "#set($n = 1)" + ctx.formParam("headline"));
        StringWriter out = new StringWriter();
        velocity.getTemplate("poster").merge(new org.apache.velocity.VelocityContext(), out);
        ctx.json(Map.of("out", out.toString()));
    }

    public void flyer(Context ctx) {
        var mustache = new DefaultMustacheFactory().compile(new StringReader("{{#items}}{{.}} {{/items}}"), "flyer"); // fine: template-injection
        StringWriter out = new StringWriter();
        mustache.execute(out, Map.of("items", ctx.formParams("item")));
        ctx.json(Map.of("out", out.toString()));
    }

    private void store(String name, String source) {
        StringResourceRepository repository = StringResourceLoader.getRepository();
        repository.putStringResource(name, source); // flaw: template-injection
    }
}
