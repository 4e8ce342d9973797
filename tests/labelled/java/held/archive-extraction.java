package io.northwind.themes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;

import com.github.junrar.Archive;
import com.github.junrar.rarfile.FileHeader;

import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.io.FileUtils;

public class ThemeInstaller {

    private static final Map<String, String> KNOWN = Map.of("theme.css", "main.css", "logo.png", "logo.png");

    private final Path themes;

    public ThemeInstaller(Path themes) {
        this.themes = themes.toAbsolutePath().normalize();
    }

    public void sevenZip(SevenZFile archive) throws IOException {
        for (SevenZArchiveEntry e = archive.getNextEntry(); e != null; e = archive.getNextEntry()) {
            InputStream in = archive.getInputStream(e);
            FileUtils.copyInputStreamToFile(in, new File(themes.toFile(), e.getName())); // flaw: archive-extraction
        }
    }

    public void known(SevenZFile archive) throws IOException {
        for (SevenZArchiveEntry e : archive.getEntries()) {
            String mapped = KNOWN.get(e.getName());
            if (mapped != null) {
                FileUtils.copyInputStreamToFile(archive.getInputStream(e), themes.resolve(mapped).toFile()); // fine: archive-extraction
            }
        }
    }

    public void rar(Archive archive) throws Exception {
        FileHeader header = archive.nextFileHeader();
        while (header != null) {
            String name = header.getFileName().replace('\\', '/');
            StringBuilder where = new StringBuilder(themes.toString());
            where.append('/').append(name);
            if (!header.isDirectory()) {
                try (var out = Files.newOutputStream(Path.of(where.toString()))) { // flaw: archive-extraction
                    archive.extractFile(header, out);
                }
            }
            header = archive.nextFileHeader();
        }
    }

    public void mounted(Path upload) throws IOException {
        try (FileSystem fs = FileSystems.newFileSystem(upload)) {
            Path css = fs.getPath("/theme.css");
            Files.copy(css, themes.resolve("main.css"), StandardCopyOption.REPLACE_EXISTING); // fine: archive-extraction
        }
    }

    public void generic(ArchiveInputStream<? extends ArchiveEntry> in) throws IOException {
        ArchiveEntry entry;
        while ((entry = in.getNextEntry()) != null) {
            Path target = inside(entry.getName());
            if (target != null && !entry.isDirectory()) {
                Files.createDirectories(target.getParent());
                Files.copy(in, target); // fine: archive-extraction
            }
        }
    }

    public void jar(JarInputStream in) throws IOException {
        ZipEntry entry;
        while ((entry = in.getNextEntry()) != null) {
            Path target = themes.resolve(entry.getName());
            if (target.startsWith(themes)) {
                Files.copy(in, target); // flaw: archive-extraction
            }
        }
    }

    public void fonts(ArchiveInputStream<? extends ArchiveEntry> in) throws IOException {
        ArchiveEntry entry;
        while ((entry = in.getNextEntry()) != null) {
            String name = entry.getName();
            if (name.contains("..") || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
                continue;
            }
            if (!entry.isDirectory()) {
                Files.copy(in, themes.resolve(name)); // fine: archive-extraction
            }
        }
    }

    public void preview(ArchiveInputStream<? extends ArchiveEntry> in) throws IOException {
        ArchiveEntry entry = in.getNextEntry();
        Slot slot = new Slot(new File("/srv/previews"), entry.getName());
        slot.fill(in);
    }

    private Path inside(String name) {
        Path target = themes.resolve(name).normalize();
        return target.startsWith(themes) ? target : null;
    }

    private record Slot(File folder, String name) {
        void fill(InputStream in) throws IOException {
            File file = new File(folder, name);
            Files.copy(in, file.toPath()); // flaw: archive-extraction
        }
    }
}
