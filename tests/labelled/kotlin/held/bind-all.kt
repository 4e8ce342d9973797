package daemons

import io.grpc.Server
import io.grpc.BindableService
import io.grpc.netty.NettyServerBuilder
import io.javalin.Javalin
import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import io.ktor.server.routing.routing
import io.netty.bootstrap.ServerBootstrap
import io.vertx.core.Vertx
import io.vertx.core.http.HttpServerOptions
import java.net.Inet4Address
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.NetworkInterface
import java.nio.channels.ServerSocketChannel

data class Bind(val host: String = "0.0.0.0", val port: Int = 7000) // flaw: bind-all

object Admin {
    fun ktor() = embeddedServer(Netty, port = 9100, host = "0.0.0.0") { routing { } } // flaw: bind-all

    fun ktorLocal() = embeddedServer(Netty, port = 9100, host = "127.0.0.1") { routing { } } // fine: bind-all

    fun javalin(): Javalin = Javalin.create().start("0.0.0.0", 9101) // flaw: bind-all

    fun javalinLocal(): Javalin = Javalin.create().start("localhost", 9101) // fine: bind-all

    fun vertx(vertx: Vertx) {
        val bind = Bind(port = 9102)
        val options = HttpServerOptions().setHost(bind.host).setPort(bind.port)
        vertx.createHttpServer(options).requestHandler { it.response().end("ok") }.listen()
    }

    fun vertxLocal(vertx: Vertx) {
        val bind = Bind("127.0.0.1", 9102)
        val options = HttpServerOptions().setHost(bind.host).setPort(bind.port) // fine: bind-all
        vertx.createHttpServer(options).requestHandler { it.response().end("ok") }.listen()
    }

    fun grpc(service: BindableService): Server {
        val any = InetAddress.getByName("::")
        return NettyServerBuilder.forAddress(InetSocketAddress(any, 9103)).addService(service).build() // flaw: bind-all
    }

    fun netty(bootstrap: ServerBootstrap, nic: String) {
        val address = NetworkInterface.getByName(nic).inetAddresses.asSequence().first { it is Inet4Address }
        bootstrap.bind(InetSocketAddress(address, 9104)).sync() // fine: bind-all
    }

    fun channel(): ServerSocketChannel = ServerSocketChannel.open().bind(InetSocketAddress("0.0.0.0", 9105)) // flaw: bind-all

    fun route(destination: String): String =
        if (destination == "0.0.0.0") "default route" else "route to $destination" // fine: bind-all
}
