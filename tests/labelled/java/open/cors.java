package com.acme.api;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
public class CrossSiteConfig implements WebMvcConfigurer {

    private static final Set<String> ORIGINS = Set.of("https://app.acme.com", "https://admin.acme.com");

    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/api/account/**")
                .allowedOriginPatterns("*") // flaw: cors
                .allowCredentials(true);
        registry.addMapping("/api/orders/**")
                .allowedOrigins("https://app.acme.com") // fine: cors
                .allowCredentials(true);
        registry.addMapping("/public/fonts/**")
                .allowedOrigins("*") // fine: cors
                .allowedMethods("GET")
                .allowCredentials(false);
    }

    @Bean
    public UrlBasedCorsConfigurationSource corsSource() {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        CorsConfiguration profile = new CorsConfiguration();
        profile.setAllowCredentials(true);
        profile.setAllowedMethods(List.of("GET", "PUT"));
        profile.addAllowedOriginPattern(CorsConfiguration.ALL); // flaw: cors
        source.registerCorsConfiguration("/profile/**", profile);
        CorsConfiguration billing = new CorsConfiguration();
        billing.setAllowCredentials(true);
        billing.setAllowedOrigins(List.copyOf(ORIGINS)); // fine: cors
        source.registerCorsConfiguration("/billing/**", billing);
        return source;
    }

    public static class EchoOriginFilter implements Filter {
        @Override
        public void doFilter(ServletRequest req, ServletResponse res, FilterChain chain)
                throws IOException, ServletException {
            HttpServletResponse response = (HttpServletResponse) res;
            String origin = ((HttpServletRequest) req).getHeader("Origin");
            if (origin != null) {
                response.setHeader("Access-Control-Allow-Origin", origin); // flaw: cors
                response.setHeader("Access-Control-Allow-Credentials", "true");
                response.addHeader("Vary", "Origin");
            }
            chain.doFilter(req, res);
        }
    }

    public static class ListedOriginFilter implements Filter {
        @Override
        public void doFilter(ServletRequest req, ServletResponse res, FilterChain chain)
                throws IOException, ServletException {
            HttpServletResponse response = (HttpServletResponse) res;
            String origin = ((HttpServletRequest) req).getHeader("Origin");
            if (origin != null && ORIGINS.contains(origin)) {
                response.setHeader("Access-Control-Allow-Origin", origin); // fine: cors
                response.setHeader("Access-Control-Allow-Credentials", "true");
                response.addHeader("Vary", "Origin");
            }
            chain.doFilter(req, res);
        }
    }

    public static class SuffixOriginFilter implements Filter {
        @Override
        public void doFilter(ServletRequest req, ServletResponse res, FilterChain chain)
                throws IOException, ServletException {
            String origin = ((HttpServletRequest) req).getHeader("Origin");
            if (origin != null && origin.endsWith("acme.com")) {
                allow((HttpServletResponse) res, origin);
            }
            chain.doFilter(req, res);
        }

        private void allow(HttpServletResponse response, String origin) {
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Access-Control-Allow-Origin", origin); // flaw: cors
        }
    }

    @RestController
    @CrossOrigin(origins = "https://status.acme.com") // fine: cors
    public static class StatusController {
        @GetMapping("/status")
        public List<String> status() {
            return List.of("up");
        }
    }
}
