package invites

import io.ktor.server.application.call
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.util.generateNonce
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.util.SplittableRandom
import java.util.UUID
import kotlin.math.floor
import kotlin.random.Random
import kotlin.random.asKotlinRandom

private val LETTERS = ('a'..'z') + ('2'..'9')

data class Invite(val mail: String, val token: String)

class Words(private val random: Random) {
    fun word(length: Int): String = (1..length).map { LETTERS.random(random) }.joinToString("")
}

class Invites {
    private val plain = Words(Random(System.nanoTime())) // flaw: weak-random
    private val strong = Words(SecureRandom().asKotlinRandom()) // fine: weak-random

    fun invite(mail: String) = Invite(mail, plain.word(24))

    fun admin(mail: String) = Invite(mail, strong.word(24))

    fun pin(): String {
        val digits = StringBuilder()
        while (digits.length < 6) digits.append(floor(Math.random() * 10).toInt()) // flaw: weak-random
        return digits.toString()
    }

    fun csrf(): String {
        val source = SplittableRandom()
        val parts = LongArray(3) { source.nextLong() } // flaw: weak-random
        return parts.joinToString("") { java.lang.Long.toHexString(it) }
    }

    fun state(): String = generateNonce() // fine: weak-random

    fun salt(): ByteArray = Random.nextBytes(16) // flaw: weak-random

    fun freshSalt(): ByteArray = ByteArray(16).apply { SecureRandom.getInstanceStrong().nextBytes(this) } // fine: weak-random

    fun keys() = KeyPairGenerator.getInstance("EC").run {
        val seeded = SecureRandom.getInstance("SHA1PRNG").apply { setSeed(20240101L) } // flaw: weak-random
        initialize(256, seeded)
        generateKeyPair()
    }
}

fun Route.inviteRoutes(invites: Invites, servers: List<String>) {
    post("/invite/{mail}") { call.respond(invites.invite(call.parameters["mail"]!!)) }
    get("/server") { call.respond(servers.random()) } // fine: weak-random
    get("/experiment") { call.respond(if (Random.nextDouble() < 0.1) "new" else "old") } // fine: weak-random
    get("/request-id") { call.respond(UUID.randomUUID().toString()) }
}
