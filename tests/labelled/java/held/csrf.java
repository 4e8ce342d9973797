package io.northwind.console;

import io.javalin.Javalin;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CSRFHandler;
import io.vertx.ext.web.handler.JWTAuthHandler;
import io.vertx.ext.web.handler.SessionHandler;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityConfigurerAdapter;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.util.matcher.AntPathRequestMatcher;

@Configuration
public class ConsoleSecurity {

    private static final boolean FORM_TOKENS = false;

    @Bean
    public SecurityWebFilterChain console(ServerHttpSecurity http) {
        return http.authorizeExchange(x -> x.anyExchange().authenticated())
                .formLogin(f -> f.loginPage("/signin"))
                .csrf(CsrfSpec::disable) // flaw: csrf
                .build();
    }

    @Bean
    public SecurityWebFilterChain reports(ServerHttpSecurity http) {
        http.authorizeExchange(x -> x.anyExchange().authenticated()).formLogin(f -> f.loginPage("/signin"));
        http.csrf(c -> c.csrfTokenRepository(CookieServerCsrfTokenRepository.withHttpOnlyFalse())); // fine: csrf
        return http.build();
    }

    @Bean
    public SecurityWebFilterChain machineApi(ServerHttpSecurity http) {
        http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/m2m/**"));
        http.authorizeExchange(x -> x.anyExchange().authenticated());
        http.x509(x -> x.principalExtractor(cert -> cert.getSubjectX500Principal().getName()));
        return http.build();
    }

    @Bean
    public SecurityWebFilterChain bearer(ServerHttpSecurity http) {
        http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/tokens/**"));
        http.authorizeExchange(x -> x.anyExchange().authenticated());
        http.oauth2ResourceServer(rs -> rs.opaqueToken(t -> t.introspectionUri("https://idp.northwind.io/i")));
        http.csrf(CsrfSpec::disable); // fine: csrf
        return http.build();
    }

    static class OldStyle extends WebSecurityConfigurerAdapter {
        @Override
        protected void configure(HttpSecurity http) throws Exception {
            http.authorizeRequests().anyRequest().authenticated().and().formLogin();
            if (!FORM_TOKENS) {
                http.csrf().disable(); // flaw: csrf
            }
        }
    }

    static class BankStyle extends WebSecurityConfigurerAdapter {
        @Override
        protected void configure(HttpSecurity http) throws Exception {
            http.authorizeRequests().anyRequest().authenticated().and().formLogin();
            http.csrf().requireCsrfProtectionMatcher(new AntPathRequestMatcher("/never/**")); // flaw: csrf
        }
    }

    static class HookStyle extends WebSecurityConfigurerAdapter {
        @Override
        protected void configure(HttpSecurity http) throws Exception {
            http.authorizeRequests().antMatchers("/webhook/git").permitAll()
                    .anyRequest().authenticated().and().formLogin();
            http.csrf().ignoringAntMatchers("/webhook/git"); // fine: csrf
        }
    }

    static class PublicRead extends WebSecurityConfigurerAdapter {
        @Override
        protected void configure(HttpSecurity http) throws Exception {
            http.httpBasic().and().authorizeRequests().anyRequest().hasRole("OPERATOR");
            relax(http);
        }

        private void relax(HttpSecurity http) throws Exception {
            http.csrf(c -> c.ignoringAntMatchers("/**")); // flaw: csrf
        }
    }

    public void vertx(Vertx vertx, Router router, SessionHandler sessions, String secret) {
        router.route("/forms/*").handler(sessions);
        router.route("/forms/*").handler(CSRFHandler.create(vertx, secret)); // fine: csrf
    }
}
