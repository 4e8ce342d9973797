package com.acme.config

import com.zaxxer.hikari.HikariConfig
import com.zaxxer.hikari.HikariDataSource
import jakarta.mail.Authenticator
import jakarta.mail.PasswordAuthentication
import org.springframework.beans.factory.annotation.Value
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration
import org.springframework.data.redis.connection.RedisStandaloneConfiguration
import org.springframework.ldap.core.support.LdapContextSource
import java.io.File
import java.sql.Connection
import java.sql.DriverManager

private const val KEYSTORE_PASSWORD = "T1ger-Lily-2208" // flaw: hard-coded-password

private const val PASSWORD_PARAMETER = "password" // fine: hard-coded-password

private const val PASSWORD_RULE = "A password needs 12 characters" // fine: hard-coded-password

data class Login(val user: String, val password: String)

@Configuration
class Connections(@Value("\${orders.password}") private val ordersPassword: String) {

    @Bean
    fun reports() = HikariDataSource(HikariConfig().apply {
        jdbcUrl = "jdbc:postgresql://db.internal/reports?sslmode=verify-full"
        username = "reports"
        password = "R3p0rts-nightly!" // flaw: hard-coded-password
    })

    @Bean
    fun orders() = HikariDataSource(HikariConfig().apply {
        jdbcUrl = "jdbc:postgresql://db.internal/orders?sslmode=verify-full"
        username = "orders"
        password = ordersPassword // fine: hard-coded-password
    })

    fun billing(): Connection =
        DriverManager.getConnection("jdbc:mysql://db.internal/billing?sslMode=VERIFY_IDENTITY", "billing", "b1ll-Me-N0w") // flaw: hard-coded-password

    fun stock(): Connection =
        DriverManager.getConnection("jdbc:mysql://db.internal/stock?sslMode=VERIFY_IDENTITY", "stock", System.getenv("STOCK_PASSWORD")) // fine: hard-coded-password

    @Bean
    fun redis() = RedisStandaloneConfiguration("cache.internal", 6380).also {
        it.setPassword("ch3shire-grin") // flaw: hard-coded-password
    }

    @Bean
    fun ldap(): LdapContextSource {
        val reader = defaultLogin()
        return LdapContextSource().apply {
            setUrl("ldaps://ldap.internal")
            userDn = reader.user
            password = reader.password
        }
    }

    private fun defaultLogin() = Login("cn=reader,dc=acme", "0pen-Sesame-55") // flaw: hard-coded-password

    fun mail(): Authenticator = object : Authenticator() {
        override fun getPasswordAuthentication(): PasswordAuthentication {
            val secret = File("/run/secrets/smtp").readText().trim()
            return PasswordAuthentication("robot", secret) // fine: hard-coded-password
        }
    }

    fun keystore(): CharArray = KEYSTORE_PASSWORD.toCharArray()

    fun check(form: Map<String, String>): String? =
        if ((form[PASSWORD_PARAMETER]?.length ?: 0) < 12) PASSWORD_RULE else null
}
