package tenants

import com.fasterxml.jackson.databind.ObjectMapper
import io.javalin.http.Context
import io.javalin.http.bodyAsClass
import org.apache.commons.beanutils.BeanUtils
import org.jdbi.v3.core.Jdbi
import kotlin.reflect.KMutableProperty1
import kotlin.reflect.full.memberProperties

class Tenant {
    var id: Long = 0
    var title: String = ""
    var plan: String = "free"
    var verified: Boolean = false
    var ownerId: Long = 0
}

data class TenantInput(val title: String)

private val EDITABLE = setOf("title", "color")

interface TenantStore {
    fun ofOwner(owner: Long): Tenant
    fun save(tenant: Tenant)
}

class TenantHandlers(private val store: TenantStore, private val mapper: ObjectMapper, private val jdbi: Jdbi) {
    private fun owner(ctx: Context): Long = ctx.sessionAttribute<Long>("uid") ?: 0

    fun create(ctx: Context) {
        val tenant = ctx.bodyAsClass<Tenant>() // flaw: mass-assignment
        store.save(tenant)
        ctx.status(201)
    }

    fun createTitled(ctx: Context) {
        val input = ctx.bodyAsClass<TenantInput>() // fine: mass-assignment
        store.save(Tenant().apply { title = input.title; ownerId = owner(ctx) })
        ctx.status(201)
    }

    fun form(ctx: Context) {
        val tenant = store.ofOwner(owner(ctx))
        BeanUtils.populate(tenant, ctx.formParamMap()) // flaw: mass-assignment
        store.save(tenant)
    }

    fun formEditable(ctx: Context) {
        val tenant = store.ofOwner(owner(ctx))
        BeanUtils.populate(tenant, ctx.formParamMap().filterKeys { it in EDITABLE }) // fine: mass-assignment
        store.save(tenant)
    }

    @Suppress("UNCHECKED_CAST")
    private fun assign(tenant: Tenant, values: Map<String, Any?>, only: Set<String>? = null) {
        for (property in Tenant::class.memberProperties) {
            if (property.name !in values || (only != null && property.name !in only)) continue
            (property as? KMutableProperty1<Tenant, Any?>)?.set(tenant, values[property.name])
        }
    }

    fun patch(ctx: Context) {
        val tenant = store.ofOwner(owner(ctx))
        assign(tenant, ctx.bodyAsClass<Map<String, Any?>>()) // flaw: mass-assignment
        store.save(tenant)
    }

    fun patchEditable(ctx: Context) {
        val tenant = store.ofOwner(owner(ctx))
        assign(tenant, ctx.bodyAsClass<Map<String, Any?>>(), EDITABLE) // fine: mass-assignment
        store.save(tenant)
    }

    fun merge(ctx: Context) {
        val tenant = store.ofOwner(owner(ctx))
        val merged = mapper.updateValue(tenant, mapper.readValue(ctx.body(), Map::class.java)) // flaw: mass-assignment
        store.save(merged)
    }

    fun retitle(ctx: Context) {
        val input = ctx.bodyAsClass<Tenant>() // fine: mass-assignment
        jdbi.useHandle<Exception> {
            it.createUpdate("UPDATE tenants SET title = :title WHERE owner_id = :owner")
                .bind("title", input.title).bind("owner", owner(ctx)).execute()
        }
    }
}
