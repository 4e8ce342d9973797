package com.acme.portal.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Minimal HTTP responder used by the kiosk gateway; headers are written straight to the socket. */
public class KioskResponder implements Runnable {

    private static final Set<String> LANGS = Set.of("en", "de", "fr");
    private final Socket socket;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final StringBuilder head = new StringBuilder();

    public KioskResponder(Socket socket) {
        this.socket = socket;
    }

    @Override
    public void run() {
        try (Socket s = socket; OutputStream out = s.getOutputStream()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.US_ASCII));
            String request = in.readLine();
            String path = parse(request == null ? "GET / HTTP/1.1" : request);
            head.append("HTTP/1.1 200 OK\r\nConnection: close\r\n");
            switch (path) {
                case "/lang" -> lang(query.get("l"));
                case "/theme" -> theme(query.get("t"));
                case "/ticket" -> ticket(query.get("name"), query.get("nr"));
                case "/trace" -> trace(query.get("id"));
                default -> meta();
            }
            head.append("Content-Length: 0\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lang(String value) {
        head.append("Content-Language: " + value + "\r\n"); // flaw: header-injection
        if (LANGS.contains(value)) {
            head.append("Vary: x-lang-" + value + "\r\n"); // fine: header-injection
        }
    }

    private void theme(String value) {
        String chosen = "default";
        if (value != null && value.length() < 200) {
            chosen = value.trim();
        }
        StringBuilder line = new StringBuilder("X-Theme: ");
        line.append(chosen);
        head.append(line).append("\r\n"); // flaw: header-injection
    }

    private void ticket(String name, String number) {
        int nr = Integer.parseInt(number);
        head.append("X-Ticket: ").append(nr).append("\r\n"); // fine: header-injection
        String file = URLEncoder.encode(name, StandardCharsets.UTF_8);
        head.append("Content-Disposition: attachment; filename*=UTF-8''" + file + "\r\n"); // fine: header-injection
        header("X-Holder", name);
    }

    private void trace(String id) {
        String flat = id.replaceAll("[^A-Za-z0-9-]", "");
        head.append("X-Trace: ").append(flat).append("\r\n"); // fine: header-injection
        StringBuilder joined = new StringBuilder();
        for (Map.Entry<String, String> e : query.entrySet()) {
            joined.append(e.getKey()).append('=').append(e.getValue()).append(';');
        }
        head.append(String.format("X-Echo: %s%n", joined)); // flaw: header-injection
    }

    private void meta() {
        strictHeader("X-Agent", query.getOrDefault("agent", "none"));
    }

    private void header(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n"); // flaw: header-injection
    }

    private void strictHeader(String name, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(name);
        }
        head.append(name).append(": ").append(value).append("\r\n"); // fine: header-injection
    }

    private String parse(String request) {
        String target = request.split(" ")[1];
        int mark = target.indexOf('?');
        if (mark < 0) {
            return target;
        }
        for (String pair : target.substring(mark + 1).split("&")) {
            String[] kv = pair.split("=", 2);
            query.put(kv[0], kv.length > 1 ? URLDecoder.decode(kv[1], StandardCharsets.UTF_8) : "");
        }
        return target.substring(0, mark);
    }
}
