package io.northwind.outbound;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Properties;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClientOptions;

import okhttp3.CertificatePinner;
import okhttp3.OkHttpClient;

import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;

public class OutboundClients {

    private static final String CA = "/etc/northwind/ca.pem";

    public WebClientOptions partner() {
        return new WebClientOptions().setSsl(true).setTrustAll(true); // flaw: tls-verification
    }

    public WebClientOptions internal() {
        return new WebClientOptions().setSsl(true).setVerifyHost(true) // fine: tls-verification
                .setPemTrustOptions(new PemTrustOptions().addCertPath(CA));
    }

    public SslContext netty(boolean staging) throws Exception {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (staging) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE); // flaw: tls-verification
        } else {
            builder.trustManager(new java.io.File(CA)); // fine: tls-verification
        }
        return builder.build();
    }

    public SSLContext apache() throws Exception {
        TrustAllStrategy strategy = TrustAllStrategy.INSTANCE;
        return SSLContextBuilder.create().loadTrustMaterial(strategy).build(); // flaw: tls-verification
    }

    public OkHttpClient pinned() {
        CertificatePinner pinner = new CertificatePinner.Builder()
                .add("api.northwind.io", "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").build();
        return new OkHttpClient.Builder().certificatePinner(pinner).build(); // fine: tls-verification
    }

    public OkHttpClient legacy(OkHttpClient base) {
        OkHttpClient.Builder builder = base.newBuilder();
        return relaxed(builder).build();
    }

    public Session sftp() throws Exception {
        Session session = new JSch().getSession("transfer", "sftp.northwind.io");
        Properties config = new Properties();
        config.put("StrictHostKeyChecking", "no"); // flaw: tls-verification
        session.setConfig(config);
        return session;
    }

    public Session sftpKnown(JSch jsch) throws Exception {
        jsch.setKnownHosts("/etc/northwind/known_hosts");
        Session session = jsch.getSession("transfer", "sftp.northwind.io");
        session.setConfig("StrictHostKeyChecking", "yes"); // fine: tls-verification
        return session;
    }

    public SSLEngine engine(SSLContext context, String host) {
        SSLEngine engine = context.createSSLEngine(host, 443);
        SSLParameters params = engine.getSSLParameters();
        params.setEndpointIdentificationAlgorithm("HTTPS"); // fine: tls-verification
        engine.setSSLParameters(params);
        return engine;
    }

    private static OkHttpClient.Builder relaxed(OkHttpClient.Builder builder) {
        builder.hostnameVerifier((name, session) -> { // flaw: tls-verification
            boolean known = name.endsWith("northwind.io");
            return known || session.isValid();
        });
        return builder;
    }
}
