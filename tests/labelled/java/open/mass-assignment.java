package com.acme.members;

import java.security.Principal;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;

import jakarta.servlet.http.HttpServletRequest;

import org.apache.commons.beanutils.BeanUtils;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class MemberController {

    private static final Set<String> EDITABLE = Set.of("displayName", "phone");

    private final MemberStore store;
    private final ObjectMapper mapper;

    public MemberController(MemberStore store, ObjectMapper mapper) {
        this.store = store;
        this.mapper = mapper;
    }

    @PostMapping("/members/register")
    public Map<String, Long> register(@RequestBody Member member) { // flaw: mass-assignment
        return Map.of("id", store.save(member).id);
    }

    @PostMapping("/members/join")
    public Map<String, Long> join(@RequestBody JoinForm form) { // fine: mass-assignment
        Member member = new Member();
        member.displayName = form.displayName();
        member.phone = form.phone();
        return Map.of("id", store.save(member).id);
    }

    @PutMapping("/members/me")
    public Map<String, Boolean> update(HttpServletRequest request, Principal principal) throws Exception {
        Member member = store.byLogin(principal.getName());
        Map<String, String[]> params = request.getParameterMap();
        BeanUtils.populate(member, params); // flaw: mass-assignment
        store.save(member);
        return Map.of("ok", true);
    }

    @PutMapping("/members/me/contact")
    public Map<String, Boolean> contact(@RequestBody Map<String, String> body, Principal principal) throws Exception {
        Member member = store.byLogin(principal.getName());
        for (Map.Entry<String, String> e : body.entrySet()) {
            if (EDITABLE.contains(e.getKey())) {
                BeanUtils.setProperty(member, e.getKey(), e.getValue()); // fine: mass-assignment
            }
        }
        store.save(member);
        return Map.of("ok", true);
    }

    @PutMapping("/members/me/all")
    public Map<String, Boolean> all(@RequestBody Map<String, Object> body, Principal principal) throws Exception {
        Member member = store.byLogin(principal.getName());
        for (String key : body.keySet()) {
            if (!"id".equals(key)) {
                BeanUtils.setProperty(member, key, body.get(key)); // flaw: mass-assignment
            }
        }
        store.save(member);
        return Map.of("ok", true);
    }

    @PutMapping("/members/me/patch")
    public Map<String, Boolean> patch(@RequestBody String json, Principal principal) throws Exception {
        store.save(merge(store.byLogin(principal.getName()), json));
        return Map.of("ok", true);
    }

    @PutMapping("/members/me/contact-form")
    public Map<String, Boolean> contactForm(@RequestBody String json, Principal principal) throws Exception {
        JoinForm form = mapper.readValue(json, JoinForm.class); // fine: mass-assignment
        Member member = store.byLogin(principal.getName());
        member.phone = form.phone();
        store.save(member);
        return Map.of("ok", true);
    }

    @InitBinder("joinForm")
    public void initBinder(WebDataBinder binder) {
        binder.setAllowedFields("displayName", "phone"); // fine: mass-assignment
    }

    private Member merge(Member member, String json) throws Exception {
        return mapper.readerForUpdating(member).readValue(json); // flaw: mass-assignment
    }

    public record JoinForm(String displayName, String phone) {
    }

    public static class Member {
        public Long id;
        public String displayName;
        public String phone;
        public boolean admin;
        public long creditCents;
    }

    public interface MemberStore {
        Member save(Member member);

        Member byLogin(String login);
    }
}
