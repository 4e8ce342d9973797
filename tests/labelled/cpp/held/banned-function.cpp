// Sensor display: fixed LCD buffers and key input.
#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

template <size_t Rows, size_t Cols>
class Lcd {
public:
    void text(size_t row, const char* s)
    {
        char* dst = cells_[row % Rows];
        strcpy(dst, s);                                    // flaw: banned-function
    }

    void text_cut(size_t row, const char* s)
    {
        char* dst = cells_[row % Rows];
        std::strncpy(dst, s, Cols - 1);                    // fine: banned-function
        dst[Cols - 1] = '\0';
    }

    int format(size_t row, const char* fmt, ...)
    {
        va_list ap;
        va_start(ap, fmt);
        const int n = std::vsprintf(cells_[row % Rows], fmt, ap); // flaw: banned-function
        va_end(ap);
        return n;
    }

    int format_cut(size_t row, const char* fmt, ...)
    {
        va_list ap;
        va_start(ap, fmt);
        const int n = std::vsnprintf(cells_[row % Rows], Cols, fmt, ap); // fine: banned-function
        va_end(ap);
        return n;
    }

    const char* row(size_t r) const { return cells_[r % Rows]; }

private:
    char cells_[Rows][Cols] = {};
};

struct Sensor {
    char name[24];
    double value;
};

class Catalog {
public:
    void add(const std::string& name, double value)
    {
        Sensor s{};
        stpcpy(s.name, name.c_str());                      // flaw: banned-function
        s.value = value;
        sensors_.push_back(s);
    }

    bool add_checked(const std::string& name, double value)
    {
        Sensor s{};
        if (name.size() >= sizeof s.name)
            return false;
        std::memcpy(s.name, name.c_str(), name.size() + 1); // fine: banned-function
        s.value = value;
        sensors_.push_back(s);
        return true;
    }

    void list(char* out) const
    {
        *out = '\0';
        for (const auto& s : sensors_)
            strcat(out, s.name);                           // flaw: banned-function
    }

    std::string list_text() const
    {
        std::string out;
        for (const auto& s : sensors_)
            out.append(s.name);                            // fine: banned-function
        return out;
    }

    bool parse(const std::string& line)
    {
        char name[16];
        double v = 0;
        if (std::sscanf(line.c_str(), "%[^=]=%lf", name, &v) != 2) // flaw: banned-function
            return false;
        return add_checked(name, v);
    }

    bool parse_cut(const std::string& line)
    {
        char name[16];
        double v = 0;
        if (std::sscanf(line.c_str(), "%15[^=]=%lf", name, &v) != 2) // fine: banned-function
            return false;
        return add_checked(name, v);
    }

private:
    std::vector<Sensor> sensors_;
};

int main()
{
    Lcd<4, 21> lcd;
    Catalog cat;
    char all[64];
    char unit[8];
    std::string line;

    strcpy(unit, "hPa");                                   // fine: banned-function
    while (std::getline(std::cin, line)) {
        if (!cat.parse(line) && !cat.parse_cut(line))
            cat.add(line, 0.0);
        lcd.text(0, line.c_str());
        lcd.text_cut(1, line.c_str());
        lcd.format(2, "%s %s", line.c_str(), unit);
        lcd.format_cut(3, "%s %s", line.c_str(), unit);
    }
    cat.list(all);
    std::cout << all << cat.list_text() << lcd.row(0) << '\n';
    return 0;
}
