// Access control service: Crow middleware style audit logging.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <regex>
#include <sstream>
#include <string>
#include <vector>
#include <syslog.h>
#include <crow.h>

class Logger {
public:
    enum class Level { Info, Warning };

    class Entry {
    public:
        Entry(Logger& l, Level lv) : log_(l) { text_ << (lv == Level::Info ? "I " : "W "); }
        ~Entry() { log_.commit(text_.str()); }
        template <typename T>
        Entry& operator<<(const T& v) { text_ << v; return *this; }

    private:
        Logger& log_;
        std::ostringstream text_;
    };

    explicit Logger(std::FILE* f) : f_(f) {}
    Entry info() { return Entry(*this, Level::Info); }
    Entry warn() { return Entry(*this, Level::Warning); }

private:
    void commit(const std::string& s)
    {
        std::lock_guard<std::mutex> g(m_);
        std::fprintf(f_, "%s\n", s.c_str());
    }

    std::FILE* f_;
    std::mutex m_;
};

static std::string param(const crow::request& rq, const char* k)
{
    const char* v = rq.url_params.get(k);
    return v ? v : "";
}

static std::string escape(const std::string& in)
{
    std::string out;
    for (unsigned char c : in) {
        if (c < 0x20 || c == 0x7f || c == '\\') {
            std::array<char, 5> b{};
            std::snprintf(b.data(), b.size(), "\\x%02x", c);
            out += b.data();
        } else {
            out += static_cast<char>(c);
        }
    }
    return out;
}

class Doors {
public:
    explicit Doors(Logger& l) : log_(l) {}

    void open(const crow::request& rq)
    {
        log_.info() << "door opened by " << param(rq, "card"); // flaw: log-injection
    }

    void open_escaped(const crow::request& rq)
    {
        log_.info() << "door opened by " << escape(param(rq, "card")); // fine: log-injection
    }

    void refuse(const crow::request& rq)
    {
        std::string who = param(rq, "card");
        who = who.empty() ? "nobody" : who.substr(0, 40);
        const std::string msg = "refused: " + who;
        std::clog << msg << std::endl;                     // flaw: log-injection
    }

    void refuse_number(const crow::request& rq)
    {
        const std::string s = param(rq, "card");
        unsigned long n = 0;
        std::from_chars(s.data(), s.data() + s.size(), n);
        std::clog << "refused: " << n << std::endl;        // fine: log-injection
    }

    void visit(const crow::request& rq)
    {
        static const std::regex name("[A-Za-z -]{1,40}");
        const std::string v = param(rq, "visitor");
        if (std::regex_match(v, name))
            log_.info() << "visitor " << v;                // fine: log-injection
    }

    void alarm(const crow::request& rq)
    {
        std::vector<std::string> parts{"alarm", param(rq, "zone"), param(rq, "cause")};
        std::ostringstream s;
        std::copy(parts.begin(), parts.end(), std::ostream_iterator<std::string>(s, " "));
        emit(LOG_ALERT, s.str());
    }

    void mode(const crow::request& rq)
    {
        const bool night = param(rq, "mode") == "night";
        log_.warn() << "mode is " << (night ? "night" : "day"); // fine: log-injection
    }

    void agent(const crow::request& rq)
    {
        const std::string& ua = rq.get_header_value("X-Reader-Note");
        note_ = ua;
        log_.warn() << "reader note: " << note_;           // flaw: log-injection
    }

private:
    static void emit(int prio, const std::string& s)
    {
        syslog(prio, "%s", s.c_str());                     // flaw: log-injection
    }

    Logger& log_;
    std::string note_;
};
