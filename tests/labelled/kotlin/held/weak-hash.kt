package identity

import com.google.common.hash.HashFunction
import com.google.common.hash.Hashing
import de.mkammerer.argon2.Argon2Factory
import okio.ByteString.Companion.encodeUtf8
import org.bouncycastle.crypto.digests.MD4Digest
import java.io.InputStream
import java.security.DigestInputStream
import java.security.KeyPair
import java.security.MessageDigest
import java.security.Signature
import java.util.Locale
import java.util.zip.CRC32

class Account(val login: String, private val salt: String) {
    var hash: String = ""
        private set

    fun setPassword(password: String) {
        hash = (salt + password).encodeUtf8().md5().hex() // flaw: weak-hash
    }

    fun setPassphrase(phrase: CharArray) {
        hash = Argon2Factory.create().hash(3, 65536, 1, phrase) // fine: weak-hash
    }

    fun networkHash(password: String): ByteArray {
        val digest = MD4Digest() // flaw: weak-hash
        val bytes = password.toByteArray(Charsets.UTF_16LE)
        digest.update(bytes, 0, bytes.size)
        return ByteArray(digest.digestSize).also { digest.doFinal(it, 0) }
    }
}

enum class Digests(val function: HashFunction) {
    RESUME(Hashing.sha1()), // flaw: weak-hash
    ACCESS(Hashing.sha256()), // fine: weak-hash
}

class Tokens(private val secret: ByteArray) {
    fun resume(session: String): String =
        Digests.RESUME.function.newHasher().putBytes(secret).putString(session, Charsets.UTF_8).hash().toString()

    fun access(session: String): String = Hashing.hmacSha256(secret).hashString(session, Charsets.UTF_8).toString() // fine: weak-hash

    fun sign(pair: KeyPair, document: ByteArray): ByteArray {
        val signature = Signature.getInstance("SHA1withRSA") // flaw: weak-hash
        signature.initSign(pair.private)
        signature.update(document)
        return signature.sign()
    }

    fun signCurrent(pair: KeyPair, document: ByteArray): ByteArray =
        Signature.getInstance("SHA256withRSA").run { // fine: weak-hash
            initSign(pair.private)
            update(document)
            sign()
        }
}

object Content {
    fun gravatar(mail: String): String =
        "https://www.gravatar.com/avatar/" + mail.trim().lowercase(Locale.ROOT).encodeUtf8().md5().hex() // fine: weak-hash

    fun transfer(stream: InputStream): Long = CRC32().apply { stream.buffered().forEachByte { update(it) } }.value // fine: weak-hash

    fun cacheName(url: String): String = url.encodeUtf8().sha1().hex().take(12) // fine: weak-hash

    private fun InputStream.forEachByte(block: (Int) -> Unit) {
        while (true) {
            val b = read()
            if (b < 0) return
            block(b)
        }
    }

    fun copyWithDigest(stream: InputStream): ByteArray {
        val digest = MessageDigest.getInstance("SHA-512")
        DigestInputStream(stream, digest).use { it.readBytes() }
        return digest.digest()
    }
}
