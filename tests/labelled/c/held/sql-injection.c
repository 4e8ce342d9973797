/* Booking back end: PostgreSQL for bookings, MySQL for the legacy guests. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libpq-fe.h>
#include <mysql/mysql.h>

struct booking_req {
    const char *guest;
    const char *room;
    const char *status;
    const char *note;
    const char *page;
};

struct sqlbuf {
    char text[1024];
    size_t len;
};

static void sb_add(struct sqlbuf *b, const char *s)
{
    size_t n = strlen(s);

    if (n >= sizeof b->text - b->len)
        n = sizeof b->text - b->len - 1;
    memcpy(b->text + b->len, s, n);
    b->len += n;
    b->text[b->len] = '\0';
}

static const char *form(const char *key)
{
    const char *v = getenv(key);

    return v ? v : "";
}

void booking_from_env(struct booking_req *r)
{
    r->guest = form("FORM_GUEST");
    r->room = form("FORM_ROOM");
    r->status = form("FORM_STATUS");
    r->note = form("FORM_NOTE");
    r->page = form("FORM_PAGE");
}

PGresult *bookings_of(PGconn *pg, const struct booking_req *r)
{
    struct sqlbuf b = { "", 0 };

    sb_add(&b, "SELECT id, room, day FROM booking WHERE guest = '");
    sb_add(&b, r->guest);
    sb_add(&b, "'");
    if (*r->status != '\0')
        sb_add(&b, " AND state <> 'void'");
    return PQexec(pg, b.text);                             // flaw: sql-injection
}

PGresult *bookings_in(PGconn *pg, const struct booking_req *r)
{
    const char *values[2];

    values[0] = r->room;
    values[1] = r->status;
    return PQexecParams(pg, "SELECT id, guest FROM booking WHERE room = $1 AND state = $2", // fine: sql-injection
                        2, NULL, values, NULL, NULL, 0);
}

PGresult *bookings_noted(PGconn *pg, const struct booking_req *r)
{
    char sql[512];

    snprintf(sql, sizeof sql, "SELECT id FROM booking WHERE note ILIKE '%%%s%%' AND room = $1", r->note);
    return PQexecParams(pg, sql, 1, NULL, &r->room, NULL, NULL, 0); // flaw: sql-injection
}

PGresult *booking_annotate(PGconn *pg, long id, const struct booking_req *r)
{
    char *lit = PQescapeLiteral(pg, r->note, strlen(r->note));
    char sql[2048];
    PGresult *res = NULL;
    int n;

    if (lit == NULL)
        return NULL;
    n = snprintf(sql, sizeof sql, "UPDATE booking SET note = %s WHERE id = %ld", lit, id);
    if (n > 0 && (size_t)n < sizeof sql)
        res = PQexec(pg, sql);                             // fine: sql-injection
    PQfreemem(lit);
    return res;
}

static int guest_query(MYSQL *my, const char *where)
{
    char sql[512];
    int n = snprintf(sql, sizeof sql, "SELECT id, name FROM guest WHERE %s", where);

    if (n < 0 || (size_t)n >= sizeof sql)
        return -1;
    return mysql_real_query(my, sql, (unsigned long)n);    // flaw: sql-injection
}

int guest_by_mail(MYSQL *my)
{
    char where[256];

    snprintf(where, sizeof where, "mail = \"%s\"", form("FORM_MAIL"));
    return guest_query(my, where);
}

int guest_by_name(MYSQL *my, const struct booking_req *r)
{
    char esc[2 * 100 + 1], sql[320];
    size_t n = strlen(r->guest);

    if (n > 100)
        return -1;
    mysql_real_escape_string(my, esc, r->guest, n);
    snprintf(sql, sizeof sql, "SELECT id, name FROM guest WHERE name = '%s'", esc);
    return mysql_query(my, sql);                           // fine: sql-injection
}

int guest_by_number(MYSQL *my, const struct booking_req *r)
{
    char esc[2 * 32 + 1], sql[160];
    size_t n = strlen(r->guest);

    if (n > 32)
        return -1;
    mysql_real_escape_string(my, esc, r->guest, n);
    snprintf(sql, sizeof sql, "SELECT id, name FROM guest WHERE number = %s", esc);
    return mysql_query(my, sql);                           // flaw: sql-injection
}

int guest_page(MYSQL *my, const struct booking_req *r)
{
    char sql[160];
    unsigned page = (unsigned)strtoul(r->page, NULL, 10) % 1000u;

    snprintf(sql, sizeof sql, "SELECT id, name FROM guest ORDER BY id LIMIT 20 OFFSET %u", page * 20u);
    return mysql_query(my, sql);                           // fine: sql-injection
}

int guest_stmt(MYSQL *my, const struct booking_req *r)
{
    static const char text[] = "DELETE FROM guest_pref WHERE guest = ?";
    MYSQL_STMT *st = mysql_stmt_init(my);
    MYSQL_BIND bind[1];
    int rc = -1;

    if (st == NULL)
        return -1;
    memset(bind, 0, sizeof bind);
    bind[0].buffer_type = MYSQL_TYPE_STRING;
    bind[0].buffer = (void *)r->guest;
    bind[0].buffer_length = strlen(r->guest);
    if (mysql_stmt_prepare(st, text, sizeof text - 1) == 0 // fine: sql-injection
        && mysql_stmt_bind_param(st, bind) == 0)
        rc = mysql_stmt_execute(st);
    mysql_stmt_close(st);
    return rc;
}

PGresult *booking_prepare(PGconn *pg, const struct booking_req *r)
{
    char sql[256] = "SELECT count(*) FROM booking_";
    size_t used = strlen(sql);

    snprintf(sql + used, sizeof sql - used, "%s WHERE day = $1", r->status);
    return PQprepare(pg, "count_day", sql, 1, NULL);       // flaw: sql-injection
}
