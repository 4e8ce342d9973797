package io.northwind.billing;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

public class InvoiceRoutes {

    enum Period { DAY, MONTH, YEAR }

    private static final String TABLE = "invoices";

    private final Pool pool;
    private final Jdbi jdbi;
    private final DSLContext dsl;
    private final SessionFactory sessions;

    public InvoiceRoutes(Pool pool, Jdbi jdbi, DSLContext dsl, SessionFactory sessions) {
        this.pool = pool;
        this.jdbi = jdbi;
        this.dsl = dsl;
        this.sessions = sessions;
    }

    public void mount(Router router) {
        router.get("/invoices/:nr").handler(this::byNumber);
        router.get("/invoices").handler(this::byPayer);
        router.get("/totals").handler(this::totals);
        router.get("/overdue").handler(this::overdue);
        router.get("/search").handler(this::search);
        router.get("/ledger").handler(this::ledger);
        router.get("/notes").handler(this::notes);
        router.get("/paid").handler(this::paid);
    }

    private void byNumber(RoutingContext ctx) {
        String nr = ctx.pathParam("nr");
        send(ctx, pool.query("SELECT id FROM " + TABLE + " WHERE nr = '" + nr + "'").execute()); // flaw: sql-injection
    }

    private void byPayer(RoutingContext ctx) {
        String payer = ctx.request().getParam("payer");
        send(ctx, pool.preparedQuery("SELECT id FROM " + TABLE + " WHERE payer = $1") // fine: sql-injection
                .execute(Tuple.of(payer)));
    }

    private void totals(RoutingContext ctx) {
        Period period = Period.valueOf(ctx.request().getParam("period", "DAY"));
        String sql = String.format("SELECT date_trunc('%s', due), sum(total) FROM %s GROUP BY 1", period, TABLE);
        send(ctx, pool.query(sql).execute()); // fine: sql-injection
    }

    private void overdue(RoutingContext ctx) {
        String days = ctx.request().getParam("days", "30");
        String cond = "1=1";
        if (!days.isEmpty()) {
            cond = cond + " AND due < now() - interval '" + days + " days'";
        }
        final String where = cond;
        List<Map<String, Object>> rows = jdbi.withHandle(h ->
                h.createQuery("SELECT * FROM invoices WHERE " + where).mapToMap().list()); // flaw: sql-injection
        ctx.json(rows);
    }

    private void search(RoutingContext ctx) {
        String term = ctx.request().getParam("term");
        List<Map<String, Object>> rows = jdbi.withHandle(h ->
                h.createQuery("SELECT * FROM invoices WHERE title ILIKE :t") // fine: sql-injection
                        .bind("t", "%" + term + "%").mapToMap().list());
        ctx.json(rows);
    }

    private void ledger(RoutingContext ctx) {
        String filter = ctx.request().params().entries().stream()
                .filter(e -> e.getKey().startsWith("f_"))
                .map(e -> e.getKey().substring(2) + " = '" + e.getValue() + "'")
                .collect(Collectors.joining(" AND "));
        ctx.json(dsl.selectFrom(DSL.table(TABLE)).where(DSL.condition(filter)).fetchMaps()); // flaw: sql-injection
    }

    private void paid(RoutingContext ctx) {
        String currency = ctx.request().getParam("currency");
        ctx.json(dsl.selectFrom(DSL.table(TABLE))
                .where(DSL.condition("paid AND currency = ?", currency)) // fine: sql-injection
                .fetchMaps());
    }

    private void notes(RoutingContext ctx) {
        String author = ctx.request().getHeader("X-Author");
        ctx.json(hql("from Note n where n.author = '" + author + "' order by n.id"));
    }

    private List<?> hql(String query) {
        try (Session session = sessions.openSession()) {
            return session.createQuery(query, Object.class).list(); // flaw: sql-injection
        }
    }

    private static void send(RoutingContext ctx, Future<RowSet<Row>> rows) {
        rows.onSuccess(r -> ctx.json(Map.of("rows", r.size()))).onFailure(ctx::fail);
    }
}
