package com.acme.members

import com.fasterxml.jackson.annotation.JsonProperty
import com.fasterxml.jackson.databind.ObjectMapper
import jakarta.persistence.Entity
import jakarta.persistence.Id
import org.springframework.beans.BeanUtils
import org.springframework.data.jpa.repository.JpaRepository
import org.springframework.web.bind.WebDataBinder
import org.springframework.web.bind.annotation.*
import java.security.Principal

@Entity
class Member(
    @Id var id: Long = 0,
    var login: String = "",
    var name: String = "",
    var mail: String = "",
    var role: String = "USER",
    var balance: Long = 0,
)

@Entity
class Pet(
    @Id var id: Long = 0,
    var name: String = "",
    @JsonProperty(access = JsonProperty.Access.READ_ONLY) var approved: Boolean = false,
)

data class MemberForm(val name: String, val mail: String)

interface Members : JpaRepository<Member, Long> {
    fun findByLogin(login: String): Member
}

interface Pets : JpaRepository<Pet, Long>

@RestController
@RequestMapping("/members")
class MemberController(private val members: Members, private val mapper: ObjectMapper) {

    @PostMapping
    fun register(@RequestBody member: Member): Long = // flaw: mass-assignment
        members.save(member).id

    @PostMapping("/form")
    fun registerForm(@RequestBody form: MemberForm): Long = // fine: mass-assignment
        members.save(Member(name = form.name, mail = form.mail)).id

    @PatchMapping("/me")
    fun patch(principal: Principal, @RequestBody body: String) {
        val member = members.findByLogin(principal.name)
        mapper.readerForUpdating(member).readValue<Member>(body) // flaw: mass-assignment
        members.save(member)
    }

    @PatchMapping("/me/form")
    fun patchForm(principal: Principal, @RequestBody form: MemberForm) {
        val member = members.findByLogin(principal.name)
        BeanUtils.copyProperties(form, member) // fine: mass-assignment
        members.save(member)
    }

    private fun merge(values: Map<String, Any>, member: Member) {
        for ((key, value) in values) {
            val field = Member::class.java.getDeclaredField(key)
            field.isAccessible = true
            field.set(member, value) // flaw: mass-assignment
        }
    }

    @PutMapping("/me")
    fun put(principal: Principal, @RequestBody values: Map<String, Any>) {
        val member = members.findByLogin(principal.name)
        merge(values, member)
        members.save(member)
    }

    @PutMapping("/copy")
    fun copy(principal: Principal, @RequestBody input: Member) {
        val member = members.findByLogin(principal.name)
        BeanUtils.copyProperties(input, member, "id", "login", "role", "balance") // fine: mass-assignment
        members.save(member)
    }

    @PostMapping("/profile")
    fun profile(principal: Principal, @ModelAttribute member: Member) { // flaw: mass-assignment
        if (member.login == principal.name) members.save(member)
    }
}

@RestController
@RequestMapping("/pets")
class PetController(private val pets: Pets) {
    @InitBinder
    fun binder(binder: WebDataBinder) = binder.setAllowedFields("name")

    @PostMapping("/form")
    fun form(@ModelAttribute pet: Pet): Long = pets.save(pet).id // fine: mass-assignment
}
