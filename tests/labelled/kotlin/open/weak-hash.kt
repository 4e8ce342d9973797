package com.acme.accounts

import org.apache.commons.codec.digest.DigestUtils
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder
import org.springframework.security.crypto.password.MessageDigestPasswordEncoder
import java.io.File
import java.security.MessageDigest
import java.util.Base64
import javax.crypto.Mac
import javax.crypto.SecretKeyFactory
import javax.crypto.spec.PBEKeySpec
import javax.crypto.spec.SecretKeySpec

private const val LEGACY = "SHA-1"

private const val CURRENT = "SHA-256"

fun ByteArray.hex(): String = joinToString("") { "%02x".format(it) }

class Passwords {
    private val bcrypt = BCryptPasswordEncoder(12)

    fun hash(password: String): String =
        MessageDigest.getInstance("MD5").digest(password.toByteArray()).hex() // flaw: weak-hash

    fun encode(password: String): String = bcrypt.encode(password) // fine: weak-hash

    fun salted(password: String, salt: ByteArray): String {
        val digest = MessageDigest.getInstance(LEGACY) // flaw: weak-hash
        digest.update(salt)
        repeat(3) { digest.update(password.toByteArray()) }
        return Base64.getEncoder().encodeToString(digest.digest())
    }

    fun stretched(password: CharArray, salt: ByteArray): ByteArray {
        val spec = PBEKeySpec(password, salt, 600_000, 256)
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).encoded // fine: weak-hash
    }

    fun springEncoder() = MessageDigestPasswordEncoder("MD5") // flaw: weak-hash
}

class Signatures(private val secret: String) {
    private fun digest(parts: List<String>): String = DigestUtils.md5Hex(parts.joinToString("|")) // flaw: weak-hash

    fun signLink(path: String, user: Long, expires: Long): String {
        val token = digest(listOf(secret, path, user.toString(), expires.toString()))
        return "$path?user=$user&expires=$expires&sig=$token"
    }

    fun signCallback(body: ByteArray): String {
        val mac = Mac.getInstance("HmacSHA256") // fine: weak-hash
        mac.init(SecretKeySpec(secret.toByteArray(), "HmacSHA256"))
        return mac.doFinal(body).hex()
    }
}

class Caches(private val folder: File) {
    fun entry(url: String): File = File(folder, DigestUtils.md5Hex(url) + ".cache") // fine: weak-hash

    fun etag(content: ByteArray): String = "\"" + MessageDigest.getInstance("MD5").digest(content).hex() + "\"" // fine: weak-hash

    fun shard(key: String, shards: Int): Int {
        val first = MessageDigest.getInstance("SHA-1").digest(key.toByteArray())[0] // fine: weak-hash
        return Math.floorMod(first.toInt(), shards)
    }

    fun published(file: File): String = MessageDigest.getInstance(CURRENT).digest(file.readBytes()).hex()
}
