package io.northwind.webstore;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.javalin.http.Context;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.Session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

@Path("/store")
public class StoreSession {

    enum Currency { EUR, USD, SEK }

    private static final List<String> WAREHOUSES = List.of("north", "south");

    private final Map<String, Integer> discounts;

    public StoreSession(Map<String, Integer> discounts) {
        this.discounts = discounts;
    }

    public void identity(Context ctx) {
        ctx.sessionAttribute("userId", ctx.formParam("userId")); // flaw: trust-boundary
        ctx.status(204);
    }

    public void currency(Context ctx) {
        Currency currency = Currency.valueOf(ctx.formParam("currency"));
        ctx.sessionAttribute("currency", currency); // fine: trust-boundary
        ctx.status(204);
    }

    public void warehouse(RoutingContext ctx) {
        String asked = ctx.request().getParam("warehouse");
        int at = WAREHOUSES.indexOf(asked);
        ctx.session().put("warehouse", at < 0 ? "north" : WAREHOUSES.get(at)); // fine: trust-boundary
        ctx.end();
    }

    public void privileges(RoutingContext ctx) {
        Session session = ctx.session();
        String raw = ctx.request().getHeader("X-Privileges");
        String[] parts = Optional.ofNullable(raw).orElse("guest").split(",");
        for (String part : parts) {
            session.put("can." + part.trim(), Boolean.TRUE); // flaw: trust-boundary
        }
        ctx.end();
    }

    public void coupon(RoutingContext ctx) {
        Integer percent = discounts.get(ctx.request().getParam("coupon"));
        if (percent != null) {
            ctx.session().put("percentOff", percent); // fine: trust-boundary
        }
        ctx.end();
    }

    public void price(RoutingContext ctx) {
        double percent = Double.parseDouble(ctx.request().getParam("percentOff"));
        ctx.session().put("percentOff", percent); // flaw: trust-boundary
        ctx.end();
    }

    @POST
    @Path("/columns")
    public Response columns(@jakarta.ws.rs.core.Context HttpServletRequest req, @FormParam("columns") int columns) {
        req.getSession().setAttribute("columns", columns == 2 ? 2 : 3); // fine: trust-boundary
        return Response.noContent().build();
    }

    @POST
    @Path("/agent")
    public Response agent(@jakarta.ws.rs.core.Context HttpServletRequest req, @FormParam("customer") String customer) {
        Scope scope = new Scope(req);
        scope.bind("actingCustomer", customer.trim());
        return Response.noContent().build();
    }

    private record Scope(HttpServletRequest req) {
        void bind(String key, String value) {
            if (!value.isEmpty()) {
                req.getSession().setAttribute(key, value); // flaw: trust-boundary
            }
        }
    }
}
