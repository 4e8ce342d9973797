package com.acme.export

import java.io.File
import java.io.FileOutputStream
import java.io.InputStream
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.Paths
import java.nio.file.StandardOpenOption
import java.time.LocalDate

private const val LIST_FILE = "/tmp/export-list.csv"

private const val DATA_DIR = "/var/lib/export"

class Exporter(private val temp: String = System.getProperty("java.io.tmpdir")) {

    fun list(rows: List<String>) {
        File(LIST_FILE).writeText(rows.joinToString("\n")) // flaw: temp-file
    }

    fun listFresh(rows: List<String>): Path {
        val file = Files.createTempFile("list", ".csv") // fine: temp-file
        Files.write(file, rows)
        return file
    }

    fun daily(stream: InputStream): File {
        val file = File(temp, "daily-" + LocalDate.now() + ".bin")
        FileOutputStream(file).use { stream.copyTo(it) } // flaw: temp-file
        return file
    }

    fun stored(stream: InputStream): File {
        val file = File(DATA_DIR, "daily-" + LocalDate.now() + ".bin")
        FileOutputStream(file).use { stream.copyTo(it) } // fine: temp-file
        return file
    }

    private fun scratch(name: String): Path = Paths.get(temp).resolve("acme").resolve(name)

    fun spool(name: Int, data: ByteArray): Path {
        val path = scratch("spool-$name")
        Files.createDirectories(path.parent) // flaw: temp-file
        return Files.write(path, data, StandardOpenOption.CREATE_NEW)
    }

    fun workspace(data: ByteArray): Path {
        val folder = Files.createTempDirectory("acme") // fine: temp-file
        return Files.write(folder.resolve("data.bin"), data)
    }

    fun legacyFolder(): File {
        val marker = File.createTempFile("work", "")
        marker.delete()
        marker.mkdir() // flaw: temp-file
        return marker
    }

    fun once(data: ByteArray): Path =
        Files.write(Paths.get(temp, "acme-once.bin"), data, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE) // fine: temp-file
}
