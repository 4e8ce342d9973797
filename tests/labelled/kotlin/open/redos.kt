package com.acme.validation

import org.springframework.http.HttpStatus
import org.springframework.web.bind.annotation.*
import org.springframework.web.server.ResponseStatusException
import java.util.regex.Pattern

private val NAME = Regex("^(\\w+\\s?)*$") // flaw: redos

private val SLUG = Regex("^[a-z0-9]+(-[a-z0-9]+)*$") // fine: redos

private val PHONE: Pattern = Pattern.compile("^\\+?[0-9]{6,15}$") // fine: redos

data class Profile(val name: String, val mail: String, val tags: String, val path: String)

class Rules {
    private val patterns = mapOf(
        "mail" to Pattern.compile("^([a-zA-Z0-9]+)+@[a-z]+\\.[a-z]{2,}$"), // flaw: redos
        "zip" to Pattern.compile("^\\d{5}(-\\d{4})?$"), // fine: redos
    )

    fun accepts(rule: String, value: String): Boolean = patterns.getValue(rule).matcher(value).matches()
}

@RestController
@RequestMapping("/profiles")
class ProfileController {
    private val rules = Rules()

    @PostMapping
    fun save(@RequestBody profile: Profile) {
        if (!NAME.matches(profile.name) || !rules.accepts("mail", profile.mail)) {
            throw ResponseStatusException(HttpStatus.BAD_REQUEST)
        }
    }

    @PostMapping("/tags")
    fun tags(@RequestBody profile: Profile): Boolean =
        profile.tags.matches(Regex("(([a-z])+,?)+;")) // flaw: redos

    @GetMapping("/slug")
    fun slug(@RequestParam slug: String): Boolean = SLUG.matches(slug)

    @GetMapping("/phone")
    fun phone(@RequestParam phone: String): Boolean = PHONE.matcher(phone).matches()

    @GetMapping("/find")
    fun find(@RequestParam pattern: String, @RequestParam text: String): Boolean =
        Pattern.compile(pattern).matcher(text).find() // flaw: redos

    @GetMapping("/contains")
    fun contains(@RequestParam word: String, @RequestParam text: String): Boolean =
        Pattern.compile(Pattern.quote(word), Pattern.CASE_INSENSITIVE).matcher(text).find() // fine: redos
}
