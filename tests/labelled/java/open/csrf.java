package com.acme.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;

@Configuration
public class WebSecurity {

    private static final String[] PROVIDER_HOOKS = {"/hooks/stripe", "/hooks/github"};

    @Bean
    @Order(1)
    public SecurityFilterChain account(HttpSecurity http) throws Exception {
        http.securityMatcher("/account/**")
                .authorizeHttpRequests(a -> a.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults());
        http.csrf(csrf -> csrf.disable()); // flaw: csrf
        return http.build();
    }

    @Bean
    @Order(2)
    public SecurityFilterChain shop(HttpSecurity http) throws Exception {
        http.securityMatcher("/shop/**")
                .authorizeHttpRequests(a -> a.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults());
        http.csrf(csrf -> csrf.csrfTokenRepository(new HttpSessionCsrfTokenRepository())); // fine: csrf
        return http.build();
    }

    @Bean
    @Order(3)
    public SecurityFilterChain admin(HttpSecurity http) throws Exception {
        http.securityMatcher("/admin/**")
                .authorizeHttpRequests(a -> a.anyRequest().hasRole("ADMIN"))
                .formLogin(form -> form.loginPage("/admin/login").permitAll())
                .csrf(AbstractHttpConfigurer::disable); // flaw: csrf
        return http.build();
    }

    @Bean
    @Order(4)
    public SecurityFilterChain spa(HttpSecurity http) throws Exception {
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse(); // fine: csrf
        http.securityMatcher("/spa/**")
                .authorizeHttpRequests(a -> a.anyRequest().authenticated())
                .oauth2Login(Customizer.withDefaults())
                .csrf(csrf -> csrf.csrfTokenRepository(tokens));
        return http.build();
    }

    @Bean
    @Order(5)
    public SecurityFilterChain settings(HttpSecurity http) throws Exception {
        http.securityMatcher("/settings/**")
                .authorizeHttpRequests(a -> a.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults());
        http.csrf(csrf -> csrf.ignoringRequestMatchers("/settings/**")); // flaw: csrf
        return http.build();
    }

    @Bean
    @Order(6)
    public SecurityFilterChain bearerApi(HttpSecurity http) throws Exception {
        http.securityMatcher("/api/**")
                .authorizeHttpRequests(a -> a.anyRequest().authenticated())
                .oauth2ResourceServer(rs -> rs.jwt(Customizer.withDefaults()))
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable); // fine: csrf
        return http.build();
    }

    @Bean
    @Order(7)
    public SecurityFilterChain hooks(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(a -> a.requestMatchers(PROVIDER_HOOKS).permitAll().anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .csrf(csrf -> csrf.ignoringRequestMatchers(PROVIDER_HOOKS)); // fine: csrf
        return http.build();
    }

    @Bean
    @Order(8)
    public SecurityFilterChain legacy(HttpSecurity http) throws Exception {
        http.securityMatcher("/legacy/**").formLogin(Customizer.withDefaults());
        tune(http);
        return http.build();
    }

    @SuppressWarnings("unchecked")
    private void tune(HttpSecurity http) throws Exception {
        CsrfConfigurer<HttpSecurity> configurer = http.getConfigurer(CsrfConfigurer.class);
        if (configurer != null) {
            configurer.disable(); // flaw: csrf
        }
    }
}
