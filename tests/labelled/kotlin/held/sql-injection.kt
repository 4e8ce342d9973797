package inventory

import android.content.ContentValues
import android.database.Cursor
import android.database.sqlite.SQLiteDatabase
import io.javalin.Javalin
import io.javalin.http.Context
import org.hibernate.SessionFactory
import org.jdbi.v3.core.Jdbi
import org.jetbrains.exposed.sql.SortOrder
import org.jetbrains.exposed.sql.Table
import org.jetbrains.exposed.sql.selectAll
import org.jetbrains.exposed.sql.transactions.TransactionManager
import org.jetbrains.exposed.sql.transactions.transaction

object Parts : Table("parts") {
    val id = integer("id")
    val name = varchar("name", 100)
    val stock = integer("stock")
}

enum class Column { NAME, STOCK, SITE }

class PartRoutes(private val jdbi: Jdbi, private val sessions: SessionFactory) {

    fun register(app: Javalin) {
        app.get("/parts/by-name", ::byName)
        app.get("/parts/like", ::like)
        app.get("/parts/range", ::range)
        app.get("/parts/ordered", ::ordered)
        app.delete("/parts", ::clear)
        app.get("/parts/site", ::site)
    }

    private fun byName(ctx: Context) {
        val names = mutableListOf<String>()
        transaction {
            TransactionManager.current().exec("SELECT name FROM parts WHERE name = '${ctx.queryParam("name")}'") { rs -> // flaw: sql-injection
                while (rs.next()) names += rs.getString(1)
            }
        }
        ctx.json(names)
    }

    private fun like(ctx: Context) {
        val pattern = "%" + ctx.queryParam("name").orEmpty() + "%"
        val names = transaction {
            Parts.selectAll().where { Parts.name like pattern }.orderBy(Parts.stock, SortOrder.DESC).map { it[Parts.name] } // fine: sql-injection
        }
        ctx.json(names)
    }

    private fun range(ctx: Context) {
        var sql = "SELECT name FROM parts WHERE stock >= 0"
        ctx.queryParam("max")?.let { sql += " AND stock <= $it" }
        ctx.queryParam("site")?.let { sql += " AND site = :site" }
        val names = jdbi.withHandle<List<String>, Exception> { h ->
            h.createQuery(sql).bind("site", ctx.queryParam("site")).mapTo(String::class.java).list() // flaw: sql-injection
        }
        ctx.json(names)
    }

    private fun ordered(ctx: Context) {
        val column = enumValues<Column>().find { it.name == ctx.queryParam("by") } ?: Column.NAME
        val names = jdbi.withHandle<List<String>, Exception> { h ->
            h.createQuery("SELECT name FROM parts ORDER BY ${column.name} LIMIT 50").mapTo(String::class.java).list() // fine: sql-injection
        }
        ctx.json(names)
    }

    private fun purge(condition: String): Int = sessions.openSession().use { s ->
        val tx = s.beginTransaction()
        val n = s.createMutationQuery("delete from Part p where $condition").executeUpdate() // flaw: sql-injection
        tx.commit()
        n
    }

    private fun clear(ctx: Context) {
        val clauses = ctx.queryParams("label").map { "p.label = '$it'" }
        ctx.json(if (clauses.isEmpty()) 0 else purge(clauses.joinToString(" or ")))
    }

    private fun site(ctx: Context) {
        val list = sessions.openSession().use { s ->
            s.createSelectionQuery("select p.name from Part p where p.site = :site", String::class.java) // fine: sql-injection
                .setParameter("site", ctx.queryParam("site")).list()
        }
        ctx.json(list)
    }
}

class LocalParts(private val db: SQLiteDatabase) {
    fun find(text: String): Cursor = db.rawQuery("SELECT * FROM parts WHERE note LIKE ?", arrayOf("%$text%")) // fine: sql-injection

    fun search(text: String, order: String): Cursor =
        db.query("parts", null, "note LIKE '%$text%'", null, null, null, order) // flaw: sql-injection

    fun rename(id: Long, name: String): Int =
        db.update("parts", ContentValues().apply { put("name", name) }, "id = $id", null) // fine: sql-injection
}
