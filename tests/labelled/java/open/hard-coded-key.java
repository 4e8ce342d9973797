package com.acme.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class TokenSealer {

    private static final String SIGNING = "8f2KqPz71mXw0RtYvB3nLc5dJh6sGa9e"; // flaw: hard-coded-key
    private static final byte[] FIXED_IV = {12, 45, 3, 77, 91, 8, 23, 64, 5, 118, 32, 19, 84, 2, 51, 40}; // flaw: hard-coded-key
    private static final String KEY_PROPERTY = "ACME_TOKEN_SEALING_KEY_2024"; // fine: hard-coded-key
    private static final byte[] CONTEXT_LABEL = "acme-token-v2-context-label-0001".getBytes(StandardCharsets.UTF_8); // fine: hard-coded-key

    private final SecureRandom random = new SecureRandom();

    public String sign(String payload) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SIGNING.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder().encodeToString(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    }

    public byte[] encryptPage(byte[] page) throws GeneralSecurityException {
        SecretKey key = new SecretKeySpec("Zx81!kQ0pLm3#vTy".getBytes(StandardCharsets.US_ASCII), "AES"); // flaw: hard-coded-key
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        return join(nonce, cipher.doFinal(page));
    }

    public byte[] encryptCookie(byte[] value) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, fromEnvironment(), new IvParameterSpec(FIXED_IV));
        return cipher.doFinal(value);
    }

    public byte[] encryptNote(byte[] note) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        SecretKey key = new SecretKeySpec(HexFormat.of().parseHex(System.getenv(KEY_PROPERTY)), "AES"); // fine: hard-coded-key
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(CONTEXT_LABEL);
        return join(nonce, cipher.doFinal(note));
    }

    public SecretKey sessionKey() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256, random);
        return generator.generateKey(); // fine: hard-coded-key
    }

    public SecretKey fromStore(KeyStore store, char[] pass) throws GeneralSecurityException {
        return (SecretKey) store.getKey("token-sealing-key-alias", pass); // fine: hard-coded-key
    }

    public SecretKey backupKey() {
        String hex = "00112f9ac3d84be5";
        hex += "91d27c06ab58ee34"; // flaw: hard-coded-key
        return asKey(HexFormat.of().parseHex(hex));
    }

    private SecretKey fromEnvironment() {
        String value = System.getenv(KEY_PROPERTY);
        if (value == null) {
            value = "f0e1d2c3b4a5968778695a4b3c2d1e0f"; // flaw: hard-coded-key
        }
        return asKey(HexFormat.of().parseHex(value));
    }

    private static SecretKey asKey(byte[] raw) {
        return new SecretKeySpec(raw, "AES");
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] out = new byte[a.length + b.length];
        System.arraycopy(a, 0, out, 0, a.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }
}
