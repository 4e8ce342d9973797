package media

import io.ktor.http.HttpStatusCode
import io.ktor.http.content.PartData
import io.ktor.http.content.forEachPart
import io.ktor.server.application.call
import io.ktor.server.request.receiveMultipart
import io.ktor.server.response.respond
import io.ktor.server.response.respondBytes
import io.ktor.server.response.respondFile
import io.ktor.server.routing.*
import okio.FileSystem
import okio.Path.Companion.toPath
import java.io.File
import java.util.UUID
import kotlin.io.path.Path
import kotlin.io.path.exists
import kotlin.io.path.readBytes

private val LIBRARY = File("/var/lib/media")

private val THEMES = mapOf("dark" to "themes/dark.css", "light" to "themes/light.css")

private val NAME = Regex("[A-Za-z0-9_-]{1,40}")

class Tracks(private val root: String) {
    fun load(album: String, track: String): ByteArray =
        FileSystem.SYSTEM.read("$root/$album/$track.ogg".toPath()) { readByteArray() } // flaw: path-traversal

    fun loadNamed(album: String, track: Int): ByteArray? {
        if (!NAME.matches(album)) return null
        return FileSystem.SYSTEM.read("$root/$album/$track.ogg".toPath()) { readByteArray() } // fine: path-traversal
    }
}

fun Route.mediaRoutes(tracks: Tracks) {
    get("/photo") {
        call.respondFile(File(LIBRARY, call.request.queryParameters["name"]!!)) // flaw: path-traversal
    }
    get("/photo/{id}") {
        val id = UUID.fromString(call.parameters["id"])
        call.respondFile(File(LIBRARY, "$id.jpg")) // fine: path-traversal
    }
    get("/album/{album}/{track}") {
        call.respondBytes(tracks.load(call.parameters["album"]!!, call.parameters["track"]!!))
    }
    get("/theme") {
        val relative = THEMES[call.request.queryParameters["theme"]] ?: "themes/light.css"
        call.respondFile(LIBRARY.resolve(relative)) // fine: path-traversal
    }
    get("/cover/{path...}") {
        val segments = call.parameters.getAll("path").orEmpty() + call.request.queryParameters["file"].orEmpty()
        var path = Path(LIBRARY.path)
        for (segment in segments) path = path.resolve(segment)
        if (path.exists()) call.respondBytes(path.readBytes()) else call.respond(HttpStatusCode.NotFound) // flaw: path-traversal
    }
    get("/sleeve") {
        val requested = Path(LIBRARY.path).resolve(call.request.queryParameters["file"].orEmpty()).normalize()
        if (!requested.startsWith(LIBRARY.toPath()) || !requested.exists()) {
            call.respond(HttpStatusCode.NotFound)
            return@get
        }
        call.respondBytes(requested.readBytes()) // fine: path-traversal
    }
    post("/upload") {
        call.receiveMultipart().forEachPart { part ->
            if (part is PartData.FileItem) {
                val target = LIBRARY.resolve("incoming").resolve(part.originalFileName ?: "unnamed")
                part.streamProvider().use { input -> target.outputStream().use { input.copyTo(it) } } // flaw: path-traversal
            }
            part.dispose()
        }
        call.respond(HttpStatusCode.Created)
    }
    post("/inbox") {
        call.receiveMultipart().forEachPart { part ->
            if (part is PartData.FileItem) {
                val target = File.createTempFile("upload", ".bin", LIBRARY.resolve("inbox"))
                part.streamProvider().use { input -> target.outputStream().use { input.copyTo(it) } } // fine: path-traversal
            }
            part.dispose()
        }
        call.respond(HttpStatusCode.Created)
    }
}
