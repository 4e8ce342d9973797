package com.acme.net

import okhttp3.ConnectionSpec
import okhttp3.OkHttpClient
import okhttp3.TlsVersion
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.boot.web.server.Ssl
import java.net.http.HttpClient
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLServerSocket
import javax.net.ssl.SSLServerSocketFactory
import javax.net.ssl.SSLSocket

private val OLD_PROTOCOLS = arrayOf("TLSv1", "TLSv1.1", "TLSv1.2")

private val PROTOCOLS = arrayOf("TLSv1.2", "TLSv1.3")

object Sockets {
    fun context(): SSLContext = SSLContext.getInstance("TLSv1").apply { init(null, null, null) } // flaw: tls-version

    fun currentContext(): SSLContext = SSLContext.getInstance("TLSv1.3").apply { init(null, null, null) } // fine: tls-version

    private fun listen(port: Int): SSLServerSocket =
        SSLServerSocketFactory.getDefault().createServerSocket(port, 50, java.net.InetAddress.getLoopbackAddress()) as SSLServerSocket

    fun server(port: Int): SSLServerSocket {
        val socket = listen(port)
        socket.enabledProtocols = OLD_PROTOCOLS // flaw: tls-version
        return socket
    }

    fun currentServer(port: Int): SSLServerSocket {
        val socket = listen(port)
        socket.enabledProtocols = PROTOCOLS // fine: tls-version
        return socket
    }

    fun trim(socket: SSLSocket) {
        socket.enabledProtocols = socket.enabledProtocols
            .filterNot { it == "TLSv1" || it == "TLSv1.1" || it.startsWith("SSL") }.toTypedArray() // fine: tls-version
    }
}

object Http {
    fun terminals(): OkHttpClient {
        val spec = ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
            .tlsVersions(TlsVersion.TLS_1_0, TlsVersion.TLS_1_2) // flaw: tls-version
            .build()
        return OkHttpClient.Builder().connectionSpecs(listOf(spec)).build()
    }

    fun partners(): OkHttpClient {
        val spec = ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
            .tlsVersions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3) // fine: tls-version
            .build()
        return OkHttpClient.Builder().connectionSpecs(listOf(spec)).build()
    }

    fun jdk(): HttpClient = HttpClient.newBuilder().sslContext(Sockets.currentContext()).build()

    fun warn(protocol: String): String? = when (protocol) {
        "TLSv1", "TLSv1.1", "SSLv3" -> "connection uses $protocol" // fine: tls-version
        else -> null
    }
}

@Configuration
class Server {
    @Bean
    fun tomcat(): TomcatServletWebServerFactory = TomcatServletWebServerFactory().apply {
        ssl = Ssl().apply {
            keyStore = "/etc/app/keystore.p12"
            protocol = "TLS"
            enabledProtocols = arrayOf("TLSv1.1", "TLSv1.2") // flaw: tls-version
        }
    }
}
