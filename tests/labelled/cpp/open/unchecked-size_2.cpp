// Tile map loader and command parser.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct Tile {
    uint16_t kind;
    uint16_t height;
};

class Grid {
public:
    Grid(size_t w, size_t h) : w_(w), h_(h), tiles_(w * h) {}

    void put(size_t x, size_t y, Tile t) { tiles_[y * w_ + x] = t; } // flaw: unchecked-size

    void place(size_t x, size_t y, Tile t)
    {
        if (x >= w_ || y >= h_)
            throw std::out_of_range("tile");
        tiles_[y * w_ + x] = t;                            // fine: unchecked-size
    }

    void raise(size_t i) { tiles_.at(i).height++; }        // fine: unchecked-size

private:
    size_t w_, h_;
    std::vector<Tile> tiles_;
};

class Palette {
public:
    explicit Palette(int n) : n_(n), entries_(new uint32_t[n]()) {}

    void load(std::istream& in)
    {
        for (int i = 0; i <= n_; ++i)
            in.read(reinterpret_cast<char*>(&entries_[i]), sizeof(uint32_t)); // flaw: unchecked-size
    }

    void reload(std::istream& in)
    {
        in.read(reinterpret_cast<char*>(entries_.get()), static_cast<std::streamsize>(n_ * sizeof(uint32_t))); // fine: unchecked-size
    }

private:
    int n_;
    std::unique_ptr<uint32_t[]> entries_;
};

static std::string read_name(std::istream& in)
{
    char name[32];
    uint8_t len = 0;
    in.read(reinterpret_cast<char*>(&len), 1);
    in.read(name, len);                                    // flaw: unchecked-size
    return std::string(name, static_cast<size_t>(in.gcount()));
}

static std::string read_title(std::istream& in)
{
    char title[256];
    uint8_t len = 0;
    in.read(reinterpret_cast<char*>(&len), 1);
    in.read(title, len);                                   // fine: unchecked-size
    return std::string(title, static_cast<size_t>(in.gcount()));
}

static char* copy_text(const std::string& s)
{
    char* p = new char[s.size()];
    std::memcpy(p, s.c_str(), s.size() + 1);               // flaw: unchecked-size
    return p;
}

static std::unique_ptr<char[]> dup_text(const std::string& s)
{
    auto p = std::make_unique<char[]>(s.size() + 1);
    std::memcpy(p.get(), s.c_str(), s.size() + 1);         // fine: unchecked-size
    return p;
}

static int weight_of(const std::string& arg)
{
    static const int weights[5] = {1, 2, 4, 8, 16};
    const int level = std::atoi(arg.c_str());
    if (level > 4)
        return 0;
    return weights[level];                                 // flaw: unchecked-size
}

static int bonus_of(const std::string& arg)
{
    static const int bonus[5] = {0, 1, 1, 2, 3};
    const unsigned long level = std::strtoul(arg.c_str(), nullptr, 10);
    return level < std::size(bonus) ? bonus[level] : 0;    // fine: unchecked-size
}

int main(int argc, char** argv)
{
    Grid g(16, 16);
    Palette pal(64);
    size_t x = 0, y = 0;

    while (std::cin >> x >> y) {
        if (argc > 2)
            g.put(x, y, Tile{1, 0});
        else
            g.place(x, y, Tile{1, 0});
        g.raise(x);
    }
    std::cin.clear();
    pal.load(std::cin);
    pal.reload(std::cin);
    const std::string name = read_name(std::cin) + read_title(std::cin);
    char* raw = copy_text(name);
    auto own = dup_text(name);
    std::cout << raw << own.get() << '\n';
    delete[] raw;
    return argc > 1 ? weight_of(argv[1]) + bonus_of(argv[1]) : 0;
}
