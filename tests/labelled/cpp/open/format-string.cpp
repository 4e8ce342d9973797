// Console front end of a simulation: messages, progress, translations.
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>
#include <syslog.h>

class Console {
public:
    explicit Console(std::FILE* out) : out_(out) {}

    void print(const char* fmt, ...) __attribute__((format(printf, 2, 3)))
    {
        va_list ap;
        va_start(ap, fmt);
        std::vfprintf(out_, fmt, ap);                      // fine: format-string
        va_end(ap);
    }

    void say(const std::string& text)
    {
        std::fprintf(out_, text.c_str());                  // flaw: format-string
        std::fputc('\n', out_);
    }

    void say_line(const std::string& text)
    {
        std::fprintf(out_, "%s\n", text.c_str());          // fine: format-string
    }

private:
    std::FILE* out_;
};

class Messages {
public:
    void load(std::istream& in)
    {
        std::string line;
        while (std::getline(in, line)) {
            auto eq = line.find('=');
            if (eq != std::string::npos)
                table_[line.substr(0, eq)] = line.substr(eq + 1);
        }
    }

    std::string get(const std::string& key) const
    {
        auto it = table_.find(key);
        return it == table_.end() ? key : it->second;
    }

    std::string render(const std::string& key, int value) const
    {
        char buf[256];
        std::snprintf(buf, sizeof buf, get(key).c_str(), value); // flaw: format-string
        return buf;
    }

    std::string render_value(const std::string& key, int value) const
    {
        char buf[256];
        std::snprintf(buf, sizeof buf, "%s: %d", get(key).c_str(), value); // fine: format-string
        return buf;
    }

private:
    std::map<std::string, std::string> table_;
};

static std::vector<std::string> read_script(std::istream& in)
{
    std::vector<std::string> lines;
    for (std::string l; std::getline(in, l);)
        lines.push_back(l);
    return lines;
}

static constexpr const char* kRowFormats[] = {"%6.2f\n", "%10.4f\n", "%e\n"};

static void print_rows(const std::vector<double>& v, size_t style)
{
    const char* fmt = kRowFormats[style % 3];
    for (double d : v)
        std::printf(fmt, d);                               // fine: format-string
}

static void log_script(const std::vector<std::string>& lines)
{
    for (const auto& l : lines) {
        std::string entry = "script: ";
        entry += l;
        syslog(LOG_DEBUG, entry.c_str());                  // flaw: format-string
    }
}

static void log_size(const std::vector<std::string>& lines)
{
    const std::string entry = std::to_string(lines.size()) + " lines";
    syslog(LOG_DEBUG, "%s", entry.c_str());                // fine: format-string
}

int main(int argc, char** argv)
{
    Console con(stdout);
    Messages msgs;
    const auto lines = read_script(std::cin);

    if (argc > 1)
        std::printf(argv[1]);                              // flaw: format-string
    con.print("%zu steps\n", lines.size());                // fine: format-string
    for (const auto& l : lines) {
        if (!l.empty() && l[0] == '!')
            con.print(l.c_str() + 1);                      // flaw: format-string
        else if (!l.empty() && l[0] == '#')
            con.say(l);
        else
            con.say_line(l);
    }
    log_script(lines);
    log_size(lines);
    print_rows({1.0, 2.5}, static_cast<size_t>(argc));
    con.say_line(msgs.render("done", argc));
    con.say_line(msgs.render_value("done", argc));
    return 0;
}
