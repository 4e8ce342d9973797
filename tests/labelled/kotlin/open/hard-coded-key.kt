package com.acme.sealing

import io.jsonwebtoken.Jwts
import io.jsonwebtoken.security.Keys
import org.springframework.beans.factory.annotation.Value
import org.springframework.stereotype.Component
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyFactory
import java.security.PublicKey
import java.security.SecureRandom
import java.security.spec.X509EncodedKeySpec
import java.util.Base64
import javax.crypto.Cipher
import javax.crypto.Mac
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.IvParameterSpec
import javax.crypto.spec.SecretKeySpec

private const val SIGNING_SECRET = "q7Wm2Zx9Lp4Rt6Vn8Bc1Ks3Hd5Jf0Gya" // flaw: hard-coded-key

private const val KEY_PROPERTY = "vault.encryption.key" // fine: hard-coded-key

private const val VENDOR_PUBLIC_KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=" // fine: hard-coded-key

@Component
class Sealer(@Value("\${vault.encryption.key}") encoded: String) {
    private val configured = SecretKeySpec(Base64.getDecoder().decode(encoded), "AES") // fine: hard-coded-key
    private val random = SecureRandom()

    fun sealNote(note: ByteArray): ByteArray {
        val key = SecretKeySpec("Nf83#kLq0zPw!7Ry".toByteArray(), "AES") // flaw: hard-coded-key
        val iv = ByteArray(12).also(random::nextBytes)
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(Cipher.ENCRYPT_MODE, key, GCMParameterSpec(128, iv))
        return iv + cipher.doFinal(note)
    }

    fun sealRow(row: ByteArray): ByteArray {
        val iv = byteArrayOf(11, 42, 7, 91, 3, 66, 18, 25, 77, 54, 9, 31, 80, 2, 63, 14) // flaw: hard-coded-key
        val cipher = Cipher.getInstance("AES/CTR/NoPadding")
        cipher.init(Cipher.ENCRYPT_MODE, configured, IvParameterSpec(iv))
        return cipher.doFinal(row)
    }

    fun sealFile(file: ByteArray): ByteArray {
        val iv = ByteArray(16) // fine: hard-coded-key
        random.nextBytes(iv)
        val cipher = Cipher.getInstance("AES/CTR/NoPadding")
        cipher.init(Cipher.ENCRYPT_MODE, configured, IvParameterSpec(iv))
        return iv + cipher.doFinal(file)
    }
}

class TokenIssuer(private val keyFile: Path) {
    private val partnerKeys = mapOf(
        "north" to "bXk0Wm5Qc3JUdjZ5QjhlRGhLbU5wUnNUdVd4WnpDMkY=", // flaw: hard-coded-key
    )

    fun issue(user: String): String =
        Jwts.builder().subject(user).signWith(Keys.hmacShaKeyFor(SIGNING_SECRET.toByteArray())).compact()

    fun issueFromFile(user: String): String {
        val key = Keys.hmacShaKeyFor(Files.readAllBytes(keyFile)) // fine: hard-coded-key
        return Jwts.builder().subject(user).signWith(key).compact()
    }

    fun partnerTag(partner: String, body: ByteArray): ByteArray {
        val mac = Mac.getInstance("HmacSHA256")
        mac.init(SecretKeySpec(Base64.getDecoder().decode(partnerKeys.getValue(partner)), "HmacSHA256"))
        return mac.doFinal(body)
    }

    fun vendorKey(): PublicKey =
        KeyFactory.getInstance("Ed25519").generatePublic(X509EncodedKeySpec(Base64.getDecoder().decode(VENDOR_PUBLIC_KEY)))

    fun describe(): String = "keys are read from $KEY_PROPERTY"
}
