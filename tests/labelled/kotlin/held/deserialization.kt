package exchange

import com.esotericsoftware.kryo.Kryo
import com.esotericsoftware.kryo.io.Input
import io.ktor.server.application.call
import io.ktor.server.request.receive
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import org.apache.commons.io.serialization.ValidatingObjectInputStream
import org.apache.commons.lang3.SerializationUtils
import org.apache.fury.Fury
import java.beans.XMLDecoder
import java.io.ByteArrayInputStream
import java.io.ObjectInputStream
import java.io.ObjectStreamClass
import java.io.InputStream
import java.io.InvalidClassException

@Serializable
data class Cart(val items: List<String>, val total: Long)

class Position(var x: Int = 0, var y: Int = 0)

class ListOnlyStream(source: InputStream) : ObjectInputStream(source) {
    private val accepted = setOf("java.util.ArrayList", "java.lang.Integer", "java.lang.Number")

    override fun resolveClass(desc: ObjectStreamClass): Class<*> {
        if (desc.name !in accepted) throw InvalidClassException(desc.name, "class refused")
        return super.resolveClass(desc)
    }
}

class Codec {
    private val open = Kryo().apply { isRegistrationRequired = false }

    private val closed = Kryo().apply {
        isRegistrationRequired = true
        register(Position::class.java)
    }

    fun any(bytes: ByteArray): Any? = open.readClassAndObject(Input(bytes)) // flaw: deserialization

    fun position(bytes: ByteArray): Position = closed.readObject(Input(bytes), Position::class.java) // fine: deserialization
}

fun Route.exchangeRoutes(codec: Codec) {
    post("/session") {
        val restored = SerializationUtils.deserialize<Any>(call.receive<ByteArray>()) // flaw: deserialization
        call.respond(restored.hashCode())
    }
    post("/cart") {
        val cart = Json.decodeFromString<Cart>(call.receiveText()) // fine: deserialization
        call.respond(cart.items.size)
    }
    post("/any") { call.respond(codec.any(call.receive()).toString()) }
    post("/position") { call.respond(codec.position(call.receive()).x) }
    post("/beans") {
        val text = call.receiveText()
        val decoder = XMLDecoder(ByteArrayInputStream(text.toByteArray()))
        val values = mutableListOf<Any>()
        repeat(2) { values += decoder.readObject() } // flaw: deserialization
        call.respond(values.size)
    }
    post("/numbers") {
        val stream = ListOnlyStream(ByteArrayInputStream(call.receive<ByteArray>()))
        call.respond((stream.readObject() as ArrayList<*>).size) // fine: deserialization
    }
    post("/labels") {
        val stream = ValidatingObjectInputStream(ByteArrayInputStream(call.receive<ByteArray>()))
        stream.accept(ArrayList::class.java, String::class.java)
        call.respond((stream.readObject() as List<*>).size) // fine: deserialization
    }
    post("/fast") {
        val fury = Fury.builder().requireClassRegistration(false).build()
        call.respond(fury.deserialize(call.receive<ByteArray>()).toString()) // flaw: deserialization
    }
}
