#include "analyzers/complexity.hpp"

#include <algorithm>
#include <array>

#include "analyzers/branch_table.hpp"
#include "analyzers/languages/per_language.hpp"
#include "analyzers/parse/plain_statements.hpp"
#include "analyzers/parse/preorder.hpp"
#include "analyzers/source_file.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

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
  LogicalOperator first = LogicalOperator::none;
  LogicalOperator last = LogicalOperator::none;
  std::uint32_t count = 0;  // how often the operator changed, and the first time

  void append(LogicalOperator op) {
    if (first == LogicalOperator::none) first = op;
    if (last != op) ++count;
    last = op;
  }
  void append(const Run& next) {
    if (next.first == LogicalOperator::none) return;
    if (first == LogicalOperator::none) first = next.first;
    count += next.count - (last == next.first ? 1 : 0);
    last = next.last;
  }
};

/// The walk's state. Depth counts nodes from the root, which stands at 1.
class Counter {
 public:
  Counter(const SourceFile& file, const Outline& outline)
      : text_(file.text()), outline_(outline), language_(*file.language()) {
    for (std::uint32_t i = 0; i < outline.symbols.size(); ++i)
      if (outline.symbols[i].is_callable() && outline.symbols[i].body) callables_.push_back(i);
    // a hook may have widened spans: the walk needs them by where they begin, the outer ones first
    std::stable_sort(callables_.begin(), callables_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Span x = span_of(a);
      const Span y = span_of(b);
      return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
    });
  }

  void run(Node root) {
    const auto& table = per_language<BranchTable>(language_);
    Preorder walk(root, table.plan());
    while (walk.next()) {
      leave(walk.left());
      depth_ = walk.depth();
      if (!enter(walk.node(), table.meaning(walk.kind()))) walk.skip_below();
    }
    leave(0);
  }

  std::vector<FunctionComplexity> finish() {
    (void)holds_function_code({UINT32_MAX, UINT32_MAX});  // past the end: opens and closes the rest
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
    std::size_t depth;
    BranchKind kind;
    bool raises;
    std::size_t functions;  // open around it
  };
  struct OpenRun {
    std::size_t depth;      // of the node whose operands and operators it holds
    bool has_operator;      // false: so far only what stood in an operand
    std::size_t functions;  // open where it began
    Run run;
  };

  [[nodiscard]] Span span_of(std::uint32_t symbol) const { return outline_.symbols[symbol].span; }

  /// Whether to go below `node`.
  bool enter(Node node, const BranchMeaning& meaning) {
    if (!holds_function_code(node.span())) return false;
    if (meaning.plain && !may_branch(node, text_, language_)) return false;
    if (node.child_count() == 0) {
      if (meaning.word) word(*meaning.word, node);
      if (meaning.logical != LogicalOperator::none) logical(meaning.logical);
      if (meaning.operator_by_text) logical_by_text(node);
      return false;
    }
    if (meaning.transparent) parentheses_.push_back(depth_);
    if (meaning.inner) branch(*meaning.inner, node);
    return true;
  }

  /// All nodes from `depth` down were left, the deepest first.
  void leave(std::size_t depth) {
    for (;;) {
      const auto run = runs_.empty() ? 0 : runs_.back().depth;
      const auto frame = frames_.empty() ? 0 : frames_.back().depth;
      const auto deepest = std::max(run, frame);
      if (deepest == 0 || deepest < depth) break;
      if (run == deepest) {
        end_run();
      } else {
        close_frame();
      }
    }
    while (!parentheses_.empty() && parentheses_.back() >= depth)
      parentheses_.pop_back();
  }

  /// Keeps the stack of open functions; false where nothing in `node` can count.
  bool holds_function_code(Span node) {
    const auto begin = [&] { return span_of(callables_[next_]).begin; };
    for (; next_ < callables_.size() && begin() <= node.begin; ++next_) {
      close_functions_until(begin());
      open_function(callables_[next_]);
    }
    close_functions_until(node.begin);
    return !open_.empty() || (next_ < callables_.size() && begin() < node.end);
  }

  /// Those that ended in something that is left.
  void close_functions_above(std::size_t count) {
    while (open_.size() > count)
      close_function();
  }

  void close_functions_until(std::uint32_t offset) {
    while (!open_.empty() && open_.back().end <= offset)
      close_function();
  }

  void open_function(std::uint32_t index) {
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
    frames_.push_back({depth_, kind, raises, open_.size()});
    nesting_ += raises ? 1U : 0U;
  }

  void close_frame() {
    const Frame frame = frames_.back();
    frames_.pop_back();
    close_functions_above(frame.functions);
    if (frame.raises && nesting_ > 0) --nesting_;
  }

  void branch(BranchKind kind, Node node) {
    switch (kind) {
      case BranchKind::condition: {
        decision();
        // `else if`: the else has counted, and the branch stands as deep as the first one
        const bool is_new = !is_next_after_else(node);
        if (is_new) nested();
        return push(kind, is_new);
      }
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

  /// Nothing stands between the last `else` and `node`, and no node begins there.
  [[nodiscard]] bool is_next_after_else(Node node) const {
    return else_depth_ >= depth_ && node.begin() >= else_end_ &&
           trim(text_.substr(else_end_, node.begin() - else_end_)).empty();
  }

  void word(BranchKind kind, Node node) {
    if (kind == BranchKind::else_if) {
      flat();
      return decision();
    }
    const auto around = frames_.empty() ? BranchKind::condition : frames_.back().kind;
    if (around == BranchKind::choice || around == BranchKind::ternary) return;
    flat();
    else_depth_ = around != BranchKind::directive ? depth_ : 0;
    else_end_ = node.end();
  }

  void logical_by_text(Node node) {
    const auto words = node.text(text_);
    if (words == "&&") logical(LogicalOperator::conjunction);
    if (words == "||") logical(LogicalOperator::disjunction);
  }

  void logical(LogicalOperator op) {
    decision();
    const auto parent = depth_ - 1;
    if (runs_.empty() || runs_.back().depth != parent)
      runs_.push_back({parent, true, open_.size(), {}});
    runs_.back().has_operator = true;
    runs_.back().run.append(op);
  }

  /// A node is left: its run goes on in the expression around it, or ends here.
  void end_run() {
    const OpenRun ended = runs_.back();
    runs_.pop_back();
    close_functions_above(ended.functions);
    const bool goes_on = ended.has_operator ||
                         std::binary_search(parentheses_.begin(), parentheses_.end(), ended.depth);
    if (ended.depth == 1 || !goes_on) return count(ended.run);
    const auto parent = ended.depth - 1;
    if (runs_.empty() || runs_.back().depth != parent) {
      runs_.push_back({parent, false, ended.functions, ended.run});
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
  std::vector<std::uint32_t> callables_;
  std::size_t next_ = 0;
  std::vector<Function> open_;
  std::vector<Frame> frames_;
  std::vector<OpenRun> runs_;
  std::vector<FunctionComplexity> done_;
  std::vector<std::size_t> parentheses_;  // depths of those around the walk
  std::size_t depth_ = 0;                 // of the node the walk stands at
  std::uint32_t nesting_ = 0;
  std::size_t else_depth_ = 0;  // of the last `else`; 0: none that an `if` can belong to
  std::uint32_t else_end_ = 0;
};

}  // namespace

std::vector<FunctionComplexity> complexity_of(const SourceFile& file, const Outline& outline) {
  if (file.tree() == nullptr || file.language() == nullptr || file.language()->branches.empty())
    return {};
  Counter counter(file, outline);
  counter.run(file.tree()->root());
  return counter.finish();
}

}  // namespace peer
