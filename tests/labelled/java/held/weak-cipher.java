package io.northwind.crypto;

import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.CipherOutputStream;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;

public class StreamSealer {

    private static final Map<String, String> MODES = Map.of(
            "compact", "AES",
            "standard", "ChaCha20-Poly1305");

    private final SecureRandom random = new SecureRandom();

    public void copyEncrypted(InputStream in, OutputStream out, SecretKey key) throws Exception {
        Cipher cipher = Cipher.getInstance("DESede"); // flaw: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, key);
        try (CipherOutputStream sink = new CipherOutputStream(out, cipher)) {
            in.transferTo(sink);
        }
    }

    public void copySealed(InputStream in, OutputStream out, SecretKey key) throws Exception {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance(MODES.get("standard")); // fine: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
        out.write(nonce);
        try (CipherOutputStream sink = new CipherOutputStream(out, cipher)) {
            in.transferTo(sink);
        }
    }

    public byte[] compact(byte[] data, SecretKey key) throws GeneralSecurityException {
        String mode = MODES.get("compact");
        Cipher cipher = Cipher.getInstance(mode); // flaw: weak-cipher
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(data);
    }

    public GCMModeCipher gcm() {
        return GCMBlockCipher.newInstance(AESEngine.newInstance()); // fine: weak-cipher
    }

    public CBCBlockCipher tripleDes() {
        return new CBCBlockCipher(new DESedeEngine()); // flaw: weak-cipher
    }

    public KeyPair deviceKeys(boolean smallDevice) throws GeneralSecurityException {
        int bits = 2048;
        if (smallDevice) {
            bits = 768;
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(65537))); // flaw: weak-cipher
        return generator.generateKeyPair();
    }

    public KeyPair serverKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4)); // fine: weak-cipher
        return generator.generateKeyPair();
    }

    public KeyPair edKeys() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair(); // fine: weak-cipher
    }

    public SecretKey legacyKey() throws GeneralSecurityException {
        return make("RC2", 40);
    }

    public SecretKey wrapKey() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("ChaCha20"); // fine: weak-cipher
        return generator.generateKey();
    }

    private static SecretKey make(String algorithm, int bits) throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance(algorithm);
        generator.init(bits); // flaw: weak-cipher
        return generator.generateKey();
    }
}
