/* Directory look-ups of the staff portal (OpenLDAP C API). */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ldap.h>

#define PEOPLE "ou=people,dc=example,dc=com"
#define GROUPS "ou=groups,dc=example,dc=com"

struct dir {
    LDAP *ld;
    struct timeval timeout;
};

static int query_param(const char *key, char *out, size_t len)
{
    const char *qs = getenv("QUERY_STRING");
    const char *hit = qs ? strstr(qs, key) : NULL;
    size_t n;

    if (hit == NULL)
        return -1;
    hit += strlen(key);
    n = strcspn(hit, "&");
    if (n >= len)
        return -1;
    memcpy(out, hit, n);
    out[n] = '\0';
    return 0;
}

/* RFC 4515 escaping of an assertion value. */
static int filter_escape(const char *in, char *out, size_t len)
{
    size_t o = 0;

    for (; *in != '\0'; in++) {
        if (o + 4 > len)
            return -1;
        if (strchr("*()\\", *in) != NULL || (unsigned char)*in < 0x20)
            o += (size_t)snprintf(out + o, len - o, "\\%02x", (unsigned char)*in);
        else
            out[o++] = *in;
    }
    if (o >= len)
        return -1;
    out[o] = '\0';
    return 0;
}

static int run_search(struct dir *d, const char *base, char *filter, LDAPMessage **res)
{
    return ldap_search_ext_s(d->ld, (char *)base, LDAP_SCOPE_SUBTREE, filter, NULL, 0, // flaw: ldap-injection
                             NULL, NULL, &d->timeout, 100, res);
}

int find_user(struct dir *d, LDAPMessage **res)
{
    char uid[64], filter[128];

    if (query_param("uid=", uid, sizeof uid) != 0)
        return -1;
    snprintf(filter, sizeof filter, "(uid=%s)", uid);
    return ldap_search_ext_s(d->ld, PEOPLE, LDAP_SCOPE_ONELEVEL, filter, NULL, 0, NULL, NULL, &d->timeout, 1, res); // flaw: ldap-injection
}

int find_user_escaped(struct dir *d, LDAPMessage **res)
{
    char uid[64], esc[200], filter[256];

    if (query_param("uid=", uid, sizeof uid) != 0 || filter_escape(uid, esc, sizeof esc) != 0)
        return -1;
    snprintf(filter, sizeof filter, "(uid=%s)", esc);
    return ldap_search_ext_s(d->ld, PEOPLE, LDAP_SCOPE_ONELEVEL, filter, NULL, 0, NULL, NULL, &d->timeout, 1, res); // fine: ldap-injection
}

int find_by_number(struct dir *d, LDAPMessage **res)
{
    char no[32], filter[96];

    if (query_param("no=", no, sizeof no) != 0)
        return -1;
    snprintf(filter, sizeof filter, "(employeeNumber=%lu)", strtoul(no, NULL, 10));
    return ldap_search_ext_s(d->ld, PEOPLE, LDAP_SCOPE_ONELEVEL, filter, NULL, 0, NULL, NULL, &d->timeout, 1, res); // fine: ldap-injection
}

int find_members(struct dir *d, LDAPMessage **res)
{
    char cn[64], dept[64], filter[256];
    size_t used = 0;

    if (query_param("group=", cn, sizeof cn) != 0)
        return -1;
    used += (size_t)snprintf(filter, sizeof filter, "(&(objectClass=groupOfNames)");
    used += (size_t)snprintf(filter + used, sizeof filter - used, "(cn=%s)", cn);
    if (query_param("dept=", dept, sizeof dept) == 0)
        used += (size_t)snprintf(filter + used, sizeof filter - used, "(ou=%s)", dept);
    snprintf(filter + used, sizeof filter - used, ")");
    return run_search(d, GROUPS, filter, res);
}

int find_role(struct dir *d, LDAPMessage **res)
{
    static const char *const roles[] = { "auditor", "editor", "reader" };
    char role[32], filter[96];

    if (query_param("role=", role, sizeof role) != 0)
        return -1;
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (strcmp(roles[i], role) != 0)
            continue;
        snprintf(filter, sizeof filter, "(employeeType=%s)", roles[i]);
        return ldap_search_ext_s(d->ld, PEOPLE, LDAP_SCOPE_SUBTREE, filter, NULL, 0, NULL, NULL, &d->timeout, 100, res); // fine: ldap-injection
    }
    return -1;
}

int user_entry(struct dir *d, LDAPMessage **res)
{
    char cn[64], dn[192];

    if (query_param("cn=", cn, sizeof cn) != 0)
        return -1;
    snprintf(dn, sizeof dn, "cn=%s,%s", cn, PEOPLE);
    return ldap_search_ext_s(d->ld, dn, LDAP_SCOPE_BASE, "(objectClass=*)", NULL, 0, NULL, NULL, &d->timeout, 1, res); // flaw: ldap-injection
}

static int plain_word(const char *s)
{
    if (*s == '\0')
        return 0;
    while (isalnum((unsigned char)*s))
        s++;
    return *s == '\0';
}

int user_photo(struct dir *d, LDAPMessage **res)
{
    char uid[64], dn[192];

    if (query_param("uid=", uid, sizeof uid) != 0 || !plain_word(uid))
        return -1;
    snprintf(dn, sizeof dn, "uid=%s,%s", uid, PEOPLE);
    return ldap_search_ext_s(d->ld, dn, LDAP_SCOPE_BASE, "(jpegPhoto=*)", NULL, 0, NULL, NULL, &d->timeout, 1, res); // fine: ldap-injection
}

int search_names(struct dir *d, int *msgid)
{
    char term[64], filter[192];

    if (query_param("q=", term, sizeof term) != 0)
        return -1;
    for (char *p = term; *p != '\0'; p++)
        *p = (char)tolower((unsigned char)*p);
    snprintf(filter, sizeof filter, "(|(cn=*%s*)(mail=*%s*))", term, term);
    return ldap_search_ext(d->ld, PEOPLE, LDAP_SCOPE_SUBTREE, filter, NULL, 0, NULL, NULL, &d->timeout, 50, msgid); // flaw: ldap-injection
}
