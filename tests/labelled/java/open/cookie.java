package com.acme.auth;

import java.time.Duration;
import java.util.UUID;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;

public class LoginCookies implements ServletContextListener {

    private static final String REMEMBER = "remember_me";

    public void issueSession(HttpServletResponse response, String sessionId) {
        Cookie cookie = new Cookie("SESSION_ID", sessionId);
        cookie.setPath("/");
        response.addCookie(cookie); // flaw: cookie
    }

    public void issueRefresh(HttpServletResponse response, String refreshToken) {
        Cookie cookie = new Cookie("refresh_token", refreshToken);
        cookie.setHttpOnly(true);
        cookie.setSecure(true);
        cookie.setPath("/auth");
        response.addCookie(cookie); // fine: cookie
    }

    public ResponseEntity<Void> remember(String user) {
        ResponseCookie cookie = ResponseCookie.from(REMEMBER, UUID.randomUUID().toString())
                .maxAge(Duration.ofDays(30))
                .httpOnly(false) // flaw: cookie
                .secure(true)
                .build();
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie.toString()).build();
    }

    public ResponseEntity<Void> strictRemember() {
        ResponseCookie cookie = ResponseCookie.from(REMEMBER, UUID.randomUUID().toString()) // fine: cookie
                .maxAge(Duration.ofDays(30))
                .httpOnly(true)
                .secure(true)
                .sameSite("Lax")
                .build();
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, cookie.toString()).build();
    }

    public void theme(HttpServletResponse response, boolean dark) {
        Cookie cookie = new Cookie("theme", dark ? "dark" : "light");
        cookie.setMaxAge(31536000);
        cookie.setSecure(true);
        response.addCookie(cookie); // fine: cookie
    }

    public void logout(HttpServletResponse response) {
        Cookie gone = new Cookie("refresh_token", "");
        gone.setMaxAge(0);
        gone.setPath("/auth");
        gone.setSecure(true);
        gone.setHttpOnly(true);
        response.addCookie(gone); // fine: cookie
    }

    public void issueApiSession(HttpServletResponse response, String token, boolean mobile) {
        StringBuilder header = new StringBuilder("api_session=").append(token);
        header.append("; Path=/api");
        if (mobile) {
            header.append("; Max-Age=86400");
        }
        header.append("; HttpOnly");
        response.addHeader("Set-Cookie", header.toString()); // flaw: cookie
    }

    public void issueAdmin(HttpServletResponse response, String token) {
        Cookie cookie = build("admin_session", token);
        cookie.setPath("/admin");
        response.addCookie(cookie);
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        SessionCookieConfig config = context.getSessionCookieConfig();
        config.setHttpOnly(true); // fine: cookie
        config.setSecure(false); // flaw: cookie
    }

    private static Cookie build(String name, String value) {
        Cookie cookie = new Cookie(name, value);
        cookie.setHttpOnly(true);
        cookie.setSecure(false); // flaw: cookie
        return cookie;
    }
}
