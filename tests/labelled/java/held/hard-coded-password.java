package io.northwind.backends;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.Session;
import com.rabbitmq.client.ConnectionFactory;

import org.apache.commons.net.ftp.FTPSClient;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.eclipse.microprofile.config.Config;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

public class Backends {

    private static final String ENV_PASSWORD = "NORTHWIND_BROKER_PASSWORD"; // fine: hard-coded-password
    private static final Map<String, String> SETTINGS = new HashMap<>();

    static {
        SETTINGS.put("ftp.host", "files.northwind.io");
        SETTINGS.put("ftp.password", "F1les&Folders"); // flaw: hard-coded-password
        SETTINGS.put("password.minLength", "12"); // fine: hard-coded-password
    }

    private final Config config;

    public Backends(Config config) {
        this.config = config;
    }

    public Session sftp() throws Exception {
        Session session = new JSch().getSession("transfer", "sftp.northwind.io");
        session.setPassword("tr4nsfer-Nightly"); // flaw: hard-coded-password
        return session;
    }

    public ConnectionFactory broker() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUsername("worker");
        factory.setPassword(System.getenv(ENV_PASSWORD)); // fine: hard-coded-password
        return factory;
    }

    public boolean ftp(FTPSClient client) throws Exception {
        client.connect(SETTINGS.get("ftp.host"));
        return client.login("batch", SETTINGS.get("ftp.password"));
    }

    public JedisClientConfig cache(boolean cluster) {
        String pass = config.getValue("cache.password", String.class); // fine: hard-coded-password
        if (cluster) {
            pass = "jedis-Cluster-77"; // flaw: hard-coded-password
        }
        return DefaultJedisClientConfig.builder().user("cache").password(pass).ssl(true).build();
    }

    public KeyStore keys(java.io.InputStream in) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(in, "chang3-It-n0w".toCharArray()); // flaw: hard-coded-password
        return store;
    }

    public Authenticator proxy() {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("proxy", config.getValue("proxy.pw", char[].class)); // fine: hard-coded-password
            }
        };
    }

    public UsernamePasswordCredentials api() {
        return credentials("api-reader", "Re4d-Only-Api"); // flaw: hard-coded-password
    }

    public String hint(int failures) {
        String passwordHint = "Passwords are case sensitive"; // fine: hard-coded-password
        return failures > 2 ? passwordHint : "";
    }

    private static UsernamePasswordCredentials credentials(String user, String pw) {
        return new UsernamePasswordCredentials(user, pw.toCharArray());
    }
}
