package com.acme.web

import jakarta.servlet.FilterChain
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.web.bind.annotation.*
import org.springframework.web.cors.CorsConfiguration
import org.springframework.web.cors.UrlBasedCorsConfigurationSource
import org.springframework.web.filter.OncePerRequestFilter
import org.springframework.web.servlet.config.annotation.CorsRegistry
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer

private val FRONTENDS = listOf("https://app.example.com", "https://admin.example.com")

@Configuration
class WebConfig : WebMvcConfigurer {
    override fun addCorsMappings(registry: CorsRegistry) {
        registry.addMapping("/account/**")
            .allowedOriginPatterns("*") // flaw: cors
            .allowCredentials(true)
        registry.addMapping("/orders/**")
            .allowedOrigins("https://app.example.com") // fine: cors
            .allowCredentials(true)
        registry.addMapping("/public/**")
            .allowedOrigins("*") // fine: cors
            .allowedMethods("GET")
            .allowCredentials(false)
    }

    private fun configuration(patterns: List<String>) = CorsConfiguration().apply {
        allowedOriginPatterns = patterns
        allowCredentials = true
        allowedMethods = listOf("GET", "POST")
    }

    @Bean
    fun source() = UrlBasedCorsConfigurationSource().apply {
        registerCorsConfiguration("/profile/**", configuration(listOf("https://*", "http://*"))) // flaw: cors
        registerCorsConfiguration("/basket/**", configuration(listOf("https://*.shop.example.com"))) // fine: cors
    }
}

class EchoOriginFilter : OncePerRequestFilter() {
    override fun doFilterInternal(req: HttpServletRequest, res: HttpServletResponse, chain: FilterChain) {
        val origin = req.getHeader("Origin")
        if (origin != null) {
            res.setHeader("Access-Control-Allow-Origin", origin) // flaw: cors
            res.setHeader("Access-Control-Allow-Credentials", "true")
            res.addHeader("Vary", "Origin")
        }
        chain.doFilter(req, res)
    }
}

class ListedOriginFilter : OncePerRequestFilter() {
    override fun doFilterInternal(req: HttpServletRequest, res: HttpServletResponse, chain: FilterChain) {
        val origin = FRONTENDS.firstOrNull { it == req.getHeader("Origin") }
        if (origin != null) {
            res.setHeader("Access-Control-Allow-Origin", origin) // fine: cors
            res.setHeader("Access-Control-Allow-Credentials", "true")
            res.addHeader("Vary", "Origin")
        }
        chain.doFilter(req, res)
    }
}

@RestController
@CrossOrigin(originPatterns = ["*"], allowCredentials = "true") // flaw: cors
class WalletController {
    @GetMapping("/wallet")
    fun wallet(): Map<String, Int> = mapOf("points" to 3)
}

@RestController
@CrossOrigin(origins = ["https://app.example.com"], allowCredentials = "true") // fine: cors
class BonusController {
    @GetMapping("/bonus")
    fun bonus(): Map<String, Int> = mapOf("points" to 3)
}
