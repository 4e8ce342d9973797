package com.acme.store;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;

/** Runs as a system account; the drop folder is writable by all local users. */
public class DropFolder {

    private static final Path DROP = Paths.get("/srv/shared/drop");
    private final ConcurrentHashMap<String, Path> known = new ConcurrentHashMap<>();

    public void publish(String id, byte[] data) throws IOException {
        Path file = DROP.resolve(Integer.toHexString(id.hashCode()));
        if (!Files.exists(file)) {
            Files.write(file, data); // flaw: file-race
        }
    }

    public boolean publishOnce(String id, byte[] data) throws IOException {
        Path file = DROP.resolve(Integer.toHexString(id.hashCode()));
        try {
            Files.write(file, data, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE); // fine: file-race
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    public byte[] collect(long number) throws IOException {
        File file = new File(DROP.toFile(), "job-" + number);
        boolean link = Files.isSymbolicLink(file.toPath());
        if (link || file.length() > 1_000_000) {
            throw new IOException("refused");
        }
        try (FileInputStream in = new FileInputStream(file)) { // flaw: file-race
            return in.readAllBytes();
        }
    }

    public byte[] collectDirect(long number) throws IOException {
        Path file = DROP.resolve("job-" + number);
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) { // fine: file-race
            return in.readNBytes(1_000_000);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    public boolean acquire() throws IOException {
        File lock = new File(DROP.toFile(), ".lock");
        if (lock.exists()) {
            return false;
        }
        new FileOutputStream(lock).close(); // flaw: file-race
        return true;
    }

    public boolean acquireAtomically() throws IOException {
        File lock = new File(DROP.toFile(), ".lock2");
        return lock.createNewFile(); // fine: file-race
    }

    public void withChannelLock(Runnable work) throws IOException {
        try (FileChannel channel = FileChannel.open(Paths.get("/var/lib/acme/lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) { // fine: file-race
            work.run();
        }
    }

    public void rotate(long number) throws IOException {
        Path from = DROP.resolve("job-" + number);
        if (Files.isRegularFile(from) && ownedByService(from)) {
            append(from, "rotated\n");
        }
    }

    public void replaceState(Path staged) throws IOException {
        Path state = Paths.get("/var/lib/acme/state");
        if (Files.exists(state)) {
            known.put("state", state);
        }
        Files.move(staged, state, StandardCopyOption.ATOMIC_MOVE); // fine: file-race
    }

    private static boolean ownedByService(Path file) throws IOException {
        return Files.getOwner(file).getName().equals("acme");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND); // flaw: file-race
    }
}
