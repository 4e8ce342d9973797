package importer

import net.lingala.zip4j.ZipFile
import org.apache.commons.compress.archivers.sevenz.SevenZFile
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream
import java.io.BufferedInputStream
import java.io.File
import java.io.InputStream
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.util.jar.JarFile
import kotlin.io.path.Path
import kotlin.io.path.createParentDirectories
import kotlin.io.path.name
import kotlin.io.path.outputStream

private val INCOMING: Path = Path("/srv/imports")

private fun target(name: String): Path = INCOMING.resolve(name)

private fun targetInside(name: String): Path? = INCOMING.resolve(name).normalize().takeIf { it.startsWith(INCOMING) && it != INCOMING }

fun zip(stream: InputStream) {
    ZipArchiveInputStream(BufferedInputStream(stream)).use { zip ->
        while (true) {
            val entry = zip.nextEntry ?: break
            if (entry.isDirectory) continue
            target(entry.name).createParentDirectories().outputStream().use { zip.copyTo(it) } // flaw: archive-extraction
        }
    }
}

fun zipInside(stream: InputStream) {
    ZipArchiveInputStream(BufferedInputStream(stream)).use { zip ->
        while (true) {
            val entry = zip.nextEntry ?: break
            val path = targetInside(entry.name)
            if (entry.isDirectory || path == null) continue
            path.createParentDirectories().outputStream().use { zip.copyTo(it) } // fine: archive-extraction
        }
    }
}

fun seven(file: File) {
    val archive = SevenZFile.builder().setFile(file).get()
    for (entry in archive.entries) {
        val out = File(INCOMING.toFile(), entry.name)
        if (entry.isDirectory) out.mkdirs() // flaw: archive-extraction
    }
    archive.close()
}

fun sevenNames(file: File): List<File> =
    SevenZFile.builder().setFile(file).get().use { archive -> archive.entries.map { File("listing", it.name) } } // fine: archive-extraction

class JarImport(private val out: File) {
    private fun save(name: String, bytes: ByteArray) {
        val path = listOf(out.path, name).joinToString(File.separator)
        File(path).writeBytes(bytes) // flaw: archive-extraction
    }

    fun classes(file: File) = JarFile(file).use { jar ->
        jar.stream().filter { it.name.endsWith(".class") }.forEach { save(it.name, jar.getInputStream(it).readBytes()) }
    }

    fun manifest(file: File) = JarFile(file).use { jar ->
        val entry = jar.getEntry("META-INF/MANIFEST.MF") ?: return@use
        File(out, "MANIFEST.MF").writeBytes(jar.getInputStream(entry).readBytes()) // fine: archive-extraction
    }
}

fun headers(file: File) {
    ZipFile(file).use { zip ->
        for (header in zip.fileHeaders) {
            zip.getInputStream(header).use { Files.copy(it, INCOMING.resolve(header.fileName)) } // flaw: archive-extraction
        }
    }
}

fun library(file: File) {
    ZipFile(file).use { it.extractAll(INCOMING.toString()) } // fine: archive-extraction
}

fun nested(file: Path) {
    FileSystems.newFileSystem(file, null as ClassLoader?).use { fs ->
        Files.walk(fs.getPath("/")).filter(Files::isRegularFile).forEach {
            Files.copy(it, INCOMING.resolve(it.name)) // fine: archive-extraction
        }
    }
}
