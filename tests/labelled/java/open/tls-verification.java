package com.acme.http;

import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;

public class ClientFactory {

    private static final String GATEWAY = "gateway.internal.acme.com";

    public HttpsURLConnection openLegacy(String path) throws Exception {
        HttpsURLConnection c = (HttpsURLConnection) new URL("https://legacy.acme.com/" + path).openConnection();
        c.setHostnameVerifier((host, session) -> true); // flaw: tls-verification
        return c;
    }

    public HttpsURLConnection openGateway() throws Exception {
        HttpsURLConnection c = (HttpsURLConnection) URI.create("https://10.20.0.5/").toURL().openConnection();
        HostnameVerifier standard = HttpsURLConnection.getDefaultHostnameVerifier();
        c.setHostnameVerifier((host, session) -> standard.verify(GATEWAY, session)); // fine: tls-verification
        return c;
    }

    public HttpClient permissive() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] managers = {new Accepting()};
        context.init(null, managers, null); // flaw: tls-verification
        return HttpClient.newBuilder().sslContext(context).build();
    }

    public HttpClient pinned(InputStream store, char[] pass) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(store, pass);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null); // fine: tls-verification
        return HttpClient.newBuilder().sslContext(context).build();
    }

    public CloseableHttpClient apache(boolean internal) {
        HostnameVerifier verifier = new DefaultHostnameVerifier();
        if (internal) {
            verifier = NoopHostnameVerifier.INSTANCE; // flaw: tls-verification
        }
        return HttpClients.custom().setSSLHostnameVerifier(verifier).build();
    }

    public CloseableHttpClient apacheStandard() {
        return HttpClients.custom().setSSLHostnameVerifier(new DefaultHostnameVerifier()).build(); // fine: tls-verification
    }

    private static final class Accepting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) { // flaw: tls-verification
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    static final class Pinning implements X509TrustManager {
        private final X509TrustManager base;
        private final byte[] pin;

        Pinning(X509TrustManager base, byte[] pin) {
            this.base = base;
            this.pin = pin.clone();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            base.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException { // fine: tls-verification
            base.checkServerTrusted(chain, authType);
            if (!java.util.Arrays.equals(pin, chain[0].getPublicKey().getEncoded())) {
                throw new CertificateException("unexpected key");
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return base.getAcceptedIssuers();
        }
    }
}
