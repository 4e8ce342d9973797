package sso

import com.unboundid.ldap.sdk.DN
import com.unboundid.ldap.sdk.Filter
import com.unboundid.ldap.sdk.LDAPConnection
import com.unboundid.ldap.sdk.RDN
import com.unboundid.ldap.sdk.SearchRequest
import com.unboundid.ldap.sdk.SearchScope
import io.javalin.Javalin
import io.javalin.http.BadRequestResponse
import io.javalin.http.Context
import org.apache.directory.ldap.client.api.LdapConnection
import org.apache.directory.api.ldap.model.message.SearchScope as ApacheScope
import org.apache.directory.ldap.client.api.search.FilterBuilder

private const val PEOPLE = "ou=people,dc=example,dc=org"

private val KINDS = mapOf("staff" to "(employeeType=staff)", "guest" to "(employeeType=guest)")

class Terms {
    private val terms = mutableListOf<String>()

    fun eq(name: String, value: String?) = apply { if (value != null) terms += "($name=$value)" }

    fun all(): String = terms.joinToString("", "(&", ")")
}

class DirectoryRoutes(private val ldap: LDAPConnection, private val apache: LdapConnection) {
    fun register(app: Javalin) {
        app.get("/people/badge", ::badge)
        app.get("/people/filter", ::filter)
        app.get("/people/terms", ::terms)
        app.get("/people/kind", ::kind)
        app.get("/people/apache", ::apache)
        app.get("/people/builder", ::builder)
        app.delete("/people/{uid}", ::delete)
        app.delete("/guests/{uid}", ::deleteGuest)
    }

    private fun badge(ctx: Context) {
        val result = ldap.search(PEOPLE, SearchScope.SUB, "(badge=${ctx.queryParam("badge")})", "cn") // flaw: ldap-injection
        ctx.json(result.entryCount)
    }

    private fun filter(ctx: Context) {
        val filter = Filter.createEqualityFilter("badge", ctx.queryParam("badge").orEmpty())
        ctx.json(ldap.search(PEOPLE, SearchScope.SUB, filter, "cn").entryCount) // fine: ldap-injection
    }

    private fun terms(ctx: Context) {
        val text = Terms().eq("objectClass", "person").eq("l", ctx.queryParam("city")).eq("sn", ctx.queryParam("name")).all()
        val request = SearchRequest(PEOPLE, SearchScope.ONE, Filter.create(text), "cn") // flaw: ldap-injection
        ctx.json(ldap.search(request).entryCount)
    }

    private fun kind(ctx: Context) {
        val filter = KINDS[ctx.queryParam("kind")] ?: throw BadRequestResponse()
        ctx.json(ldap.search(PEOPLE, SearchScope.SUB, filter, "cn").entryCount) // fine: ldap-injection
    }

    private fun apache(ctx: Context) {
        var filter = "(objectClass=person)"
        for (mail in ctx.queryParams("mail")) {
            filter = "(|$filter(mail=$mail))"
        }
        apache.search(PEOPLE, filter, ApacheScope.SUBTREE, "cn").use { ctx.json(it.count()) } // flaw: ldap-injection
    }

    private fun builder(ctx: Context) {
        val filter = FilterBuilder.equal("mail", ctx.queryParam("mail")).toString()
        apache.search(PEOPLE, filter, ApacheScope.SUBTREE, "cn").use { ctx.json(it.count()) } // fine: ldap-injection
    }

    private fun remove(dn: String) = ldap.delete(dn) // flaw: ldap-injection

    private fun delete(ctx: Context) {
        remove("uid=" + ctx.pathParam("uid") + "," + PEOPLE)
        ctx.status(204)
    }

    private fun deleteGuest(ctx: Context) {
        val dn = DN(RDN("uid", ctx.pathParam("uid")), DN(PEOPLE))
        ldap.delete(dn.toString()) // fine: ldap-injection
        ctx.status(204)
    }
}
