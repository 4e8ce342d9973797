package com.acme.tokens;

import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Date;
import java.util.Map;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.SignatureAlgorithm;

import javax.crypto.SecretKey;

public class TokenService {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SecretKey secret;
    private final RSAPublicKey publicKey;

    public TokenService(SecretKey secret, RSAPublicKey publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    public String subject(String bearer) {
        DecodedJWT decoded = JWT.decode(bearer.substring(7)); // flaw: jwt
        return decoded.getSubject();
    }

    public String verifiedSubject(String bearer) {
        DecodedJWT decoded = JWT.require(Algorithm.RSA256(publicKey, null)) // fine: jwt
                .withIssuer("https://login.acme.com")
                .build()
                .verify(bearer.substring(7));
        return decoded.getSubject();
    }

    public Map<String, Object> claims(String token) {
        Claims body = Jwts.parserBuilder().setSigningKey(secret).build().parseClaimsJws(token).getBody(); // fine: jwt
        return Map.copyOf(body);
    }

    public boolean isAdmin(String token) {
        Claims body = (Claims) Jwts.parserBuilder().setSigningKey(secret).build()
                .parse(token) // flaw: jwt
                .getBody();
        return "admin".equals(body.get("role", String.class));
    }

    public String issue(String user) {
        return Jwts.builder()
                .setSubject(user)
                .setExpiration(new Date(System.currentTimeMillis() + 900_000L))
                .signWith(secret, SignatureAlgorithm.HS256) // fine: jwt
                .compact();
    }

    public String issueInternal(String service, boolean signed) {
        Algorithm algorithm = Algorithm.HMAC256(secret.getEncoded());
        if (!signed) {
            algorithm = Algorithm.none(); // flaw: jwt
        }
        return JWT.create().withSubject(service).sign(algorithm);
    }

    public String tenant(String token) throws Exception {
        String[] parts = token.split("\\.");
        JsonNode payload = MAPPER.readTree(decode(parts[1]));
        if (payload.path("exp").asLong() * 1000 < System.currentTimeMillis()) {
            throw new IllegalStateException("expired");
        }
        return payload.path("tenant").asText();
    }

    public String keyIdForLookup(String token) {
        String kid = JWT.decode(token).getKeyId(); // fine: jwt
        JWT.require(Algorithm.RSA256(publicKey, null)).build().verify(token);
        return kid;
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part); // flaw: jwt
    }
}
