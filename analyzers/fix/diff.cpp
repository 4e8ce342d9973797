#include "analyzers/fix/diff.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

namespace peer {
namespace {

using Ids = std::vector<std::int32_t>;

constexpr int kNoPath = -1;                              // no forward path ends on this diagonal
constexpr int kNoWay = std::numeric_limits<int>::max();  // no backward path
constexpr int kMostEffort = 256;        // edit steps from either end before settling for a split
constexpr int kMostEffortOfLarge = 64;  // likewise, where lines are very many
constexpr std::size_t kLarge = 200000;  // lines of both sides

/// Lines are counted with a sign here: a diagonal may lie on either side.
constexpr std::size_t index(int i) { return static_cast<std::size_t>(i); }

/// A rectangle of the edit graph: old lines [a0, a1) against new lines [b0, b1).
struct Box {
  int a0, a1, b0, b1;
};

/// Finds where an optimal path through a box crosses its middle.
class Splitter {
 public:
  Splitter(const Ids& a, const Ids& b)
      : a_(a),
        b_(b),
        forward_(a.size() + b.size() + 3),
        backward_(a.size() + b.size() + 3),
        effort_(a.size() + b.size() > kLarge ? kMostEffortOfLarge : kMostEffort) {}

  /// A point of the box (old, new) on a shortest path through it; both sides must not be empty.
  std::pair<int, int> split(const Box& box) {
    start(box);
    for (int step = 1; step <= effort_; ++step) {
      if (advance()) return found_;
      if (retreat()) return found_;
    }
    return best_so_far();
  }

 private:
  void start(const Box& box) {
    box_ = box;
    n_ = box.a1 - box.a0;
    m_ = box.b1 - box.b0;
    odd_ = (n_ - m_) % 2 != 0;
    flo_ = fhi_ = 0;
    blo_ = bhi_ = n_ - m_;
    f(-1) = f(1) = kNoPath;
    f(0) = 0;
    b(n_ - m_ - 1) = b(n_ - m_ + 1) = kNoWay;
    b(n_ - m_) = n_;
  }

  // furthest old line reached on a diagonal (old - new), forward and backward
  int& f(int diagonal) { return forward_[index(diagonal + m_ + 1)]; }
  int& b(int diagonal) { return backward_[index(diagonal + m_ + 1)]; }

  static void widen(int& low, int& high, int least, int most) {
    low > least ? --low : ++low;
    high < most ? ++high : --high;
  }

  /// One edit further from the front.
  bool advance() {
    const int old_low = flo_;
    const int old_high = fhi_;
    widen(flo_, fhi_, -m_, n_);
    if (flo_ < old_low) f(flo_ - 1) = kNoPath;
    if (fhi_ > old_high) f(fhi_ + 1) = kNoPath;
    for (int k = fhi_; k >= flo_; k -= 2) {
      const int down = f(k - 1) >= 0 && f(k - 1) < n_ ? f(k - 1) + 1 : kNoPath;
      const int right = f(k + 1) >= 0 && f(k + 1) - k <= m_ ? f(k + 1) : kNoPath;
      int x = std::max(down, right);
      while (x >= 0 && x < n_ && x - k < m_ && old_id(x) == new_id(x - k))
        ++x;
      f(k) = x;
      if (odd_ && x >= 0 && blo_ <= k && k <= bhi_ && b(k) <= x) return meet(x, x - k);
    }
    return false;
  }

  /// One edit further from the back.
  bool retreat() {
    const int old_low = blo_;
    const int old_high = bhi_;
    widen(blo_, bhi_, -m_, n_);
    if (blo_ < old_low) b(blo_ - 1) = kNoWay;
    if (bhi_ > old_high) b(bhi_ + 1) = kNoWay;
    for (int k = bhi_; k >= blo_; k -= 2) {
      const int up = b(k + 1) != kNoWay && b(k + 1) > 0 ? b(k + 1) - 1 : kNoWay;
      const int left = b(k - 1) != kNoWay && b(k - 1) - k >= 0 ? b(k - 1) : kNoWay;
      int x = std::min(up, left);
      while (x != kNoWay && x > 0 && x - k > 0 && old_id(x - 1) == new_id(x - k - 1))
        --x;
      b(k) = x;
      if (!odd_ && x != kNoWay && flo_ <= k && k <= fhi_ && x <= f(k)) return meet(x, x - k);
    }
    return false;
  }

  /// The point that has come furthest from its corner, when the effort is spent.
  std::pair<int, int> best_so_far() {
    int most = -1;
    for (int k = flo_; k <= fhi_; k += 2)
      if (f(k) >= 0 && 2 * f(k) - k > most) most = 2 * f(k) - k, meet(f(k), f(k) - k);
    for (int k = blo_; k <= bhi_; k += 2) {
      const int x = b(k);
      if (x != kNoWay && n_ + m_ - (2 * x - k) > most) most = n_ + m_ - (2 * x - k), meet(x, x - k);
    }
    return found_;
  }

