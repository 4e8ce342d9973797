package com.acme.directory

import org.springframework.ldap.core.LdapTemplate
import org.springframework.ldap.filter.AndFilter
import org.springframework.ldap.filter.EqualsFilter
import org.springframework.ldap.query.LdapQueryBuilder.query
import org.springframework.ldap.support.LdapEncoder
import org.springframework.web.bind.annotation.*
import javax.naming.directory.DirContext
import javax.naming.directory.SearchControls

private val LOGIN = Regex("^[a-z0-9]{3,16}$")

class DirectoryService(private val context: DirContext) {
    private val controls = SearchControls().apply { searchScope = SearchControls.SUBTREE_SCOPE }

    fun count(filter: String): Int =
        context.search("ou=people", filter, controls).asSequence().count() // flaw: ldap-injection

    fun countByMail(mail: String): Int =
        context.search("ou=people", "(mail={0})", arrayOf<Any>(mail), controls).asSequence().count() // fine: ldap-injection
}

@RestController
@RequestMapping("/directory")
class DirectoryController(private val ldap: LdapTemplate, private val service: DirectoryService) {

    @GetMapping("/uid")
    fun uid(@RequestParam uid: String): List<String> =
        ldap.search("ou=people", "(uid=$uid)") { attrs: javax.naming.directory.Attributes -> attrs["cn"].get().toString() } // flaw: ldap-injection

    @GetMapping("/encoded")
    fun encoded(@RequestParam uid: String): Int {
        val filter = "(&(objectClass=person)(uid=" + LdapEncoder.filterEncode(uid) + "))"
        return ldap.search("ou=people", filter) { _: javax.naming.directory.Attributes -> 1 }.size // fine: ldap-injection
    }

    @GetMapping("/phone")
    fun phone(@RequestParam phone: String, @RequestParam office: String?): Int {
        var filter = "(telephoneNumber=$phone)"
        if (office != null) {
            filter = "(&$filter(l=$office))"
        }
        return service.count(filter)
    }

    @GetMapping("/filter")
    fun filter(@RequestParam uid: String): Int {
        val filter = AndFilter().and(EqualsFilter("objectClass", "person")).and(EqualsFilter("uid", uid))
        return ldap.search("ou=people", filter.encode()) { _: javax.naming.directory.Attributes -> 1 }.size // fine: ldap-injection
    }

    @PostMapping("/login")
    fun login(@RequestParam user: String, @RequestParam pin: String): Boolean =
        ldap.authenticate("", "(&(objectClass=person)(uid=$user))", pin) // flaw: ldap-injection

    @PostMapping("/signin")
    fun signIn(@RequestParam user: String, @RequestParam pin: String): Boolean {
        if (!LOGIN.matches(user)) return false
        return ldap.authenticate("", "(uid=$user)", pin) // fine: ldap-injection
    }

    @GetMapping("/groups")
    fun groups(@RequestParam names: List<String>): Int {
        val alternatives = names.map { "(cn=$it)" }.fold("(|") { acc, clause -> acc + clause } + ")"
        val q = query().base("ou=groups").filter(alternatives) // flaw: ldap-injection
        return ldap.search(q) { _: javax.naming.directory.Attributes -> 1 }.size
    }

    @GetMapping("/group")
    fun group(@RequestParam name: String): Int {
        val q = query().base("ou=groups").where("objectclass").`is`("group").and("cn").`is`(name)
        return ldap.search(q) { _: javax.naming.directory.Attributes -> 1 }.size // fine: ldap-injection
    }
}
