package com.acme.tokens

import org.apache.commons.lang3.RandomStringUtils
import org.springframework.stereotype.Service
import java.security.SecureRandom
import java.util.Base64
import java.util.Random
import java.util.UUID
import java.util.concurrent.ThreadLocalRandom
import javax.crypto.spec.IvParameterSpec
import kotlin.random.Random as KRandom

private const val ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

data class Reset(val mail: String, val code: String)

@Service
class TokenService {
    private val secure = SecureRandom()
    private val shared = Random(System.currentTimeMillis())

    fun resetCode(mail: String): Reset = Reset(mail, "%06d".format(KRandom.nextInt(1_000_000))) // flaw: weak-random

    fun loginCode(mail: String): Reset = Reset(mail, "%06d".format(secure.nextInt(1_000_000))) // fine: weak-random

    private fun draw(length: Int): String {
        val text = StringBuilder()
        repeat(length) { text.append(ALPHABET[shared.nextInt(ALPHABET.length)]) } // flaw: weak-random
        return text.toString()
    }

    fun temporaryPassword(): String = draw(5) + "-" + draw(5)

    fun sessionId(): String {
        val bytes = ByteArray(24)
        ThreadLocalRandom.current().nextBytes(bytes) // flaw: weak-random
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
    }

    fun apiKey(): String {
        val bytes = ByteArray(32)
        secure.nextBytes(bytes) // fine: weak-random
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
    }

    fun voucherSecret(): String = RandomStringUtils.random(16, 0, 0, true, true, null, Random(shared.nextLong())) // flaw: weak-random

    fun confirmation(): String = UUID.randomUUID().toString() // fine: weak-random

    fun iv(): IvParameterSpec {
        val bytes = KRandom.Default.nextBytes(16) // flaw: weak-random
        return IvParameterSpec(bytes)
    }
}

class Game(private val players: List<String>) {
    private val random = Random()

    fun dice(): Int = random.nextInt(6) + 1 // fine: weak-random

    fun order(): List<String> = players.shuffled() // fine: weak-random

    fun retryDelay(attempt: Int): Long = (100L shl attempt) + KRandom.nextLong(50) // fine: weak-random
}
