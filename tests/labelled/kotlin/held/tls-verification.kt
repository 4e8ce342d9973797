package clients

import android.net.http.SslError
import android.webkit.SslErrorHandler
import android.webkit.WebView
import android.webkit.WebViewClient
import io.grpc.ManagedChannel
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.engine.apache5.Apache5
import io.vertx.core.Vertx
import io.vertx.core.net.PemTrustOptions
import io.vertx.ext.web.client.WebClient
import io.vertx.ext.web.client.WebClientOptions
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder
import org.apache.hc.core5.ssl.SSLContextBuilder
import java.io.File
import java.security.cert.X509Certificate
import javax.net.ssl.X509TrustManager

private val acceptAll = object : X509TrustManager {
    override fun checkClientTrusted(chain: Array<out X509Certificate>?, authType: String?) = Unit
    override fun checkServerTrusted(chain: Array<out X509Certificate>?, authType: String?) = Unit // flaw: tls-verification
    override fun getAcceptedIssuers(): Array<X509Certificate> = emptyArray()
}

fun labClient() = HttpClient(CIO) {
    engine { https { trustManager = acceptAll } }
}

fun plainClient() = HttpClient(CIO) {
    engine { https { serverName = "api.partner.example" } } // fine: tls-verification
}

fun grpcChannel(host: String): ManagedChannel = NettyChannelBuilder.forAddress(host, 443)
    .sslContext(GrpcSslContexts.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build()) // flaw: tls-verification
    .build()

fun privateChannel(host: String, ca: File): ManagedChannel = NettyChannelBuilder.forAddress(host, 443)
    .sslContext(GrpcSslContexts.forClient().trustManager(ca).build()) // fine: tls-verification
    .build()

class Devices(private val vertx: Vertx) {
    private fun options(all: Boolean) = WebClientOptions().setSsl(true).setTrustAll(all)

    fun cameras(): WebClient = WebClient.create(vertx, options(true)) // flaw: tls-verification

    fun doors(): WebClient = WebClient.create(vertx, options(false)) // fine: tls-verification

    fun meters(ca: String): WebClient {
        val options = WebClientOptions().setSsl(true).setVerifyHost(true)
        options.pemTrustOptions = PemTrustOptions().addCertPath(ca) // fine: tls-verification
        return WebClient.create(vertx, options)
    }
}

fun apacheClient() = HttpClient(Apache5) {
    engine {
        customizeClient {
            val context = SSLContextBuilder.create().loadTrustMaterial(null) { _, _ -> true }.build() // flaw: tls-verification
            val strategy = ClientTlsStrategyBuilder.create().setSslContext(context).build()
            setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create().setTlsStrategy(strategy).build())
        }
    }
}

class PortalClient : WebViewClient() {
    override fun onReceivedSslError(view: WebView, handler: SslErrorHandler, error: SslError) {
        handler.proceed() // flaw: tls-verification
    }
}

class StoreClient : WebViewClient() {
    override fun onReceivedSslError(view: WebView, handler: SslErrorHandler, error: SslError) {
        handler.cancel() // fine: tls-verification
        view.loadUrl("about:blank")
    }
}
