#include "analyzers/parse/parse.hpp"

#include <memory>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/tree_memory.hpp"
#include "base/clock.hpp"

namespace peer {
namespace {

struct DeleteParser {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

/// Called by tree-sitter every few microseconds: true ends the parse. In time of the processor, so
/// that the same file has the same verdict on a busy machine. Asking for that is a system call, a
/// twentieth of a parse where it is made each time; but a thread cannot use more of the processor
/// than time goes by, so it is not made before its answer can matter.
class Deadline {
 public:
  Deadline(std::chrono::nanoseconds budget, const std::stop_token& stop)
      : at_(thread_cpu_time() + budget), look_(Steady::now() + budget), stop_(stop) {}

  static bool passed(TSParseState* state) {
    return static_cast<Deadline*>(state->payload)->has_passed();
  }

 private:
  using Steady = std::chrono::steady_clock;

  bool has_passed() {
    if (stop_.stop_requested()) return true;
    const auto now = Steady::now();
    if (now < look_) return false;
    const auto left = at_ - thread_cpu_time();
    look_ = now + left;
    return left <= std::chrono::nanoseconds::zero();
  }

  std::chrono::nanoseconds at_;
  Steady::time_point look_;
  const std::stop_token& stop_;
};

const char* whole_text(void* payload, std::uint32_t byte, TSPoint /*position*/,
                       std::uint32_t* bytes_read) {
  const auto& text = *static_cast<const std::string_view*>(payload);
  if (byte >= text.size()) {
    *bytes_read = 0;
    return "";
  }
  *bytes_read = static_cast<std::uint32_t>(text.size()) - byte;
  return text.data() + byte;
}

std::optional<Tree> parse_tree(std::string_view text, const Language& language,
                               const ParseOptions& options, const std::stop_token& stop) {
  const std::string respelled =
      language.respelled == nullptr ? std::string() : language.respelled(text);
  if (!respelled.empty()) text = respelled;
  auto memory = std::make_unique<TreeMemory>();
  const TreeMemory::Use use(*memory);
  // of this parse alone: it lies in the tree's memory too
  const std::unique_ptr<TSParser, DeleteParser> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), language.grammar())) return std::nullopt;
  Deadline deadline(options.budget, stop);
  const TSInput input{&text, whole_text, TSInputEncodingUTF8, nullptr};
  const TSParseOptions limits{&deadline, &Deadline::passed};
  const TSTree* tree = ts_parser_parse_with_options(parser.get(), nullptr, input, limits);
  if (tree == nullptr) return std::nullopt;
  return Tree(tree, std::move(memory));
}

}  // namespace

Tree::Tree(const TSTree* tree, std::unique_ptr<TreeMemory> memory)
    : tree_(tree), memory_(std::move(memory)) {}
Tree::~Tree() = default;
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;

SourceFile parse(std::string path, std::string bytes, const ParseOptions& options,
                 const std::stop_token& stop, const Language* language) {
  const auto size = bytes.size();
  auto [text, encoding] = decode_text(std::move(bytes));
  if (language == nullptr) language = detect_language(path, text);
  std::optional<Tree> tree;
  auto outcome = ParseOutcome::parsed;
  bool plain = true;
  // grammars count lines by LF: a file whose lines end in lone CRs would be one line to them
  const bool old_mac = text.find('\n') == std::string::npos && text.find('\r') != std::string::npos;
  if (language == nullptr) {
    outcome = ParseOutcome::no_grammar;
  } else if (old_mac) {
    outcome = ParseOutcome::lone_returns;
  } else if (size > options.max_bytes) {
    outcome = ParseOutcome::too_large;
  } else {
    const auto readable =
        language->readable == nullptr || options.plain ? std::string() : language->readable(text);
    plain = readable.empty();
    tree = parse_tree(plain ? text : readable, *language, options, stop);
    if (!tree) outcome = ParseOutcome::timed_out;
  }
  return {std::move(path), std::move(text), encoding, language, std::move(tree), outcome, plain};
}

std::optional<Tree> parse_plain(std::string_view text, const Language& language,
                                const ParseOptions& options, const std::stop_token& stop) {
  if (text.size() > options.max_bytes) return std::nullopt;
  return parse_tree(text, language, options, stop);
}

void release_parse_memory() { TreeMemory::release_spare(); }

}  // namespace peer
