package com.acme.jobs;

import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

public class ExportJob {

    private static final String TMP = System.getProperty("java.io.tmpdir");
    private static final Path WORK = Paths.get("/var/lib/acme-export/work");

    public File writeCsv(List<String> rows) throws IOException {
        File file = new File("/tmp/acme-export.csv");
        try (FileWriter writer = new FileWriter(file, StandardCharsets.UTF_8)) { // flaw: temp-file
            for (String row : rows) {
                writer.write(row + "\n");
            }
        }
        return file;
    }

    public Path writeSheet(List<String> rows) throws IOException {
        Path file = Files.createTempFile("acme-sheet", ".csv"); // fine: temp-file
        Files.write(file, rows, StandardCharsets.UTF_8);
        return file;
    }

    public File stage(String job, byte[] data) throws IOException {
        long stamp = System.currentTimeMillis();
        StringBuilder name = new StringBuilder("stage-");
        name.append(job.hashCode()).append('-').append(stamp).append(".bin");
        File file = new File(TMP, name.toString());
        try (FileOutputStream out = new FileOutputStream(file)) { // flaw: temp-file
            out.write(data);
        }
        return file;
    }

    public Path stageInOwnFolder(byte[] data) throws IOException {
        Path dir = Files.createTempDirectory("acme-stage",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = dir.resolve("stage.bin");
        Files.write(file, data, StandardOpenOption.CREATE_NEW); // fine: temp-file
        return file;
    }

    public File unpackFolder() throws IOException {
        File dir = File.createTempFile("unpack", "");
        if (!dir.delete() || !dir.mkdir()) { // flaw: temp-file
            throw new IOException("no folder");
        }
        return dir;
    }

    public Path checkpoint(long position) throws IOException {
        Path file = WORK.resolve("checkpoint.txt");
        return Files.writeString(file, Long.toString(position)); // fine: temp-file
    }

    public Path lock(int jobId) throws IOException {
        return write(Paths.get(TMP, "acme-job-" + jobId + ".state"), "running");
    }

    public Path attachment(String extension, byte[] body) throws IOException {
        String suffix = extension.matches("[a-z]{1,5}") ? "." + extension : ".dat";
        Path file = Files.createTempFile(WORK, "att", suffix); // fine: temp-file
        Files.write(file, body);
        return file;
    }

    private static Path write(Path target, String text) throws IOException {
        return Files.writeString(target, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING); // flaw: temp-file
    }
}
