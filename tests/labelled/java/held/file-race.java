package io.northwind.spool;

import java.io.File;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Privileged spooler; every local user can write below the spool folder. */
public class PrintSpooler {

    private static final Path SPOOL = Path.of("/var/spool/northwind");

    public List<String> read(int job) throws IOException {
        Path file = SPOOL.resolve("job" + job);
        BasicFileAttributes attrs = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attrs.isRegularFile()) {
            return List.of();
        }
        return Files.readAllLines(file); // flaw: file-race
    }

    public byte[] readRelative(int job) throws IOException {
        try (DirectoryStream<Path> dir = Files.newDirectoryStream(SPOOL)) {
            SecureDirectoryStream<Path> secure = (SecureDirectoryStream<Path>) dir;
            try (SeekableByteChannel channel = secure.newByteChannel(Path.of("job" + job), // fine: file-race
                    Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(65536);
                channel.read(buffer);
                return buffer.array();
            }
        }
    }

    public void status(int job, String text) throws IOException {
        File file = new File(SPOOL.toFile(), "status" + job);
        boolean fresh = !file.exists();
        String line = fresh ? "first " + text : text;
        if (fresh) {
            try (FileWriter writer = new FileWriter(file)) { // flaw: file-race
                writer.write(line);
            }
        }
    }

    public void statusOnce(int job, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(SPOOL.resolve("status" + job), // fine: file-race
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes()));
        }
    }

    public void claim(int job) throws IOException {
        try {
            Files.createDirectory(SPOOL.resolve("claim" + job)); // fine: file-race
        } catch (FileAlreadyExistsException e) {
            throw new IOException("claimed", e);
        }
    }

    public void makeReadable(Path dir) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir)) {
            for (Path p : stream) {
                if (Files.isSymbolicLink(p)) {
                    continue;
                }
                Files.setPosixFilePermissions(p, PosixFilePermissions.fromString("rw-r--r--")); // flaw: file-race
            }
        }
    }

    public boolean drop(int job) throws IOException {
        return Files.deleteIfExists(SPOOL.resolve("job" + job)); // fine: file-race
    }

    public void purge(int job) throws IOException {
        Path file = SPOOL.resolve("log" + job);
        if (Files.size(file) > 1_000_000 && !Files.isSymbolicLink(file)) {
            shrink(file);
        }
    }

    private static void shrink(Path file) throws IOException {
        Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close(); // flaw: file-race
    }
}
