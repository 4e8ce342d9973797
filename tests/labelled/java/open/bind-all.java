package com.acme.agent;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

import com.sun.net.httpserver.HttpServer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;

public class AgentServer {

    private static final String ANY = "0.0.0.0";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int CONTROL_PORT = 7070;

    private String address = LOOPBACK;

    public HttpServer metrics() throws IOException {
        return HttpServer.create(new InetSocketAddress("0.0.0.0", 9100), 0); // flaw: bind-all
    }

    public HttpServer localMetrics() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9101), 0); // fine: bind-all
    }

    public ServerSocket control() throws IOException {
        InetAddress where = InetAddress.getByName(ANY);
        return new ServerSocket(CONTROL_PORT, 50, where); // flaw: bind-all
    }

    public ServerSocket localControl() throws IOException {
        return new ServerSocket(CONTROL_PORT, 50, InetAddress.getByName(LOOPBACK)); // fine: bind-all
    }

    public ServerSocketChannel channel(boolean remote) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        String host = "localhost";
        if (remote) {
            host = "::";
        }
        channel.bind(new InetSocketAddress(host, 7071)); // flaw: bind-all
        return channel;
    }

    public DatagramSocket statsd() throws IOException {
        DatagramSocket socket = new DatagramSocket(null);
        socket.bind(new InetSocketAddress("127.0.0.1", 8125)); // fine: bind-all
        return socket;
    }

    public ChannelFuture start(ServerBootstrap bootstrap) {
        return listen(bootstrap, ANY, 7443);
    }

    public ChannelFuture startConfigured(ServerBootstrap bootstrap) {
        return bootstrap.bind(this.address, 7444); // fine: bind-all
    }

    public boolean isWildcard(String host) {
        return List.of("0.0.0.0", "::").contains(host); // fine: bind-all
    }

    public ServerSocket debugPort() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(9229)); // flaw: bind-all
        return socket;
    }

    private ChannelFuture listen(ServerBootstrap bootstrap, String host, int port) {
        return bootstrap.bind(host, port); // flaw: bind-all
    }
}
