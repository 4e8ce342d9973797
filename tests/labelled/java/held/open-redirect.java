package io.northwind.links;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.javalin.http.Context;
import io.vertx.ext.web.RoutingContext;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;

@Path("/links")
public class LinkResource {

    enum Section { NEWS, SHOP, FORUM }

    private final Map<String, URI> shortLinks;

    public LinkResource(Map<String, URI> shortLinks) {
        this.shortLinks = shortLinks;
    }

    @GET
    @Path("/out")
    public Response out(@QueryParam("to") URI to) {
        return Response.seeOther(to).build(); // flaw: open-redirect
    }

    @GET
    @Path("/s")
    public Response shortLink(@QueryParam("code") String code) {
        URI target = shortLinks.get(code);
        if (target == null) {
            return Response.status(404).build();
        }
        return Response.temporaryRedirect(target).build(); // fine: open-redirect
    }

    @GET
    @Path("/section")
    public Response section(@QueryParam("name") String name, @QueryParam("page") int page) {
        Section section = Section.valueOf(name.toUpperCase(Locale.ROOT));
        URI target = UriBuilder.fromPath("/{section}").queryParam("page", page).build(section.name());
        return Response.seeOther(target).build(); // fine: open-redirect
    }

    public void signedIn(Context ctx) {
        String back = Optional.ofNullable(ctx.queryParam("back")).orElse("/");
        if (back.startsWith("https://northwind.io")) {
            ctx.redirect(back); // flaw: open-redirect
            return;
        }
        ctx.redirect("/start"); // fine: open-redirect
    }

    public void signedOut(Context ctx) {
        String back = ctx.cookie("back_path");
        String target = "/";
        if (back != null && back.startsWith("/") && !back.startsWith("//") && back.indexOf('\\') < 0
                && back.chars().noneMatch(Character::isISOControl)) {
            target = back;
        }
        ctx.redirect(target); // fine: open-redirect
    }

    public void locale(RoutingContext ctx) {
        StringBuilder location = new StringBuilder();
        String site = ctx.request().getParam("site");
        location.append(site == null ? "https://northwind.io" : site);
        location.append("/").append("en");
        ctx.response().setStatusCode(302).putHeader("Location", location.toString()).end(); // flaw: open-redirect
    }

    public void forum(RoutingContext ctx) {
        long thread = Long.parseLong(ctx.pathParam("thread"));
        ctx.redirect("https://forum.northwind.io/t/" + thread); // fine: open-redirect
    }

    public void legacy(HttpServletRequest req, HttpServletResponse resp) {
        String ref = req.getHeader("X-Return-To");
        Moved moved = new Moved(resp);
        if (ref != null) {
            moved.target = ref;
        }
        moved.send();
    }

    private static final class Moved {
        private final HttpServletResponse resp;
        private String target = "/";

        Moved(HttpServletResponse resp) {
            this.resp = resp;
        }

        void send() {
            resp.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
            resp.setHeader("Location", target); // flaw: open-redirect
        }
    }
}
