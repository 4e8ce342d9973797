// Matrix, ring and string helpers of a numeric service.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <memory>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

class Matrix {
public:
    Matrix(int rows, int cols) : rows_(rows), cols_(cols), m_(new double[rows * cols]()) {}
    ~Matrix() { delete[] m_; }
    Matrix(const Matrix&) = delete;
    Matrix& operator=(const Matrix&) = delete;

    void read_row(std::istream& in, int row)
    {
        double v;
        int c = 0;
        while (in >> v)
            m_[row * cols_ + c++] = v;                     // flaw: unchecked-size
    }

    bool fill_row(std::istream& in, int row)
    {
        if (row < 0 || row >= rows_)
            return false;
        double v;
        for (int c = 0; c < cols_ && in >> v; ++c)
            m_[row * cols_ + c] = v;                       // fine: unchecked-size
        return true;
    }

    void transpose_from(const Matrix& o)
    {
        for (int r = 0; r < o.rows_; ++r)
            for (int c = 0; c < o.cols_; ++c)
                m_[c * cols_ + r] = o.m_[r * o.cols_ + c]; // flaw: unchecked-size
    }

    bool copy_from(const Matrix& o)
    {
        if (o.rows_ != rows_ || o.cols_ != cols_)
            return false;
        std::copy_n(o.m_, rows_ * cols_, m_);              // fine: unchecked-size
        return true;
    }

private:
    int rows_, cols_;
    double* m_;
};

class Series {
public:
    explicit Series(size_t n) : v_(n) {}

    double smooth(size_t i) const
    {
        return (v_[i] + v_[i + 1]) / 2;                    // flaw: unchecked-size
    }

    double smooth_all() const
    {
        double s = 0;
        for (size_t i = 0; i + 1 < v_.size(); ++i)
            s += (v_[i] + v_[i + 1]) / 2;                  // fine: unchecked-size
        return s;
    }

    void shift(size_t by)
    {
        std::memmove(v_.data() + by, v_.data(), v_.size() * sizeof(double)); // flaw: unchecked-size
    }

    void slide(size_t by)
    {
        if (by <= v_.size())
            std::memmove(v_.data() + by, v_.data(), (v_.size() - by) * sizeof(double)); // fine: unchecked-size
    }

private:
    std::vector<double> v_;
};

static void set_code(char (&code)[4], const std::string& text)
{
    text.copy(code, text.size());                          // flaw: unchecked-size
}

static void put_code(char (&code)[4], const std::string& text)
{
    text.copy(code, sizeof code);                          // fine: unchecked-size
}

static int* parse_ints(const std::string& line, size_t& n)
{
    const size_t guess = static_cast<size_t>(std::count(line.begin(), line.end(), ','));
    auto* out = new int[guess];
    std::istringstream in(line);
    n = 0;
    for (std::string part; std::getline(in, part, ',');)
        out[n++] = static_cast<int>(std::strtol(part.c_str(), nullptr, 10)); // flaw: unchecked-size
    return out;
}

static int* parse_longs(const std::string& line, size_t& n)
{
    const size_t guess = static_cast<size_t>(std::count(line.begin(), line.end(), ',')) + 1;
    auto* out = new int[guess];
    std::istringstream in(line);
    n = 0;
    for (std::string part; std::getline(in, part, ',');)
        out[n++] = static_cast<int>(std::strtol(part.c_str(), nullptr, 10)); // fine: unchecked-size
    return out;
}

int main()
{
    std::string line;
    Matrix a(4, 8), b(4, 8);
    Series s(32);
    char code[4] = {};

    while (std::getline(std::cin, line)) {
        std::istringstream in(line);
        size_t n = 0, k = 0, at = 0;
        in >> at;
        a.read_row(in, 0);
        b.fill_row(in, static_cast<int>(at));
        b.transpose_from(a);
        b.copy_from(a);
        s.shift(at);
        s.slide(at);
        set_code(code, line);
        put_code(code, line);
        std::unique_ptr<int[]> x(parse_ints(line, n)), y(parse_longs(line, k));
        std::cout << s.smooth(at) + s.smooth_all() << ' ' << n + k << ' ' << code[0] << '\n';
    }
    return 0;
}
