package com.acme.docs

import org.springframework.core.io.FileSystemResource
import org.springframework.core.io.Resource
import org.springframework.http.HttpStatus
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.*
import org.springframework.web.multipart.MultipartFile
import org.springframework.web.server.ResponseStatusException
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.Paths
import java.util.UUID

private const val ROOT = "/srv/documents"

class DocumentStore(private val root: Path) {
    fun read(name: String): ByteArray = Files.readAllBytes(root.resolve(name)) // flaw: path-traversal

    fun resolveInside(name: String): Path {
        val full = root.resolve(name).normalize()
        if (!full.startsWith(root)) throw ResponseStatusException(HttpStatus.NOT_FOUND)
        return full
    }
}

@RestController
@RequestMapping("/documents")
class DocumentController {
    private val store = DocumentStore(Paths.get(ROOT))

    @GetMapping("/raw", produces = ["application/octet-stream"])
    fun raw(@RequestParam name: String): ByteArray = File("$ROOT/$name").readBytes() // flaw: path-traversal

    @GetMapping("/stored", produces = ["application/octet-stream"])
    fun stored(@RequestParam name: String): ByteArray = Files.readAllBytes(store.resolveInside(name)) // fine: path-traversal

    @GetMapping("/by-owner/{owner}", produces = ["application/octet-stream"])
    fun byOwner(@PathVariable owner: String, @RequestParam year: String): ByteArray {
        val name = buildString {
            append(owner).append('/')
            append(year).append("/summary.pdf")
        }
        return store.read(name)
    }

    @GetMapping("/{id}")
    fun byId(@PathVariable id: UUID): ResponseEntity<Resource> {
        val file = File(ROOT, "$id.pdf")
        return ResponseEntity.ok().body(FileSystemResource(file)) // fine: path-traversal
    }

    @PostMapping
    fun upload(@RequestParam file: MultipartFile): String {
        val name = file.originalFilename ?: "upload.bin"
        val target = File(ROOT, "incoming/" + name)
        file.transferTo(target) // flaw: path-traversal
        return "stored"
    }

    @PostMapping("/inbox")
    fun inbox(@RequestParam file: MultipartFile): String {
        val extension = if (file.originalFilename?.endsWith(".pdf") == true) "pdf" else "bin"
        val target = File(ROOT, "inbox/${UUID.randomUUID()}.$extension")
        file.transferTo(target) // fine: path-traversal
        return "stored"
    }

    @DeleteMapping
    fun delete(@RequestParam names: List<String>): Int {
        var removed = 0
        for (name in names) {
            if (name.startsWith("/")) continue
            val path = Paths.get(ROOT, name)
            if (Files.deleteIfExists(path)) removed++ // flaw: path-traversal
        }
        return removed
    }

    @GetMapping("/page/{number}", produces = ["text/plain"])
    fun page(@PathVariable number: Int): String = File("$ROOT/pages/%05d.txt".format(number)).readText() // fine: path-traversal

    @GetMapping("/canonical", produces = ["application/octet-stream"])
    fun canonical(@RequestParam name: String): ByteArray {
        val file = File(ROOT, name).canonicalFile
        if (!file.path.startsWith(ROOT + File.separator)) throw ResponseStatusException(HttpStatus.NOT_FOUND)
        return file.readBytes() // fine: path-traversal
    }
}
