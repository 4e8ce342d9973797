package com.acme.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;

import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

public class VaultCrypto {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final String EXPORT_TRANSFORMATION = "AES/ECB/PKCS5Padding";
    private static final int DEFAULT_BITS = 1024;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    public VaultCrypto(SecretKey key) {
        this.key = key;
    }

    public byte[] sealLegacy(byte[] plain, SecretKey desKey) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("DES/CBC/PKCS5Padding"); // flaw: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, desKey, random);
        byte[] iv = cipher.getIV();
        byte[] body = cipher.doFinal(plain);
        return ByteBuffer.allocate(iv.length + body.length).put(iv).put(body).array();
    }

    public byte[] seal(byte[] plain) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance(TRANSFORMATION); // fine: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        byte[] body = cipher.doFinal(plain);
        return ByteBuffer.allocate(nonce.length + body.length).put(nonce).put(body).array();
    }

    public byte[] exportRecords(Iterable<byte[]> records) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(EXPORT_TRANSFORMATION); // flaw: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, key);
        ByteBuffer out = ByteBuffer.allocate(1 << 16);
        for (byte[] record : records) {
            out.put(cipher.update(record));
        }
        out.put(cipher.doFinal());
        return out.array();
    }

    public KeyPair partnerKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(DEFAULT_BITS); // flaw: weak-cipher
        return generator.generateKeyPair();
    }

    public KeyPair signingKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(3072, random); // fine: weak-cipher
        return generator.generateKeyPair();
    }

    public KeyPair agreementKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random); // fine: weak-cipher
        return generator.generateKeyPair();
    }

    public byte[] stream(byte[] plain, boolean compact) throws GeneralSecurityException {
        String name;
        if (compact) {
            name = "RC4";
        } else {
            name = "ARCFOUR";
        }
        SecretKey streamKey = KeyGenerator.getInstance(name).generateKey();
        Cipher cipher = Cipher.getInstance(name); // flaw: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, streamKey);
        return cipher.doFinal(plain);
    }

    public byte[] wrapForPeer(byte[] secret, java.security.PublicKey peer) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding"); // fine: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, peer);
        return cipher.doFinal(secret);
    }

    public byte[] archive(byte[] plain, SecretKey archiveKey) throws GeneralSecurityException {
        return run(cipherFor("Blowfish"), archiveKey, plain);
    }

    public SecretKey freshKey() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256, random); // fine: weak-cipher
        return generator.generateKey();
    }

    private Cipher cipherFor(String algorithm) throws GeneralSecurityException {
        return Cipher.getInstance(algorithm); // flaw: weak-cipher
    }

    private byte[] run(Cipher cipher, SecretKey k, byte[] data) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, k, random);
        return cipher.doFinal(data);
    }
}
