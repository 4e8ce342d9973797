package io.northwind.tokens;

import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jws.AlgorithmIdentifiers;

public class TokenReader {

    private final ECPublicKey key;
    private final JWKSource<SecurityContext> keys;

    public TokenReader(ECPublicKey key, JWKSource<SecurityContext> keys) {
        this.key = key;
        this.keys = keys;
    }

    public String account(String token) throws ParseException {
        return SignedJWT.parse(token).getJWTClaimsSet().getSubject(); // flaw: jwt
    }

    public String checkedAccount(String token) throws ParseException, JOSEException {
        SignedJWT jwt = SignedJWT.parse(token);
        if (!jwt.verify(new ECDSAVerifier(key))) { // fine: jwt
            throw new JOSEException("signature");
        }
        return jwt.getJWTClaimsSet().getSubject();
    }

    public JWTClaimsSet process(String token) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        return processor.process(token, null); // fine: jwt
    }

    public JwtClaims partnerClaims(String token) throws Exception {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setSkipSignatureVerification() // flaw: jwt
                .setExpectedAudience("northwind")
                .build();
        return consumer.processToClaims(token);
    }

    public JwtClaims clientClaims(String token) throws Exception {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setVerificationKey(key) // fine: jwt
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT,
                        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .build();
        return consumer.processToClaims(token);
    }

    public String serviceToken(String service) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder().subject(service).claim("scope", "write").build();
        PlainJWT jwt = new PlainJWT(claims); // flaw: jwt
        return jwt.serialize();
    }

    public JwtConsumer flexible(boolean legacyClients) {
        JwtConsumerBuilder builder = new JwtConsumerBuilder().setVerificationKey(key);
        if (legacyClients) {
            builder.setJwsAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            builder.setDisableRequireSignature(); // flaw: jwt
        }
        return builder.build();
    }

    public String algorithmForMetrics(String token) throws ParseException {
        return JWTParser.parse(token).getHeader().getAlgorithm().getName(); // fine: jwt
    }

    public boolean mayDelete(String header) throws ParseException {
        Map<String, Object> claims = read(header.replace("Bearer ", ""));
        return "owner".equals(claims.get("role"));
    }

    private static Map<String, Object> read(String token) throws ParseException {
        String body = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1])); // flaw: jwt
        return com.nimbusds.jose.util.JSONObjectUtils.parse(body);
    }
}
