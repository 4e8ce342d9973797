package com.acme.vault

import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.security.spec.ECGenParameterSpec
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.IvParameterSpec

enum class Scheme(val transformation: String) {
    RECORD("AES/GCM/NoPadding"), // fine: weak-cipher
    CARD("AES/ECB/PKCS5Padding"), // flaw: weak-cipher
}

data class RsaOptions(val bits: Int = 1024)

class Vault(private val key: SecretKey) {
    private val random = SecureRandom()

    fun sealCard(card: String): ByteArray {
        val cipher = Cipher.getInstance(Scheme.CARD.transformation)
        cipher.init(Cipher.ENCRYPT_MODE, key)
        return cipher.doFinal(card.toByteArray())
    }

    fun sealRecord(record: ByteArray): ByteArray {
        val iv = ByteArray(12).also(random::nextBytes)
        val cipher = Cipher.getInstance(Scheme.RECORD.transformation)
        cipher.init(Cipher.ENCRYPT_MODE, key, GCMParameterSpec(128, iv))
        return iv + cipher.doFinal(record)
    }

    fun sealName(name: String): ByteArray {
        val cipher = Cipher.getInstance("AES") // flaw: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, key)
        return cipher.doFinal(name.toByteArray())
    }

    fun sealStream(data: ByteArray): ByteArray {
        val nonce = ByteArray(12).also(random::nextBytes)
        val cipher = Cipher.getInstance("ChaCha20-Poly1305") // fine: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, key, IvParameterSpec(nonce))
        return nonce + cipher.doFinal(data)
    }

    fun wrap(other: SecretKey): ByteArray {
        val cipher = Cipher.getInstance("AESWrap") // fine: weak-cipher
        cipher.init(Cipher.WRAP_MODE, key)
        return cipher.wrap(other)
    }
}

class Keys {
    fun legacy(): SecretKey = KeyGenerator.getInstance("DES").generateKey() // flaw: weak-cipher

    fun current(): SecretKey = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey() // fine: weak-cipher

    private fun pair(options: RsaOptions): KeyPair {
        val generator = KeyPairGenerator.getInstance("RSA")
        generator.initialize(options.bits) // flaw: weak-cipher
        return generator.generateKeyPair()
    }

    fun device(): KeyPair = pair(RsaOptions())

    fun server(): KeyPair {
        val generator = KeyPairGenerator.getInstance("RSA")
        generator.initialize(3072) // fine: weak-cipher
        return generator.generateKeyPair()
    }

    fun edge(): KeyPair {
        val generator = KeyPairGenerator.getInstance("EC")
        generator.initialize(ECGenParameterSpec("secp256r1"))
        return generator.generateKeyPair()
    }

    fun terminal(key: SecretKey, data: ByteArray): ByteArray {
        val name = listOf("RC4", "NoPadding").first()
        val cipher = Cipher.getInstance(name) // flaw: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, key)
        return cipher.doFinal(data)
    }
}
