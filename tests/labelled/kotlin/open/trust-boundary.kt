package com.acme.shop

import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpSession
import org.springframework.stereotype.Controller
import org.springframework.ui.Model
import org.springframework.web.bind.annotation.*

private val CURRENCIES = setOf("EUR", "USD", "GBP")

private val COUPON = Regex("[A-Z0-9]{8}")

interface Accounts {
    fun check(user: String, secret: String): Account?
}

data class Account(val id: Long, val role: String)

@Controller
@RequestMapping("/shop")
class ShopController(private val accounts: Accounts) {

    @PostMapping("/role")
    fun role(@RequestParam role: String, session: HttpSession): String {
        session.setAttribute("role", role) // flaw: trust-boundary
        return "shop/home"
    }

    @PostMapping("/login")
    fun login(@RequestParam user: String, @RequestParam secret: String, session: HttpSession): String {
        val account = accounts.check(user, secret) ?: return "shop/login"
        session.setAttribute("role", account.role) // fine: trust-boundary
        return "shop/home"
    }

    private fun remember(session: HttpSession, values: Map<String, String?>) {
        for ((key, value) in values) {
            if (value != null) session.setAttribute(key, value) // flaw: trust-boundary
        }
    }

    @PostMapping("/start")
    fun start(request: HttpServletRequest): String {
        remember(request.session, listOf("customerId", "discount").associateWith { request.getParameter(it) })
        return "shop/home"
    }

    @PostMapping("/currency")
    fun currency(@RequestParam currency: String, session: HttpSession): String {
        if (currency in CURRENCIES) {
            session.setAttribute("currency", currency) // fine: trust-boundary
        }
        return "shop/home"
    }

    @PostMapping("/account")
    fun account(request: HttpServletRequest): String {
        val id = request.getHeader("X-Account") ?: request.getParameter("account")
        request.session.setAttribute("accountId", id) // flaw: trust-boundary
        return "shop/account"
    }

    @PostMapping("/coupon")
    fun coupon(@RequestParam code: String, session: HttpSession): String {
        if (!COUPON.matches(code)) return "shop/coupon"
        session.setAttribute("enteredCoupon", code) // fine: trust-boundary
        return "shop/coupon"
    }

    @PostMapping("/attributes")
    fun attributes(@RequestParam params: Map<String, String>, session: HttpSession): String {
        params.forEach(session::setAttribute) // flaw: trust-boundary
        return "shop/home"
    }

    @PostMapping("/page")
    fun page(@RequestParam number: Int, session: HttpSession, model: Model): String {
        session.setAttribute("page", number.coerceIn(1, 500)) // fine: trust-boundary
        model.addAttribute("page", number)
        return "shop/list"
    }
}
