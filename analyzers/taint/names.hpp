// Numbers for names, so that the interpreter compares integers. One file, one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "analyzers/taint/environment.hpp"

namespace peer::taint {

class Names {
 public:
  /// The number of `name`: the same one each time.
  Symbol operator()(std::string_view name) {
    if (const auto it = numbers_.find(name); it != numbers_.end()) return it->second;
    const Symbol number = another(name);
    numbers_.emplace(texts_[number], number);
    return number;
  }
  /// A number of its own for a name that hides another one of the same text.
  Symbol another(std::string_view name) {
    texts_.emplace_back(name);
    return static_cast<Symbol>(texts_.size() - 1);
  }
  [[nodiscard]] const std::string& text(Symbol symbol) const { return texts_[symbol]; }

 private:
  std::deque<std::string> texts_;  // stable: numbers_ refers into it
  std::unordered_map<std::string_view, Symbol> numbers_;
};

}  // namespace peer::taint
