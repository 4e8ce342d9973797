package reactive

import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.context.annotation.Profile
import org.springframework.http.HttpMethod
import org.springframework.security.config.web.server.ServerHttpSecurity
import org.springframework.security.config.web.server.invoke
import org.springframework.security.web.server.SecurityWebFilterChain
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository
import org.springframework.security.web.server.csrf.WebSessionServerCsrfTokenRepository
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.pathMatchers

data class Features(val csrf: Boolean)

private val BROWSER = Features(csrf = false)

@Configuration
class Forms {
    @Bean
    fun members(http: ServerHttpSecurity): SecurityWebFilterChain = http {
        securityMatcher(pathMatchers("/members/**"))
        authorizeExchange { authorize(anyExchange, authenticated) }
        formLogin { }
        csrf { disable() } // flaw: csrf
    }

    @Bean
    fun guests(http: ServerHttpSecurity): SecurityWebFilterChain = http {
        securityMatcher(pathMatchers("/guests/**"))
        authorizeExchange { authorize(anyExchange, authenticated) }
        formLogin { }
        csrf { csrfTokenRepository = CookieServerCsrfTokenRepository.withHttpOnlyFalse() } // fine: csrf
    }

    @Bean
    fun wiki(http: ServerHttpSecurity): SecurityWebFilterChain {
        var chain = http.securityMatcher(pathMatchers("/wiki/**"))
            .authorizeExchange { it.anyExchange().authenticated() }
            .formLogin { }
        if (!BROWSER.csrf) {
            chain = chain.csrf(ServerHttpSecurity.CsrfSpec::disable) // flaw: csrf
        }
        return chain.build()
    }

    @Bean
    fun notes(http: ServerHttpSecurity): SecurityWebFilterChain =
        http.securityMatcher(pathMatchers("/notes/**"))
            .authorizeExchange { it.anyExchange().authenticated() }
            .oauth2Login { }
            .csrf { it.csrfTokenRepository(WebSessionServerCsrfTokenRepository()) } // fine: csrf
            .build()

    private fun ServerHttpSecurity.CsrfSpec.onlyFor(path: String) =
        requireCsrfProtectionMatcher(PathPatternParserServerWebExchangeMatcher(path, HttpMethod.POST)) // flaw: csrf

    @Bean
    fun payments(http: ServerHttpSecurity): SecurityWebFilterChain =
        http.authorizeExchange { it.anyExchange().authenticated() }
            .formLogin { }
            .csrf { it.onlyFor("/contact") }
            .build()
}

@Configuration
class Machines {
    @Bean
    fun resource(http: ServerHttpSecurity): SecurityWebFilterChain = http {
        securityMatcher(pathMatchers("/resource/**"))
        securityContextRepository = NoOpServerSecurityContextRepository.getInstance()
        oauth2ResourceServer { jwt { } }
        csrf { disable() } // fine: csrf
    }

    @Bean
    fun actuator(http: ServerHttpSecurity): SecurityWebFilterChain =
        http.securityMatcher(pathMatchers(HttpMethod.GET, "/actuator/health"))
            .authorizeExchange { it.anyExchange().permitAll() }
            .csrf { it.disable() } // fine: csrf
            .build()

    @Bean
    @Profile("production")
    fun console(http: ServerHttpSecurity): SecurityWebFilterChain =
        http.securityMatcher(pathMatchers("/console/**"))
            .authorizeExchange { it.anyExchange().hasRole("ADMIN") }
            .httpBasic { }
            .csrf { it.disable() } // flaw: csrf
            .build()
}
