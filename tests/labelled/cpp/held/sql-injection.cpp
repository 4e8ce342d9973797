// Fleet tracking: libpq, libpqxx and MySQL data access objects.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
#include <libpq-fe.h>
#include <mysql/mysql.h>
#include <pqxx/pqxx>
#include <crow.h>

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

struct Criteria {
    std::string plate;
    std::string depot;
    std::string sort = "id";

    static Criteria from(const crow::request& rq)
    {
        Criteria c;
        if (const char* v = rq.url_params.get("plate")) c.plate = v;
        if (const char* v = rq.url_params.get("depot")) c.depot = v;
        if (const char* v = rq.url_params.get("sort")) c.sort = v;
        return c;
    }
};

class WhereBuilder {
public:
    WhereBuilder& equals(std::string_view col, const std::string& v)
    {
        text_ += text_.empty() ? " WHERE " : " AND ";
        text_.append(col).append(" = '").append(v).append("'");
        return *this;
    }
    const std::string& str() const { return text_; }

private:
    std::string text_;
};

class VehicleDao {
public:
    VehicleDao(PGconn* pg, MYSQL* my) : pg_(pg), my_(my) {}

    int count(const Criteria& c)
    {
        WhereBuilder w;
        if (!c.plate.empty()) w.equals("plate", c.plate);
        if (!c.depot.empty()) w.equals("depot", c.depot);
        Result r(PQexec(pg_, ("SELECT id FROM vehicle" + w.str()).c_str()), &PQclear); // flaw: sql-injection
        return PQntuples(r.get());
    }

    int count_params(const Criteria& c)
    {
        const std::array<const char*, 2> vals{c.plate.c_str(), c.depot.c_str()};
        Result r(PQexecParams(pg_, "SELECT id FROM vehicle WHERE plate = $1 OR depot = $2", // fine: sql-injection
                              2, nullptr, vals.data(), nullptr, nullptr, 0), &PQclear);
        return PQntuples(r.get());
    }

    int sorted(const Criteria& c)
    {
        const char* col = c.sort == "plate" ? "plate" : c.sort == "depot" ? "depot" : "id";
        const std::string sql = std::string("SELECT id FROM vehicle ORDER BY ") + col;
        Result r(PQexec(pg_, sql.c_str()), &PQclear);      // fine: sql-injection
        return PQntuples(r.get());
    }

    bool assign(const std::string& driver, long vehicle)
    {
        std::unique_ptr<char, decltype(&PQfreemem)> lit(PQescapeLiteral(pg_, driver.data(), driver.size()), &PQfreemem);
        if (!lit)
            return false;
        std::string sql = "UPDATE vehicle SET driver = ";
        sql += lit.get();
        sql += " WHERE id = " + std::to_string(vehicle);
        Result r(PQexec(pg_, sql.c_str()), &PQclear);      // fine: sql-injection
        return PQresultStatus(r.get()) == PGRES_COMMAND_OK;
    }

    bool retire(const Criteria& c)
    {
        std::string sql = "DELETE FROM vehicle_cache WHERE plate = \"{}\"";
        sql.replace(sql.find("{}"), 2, c.plate);
        return mysql_query(my_, sql.c_str()) == 0;         // flaw: sql-injection
    }

    bool retire_escaped(const Criteria& c)
    {
        std::vector<char> esc(2 * c.plate.size() + 1);
        mysql_real_escape_string(my_, esc.data(), c.plate.data(), c.plate.size());
        const std::string sql = "DELETE FROM vehicle_cache WHERE plate = '" + std::string(esc.data()) + "'";
        return mysql_real_query(my_, sql.data(), sql.size()) == 0; // fine: sql-injection
    }

private:
    PGconn* pg_;
    MYSQL* my_;
};

class TripDao {
public:
    explicit TripDao(pqxx::connection& c) : conn_(c) {}

    size_t by_depot(const Criteria& c)
    {
        pqxx::work tx(conn_);
        return tx.exec("SELECT id FROM trip WHERE depot = '" + c.depot + "'").size(); // flaw: sql-injection
    }

    size_t by_plate(const Criteria& c)
    {
        pqxx::work tx(conn_);
        return tx.exec_params("SELECT id FROM trip WHERE plate = $1", c.plate).size(); // fine: sql-injection
    }

    size_t by_column(const Criteria& c)
    {
        pqxx::work tx(conn_);
        const std::string sql = "SELECT id FROM trip WHERE depot = " + tx.quote(c.depot) + " ORDER BY " + c.sort;
        return tx.exec(sql).size();                        // flaw: sql-injection
    }

private:
    pqxx::connection& conn_;
};

void routes(crow::SimpleApp& app, VehicleDao& v, TripDao& t)
{
    CROW_ROUTE(app, "/count")([&](const crow::request& rq) {
        const auto c = Criteria::from(rq);
        return crow::response(std::to_string(v.count(c) + v.count_params(c) + v.sorted(c)));
    });
    CROW_ROUTE(app, "/retire")([&](const crow::request& rq) {
        const auto c = Criteria::from(rq);
        return crow::response(v.retire(c) && v.retire_escaped(c) ? 200 : 500);
    });
    CROW_ROUTE(app, "/assign")([&](const crow::request& rq) {
        return crow::response(v.assign(rq.body, 7) ? 200 : 500);
    });
    CROW_ROUTE(app, "/trips")([&](const crow::request& rq) {
        const auto c = Criteria::from(rq);
        return crow::response(std::to_string(t.by_depot(c) + t.by_plate(c) + t.by_column(c)));
    });
}
