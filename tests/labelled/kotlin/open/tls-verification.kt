package com.acme.upstream

import okhttp3.CertificatePinner
import okhttp3.OkHttpClient
import org.apache.http.conn.ssl.NoopHostnameVerifier
import org.apache.http.impl.client.CloseableHttpClient
import org.apache.http.impl.client.HttpClients
import java.io.InputStream
import java.net.URL
import java.security.KeyStore
import java.security.cert.CertificateException
import java.security.cert.X509Certificate
import javax.net.ssl.HostnameVerifier
import javax.net.ssl.HttpsURLConnection
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLSession
import javax.net.ssl.TrustManager
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

private val SYSTEM: X509TrustManager = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
    .apply { init(null as KeyStore?) }.trustManagers.filterIsInstance<X509TrustManager>().first()

class LabTrust : X509TrustManager {
    override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String) = SYSTEM.checkClientTrusted(chain, authType)
    override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) {} // flaw: tls-verification
    override fun getAcceptedIssuers(): Array<X509Certificate> = arrayOf()
}

class OrganisationTrust : X509TrustManager {
    override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String) = SYSTEM.checkClientTrusted(chain, authType)
    override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) { // fine: tls-verification
        SYSTEM.checkServerTrusted(chain, authType)
        if (!chain[0].subjectX500Principal.name.contains("O=Acme")) throw CertificateException("organisation")
    }
    override fun getAcceptedIssuers(): Array<X509Certificate> = SYSTEM.acceptedIssuers
}

object Clients {
    private fun context(manager: TrustManager): SSLContext =
        SSLContext.getInstance("TLSv1.3").apply { init(null, arrayOf(manager), null) }

    fun lab(): OkHttpClient {
        val trust = LabTrust()
        return OkHttpClient.Builder()
            .sslSocketFactory(context(trust).socketFactory, trust)
            .build()
    }

    fun organisation(): OkHttpClient {
        val trust = OrganisationTrust()
        return OkHttpClient.Builder().sslSocketFactory(context(trust).socketFactory, trust).build() // fine: tls-verification
    }

    fun mirror(): OkHttpClient = OkHttpClient.Builder()
        .hostnameVerifier { _, _ -> true } // flaw: tls-verification
        .build()

    fun pinned(pin: String): OkHttpClient = OkHttpClient.Builder()
        .certificatePinner(CertificatePinner.Builder().add("api.example.com", "sha256/$pin").build()) // fine: tls-verification
        .build()

    fun apache(): CloseableHttpClient = HttpClients.custom()
        .setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE) // flaw: tls-verification
        .build()

    fun privateAuthority(store: InputStream): SSLContext {
        val keys = KeyStore.getInstance("PKCS12").apply { load(store, null) }
        val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
        factory.init(keys)
        return SSLContext.getInstance("TLS").apply { init(null, factory.trustManagers, null) } // fine: tls-verification
    }

    fun status(address: String): Int {
        val connection = URL("https://status.internal/$address").openConnection() as HttpsURLConnection
        val anyName = object : HostnameVerifier {
            override fun verify(hostname: String, session: SSLSession): Boolean = session.isValid
        }
        connection.hostnameVerifier = anyName // flaw: tls-verification
        return connection.responseCode
    }
}
