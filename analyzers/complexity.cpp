#include "analyzers/complexity.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <optional>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/plain_statements.hpp"
#include "analyzers/source_file.hpp"

namespace peer {
namespace {

enum class Operator : std::uint8_t { none, conjunction, disjunction };

/// What a kind of node means for the count.
struct Meaning {
  std::optional<BranchKind> inner;  // as a node with a name: "if_statement"
  std::optional<BranchKind> word;   // as a leaf: "else"
  Operator logical = Operator::none;
  bool operator_by_text = false;  // its text says which operator it is (Scala)
  bool plain = false;             // a statement that need not be entered nearly always
  bool transparent = false;       // parentheses: a run of operators goes on through them
};

/// Meanings by the grammar's number of a kind: one look-up per node.
class MeaningTable {
 public:
  explicit MeaningTable(const Language& language) {
    const TSLanguage* grammar = language.grammar();
    meanings_.resize(ts_language_symbol_count(grammar));
    for (std::uint32_t id = 0; id < meanings_.size(); ++id) {
      const auto symbol = static_cast<TSSymbol>(id);
      const bool named = ts_language_symbol_type(grammar, symbol) == TSSymbolTypeRegular;
      meanings_[id] = meaning_of(ts_language_symbol_name(grammar, symbol), named, language);
    }
  }
  [[nodiscard]] const Meaning& of(Node node) const {
    static const Meaning kNothing;
    const auto id = node.kind_id();
    return id < meanings_.size() ? meanings_[id] : kNothing;  // ERROR has the largest number
  }

 private:
  static bool is_word(BranchKind kind) {
    return kind == BranchKind::otherwise || kind == BranchKind::else_if;
  }

  static Meaning meaning_of(std::string_view name, bool named, const Language& language) {
    Meaning meaning;
    for (const auto& branch : language.branches) {
      if (branch.node != name) continue;
      if (is_word(branch.kind)) {
        meaning.word = branch.kind;
      } else if (named) {
        meaning.inner = branch.kind;
      }
    }
    const auto& operators = language.logical_operators;
    if (!named && std::find(operators.begin(), operators.end(), name) != operators.end())
      meaning.logical =
          name == "&&" || name == "and" ? Operator::conjunction : Operator::disjunction;
    const auto& plain = language.plain_statements;
    meaning.plain = named && std::find(plain.begin(), plain.end(), name) != plain.end();
    meaning.operator_by_text = named && name == "operator_identifier";
    meaning.transparent =
        named && (name == "parenthesized_expression" || name == "parenthesized_statements" ||
                  name == "tuple_expression");
    return meaning;
  }

  std::vector<Meaning> meanings_;
};

/// Made when the first file of a language comes.
const MeaningTable& table_of(const Language& language) {
  struct Slot {
    std::once_flag once;
    std::unique_ptr<MeaningTable> table;
  };
  static std::vector<Slot> slots(all_languages().size());
  const auto all = all_languages();
  const auto index =
      static_cast<std::size_t>(std::find(all.begin(), all.end(), &language) - all.begin());
  auto& slot = slots.at(index);
  std::call_once(slot.once, [&] { slot.table = std::make_unique<MeaningTable>(language); });
  return *slot.table;
}

/// A default arm: `default:`, `else ->`, `_ =>`, `*)`.
bool is_default_arm(Node arm, std::string_view text) {
  const auto first = arm.child(0).kind();
  if (first == "default" || first == "else" || first == "default_keyword") return true;
  const Node pattern = arm.named_child(0);
  if (!pattern) return false;
  const auto words = pattern.text(text);
  return words == "_" || words == "*";
}

/// `break outer`, `continue 2`, not `break` nor `break value`.
bool names_target(Node jump, std::string_view text) {
  const auto words = jump.text(text);
  if (!words.starts_with("break") && !words.starts_with("continue")) return false;
  const Node target = jump.named_child(0);
  if (!target) return false;
  if (jump.kind() == "break_expression") return target.kind() == "label";  // Rust: else a value
  constexpr std::array<std::string_view, 6> kTargets{
      "label", "label_name", "statement_identifier", "identifier", "simple_identifier", "integer"};
  return std::find(kTargets.begin(), kTargets.end(), target.kind()) != kTargets.end();
}

/// A run of logical operators in order of the source, as far as it was read.
struct Run {
  Operator first = Operator::none;
  Operator last = Operator::none;
  std::uint32_t count = 0;  // how often the operator changed, and the first time

