package com.acme.config;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

@Configuration
public class BackendConfig {

    private static final String PASSWORD_PROPERTY = "spring.mail.password"; // fine: hard-coded-password
    private static final String PASSWORD_LABEL = "Enter your password"; // fine: hard-coded-password
    private static final String REPORT_PASSWORD = "Rep0rt!ng-2023"; // flaw: hard-coded-password

    @Value("${acme.mail.password}")
    private String mailPassword;

    @Bean
    public HikariDataSource primary() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://db.internal/orders");
        config.setUsername("orders_app");
        config.setPassword("t7Gq#orders42"); // flaw: hard-coded-password
        return new HikariDataSource(config);
    }

    @Bean
    public HikariDataSource replica() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://replica.internal/orders");
        config.setUsername("orders_ro");
        config.setPassword(System.getenv("ORDERS_RO_PASSWORD")); // fine: hard-coded-password
        return new HikariDataSource(config);
    }

    public Connection reporting() throws SQLException {
        Properties props = new Properties();
        props.setProperty("user", "reporting");
        props.setProperty("password", REPORT_PASSWORD);
        props.setProperty("ssl", "true");
        return DriverManager.getConnection("jdbc:postgresql://reports.internal/dw", props);
    }

    public Connection archive() throws SQLException {
        String url = "jdbc:mysql://archive.internal/hist?sslMode=VERIFY_IDENTITY";
        return DriverManager.getConnection(url, "archiver", "4rch1ve-Kp9"); // flaw: hard-coded-password
    }

    @Bean
    public JavaMailSenderImpl mailSender() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("smtp.internal");
        sender.setUsername("mailer");
        sender.setPassword(mailPassword); // fine: hard-coded-password
        return sender;
    }

    @Bean
    public UserDetailsService users(PasswordEncoder encoder) {
        return new InMemoryUserDetailsManager(User.withUsername("ops")
                .password(encoder.encode("ops-Console!7")) // flaw: hard-coded-password
                .roles("ADMIN")
                .build());
    }

    public boolean supportLogin(String name, String password) {
        if (!"support".equals(name) || password.isEmpty()) {
            return false;
        }
        return password.equals("Sup-Acme-0815"); // flaw: hard-coded-password
    }

    public String prompt(boolean missing) {
        String password = ""; // fine: hard-coded-password
        return missing ? PASSWORD_LABEL + " (" + PASSWORD_PROPERTY + ")" : password;
    }
}
