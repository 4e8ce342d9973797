package com.acme.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;

import org.springframework.ldap.core.AttributesMapper;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.ldap.filter.AndFilter;
import org.springframework.ldap.filter.EqualsFilter;
import org.springframework.ldap.support.LdapEncoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class PeopleController {

    private static final String PEOPLE = "ou=people,dc=acme,dc=com";
    private static final Set<String> UNITS = Set.of("sales", "engineering", "legal");
    private static final AttributesMapper<String> MAIL = attrs -> (String) attrs.get("mail").get();

    private final DirContext context;
    private final LdapTemplate ldap;

    public PeopleController(DirContext context, LdapTemplate ldap) {
        this.context = context;
        this.ldap = ldap;
    }

    @GetMapping("/people/find")
    public List<String> find(@RequestParam String uid) throws NamingException {
        return names(context.search(PEOPLE, "(uid=" + uid + ")", new SearchControls())); // flaw: ldap-injection
    }

    @GetMapping("/people/exact")
    public List<String> exact(@RequestParam String uid) throws NamingException {
        Object[] args = {uid};
        return names(context.search(PEOPLE, "(&(objectClass=person)(uid={0}))", args, new SearchControls())); // fine: ldap-injection
    }

    @GetMapping("/people/advanced")
    public List<String> advanced(@RequestParam(required = false) String surname,
            @RequestParam(required = false) String city) {
        StringBuilder filter = new StringBuilder("(&(objectClass=inetOrgPerson)");
        if (surname != null) {
            filter.append("(sn=").append(surname).append("*)");
        }
        if (city != null) {
            filter.append("(l=").append(city).append(')');
        }
        filter.append(')');
        return ldap.search(PEOPLE, filter.toString(), MAIL); // flaw: ldap-injection
    }

    @GetMapping("/people/built")
    public List<String> built(@RequestParam String surname, @RequestParam String city) {
        AndFilter filter = new AndFilter();
        filter.and(new EqualsFilter("objectClass", "inetOrgPerson"));
        filter.and(new EqualsFilter("sn", surname));
        filter.and(new EqualsFilter("l", city));
        return ldap.search(PEOPLE, filter.encode(), MAIL); // fine: ldap-injection
    }

    @GetMapping("/people/unit")
    public List<String> unit(@RequestParam String unit, @RequestParam String name) {
        if (!UNITS.contains(unit)) {
            return List.of();
        }
        String base = "ou=" + unit + "," + PEOPLE;
        String filter = "(cn=" + LdapEncoder.filterEncode(name) + ")";
        return ldap.search(base, filter, MAIL); // fine: ldap-injection
    }

    @GetMapping("/people/badge")
    public List<String> badge(@RequestParam String badge) throws NamingException {
        long number = Long.parseLong(badge);
        String filter = "(employeeNumber=" + number + ")";
        return names(context.search(PEOPLE, filter, new SearchControls())); // fine: ldap-injection
    }

    @GetMapping("/people/login")
    public boolean login(@RequestParam String user, @RequestParam String secret) {
        String filter = String.format("(&(uid=%s)(!(loginDisabled=TRUE)))", user);
        return ldap.authenticate(PEOPLE, filter, secret); // flaw: ldap-injection
    }

    @GetMapping("/people/profile")
    public String profile(@RequestParam String cn) throws NamingException {
        return entry("cn=" + cn + "," + PEOPLE);
    }

    private String entry(String dn) throws NamingException {
        DirContext found = (DirContext) context.lookup(dn); // flaw: ldap-injection
        return found.getNameInNamespace().toLowerCase().startsWith("cn") ? "present" : "other";
    }

    private static List<String> names(NamingEnumeration<SearchResult> results) throws NamingException {
        List<String> out = new ArrayList<>();
        while (results.hasMore()) {
            out.add(results.next().getNameInNamespace());
        }
        return out;
    }
}
