package com.acme.importer

import com.fasterxml.jackson.annotation.JsonTypeInfo
import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator
import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import com.fasterxml.jackson.module.kotlin.readValue
import com.thoughtworks.xstream.XStream
import com.thoughtworks.xstream.security.AnyTypePermission
import jakarta.servlet.http.HttpServletRequest
import org.springframework.web.bind.annotation.*
import org.yaml.snakeyaml.LoaderOptions
import org.yaml.snakeyaml.Yaml
import org.yaml.snakeyaml.constructor.Constructor
import org.yaml.snakeyaml.constructor.SafeConstructor
import java.io.ByteArrayInputStream
import java.io.InputStream
import java.io.ObjectInputFilter
import java.io.ObjectInputStream
import java.util.Base64

data class Settings(var name: String = "", var size: Int = 0)

private val PLAIN = jacksonObjectMapper()

private val TYPED: ObjectMapper = jacksonObjectMapper().apply {
    enableDefaultTyping(ObjectMapper.DefaultTyping.NON_FINAL, JsonTypeInfo.As.PROPERTY) // flaw: deserialization
}

private val LIMITED: ObjectMapper = jacksonObjectMapper().apply {
    val validator = BasicPolymorphicTypeValidator.builder().allowIfSubType("com.acme.importer.model.").build()
    activateDefaultTyping(validator, ObjectMapper.DefaultTyping.NON_FINAL) // fine: deserialization
}

@RestController
@RequestMapping("/import")
class ImportController {
    private fun restore(stream: InputStream): Any = stream.use { ObjectInputStream(it).readObject() } // flaw: deserialization

    @PostMapping("/state")
    fun state(@RequestParam state: String): String {
        val bytes = Base64.getDecoder().decode(state)
        return restore(ByteArrayInputStream(bytes)).javaClass.simpleName
    }

    @PostMapping("/numbers")
    fun numbers(request: HttpServletRequest): Int {
        val input = ObjectInputStream(request.inputStream)
        input.objectInputFilter = ObjectInputFilter.Config.createFilter("java.util.ArrayList;java.lang.Integer;java.lang.Number;maxarray=1000;!*")
        val list = input.readObject() as ArrayList<*> // fine: deserialization
        return list.size
    }

    @PostMapping("/xml")
    fun xml(@RequestBody body: String): String {
        val xstream = XStream()
        xstream.addPermission(AnyTypePermission.ANY)
        return xstream.fromXML(body).toString() // flaw: deserialization
    }

    @PostMapping("/settings-xml")
    fun settingsXml(@RequestBody body: String): Int {
        val xstream = XStream()
        xstream.allowTypes(arrayOf(Settings::class.java))
        xstream.alias("settings", Settings::class.java)
        return (xstream.fromXML(body) as Settings).size // fine: deserialization
    }

    @PostMapping("/yaml")
    fun yaml(request: HttpServletRequest): String {
        val options = LoaderOptions().apply { setTagInspector { true } }
        val yaml = Yaml(Constructor(Any::class.java, options))
        return yaml.load<Any>(request.reader).toString() // flaw: deserialization
    }

    @PostMapping("/settings-yaml")
    fun settingsYaml(request: HttpServletRequest): Int {
        val yaml = Yaml(SafeConstructor(LoaderOptions()))
        return yaml.load<Map<String, Any>>(request.reader).size // fine: deserialization
    }

    @PostMapping("/settings")
    fun settings(@RequestBody body: String): Int = PLAIN.readValue<Settings>(body).size // fine: deserialization

    @PostMapping("/any")
    fun any(@RequestBody body: String): String = TYPED.readValue(body, Any::class.java).toString()

    @PostMapping("/model")
    fun model(@RequestBody body: String): String = LIMITED.readValue(body, Any::class.java).toString()
}
