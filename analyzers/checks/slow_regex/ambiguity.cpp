#include "analyzers/checks/slow_regex/ambiguity.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "base/text.hpp"

namespace peer::slow_regex {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// For each state the number of its loop: states that lead to each other have the same; kNone where
/// no way leads back. (Tarjan.)
class Loops {
 public:
  explicit Loops(const Automaton& automaton)
      : automaton_(automaton),
        loop_(automaton.size(), kNone),
        order_(automaton.size(), kNone),
        low_(automaton.size(), 0) {
    for (std::uint32_t state = 0; state < automaton.size(); ++state)
      if (order_[state] == kNone) visit(state);
  }
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> all() const { return loops_; }

 private:
  struct Frame {
    std::uint32_t state;
    std::size_t edge;
  };

  void enter(std::uint32_t state, std::vector<Frame>& frames) {
    order_[state] = low_[state] = next_++;
    open_.push_back(state);
    frames.push_back({state, 0});
  }

  void visit(std::uint32_t root) {
    std::vector<Frame> frames;
    enter(root, frames);
    while (!frames.empty()) {
      auto& [state, edge] = frames.back();
      const auto& edges = automaton_[state].edges;
      if (edge < edges.size()) {
        const std::uint32_t to = edges[edge++].to;
        if (order_[to] == kNone)
          enter(to, frames);
        else if (loop_[to] == kNone)
          low_[state] = std::min(low_[state], order_[to]);
        continue;
      }
      const std::uint32_t done = state;
      frames.pop_back();
      if (!frames.empty())
        low_[frames.back().state] = std::min(low_[frames.back().state], low_[done]);
      if (low_[done] == order_[done]) close(done);
    }
  }

  void close(std::uint32_t root) {
    const auto begin = std::find(open_.begin(), open_.end(), root);
    std::vector<std::uint32_t> states(begin, open_.end());
    open_.erase(begin, open_.end());
    for (const auto state : states)
      loop_[state] = static_cast<std::uint32_t>(loops_.size());
    const auto& edges = automaton_[root].edges;
    const bool turns = states.size() > 1 || std::any_of(edges.begin(), edges.end(),
                                                        [&](Edge edge) { return edge.to == root; });
    loops_.push_back(turns ? std::move(states) : std::vector<std::uint32_t>());
  }

  const Automaton& automaton_;
  std::vector<std::uint32_t> loop_, order_, low_, open_;
  std::vector<std::vector<std::uint32_t>> loops_;
  std::uint32_t next_ = 0;
};

std::string utf8_of_reversed(std::u32string_view text) {
  std::string out;
  std::for_each(text.rbegin(), text.rend(), [&](char32_t c) { append_utf8(out, c); });
  return out;
}

/// What is read on the shortest way from one state to another; "" where there is none. Symbols are
/// read as nothing.
std::string text_between(const Automaton& automaton, std::uint32_t from, std::uint32_t to) {
  std::vector<std::uint32_t> before(automaton.size(), kNone);
  std::vector<std::uint32_t> queue{from};
  before[from] = from;
  for (std::size_t i = 0; i < queue.size() && before[to] == kNone; ++i)
    for (const Edge edge : automaton[queue[i]].edges)
      if (before[edge.to] == kNone) {
        before[edge.to] = queue[i];
        queue.push_back(edge.to);
      }
  std::u32string read;
  for (std::uint32_t state = to; before[state] != kNone && state != from; state = before[state]) {
    const CharSet& chars = automaton[state].chars;
    if (!chars.is_symbol() && !chars.empty()) read += *chars.common(chars);
  }
  return utf8_of_reversed(read);
}

/// Two ways through one loop of the automaton, side by side: a pair of states is where they are
/// after the same text.
class TwoWays {
 public:
  TwoWays(const Automaton& automaton, std::vector<std::uint32_t> loop)
      : automaton_(automaton),
        loop_(std::move(loop)),
        place_(automaton.size(), kNone),
        size_(static_cast<std::uint32_t>(loop_.size())) {
    for (std::uint32_t i = 0; i < size_; ++i)
      place_[loop_[i]] = i;
  }

