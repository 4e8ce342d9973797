// Directory gateway of the intranet phone book.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <ldap.h>
#include <httplib.h>

class Directory {
public:
    explicit Directory(LDAP* ld) : ld_(ld) {}

    int count(const std::string& base, const std::string& filter)
    {
        LDAPMessage* res = nullptr;
        timeval tv{10, 0};
        const int rc = ldap_search_ext_s(ld_, base.c_str(), LDAP_SCOPE_SUBTREE, filter.c_str(), nullptr, 0, nullptr, nullptr, &tv, 200, &res); // flaw: ldap-injection
        return finish(rc, res);
    }

    int by_mail(const std::string& mail)
    {
        LDAPMessage* res = nullptr;
        const std::string filter = "(mail=" + mail + ")";
        return finish(ldap_search_s(ld_, kPeople, LDAP_SCOPE_ONELEVEL, filter.c_str(), nullptr, 0, &res), res); // flaw: ldap-injection
    }

    int by_mail_escaped(const std::string& mail)
    {
        LDAPMessage* res = nullptr;
        const std::string filter = "(mail=" + escape(mail) + ")";
        return finish(ldap_search_s(ld_, kPeople, LDAP_SCOPE_ONELEVEL, filter.c_str(), nullptr, 0, &res), res); // fine: ldap-injection
    }

    int by_floor(int floor)
    {
        LDAPMessage* res = nullptr;
        const std::string filter = "(roomNumber=" + std::to_string(floor) + "-*)";
        return finish(ldap_search_s(ld_, kPeople, LDAP_SCOPE_ONELEVEL, filter.c_str(), nullptr, 0, &res), res); // fine: ldap-injection
    }

    int by_attribute(const std::string& attr, const std::string& value)
    {
        static const std::set<std::string> attrs{"sn", "givenName", "telephoneNumber"};
        if (!attrs.count(attr))
            return -1;
        LDAPMessage* res = nullptr;
        std::ostringstream f;
        f << "(&(objectClass=person)(" << attr << '=' << escape(value) << "))";
        return finish(ldap_search_s(ld_, kPeople, LDAP_SCOPE_ONELEVEL, f.str().c_str(), nullptr, 0, &res), res); // fine: ldap-injection
    }

    int by_attribute_text(const std::string& attr, const std::string& value)
    {
        LDAPMessage* res = nullptr;
        std::ostringstream f;
        f << "(&(objectClass=person)(" << attr << '=' << escape(value) << "))";
        return finish(ldap_search_s(ld_, kPeople, LDAP_SCOPE_ONELEVEL, f.str().c_str(), nullptr, 0, &res), res); // flaw: ldap-injection
    }

    int entry(const std::string& uid)
    {
        LDAPMessage* res = nullptr;
        std::string dn("uid=");
        dn.append(uid).append(",").append(kPeople);
        return finish(ldap_search_s(ld_, dn.c_str(), LDAP_SCOPE_BASE, "(objectClass=*)", nullptr, 0, &res), res); // flaw: ldap-injection
    }

    int entry_checked(const std::string& uid)
    {
        if (uid.empty() || !std::all_of(uid.begin(), uid.end(), [](unsigned char c) { return std::isalnum(c); }))
            return -1;
        LDAPMessage* res = nullptr;
        const std::string dn = "uid=" + uid + "," + kPeople;
        return finish(ldap_search_s(ld_, dn.c_str(), LDAP_SCOPE_BASE, "(objectClass=*)", nullptr, 0, &res), res); // fine: ldap-injection
    }

private:
    static constexpr const char* kPeople = "ou=people,dc=example,dc=org";

    static std::string escape(const std::string& in)
    {
        std::string out;
        for (unsigned char c : in) {
            if (c == '*' || c == '(' || c == ')' || c == '\\' || c == 0) {
                char buf[4];
                std::snprintf(buf, sizeof buf, "\\%02x", c);
                out += buf;
            } else {
                out += static_cast<char>(c);
            }
        }
        return out;
    }

    int finish(int rc, LDAPMessage* res)
    {
        const int n = rc == LDAP_SUCCESS ? ldap_count_entries(ld_, res) : -1;
        if (res)
            ldap_msgfree(res);
        return n;
    }

    LDAP* ld_;
};

void routes(httplib::Server& svr, Directory& dir)
{
    auto answer = [](httplib::Response& rs, int n) { rs.set_content(std::to_string(n), "text/plain"); };
    svr.Get("/dept", [&, answer](const httplib::Request& rq, httplib::Response& rs) {
        answer(rs, dir.count("dc=example,dc=org", "(departmentNumber=" + rq.get_param_value("no") + ")"));
    });
    svr.Get("/mail", [&, answer](const httplib::Request& rq, httplib::Response& rs) {
        answer(rs, rq.has_param("exact") ? dir.by_mail_escaped(rq.get_param_value("m")) : dir.by_mail(rq.get_param_value("m")));
    });
    svr.Get("/attr", [&, answer](const httplib::Request& rq, httplib::Response& rs) {
        const auto a = rq.get_param_value("a"), v = rq.get_param_value("v");
        answer(rs, rq.has_param("known") ? dir.by_attribute(a, v) : dir.by_attribute_text(a, v));
    });
    svr.Get("/entry", [&, answer](const httplib::Request& rq, httplib::Response& rs) {
        const auto uid = rq.get_param_value("uid");
        answer(rs, dir.entry_checked(uid) < 0 ? dir.entry(uid) : 1);
    });
}
