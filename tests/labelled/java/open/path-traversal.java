package com.acme.files;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Map;
import java.util.UUID;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class DocumentController {

    private static final Path ROOT = Paths.get("/srv/documents").toAbsolutePath().normalize();
    private static final Map<String, String> MANUALS = Map.of("setup", "setup-guide.pdf", "ops", "operations.pdf");

    @GetMapping(value = "/documents/raw", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    public byte[] raw(@RequestParam String name) throws IOException {
        return Files.readAllBytes(Paths.get("/srv/documents/" + name)); // flaw: path-traversal
    }

    @GetMapping(value = "/documents/checked", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    public byte[] checked(@RequestParam String name) throws IOException {
        Path target = ROOT.resolve(name).normalize();
        if (!target.startsWith(ROOT)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return Files.readAllBytes(target); // fine: path-traversal
    }

    @GetMapping("/documents/manual")
    public Resource manual(@RequestParam String topic) {
        String file = MANUALS.get(topic);
        if (file == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return new FileSystemResource(ROOT.resolve(file)); // fine: path-traversal
    }

    @GetMapping("/documents/report")
    public ResponseEntity<byte[]> report(@RequestParam String year, @RequestParam(required = false) String team)
            throws IOException {
        StringBuilder rel = new StringBuilder("reports");
        if (team != null) {
            rel.append(File.separator).append(team);
        }
        rel.append(File.separator).append(Integer.parseInt(year)).append(".pdf");
        File file = new File(ROOT.toFile(), rel.toString());
        try (FileInputStream in = new FileInputStream(file)) { // flaw: path-traversal
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).body(in.readAllBytes());
        }
    }

    @PostMapping("/documents/upload")
    public Map<String, String> upload(@RequestParam MultipartFile file) throws IOException {
        String original = file.getOriginalFilename();
        File target = new File("/srv/uploads", original);
        file.transferTo(target); // flaw: path-traversal
        return Map.of("status", "stored");
    }

    @PostMapping("/documents/attach")
    public Map<String, String> attach(@RequestParam MultipartFile file) throws IOException {
        String stored = UUID.randomUUID() + ".bin";
        file.transferTo(new File("/srv/uploads", stored)); // fine: path-traversal
        return Map.of("id", stored);
    }

    @GetMapping(value = "/documents/invoice/{id}", produces = MediaType.APPLICATION_PDF_VALUE)
    public byte[] invoice(@PathVariable long id) throws IOException {
        Path p = Paths.get("/srv/invoices", "inv-" + id + ".pdf");
        return Files.readAllBytes(p); // fine: path-traversal
    }

    @DeleteMapping("/documents")
    public Map<String, Boolean> delete(@RequestParam String folder, @RequestParam String name) throws IOException {
        return Map.of("deleted", remove(folder + "/" + name));
    }

    @GetMapping("/documents/canonical")
    public Map<String, Long> canonical(@RequestParam String name) throws IOException {
        File base = ROOT.toFile().getCanonicalFile();
        File target = new File(base, name).getCanonicalFile();
        if (!target.getPath().startsWith(base.getPath() + File.separator)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return Map.of("size", Files.size(target.toPath())); // fine: path-traversal
    }

    private boolean remove(String relative) throws IOException {
        Path target = ROOT.resolve(relative);
        return Files.deleteIfExists(target); // flaw: path-traversal
    }
}
