package io.northwind.signin;

import java.util.Date;
import java.util.Map;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.sstore.SessionStore;

import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

import org.eclipse.jetty.server.session.SessionHandler.CookieConfig;

public class SignInCookies {

    private static final String SESSION = "nw_session";

    public void signIn(Context ctx, String token) {
        ctx.cookie(SESSION, token, 3600); // flaw: cookie
    }

    public void signInStrict(Context ctx, String token) {
        Cookie cookie = new Cookie(SESSION, token, "/", 3600, true, 0, true); // fine: cookie
        cookie.setSameSite(SameSite.STRICT);
        ctx.cookie(cookie);
    }

    public Response restSignIn(String token) {
        NewCookie cookie = new NewCookie(SESSION, token, "/", null, null, 3600, false, true); // flaw: cookie
        return Response.noContent().cookie(cookie).build();
    }

    public Response restSignInStrict(String token) {
        NewCookie cookie = new NewCookie.Builder(SESSION).value(token).path("/") // fine: cookie
                .secure(true).httpOnly(true).sameSite(NewCookie.SameSite.LAX).build();
        return Response.noContent().cookie(cookie).build();
    }

    public SessionHandler vertx(SessionStore store) {
        return SessionHandler.create(store)
                .setCookieHttpOnlyFlag(true) // fine: cookie
                .setCookieSecureFlag(false); // flaw: cookie
    }

    public SessionHandler vertxStrict(SessionStore store) {
        SessionHandler handler = SessionHandler.create(store);
        handler.setCookieSecureFlag(true); // fine: cookie
        handler.setCookieHttpOnlyFlag(true);
        return handler;
    }

    public String netty(String token, boolean browser) {
        DefaultCookie cookie = new DefaultCookie(SESSION, token);
        cookie.setPath("/");
        if (browser) {
            cookie.setMaxAge(600);
        }
        cookie.setSecure(true);
        cookie.setHttpOnly(!browser); // flaw: cookie
        return ServerCookieEncoder.STRICT.encode(cookie);
    }

    public String locale(String lang) {
        DefaultCookie cookie = new DefaultCookie("locale", "es".equals(lang) ? "es" : "en");
        cookie.setSecure(true);
        return ServerCookieEncoder.STRICT.encode(cookie); // fine: cookie
    }

    public void mount(Javalin app, Map<String, String> tokens) {
        app.post("/auth", ctx -> write(ctx, "auth_token", tokens.get(ctx.formParam("user"))));
    }

    private static void write(Context ctx, String name, String value) {
        Cookie cookie = new Cookie(name, value);
        cookie.setHttpOnly(true);
        cookie.setMaxAge(7200);
        ctx.cookie(cookie); // flaw: cookie
    }
}
