package com.acme.audit;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class AuditController {

    private static final Logger LOG = LogManager.getLogger(AuditController.class);

    enum Event { OPEN, CLOSE, DELETE }

    @PostMapping("/audit/login")
    public Map<String, Boolean> login(@RequestParam String user) {
        LOG.info("login attempt by " + user); // flaw: log-injection
        return Map.of("ok", true);
    }

    @PostMapping("/audit/clean-login")
    public Map<String, Boolean> cleanLogin(@RequestParam String user) {
        String oneLine = user.replaceAll("[\\r\\n]", "_");
        LOG.info("login attempt by {}", oneLine); // fine: log-injection
        return Map.of("ok", true);
    }

    @GetMapping("/audit/item/{id}")
    public Map<String, Boolean> item(@PathVariable long id, @RequestParam int page) {
        LOG.info("item {} page {}", id, page); // fine: log-injection
        return Map.of("ok", true);
    }

    @PostMapping("/audit/event")
    public Map<String, Boolean> event(@RequestParam String name) {
        Event event = Event.valueOf(name);
        LOG.warn("event " + event); // fine: log-injection
        return Map.of("ok", true);
    }

    @GetMapping("/audit/request")
    public Map<String, Boolean> request(HttpServletRequest request) {
        StringBuilder line = new StringBuilder("request");
        for (String key : new String[] {"source", "campaign"}) {
            String value = request.getParameter(key);
            if (value != null) {
                line.append(' ').append(key).append('=').append(value);
            }
        }
        LOG.info(line.toString()); // flaw: log-injection
        return Map.of("ok", true);
    }

    @GetMapping("/audit/agent")
    public Map<String, Boolean> agent(@RequestParam String client) {
        try {
            Integer.parseInt(client);
        } catch (NumberFormatException e) {
            LOG.error("client is not a number: {}", client); // flaw: log-injection
        }
        return Map.of("ok", true);
    }

    @GetMapping("/audit/coupon")
    public Map<String, Boolean> coupon(@RequestParam String code) {
        if (!code.matches("[A-Z0-9]{6,12}")) {
            LOG.info("coupon rejected, length {}", code.length()); // fine: log-injection
            return Map.of("ok", false);
        }
        LOG.info("coupon {} used", code); // fine: log-injection
        return Map.of("ok", true);
    }

    @PostMapping("/audit/note")
    public Map<String, Boolean> note(@RequestParam String note, @RequestHeader("X-Team-Number") int team) {
        record("note", String.format("[%d] %s", team, note.trim()));
        return Map.of("ok", true);
    }

    private void record(String kind, String text) {
        LOG.info("{}: {}", kind, text); // flaw: log-injection
    }
}
