// What rule objects become: flat arrays of numbers that the matcher runs over. Kinds, fields and
// meta variables are numbers, texts stand in one pool. Written by the compiler (load/), then
// immutable; safe to share between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/parse/grammar.hpp"
#include "analyzers/rules/match/text_pattern.hpp"

namespace peer {
struct Language;
}

namespace peer::rules {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// Which nodes of pattern and target must meet; see the rule language's page.
enum class Strictness : std::uint8_t { cst, smart, ast, relaxed, signature, as_template };

/// A node of a pattern. Nodes stand in source order, parents before children: the first child of
/// `i` is `i + 1`, what follows it and all below it is `end`.
struct PatternNode {
  enum class Form : std::uint8_t { terminal, internal, capture, dropped, multiple, multi_capture };
  Form form = Form::terminal;
  bool is_named = true;  ///< of a terminal; of capture and dropped: matches named nodes only
  std::uint16_t kind = 0;
  std::uint32_t slot = kNone;  ///< of a capture, or of a multi_capture in the other table
  std::uint32_t text = 0, text_size = 0;  ///< of a terminal, in Program::texts
  std::uint32_t end = 0;

  [[nodiscard]] bool is_ellipsis() const {
    return form == Form::multiple || form == Form::multi_capture;
  }
};

struct Pattern {
  std::uint32_t root = 0;
  Strictness strictness = Strictness::smart;
  bool has_root_kind = false;
  std::uint16_t root_kind = 0;  ///< of a pattern with a selector
};

/// Kinds as a bit each; kErrorKind is the last.
class KindSet {
 public:
  explicit KindSet(std::uint32_t kind_count)
      : kind_count_(kind_count), bits_(kind_count / 64 + 1) {}
  /// `bits` as bits() gives them.
  KindSet(std::uint32_t kind_count, std::vector<std::uint64_t> bits)
      : kind_count_(kind_count), bits_(std::move(bits)) {}
  void insert(std::uint16_t kind) {
    const auto at = index(kind);
    bits_[at / 64] |= std::uint64_t{1} << (at % 64);
  }
  [[nodiscard]] bool contains(std::uint16_t kind) const {
    const auto at = index(kind);
    return ((bits_[at / 64] >> (at % 64)) & 1U) != 0;
  }
  [[nodiscard]] std::uint32_t kind_count() const { return kind_count_; }
  /// Equal ones of one grammar have equal bits.
  [[nodiscard]] const std::vector<std::uint64_t>& bits() const { return bits_; }
  void unite(const KindSet& other) {
    for (std::size_t i = 0; i < bits_.size(); ++i)
      bits_[i] |= other.bits_[i];
  }
  void intersect(const KindSet& other) {
    for (std::size_t i = 0; i < bits_.size(); ++i)
      bits_[i] &= other.bits_[i];
  }

 private:
  /// A kind of another grammar is none of this one's: it counts as an error rather than beyond the
  /// bits.
  [[nodiscard]] std::uint32_t index(std::uint16_t kind) const {
    return kind < kind_count_ ? kind : kind_count_;
  }

  std::uint32_t kind_count_;
  std::vector<std::uint64_t> bits_;
};

enum class StopBy : std::uint8_t { neighbor, end, rule };

/// One rule, atomic, relational or composite.
struct Op {
  enum class Form : std::uint8_t {
    pattern,    ///< `value` in patterns
    kind,       ///< `value` is the kind
    regex,      ///< `value` in regexes
    nth_child,  ///< `value` in positions; `child` is ofRule
    range,      ///< `value` in ranges
    inside,     ///< `child` is the rule for the other node, as in the next three
    has,
    precedes,
    follows,
    all,     ///< operands [first, first + count)
    any,     ///< likewise
    negate,  ///< `child`
    local,   ///< `value` in utils
    global,  ///< `value` in utils
  };
  Form form = Form::all;
  StopBy stop_by = StopBy::neighbor;
  bool binds = false;       ///< may bind a variable
  std::uint16_t field = 0;  ///< of a relation; 0: none
  std::uint32_t value = kNone;
  std::uint32_t child = kNone;
  std::uint32_t stop = kNone;  ///< rule of `stopBy`
  std::uint32_t first = 0, count = 0;
  std::uint32_t kinds = kNone;  ///< in kind_sets: it cannot match others; kNone: any kind
};

/// The An+B of nthChild.
struct ChildPosition {
  std::int32_t step = 0;
  std::int32_t offset = 0;
  bool reverse = false;
  friend bool operator==(const ChildPosition&, const ChildPosition&) = default;
};

/// 0-based lines and columns in characters.
struct TextRange {
  struct Place {
    std::uint32_t line = 0;
    std::uint32_t column = kNone;  ///< kNone: any
  };
  Place start, end;
};

struct Constraint {
  std::uint32_t slot = 0;  ///< of a single variable
  std::uint32_t op = 0;
};

/// A rule object with its constraints: a whole rule or a utility.
struct Core {
  std::uint32_t op = kNone;  ///< kNone: matches nothing
  std::vector<Constraint> constraints;
};

class Program {
 public:
  explicit Program(const Language* for_language = nullptr) : language(for_language) {}

  const Language* language;
  Core core;
  StopBy sibling_stop_by = StopBy::neighbor;  ///< of a rule object compiled as a relation
  std::uint32_t sibling_stop = kNone;
  std::vector<Op> ops;
  std::vector<std::uint32_t> operands;
  std::vector<PatternNode> pattern_nodes;
  std::vector<Pattern> patterns;
  std::vector<std::unique_ptr<TextPattern>> regexes;
  std::vector<ChildPosition> positions;
  std::vector<TextRange> ranges;
  std::vector<KindSet> kind_sets;
  std::vector<Core> utils;
  std::string texts;
  std::vector<std::string> singles, lists;  ///< names of variables by slot
  std::vector<std::string> variables;       ///< all names, each once
  bool skips_comments = false;              ///< its expressions do
  /// In kind_sets: names, in whose place what they stand for is tried; kNone: it is not.
  std::uint32_t name_kinds = kNone;

  [[nodiscard]] std::string_view text_of(const PatternNode& node) const {
    return std::string_view(texts).substr(node.text, node.text_size);
  }
};

}  // namespace peer::rules
