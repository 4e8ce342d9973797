package io.northwind.game;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

public class LobbyService {

    private final Map<String, String> csrfTokens = new HashMap<>();
    private final RandomGenerator effects = RandomGenerator.of("L64X128MixRandom");
    private final Random dice = new Random();

    public String csrfToken(String session) {
        String token = Long.toString(new SplittableRandom().nextLong(), 36); // flaw: weak-random
        csrfTokens.put(session, token);
        return token;
    }

    public String csrfTokenFor(String session) throws NoSuchAlgorithmException {
        byte[] raw = new byte[32];
        SecureRandom.getInstanceStrong().nextBytes(raw); // fine: weak-random
        csrfTokens.put(session, Base64.getEncoder().encodeToString(raw));
        return csrfTokens.get(session);
    }

    public int rollForDisplay() {
        return dice.nextInt(6) + 1; // fine: weak-random
    }

    public String smsCode() {
        int code = 0;
        for (int i = 0; i < 6; i++) {
            code = code * 10 + dice.nextInt(10); // flaw: weak-random
        }
        return String.format("%06d", code);
    }

    public String emailCode(SecureRandom random) {
        return random.ints(8, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining()); // fine: weak-random
    }

    public byte[] passwordSalt() {
        byte[] salt = new byte[16];
        ThreadLocalRandom.current().nextBytes(salt); // flaw: weak-random
        return salt;
    }

    public List<double[]> particles(int count) {
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(new double[] {effects.nextDouble(), effects.nextDouble()}); // fine: weak-random
        }
        return out;
    }

    public String downloadSecret(long fileId) {
        Random seeded = new Random(System.currentTimeMillis());
        StringBuilder secret = new StringBuilder("dl-").append(fileId).append('-');
        secret.append(seeded.ints(20, 'a', 'z' + 1) // flaw: weak-random
                .mapToObj(c -> String.valueOf((char) c)).collect(Collectors.joining()));
        return secret.toString();
    }

    public long backoff(int n) {
        return ThreadLocalRandom.current().nextLong(1L << Math.min(n, 10)); // fine: weak-random
    }

    public String oauthState() {
        return hex(24);
    }

    private String hex(int length) {
        StringBuilder out = new StringBuilder(length);
        while (out.length() < length) {
            out.append(Character.forDigit(effects.nextInt(16), 16)); // flaw: weak-random
        }
        return out.toString();
    }
}
