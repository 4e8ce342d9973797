package io.northwind.guestbook;

import java.util.ArrayList;
import java.util.List;

import io.javalin.http.Context;
import io.vertx.ext.web.RoutingContext;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.google.common.html.HtmlEscapers;

import org.jsoup.Jsoup;
import org.jsoup.safety.Safelist;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

@Path("/guestbook")
public class GuestbookPages {

    private static final PolicyFactory POLICY = Sanitizers.FORMATTING.and(Sanitizers.LINKS);
    private final List<String> entries = new ArrayList<>();

    public void hello(Context ctx) {
        ctx.html("<h1>Hello " + ctx.queryParam("name") + "</h1>"); // flaw: xss
    }

    public void helloEncoded(Context ctx) {
        String name = HtmlEscapers.htmlEscaper().escape(String.valueOf(ctx.queryParam("name")));
        ctx.html("<h1>Hello " + name + "</h1>"); // fine: xss
    }

    public void sign(Context ctx) {
        String text = ctx.formParam("text");
        entries.add(text == null ? "" : text);
        StringBuilder html = new StringBuilder("<ol>");
        for (String entry : entries) {
            html.append("<li>").append(entry).append("</li>");
        }
        ctx.html(html.append("</ol>").toString()); // flaw: xss
    }

    public void formatted(Context ctx) {
        String clean = POLICY.sanitize(ctx.formParam("text"));
        ctx.html("<blockquote>" + clean + "</blockquote>"); // fine: xss
    }

    public void tidy(RoutingContext ctx) {
        String body = Jsoup.clean(ctx.request().getParam("body", ""), Safelist.basic());
        ctx.response().putHeader("Content-Type", "text/html").end("<article>" + body + "</article>"); // fine: xss
    }

    public void missing(RoutingContext ctx) {
        String page = ctx.normalizedPath().substring(1) + ctx.request().getParam("hint", "");
        ctx.response().setStatusCode(404)
                .putHeader("Content-Type", "text/html");
        ctx.response().end(String.format("<p>No page %s here</p>", page)); // flaw: xss
    }

    @GET
    @Path("/counter")
    @Produces(MediaType.TEXT_HTML)
    public String counter(@QueryParam("start") int start) {
        return "<p>Visitor " + (start + entries.size()) + "</p>"; // fine: xss
    }

    @GET
    @Path("/echo")
    @Produces(MediaType.TEXT_PLAIN)
    public Response echo(@QueryParam("text") String text) {
        return Response.ok(text).header("X-Content-Type-Options", "nosniff").build(); // fine: xss
    }

    @GET
    @Path("/link")
    @Produces(MediaType.TEXT_HTML)
    public String link(@QueryParam("site") String site) {
        String escaped = HtmlEscapers.htmlEscaper().escape(site);
        return "<a href=\"" + escaped + "\">my site</a>"; // flaw: xss
    }

    @GET
    @Path("/search")
    @Produces(MediaType.TEXT_HTML)
    public Response search(@QueryParam("q") String q) {
        return shell("Search", "<em>" + q + "</em>");
    }

    private static Response shell(String title, String content) {
        String page = "<!doctype html><title>" + title + "</title><main>" + content + "</main>";
        return Response.ok(page, MediaType.TEXT_HTML_TYPE).build(); // flaw: xss
    }
}
