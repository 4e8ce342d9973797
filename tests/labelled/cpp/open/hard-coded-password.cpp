// Connection factory for the reporting service.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <libpq-fe.h>
#include <mysql/mysql.h>
#include <curl/curl.h>

struct Credentials {
    std::string user;
    std::string password;
};

static const std::map<std::string, Credentials> kServices{
    {"ledger", {"ledger_ro", "P4ss-ledger-77"}},           // flaw: hard-coded-password
};

class SecretStore {
public:
    explicit SecretStore(std::string dir) : dir_(std::move(dir)) {}

    std::optional<std::string> get(const std::string& name) const
    {
        std::ifstream in(dir_ + "/secret");
        std::string key, value;
        while (in >> key >> value) {
            if (key == name)
                return value;
        }
        return std::nullopt;
    }

private:
    std::string dir_;
};

class ConnectionFactory {
public:
    explicit ConnectionFactory(SecretStore store) : store_(std::move(store)) {}

    PGconn* archive()
    {
        return PQconnectdb("host=pg2.internal sslmode=verify-full user=archive password=Archive#2020"); // flaw: hard-coded-password
    }

    PGconn* warehouse()
    {
        const auto pw = store_.get("warehouse-password");  // fine: hard-coded-password
        if (!pw)
            throw std::runtime_error("warehouse password missing");
        const char* keys[] = {"host", "user", "password", nullptr};
        const char* vals[] = {"pg1.internal", "warehouse", pw->c_str(), nullptr}; // fine: hard-coded-password
        return PQconnectdbParams(keys, vals, 0);
    }

    bool metrics(MYSQL* m)
    {
        const std::string password = "m3tricsDB";          // flaw: hard-coded-password
        return mysql_real_connect(m, "my1.internal", "metrics", password.c_str(), "metrics", 0, nullptr, 0) != nullptr;
    }

    bool events(MYSQL* m)
    {
        const char* password = std::getenv("EVENTS_DB_PASSWORD"); // fine: hard-coded-password
        if (!password)
            return false;
        return mysql_real_connect(m, "my1.internal", "events", password, "events", 0, nullptr, 0) != nullptr;
    }

    bool ledger(MYSQL* m)
    {
        const auto& c = kServices.at("ledger");
        return mysql_real_connect(m, "my2.internal", c.user.c_str(), c.password.c_str(), "ledger", 0, nullptr, 0) != nullptr;
    }

    void printer(CURL* h)
    {
        login(h, {"printer", "pr1nt-Farm"});               // flaw: hard-coded-password
    }

    void scanner(CURL* h)
    {
        login(h, {"scanner", store_.get("scanner").value_or("")}); // fine: hard-coded-password
    }

private:
    static void login(CURL* h, const Credentials& c)
    {
        curl_easy_setopt(h, CURLOPT_USERNAME, c.user.c_str());
        curl_easy_setopt(h, CURLOPT_PASSWORD, c.password.c_str());
    }

    SecretStore store_;
};

class AdminShell {
public:
    bool unlock(const std::string& typed)
    {
        unlocked_ = typed == "letmein-9000";               // flaw: hard-coded-password
        return unlocked_;
    }

    void prompt(std::ostream& out) const
    {
        const std::string password_label = "Password: ";   // fine: hard-coded-password
        out << password_label;
    }

private:
    bool unlocked_ = false;
};
