// Repository mirror service: runs git and archive tools on request.
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>
#include <sys/wait.h>
#include <unistd.h>
#include <httplib.h>

namespace mirror {

struct PipeCloser {
    void operator()(FILE* f) const { if (f) pclose(f); }
};
using Pipe = std::unique_ptr<FILE, PipeCloser>;

static std::string drain(FILE* f)
{
    std::array<char, 512> buf{};
    std::string out;
    while (fgets(buf.data(), static_cast<int>(buf.size()), f) != nullptr)
        out += buf.data();
    return out;
}

static std::string capture(const std::string& command)
{
    Pipe p(popen(command.c_str(), "r"));                   // flaw: command-injection
    if (!p)
        throw std::runtime_error("popen");
    return drain(p.get());
}

class CommandLine {
public:
    explicit CommandLine(std::string program) : text_(std::move(program)) {}
    CommandLine& arg(const std::string& a) { text_ += " " + a; return *this; }
    int run() const { return std::system(text_.c_str()); } // flaw: command-injection
private:
    std::string text_;
};

static int exec_argv(const std::vector<std::string>& args)
{
    std::vector<char*> argv;
    for (const auto& a : args)
        argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[0], argv.data());                      // fine: command-injection
        _exit(127);
    }
    int status = -1;
    if (pid > 0)
        waitpid(pid, &status, 0);
    return status;
}

class Handlers {
public:
    void clone(const httplib::Request& req, httplib::Response& res)
    {
        std::string url = req.get_param_value("url");
        res.status = std::system(("git clone --mirror " + url + " /srv/mirror/new").c_str()) == 0 ? 200 : 500; // flaw: command-injection
    }

    void log(const httplib::Request& req, httplib::Response& res)
    {
        std::ostringstream cmd;
        cmd << "git -C /srv/mirror/main log --oneline -n 20";
        if (req.has_param("author"))
            cmd << " --author='" << req.get_param_value("author") << "'";
        res.set_content(capture(cmd.str()), "text/plain");
    }

    void show(const httplib::Request& req, httplib::Response& res)
    {
        static const std::regex sha("^[0-9a-f]{7,40}$");
        const std::string rev = req.get_param_value("rev");
        if (!std::regex_match(rev, sha)) {
            res.status = 400;
            return;
        }
        std::string cmd = "git -C /srv/mirror/main show --stat " + rev;
        Pipe p(popen(cmd.c_str(), "r"));                   // fine: command-injection
        res.set_content(p ? drain(p.get()) : "", "text/plain");
    }

    void fetch(const httplib::Request& req, httplib::Response& res)
    {
        const std::string remote = req.get_param_value("remote");
        if (remote.empty() || remote[0] == '-') {
            res.status = 400;
            return;
        }
        res.status = exec_argv({"git", "-C", "/srv/mirror/main", "remote", "show", "--", remote}) == 0 ? 200 : 500;
    }

    void bundle(const httplib::Request& req, httplib::Response& res)
    {
        CommandLine c("tar");
        c.arg("-czf").arg("/srv/out/bundle.tgz").arg(req.get_param_value("dir"));
        res.status = c.run() == 0 ? 200 : 500;
    }

    void gc(const httplib::Request& req, httplib::Response& res)
    {
        static const std::map<std::string, std::string> modes{{"fast", "--auto"}, {"full", "--aggressive"}};
        auto it = modes.find(req.get_param_value("mode"));
        if (it == modes.end()) {
            res.status = 400;
            return;
        }
        res.status = std::system(("git -C /srv/mirror/main gc " + it->second).c_str()) == 0 ? 200 : 500; // fine: command-injection
    }

    void prune(const httplib::Request& req, httplib::Response& res)
    {
        int days = 0;
        try {
            days = std::stoi(req.get_param_value("days"));
        } catch (const std::exception&) {
            res.status = 400;
            return;
        }
        const std::string cmd = "find /srv/out -name '*.tgz' -mtime +" + std::to_string(days) + " -delete";
        res.status = std::system(cmd.c_str()) == 0 ? 200 : 500; // fine: command-injection
    }

    void hook(const httplib::Request& req, httplib::Response& res)
    {
        std::vector<std::string> parts{"/srv/hooks/run.sh"};
        std::istringstream in(req.body);
        for (std::string word; in >> word;)
            parts.push_back(word);
        std::string line;
        for (const auto& p : parts)
            line += p + ' ';
        pid_t pid = fork();
        if (pid == 0) {
            execl("/bin/sh", "sh", "-c", line.c_str(), static_cast<char*>(nullptr)); // flaw: command-injection
            _exit(127);
        }
        int status = 0;
        if (pid > 0)
            waitpid(pid, &status, 0);
        res.status = status == 0 ? 200 : 500;
    }
};

} // namespace mirror

int main()
{
    using namespace std::placeholders;
    httplib::Server svr;
    mirror::Handlers h;
    svr.Post("/clone", std::bind(&mirror::Handlers::clone, &h, _1, _2));
    svr.Get("/log", std::bind(&mirror::Handlers::log, &h, _1, _2));
    svr.Get("/show", std::bind(&mirror::Handlers::show, &h, _1, _2));
    svr.Get("/fetch", std::bind(&mirror::Handlers::fetch, &h, _1, _2));
    svr.Post("/bundle", std::bind(&mirror::Handlers::bundle, &h, _1, _2));
    svr.Post("/gc", std::bind(&mirror::Handlers::gc, &h, _1, _2));
    svr.Post("/prune", std::bind(&mirror::Handlers::prune, &h, _1, _2));
    svr.Post("/hook", std::bind(&mirror::Handlers::hook, &h, _1, _2));
    return svr.listen("127.0.0.1", 8088) ? 0 : 1;
}
