package io.northwind.edge;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.http.HttpServerOptions;

import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactoryBuilder;
import org.apache.hc.core5.http.ssl.TLS;
import org.eclipse.jetty.util.ssl.SslContextFactory;

public class EdgeTls {

    private static final Set<String> REFUSED = Set.of("SSLv3", "TLSv1", "TLSv1.1"); // fine: tls-version

    public HttpServerOptions vertx() {
        return new HttpServerOptions().setSsl(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3")); // fine: tls-version
    }

    public HttpServerOptions vertxWide() {
        HttpServerOptions options = new HttpServerOptions().setSsl(true);
        options.addEnabledSecureTransportProtocol("TLSv1.1"); // flaw: tls-version
        return options;
    }

    public SslContextFactory.Server jetty() {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setIncludeProtocols("TLSv1", "TLSv1.2"); // flaw: tls-version
        return factory;
    }

    public SslContextFactory.Server jettyStrict() {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setExcludeProtocols(REFUSED.toArray(new String[0])); // fine: tls-version
        return factory;
    }

    public SslContext netty(boolean scanners) throws Exception {
        List<String> protocols = new ArrayList<>(List.of("TLSv1.3", "TLSv1.2"));
        if (scanners) {
            protocols.add("TLSv1");
        }
        SslContextBuilder builder = SslContextBuilder.forClient();
        builder.protocols(protocols); // flaw: tls-version
        return builder.build();
    }

    public SslContext nettyStrict() throws Exception {
        return SslContextBuilder.forClient().protocols("TLSv1.3").build(); // fine: tls-version
    }

    public SSLConnectionSocketFactory client(boolean old) {
        SSLConnectionSocketFactoryBuilder builder = SSLConnectionSocketFactoryBuilder.create();
        return old
                ? builder.setTlsVersions(TLS.V_1_0).build() // flaw: tls-version
                : builder.setTlsVersions(TLS.V_1_3, TLS.V_1_2).build(); // fine: tls-version
    }

    public Properties mail() {
        Properties props = new Properties();
        props.put("mail.smtp.starttls.required", "true");
        props.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3"); // fine: tls-version
        return props;
    }

    public Properties mailOld() {
        Properties props = new Properties();
        props.put("mail.smtp.starttls.required", "true");
        props.put("mail.smtp.ssl.protocols", "TLSv1 TLSv1.1"); // flaw: tls-version
        return props;
    }

    public Socket upstream(String host) throws Exception {
        return contextFor("SSLv3").getSocketFactory().createSocket(host, 9443);
    }

    private static SSLContext contextFor(String name) throws Exception {
        SSLContext context = SSLContext.getInstance(name); // flaw: tls-version
        context.init(null, null, null);
        return context;
    }
}
