package com.acme.orders

import jakarta.persistence.EntityManager
import org.springframework.jdbc.core.JdbcTemplate
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate
import org.springframework.web.bind.annotation.*
import javax.sql.DataSource

data class OrderRow(val id: Long, val customer: String)

private val SORTS = setOf("id", "customer", "total")

private const val SELECT = "select id, customer from orders"

class OrderStore(private val dataSource: DataSource) {
    fun find(where: String): List<OrderRow> {
        dataSource.connection.use { connection ->
            connection.createStatement().use { statement ->
                val rs = statement.executeQuery("$SELECT where $where") // flaw: sql-injection
                val rows = mutableListOf<OrderRow>()
                while (rs.next()) rows += OrderRow(rs.getLong(1), rs.getString(2))
                return rows
            }
        }
    }

    fun findByCustomer(customer: String): List<OrderRow> {
        dataSource.connection.use { connection ->
            val statement = connection.prepareStatement("$SELECT where customer = ?") // fine: sql-injection
            statement.setString(1, customer)
            val rs = statement.executeQuery()
            return generateSequence { if (rs.next()) OrderRow(rs.getLong(1), rs.getString(2)) else null }.toList()
        }
    }
}

@RestController
@RequestMapping("/orders")
class OrderController(
    private val jdbc: JdbcTemplate,
    private val named: NamedParameterJdbcTemplate,
    private val em: EntityManager,
    private val store: OrderStore,
) {
    @GetMapping("/count")
    fun count(@RequestParam status: String): Int? =
        jdbc.queryForObject("select count(*) from orders where status = '$status'", Int::class.java) // flaw: sql-injection

    @GetMapping("/total")
    fun total(@RequestParam status: String): Int? =
        jdbc.queryForObject("select sum(total) from orders where status = ?", Int::class.java, status) // fine: sql-injection

    @GetMapping
    fun search(@RequestParam city: String?, @RequestParam name: String?): List<OrderRow> {
        val parts = mutableListOf<String>()
        if (city != null) parts.add("city = '$city'")
        if (name != null) parts.add("customer like '%" + name + "%'")
        return store.find(parts.joinToString(" and ").ifEmpty { "1 = 1" })
    }

    @GetMapping("/sorted")
    fun sorted(@RequestParam sort: String): List<Map<String, Any>> {
        val column = if (sort in SORTS) sort else "id"
        return jdbc.queryForList("$SELECT order by $column desc limit 100") // fine: sql-injection
    }

    @GetMapping("/mine")
    fun mine(@RequestParam refs: List<String>, @RequestParam order: String): List<*> {
        val jpql = buildString {
            append("select o from Order o where o.ref in (:refs)")
            append(" order by o.").append(order)
        }
        return em.createQuery(jpql).setParameter("refs", refs).resultList // flaw: sql-injection
    }

    @GetMapping("/some")
    fun some(@RequestParam refs: List<String>): List<Map<String, Any>> {
        val marks = refs.indices.joinToString(", ") { ":r$it" }
        val args = refs.withIndex().associate { (i, ref) -> "r$i" to ref }
        return named.queryForList("$SELECT where ref in ($marks)", args) // fine: sql-injection
    }

    @DeleteMapping("/{ref}")
    fun delete(@PathVariable ref: String, @RequestParam(defaultValue = "draft") state: String): Int {
        val sql = String.format("delete from orders where ref = '%s' and state = ?", ref)
        return jdbc.update(sql, state) // flaw: sql-injection
    }

    @GetMapping("/page")
    fun page(@RequestParam number: Int): List<*> =
        em.createNativeQuery(SELECT + " limit 20 offset " + number * 20).resultList // fine: sql-injection
}
