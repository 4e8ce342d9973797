package com.acme.session

import jakarta.servlet.http.Cookie
import jakarta.servlet.http.HttpServletResponse
import org.springframework.boot.web.servlet.ServletContextInitializer
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.http.HttpHeaders
import org.springframework.http.ResponseCookie
import org.springframework.http.ResponseEntity
import org.springframework.session.web.http.DefaultCookieSerializer
import org.springframework.web.bind.annotation.*

interface Sessions {
    fun open(user: String): String
}

data class CookiePolicy(val secure: Boolean = false, val httpOnly: Boolean = false)

private val STRICT = CookiePolicy(secure = true, httpOnly = true)

@RestController
@RequestMapping("/session")
class SessionController(private val sessions: Sessions) {

    @PostMapping("/login")
    fun login(@RequestParam user: String, response: HttpServletResponse) {
        response.addCookie(Cookie("SESSION_TOKEN", sessions.open(user))) // flaw: cookie
    }

    @PostMapping("/renew")
    fun renew(@RequestParam user: String, response: HttpServletResponse) {
        val cookie = Cookie("SESSION_TOKEN", sessions.open(user))
        cookie.isHttpOnly = true
        cookie.secure = true
        cookie.path = "/"
        response.addCookie(cookie) // fine: cookie
    }

    @PostMapping("/remember")
    fun remember(@RequestParam user: String): ResponseEntity<Void> {
        val cookie = ResponseCookie.from("remember", sessions.open(user)).secure(true).maxAge(86400).path("/").build() // flaw: cookie
        return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie.toString()).build()
    }

    @PostMapping("/trust")
    fun trust(@RequestParam user: String): ResponseEntity<Void> {
        val cookie = ResponseCookie.from("remember", sessions.open(user)) // fine: cookie
            .httpOnly(true).secure(true).sameSite("Strict").path("/").build()
        return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie.toString()).build()
    }

    private fun send(response: HttpServletResponse, token: String, policy: CookiePolicy) {
        val attributes = mutableListOf("auth=$token", "Path=/")
        if (policy.secure) attributes += "Secure"
        if (policy.httpOnly) attributes += "HttpOnly"
        response.addHeader("Set-Cookie", attributes.joinToString("; "))
    }

    @PostMapping("/mobile")
    fun mobile(@RequestParam user: String, response: HttpServletResponse) =
        send(response, sessions.open(user), CookiePolicy()) // flaw: cookie

    @PostMapping("/desktop")
    fun desktop(@RequestParam user: String, response: HttpServletResponse) =
        send(response, sessions.open(user), STRICT) // fine: cookie

    @PostMapping("/theme")
    fun theme(@RequestParam dark: Boolean, response: HttpServletResponse) {
        response.addCookie(Cookie("theme", if (dark) "dark" else "light")) // fine: cookie
    }
}

@Configuration
class SessionConfig {
    @Bean
    fun serializer() = DefaultCookieSerializer().apply {
        setCookieName("SID")
        setUseSecureCookie(true)
        setUseHttpOnlyCookie(false) // flaw: cookie
    }

    @Bean
    fun initializer() = ServletContextInitializer { context ->
        context.sessionCookieConfig.isHttpOnly = true
        context.sessionCookieConfig.isSecure = true // fine: cookie
    }
}
