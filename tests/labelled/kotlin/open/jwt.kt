package com.acme.auth

import com.auth0.jwt.JWT
import com.auth0.jwt.algorithms.Algorithm
import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import com.nimbusds.jose.crypto.MACVerifier
import com.nimbusds.jwt.SignedJWT
import io.jsonwebtoken.Claims
import io.jsonwebtoken.Jwts
import jakarta.servlet.http.HttpServletRequest
import java.security.PublicKey
import java.util.Base64
import java.util.Date
import javax.crypto.SecretKey

class TokenReader(private val key: SecretKey, private val secret: ByteArray, private val issuerKeys: Map<String, PublicKey>) {

    private fun bearer(request: HttpServletRequest): String =
        request.getHeader("Authorization").orEmpty().removePrefix("Bearer ")

    fun subject(request: HttpServletRequest): String? = JWT.decode(bearer(request)).subject // flaw: jwt

    fun verifiedSubject(request: HttpServletRequest): String? =
        JWT.require(Algorithm.HMAC256(secret)).withIssuer("acme").build().verify(bearer(request)).subject // fine: jwt

    fun claims(request: HttpServletRequest): Claims {
        val raw = bearer(request)
        val open = raw.substring(0, raw.lastIndexOf('.') + 1).replaceBefore('.', "eyJhbGciOiJub25lIn0")
        return Jwts.parser().unsecured().build().parseUnsecuredClaims(open).payload // flaw: jwt
    }

    fun verifiedClaims(request: HttpServletRequest): Claims =
        Jwts.parser().verifyWith(key).requireAudience("shop").build().parseSignedClaims(bearer(request)).payload // fine: jwt

    private fun payload(raw: String): Map<*, *> {
        val json = Base64.getUrlDecoder().decode(raw.split('.')[1]) // flaw: jwt
        return jacksonObjectMapper().readValue(json, Map::class.java)
    }

    fun isAdmin(request: HttpServletRequest): Boolean = payload(bearer(request))["role"] == "admin"

    fun tenant(request: HttpServletRequest): String? {
        val parsed = SignedJWT.parse(bearer(request))
        val claims = parsed.jwtClaimsSet
        if (claims.expirationTime.before(Date())) return null
        return claims.getStringClaim("tenant") // flaw: jwt
    }

    fun verifiedTenant(request: HttpServletRequest): String? {
        val parsed = SignedJWT.parse(bearer(request))
        if (!parsed.verify(MACVerifier(secret)) || parsed.jwtClaimsSet.expirationTime.before(Date())) return null
        return parsed.jwtClaimsSet.getStringClaim("tenant") // fine: jwt
    }

    fun federated(request: HttpServletRequest): Claims {
        val raw = bearer(request)
        val issuer = JWT.decode(raw).issuer // fine: jwt
        val publicKey = issuerKeys[issuer] ?: error("unknown issuer")
        return Jwts.parser().verifyWith(publicKey).build().parseSignedClaims(raw).payload
    }
}

class TokenWriter(private val secret: ByteArray) {
    fun service(name: String): String =
        JWT.create().withSubject(name).withClaim("role", "service").sign(Algorithm.none()) // flaw: jwt

    fun user(name: String): String =
        JWT.create().withSubject(name).withClaim("role", "user").sign(Algorithm.HMAC256(secret)) // fine: jwt
}
