// Document converter: intermediate files.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>
#include <fcntl.h>
#include <unistd.h>

namespace fs = std::filesystem;

class Workspace {
public:
    Workspace()
    {
        std::string tmpl = (fs::temp_directory_path() / "convXXXXXX").string();
        if (!::mkdtemp(tmpl.data()))                       // fine: temp-file
            throw std::runtime_error("mkdtemp");
        dir_ = tmpl;
    }
    ~Workspace()
    {
        std::error_code ec;
        fs::remove_all(dir_, ec);
    }
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    std::ofstream open(const std::string& leaf) const
    {
        return std::ofstream(dir_ / leaf);                 // fine: temp-file
    }

private:
    fs::path dir_;
};

class Converter {
public:
    std::string stage_one(const std::string& text)
    {
        const std::string name = std::tmpnam(nullptr);     // flaw: temp-file
        std::ofstream out(name);
        out << text;
        return name;
    }

    std::string stage_two(const std::string& text)
    {
        std::string name = "/tmp/convert-" + std::to_string(::getpid()) + ".xml";
        std::ofstream out(name);                           // flaw: temp-file
        out << text;
        return name;
    }

    std::string stage_three(const std::string& text)
    {
        std::string name = "/tmp/convert-XXXXXX";
        const int fd = ::mkstemp(name.data());             // fine: temp-file
        if (fd < 0)
            throw std::runtime_error("mkstemp");
        const bool ok = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
        ::close(fd);
        return ok ? name : std::string();
    }

    std::string stage_four(const std::string& text)
    {
        std::vector<char> tmpl{'/', 't', 'm', 'p', '/', 's', 'X', 'X', 'X', 'X', 'X', 'X', '\0'};
        if (::mktemp(tmpl.data()) == nullptr || tmpl[0] == '\0') // flaw: temp-file
            return {};
        std::ofstream out(tmpl.data());
        out << text;
        return tmpl.data();
    }

    bool stage_five(const std::string& text)
    {
        std::unique_ptr<FILE, int (*)(FILE*)> fp(std::tmpfile(), &std::fclose); // fine: temp-file
        if (!fp)
            return false;
        return std::fputs(text.c_str(), fp.get()) >= 0;
    }

    void remember(const std::string& name)
    {
        append(scratch("history"), name);
    }

    void index(const std::string& name)
    {
        append("/var/lib/converter/index.txt", name);
    }

private:
    static fs::path scratch(const char* kind)
    {
        return fs::temp_directory_path() / (std::string("converter_") + kind + ".txt");
    }

    static void append(const fs::path& p, const std::string& line)
    {
        std::ofstream out(p, std::ios::app);               // flaw: temp-file
        out << line << '\n';
    }
};

int lock_instance()
{
    const fs::path p = "/run/converter/lock";
    return ::open(p.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); // fine: temp-file
}
