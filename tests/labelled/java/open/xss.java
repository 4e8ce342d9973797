package com.acme.web;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.commons.text.StringEscapeUtils;
import org.owasp.encoder.Encode;
import org.springframework.web.util.HtmlUtils;

@WebServlet("/search/*")
public class SearchPageServlet extends HttpServlet {

    private static final List<String> TABS = List.of("all", "images", "news");
    private static final String FOOTER = "<p class='footer'>Acme search</p>";

    @Override
    protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        String action = req.getPathInfo() == null ? "/" : req.getPathInfo();
        resp.setContentType("text/html;charset=UTF-8");
        switch (action) {
            case "/results" -> results(req, resp);
            case "/tabs" -> tabs(req, resp);
            case "/suggest" -> suggest(req, resp);
            case "/profile" -> profile(req, resp);
            case "/plain" -> plain(req, resp);
            default -> page(resp.getWriter(), "Search", FOOTER);
        }
    }

    private void results(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        PrintWriter out = resp.getWriter();
        out.println("<h1>Results for " + req.getParameter("q") + "</h1>"); // flaw: xss
        out.println("<h2>" + Encode.forHtml(req.getParameter("q")) + "</h2>"); // fine: xss
        out.println(FOOTER);
    }

    private void tabs(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        PrintWriter out = resp.getWriter();
        String tab = req.getParameter("tab");
        String color = req.getParameter("color");
        if (TABS.contains(tab)) {
            out.printf("<li class='active'>%s</li>%n", tab); // fine: xss
        }
        StringBuilder html = new StringBuilder("<ul style='color:");
        html.append(color == null ? "black" : color);
        html.append("'>");
        for (String t : TABS) {
            html.append("<li>").append(t).append("</li>");
        }
        html.append("</ul>");
        out.write(html.toString()); // flaw: xss
    }

    private void suggest(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        String term = req.getParameter("term");
        String lower = term == null ? "" : term.toLowerCase().trim();
        String count = req.getParameter("n");
        int n = count == null ? 5 : Integer.parseInt(count);
        resp.getWriter().print("<p>Top " + n + " hits</p>"); // fine: xss
        resp.getWriter().printf("<input name='term' value='%s'>", lower); // flaw: xss
    }

    private void profile(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        String nick = req.getParameter("nick");
        String bio = HtmlUtils.htmlEscape(String.valueOf(req.getParameter("bio")));
        page(resp.getWriter(), "Profile", "<p>" + bio + "</p>");
        card(resp.getWriter(), nick);
        script(resp.getWriter(), StringEscapeUtils.escapeHtml4(nick));
    }

    private void plain(HttpServletRequest req, HttpServletResponse resp) throws IOException {
        resp.setContentType("text/plain;charset=UTF-8");
        resp.setHeader("X-Content-Type-Options", "nosniff");
        resp.getWriter().print("query=" + req.getParameter("q")); // fine: xss
    }

    private void page(PrintWriter out, String title, String body) {
        out.println("<html><head><title>" + title + "</title></head><body>" + body + "</body></html>"); // fine: xss
    }

    private void card(PrintWriter out, String nick) {
        String markup = String.join("", "<div class=\"card\">", nick, "</div>");
        out.append(markup); // flaw: xss
    }

    private void script(PrintWriter out, String nick) {
        out.println("<script>var nick = `" + nick + "`;</script>"); // flaw: xss
    }
}