  void append(Operator op) {
    if (first == Operator::none) first = op;
    if (last != op) ++count;
    last = op;
  }
  void append(const Run& next) {
    if (next.first == Operator::none) return;
    if (first == Operator::none) first = next.first;
    count += next.count - (last == next.first ? 1 : 0);
    last = next.last;
  }
};

/// The walk's state. Depth counts nodes from the root.
class Counter {
 public:
  Counter(const SourceFile& file, const Outline& outline)
      : text_(file.text()),
        outline_(outline),
        language_(*file.language()),
        table_(table_of(language_)) {
    for (std::uint32_t i = 0; i < outline.symbols.size(); ++i)
      if (outline.symbols[i].is_callable() && outline.symbols[i].body) callables_.push_back(i);
    // a hook may have widened spans: the walk needs them by where they begin, the outer ones first
    std::stable_sort(callables_.begin(), callables_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Span x = span_of(a);
      const Span y = span_of(b);
      return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
    });
  }

  bool enter(Node node) {
    if (!open_functions(node)) return false;
    const auto& meaning = table_.of(node);
    const bool after_else = after_else_;
    after_else_ = false;
    if (meaning.plain && !may_branch(node, text_, language_)) return false;
    if (node.child_count() == 0) {
      if (meaning.word) word(*meaning.word);
      if (meaning.logical != Operator::none) logical(meaning.logical);
      if (meaning.operator_by_text) logical_by_text(node);
      return false;
    }
    if (meaning.inner) branch(*meaning.inner, node, after_else);
    ++depth_;
    return true;
  }

  void leave(Node node) {
    --depth_;
    if (!runs_.empty() && runs_.back().depth == depth_) end_run(node);
    if (!frames_.empty() && frames_.back().depth == depth_) {
      if (frames_.back().raises && nesting_ > 0) --nesting_;
      frames_.pop_back();
    }
  }

  std::vector<FunctionComplexity> finish() {
    while (!open_.empty())
      close_function();
    std::sort(done_.begin(), done_.end(),
              [](const auto& a, const auto& b) { return a.symbol < b.symbol; });
    return std::move(done_);
  }

 private:
  struct Function {
    std::uint32_t symbol = 0;
    std::uint32_t end = 0;
    Span body;
    std::uint32_t outer_nesting = 0;  // how nested it stands in the function around it
    std::uint32_t cyclomatic = 1;
    std::uint32_t cognitive = 0;
    std::uint32_t structures = 0;                             // increments that grow with nesting
    std::uint32_t inner_cognitive = 0, inner_structures = 0;  // of named functions inside
  };
  struct Frame {
    std::uint32_t depth;
    BranchKind kind;
    bool raises;
  };
  struct OpenRun {
    std::uint32_t depth;  // of the node whose operands and operators it holds
    bool has_operator;    // false: so far only what stood in an operand
    Run run;
  };

  [[nodiscard]] Span span_of(std::uint32_t symbol) const { return outline_.symbols[symbol].span; }

  /// Keeps the stack of open functions; false where nothing of `node` can count.
  bool open_functions(Node node) {
    const auto at = node.begin();
    while (!open_.empty() && open_.back().end <= at)
      close_function();
    while (next_ < callables_.size() && span_of(callables_[next_]).begin <= at)
      open_function();
    if (!open_.empty()) return true;
    return next_ < callables_.size() && span_of(callables_[next_]).begin < node.end();
  }

  void open_function() {
    const auto index = callables_[next_++];
    const auto& symbol = outline_.symbols[index];
    Function function;
    function.symbol = index;
    function.end = symbol.span.end;
    function.body = *symbol.body;
    function.outer_nesting = nesting_;
    nesting_ = 0;
    open_.push_back(function);
  }

  void close_function() {
    const Function f = open_.back();
    open_.pop_back();
    nesting_ = f.outer_nesting;
    const auto all = f.cognitive + f.inner_cognitive;
    done_.push_back({f.symbol, {f.cyclomatic, f.cognitive == 0 ? 0 : all}});
    if (open_.empty()) return;
    const auto structures = f.structures + f.inner_structures;
    open_.back().inner_cognitive += all + structures * (f.outer_nesting + 1);
    open_.back().inner_structures += structures;
  }

