// Plugin host: diagnostics and status text from plugins and users.
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <err.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <unordered_map>

namespace host {

template <typename... Args>
std::string format(const char* fmt, Args... args)
{
    std::array<char, 512> buf{};
    std::snprintf(buf.data(), buf.size(), fmt, args...);
    return buf.data();
}

enum class Level { Info, Warn, Fatal };

static const char* level_format(Level l)
{
    switch (l) {
    case Level::Info: return "info: %s\n";
    case Level::Warn: return "warning: %s\n";
    default: return "fatal: %s (pid %d)\n";
    }
}

class PluginHost {
public:
    explicit PluginHost(std::FILE* log) : log_(log) {}

    void load_strings(const std::string& file)
    {
        std::ifstream in(file);
        for (std::string k, v; std::getline(in, k, '\t') && std::getline(in, v);)
            strings_[k] = v;
    }

    void report(Level l, const std::string& text)
    {
        std::fprintf(log_, level_format(l), text.c_str(), ::getpid()); // fine: format-string
    }

    void status(const std::string& text)
    {
        ::dprintf(STDERR_FILENO, text.c_str());            // flaw: format-string
    }

    void status_line(const std::string& text)
    {
        ::dprintf(STDERR_FILENO, "%s\n", text.c_str());    // fine: format-string
    }

    std::string translate(const std::string& key, const std::string& arg)
    {
        return format(strings_[key].c_str(), arg.c_str()); // flaw: format-string
    }

    std::string describe(const std::string& name, int version)
    {
        return format("%s v%d", name.c_str(), version);    // fine: format-string
    }

    void fail(const char* plugin_message)
    {
        ::warnx(plugin_message);                           // flaw: format-string
    }

    void fail_with(const char* plugin_message)
    {
        ::warnx("plugin: %s", plugin_message);             // fine: format-string
    }

    void wide(const std::wstring& text)
    {
        std::wprintf(text.c_str());                        // flaw: format-string
    }

    void wide_line(const std::wstring& text)
    {
        std::wprintf(L"%ls\n", text.c_str());              // fine: format-string
    }

    void banner(const std::string& user)
    {
        std::string fmt = "session of ";
        fmt.append(user).append(" started by pid %d\n");
        std::fprintf(log_, fmt.c_str(), ::getpid());       // flaw: format-string
    }

    void columns(int width, const std::string& name)
    {
        std::fprintf(log_, "%*s|\n", width % 80, name.c_str()); // fine: format-string
    }

private:
    std::FILE* log_;
    std::unordered_map<std::string, std::string> strings_;
};

} // namespace host

int main(int argc, char** argv)
{
    host::PluginHost h(stderr);
    h.load_strings("/usr/share/pluginhost/strings.tsv");
    for (int i = 1; i < argc; ++i) {
        const std::string arg = argv[i];
        h.report(host::Level::Info, arg);
        h.status(arg);
        h.status_line(arg);
        h.fail(argv[i]);
        h.fail_with(argv[i]);
        h.wide(std::wstring(arg.begin(), arg.end()));
        h.wide_line(std::wstring(arg.begin(), arg.end()));
        h.banner(arg);
        h.columns(i, h.translate(arg, arg) + h.describe(arg, i));
    }
    return 0;
}
