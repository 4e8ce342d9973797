package mobile.storage

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import org.bouncycastle.crypto.engines.AESEngine
import org.bouncycastle.crypto.engines.BlowfishEngine
import org.bouncycastle.crypto.modes.GCMBlockCipher
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher
import org.bouncycastle.crypto.params.AEADParameters
import org.bouncycastle.crypto.params.KeyParameter
import java.security.KeyPairGenerator
import java.security.SecureRandom
import java.security.spec.RSAKeyGenParameterSpec
import javax.crypto.Cipher
import javax.crypto.CipherOutputStream
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import java.io.OutputStream

private const val MODE = "ECB"

class DeviceKeys {
    fun attestation(alias: String) {
        val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
            .setDigests(KeyProperties.DIGEST_SHA256)
            .setKeySize(1024) // flaw: weak-cipher
            .build()
        KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_RSA, "AndroidKeyStore").apply { initialize(spec) }.generateKeyPair()
    }

    fun storage(alias: String): SecretKey {
        val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM) // fine: weak-cipher
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(256)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, "AndroidKeyStore").apply { init(spec) }.generateKey()
    }

    fun backup() = KeyPairGenerator.getInstance("RSA").run {
        initialize(RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4)) // fine: weak-cipher
        generateKeyPair()
    }
}

class Store(private val key: ByteArray) {
    private fun blocks(secret: SecretKey): Cipher {
        val name = listOf("AES", MODE, "PKCS5Padding").joinToString("/")
        return Cipher.getInstance(name).apply { init(Cipher.ENCRYPT_MODE, secret) } // flaw: weak-cipher
    }

    fun contacts(secret: SecretKey, out: OutputStream): OutputStream = CipherOutputStream(out, blocks(secret))

    fun photos(secret: SecretKey, out: OutputStream): OutputStream {
        val cipher = Cipher.getInstance("AES/GCM/NoPadding") // fine: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, secret)
        out.write(cipher.iv)
        return CipherOutputStream(out, cipher)
    }

    fun notes(data: ByteArray): ByteArray {
        val cipher = PaddedBufferedBlockCipher(AESEngine.newInstance()) // flaw: weak-cipher
        cipher.init(true, KeyParameter(key))
        val out = ByteArray(cipher.getOutputSize(data.size))
        val n = cipher.processBytes(data, 0, data.size, out, 0)
        return out.copyOf(n + cipher.doFinal(out, n))
    }

    fun drafts(data: ByteArray): ByteArray {
        val nonce = ByteArray(12).also { SecureRandom().nextBytes(it) }
        val cipher = GCMBlockCipher.newInstance(AESEngine.newInstance()) // fine: weak-cipher
        cipher.init(true, AEADParameters(KeyParameter(key), 128, nonce))
        val out = ByteArray(cipher.getOutputSize(data.size))
        cipher.doFinal(out, cipher.processBytes(data, 0, data.size, out, 0))
        return nonce + out
    }

    fun engine(legacy: Boolean) = if (legacy) BlowfishEngine() else null // flaw: weak-cipher

    fun tripled(secret: SecretKey): Cipher =
        Cipher.getInstance("DESede/CBC/PKCS5Padding").apply { init(Cipher.ENCRYPT_MODE, secret) } // flaw: weak-cipher
}
