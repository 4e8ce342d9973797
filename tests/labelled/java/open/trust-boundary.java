package com.acme.session;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

@WebServlet("/session/*")
public class SessionSetupServlet extends HttpServlet {

    private static final Set<String> LANGUAGES = Set.of("en", "de", "fr", "it");
    private static final Map<String, String> PLANS = Map.of("f", "free", "t", "team", "e", "enterprise");

    private final transient AccountLookup accounts;

    public SessionSetupServlet(AccountLookup accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doPost(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        HttpSession session = req.getSession();
        String step = req.getPathInfo() == null ? "" : req.getPathInfo();
        switch (step) {
            case "/role" -> role(req, session);
            case "/language" -> language(req, session);
            case "/account" -> account(req, session);
            case "/tenant" -> tenant(req, session);
            case "/limits" -> limits(req, session);
            default -> session.setAttribute("step", "start"); // fine: trust-boundary
        }
        resp.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private void role(HttpServletRequest req, HttpSession session) {
        session.setAttribute("role", req.getParameter("role")); // flaw: trust-boundary
    }

    private void language(HttpServletRequest req, HttpSession session) {
        String lang = req.getParameter("lang");
        if (LANGUAGES.contains(lang)) {
            session.setAttribute("lang", lang); // fine: trust-boundary
        }
        String plan = PLANS.getOrDefault(String.valueOf(req.getParameter("plan")), "free");
        session.setAttribute("shownPlan", plan); // fine: trust-boundary
    }

    private void account(HttpServletRequest req, HttpSession session) {
        String user = req.getRemoteUser();
        session.setAttribute("accountId", accounts.accountOf(user)); // fine: trust-boundary
        String actingFor = req.getHeader("X-Acting-For");
        String effective = user;
        if (actingFor != null && !actingFor.isEmpty()) {
            effective = actingFor.trim();
        }
        session.setAttribute("effectiveUser", effective); // flaw: trust-boundary
    }

    private void tenant(HttpServletRequest req, HttpSession session) {
        for (String key : new String[] {"tenant", "department", "costCenter"}) {
            String value = req.getParameter(key);
            if (value != null) {
                session.setAttribute("auth." + key, value); // flaw: trust-boundary
            }
        }
    }

    private void limits(HttpServletRequest req, HttpSession session) {
        int size = Math.max(10, Math.min(100, Integer.parseInt(req.getParameter("pageSize"))));
        session.setAttribute("pageSize", size); // fine: trust-boundary
        keep(session, "authenticated", Boolean.valueOf(req.getParameter("verified")));
    }

    private static void keep(HttpSession session, String key, Object value) {
        session.setAttribute(key, value); // flaw: trust-boundary
    }

    public interface AccountLookup {
        long accountOf(String user);
    }
}