  void flat() {
    if (!open_.empty()) ++open_.back().cognitive;
  }
  void nested() {
    if (open_.empty()) return;
    open_.back().cognitive += 1 + nesting_;
    ++open_.back().structures;
  }
  void decision() {
    if (!open_.empty()) ++open_.back().cyclomatic;
  }

  void push(BranchKind kind, bool raises) {
    frames_.push_back({depth_, kind, raises});
    nesting_ += raises ? 1U : 0U;
  }

  void branch(BranchKind kind, Node node, bool after_else) {
    switch (kind) {
      case BranchKind::condition:
        decision();
        // `else if`: the else has counted, and the branch stands as deep as the first one
        if (!after_else) nested();
        return push(kind, !after_else);
      case BranchKind::ternary:
      case BranchKind::loop:
      case BranchKind::handler:
        decision();
        nested();
        return push(kind, true);
      case BranchKind::choice:
      case BranchKind::directive:
        nested();
        return push(kind, true);
      case BranchKind::arm:
        if (!is_default_arm(node, text_)) decision();
        return;
      case BranchKind::jump:
        return flat();
      case BranchKind::labelled_jump:
        if (names_target(node, text_)) flat();
        return;
      case BranchKind::lambda:
        if (!open_.empty() && !is_body_of_open(node)) push(kind, true);
        return;
      case BranchKind::otherwise:
      case BranchKind::else_if:
        return;
    }
  }

  /// `name = (x) => { ... }`: the lambda is the function itself.
  [[nodiscard]] bool is_body_of_open(Node node) const {
    return node.begin() <= open_.back().body.begin && node.end() >= open_.back().body.end;
  }

  void word(BranchKind kind) {
    if (kind == BranchKind::else_if) {
      flat();
      return decision();
    }
    const auto around = frames_.empty() ? BranchKind::condition : frames_.back().kind;
    if (around == BranchKind::choice || around == BranchKind::ternary) return;
    flat();
    after_else_ = around != BranchKind::directive;
  }

  void logical_by_text(Node node) {
    const auto words = node.text(text_);
    if (words == "&&") logical(Operator::conjunction);
    if (words == "||") logical(Operator::disjunction);
  }

  void logical(Operator op) {
    decision();
    const auto parent = depth_ - 1;
    if (runs_.empty() || runs_.back().depth != parent) runs_.push_back({parent, true, {}});
    runs_.back().has_operator = true;
    runs_.back().run.append(op);
  }

  /// `node` is left: its run goes on in the expression around it, or ends here.
  void end_run(Node node) {
    const OpenRun ended = runs_.back();
    runs_.pop_back();
    if (depth_ == 0 || !(ended.has_operator || table_.of(node).transparent))
      return count(ended.run);
    const auto parent = depth_ - 1;
    if (runs_.empty() || runs_.back().depth != parent) {
      runs_.push_back({parent, false, ended.run});
    } else if (runs_.back().has_operator) {
      runs_.back().run.append(ended.run);
    } else {  // two operands without a logical operator between them
      count(runs_.back().run);
      runs_.back().run = ended.run;
    }
  }

  void count(const Run& run) {
    if (!open_.empty()) open_.back().cognitive += run.count;
  }

  std::string_view text_;
  const Outline& outline_;
  const Language& language_;
  const MeaningTable& table_;
  std::vector<std::uint32_t> callables_;
  std::size_t next_ = 0;
  std::vector<Function> open_;
  std::vector<Frame> frames_;
  std::vector<OpenRun> runs_;
  std::vector<FunctionComplexity> done_;
  std::uint32_t depth_ = 0;
  std::uint32_t nesting_ = 0;
  bool after_else_ = false;
};

}  // namespace

std::vector<FunctionComplexity> complexity_of(const SourceFile& file, const Outline& outline) {
  if (file.tree() == nullptr || file.language() == nullptr || file.language()->branches.empty())
    return {};
  Counter counter(file, outline);
  walk(
      file.tree()->root(), [&](Node node) { return counter.enter(node); },
      [&](Node node) { counter.leave(node); });
  return counter.finish();
}

}  // namespace peer