  bool meet(int x, int y) {
    found_ = {box_.a0 + x, box_.b0 + y};
    return true;
  }
  std::int32_t old_id(int x) const { return a_[index(box_.a0 + x)]; }
  std::int32_t new_id(int y) const { return b_[index(box_.b0 + y)]; }

  const Ids& a_;
  const Ids& b_;
  std::vector<int> forward_, backward_;
  int effort_;
  Box box_{};
  int n_ = 0, m_ = 0;
  bool odd_ = false;
  int flo_ = 0, fhi_ = 0, blo_ = 0, bhi_ = 0;
  std::pair<int, int> found_;
};

struct Marks {
  std::vector<char> old_changed, new_changed;
};

void mark(std::vector<char>& marks, int begin, int end) {
  std::fill(marks.begin() + begin, marks.begin() + end, char{1});
}

/// Marks the lines that are on no common path.
Marks compare(const Ids& a, const Ids& b) {
  Marks marks{std::vector<char>(a.size(), 0), std::vector<char>(b.size(), 0)};
  Splitter splitter(a, b);
  std::vector<Box> open{{0, static_cast<int>(a.size()), 0, static_cast<int>(b.size())}};
  const auto same = [&](int x, int y) { return a[index(x)] == b[index(y)]; };
  while (!open.empty()) {
    Box box = open.back();
    open.pop_back();
    for (; box.a0 < box.a1 && box.b0 < box.b1 && same(box.a0, box.b0); ++box.a0)
      ++box.b0;
    for (; box.a0 < box.a1 && box.b0 < box.b1 && same(box.a1 - 1, box.b1 - 1); --box.a1)
      --box.b1;
    if (box.a0 == box.a1 || box.b0 == box.b1) {
      mark(marks.old_changed, box.a0, box.a1);
      mark(marks.new_changed, box.b0, box.b1);
      continue;
    }
    const auto [x, y] = splitter.split(box);
    open.push_back({box.a0, x, box.b0, y});
    open.push_back({x, box.a1, y, box.b1});
  }
  return marks;
}

/// Lines as numbers, so that comparing is cheap.
std::pair<Ids, Ids> numbered(std::span<const std::string_view> a,
                             std::span<const std::string_view> b) {
  std::unordered_map<std::string_view, std::int32_t> ids;
  ids.reserve(a.size() + b.size());
  const auto number = [&](std::span<const std::string_view> lines) {
    Ids out;
    out.reserve(lines.size());
    for (const auto line : lines)
      out.push_back(ids.emplace(line, static_cast<std::int32_t>(ids.size())).first->second);
    return out;
  };
  auto first = number(a);
  return {std::move(first), number(b)};
}

/// The indices of the lines that occur on the other side too: the others can only have changed.
std::vector<std::uint32_t> shared(const Ids& ids, const Ids& others, std::size_t kinds) {
  std::vector<char> there(kinds, 0);
  for (const auto id : others)
    there[static_cast<std::size_t>(id)] = 1;
  std::vector<std::uint32_t> kept;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (there[static_cast<std::size_t>(ids[i])] != 0) kept.push_back(static_cast<std::uint32_t>(i));
  return kept;
}

Ids picked(const Ids& ids, const std::vector<std::uint32_t>& kept) {
  Ids out;
  out.reserve(kept.size());
  for (const auto i : kept)
    out.push_back(ids[i]);
  return out;
}

std::vector<char> spread(const std::vector<char>& marks, const std::vector<std::uint32_t>& kept,
                         std::size_t size) {
  std::vector<char> out(size, 1);
  for (std::size_t i = 0; i < kept.size(); ++i)
    out[kept[i]] = marks[i];
  return out;
}

std::vector<DiffRun> runs_of(const Marks& marks) {
  const auto& a = marks.old_changed;
  const auto& b = marks.new_changed;
  std::vector<DiffRun> runs;
  std::uint32_t i = 0;
  std::uint32_t j = 0;
  while (i < a.size() || j < b.size()) {
    DiffRun run{i, i, j, j};
    while (run.old_end < a.size() && a[run.old_end] != 0)
      ++run.old_end;
    while (run.new_end < b.size() && b[run.new_end] != 0)
      ++run.new_end;
    if (run.old_end > i || run.new_end > j) runs.push_back(run);
    i = run.old_end + 1;
    j = run.new_end + 1;
  }
  return runs;
}

}  // namespace

std::vector<std::string_view> lines_with_ends(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto size = end == std::string_view::npos ? text.size() : end + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

std::vector<DiffRun> diff_lines(std::span<const std::string_view> old_lines,
                                std::span<const std::string_view> new_lines) {
  const auto [a, b] = numbered(old_lines, new_lines);
  const auto kept_a = shared(a, b, a.size() + b.size());
  const auto kept_b = shared(b, a, a.size() + b.size());
  const auto marks = compare(picked(a, kept_a), picked(b, kept_b));
  return runs_of(
      {spread(marks.old_changed, kept_a, a.size()), spread(marks.new_changed, kept_b, b.size())});
}

}  // namespace peer
