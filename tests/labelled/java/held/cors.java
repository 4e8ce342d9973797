package io.northwind.gateway;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

import io.javalin.Javalin;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

public class GatewayCors {

    private static final List<String> FRONTENDS = List.of("https://web.northwind.io", "https://m.northwind.io");
    private static final Pattern TENANT = Pattern.compile("https://[a-z]{2,12}\\.tenants\\.northwind\\.io");

    public void vertx(Router router) {
        router.route("/me/*").handler(CorsHandler.create()
                .addRelativeOrigin(".*") // flaw: cors
                .allowCredentials(true));
        router.route("/cart/*").handler(CorsHandler.create()
                .addOrigins(FRONTENDS) // fine: cors
                .allowCredentials(true));
        router.route("/assets/*").handler(CorsHandler.create().addOrigin("*")); // fine: cors
    }

    public Javalin javalin() {
        return Javalin.create(config -> config.bundledPlugins.enableCors(cors -> {
            cors.addRule(rule -> {
                rule.reflectClientOrigin = true; // flaw: cors
                rule.allowCredentials = true;
                rule.path = "/wallet/*";
            });
            cors.addRule(rule -> {
                rule.allowHost("https://web.northwind.io"); // fine: cors
                rule.allowCredentials = true;
                rule.path = "/profile/*";
            });
        }));
    }

    @Provider
    public static class MirrorFilter implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext req, ContainerResponseContext res) throws IOException {
            MultivaluedMap<String, Object> headers = res.getHeaders();
            String origin = req.getHeaderString("Origin");
            String allowed = "https://web.northwind.io";
            if (origin != null && origin.contains("northwind")) {
                allowed = origin;
            }
            headers.putSingle("Access-Control-Allow-Origin", allowed); // flaw: cors
            headers.putSingle("Access-Control-Allow-Credentials", true);
        }
    }

    @Provider
    public static class TenantFilter implements ContainerResponseFilter {
        @Override
        public void filter(ContainerRequestContext req, ContainerResponseContext res) throws IOException {
            String origin = req.getHeaderString("Origin");
            if (origin == null || !TENANT.matcher(origin).matches()) {
                return;
            }
            res.getHeaders().putSingle("Access-Control-Allow-Origin", origin); // fine: cors
            res.getHeaders().putSingle("Access-Control-Allow-Credentials", "true");
            res.getHeaders().add("Vary", "Origin");
        }
    }

    public void referer(RoutingContext ctx) {
        String referer = ctx.request().getHeader("Referer");
        if (referer != null) {
            URI uri = URI.create(referer);
            permit(ctx, uri.getScheme() + "://" + uri.getAuthority());
        }
        ctx.next();
    }

    public void frontend(RoutingContext ctx) {
        int at = FRONTENDS.indexOf(ctx.request().getHeader("Origin"));
        if (at >= 0) {
            ctx.response().putHeader("Access-Control-Allow-Credentials", "true");
            ctx.response().putHeader("Access-Control-Allow-Origin", FRONTENDS.get(at)); // fine: cors
        }
        ctx.next();
    }

    public void sandbox(RoutingContext ctx) {
        ctx.response().putHeader("Access-Control-Allow-Credentials", "true");
        ctx.response().putHeader("Access-Control-Allow-Origin", "null"); // flaw: cors
        ctx.next();
    }

    private static void permit(RoutingContext ctx, String origin) {
        ctx.response()
                .putHeader("Access-Control-Allow-Credentials", "true")
                .putHeader("Access-Control-Allow-Origin", origin); // flaw: cors
    }
}
