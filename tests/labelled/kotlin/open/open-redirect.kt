package com.acme.login

import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import org.springframework.http.HttpStatus
import org.springframework.http.ResponseEntity
import org.springframework.stereotype.Controller
import org.springframework.web.bind.annotation.*
import org.springframework.web.servlet.view.RedirectView
import java.net.URI

private const val HOME = "/home"

private val TARGETS = mapOf("billing" to "https://billing.example.com/", "help" to "https://help.example.com/")

private val LOCAL = Regex("^/[A-Za-z0-9_-][A-Za-z0-9/_-]*$")

@Controller
@RequestMapping("/login")
class LoginController {

    @GetMapping("/done")
    fun done(@RequestParam next: String): String = "redirect:$next" // flaw: open-redirect

    @GetMapping("/to")
    fun to(@RequestParam name: String): String = "redirect:" + (TARGETS[name] ?: HOME) // fine: open-redirect

    @GetMapping("/local")
    fun local(@RequestParam next: String): String {
        val target = if (LOCAL.matches(next)) next else HOME
        return "redirect:$target" // fine: open-redirect
    }

    private fun found(location: String): ResponseEntity<Void> =
        ResponseEntity.status(HttpStatus.FOUND).location(URI.create(location)).build() // flaw: open-redirect

    @PostMapping("/finish")
    fun finish(@RequestParam form: Map<String, String>): ResponseEntity<Void> {
        var target = HOME
        form["return_to"]?.let { if (it.length < 500) target = it }
        return found(target)
    }

    @GetMapping("/partner")
    fun partner(@RequestParam url: String, response: HttpServletResponse) {
        if ("partner.example" in url) {
            response.sendRedirect(url) // flaw: open-redirect
        } else {
            response.sendRedirect(HOME)
        }
    }

    @GetMapping("/supplier")
    fun supplier(@RequestParam url: String, response: HttpServletResponse) {
        val uri = URI.create(url)
        if (uri.scheme == "https" && uri.host == "supplier.example") {
            response.sendRedirect(uri.toString()) // fine: open-redirect
        } else {
            response.sendRedirect(HOME)
        }
    }

    @GetMapping("/logout")
    fun logout(request: HttpServletRequest): RedirectView {
        request.session.invalidate()
        val back = request.getHeader("X-Return") ?: request.getParameter("back") ?: HOME
        return RedirectView(back) // flaw: open-redirect
    }

    @GetMapping("/user")
    fun user(@RequestParam id: Long): RedirectView = RedirectView("/users/$id") // fine: open-redirect
}
