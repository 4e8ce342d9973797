package com.acme.net;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.TlsVersion;

public class Channels {

    private static final String[] COMPATIBLE = {"TLSv1.2", "TLSv1.1", "TLSv1"};
    private static final String[] CURRENT = {"TLSv1.3", "TLSv1.2"};
    private static final String BANNER = "TLSv1.0 clients are rejected since 2021";

    public SSLContext oldContext() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1"); // flaw: tls-version
        context.init(null, null, null);
        return context;
    }

    public SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3"); // fine: tls-version
        context.init(null, null, null);
        return context;
    }

    public SSLSocket terminal(String host) throws IOException {
        SSLSocket socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket(host, 8443);
        SSLParameters identity = socket.getSSLParameters();
        identity.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(identity);
        socket.setEnabledProtocols(COMPATIBLE); // flaw: tls-version
        return socket;
    }

    public SSLServerSocket listener(int port) throws IOException {
        SSLServerSocket socket = (SSLServerSocket) SSLServerSocketFactory.getDefault().createServerSocket(port);
        socket.setEnabledProtocols(CURRENT); // fine: tls-version
        return socket;
    }

    public OkHttpClient okOld() {
        ConnectionSpec spec = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                .tlsVersions(TlsVersion.TLS_1_0, TlsVersion.TLS_1_2) // flaw: tls-version
                .build();
        return new OkHttpClient.Builder().connectionSpecs(List.of(spec)).build();
    }

    public OkHttpClient ok() {
        ConnectionSpec spec = new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
                .tlsVersions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3) // fine: tls-version
                .build();
        return new OkHttpClient.Builder().connectionSpecs(List.of(spec)).build();
    }

    public HttpClient jdk(boolean partner) throws GeneralSecurityException {
        SSLParameters parameters = new SSLParameters();
        if (partner) {
            parameters.setProtocols(new String[] {"SSLv3", "TLSv1.2"}); // flaw: tls-version
        } else {
            parameters.setProtocols(CURRENT); // fine: tls-version
        }
        return HttpClient.newBuilder().sslParameters(parameters).build();
    }

    public boolean outdated(SSLSocket socket) {
        String protocol = socket.getSession().getProtocol();
        return "TLSv1".equals(protocol) || "TLSv1.1".equals(protocol); // fine: tls-version
    }

    public SSLEngine engine(SSLContext context, boolean embedded) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        return limit(engine, embedded ? "TLSv1.1" : "TLSv1.2");
    }

    public String banner() {
        return BANNER;
    }

    private static SSLEngine limit(SSLEngine engine, String protocol) {
        engine.setEnabledProtocols(new String[] {protocol}); // flaw: tls-version
        return engine;
    }
}
