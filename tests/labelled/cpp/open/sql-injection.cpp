// Library catalogue: sqlite3 repository classes behind an HTTP API.
#include <functional>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>
#include <sqlite3.h>
#include <httplib.h>

class Statement {
public:
    Statement(sqlite3* db, const std::string& sql)
    {
        if (sqlite3_prepare_v2(db, sql.c_str(), -1, &st_, nullptr) != SQLITE_OK) // fine: sql-injection
            throw std::runtime_error(sqlite3_errmsg(db));
    }
    ~Statement() { sqlite3_finalize(st_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int i, const std::string& v)
    {
        sqlite3_bind_text(st_, i, v.data(), static_cast<int>(v.size()), SQLITE_TRANSIENT);
        return *this;
    }
    bool step() { return sqlite3_step(st_) == SQLITE_ROW; }
    std::string text(int col)
    {
        auto p = reinterpret_cast<const char*>(sqlite3_column_text(st_, col));
        return p ? p : "";
    }

private:
    sqlite3_stmt* st_ = nullptr;
};

class Catalogue {
public:
    explicit Catalogue(sqlite3* db) : db_(db) {}

    std::string by_author(const std::string& author)
    {
        Statement st(db_, "SELECT title FROM book WHERE author = ?1");
        return collect(st.bind(1, author));
    }

    std::string by_title(const std::string& title)
    {
        const std::string sql = "SELECT title FROM book WHERE title LIKE '%" + title + "%'";
        return rows(sql);
    }

    void remove(const std::string& isbn)
    {
        sqlite3_exec(db_, ("DELETE FROM book WHERE isbn = '" + isbn + "'").c_str(), nullptr, nullptr, nullptr); // flaw: sql-injection
    }

    void remove_shelf(int shelf)
    {
        sqlite3_exec(db_, ("DELETE FROM book WHERE shelf = " + std::to_string(shelf)).c_str(), nullptr, nullptr, nullptr); // fine: sql-injection
    }

    void retag(const std::vector<std::string>& isbns, const std::string& tag)
    {
        std::ostringstream sql;
        sql << "UPDATE book SET tag = ?1 WHERE isbn IN (";
        for (size_t i = 0; i < isbns.size(); ++i)
            sql << (i ? ", " : "") << "'" << isbns[i] << "'";
        sql << ")";
        const std::string text = sql.str();
        sqlite3_stmt* st = nullptr;
        if (sqlite3_prepare_v2(db_, text.c_str(), -1, &st, nullptr) != SQLITE_OK) // flaw: sql-injection
            return;
        sqlite3_bind_text(st, 1, tag.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_step(st);
        sqlite3_finalize(st);
    }

    void relabel(const std::vector<std::string>& isbns, const std::string& label)
    {
        std::string sql = "UPDATE book SET label = ? WHERE isbn IN (";
        for (size_t i = 0; i < isbns.size(); ++i)
            sql += i ? ", ?" : "?";
        sql += ")";
        sqlite3_stmt* st = nullptr;
        if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &st, nullptr) != SQLITE_OK) // fine: sql-injection
            return;
        int n = 1;
        sqlite3_bind_text(st, n++, label.c_str(), -1, SQLITE_TRANSIENT);
        for (const auto& isbn : isbns)
            sqlite3_bind_text(st, n++, isbn.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_step(st);
        sqlite3_finalize(st);
    }

    std::string sorted(const std::string& column, bool desc)
    {
        static const std::set<std::string> columns{"title", "author", "year"};
        if (!columns.count(column))
            return {};
        const std::string sql = "SELECT title FROM book ORDER BY " + column + (desc ? " DESC" : "");
        std::string out;
        sqlite3_exec(db_, sql.c_str(), append, &out, nullptr); // fine: sql-injection
        return out;
    }

    std::string page(const std::string& column, const std::string& limit)
    {
        std::string sql = "SELECT title FROM book";
        if (!column.empty())
            sql.append(" ORDER BY ").append(column);
        if (!limit.empty())
            sql.append(" LIMIT ").append(limit);
        std::string out;
        sqlite3_exec(db_, sql.c_str(), append, &out, nullptr); // flaw: sql-injection
        return out;
    }

private:
    static int append(void* arg, int n, char** vals, char**)
    {
        auto* out = static_cast<std::string*>(arg);
        for (int i = 0; i < n; ++i)
            out->append(vals[i] ? vals[i] : "").push_back('\n');
        return 0;
    }

    std::string rows(const std::string& sql)
    {
        std::string out;
        sqlite3_exec(db_, sql.c_str(), append, &out, nullptr); // flaw: sql-injection
        return out;
    }

    static std::string collect(Statement& st)
    {
        std::string out;
        while (st.step())
            out += st.text(0) + "\n";
        return out;
    }

    sqlite3* db_;
};

void routes(httplib::Server& svr, Catalogue& cat)
{
    svr.Get("/author", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.set_content(cat.by_author(rq.get_param_value("name")), "text/plain");
    });
    svr.Get("/title", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.set_content(cat.by_title(rq.get_param_value("q")), "text/plain");
    });
    svr.Get("/sorted", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.set_content(cat.sorted(rq.get_param_value("by"), rq.has_param("desc")), "text/plain");
    });
    svr.Get("/page", [&](const httplib::Request& rq, httplib::Response& rs) {
        rs.set_content(cat.page(rq.get_param_value("by"), rq.get_param_value("limit")), "text/plain");
    });
    svr.Delete("/book", [&](const httplib::Request& rq, httplib::Response&) {
        cat.remove(rq.get_param_value("isbn"));
    });
    svr.Post("/tag", [&](const httplib::Request& rq, httplib::Response&) {
        const std::vector<std::string> isbns{rq.get_param_value("a"), rq.get_param_value("b")};
        cat.retag(isbns, rq.get_param_value("tag"));
        cat.relabel(isbns, rq.get_param_value("label"));
    });
}
