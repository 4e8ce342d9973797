#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/duplicate_code.hpp"
#include "analyzers/languages/per_language.hpp"
#include "analyzers/test_code.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostTokens = 300'000;  // of one file: more is no code that people wrote
constexpr std::size_t kWinnow = 8;            // windows in a row of which one is kept
constexpr std::size_t kMostWindows = 20'000;  // of one file

/// FNV-1a, then mixed, so that short tokens differ in all bits.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  hash ^= hash >> 31U;
  hash *= 0x9e3779b97f4a7c15U;
  return hash ^ (hash >> 29U);
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

/// What the kinds of a grammar mean here, by their numbers.
struct Kinds {
  std::vector<bool> skipped, data, whole;

  explicit Kinds(const Language& language) {
    const TSLanguage* grammar = language.grammar();
    const auto count = ts_language_symbol_count(grammar);
    for (std::uint32_t id = 0; id < count; ++id) {
      const auto symbol = static_cast<TSSymbol>(id);
      const std::string_view name = ts_language_symbol_name(grammar, symbol);
      const bool named = ts_language_symbol_type(grammar, symbol) == TSSymbolTypeRegular;
      skipped.push_back(
          named && contains_any(name, {"import", "include", "using_directive", "use_declaration",
                                       "use_statement", "namespace_use", "package_"}));
      whole.push_back(named &&
                      (name == "string" || name == "string_literal" || name == "char_literal" ||
                       name == "interpreted_string_literal" || name == "encapsed_string"));
      data.push_back(
          name == "," || name == ":" ||
          (named && contains_any(name, {"string", "number", "integer", "float", "char", "true",
                                        "false", "null", "nil", "none", "literal"})));
    }
  }
  static bool of(const std::vector<bool>& table, Node node) {
    return node.kind_id() < table.size() && table[node.kind_id()];
  }
};

/// Rust keeps tests in the file they test, in a module at its end.
std::size_t begin_of_tests(const SourceFile& file) {
  if (file.language()->name != "rust") return std::string_view::npos;
  constexpr std::string_view kMark = "#[cfg(test)]";
  const auto text = file.text();
  for (auto at = text.find(kMark); at != std::string_view::npos; at = text.find(kMark, at + 1))
    if (trim(text.substr(at + kMark.size(), 80)).starts_with("mod ")) return at;
  return std::string_view::npos;
}

}  // namespace

std::vector<CodeToken> code_tokens(const SourceFile& file) {
  std::vector<CodeToken> tokens;
  if (file.tree() == nullptr || file.language() == nullptr || file.language()->branches.empty())
    return tokens;
  const auto& kinds = per_language<Kinds>(*file.language());
  walk(file.tree()->root(), [&](Node node) {
    if (tokens.size() > kMostTokens || node.is_extra() || Kinds::of(kinds.skipped, node))
      return false;
    const bool whole = Kinds::of(kinds.whole, node);
    if (node.child_count() > 0 && !whole) return true;
    if (!node.span().empty())
      tokens.push_back(
          {hash_of(node.text(file.text())), node.span(), whole || Kinds::of(kinds.data, node)});
    return false;
  });
  if (tokens.size() > kMostTokens) tokens.clear();
  const auto tests = begin_of_tests(file);
  while (!tokens.empty() && tokens.back().span.begin >= tests)
    tokens.pop_back();
  return tokens;
}

std::vector<std::uint64_t> window_hashes(const std::vector<CodeToken>& tokens, std::size_t width) {
  std::vector<std::uint64_t> hashes;
  if (width == 0 || tokens.size() < width) return hashes;
  constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15U;  // odd: arithmetic is modulo 2^64
  std::uint64_t leaving = 1;
  for (std::size_t i = 1; i < width; ++i)
    leaving *= kBase;
  std::uint64_t hash = 0;
  hashes.reserve(tokens.size() - width + 1);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i >= width) hash -= tokens[i - width].hash * leaving;
    hash = hash * kBase + tokens[i].hash;
    if (i + 1 >= width) hashes.push_back(hash);
  }
  return hashes;
}

bool reads_as_code(const CodeToken* begin, const CodeToken* end) {
  const auto size = static_cast<std::size_t>(end - begin);
  std::set<std::uint64_t> various;
  std::size_t data = 0;
  for (const auto* token = begin; token != end; ++token) {
    various.insert(token->hash);
    data += token->is_data ? 1U : 0U;
  }
  constexpr std::size_t kVarious = 14;
  return various.size() >= kVarious && data * 5 < size * 2;
}

std::vector<std::size_t> added_token_runs(FileExam& exam, const std::vector<CodeToken>& tokens) {
  const auto& lines = exam.after().lines();
  std::vector<bool> is_added(lines.line_count() + 2, false);
  for (const auto& range : exam.added_lines())
    for (auto line = range.first; line < range.end() && line < is_added.size(); ++line)
      is_added[line] = true;
  std::vector<std::size_t> runs(tokens.size() + 1, 0);
  for (std::size_t i = tokens.size(); i-- > 0;)
    runs[i] = is_added[lines.line_of(tokens[i].span.begin)] ? runs[i + 1] + 1 : 0;
  return runs;
}

bool may_add_tokens(const FileExam& exam, std::size_t count) {
  const auto& lines = exam.after().lines();
  std::size_t bytes = 0;
  for (const auto& range : exam.added_lines())
    if (range.count > 0)
      bytes += lines.line_span(range.end() - 1).end - lines.line_span(range.first).begin;
  return bytes >= count;
}

std::vector<CodeWindow> added_code_windows(FileExam& exam) {
  std::vector<CodeWindow> windows;
  const auto& file = exam.after();
  if (exam.change().status == ChangeStatus::unmodified || is_test_path(file.path())) return windows;
  const std::size_t width = exam.options().duplicate_tokens;
  if (!may_add_tokens(exam, width)) return windows;
  const auto tokens = code_tokens(file);
  const auto hashes = window_hashes(tokens, width);
  const auto added = added_token_runs(exam, tokens);
  std::optional<std::size_t> last_kept;
  for (std::size_t i = 0; i < hashes.size() && windows.size() < kMostWindows; ++i) {
    if (added[i] < width) continue;
    // of each kWinnow windows in a row, or as many as there are, the least one
    const auto count = std::min(kWinnow, added[i] - width + 1);
    if (count < kWinnow && last_kept && *last_kept >= i) continue;
    const auto from = hashes.begin() + static_cast<std::ptrdiff_t>(i);
    const auto least =
        i + static_cast<std::size_t>(
                std::min_element(from, from + static_cast<std::ptrdiff_t>(count)) - from);
    if (last_kept == least) continue;
    last_kept = least;
    const auto* first = &tokens[least];
    if (reads_as_code(first, first + width))
      windows.push_back(
          {hashes[least], file.locate({first->span.begin, (first + width - 1)->span.end})});
  }
  return windows;
}

}  // namespace peer
