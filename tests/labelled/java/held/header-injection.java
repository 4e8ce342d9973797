package io.northwind.smtp;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;

public class ProxyResponder {

    enum Mode { INLINE, DOWNLOAD }

    private final HttpHeaders lenient = new DefaultHttpHeaders(false);

    public FullHttpResponse image(QueryStringDecoder query) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, false);
        response.headers().set("X-Caption", first(query, "caption")); // flaw: header-injection
        response.headers().set("X-Width", Integer.parseInt(first(query, "w"))); // fine: header-injection
        return response;
    }

    public FullHttpResponse document(QueryStringDecoder query) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set("X-Document", first(query, "title")); // fine: header-injection
        Mode mode = Mode.valueOf(first(query, "mode").toUpperCase(Locale.ROOT));
        lenient.set("X-Mode", mode.name()); // fine: header-injection
        return response;
    }

    public FullHttpResponse download(QueryStringDecoder query) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, false);
        String name = first(query, "name");
        String disposition;
        if (name.endsWith(".pdf")) {
            disposition = "inline; filename=\"" + name + "\"";
        } else {
            disposition = "attachment; filename=\"" + name + "\"";
        }
        response.headers().add("Content-Disposition", disposition); // flaw: header-injection
        return response;
    }

    public FullHttpResponse tagged(QueryStringDecoder query) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, false);
        String tag = Base64.getUrlEncoder().encodeToString(first(query, "tag").getBytes(StandardCharsets.UTF_8));
        response.headers().set("ETag", '"' + tag + '"'); // fine: header-injection
        copy(query, response);
        return response;
    }

    public void rawReply(Socket socket, Map<String, String> params) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", "northwind");
        headers.put("X-Request", UUID.randomUUID().toString());
        headers.put("X-Client", params.get("client"));
        try (BufferedWriter out = new BufferedWriter(
                new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.ISO_8859_1))) {
            out.write("HTTP/1.1 204 No Content\r\n");
            for (Map.Entry<String, String> h : headers.entrySet()) {
                out.write(h.getKey() + ": " + h.getValue() + "\r\n"); // flaw: header-injection
            }
            out.write("X-Session: " + oneLine(params.get("session")) + "\r\n"); // fine: header-injection
            out.write("\r\n");
        }
    }

    private void copy(QueryStringDecoder query, FullHttpResponse response) {
        HttpHeaders target = response.headers();
        String origin = first(query, "origin");
        target.set("X-Origin-Name", origin.strip()); // flaw: header-injection
    }

    private static String oneLine(String value) {
        StringBuilder out = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (c >= 0x20 && c < 0x7f) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String first(QueryStringDecoder query, String name) {
        return query.parameters().get(name).get(0);
    }
}
