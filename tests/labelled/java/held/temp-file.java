package io.northwind.render;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;

import com.google.common.io.MoreFiles;

import org.apache.commons.io.FileUtils;
import org.apache.commons.io.IOUtils;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;

public class RenderScratch {

    private static final String SHARED = "/var/tmp";
    private static final File CACHE = new File("/opt/northwind/cache");

    private int counter;

    public void dumpPalette(String palette) throws IOException {
        FileUtils.writeStringToFile(new File("/tmp/palette.json"), palette, "UTF-8"); // flaw: temp-file
    }

    public File dumpFrame(byte[] frame) throws IOException {
        File file = File.createTempFile("frame", ".raw"); // fine: temp-file
        FileUtils.writeByteArrayToFile(file, frame);
        return file;
    }

    public String nightly(byte[] report) throws IOException {
        String day = LocalDate.now().toString();
        String path = SHARED + "/nightly-" + day;
        path = path + "-" + (++counter) + ".html";
        try (RandomAccessFile out = new RandomAccessFile(path, "rw")) { // flaw: temp-file
            out.write(report);
        }
        return path;
    }

    public long cache(InputStream in, int slot) throws IOException {
        File file = new File(CACHE, "slot-" + slot + ".bin");
        FileUtils.copyInputStreamToFile(in, file); // fine: temp-file
        return file.length();
    }

    public Path scratchDir() throws IOException {
        Path dir = Files.createTempDirectory("render"); // fine: temp-file
        MoreFiles.createParentDirectories(dir.resolve("a/b"));
        return dir;
    }

    public File workDir(String user) throws IOException {
        File dir = new File(FileUtils.getTempDirectory(), "render-" + user.hashCode());
        FileUtils.forceMkdir(dir); // flaw: temp-file
        return dir;
    }

    public void spill(byte[] data) throws IOException {
        Path base = Files.createTempFile("spill", ".part"); // fine: temp-file
        Files.delete(base);
        Path dir = Files.createTempDirectory("spill");
        try (var out = Files.newOutputStream(dir.resolve("0"), Set.of(CREATE_NEW, WRITE, DELETE_ON_CLOSE)
                .toArray(new java.nio.file.StandardOpenOption[0]))) {
            IOUtils.write(data, out);
        }
    }

    public void pid(long pid) throws IOException {
        new Marker("northwind-render.pid").write(Long.toString(pid));
    }

    private static final class Marker {
        private final File file;

        Marker(String name) {
            this.file = new File(System.getProperty("java.io.tmpdir"), name);
        }

        void write(String text) throws IOException {
            try (PrintWriter out = new PrintWriter(file)) { // flaw: temp-file
                out.println(text);
            }
        }
    }
}
