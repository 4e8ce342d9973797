package com.acme.unpack

import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream
import java.io.File
import java.io.IOException
import java.io.InputStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.ZipEntry
import java.util.zip.ZipFile
import java.util.zip.ZipInputStream

private val CSV = Regex("[a-z0-9_]+\\.csv")

class Unpacker(private val target: File) {
    private fun store(name: String, source: InputStream) {
        val file = File(target, name)
        file.parentFile.mkdirs()
        file.outputStream().use { source.copyTo(it) } // flaw: archive-extraction
    }

    private fun inside(name: String): File {
        val file = File(target, name).canonicalFile
        if (!file.toPath().startsWith(target.canonicalFile.toPath())) throw IOException("entry leaves the folder")
        return file
    }

    fun zip(stream: InputStream) = ZipInputStream(stream).use { zip ->
        var entry: ZipEntry? = zip.nextEntry
        while (entry != null) {
            if (!entry.isDirectory) store(entry.name, zip)
            entry = zip.nextEntry
        }
    }

    fun zipInside(stream: InputStream) = ZipInputStream(stream).use { zip ->
        generateSequence { zip.nextEntry }.filterNot { it.isDirectory }.forEach {
            val file = inside(it.name)
            file.parentFile.mkdirs()
            file.outputStream().use { out -> zip.copyTo(out) } // fine: archive-extraction
        }
    }

    fun zipFile(archive: File) = ZipFile(archive).use { zip ->
        for (entry in zip.entries()) {
            Files.copy(zip.getInputStream(entry), target.toPath().resolve(entry.name)) // flaw: archive-extraction
        }
    }

    fun tables(archive: File) = ZipFile(archive).use { zip ->
        for (entry in zip.entries()) {
            if (!CSV.matches(entry.name)) continue
            Files.copy(zip.getInputStream(entry), target.toPath().resolve(entry.name)) // fine: archive-extraction
        }
    }

    fun tar(stream: InputStream) {
        val tar = TarArchiveInputStream(stream)
        var entry: TarArchiveEntry? = tar.nextEntry
        while (entry != null) {
            val path = "${target.path}/${entry.name}"
            if (entry.isDirectory) {
                File(path).mkdirs() // flaw: archive-extraction
            } else {
                File(path).writeBytes(tar.readBytes()) // flaw: archive-extraction
            }
            entry = tar.nextEntry
        }
    }

    fun numbered(stream: InputStream): List<Path> {
        val zip = ZipInputStream(stream)
        val paths = mutableListOf<Path>()
        while (zip.nextEntry != null) {
            val path = target.toPath().resolve("part-${paths.size}.bin")
            Files.copy(zip, path) // fine: archive-extraction
            paths += path
        }
        return paths
    }

    fun flat(archive: File) = ZipFile(archive).use { zip ->
        zip.entries().asSequence().filterNot { it.isDirectory }.forEach {
            val name = File(it.name.replace('\\', '/')).name
            if (name == ".." || name.isEmpty()) return@forEach
            Files.copy(zip.getInputStream(it), target.toPath().resolve(name)) // fine: archive-extraction
        }
    }
}
