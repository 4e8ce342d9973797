package com.acme.imports;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.FilenameUtils;

public class ArchiveImporter {

    private static final int MAX_ENTRIES = 2000;

    public void unzip(InputStream upload, Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(upload)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                Path file = target.resolve(entry.getName());
                Files.copy(zip, file); // flaw: archive-extraction
            }
        }
    }

    public void unzipChecked(InputStream upload, Path target) throws IOException {
        Path base = target.toAbsolutePath().normalize();
        int seen = 0;
        try (ZipInputStream zip = new ZipInputStream(upload)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null && seen++ < MAX_ENTRIES) {
                Path file = base.resolve(entry.getName()).normalize();
                if (!file.startsWith(base)) {
                    throw new IOException("entry outside target");
                }
                Files.createDirectories(file.getParent());
                Files.copy(zip, file); // fine: archive-extraction
            }
        }
    }

    public void untar(InputStream upload, File target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(upload))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextTarEntry()) != null) {
                String name = entry.getName();
                if (name.startsWith("./")) {
                    name = name.substring(2);
                }
                File out = new File(target, name);
                if (entry.isDirectory()) {
                    out.mkdirs(); // flaw: archive-extraction
                    continue;
                }
                store(tar, out);
            }
        }
    }

    public void flatten(ZipFile zip, File target) throws IOException {
        Enumeration<? extends ZipEntry> entries = zip.entries();
        int index = 0;
        while (entries.hasMoreElements() && index < MAX_ENTRIES) {
            ZipEntry entry = entries.nextElement();
            File out = new File(target, "part-" + index++ + ".dat");
            try (FileOutputStream sink = new FileOutputStream(out)) { // fine: archive-extraction
                zip.getInputStream(entry).transferTo(sink);
            }
        }
    }

    public void plugins(JarFile jar, String folder) throws IOException {
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            String path = folder + File.separator + entry.getName();
            if (!path.endsWith(".class")) {
                continue;
            }
            try (FileOutputStream sink = new FileOutputStream(path)) { // flaw: archive-extraction
                jar.getInputStream(entry).transferTo(sink);
            }
        }
    }

    public void images(ZipFile zip, File target) throws IOException {
        for (ZipEntry entry : zip.stream().limit(MAX_ENTRIES).toArray(ZipEntry[]::new)) {
            String name = FilenameUtils.getName(entry.getName());
            if (!name.matches("[\\w-]+\\.(png|jpg)")) {
                continue;
            }
            Files.copy(zip.getInputStream(entry), new File(target, name).toPath()); // fine: archive-extraction
        }
    }

    public void canonical(ZipFile zip, File target) throws IOException {
        String prefix = target.getCanonicalPath() + File.separator;
        for (ZipEntry entry : zip.stream().limit(MAX_ENTRIES).toArray(ZipEntry[]::new)) {
            File out = new File(target, entry.getName()).getCanonicalFile();
            if (out.getPath().startsWith(prefix) && !entry.isDirectory()) {
                Files.copy(zip.getInputStream(entry), out.toPath()); // fine: archive-extraction
            }
        }
    }

    private void store(InputStream in, File out) throws IOException {
        try (BufferedOutputStream sink = new BufferedOutputStream(new FileOutputStream(out))) { // flaw: archive-extraction
            in.transferTo(sink);
        }
    }
}
