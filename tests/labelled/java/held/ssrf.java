package io.northwind.hooks;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.javalin.http.Context;
import io.vertx.ext.web.client.WebClient;

import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.fluent.Content;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jsoup.Jsoup;

public class HookHandlers {

    enum Feed { NEWS, JOBS }

    private static final List<String> MIRRORS = List.of("mirror-a.northwind.io", "mirror-b.northwind.io");

    private final OkHttpClient ok = new OkHttpClient.Builder().followRedirects(false).build();
    private final CloseableHttpClient apache;
    private final WebClient vertx;

    public HookHandlers(CloseableHttpClient apache, WebClient vertx) {
        this.apache = apache;
        this.vertx = vertx;
    }

    public void title(Context ctx) throws Exception {
        ctx.json(Map.of("title", Jsoup.connect(ctx.queryParam("page")).get().title())); // flaw: ssrf
    }

    public void feed(Context ctx) throws Exception {
        Feed feed = Feed.valueOf(ctx.queryParam("feed"));
        String url = "https://feeds.northwind.io/" + feed.name().toLowerCase() + ".html";
        ctx.json(Map.of("title", Jsoup.connect(url).get().title())); // fine: ssrf
    }

    public void notifyPeer(Context ctx) throws Exception {
        String peer = ctx.formParam("peer");
        String scheme = "on".equals(ctx.formParam("tls")) ? "https" : "http";
        HttpUrl.Builder url = new HttpUrl.Builder().scheme(scheme).host(peer);
        url.addPathSegment("notify").addQueryParameter("from", "northwind");
        try (Response r = ok.newCall(new Request.Builder().url(url.build()).build()).execute()) { // flaw: ssrf
            ctx.json(Map.of("code", r.code()));
        }
    }

    public void mirror(Context ctx) throws Exception {
        String host = ctx.queryParam("host");
        int at = MIRRORS.indexOf(host);
        if (at < 0) {
            ctx.status(400);
            return;
        }
        HttpUrl url = new HttpUrl.Builder().scheme("https").host(MIRRORS.get(at)).addPathSegment("status").build();
        try (Response r = ok.newCall(new Request.Builder().url(url).build()).execute()) { // fine: ssrf
            ctx.json(Map.of("code", r.code()));
        }
    }

    public void item(Context ctx) throws Exception {
        HttpUrl url = HttpUrl.get("https://catalog.northwind.io/items").newBuilder()
                .addPathSegment(UUID.fromString(ctx.pathParam("id")).toString())
                .addQueryParameter("lang", ctx.queryParam("lang"))
                .build();
        try (Response r = ok.newCall(new Request.Builder().url(url).build()).execute()) { // fine: ssrf
            ctx.json(Map.of("code", r.code()));
        }
    }

    public void scan(Context ctx) {
        String host = ctx.header("X-Target-Host");
        int port = ctx.queryParamAsClass("port", Integer.class).getOrDefault(443);
        vertx.get(port, host, "/health").send(); // flaw: ssrf
        ctx.status(202);
    }

    public void health(Context ctx) {
        int port = ctx.queryParamAsClass("slot", Integer.class).get() == 1 ? 8441 : 8442;
        vertx.get(port, "workers.northwind.io", "/health").send(); // fine: ssrf
        ctx.status(202);
    }

    public void relay(Context ctx) throws Exception {
        Relay relay = new Relay(ctx.formParam("callback"));
        ctx.json(Map.of("code", relay.fire(apache)));
    }

    public void oembed(Context ctx) throws Exception {
        URI uri = URI.create(ctx.queryParam("url"));
        if (!uri.getHost().contains("northwind.io")) {
            ctx.status(400);
            return;
        }
        Content content = org.apache.hc.client5.http.fluent.Request.get(uri).execute().returnContent(); // flaw: ssrf
        ctx.json(Map.of("size", content.asBytes().length, "self", InetAddress.getLoopbackAddress().getHostName()));
    }

    private record Relay(String callback) {
        int fire(CloseableHttpClient client) throws Exception {
            HttpGet get = new HttpGet(callback);
            return client.execute(get, r -> r.getCode()); // flaw: ssrf
        }
    }
}
