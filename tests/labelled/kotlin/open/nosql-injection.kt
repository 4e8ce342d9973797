package com.acme.people

import com.mongodb.client.MongoCollection
import com.mongodb.client.model.Filters
import org.bson.Document
import org.bson.types.ObjectId
import org.springframework.data.mongodb.core.MongoTemplate
import org.springframework.data.mongodb.core.query.BasicQuery
import org.springframework.data.mongodb.core.query.Criteria
import org.springframework.data.mongodb.core.query.Query
import org.springframework.web.bind.annotation.*

private val FIELDS = listOf("city", "team", "level")

class PersonFinder(private val people: MongoCollection<Document>) {
    fun byJson(json: String): List<Document> =
        people.find(Document.parse(json)).limit(100).toList() // flaw: nosql-injection

    fun byId(hex: String): Document? {
        if (!ObjectId.isValid(hex)) return null
        return people.find(Filters.eq("_id", ObjectId(hex))).first() // fine: nosql-injection
    }
}

@RestController
@RequestMapping("/people")
class PersonController(private val mongo: MongoTemplate, private val finder: PersonFinder) {

    @GetMapping("/by-name")
    fun byName(@RequestParam name: String): List<Document> =
        mongo.find(BasicQuery("{ name: '$name', hidden: false }"), Document::class.java, "people") // flaw: nosql-injection

    @GetMapping("/named")
    fun named(@RequestParam name: String): List<Document> =
        mongo.find(Query(Criteria.where("name").`is`(name).and("hidden").`is`(false)), Document::class.java, "people") // fine: nosql-injection

    @GetMapping("/older")
    fun older(@RequestParam age: String): List<Document> {
        val clause = StringBuilder("this.age > ").append(age).append(" && !this.hidden")
        val filter = Document("\$where", clause.toString())
        return mongo.getCollection("people").find(filter).toList() // flaw: nosql-injection
    }

    @GetMapping("/adults")
    fun adults(@RequestParam age: Int): List<Document> {
        val filter = Document("\$where", "this.age > $age && !this.hidden")
        return mongo.getCollection("people").find(filter).toList() // fine: nosql-injection
    }

    @GetMapping("/owned")
    fun owned(@RequestHeader("X-Owner") owner: String, @RequestParam tag: String?): List<Document> {
        val pieces = mutableListOf("\"owner\": \"$owner\"")
        tag?.let { pieces += "\"tags\": \"$it\"" }
        return finder.byJson(pieces.joinToString(", ", "{", "}"))
    }

    @GetMapping("/filter")
    fun filter(@RequestParam params: Map<String, String>): List<Document> {
        val filter = Document("hidden", false)
        for (field in FIELDS) {
            params[field]?.let { filter[field] = it }
        }
        return mongo.getCollection("people").find(filter).toList() // fine: nosql-injection
    }

    @PostMapping("/login")
    fun login(@RequestBody body: Map<String, Any>): Boolean {
        val query = Document(body.filterKeys { it == "name" || it == "pin" })
        return mongo.getCollection("people").find(query).first() != null // flaw: nosql-injection
    }
}
