package io.northwind.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.Decoders;
import io.jsonwebtoken.security.Keys;

import org.springframework.security.crypto.encrypt.AesBytesEncryptor;

public class KeyRing {

    private static final String PUBLIC_ID = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"; // fine: hard-coded-key
    private static final Map<String, String> RING = Map.of(
            "2023", "c2VjcmV0LXJpbmcta2V5LTIwMjMtbm9ydGh3aW5kLWlv", // flaw: hard-coded-key
            "owner", "platform-team");
    private static final Path KEY_FILE = Path.of("/run/secrets/northwind-signing-key-2024.der"); // fine: hard-coded-key

    private final SecureRandom random = new SecureRandom();

    public String access(String user) {
        return JWT.create().withSubject(user).sign(Algorithm.HMAC512("nw-Access-9d81f0c2b7aa44e1")); // flaw: hard-coded-key
    }

    public String refresh(String user, String configuredSecret) {
        return JWT.create().withSubject(user).sign(Algorithm.HMAC512(configuredSecret)); // fine: hard-coded-key
    }

    public String ringToken(String user) {
        byte[] raw = Decoders.BASE64.decode(RING.get("2023"));
        return Jwts.builder().subject(user).signWith(Keys.hmacShaKeyFor(raw)).compact();
    }

    public SecretKey generated() {
        return Jwts.SIG.HS256.key().build(); // fine: hard-coded-key
    }

    public PrivateKey signing() throws Exception {
        byte[] der = Files.readAllBytes(KEY_FILE);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)); // fine: hard-coded-key
    }

    public AesBytesEncryptor encryptor(SecretKey key) {
        byte[] iv = new byte[12];
        iv[0] = 7; // flaw: hard-coded-key
        return new AesBytesEncryptor(key, new org.springframework.security.crypto.keygen.BytesKeyGenerator() {
            @Override
            public int getKeyLength() {
                return iv.length;
            }

            @Override
            public byte[] generateKey() {
                return iv.clone();
            }
        }, AesBytesEncryptor.CipherAlgorithm.GCM);
    }

    public GCMParameterSpec freshNonce() {
        byte[] iv = new byte[12];
        random.nextBytes(iv); // fine: hard-coded-key
        return new GCMParameterSpec(128, iv);
    }

    public SecretKey device(String model) {
        char[] chars;
        if (model.startsWith("X")) {
            chars = "X-series-shared-k3y-0f33aa91bc20".toCharArray(); // flaw: hard-coded-key
        } else {
            chars = System.getProperty("northwind.device.key").toCharArray();
        }
        return new SecretKeySpec(new String(chars).getBytes(java.nio.charset.StandardCharsets.UTF_8), "AES");
    }

    public SecretKey license() {
        return decode("Tm9ydGhXaW5kTGljZW5zZUtleTIwMjQhIQ=="); // flaw: hard-coded-key
    }

    public String publicId() {
        return PUBLIC_ID.substring(0, 12);
    }

    private static SecretKey decode(String text) {
        return new SecretKeySpec(Base64.getDecoder().decode(text), "HmacSHA256");
    }
}
