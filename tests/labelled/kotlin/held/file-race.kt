package uploads

import okio.FileSystem
import okio.Path.Companion.toPath
import java.io.FileOutputStream
import java.io.IOException
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.nio.file.StandardOpenOption.*
import java.nio.file.attribute.PosixFilePermissions
import kotlin.io.path.*

private val SHARED = Path("/srv/exchange")

private val FS = FileSystem.SYSTEM

fun interface Guard {
    fun check(path: Path)
}

class Exchange(private val guard: Guard) {
    private fun path(name: String): Path = SHARED / Path(name).name

    fun collect(name: String): String {
        val path = path(name)
        guard.check(path)
        return path.readText() // flaw: file-race
    }

    fun stamp(name: String, pid: Long) {
        val path = path("$name.pid")
        if (path.notExists()) {
            path.writeText(pid.toString()) // flaw: file-race
        }
    }

    fun stampOnce(name: String, pid: Long) {
        path("$name.pid").writeText(pid.toString(), Charsets.UTF_8, CREATE_NEW, WRITE) // fine: file-race
    }

    fun reserve(name: String) {
        FS.openReadWrite(path(name).toString().toPath(), mustCreate = true).close() // fine: file-race
    }

    fun replace(name: String, bytes: ByteArray) {
        val file = path(name).toFile()
        if (file.isFile && file.canWrite()) {
            FileOutputStream(file).use { it.write(bytes) } // flaw: file-race
        }
    }

    fun lock(name: String): Boolean = try {
        Files.createDirectory(path(".$name.lock")) // fine: file-race
        true
    } catch (e: IOException) {
        false
    }

    fun loosen(name: String) {
        val path = path(name)
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----")) // flaw: file-race
        }
    }

    fun key(name: String, bytes: ByteArray) {
        val owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        Files.newByteChannel(path(name), setOf(CREATE_NEW, WRITE), owner).use { // fine: file-race
            it.write(java.nio.ByteBuffer.wrap(bytes))
        }
    }
}

val regularOnly = Guard { if (!it.isRegularFile(LinkOption.NOFOLLOW_LINKS)) throw IOException("kind") }
