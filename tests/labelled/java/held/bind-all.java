package io.northwind.node;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.Properties;

import io.javalin.Javalin;
import io.undertow.Undertow;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

public class NodeListeners {

    private static final Map<String, String> HOSTS = Map.of("public", "0.0.0.0", "private", "127.0.0.1");
    private static final byte[] ZERO = {0, 0, 0, 0};

    private final Vertx vertx = Vertx.vertx();

    public Undertow admin() {
        return Undertow.builder().addHttpListener(9990, "0.0.0.0").build(); // flaw: bind-all
    }

    public Undertow localAdmin() {
        return Undertow.builder().addHttpListener(9991, "localhost").build(); // fine: bind-all
    }

    public void inspector() {
        String host = HOSTS.get("public");
        HttpServerOptions options = new HttpServerOptions().setPort(6060);
        options.setHost(host); // flaw: bind-all
        vertx.createHttpServer(options).listen();
    }

    public void localInspector() {
        NetServerOptions options = new NetServerOptions().setPort(6061).setHost(HOSTS.get("private")); // fine: bind-all
        vertx.createNetServer(options).listen();
    }

    public Javalin console(String configured) {
        String host = configured;
        if (host == null || host.isEmpty()) {
            host = "0.0.0.0";
        }
        return Javalin.create().start(host, 7000); // flaw: bind-all
    }

    public Server jetty() {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1"); // fine: bind-all
        connector.setPort(8089);
        server.addConnector(connector);
        return server;
    }

    public Server jettyWide() {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setPort(8090);
        attach(connector, "0.0.0.0");
        server.addConnector(connector);
        return server;
    }

    public AsynchronousServerSocketChannel replication() throws Exception {
        InetAddress any = Inet4Address.getByAddress(ZERO);
        return AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(any, 4567)); // flaw: bind-all
    }

    public DatagramChannel discovery(InetAddress cluster) throws Exception {
        return DatagramChannel.open().bind(new InetSocketAddress(cluster, 4568)); // fine: bind-all
    }

    public Properties denyRoute() {
        Properties route = new Properties();
        route.setProperty("default.route", "0.0.0.0/0"); // fine: bind-all
        return route;
    }

    private static void attach(ServerConnector connector, String host) {
        connector.setHost(host); // flaw: bind-all
    }
}
