// Test bench controller: instrument logins, storage and SSH like shell.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <unordered_map>
#include <pqxx/pqxx>
#include <curl/curl.h>
#include <openssl/crypto.h>
#include <openssl/ssl.h>

class DsnBuilder {
public:
    DsnBuilder& host(const std::string& h) { return add("host", h); }
    DsnBuilder& user(const std::string& u) { return add("user", u); }
    DsnBuilder& password(const std::string& p) { return add("password", p); }
    std::string str() const { return out_.str() + "sslmode=verify-full"; }

private:
    DsnBuilder& add(const char* k, const std::string& v)
    {
        out_ << k << '=' << v << ' ';
        return *this;
    }

    std::ostringstream out_;
};

struct Instrument {
    std::string address;
    std::string login = "operator";
    std::string password = "0per8tor!";                    // flaw: hard-coded-password
    std::string password_file = "/etc/bench/instrument.pass"; // fine: hard-coded-password
};

static std::string read_secret(const std::string& file)
{
    std::ifstream in(file);
    std::string s;
    std::getline(in, s);
    return s;
}

class Bench {
public:
    std::unique_ptr<pqxx::connection> results()
    {
        return std::make_unique<pqxx::connection>(
            DsnBuilder().host("db.bench").user("results").password("Res-ults2021").str()); // flaw: hard-coded-password
    }

    std::unique_ptr<pqxx::connection> history()
    {
        return std::make_unique<pqxx::connection>(
            DsnBuilder().host("db.bench").user("history").password(read_secret("/run/secrets/history")).str()); // fine: hard-coded-password
    }

    void scope(CURL* h, const Instrument& i)
    {
        curl_easy_setopt(h, CURLOPT_USERNAME, i.login.c_str());
        curl_easy_setopt(h, CURLOPT_PASSWORD, i.password.c_str());
    }

    void generator(CURL* h, const Instrument& i)
    {
        const std::string password = read_secret(i.password_file);
        curl_easy_setopt(h, CURLOPT_USERNAME, i.login.c_str());
        curl_easy_setopt(h, CURLOPT_PASSWORD, password.c_str()); // fine: hard-coded-password
    }

    void proxy(CURL* h)
    {
        curl_easy_setopt(h, CURLOPT_PROXYUSERPWD, "bench:pr0xy-pass"); // flaw: hard-coded-password
    }

    void proxy_env(CURL* h)
    {
        const char* userpwd = std::getenv("BENCH_PROXY_USERPWD"); // fine: hard-coded-password
        if (userpwd)
            curl_easy_setopt(h, CURLOPT_PROXYUSERPWD, userpwd);
    }

    void load_key(SSL_CTX* ctx)
    {
        SSL_CTX_set_default_passwd_cb_userdata(ctx, const_cast<char*>("pem-pass-31")); // flaw: hard-coded-password
        SSL_CTX_use_PrivateKey_file(ctx, "/etc/bench/bench.key", SSL_FILETYPE_PEM);
    }
};

class Shell {
public:
    bool login(const std::string& user, const std::string& pass)
    {
        static const std::unordered_map<std::string, std::string> accounts{
            {"service", "S3rvice-only"},                   // flaw: hard-coded-password
        };
        const auto it = accounts.find(user);
        return it != accounts.end() && it->second == pass;
    }

    void help(std::ostream& out) const
    {
        static const std::unordered_map<std::string, std::string> topics{
            {"password", "change the password of the current user"}, // fine: hard-coded-password
            {"status", "show the state of the bench"},
        };
        for (const auto& [name, text] : topics)
            out << name << "\t" << text << '\n';
    }
};
