package edge

import io.netty.handler.ssl.SslContext
import io.netty.handler.ssl.SslContextBuilder
import io.vertx.core.http.HttpServerOptions
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactoryBuilder
import org.apache.hc.core5.http.ssl.TLS
import org.eclipse.jetty.util.ssl.SslContextFactory
import java.io.File
import java.net.http.HttpClient
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLParameters

enum class Profile(vararg val protocols: String) {
    OLD("TLSv1", "TLSv1.1", "TLSv1.2"), // flaw: tls-version
    CURRENT("TLSv1.2", "TLSv1.3"), // fine: tls-version
}

object Servers {
    private fun netty(cert: File, key: File, profile: Profile): SslContext =
        SslContextBuilder.forServer(cert, key).protocols(*profile.protocols).build()

    fun kiosk(cert: File, key: File) = netty(cert, key, Profile.OLD)

    fun site(cert: File, key: File) = netty(cert, key, Profile.CURRENT)

    fun vertx(): HttpServerOptions = HttpServerOptions()
        .setSsl(true)
        .setEnabledSecureTransportProtocols(setOf("TLSv1.1")) // flaw: tls-version

    fun vertxCurrent(): HttpServerOptions = HttpServerOptions()
        .setSsl(true)
        .setEnabledSecureTransportProtocols(setOf("TLSv1.3")) // fine: tls-version

    fun jetty(): SslContextFactory.Server = SslContextFactory.Server().apply {
        keyStorePath = "/etc/edge/keystore.p12"
        setExcludeProtocols("SSL", "SSLv2", "SSLv3", "TLSv1", "TLSv1.1") // fine: tls-version
    }

    fun jettyWide(): SslContextFactory.Server {
        val factory = SslContextFactory.Server()
        factory.keyStorePath = "/etc/edge/keystore.p12"
        factory.setExcludeProtocols()
        factory.setIncludeProtocols("TLSv1", "TLSv1.2") // flaw: tls-version
        return factory
    }
}

object Clients {
    fun registers(): HttpClient {
        val parameters = SSLParameters()
        val names = mutableListOf("TLSv1.2")
        names.add(0, "TLSv1.1")
        parameters.protocols = names.toTypedArray() // flaw: tls-version
        return HttpClient.newBuilder().sslParameters(parameters).build()
    }

    fun apache() = SSLConnectionSocketFactoryBuilder.create()
        .setTlsVersions(TLS.V_1_2, TLS.V_1_3) // fine: tls-version
        .build()

    fun engine(host: String): SSLEngine {
        val version = if (host.endsWith(".pos.example")) "SSLv3" else "TLSv1.3"
        return SSLContext.getInstance(version).apply { init(null, null, null) }.createSSLEngine(host, 443) // flaw: tls-version
    }

    fun refuse(engine: SSLEngine) {
        check(engine.session.protocol !in setOf("SSLv3", "TLSv1", "TLSv1.1")) { "protocol too old" } // fine: tls-version
    }
}
