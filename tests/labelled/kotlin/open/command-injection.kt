package com.acme.ops

import org.springframework.http.HttpStatus
import org.springframework.web.bind.annotation.*
import org.springframework.web.server.ResponseStatusException
import java.io.File
import java.util.concurrent.TimeUnit

private val SERVICE = Regex("[a-z][a-z0-9-]{1,30}")

private val REPORTS = mapOf("disk" to "df -h | sort", "load" to "uptime | cut -d, -f3-")

data class ConvertRequest(val source: String, val format: String, val quality: Int)

class Shell(private val workDir: File) {
    fun run(line: String): String {
        val process = ProcessBuilder("/bin/sh", "-c", line) // flaw: command-injection
            .directory(workDir)
            .redirectErrorStream(true)
            .start()
        return process.inputStream.bufferedReader().readText()
    }
}

@RestController
@RequestMapping("/ops")
class OpsController {
    private val shell = Shell(File("/srv/work"))

    @GetMapping("/dns", produces = ["text/plain"])
    fun dns(@RequestParam host: String): String {
        val process = Runtime.getRuntime().exec(arrayOf("sh", "-c", "nslookup $host")) // flaw: command-injection
        process.waitFor(10, TimeUnit.SECONDS)
        return process.inputStream.bufferedReader().readText()
    }

    @GetMapping("/service/{name}", produces = ["text/plain"])
    fun service(@PathVariable name: String): String {
        if (!SERVICE.matches(name)) throw ResponseStatusException(HttpStatus.BAD_REQUEST)
        val process = Runtime.getRuntime().exec(arrayOf("sh", "-c", "systemctl status $name | head -20")) // fine: command-injection
        return process.inputStream.bufferedReader().readText()
    }

    @PostMapping("/archive")
    fun archive(@RequestParam folders: List<String>, @RequestParam(required = false) label: String?): String {
        val command = StringBuilder("tar czf ")
        command.append(label ?: "daily").append(".tgz")
        for (folder in folders) {
            command.append(' ').append(folder)
        }
        return shell.run(command.toString())
    }

    @GetMapping("/report", produces = ["text/plain"])
    fun report(@RequestParam kind: String): String {
        val line = REPORTS[kind] ?: throw ResponseStatusException(HttpStatus.NOT_FOUND)
        return ProcessBuilder("bash", "-c", line).start().inputStream.bufferedReader().readText() // fine: command-injection
    }

    @PostMapping("/convert")
    fun convert(@RequestBody request: ConvertRequest): Int {
        val script = listOf("convert", "in.png", "-quality ${request.quality}", "out.${request.format}").joinToString(" ")
        val builder = ProcessBuilder()
        builder.command("bash", "-lc", script)
        return builder.start().waitFor() // flaw: command-injection
    }

    @PostMapping("/resize")
    fun resize(@RequestBody request: ConvertRequest): Int {
        val script = "convert in.png -quality ${request.quality} out.png && optipng out.png"
        return ProcessBuilder("bash", "-c", script).start().waitFor() // fine: command-injection
    }

    @GetMapping("/log", produces = ["text/plain"])
    fun log(@RequestParam file: String): String {
        val command = mutableListOf("git", "log", "--oneline", "--")
        command += file
        return ProcessBuilder(command).directory(File("/srv/repo")).start() // fine: command-injection
            .inputStream.bufferedReader().readText()
    }

    @PostMapping("/tool")
    fun tool(@RequestHeader("X-Tool") tool: String, @RequestParam input: String): Int {
        val started = if (input.isBlank()) null else ProcessBuilder(tool, "--stdin").start() // flaw: command-injection
        return started?.waitFor() ?: -1
    }
}
