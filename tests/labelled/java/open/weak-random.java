package com.acme.accounts.tokens;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.commons.lang3.RandomStringUtils;

public class CodeFactory {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final Random fast = new Random();
    private final SecureRandom generator = new SecureRandom();

    public String sessionId(String user) {
        long value = new Random().nextLong(); // flaw: weak-random
        return user.hashCode() + "-" + Long.toHexString(value);
    }

    public String rememberMeToken() {
        byte[] bytes = new byte[24];
        generator.nextBytes(bytes); // fine: weak-random
        return new BigInteger(1, bytes).toString(36);
    }

    public String passwordResetCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            int index = ThreadLocalRandom.current().nextInt(ALPHABET.length()); // flaw: weak-random
            code.append(ALPHABET.charAt(index));
        }
        return code.toString();
    }

    public String voucherCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            code.append(ALPHABET.charAt(generator.nextInt(ALPHABET.length()))); // fine: weak-random
        }
        return code.toString();
    }

    public String temporaryPassword() {
        StringBuilder out = new StringBuilder(12);
        while (out.length() < 12) {
            char c = (char) ('!' + (int) (Math.random() * 90)); // flaw: weak-random
            if (c != '"' && c != '\\') {
                out.append(c);
            }
        }
        return out.toString();
    }

    public byte[] encryptionNonce(int size) {
        byte[] nonce = new byte[size];
        fill(nonce);
        return nonce;
    }

    public String apiKey() {
        return "ak_" + RandomStringUtils.random(32, 0, 0, true, true, null, fast); // flaw: weak-random
    }

    public String invitation() {
        return UUID.randomUUID().toString(); // fine: weak-random
    }

    public long retryDelay(int attempt) {
        long base = 100L << Math.min(attempt, 8);
        return base + fast.nextInt(100); // fine: weak-random
    }

    public <T> List<T> dailyTips(List<T> tips) {
        Collections.shuffle(tips, new Random(20240101L)); // fine: weak-random
        return tips.subList(0, Math.min(3, tips.size()));
    }

    public String bannerColor() {
        String[] colors = {"teal", "plum", "amber"};
        return colors[(int) (Math.random() * colors.length)]; // fine: weak-random
    }

    private void fill(byte[] target) {
        fast.nextBytes(target); // flaw: weak-random
    }
}