  struct Round {
    std::uint32_t from;  ///< the state where it begins and ends
    std::string text;
  };

  /// What is read from where they part until they are back; none where they never part and meet, or
  /// where `steps` do not suffice.
  std::optional<Round> round(std::size_t& steps) {
    if (std::size_t{size_} * size_ > steps) return std::nullopt;
    before_.assign(std::size_t{size_} * size_, kNone);
    std::vector<std::uint32_t> queue;
    for (std::uint32_t i = 0; i < size_; ++i) {
      before_[pair(i, i)] = pair(i, i);
      queue.push_back(pair(i, i));
    }
    for (std::size_t i = 0; i < queue.size() && steps > 0; ++i) {
      const auto met = step(queue[i], queue, steps);
      if (met != kNone) return round_of(queue[i], met);
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::uint32_t pair(std::uint32_t a, std::uint32_t b) const { return a * size_ + b; }
  [[nodiscard]] const State& state(std::uint32_t place) const { return automaton_[loop_[place]]; }

  /// Puts the pairs behind `from` into the queue that were not reached before; the place where both
  /// meet, or kNone.
  std::uint32_t step(std::uint32_t from, std::vector<std::uint32_t>& queue, std::size_t& steps) {
    const std::uint32_t a = from / size_;
    const std::uint32_t b = from % size_;
    for (const Edge left : state(a).edges)
      for (const Edge right : state(b).edges) {
        if (steps == 0) return kNone;
        --steps;
        const std::uint32_t x = place_[left.to];
        const std::uint32_t y = place_[right.to];
        if (x == kNone || y == kNone) continue;
        if (x == y && (a != b || left.is_twofold)) return x;
        if (before_[pair(x, y)] != kNone || !state(x).chars.common(state(y).chars)) continue;
        before_[pair(x, y)] = from;
        queue.push_back(pair(x, y));
      }
    return kNone;
  }

  Round round_of(std::uint32_t parted, std::uint32_t met) const {
    std::u32string read;
    read += *state(met).chars.common(state(met).chars);
    for (; before_[parted] != parted; parted = before_[parted])
      read += *state(parted / size_).chars.common(state(parted % size_).chars);
    Round out{loop_[parted / size_], utf8_of_reversed(read)};
    out.text += text_between(automaton_, loop_[met], out.from);
    return out;
  }

  const Automaton& automaton_;
  std::vector<std::uint32_t> loop_, place_, before_;
  std::uint32_t size_;
};

/// Whatever follows, the expression can match from here: nothing is ever tried again.
bool can_always_end(const Automaton& automaton, const State& state) {
  if (state.accepts) return true;
  const auto ends_behind = [&](const State& one) {
    return one.accepts || std::any_of(one.edges.begin(), one.edges.end(), [&](Edge edge) {
             return automaton[edge.to].chars.is_symbol() && automaton[edge.to].accepts;
           });
  };
  return std::any_of(state.edges.begin(), state.edges.end(), [&](Edge edge) {
    const State& next = automaton[edge.to];
    const auto itself = std::any_of(next.edges.begin(), next.edges.end(),
                                    [&](Edge again) { return again.to == edge.to; });
    return itself && next.chars.holds_every_line() && ends_behind(next);
  });
}

}  // namespace

std::optional<SlowText> text_with_many_ways(const Automaton& automaton, std::size_t& steps) {
  std::vector<bool> is_slow;  // a round without end can pass here
  for (const State& state : automaton)
    is_slow.push_back(!state.chars.empty() && !state.chars.is_symbol() &&
                      !can_always_end(automaton, state));
  Automaton inner = automaton;
  for (State& state : inner)
    state.edges.erase(std::remove_if(state.edges.begin(), state.edges.end(),
                                     [&](Edge edge) { return !is_slow[edge.to]; }),
                      state.edges.end());
  for (auto& loop : Loops(inner).all()) {
    if (loop.empty()) continue;
    if (auto round = TwoWays(inner, std::move(loop)).round(steps))
      return SlowText{text_between(automaton, 0, round->from), std::move(round->text)};
  }
  return std::nullopt;
}

}  // namespace peer::slow_regex
