package io.northwind.gallery;

import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UploadedFile;

import org.apache.commons.io.FileUtils;
import org.apache.commons.io.FilenameUtils;

public class GalleryApp {

    enum Album { TRAVEL, FAMILY, WORK }

    private static final Path STORE = Path.of("/data/gallery");
    private static final List<String> CAPTIONS = List.of("en.txt", "es.txt", "nl.txt");

    public void register(Javalin app) {
        app.get("/pic", this::pic);
        app.get("/caption", this::caption);
        app.get("/album/{album}", this::album);
        app.post("/pic", this::upload);
        app.post("/scan", this::scan);
        app.get("/exif", this::exif);
        app.get("/real", this::real);
        app.post("/move", this::move);
    }

    private void pic(Context ctx) throws IOException {
        ctx.result(Files.newInputStream(STORE.resolve(ctx.queryParam("file")))).contentType("image/png"); // flaw: path-traversal
    }

    private void caption(Context ctx) throws IOException {
        String name = ctx.queryParam("name");
        int at = CAPTIONS.indexOf(name);
        if (at < 0) {
            throw new NotFoundResponse();
        }
        ctx.json(FileUtils.readLines(STORE.resolve(name).toFile(), "UTF-8")); // fine: path-traversal
    }

    private void album(Context ctx) throws IOException {
        Album album = Album.valueOf(ctx.pathParam("album"));
        try (var files = Files.list(STORE.resolve(album.name().toLowerCase()))) { // fine: path-traversal
            ctx.json(files.map(p -> p.getFileName().toString()).collect(Collectors.toList()));
        }
    }

    private void upload(Context ctx) throws IOException {
        UploadedFile file = ctx.uploadedFile("pic");
        String folder = Optional.ofNullable(ctx.formParam("album")).orElse("misc");
        String[] segments = {STORE.toString(), folder, "new.png"};
        String target = String.join("/", segments);
        FileUtils.copyInputStreamToFile(file.content(), new java.io.File(target)); // flaw: path-traversal
        ctx.status(201);
    }

    private void scan(Context ctx) throws IOException {
        UploadedFile file = ctx.uploadedFile("scan");
        String name = FilenameUtils.getName(file.filename());
        if (name.isEmpty() || name.startsWith(".")) {
            throw new NotFoundResponse();
        }
        Files.copy(file.content(), STORE.resolve("scans").resolve(name), StandardCopyOption.REPLACE_EXISTING); // fine: path-traversal
        ctx.status(201);
    }

    private void exif(Context ctx) throws IOException {
        String name = ctx.queryParam("pic").replace("../", "");
        try (RandomAccessFile raf = new RandomAccessFile(STORE + "/" + name, "r")) { // flaw: path-traversal
            ctx.json(raf.length());
        }
    }

    private void real(Context ctx) throws IOException {
        Path root = STORE.toRealPath();
        Path wanted = root.resolve(ctx.queryParam("file")).toRealPath();
        if (!wanted.startsWith(root)) {
            throw new NotFoundResponse();
        }
        ctx.result(Files.newInputStream(wanted)).contentType("image/png"); // fine: path-traversal
    }

    private void move(Context ctx) throws IOException {
        Entry entry = new Entry();
        entry.location = "/data/notes/" + ctx.formParam("note");
        ctx.json(entry.firstChar());
    }

    private static final class Entry {
        private String location;

        int firstChar() throws IOException {
            try (FileReader reader = new FileReader(location)) { // flaw: path-traversal
                return reader.read();
            }
        }
    }
}
