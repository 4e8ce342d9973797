package io.northwind.provision;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

public class Provisioner {

    private static final Map<String, String> MODES = Map.of("log", "rw-r-----", "drop", "rwxrwxrwx");
    private static final short DATA = 0750;

    public Path dropBox(Path parent) throws IOException {
        return Files.createDirectory(parent.resolve("drop"), asFileAttribute(fromString(MODES.get("drop")))); // flaw: permissions
    }

    public Path logs(Path parent) throws IOException {
        return Files.createFile(parent.resolve("app.log"), asFileAttribute(fromString(MODES.get("log")))); // fine: permissions
    }

    public void hadoop(FileSystem fs, org.apache.hadoop.fs.Path dir) throws IOException {
        fs.setPermission(dir, new FsPermission((short) 0777)); // flaw: permissions
    }

    public void hadoopData(FileSystem fs, org.apache.hadoop.fs.Path dir) throws IOException {
        fs.setPermission(dir, new FsPermission(DATA)); // fine: permissions
    }

    public void hadoopTeam(FileSystem fs, org.apache.hadoop.fs.Path dir) throws IOException {
        FsPermission perm = new FsPermission(FsAction.ALL, FsAction.READ_EXECUTE, FsAction.NONE);
        fs.setPermission(dir, perm); // fine: permissions
    }

    public void shareQueue(Path queue) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(queue, PosixFileAttributeView.class);
        Set<PosixFilePermission> all = new HashSet<>(Arrays.asList(PosixFilePermission.values()));
        view.setPermissions(all); // flaw: permissions
    }

    public void closeQueue(Path queue) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(queue, PosixFileAttributeView.class);
        Set<PosixFilePermission> current = new HashSet<>(view.readAttributes().permissions());
        current.remove(PosixFilePermission.OTHERS_READ);
        current.remove(PosixFilePermission.OTHERS_WRITE);
        current.remove(PosixFilePermission.GROUP_WRITE);
        view.setPermissions(current); // fine: permissions
    }

    public void attribute(Path socket, boolean publicSocket) throws IOException {
        Set<PosixFilePermission> perms = fromString("rw-rw----");
        if (publicSocket) {
            perms = fromString("rw-rw-rw-");
        }
        Files.setAttribute(socket, "posix:permissions", perms); // flaw: permissions
    }

    public void tool(File tool) {
        tool.setReadable(true, false);
        tool.setExecutable(true, false); // fine: permissions
    }

    public void plugins(File folder) {
        for (File plugin : folder.listFiles()) {
            open(plugin, false);
        }
    }

    private static void open(File file, boolean ownerOnly) {
        file.setWritable(true, ownerOnly); // flaw: permissions
    }
}
