package io.northwind.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.plugin.bundled.DevLoggingPlugin;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.ErrorHandler;
import io.vertx.core.Vertx;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler.ErrorPageMapper;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.h2.tools.Server.ShutdownHandler;

public class RuntimeLauncher {

    private static final String JDWP = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005"; // flaw: debug-server

    private final Vertx vertx = Vertx.vertx();

    public Javalin api() {
        Javalin app = Javalin.create();
        app.exception(Exception.class, (e, ctx) -> {
            java.io.StringWriter trace = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(trace));
            ctx.status(500).json(Map.of("trace", trace.toString())); // flaw: debug-server
        });
        return app;
    }

    public Javalin quietApi() {
        Javalin app = Javalin.create();
        app.exception(Exception.class, (e, ctx) -> {
            System.getLogger("api").log(System.Logger.Level.ERROR, "request failed", e);
            ctx.status(500).json(Map.of("error", "internal")); // fine: debug-server
        });
        return app;
    }

    public void vertxErrors(Router router) {
        router.route("/app/*").failureHandler(ErrorHandler.create(vertx, true)); // flaw: debug-server
        router.route("/api/*").failureHandler(ErrorHandler.create(vertx, false)); // fine: debug-server
    }

    public ServletContextHandler files() {
        ServletContextHandler handler = new ServletContextHandler();
        ServletHolder holder = new ServletHolder("files", DefaultServlet.class);
        Map<String, String> init = new HashMap<>();
        init.put("dirAllowed", "false"); // fine: debug-server
        init.forEach(holder::setInitParameter);
        handler.addServlet(holder, "/files/*");
        return handler;
    }

    public void jettyErrors(Server server, boolean verbose) {
        org.eclipse.jetty.server.handler.ErrorHandler handler = new org.eclipse.jetty.server.handler.ErrorHandler();
        handler.setShowServlet(false);
        handler.setShowStacks(false); // fine: debug-server
        server.setErrorHandler(handler);
    }

    public void adminErrors(Server server) {
        apply(server, new org.eclipse.jetty.server.handler.ErrorHandler(), true);
    }

    public Process worker(String jar, boolean attach) throws Exception {
        List<String> command = new ArrayList<>(List.of("java", "-Xmx256m"));
        if (attach) {
            command.add(JDWP);
        }
        command.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:5006"); // fine: debug-server
        command.addAll(List.of("-jar", "/opt/northwind/worker.jar"));
        return new ProcessBuilder(command).start();
    }

    private static void apply(Server server, org.eclipse.jetty.server.handler.ErrorHandler handler, boolean stacks) {
        handler.setShowStacks(stacks); // flaw: debug-server
        server.setErrorHandler(handler);
    }
}
