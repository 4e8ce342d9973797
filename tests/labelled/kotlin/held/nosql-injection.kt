package search

import co.elastic.clients.elasticsearch.ElasticsearchClient
import com.datastax.oss.driver.api.core.CqlSession
import com.datastax.oss.driver.api.core.cql.SimpleStatement
import com.mongodb.client.model.Filters
import com.mongodb.kotlin.client.coroutine.MongoDatabase
import io.ktor.server.application.call
import io.ktor.server.request.receive
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import kotlinx.coroutines.flow.toList
import org.bson.BsonDocument
import org.bson.Document
import org.neo4j.driver.Driver
import java.io.StringReader

data class Query(val owner: String, val text: String)

class Graph(private val driver: Driver) {
    fun friends(name: String): List<String> = driver.session().use { s ->
        s.run("MATCH (p:Person {name: '$name'})-[:KNOWS]->(f) RETURN f.name AS n").list { it["n"].asString() } // flaw: nosql-injection
    }

    fun colleagues(name: String): List<String> = driver.session().use { s ->
        s.run("MATCH (p:Person {name: \$name})-[:WORKS]->(f) RETURN f.name AS n", mapOf<String, Any>("name" to name)) // fine: nosql-injection
            .list { it["n"].asString() }
    }
}

class Cassandra(private val session: CqlSession) {
    private fun fetch(cql: String) = session.execute(cql).map { it.getString("id") }.toList() // flaw: nosql-injection

    fun orders(parts: List<String>) = fetch("SELECT id FROM orders WHERE customer IN (" + parts.joinToString { "'$it'" } + ")")

    fun order(ref: String) =
        session.execute(SimpleStatement.newInstance("SELECT id FROM orders WHERE ref = ?", ref)).one()?.getString("id") // fine: nosql-injection
}

fun Route.searchRoutes(db: MongoDatabase, graph: Graph, cassandra: Cassandra, es: ElasticsearchClient) {
    val notes = db.getCollection<Document>("notes")

    get("/friends/{name}") { call.respond(graph.friends(call.parameters["name"]!!)) }
    get("/orders") { call.respond(cassandra.orders(call.request.queryParameters.getAll("customer").orEmpty())) }
    post("/notes/find") {
        val filter = BsonDocument.parse(call.receiveText())
        call.respond(notes.find(filter).toList().size) // flaw: nosql-injection
    }
    post("/notes/search") {
        val q = call.receive<Query>()
        val filter = Filters.and(Filters.eq("owner", q.owner), Filters.eq("title", q.text))
        call.respond(notes.find(filter).toList().size) // fine: nosql-injection
    }
    get("/notes/where") {
        val min = call.request.queryParameters["min"]
        var script = "this.stars >= 0"
        if (!min.isNullOrEmpty()) script = "this.stars >= $min"
        call.respond(notes.find(Filters.where(script)).toList().size) // flaw: nosql-injection
    }
    get("/notes/stars") {
        val min = call.request.queryParameters["min"]?.toIntOrNull() ?: 0
        call.respond(notes.find(Filters.where("this.stars >= $min")).toList().size) // fine: nosql-injection
    }
    get("/documents") {
        val body = """{"query": {"match": {"text": "${call.request.queryParameters["q"]}"}}}"""
        val found = es.search({ it.index("documents").withJson(StringReader(body)) }, Document::class.java) // flaw: nosql-injection
        call.respond(found.hits().hits().size)
    }
    get("/public") {
        val q = call.request.queryParameters["q"].orEmpty()
        val found = es.search({ s -> s.index("public").query { it.match { m -> m.field("text").query(q) } } }, Document::class.java) // fine: nosql-injection
        call.respond(found.hits().hits().size)
    }
}
