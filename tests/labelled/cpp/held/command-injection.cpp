// Print and scan station: Crow handlers around system tools.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <crow.h>

extern char** environ;

namespace station {

enum class Tray { Upper, Lower, Manual };

static std::string param(const crow::request& rq, const char* key)
{
    const char* v = rq.url_params.get(key);
    return v ? std::string(v) : std::string();
}

static const char* tray_name(Tray t)
{
    switch (t) {
    case Tray::Upper: return "tray-1";
    case Tray::Lower: return "tray-2";
    default: return "manual";
    }
}

static std::optional<Tray> parse_tray(const std::string& s)
{
    if (s == "upper") return Tray::Upper;
    if (s == "lower") return Tray::Lower;
    if (s == "manual") return Tray::Manual;
    return std::nullopt;
}

static std::string quote(std::string_view in)
{
    std::string out = "'";
    for (char c : in) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

struct PrintJob {
    std::string title;
    std::string queue;
    std::vector<std::string> options;

    std::string line() const
    {
        std::string s = "lp -d " + queue;
        for (const auto& o : options)
            s += " -o " + o;
        return s + " -t \"" + title + "\" /var/spool/station/job.pdf";
    }
};

class Runner {
public:
    int submit(const PrintJob& job)
    {
        const auto line = job.line();
        return ::system(line.c_str());                     // flaw: command-injection
    }

    int spawn(const char* file, std::vector<std::string> args)
    {
        std::vector<char*> argv;
        std::transform(args.begin(), args.end(), std::back_inserter(argv), [](std::string& s) { return s.data(); });
        argv.push_back(nullptr);
        pid_t pid = 0;
        int status = -1;
        if (::posix_spawn(&pid, file, nullptr, nullptr, argv.data(), environ) == 0) // fine: command-injection
            ::waitpid(pid, &status, 0);
        return status;
    }

    int sh(const std::string& script)
    {
        return finish(::popen(script.c_str(), "r"));       // flaw: command-injection
    }

    int sh_quoted(const std::string& user_text)
    {
        const std::string script = "printf %s " + quote(user_text) + " | wc -c";
        return finish(::popen(script.c_str(), "r"));       // fine: command-injection
    }

private:
    static int finish(FILE* p) { return p ? ::pclose(p) : -1; }
};

} // namespace station

int main()
{
    using namespace station;
    crow::SimpleApp app;
    Runner run;

    CROW_ROUTE(app, "/print")([&](const crow::request& rq) {
        PrintJob job{param(rq, "title"), "office", {"sides=two-sided-long-edge"}};
        return crow::response(run.submit(job) == 0 ? 202 : 500);
    });

    CROW_ROUTE(app, "/cancel")([&](const crow::request& rq) {
        const char* id = rq.url_params.get("id");
        char cmd[128];
        std::snprintf(cmd, sizeof cmd, "cancel %s", id ? id : "-a");
        return crow::response(std::system(cmd) == 0 ? 200 : 500); // flaw: command-injection
    });

    CROW_ROUTE(app, "/hold")([&](const crow::request& rq) {
        const std::string id = param(rq, "id");
        int n = 0;
        const auto r = std::from_chars(id.data(), id.data() + id.size(), n);
        if (r.ec != std::errc())
            return crow::response(400);
        const std::string cmd = "lp -H hold -i " + std::to_string(n);
        return crow::response(std::system(cmd.c_str()) == 0 ? 200 : 500); // fine: command-injection
    });

    CROW_ROUTE(app, "/scan")([&](const crow::request& rq) {
        const std::string out = param(rq, "name");
        return crow::response(run.sh("scanimage --format=png > /srv/scans/" + out) == 0 ? 200 : 500);
    });

    CROW_ROUTE(app, "/feed")([&](const crow::request& rq) {
        const auto tray = parse_tray(param(rq, "tray"));
        if (!tray)
            return crow::response(400);
        std::string cmd("lpadmin -p office -o media-source=");
        cmd.append(tray_name(*tray));
        return crow::response(std::system(cmd.c_str()) == 0 ? 200 : 500); // fine: command-injection
    });

    CROW_ROUTE(app, "/count")([&](const crow::request& rq) {
        return crow::response(run.sh_quoted(rq.body) == 0 ? 200 : 500);
    });

    CROW_ROUTE(app, "/stamp")([&](const crow::request& rq) {
        const int rc = run.spawn("/usr/bin/barcode", {"barcode", "-b", param(rq, "text"), "-o", "/srv/scans/stamp.ps"});
        return crow::response(rc == 0 ? 200 : 500);
    });

    CROW_ROUTE(app, "/tool")([&](const crow::request& rq) {
        const std::string& tool = rq.get_header_value("X-Tool");
        const std::string full = "exec /opt/station/tools/" + tool;
        char* const argv[] = {const_cast<char*>("sh"), const_cast<char*>("-c"), const_cast<char*>(full.c_str()), nullptr};
        if (const pid_t pid = ::fork(); pid == 0) {
            ::execv("/bin/sh", argv);                      // flaw: command-injection
            ::_exit(127);
        }
        ::wait(nullptr);
        return crow::response(200);
    });

    app.bindaddr("127.0.0.1").port(8090).run();
    return 0;
}
