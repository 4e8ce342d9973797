package com.acme.spool

import java.io.File
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.*
import java.nio.file.attribute.PosixFilePermissions

class Spool(private val shared: Path) {
    private fun plain(name: String): Path = shared.resolve(Paths.get(name).fileName)

    private fun free(path: Path): Boolean = !Files.exists(path, LinkOption.NOFOLLOW_LINKS)

    fun claim(name: String, data: ByteArray) {
        val file = plain(name).toFile()
        if (!file.exists()) {
            file.writeBytes(data) // flaw: file-race
        }
    }

    fun claimOnce(name: String, data: ByteArray) {
        Files.newOutputStream(plain(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).use { it.write(data) } // fine: file-race
    }

    fun read(name: String): ByteArray {
        val path = plain(name)
        if (Files.isSymbolicLink(path)) throw IOException("link")
        return Files.readAllBytes(path) // flaw: file-race
    }

    fun readDirect(name: String): ByteArray =
        Files.newInputStream(plain(name), LinkOption.NOFOLLOW_LINKS).use { it.readAllBytes() } // fine: file-race

    fun put(name: String, data: ByteArray): Path {
        val path = plain(name)
        if (!free(path)) throw FileAlreadyExistsException(name)
        return Files.write(path, data) // flaw: file-race
    }

    fun lock(name: String): Boolean = File(shared.toFile(), ".$name.lock").createNewFile() // fine: file-race

    fun publish(name: String, data: ByteArray): Path {
        val part = Files.createTempFile(shared, "part", null)
        Files.write(part, data)
        return Files.move(part, plain(name), StandardCopyOption.ATOMIC_MOVE) // fine: file-race
    }

    fun secret(name: String, text: String): Path {
        val path = plain(name)
        Files.writeString(path, text) // flaw: file-race
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"))
        return path
    }

    fun append(name: String, lines: Int): Int {
        FileChannel.open(plain(name), StandardOpenOption.APPEND).use { channel ->
            channel.lock().use { return lines + channel.size().toInt() }
        }
    }
}
