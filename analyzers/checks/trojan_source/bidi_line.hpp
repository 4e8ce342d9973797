// The bidirectional controls of one line. A value.
#pragma once

#include <vector>

#include "analyzers/checks/trojan_source/characters.hpp"
#include "analyzers/fix/fix.hpp"
#include "analyzers/span.hpp"

namespace peer::trojan {

/// The controls of one line, to decide whether they can mislead.
struct BidiLine {
  Span span;               // from the first to the last
  std::vector<char> open;  // 'e' an embedding or override, 'i' an isolate
  bool stray = false;      // an end without a begin
  bool override_ = false;
  std::vector<Edit> removal;

  void add(char32_t c, Span at) {
    if (removal.empty()) span = at;
    span.end = at.end;
    removal.push_back({at, ""});
    override_ = override_ || is_override(c);
    if (c == 0x202C) {
      close('e');
    } else if (c == 0x2069) {
      close('i');
    } else {
      open.push_back(c >= 0x2066 ? 'i' : 'e');
    }
  }

  void close(char kind) {
    if (open.empty() || open.back() != kind) {
      stray = true;
    } else {
      open.pop_back();
    }
  }

  [[nodiscard]] bool balanced() const { return open.empty() && !stray; }
};

}  // namespace peer::trojan
