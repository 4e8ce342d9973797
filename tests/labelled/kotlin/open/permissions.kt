package com.acme.install

import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermission
import java.nio.file.attribute.PosixFilePermission.*
import java.nio.file.attribute.PosixFilePermissions

private val EVERYONE: Set<PosixFilePermission> = PosixFilePermissions.fromString("rwxrwxrwx")

private val OWNER: Set<PosixFilePermission> = PosixFilePermissions.fromString("rwx------")

enum class Kind(val mode: String) {
    SHARED("rw-rw-rw-"),
    PRIVATE("rw-------"),
}

class Installer(private val base: Path) {
    private fun apply(path: Path, mode: String): Path =
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode))

    fun config(text: String): Path {
        val path = Files.writeString(base.resolve("config.yml"), text)
        return apply(path, Kind.SHARED.mode) // flaw: permissions
    }

    fun secrets(text: String): Path {
        val path = base.resolve("secrets.yml")
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(Kind.PRIVATE.mode))) // fine: permissions
        return Files.writeString(path, text)
    }

    fun plugins(): Path {
        val path = Files.createDirectories(base.resolve("plugins"))
        Files.setPosixFilePermissions(path, EVERYONE) // flaw: permissions
        return path
    }

    fun keys(): Path = Files.createDirectory(base.resolve("keys"), PosixFilePermissions.asFileAttribute(OWNER)) // fine: permissions

    fun script(text: String): File {
        val file = base.resolve("start.sh").toFile()
        file.writeText(text)
        file.setExecutable(true, true) // fine: permissions
        return file
    }

    fun state(text: String): File {
        val file = base.resolve("state.db").toFile()
        file.writeText(text)
        file.setWritable(true, false) // flaw: permissions
        return file
    }

    fun journal(): Path {
        val path = Files.createFile(base.resolve("journal.log"))
        val modes = mutableSetOf(OWNER_READ, OWNER_WRITE)
        modes += setOf(GROUP_READ, OTHERS_READ)
        modes.add(OTHERS_WRITE)
        return Files.setPosixFilePermissions(path, modes) // flaw: permissions
    }

    fun tighten() {
        Files.walk(base).use { paths ->
            paths.filter(Files::isRegularFile).forEach { path ->
                val modes = Files.getPosixFilePermissions(path).toMutableSet()
                modes -= setOf(OTHERS_WRITE, OTHERS_READ)
                Files.setPosixFilePermissions(path, modes) // fine: permissions
            }
        }
    }
}
