package com.acme.audit

import jakarta.servlet.http.HttpServletRequest
import org.slf4j.LoggerFactory
import org.springframework.web.bind.annotation.*
import java.io.File
import java.util.UUID
import java.util.logging.Logger

private val LINE_BREAKS = Regex("[\\r\\n\\t]")

enum class Channel { WEB, PHONE, SHOP }

class AuditTrail(private val file: File) {
    fun add(kind: String, detail: String) {
        file.appendText("$kind $detail\n") // flaw: log-injection
    }

    fun addClean(kind: Channel, detail: String) {
        file.appendText("$kind ${LINE_BREAKS.replace(detail, "_")}\n") // fine: log-injection
    }
}

@RestController
@RequestMapping("/audit")
class AuditController(private val trail: AuditTrail) {
    private val log = LoggerFactory.getLogger(javaClass)
    private val jul = Logger.getLogger("audit")

    @PostMapping("/login")
    fun login(@RequestParam user: String) {
        log.warn("login of {} failed", user) // flaw: log-injection
    }

    @PostMapping("/unlock")
    fun unlock(@RequestParam user: String) {
        log.warn("unlock of {} failed", user.replace('\n', '_').replace('\r', '_')) // fine: log-injection
    }

    @PostMapping("/order")
    fun order(@RequestParam id: Long, @RequestParam ref: UUID) {
        log.info("order $id opened as $ref") // fine: log-injection
    }

    @GetMapping("/search")
    fun search(request: HttpServletRequest) {
        val parts = mutableListOf("search")
        request.parameterMap.forEach { (k, v) -> parts += "$k=${v.joinToString()}" }
        val message = parts.joinToString(" ")
        jul.info(message) // flaw: log-injection
    }

    @PostMapping("/comment")
    fun comment(@RequestParam author: String, @RequestParam text: String) = trail.add("comment", "by $author: ${text.take(80)}")

    @PostMapping("/note")
    fun note(@RequestParam text: String) = trail.addClean(Channel.WEB, text)

    @PostMapping("/channel")
    fun channel(@RequestParam channel: String) {
        val known = Channel.values().firstOrNull { it.name == channel } ?: return
        jul.info("channel " + known.name) // fine: log-injection
    }

    @PostMapping("/import")
    fun import(@RequestBody lines: List<String>) {
        for (line in lines) {
            if (line.startsWith("#")) continue
            log.debug("importing " + line.trim()) // flaw: log-injection
        }
    }
}
