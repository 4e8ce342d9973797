package com.acme.accounts.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

public class AccountSecrets {

    private static final String LEGACY = "SHA-1";
    private static final String CURRENT = "SHA-256";
    private static final int ROUNDS = 310_000;

    private final SecureRandom random = new SecureRandom();
    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(12);
    private final Map<String, byte[]> thumbnails = new ConcurrentHashMap<>();

    public String storePassword(String password) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("MD5"); // flaw: weak-hash
        return HexFormat.of().formatHex(digest.digest(password.getBytes(StandardCharsets.UTF_8)));
    }

    public String storePasswordWithCost(String password) {
        return encoder.encode(password); // fine: weak-hash
    }

    public byte[] thumbnail(String imageUrl, byte[] rendered) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("MD5"); // fine: weak-hash
        String cacheKey = HexFormat.of().formatHex(digest.digest(imageUrl.getBytes(StandardCharsets.UTF_8)));
        return thumbnails.computeIfAbsent(cacheKey, k -> rendered);
    }

    public String resetToken(String email, long issuedAt, byte[] serverSecret) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance(LEGACY); // flaw: weak-hash
        digest.update(serverSecret);
        digest.update(email.getBytes(StandardCharsets.UTF_8));
        digest.update(Long.toString(issuedAt).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    public String documentFingerprint(byte[] document) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance(CURRENT); // fine: weak-hash
        return HexFormat.of().formatHex(digest.digest(document));
    }

    public String slowHash(char[] password) throws Exception {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        KeySpec spec = new PBEKeySpec(password, salt, ROUNDS, 256);
        SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256"); // fine: weak-hash
        byte[] hash = factory.generateSecret(spec).getEncoded();
        return Base64.getEncoder().encodeToString(salt) + ":" + Base64.getEncoder().encodeToString(hash);
    }

    public boolean verifyPin(String stored, String pin, String userId) {
        String candidate = DigestUtils.sha1Hex(userId + ":" + pin); // flaw: weak-hash
        return MessageDigest.isEqual(stored.getBytes(StandardCharsets.UTF_8),
                candidate.getBytes(StandardCharsets.UTF_8));
    }

    public boolean releaseIsAuthentic(byte[] artifact, String publishedDigest) throws NoSuchAlgorithmException {
        byte[] actual = digestWith("MD5", artifact);
        return MessageDigest.isEqual(actual, HexFormat.of().parseHex(publishedDigest));
    }

    public long shardFor(String key) {
        CRC32 crc = new CRC32(); // fine: weak-hash
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % 16;
    }

    public String eTag(byte[] body) {
        return '"' + DigestUtils.md5Hex(body) + '"'; // fine: weak-hash
    }

    private byte[] digestWith(String algorithm, byte[] data) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance(algorithm).digest(data); // flaw: weak-hash
    }
}
