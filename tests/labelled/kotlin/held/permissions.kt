package deploy

import android.content.Context
import java.io.File
import java.io.FileOutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermission
import java.nio.file.attribute.PosixFilePermissions
import kotlin.io.path.createDirectories
import kotlin.io.path.createFile
import kotlin.io.path.setPosixFilePermissions
import kotlin.io.path.writeText

data class Entry(val path: String, val mode: Int)

private val LAYOUT = listOf(
    Entry("bin", 0b111_101_101), // fine: permissions
    Entry("cache", 0b111_111_111), // flaw: permissions
)

fun permissions(mode: Int): Set<PosixFilePermission> {
    val text = buildString {
        for (bit in 8 downTo 0) append(if (mode shr bit and 1 == 1) "rwx"[(8 - bit) % 3] else '-')
    }
    return PosixFilePermissions.fromString(text)
}

class Deployer(private val root: Path) {
    fun layout() {
        for (entry in LAYOUT) {
            root.resolve(entry.path).createDirectories().setPosixFilePermissions(permissions(entry.mode))
        }
    }

    fun token(value: String) {
        val file = root.resolve("token").toFile()
        file.writeText(value)
        Runtime.getRuntime().exec(arrayOf("chmod", "666", file.path)).waitFor() // flaw: permissions
    }

    fun pid(value: Long) {
        val file = root.resolve("app.pid").toFile()
        file.writeText(value.toString())
        Runtime.getRuntime().exec(arrayOf("chmod", "644", file.path)).waitFor() // fine: permissions
    }

    fun key(pem: String) {
        root.resolve("server.key")
            .createFile(PosixFilePermissions.asFileAttribute(permissions(0b110_000_000))) // fine: permissions
            .writeText(pem)
    }

    private fun share(file: File) = file.run { setReadable(true, false) && setWritable(true, false) } // flaw: permissions

    fun report(text: String) {
        val file = root.resolve("report.txt").toFile()
        file.writeText(text)
        share(file)
    }

    fun own(file: File) {
        file.setReadable(false, false)
        file.setReadable(true, true)
        file.setWritable(true, true) // fine: permissions
    }

    fun grow(path: Path) {
        val modes = Files.getPosixFilePermissions(path)
        for (p in PosixFilePermission.values()) {
            if (p.name.endsWith("_WRITE")) modes.add(p)
        }
        Files.setPosixFilePermissions(path, modes) // flaw: permissions
    }
}

class AppFiles(private val context: Context) {
    fun settings(): FileOutputStream = context.openFileOutput("settings.xml", Context.MODE_PRIVATE) // fine: permissions

    fun export(): FileOutputStream = context.openFileOutput("export.csv", Context.MODE_WORLD_WRITEABLE) // flaw: permissions
}
