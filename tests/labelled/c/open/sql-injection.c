/* Inventory store: embedded sqlite database behind a line protocol. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

struct store {
    sqlite3 *db;
    FILE *in;
    FILE *out;
};

struct item_filter {
    char name[64];
    char warehouse[64];
    char order[32];
    char limit[16];
};

static int print_row(void *arg, int n, char **vals, char **cols)
{
    FILE *out = arg;

    (void)cols;
    for (int i = 0; i < n; i++)
        fprintf(out, "%s%s", i ? "\t" : "", vals[i] ? vals[i] : "");
    fputc('\n', out);
    return 0;
}

static int store_run(struct store *st, const char *sql)
{
    char *err = NULL;
    int rc = sqlite3_exec(st->db, sql, print_row, st->out, &err); // flaw: sql-injection

    if (rc != SQLITE_OK) {
        fprintf(st->out, "error\n");
        sqlite3_free(err);
    }
    return rc;
}

static int find_by_name(struct store *st, const struct item_filter *f)
{
    char sql[256];

    snprintf(sql, sizeof sql, "SELECT id, name, qty FROM item WHERE name = '%s'", f->name);
    return sqlite3_exec(st->db, sql, print_row, st->out, NULL); // flaw: sql-injection
}

static int find_by_name_quoted(struct store *st, const struct item_filter *f)
{
    char *sql = sqlite3_mprintf("SELECT id, name, qty FROM item WHERE name = %Q", f->name);
    int rc;

    if (sql == NULL)
        return SQLITE_NOMEM;
    rc = sqlite3_exec(st->db, sql, print_row, st->out, NULL); // fine: sql-injection
    sqlite3_free(sql);
    return rc;
}

static int find_in_warehouse(struct store *st, const struct item_filter *f)
{
    char *sql = sqlite3_mprintf("SELECT id, qty FROM item WHERE wh = '%s' AND qty > 0", f->warehouse);
    sqlite3_stmt *stmt = NULL;
    int rc;

    if (sql == NULL)
        return SQLITE_NOMEM;
    rc = sqlite3_prepare_v2(st->db, sql, -1, &stmt, NULL); // flaw: sql-injection
    while (rc == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        fprintf(st->out, "%d\t%d\n", sqlite3_column_int(stmt, 0), sqlite3_column_int(stmt, 1));
    sqlite3_finalize(stmt);
    sqlite3_free(sql);
    return rc;
}

static int rename_item(struct store *st, long id, const char *name)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(st->db, "UPDATE item SET name = ?1 WHERE id = ?2", -1, &stmt, NULL); // fine: sql-injection

    if (rc != SQLITE_OK)
        return rc;
    sqlite3_bind_text(stmt, 1, name, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(stmt, 2, id);
    rc = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static const char *order_column(const char *asked)
{
    if (strcmp(asked, "qty") == 0)
        return "qty DESC";
    if (strcmp(asked, "name") == 0)
        return "name COLLATE NOCASE";
    return "id";
}

static int list_sorted(struct store *st, const struct item_filter *f)
{
    char sql[256];

    snprintf(sql, sizeof sql, "SELECT id, name FROM item ORDER BY %s", order_column(f->order));
    return sqlite3_exec(st->db, sql, print_row, st->out, NULL); // fine: sql-injection
}

static int list_grouped(struct store *st, const struct item_filter *f)
{
    char sql[512];
    size_t used;

    used = (size_t)snprintf(sql, sizeof sql, "SELECT wh, SUM(qty) FROM item");
    used += (size_t)snprintf(sql + used, sizeof sql - used, " GROUP BY wh");
    if (f->order[0] != '\0')
        snprintf(sql + used, sizeof sql - used, " ORDER BY %s", f->order);
    return sqlite3_exec(st->db, sql, print_row, st->out, NULL); // flaw: sql-injection
}

static int list_first(struct store *st, const struct item_filter *f)
{
    char sql[128];
    char *end = NULL;
    long n;

    errno = 0;
    n = strtol(f->limit, &end, 10);
    if (errno != 0 || end == f->limit || n < 1 || n > 500)
        n = 50;
    snprintf(sql, sizeof sql, "SELECT id, name FROM item LIMIT %ld", n);
    return sqlite3_exec(st->db, sql, print_row, st->out, NULL); // fine: sql-injection
}

static int delete_by_tag(struct store *st, const char *tag)
{
    char sql[256];

    snprintf(sql, sizeof sql, "DELETE FROM item_tag WHERE tag LIKE '%s%%'", tag);
    return store_run(st, sql);
}

int store_dispatch(struct store *st)
{
    char line[256];

    while (fgets(line, sizeof line, st->in) != NULL) {
        struct item_filter f = { "", "", "", "" };
        char *arg = strchr(line, ' ');

        line[strcspn(line, "\r\n")] = '\0';
        if (arg == NULL)
            continue;
        *arg++ = '\0';
        snprintf(f.name, sizeof f.name, "%s", arg);
        snprintf(f.warehouse, sizeof f.warehouse, "%s", arg);
        snprintf(f.order, sizeof f.order, "%s", arg);
        snprintf(f.limit, sizeof f.limit, "%s", arg);
        if (strcmp(line, "FIND") == 0)
            find_by_name(st, &f);
        else if (strcmp(line, "FINDQ") == 0)
            find_by_name_quoted(st, &f);
        else if (strcmp(line, "WH") == 0)
            find_in_warehouse(st, &f);
        else if (strcmp(line, "SORT") == 0)
            list_sorted(st, &f);
        else if (strcmp(line, "GROUP") == 0)
            list_grouped(st, &f);
        else if (strcmp(line, "FIRST") == 0)
            list_first(st, &f);
        else if (strcmp(line, "UNTAG") == 0)
            delete_by_tag(st, arg);
        else if (strcmp(line, "RENAME1") == 0)
            rename_item(st, 1, arg);
    }
    return 0;
}
