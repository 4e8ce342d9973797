package com.acme.security

import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.core.annotation.Order
import org.springframework.security.config.annotation.web.builders.HttpSecurity
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer
import org.springframework.security.config.annotation.web.invoke
import org.springframework.security.config.http.SessionCreationPolicy
import org.springframework.security.web.SecurityFilterChain
import org.springframework.security.web.csrf.CookieCsrfTokenRepository

@Configuration
class BrowserSecurity {
    @Bean
    @Order(1)
    fun backoffice(http: HttpSecurity): SecurityFilterChain {
        http.securityMatcher("/backoffice/**")
            .authorizeHttpRequests { it.anyRequest().hasRole("STAFF") }
            .formLogin { }
            .csrf { it.disable() } // flaw: csrf
        return http.build()
    }

    @Bean
    @Order(2)
    fun shop(http: HttpSecurity): SecurityFilterChain {
        http.securityMatcher("/shop/**")
            .authorizeHttpRequests { it.anyRequest().authenticated() }
            .formLogin { }
            .csrf { it.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()) } // fine: csrf
        return http.build()
    }

    @Bean
    @Order(3)
    fun forum(http: HttpSecurity): SecurityFilterChain {
        http {
            securityMatcher("/forum/**")
            authorizeHttpRequests { authorize(anyRequest, authenticated) }
            formLogin { }
            csrf { disable() } // flaw: csrf
        }
        return http.build()
    }

    private fun relax(csrf: CsrfConfigurer<HttpSecurity>) {
        csrf.ignoringRequestMatchers("/account/**", "/transfer/**") // flaw: csrf
    }

    @Bean
    @Order(4)
    fun bank(http: HttpSecurity): SecurityFilterChain {
        http.authorizeHttpRequests { it.anyRequest().authenticated() }
            .formLogin { }
            .csrf { relax(it) }
        return http.build()
    }
}

@Configuration
class ApiSecurity {
    @Bean
    @Order(5)
    fun api(http: HttpSecurity): SecurityFilterChain {
        http.securityMatcher("/api/**")
            .sessionManagement { it.sessionCreationPolicy(SessionCreationPolicy.STATELESS) }
            .oauth2ResourceServer { it.jwt { } }
            .csrf { it.disable() } // fine: csrf
        return http.build()
    }

    @Bean
    @Order(6)
    fun hooks(http: HttpSecurity): SecurityFilterChain {
        http.securityMatcher("/hooks/**", "/portal/**")
            .authorizeHttpRequests { it.requestMatchers("/portal/**").authenticated().anyRequest().permitAll() }
            .formLogin { }
            .csrf { it.ignoringRequestMatchers("/hooks/**") } // fine: csrf
        return http.build()
    }

    @Bean
    @Order(7)
    fun reports(http: HttpSecurity): SecurityFilterChain {
        http.securityMatcher("/reports/**")
            .authorizeHttpRequests { it.anyRequest().hasRole("STAFF") }
            .rememberMe { }
            .formLogin { }
            .csrf(AbstractHttpConfigurer<*, HttpSecurity>::disable) // flaw: csrf
        return http.build()
    }

    @Bean
    @Order(8)
    fun machine(http: HttpSecurity): SecurityFilterChain {
        http {
            securityMatcher("/machine/**")
            sessionManagement { sessionCreationPolicy = SessionCreationPolicy.STATELESS }
            oauth2ResourceServer { opaqueToken { } }
            csrf { disable() } // fine: csrf
        }
        return http.build()
    }
}
