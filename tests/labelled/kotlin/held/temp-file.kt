package build

import okio.FileSystem
import okio.Path.Companion.toPath
import java.io.File
import java.io.RandomAccessFile
import java.nio.channels.FileChannel
import java.nio.file.StandardOpenOption
import kotlin.io.path.Path
import kotlin.io.path.createTempDirectory
import kotlin.io.path.createTempFile
import kotlin.io.path.div
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.random.Random

private val TEMP = Path("/tmp")

private val FS = FileSystem.SYSTEM

object Names {
    fun stamp(prefix: String): String = prefix + System.currentTimeMillis() / 1000
}

class Workspace(project: String) {
    private val folder = createTempDirectory("work-$project") // fine: temp-file

    fun log(text: String) = (folder / "build.log").writeText(text) // fine: temp-file
}

class Packager {
    fun patch(content: ByteArray) {
        val path = TEMP / "patch${Random.nextInt(1000)}.diff"
        path.writeBytes(content) // flaw: temp-file
    }

    fun patchFresh(content: ByteArray) {
        val path = createTempFile(prefix = "patch", suffix = ".diff")
        path.writeBytes(content) // fine: temp-file
    }

    fun pack(parts: List<ByteArray>): RandomAccessFile {
        val file = RandomAccessFile("/var/tmp/pack-" + System.getProperty("user.name") + ".bin", "rw") // flaw: temp-file
        for (part in parts) file.write(part)
        return file
    }

    fun okio(text: String) {
        FS.write(FileSystem.SYSTEM_TEMPORARY_DIRECTORY / "packager.state") { writeUtf8(text) } // flaw: temp-file
    }

    fun okioNew(text: String) {
        FS.write("/tmp/packager.once".toPath(), mustCreate = true) { writeUtf8(text) } // fine: temp-file
    }

    private fun target(extension: String) = File(System.getenv("TMPDIR") ?: "/tmp", Names.stamp("bundle-") + extension)

    fun bundle(parts: Sequence<ByteArray>) {
        target(".tar").outputStream().use { out -> parts.forEach(out::write) } // flaw: temp-file
    }

    fun map(size: Long) {
        val name = createTempFile("map", ".bin")
        FileChannel.open(name, StandardOpenOption.WRITE, StandardOpenOption.READ).use { // fine: temp-file
            it.map(FileChannel.MapMode.READ_WRITE, 0, size)
        }
    }
}
