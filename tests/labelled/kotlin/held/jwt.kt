package tokens

import com.auth0.jwk.JwkProvider
import com.auth0.jwt.algorithms.Algorithm
import com.auth0.jwt.JWT
import com.nimbusds.jose.JWSAlgorithm
import com.nimbusds.jose.proc.JWSVerificationKeySelector
import com.nimbusds.jose.jwk.source.JWKSource
import com.nimbusds.jose.proc.SecurityContext
import com.nimbusds.jwt.JWTParser
import com.nimbusds.jwt.PlainJWT
import com.nimbusds.jwt.JWTClaimsSet
import com.nimbusds.jwt.proc.DefaultJWTProcessor
import io.ktor.http.auth.parseAuthorizationHeader
import io.ktor.server.application.Application
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.install
import io.ktor.server.auth.Authentication
import io.ktor.server.auth.jwt.JWTPrincipal
import io.ktor.server.auth.jwt.jwt
import org.jose4j.jwt.JwtClaims
import org.jose4j.jwt.consumer.JwtConsumerBuilder
import java.security.Key

private val ApplicationCall.token: String
    get() = request.headers["Authorization"]?.removePrefix("Bearer ").orEmpty()

class Jose(private val key: Key) {
    private fun builder() = JwtConsumerBuilder().setRequireExpirationTime().setExpectedAudience("shop")

    fun quick(call: ApplicationCall): JwtClaims =
        builder().setSkipSignatureVerification().build().processToClaims(call.token) // flaw: jwt

    fun full(call: ApplicationCall): JwtClaims =
        builder().setVerificationKey(key).build().processToClaims(call.token) // fine: jwt

    fun mixed(call: ApplicationCall): JwtClaims {
        val consumer = builder().setVerificationKey(key)
        if (call.request.headers["X-Internal"] != null) {
            consumer.setDisableRequireSignature() // flaw: jwt
            consumer.setJwsAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS)
        }
        return consumer.build().processToClaims(call.token)
    }
}

class Nimbus(private val source: JWKSource<SecurityContext>) {
    fun user(call: ApplicationCall): String {
        val claims = JWTParser.parse(call.token).jwtClaimsSet // flaw: jwt
        return claims.subject
    }

    fun verifiedUser(call: ApplicationCall): String {
        val processor = DefaultJWTProcessor<SecurityContext>()
        processor.jwsKeySelector = JWSVerificationKeySelector(JWSAlgorithm.RS256, source)
        return processor.process(call.token, null).subject // fine: jwt
    }

    fun share(document: String): String {
        val claims = JWTClaimsSet.Builder().claim("document", document).claim("scope", "read").build()
        return PlainJWT(claims).serialize() // flaw: jwt
    }
}

fun Application.security(provider: JwkProvider, issuer: String) {
    install(Authentication) {
        jwt("users") {
            verifier(provider, issuer) { acceptLeeway(3) } // fine: jwt
            validate { credential -> JWTPrincipal(credential.payload).takeIf { credential.payload.subject != null } }
        }
        jwt("devices") {
            verifier(JWT.require(Algorithm.none()).withIssuer(issuer).build()) // flaw: jwt
            validate { credential -> JWTPrincipal(credential.payload) }
            authHeader { it.request.headers["Authorization"]?.let(::parseAuthorizationHeader) }
        }
    }
}

fun logId(call: ApplicationCall, provider: JwkProvider): String {
    val kid = JWT.decode(call.token).keyId // fine: jwt
    val publicKey = provider.get(kid).publicKey as java.security.interfaces.RSAPublicKey
    return JWT.require(Algorithm.RSA256(publicKey, null)).build().verify(call.token).id
}
