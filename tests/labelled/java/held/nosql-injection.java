package io.northwind.profile;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;

import org.bson.BsonDocument;
import org.bson.Document;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

import com.mongodb.client.MongoDatabase;

public class ProfileApi {

    private static final Set<String> SORTS = Set.of("age", "joined");

    private final MongoDatabase db;
    private final MongoClient reactive;
    private final RestClient elastic;

    public ProfileApi(MongoDatabase db, MongoClient reactive, RestClient elastic) {
        this.db = db;
        this.reactive = reactive;
        this.elastic = elastic;
    }

    public void register(Javalin app) {
        app.get("/profiles/nick", this::byNick);
        app.get("/profiles/find", this::find);
        app.post("/profiles/session", this::session);
        app.get("/profiles/sorted", this::sorted);
        app.get("/profiles/text", this::text);
        app.get("/profiles/strict", this::strict);
        app.post("/profiles/pin", this::pin);
        app.delete("/profiles/stale", this::stale);
    }

    private void byNick(Context ctx) {
        JsonObject query = new JsonObject("{\"nick\":\"" + ctx.queryParam("nick") + "\"}");
        reactive.find("profiles", query); // flaw: nosql-injection
        ctx.status(202);
    }

    private void find(Context ctx) {
        JsonObject query = new JsonObject().put("nick", ctx.queryParam("nick"));
        reactive.find("profiles", query); // fine: nosql-injection
        ctx.status(202);
    }

    private void session(Context ctx) {
        Document body = ctx.bodyAsClass(Document.class);
        Document filter = new Document("login", body.getString("login"));
        filter.append("oneTimeCode", body.get("code"));
        ctx.json(Map.of("ok", db.getCollection("logins").countDocuments(filter) > 0)); // flaw: nosql-injection
    }

    private void pin(Context ctx) {
        Document body = ctx.bodyAsClass(Document.class);
        Document filter = new Document("login", body.getString("login")).append("pin", body.getInteger("pin"));
        ctx.json(Map.of("ok", db.getCollection("logins").countDocuments(filter) > 0)); // fine: nosql-injection
    }

    private void sorted(Context ctx) {
        String sort = ctx.queryParam("sort");
        String field = SORTS.contains(sort) ? sort : "joined";
        int dir = ctx.queryParamAsClass("dir", Integer.class).getOrDefault(1) < 0 ? -1 : 1;
        BsonDocument order = BsonDocument.parse("{" + field + ": " + dir + "}");
        ctx.json(db.getCollection("profiles").find().sort(order).limit(20).into(new java.util.ArrayList<>())); // fine: nosql-injection
    }

    private void text(Context ctx) throws Exception {
        Request request = new Request("POST", "/profiles/_search");
        StringBuilder query = new StringBuilder("{\"query\":{\"bool\":{\"must\":[");
        String term = ctx.queryParam("term");
        if (term != null) {
            query.append("{\"match\":{\"bio\":\"").append(term).append("\"}},");
        }
        query.append("{\"term\":{\"public\":true}}]}}}");
        request.setJsonEntity(query.toString()); // flaw: nosql-injection
        ctx.json(Map.of("status", elastic.performRequest(request).getStatusLine().getStatusCode()));
    }

    private void strict(Context ctx) throws Exception {
        Request request = new Request("POST", "/profiles/_search");
        JsonObject match = new JsonObject().put("match", new JsonObject().put("bio", ctx.queryParam("term")));
        JsonObject open = new JsonObject().put("term", new JsonObject().put("public", true));
        JsonObject bool = new JsonObject().put("must", Arrays.asList(match, open));
        request.setJsonEntity(new JsonObject().put("query", new JsonObject().put("bool", bool)).encode()); // fine: nosql-injection
        ctx.json(Map.of("status", elastic.performRequest(request).getStatusLine().getStatusCode()));
    }

    private void stale(Context ctx) {
        String days = ctx.queryParam("days");
        purge("function() { return this.idleDays > " + days + "; }");
        ctx.status(204);
    }

    private void purge(String predicate) {
        Document filter = new Document("$where", predicate); // flaw: nosql-injection
        db.getCollection("profiles").deleteMany(filter);
    }
}
