package io.northwind.identity;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.google.common.hash.Hashing;

import org.bouncycastle.crypto.digests.MD4Digest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

public class IdentityHasher {

    enum Purpose { CREDENTIAL, BUCKET }

    private final byte[] macKey;

    public IdentityHasher(byte[] macKey) {
        this.macKey = macKey.clone();
    }

    public String credential(String secret, String salt) {
        return Hashing.sha1().hashString(salt + secret, StandardCharsets.UTF_8).toString(); // flaw: weak-hash
    }

    public byte[] credentialArgon(char[] secret, byte[] salt) {
        Argon2Parameters params = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id) // fine: weak-hash
                .withSalt(salt).withMemoryAsKB(65536).withIterations(3).withParallelism(1).build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(params);
        byte[] out = new byte[32];
        generator.generateBytes(secret, out);
        return out;
    }

    public byte[] signContract(byte[] contract, PrivateKey key) throws Exception {
        Signature signature = Signature.getInstance("SHA1withRSA"); // flaw: weak-hash
        signature.initSign(key);
        signature.update(contract);
        return signature.sign();
    }

    public byte[] signOffer(byte[] offer, PrivateKey key) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA"); // fine: weak-hash
        signature.initSign(key);
        signature.update(offer);
        return signature.sign();
    }

    public String seal(String message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA512"); // fine: weak-hash
        mac.init(new SecretKeySpec(macKey, "HmacSHA512"));
        return Base64.getEncoder().encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    }

    public int bucket(String userId) {
        return Math.floorMod(Hashing.murmur3_32_fixed().hashString(userId, StandardCharsets.UTF_8).asInt(), 64); // fine: weak-hash
    }

    public byte[] ntCredential(String secret) {
        byte[] data = secret.getBytes(StandardCharsets.UTF_16LE);
        MD4Digest digest = new MD4Digest(); // flaw: weak-hash
        digest.update(data, 0, data.length);
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }

    public boolean updateMatches(InputStream update, byte[] signedDigest) throws Exception {
        List<String> names = List.of("SHA-1");
        MessageDigest digest = MessageDigest.getInstance(names.get(0)); // flaw: weak-hash
        try (DigestInputStream in = new DigestInputStream(update, digest)) {
            in.skip(Long.MAX_VALUE);
        }
        return MessageDigest.isEqual(digest.digest(), signedDigest);
    }

    public boolean sameThumbnail(byte[] left, byte[] right) {
        return Arrays.equals(Hashing.md5().hashBytes(left).asBytes(), Hashing.md5().hashBytes(right).asBytes()); // fine: weak-hash
    }

    public byte[] vaultKey(char[] phrase, byte[] salt) throws Exception {
        return derive(phrase, salt, 1000);
    }

    private static byte[] derive(char[] phrase, byte[] salt, int rounds) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("MD5"); // flaw: weak-hash
        byte[] state = salt.clone();
        for (int i = 0; i < rounds; i++) {
            digest.update(state);
            state = digest.digest(new String(phrase).getBytes(StandardCharsets.UTF_8));
        }
        return state;
    }
}
