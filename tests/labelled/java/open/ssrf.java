package com.acme.integrations;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class FetchController {

    private static final String GEO = "https://geo.acme.com/v1/lookup";
    private static final Set<String> PARTNERS = Set.of("api.partner-one.com", "feeds.partner-two.com");
    private static final Map<String, String> REGIONS = Map.of("eu", "https://eu.acme.com", "us", "https://us.acme.com");

    private final RestTemplate rest = new RestTemplate();
    private final HttpClient http = HttpClient.newHttpClient();

    @GetMapping("/fetch/avatar")
    public Map<String, Object> avatar(@RequestParam String url) throws IOException {
        try (InputStream in = new URL(url).openStream()) { // flaw: ssrf
            return Map.of("size", in.readAllBytes().length);
        }
    }

    @GetMapping("/fetch/geo")
    public Map<String, Object> geo(@RequestParam String city) {
        String q = URLEncoder.encode(city, StandardCharsets.UTF_8);
        return Map.of("geo", rest.getForObject(URI.create(GEO + "?q=" + q), String.class)); // fine: ssrf
    }

    @GetMapping("/fetch/tenant")
    public Map<String, Object> tenant(@RequestParam String host, @RequestParam(required = false) String port) {
        StringBuilder target = new StringBuilder("https://").append(host);
        if (port != null) {
            target.append(':').append(port);
        }
        target.append("/status");
        return Map.of("body", rest.getForObject(target.toString(), String.class)); // flaw: ssrf
    }

    @GetMapping("/fetch/partner")
    public Map<String, Object> partner(@RequestParam String url) throws Exception {
        URI uri = URI.create(url);
        if (!"https".equals(uri.getScheme()) || !PARTNERS.contains(uri.getHost())) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        HttpRequest request = HttpRequest.newBuilder(uri).GET().build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString()); // fine: ssrf
        return Map.of("body", response.body());
    }

    @PostMapping("/fetch/webhooks")
    public Map<String, Object> webhooks(@RequestBody List<String> targets) throws Exception {
        int ok = 0;
        for (String target : targets) {
            if (!target.startsWith("http")) {
                continue;
            }
            HttpRequest ping = HttpRequest.newBuilder().uri(URI.create(target)).build();
            HttpResponse<Void> r = http.send(ping, HttpResponse.BodyHandlers.discarding()); // flaw: ssrf
            ok += r.statusCode() == 200 ? 1 : 0;
        }
        return Map.of("ok", ok);
    }

    @GetMapping("/fetch/region")
    public Map<String, Object> region(@RequestParam String region) throws IOException {
        String base = REGIONS.getOrDefault(region, REGIONS.get("eu"));
        HttpURLConnection c = (HttpURLConnection) new URL(base + "/health").openConnection(); // fine: ssrf
        c.setConnectTimeout(2000);
        return Map.of("code", c.getResponseCode());
    }

    @GetMapping("/fetch/item")
    public Map<String, Object> item(@RequestParam String id) {
        long number = Long.parseLong(id);
        return Map.of("item", rest.getForObject("https://items.acme.com/items/" + number, String.class)); // fine: ssrf
    }

    @GetMapping("/fetch/preview")
    public Map<String, Object> preview(@RequestParam String link) throws IOException {
        String cleaned = link.trim();
        return Map.of("status", probe(cleaned.contains("://") ? cleaned : "https://" + cleaned));
    }

    private int probe(String address) throws IOException {
        URL url = new URL(address);
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(); // flaw: ssrf
        connection.setRequestMethod("HEAD");
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
