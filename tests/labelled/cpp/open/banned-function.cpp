// Legacy bridge: fills fixed records for a C transport library.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
struct wire_record {
    char id[12];
    char label[32];
    char unit[8];
    char note[64];
};
}

class RecordBuilder {
public:
    RecordBuilder() : rec_() {}

    RecordBuilder& id(const std::string& v)
    {
        std::strcpy(rec_.id, v.c_str());                   // flaw: banned-function
        return *this;
    }

    RecordBuilder& label(const std::string& v)
    {
        const size_t n = v.copy(rec_.label, sizeof rec_.label - 1); // fine: banned-function
        rec_.label[n] = '\0';
        return *this;
    }

    RecordBuilder& unit(bool metric)
    {
        std::strcpy(rec_.unit, metric ? "kPa" : "psi");    // fine: banned-function
        return *this;
    }

    RecordBuilder& note(const std::vector<std::string>& words)
    {
        rec_.note[0] = '\0';
        for (const auto& w : words) {
            std::strcat(rec_.note, w.c_str());             // flaw: banned-function
            std::strcat(rec_.note, " ");                   // flaw: banned-function
        }
        return *this;
    }

    RecordBuilder& note_text(std::string_view text)
    {
        std::snprintf(rec_.note, sizeof rec_.note, "%.*s", static_cast<int>(text.size()), text.data()); // fine: banned-function
        return *this;
    }

    const wire_record& get() const { return rec_; }

private:
    wire_record rec_;
};

class LineReader {
public:
    explicit LineReader(std::istream& in) : in_(in) {}

    bool gets(std::string& out) { return static_cast<bool>(std::getline(in_, out)); }

    std::string word()
    {
        char buf[24];
        std::fscanf(stdin, "%s", buf);                     // flaw: banned-function
        return buf;
    }

    std::string token()
    {
        char buf[24] = "";
        if (std::scanf("%23s", buf) != 1)                  // fine: banned-function
            return {};
        return buf;
    }

private:
    std::istream& in_;
};

static void format_row(char* out, const std::string& name, double v)
{
    std::sprintf(out, "%s;%.3f", name.c_str(), v);         // flaw: banned-function
}

static std::string format_cell(const std::string& name, double v)
{
    std::array<char, 96> buf{};
    std::snprintf(buf.data(), buf.size(), "%s;%.3f", name.c_str(), v); // fine: banned-function
    return buf.data();
}

static std::string hex_byte(unsigned char c)
{
    char buf[3];
    std::sprintf(buf, "%02x", c);                          // fine: banned-function
    return buf;
}

int main()
{
    LineReader rd(std::cin);
    std::string line;
    char row[40];

    if (!rd.gets(line))                                    // fine: banned-function
        return 1;
    RecordBuilder b;
    b.id(rd.word()).label(line).unit(true).note({line, rd.token()});
    std::cout << b.get().label << '\n' << hex_byte(static_cast<unsigned char>(b.get().id[0])) << '\n';
    b.note_text(line);
    format_row(row, line, 1.5);
    std::cout << row << '\n' << format_cell(line, 2.5) << '\n';
    return 0;
}
