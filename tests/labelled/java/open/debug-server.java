package com.acme.boot;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.h2.server.web.JakartaWebServlet;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;

@SpringBootApplication
public class ShopApplication {

    private static final String TRACE_SETTING = "server.error.include-stacktrace";

    public static void main(String[] args) {
        SpringApplication app = new SpringApplication(ShopApplication.class);
        Map<String, Object> defaults = new HashMap<>();
        defaults.put("management.endpoint.health.show-details", "never");
        defaults.put("management.endpoints.web.exposure.include", "health,info"); // fine: debug-server
        defaults.put(TRACE_SETTING, "always"); // flaw: debug-server
        app.setDefaultProperties(defaults);
        app.run(args);
    }

    static void runAdmin(String[] args) {
        Properties props = new Properties();
        props.setProperty("management.endpoints.web.exposure.include", "*"); // flaw: debug-server
        props.setProperty(TRACE_SETTING, "never"); // fine: debug-server
        new SpringApplicationBuilder(ShopApplication.class).properties(props).run(args);
    }

    @Bean
    public ServletRegistrationBean<JakartaWebServlet> console() {
        JakartaWebServlet servlet = new JakartaWebServlet();
        ServletRegistrationBean<JakartaWebServlet> bean = new ServletRegistrationBean<>(servlet, "/console/*");
        bean.addInitParameter("webAllowOthers", "true"); // flaw: debug-server
        return bean;
    }

    public ErrorAttributeOptions errorOptions() {
        return ErrorAttributeOptions.defaults().excluding(ErrorAttributeOptions.Include.STACK_TRACE); // fine: debug-server
    }

    public static Tomcat embedded(boolean verboseErrors) throws Exception {
        Tomcat tomcat = new Tomcat();
        ErrorReportValve valve = new ErrorReportValve();
        valve.setShowServerInfo(false); // fine: debug-server
        valve.setShowReport(false);
        tomcat.getHost().getPipeline().addValve(valve);
        return tomcat;
    }

    @Configuration
    @EnableWebSecurity(debug = true) // flaw: debug-server
    static class SecurityConfig {
    }

    @Configuration
    @Profile("local")
    static class LocalConfig {
        @Bean
        public Properties localProperties() {
            Properties p = new Properties();
            p.setProperty("logging.level.com.acme", "DEBUG"); // fine: debug-server
            return p;
        }
    }
}
