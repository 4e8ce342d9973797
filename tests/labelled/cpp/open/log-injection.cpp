// Order service: event log.
#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <syslog.h>
#include <httplib.h>

class EventLog {
public:
    explicit EventLog(const std::string& file) : out_(file, std::ios::app) {}

    void write(const std::string& msg)
    {
        out_ << stamp() << ' ' << msg << '\n';             // flaw: log-injection
        out_.flush();
    }

    template <typename T>
    void field(std::string_view key, const T& value)
    {
        out_ << stamp() << ' ' << key << '=' << value << '\n';
    }

    std::ostream& raw() { return out_; }

private:
    static long long stamp()
    {
        using namespace std::chrono;
        return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
    }

    std::ofstream out_;
};

static std::string printable(std::string s)
{
    std::replace_if(s.begin(), s.end(), [](unsigned char c) { return std::iscntrl(c) != 0; }, '_');
    return s;
}

class Orders {
public:
    explicit Orders(EventLog& log) : log_(log) {}

    void create(const httplib::Request& rq, httplib::Response& rs)
    {
        log_.write("order by " + rq.get_param_value("customer"));
        rs.status = 201;
    }

    void cancel(const httplib::Request& rq, httplib::Response& rs)
    {
        log_.raw() << "cancel requested: " << rq.get_param_value("reason") << std::endl; // flaw: log-injection
        rs.status = 204;
    }

    void amend(const httplib::Request& rq, httplib::Response& rs)
    {
        log_.raw() << "amend: " << printable(rq.get_param_value("reason")) << std::endl; // fine: log-injection
        rs.status = 204;
    }

    void track(const httplib::Request& rq, httplib::Response& rs)
    {
        long long id = 0;
        std::istringstream(rq.get_param_value("id")) >> id;
        log_.field("track", id);                           // fine: log-injection
        rs.status = 200;
    }

    void ship(const httplib::Request& rq, httplib::Response& rs)
    {
        std::ostringstream line;
        line << "ship via " << rq.get_param_value("carrier");
        if (rq.has_param("note"))
            line << " (" << rq.get_param_value("note") << ")";
        const std::string text = line.str();
        syslog(LOG_INFO, "%s", text.c_str());              // flaw: log-injection
        rs.status = 200;
    }

    void pay(const httplib::Request& rq, httplib::Response& rs)
    {
        const std::string method = rq.get_param_value("method");
        if (method != "card" && method != "invoice") {
            rs.status = 400;
            return;
        }
        log_.raw() << "payment by " << method << '\n';     // fine: log-injection
    }

    void rate(const httplib::Request& rq, httplib::Response& rs)
    {
        std::string comment = rq.body;
        comment.erase(std::remove(comment.begin(), comment.end(), '\n'), comment.end());
        comment.erase(std::remove(comment.begin(), comment.end(), '\r'), comment.end());
        log_.raw() << "rating: " << comment << '\n';       // fine: log-injection
        rs.status = 200;
    }

    void refund(const httplib::Request& rq, httplib::Response& rs)
    {
        const auto user = decode(rq.get_header_value("X-Forwarded-User"));
        if (user.size() > 64)
            rs.status = 400;
        log_.field("refund", user);                        // flaw: log-injection
    }

private:
    static std::string decode(const std::string& in)
    {
        std::string out;
        for (size_t i = 0; i < in.size(); ++i) {
            if (in[i] == '%' && i + 2 < in.size()) {
                out += static_cast<char>(std::strtol(in.substr(i + 1, 2).c_str(), nullptr, 16));
                i += 2;
            } else {
                out += in[i];
            }
        }
        return out;
    }

    EventLog& log_;
};
