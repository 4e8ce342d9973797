package tools

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.call
import io.ktor.server.request.receiveParameters
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import com.jcraft.jsch.ChannelExec
import com.jcraft.jsch.Session
import org.apache.commons.exec.CommandLine
import org.apache.commons.exec.DefaultExecutor
import java.net.InetAddress

enum class Codec(val flag: String) { H264("libx264"), VP9("libvpx-vp9") }

private fun Process.text(): String = inputStream.bufferedReader().use { it.readText() }

fun String.runInShell(): String = ProcessBuilder(listOf("sh", "-c", this)).start().text() // flaw: command-injection

class Remote(private val session: Session) {
    private fun exec(command: String): String {
        val channel = session.openChannel("exec") as ChannelExec
        channel.setCommand(command) // flaw: command-injection
        channel.connect(5000)
        return channel.inputStream.bufferedReader().readText().also { channel.disconnect() }
    }

    fun size(volume: String): String = exec("du -sh /data/$volume")

    fun uptime(): String {
        val channel = session.openChannel("exec") as ChannelExec
        channel.setCommand("uptime -p && who | wc -l") // fine: command-injection
        channel.connect(5000)
        return channel.inputStream.bufferedReader().readText().also { channel.disconnect() }
    }
}

fun Route.toolRoutes(remote: Remote) {
    get("/whois") {
        val domain = call.request.queryParameters["domain"].orEmpty()
        call.respondText("whois $domain | head -50".runInShell())
    }
    get("/volume/{name}") { call.respondText(remote.size(call.parameters["name"] ?: "default")) }
    post("/retitle") {
        val form = call.receiveParameters()
        val line = CommandLine("/usr/bin/ffmpeg")
        line.addArguments(arrayOf("-y", "-i", "/media/in.mkv", "-c", "copy"), false)
        line.addArguments(arrayOf("-metadata", "title=" + form["title"], "/media/out.mkv"), false)
        DefaultExecutor().execute(line) // fine: command-injection
        call.respond(HttpStatusCode.NoContent)
    }
    post("/render") {
        val form = call.receiveParameters()
        val text = buildString {
            append("bash -c '/opt/render/run --scene ")
            append(form["scene"])
            append("'")
        }
        val line = CommandLine.parse(text)
        DefaultExecutor().execute(line) // flaw: command-injection
        call.respond(HttpStatusCode.NoContent)
    }
    post("/transcode") {
        val codec = runCatching { Codec.valueOf(call.receiveText()) }.getOrNull()
        if (codec == null) {
            call.respond(HttpStatusCode.BadRequest)
            return@post
        }
        val pipeline = "ffmpeg -i /media/in.mkv -c:v ${codec.flag} -f matroska - | gzip > /media/out.gz"
        call.respondText(ProcessBuilder("sh", "-c", pipeline).start().waitFor().toString()) // fine: command-injection
    }
    get("/trace") { trace(call) }
    post("/stdin") {
        val process = ProcessBuilder("bash").start()
        process.outputStream.bufferedWriter().use { it.write("deploy --tag " + call.receiveText() + "\n") } // flaw: command-injection
        call.respondText(process.text())
    }
}

private suspend fun trace(call: ApplicationCall) {
    val address = InetAddress.getByName(call.request.queryParameters["host"]).hostAddress
    call.respondText(Runtime.getRuntime().exec(arrayOf("sh", "-c", "traceroute -n $address | tail -3")).text()) // fine: command-injection
}
