// The names of a function and what they hold, with a record of changes, so that a branch costs what
// it writes, not what is known. Not shared between threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzers/taint/value.hpp"

namespace peer::taint {

using Symbol = std::uint32_t;

/// What a stretch of code wrote: each name once.
using Changes = std::vector<std::pair<Symbol, Value>>;

class Environment {
 public:
  /// `around` is what surrounds the function (class, module); it outlives this and is not changed.
  explicit Environment(const Environment* around = nullptr) : around_(around) {}

  /// Null where nothing here or around defines `symbol`.
  [[nodiscard]] const Value* find(Symbol symbol) const;
  void set(Symbol symbol, Value value);
  /// Set here, not only in what surrounds this.
  [[nodiscard]] bool is_own(Symbol symbol) const { return own_.contains(symbol); }
  /// What `symbol` held when it was set first; null where it never was here.
  [[nodiscard]] const Value* first(Symbol symbol) const;

  using Mark = std::size_t;
  [[nodiscard]] Mark mark() const { return record_.size(); }
  /// What was written since `mark`.
  [[nodiscard]] Changes since(Mark mark) const;
  /// Undoes what was written since `mark`.
  void undo(Mark mark);
  /// since() and undo().
  [[nodiscard]] Changes take(Mark mark);
  void apply(const Changes& changes);
  /// Goes on where one of `ways` was taken; with `or_none`, perhaps none of them. A name that a way
  /// did not write keeps its value there.
  void join(const std::vector<Changes>& ways, bool or_none);

  [[nodiscard]] std::size_t size() const { return own_.size(); }

 private:
  struct Written {
    Symbol symbol = 0;
    std::optional<Value> before;
  };

  const Environment* around_;
  std::unordered_map<Symbol, Value> own_;
  std::vector<Written> record_;
};

}  // namespace peer::taint
