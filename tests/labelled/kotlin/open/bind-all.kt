package com.acme.servers

import com.sun.net.httpserver.HttpServer
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory
import org.springframework.boot.web.server.WebServerFactoryCustomizer
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import java.net.DatagramSocket
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket

private const val ANY = "0.0.0.0"

private const val LOCAL = "127.0.0.1"

data class Endpoint(val host: String, val port: Int) {
    fun socket() = InetSocketAddress(host, port)
}

class Admin {
    fun console(): HttpServer = HttpServer.create(InetSocketAddress("0.0.0.0", 9001), 0) // flaw: bind-all

    fun localConsole(): HttpServer = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 9001), 0) // fine: bind-all

    fun shell(): ServerSocket = ServerSocket(9002, 10, InetAddress.getByName(ANY)) // flaw: bind-all

    fun localShell(): ServerSocket = ServerSocket(9002, 10, InetAddress.getByName(LOCAL)) // fine: bind-all

    fun metrics(): HttpServer {
        val endpoint = Endpoint(ANY, 9003)
        val server = HttpServer.create()
        server.bind(endpoint.socket(), 0) // flaw: bind-all
        return server
    }

    fun localMetrics(): HttpServer {
        val endpoint = Endpoint("localhost", 9003)
        val server = HttpServer.create()
        server.bind(endpoint.socket(), 0) // fine: bind-all
        return server
    }

    fun checked(host: String, port: Int): DatagramSocket {
        require(host != ANY && host != "::") { "choose one interface" } // fine: bind-all
        return DatagramSocket(port, InetAddress.getByName(host))
    }
}

@Configuration
class Web {
    @Bean
    fun customizer() = WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
        it.port = 8081
        it.address = InetAddress.getByAddress(byteArrayOf(0, 0, 0, 0)) // flaw: bind-all
    }
}
