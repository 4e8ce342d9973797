package com.acme.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

public class Installer {

    private static final String OPEN_MODE = "rwxrwxrwx";
    private static final String OWNER_MODE = "rw-------";
    private static final String PROGRAM_MODE = "rwxr-xr-x";

    public void installScript(Path script) throws IOException {
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(OPEN_MODE)); // flaw: permissions
    }

    public void installProgram(Path program) throws IOException {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(PROGRAM_MODE)); // fine: permissions
    }

    public Path writeSecrets(Path dir, List<String> lines) throws IOException {
        FileAttribute<Set<PosixFilePermission>> owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_MODE));
        Path file = Files.createFile(dir.resolve("secrets.properties"), owner); // fine: permissions
        return Files.write(file, lines);
    }

    public Path prepareSpool(Path dir) throws IOException {
        Set<PosixFilePermission> perms = EnumSet.of(PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
        perms.add(PosixFilePermission.OTHERS_READ);
        perms.add(PosixFilePermission.OTHERS_EXECUTE);
        perms.add(PosixFilePermission.OTHERS_WRITE);
        Files.setPosixFilePermissions(dir, perms); // flaw: permissions
        return dir;
    }

    public Path preparePrivate(Path dir) throws IOException {
        Set<PosixFilePermission> perms = EnumSet.allOf(PosixFilePermission.class);
        perms.removeIf(p -> p.name().startsWith("OTHERS") || p.name().startsWith("GROUP"));
        Files.setPosixFilePermissions(dir, perms); // fine: permissions
        return dir;
    }

    public void shareConfig(File config) throws IOException {
        if (!config.exists() && !config.createNewFile()) {
            throw new IOException(config.getName());
        }
        config.setWritable(true, false); // flaw: permissions
    }

    public void lockConfig(File config) {
        config.setWritable(false, false);
        config.setWritable(true, true); // fine: permissions
    }

    public void installPlugins(List<Path> plugins, boolean shared) throws IOException {
        String mode = "rw-r--r--";
        if (shared) {
            mode = "rw-rw-rw-";
        }
        for (Path plugin : plugins) {
            apply(plugin, mode);
        }
    }

    public boolean isTooOpen(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE); // fine: permissions
    }

    private static void apply(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode)); // flaw: permissions
    }
}
