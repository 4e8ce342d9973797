// Single sign-on bridge: account look-up in the directory.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <ldap.h>
#include <crow.h>

class Filter {
public:
    static Filter equals(const std::string& attr, const std::string& v) { return Filter("(" + attr + "=" + v + ")"); }
    static Filter equals_escaped(const std::string& attr, const std::string& v) { return equals(attr, escape(v)); }
    Filter operator&(const Filter& o) const { return Filter("(&" + text_ + o.text_ + ")"); }
    const char* c_str() const { return text_.c_str(); }

private:
    explicit Filter(std::string t) : text_(std::move(t)) {}

    static std::string escape(const std::string& v)
    {
        static const std::string_view special("*()\\\0", 5);
        std::string out;
        for (unsigned char c : v) {
            if (special.find(static_cast<char>(c)) != std::string_view::npos || c >= 0x80) {
                std::array<char, 4> b{};
                std::snprintf(b.data(), b.size(), "\\%02X", c);
                out.append(b.data());
            } else {
                out.push_back(static_cast<char>(c));
            }
        }
        return out;
    }

    std::string text_;
};

struct Handle {
    LDAP* ld;
    std::string base;
    timeval tv{8, 0};
};

static std::string param(const crow::request& rq, const char* k)
{
    const char* v = rq.url_params.get(k);
    return v ? v : "";
}

class Accounts {
public:
    explicit Accounts(Handle h) : h_(std::move(h)) {}

    int by_upn(const crow::request& rq)
    {
        LDAPMessage* res = nullptr;
        const auto f = Filter::equals("userPrincipalName", param(rq, "upn"));
        return done(ldap_search_st(h_.ld, h_.base.c_str(), LDAP_SCOPE_SUBTREE, f.c_str(), nullptr, 0, &h_.tv, &res), res); // flaw: ldap-injection
    }

    int by_upn_escaped(const crow::request& rq)
    {
        LDAPMessage* res = nullptr;
        const auto f = Filter::equals_escaped("userPrincipalName", param(rq, "upn"));
        return done(ldap_search_st(h_.ld, h_.base.c_str(), LDAP_SCOPE_SUBTREE, f.c_str(), nullptr, 0, &h_.tv, &res), res); // fine: ldap-injection
    }

    int login(const crow::request& rq)
    {
        LDAPMessage* res = nullptr;
        const auto f = Filter::equals("objectClass", "account") & Filter::equals("uid", param(rq, "user"));
        return done(ldap_search_ext_s(h_.ld, h_.base.c_str(), LDAP_SCOPE_SUBTREE, f.c_str(), nullptr, 0, nullptr, nullptr, &h_.tv, 1, &res), res); // flaw: ldap-injection
    }

    int active()
    {
        LDAPMessage* res = nullptr;
        const auto f = Filter::equals("objectClass", "account") & Filter::equals("status", "active");
        return done(ldap_search_ext_s(h_.ld, h_.base.c_str(), LDAP_SCOPE_SUBTREE, f.c_str(), nullptr, 0, nullptr, nullptr, &h_.tv, 0, &res), res); // fine: ldap-injection
    }

    int group(const crow::request& rq)
    {
        char filter[256];
        LDAPMessage* res = nullptr;
        std::snprintf(filter, sizeof filter, "(|(cn=%s)(gidNumber=%s))", param(rq, "g").c_str(), param(rq, "g").c_str());
        return done(ldap_search_s(h_.ld, h_.base.c_str(), LDAP_SCOPE_SUBTREE, filter, nullptr, 0, &res), res); // flaw: ldap-injection
    }

    int group_number(const crow::request& rq)
    {
        char filter[64];
        LDAPMessage* res = nullptr;
        std::snprintf(filter, sizeof filter, "(gidNumber=%u)", static_cast<unsigned>(std::strtoul(param(rq, "g").c_str(), nullptr, 10)));
        return done(ldap_search_s(h_.ld, h_.base.c_str(), LDAP_SCOPE_SUBTREE, filter, nullptr, 0, &res), res); // fine: ldap-injection
    }

    int tenant(const crow::request& rq)
    {
        LDAPMessage* res = nullptr;
        const std::string base = "ou=" + param(rq, "tenant") + "," + h_.base;
        return done(ldap_search_s(h_.ld, base.c_str(), LDAP_SCOPE_ONELEVEL, "(uid=*)", nullptr, 0, &res), res); // flaw: ldap-injection
    }

    int tenant_known(const crow::request& rq)
    {
        static const std::map<std::string, std::string> bases{{"north", "ou=north,dc=corp"}, {"south", "ou=south,dc=corp"}};
        const auto it = bases.find(param(rq, "tenant"));
        LDAPMessage* res = nullptr;
        if (it == bases.end())
            return -1;
        return done(ldap_search_s(h_.ld, it->second.c_str(), LDAP_SCOPE_ONELEVEL, "(uid=*)", nullptr, 0, &res), res); // fine: ldap-injection
    }

private:
    int done(int rc, LDAPMessage* res)
    {
        const int n = rc == LDAP_SUCCESS ? ldap_count_entries(h_.ld, res) : -1;
        if (res)
            ldap_msgfree(res);
        return n;
    }

    Handle h_;
};
