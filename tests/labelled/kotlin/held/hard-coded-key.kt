package mobile.secrets

import android.content.Context
import android.util.Base64
import androidx.security.crypto.EncryptedSharedPreferences
import androidx.security.crypto.MasterKey
import com.auth0.jwt.JWT
import com.auth0.jwt.algorithms.Algorithm
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.sessions.SessionTransportTransformerEncrypt
import io.ktor.server.sessions.SessionTransportTransformerMessageAuthentication
import io.ktor.server.sessions.Sessions
import io.ktor.server.sessions.cookie
import io.ktor.util.hex
import net.sqlcipher.database.SQLiteDatabase
import javax.crypto.Cipher
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec

data class Session(val user: String)

data class Other(val cart: String)

object Keys {
    const val PREFERENCE_NAME = "encrypted_key_store" // fine: hard-coded-key
    val FIELD_KEY: ByteArray = Base64.decode("Y2F0cy1hbmQtZG9ncy1hbmQtYmlyZHMtYW5kLWVlbHM=", Base64.DEFAULT) // flaw: hard-coded-key
    private val NONCE = "a1b2c3d4e5f6".toByteArray() // flaw: hard-coded-key

    fun field(value: String): ByteArray = Cipher.getInstance("AES/GCM/NoPadding").run {
        init(Cipher.ENCRYPT_MODE, SecretKeySpec(FIELD_KEY, "AES"), GCMParameterSpec(128, NONCE))
        doFinal(value.toByteArray())
    }

    fun stored(secret: SecretKey, value: String): ByteArray = Cipher.getInstance("AES/GCM/NoPadding").run {
        init(Cipher.ENCRYPT_MODE, secret)
        updateAAD("field/v1".toByteArray()) // fine: hard-coded-key
        iv + doFinal(value.toByteArray())
    }
}

fun Application.sessions() {
    install(Sessions) {
        cookie<Session>("session") {
            cookie.secure = true
            cookie.httpOnly = true
            val signKey = hex("6819b57a326945c1968f45236589ab01") // flaw: hard-coded-key
            transform(SessionTransportTransformerMessageAuthentication(signKey))
        }
        cookie<Other>("cart") {
            cookie.secure = true
            cookie.httpOnly = true
            val config = environment.config
            val encryptKey = hex(config.property("session.encrypt").getString()) // fine: hard-coded-key
            val signKey = hex(config.property("session.sign").getString())
            transform(SessionTransportTransformerEncrypt(encryptKey, signKey))
        }
    }
}

class Tokens(private val config: Map<String, String>) {
    private fun algorithm(name: String): Algorithm = when (name) {
        "partner" -> Algorithm.HMAC512("w8-Partner-Signing-2f7a91") // flaw: hard-coded-key
        else -> Algorithm.HMAC512(config.getValue("jwt.secret")) // fine: hard-coded-key
    }

    fun issue(user: String, audience: String): String =
        JWT.create().withSubject(user).withAudience(audience).sign(algorithm(audience))
}

class LocalDatabase(private val context: Context) {
    fun open(): SQLiteDatabase =
        SQLiteDatabase.openOrCreateDatabase(context.getDatabasePath("main.db"), "h7%Kd!20fz-Lq9", null) // flaw: hard-coded-key

    fun preferences() = EncryptedSharedPreferences.create(
        context,
        Keys.PREFERENCE_NAME,
        MasterKey.Builder(context).setKeyScheme(MasterKey.KeyScheme.AES256_GCM).build(), // fine: hard-coded-key
        EncryptedSharedPreferences.PrefKeyEncryptionScheme.AES256_SIV,
        EncryptedSharedPreferences.PrefValueEncryptionScheme.AES256_GCM,
    )
}
