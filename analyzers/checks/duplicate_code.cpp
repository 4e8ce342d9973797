// Code that a change repeats from another place of the same file. For other files of the change see
// duplicates_across.
#include "analyzers/checks/duplicate_code.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <string>

#include "analyzers/checks/check.hpp"
#include "analyzers/test_code.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kFewestLines = 4;       // less is idiom
constexpr std::size_t kMostTold = 5;            // copies in one file: more say the same again
constexpr std::uint32_t kFewestLinesShort = 6;  // of a copy not much longer than the least length

constexpr std::string_view kOnce =
    "def load(path, mode):\n    with open(path, mode) as stream:\n        lines = "
    "stream.readlines()\n"
    "    total = 0\n    for line in lines:\n        name, _, rest = line.partition('=')\n"
    "        if not name or rest.startswith('#'):\n            continue\n        total += "
    "int(rest) * scale(name)\n"
    "    return total\n";
constexpr std::string_view kTwice =
    "def load(path, mode):\n    with open(path, mode) as stream:\n        lines = "
    "stream.readlines()\n"
    "    total = 0\n    for line in lines:\n        name, _, rest = line.partition('=')\n"
    "        if not name or rest.startswith('#'):\n            continue\n        total += "
    "int(rest) * scale(name)\n"
    "    return total\n\n\ndef reload(path, mode):\n    with open(path, mode) as stream:\n        "
    "lines = stream.readlines()\n"
    "    total = 0\n    for line in lines:\n        name, _, rest = line.partition('=')\n"
    "        if not name or rest.startswith('#'):\n            continue\n        total += "
    "int(rest) * scale(name)\n"
    "    return total\n";
constexpr std::string_view kTable =
    "A = [\n  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,\n  11, 12, 13, 14, 15, 16, 17, 18, 19, 20,\n  21, 22, "
    "23, 24, 25, 26, 27,\n]\n"
    "B = [\n  1, 2, 3, 4, 5, 6, 7, 8, 9, 10,\n  11, 12, 13, 14, 15, 16, 17, 18, 19, 20,\n  21, 22, "
    "23, 24, 25, 26, 27,\n]\n";

const std::array<RuleInfo, 1>& rule_table() {
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "duplicate-code",
      .category = "maintainability",
      .severity = Severity::info,
      .confidence = 0.8,
      .title = "code repeated from another place",
      .why = "A mistake in copied code has to be found and mended in every copy.",
      .help = "Move the common part into a function and call it from both places.",
      .relative = true,
      .across_files = true,
      .bad = {{.path = "a.py", .code = kTwice, .lines = {13}},
              {.path = "a.py", .code = kTwice, .lines = {13}, .before = kOnce}},
      .good = {{.path = "a.py", .code = kOnce},
               {.path = "a.py", .code = kTable},
               {.path = "test_a.py", .code = kTwice}},
  }}};
  return kRules;
}

/// The windows of a file by hash, in order of place within one hash.
class Places {
 public:
  explicit Places(const std::vector<std::uint64_t>& hashes) {
    for (std::size_t i = 0; i < hashes.size(); ++i)
      sorted_.emplace_back(hashes[i], i);
    std::sort(sorted_.begin(), sorted_.end());
  }
  /// A window equal to that at `at` which does not overlap it: the first of the file, or else the
  /// next one behind.
  [[nodiscard]] std::optional<std::size_t> other(std::uint64_t hash, std::size_t at,
                                                 std::size_t width) const {
    const auto first =
        std::lower_bound(sorted_.begin(), sorted_.end(), std::pair{hash, std::size_t{0}});
    if (first != sorted_.end() && first->first == hash && first->second + width <= at)
      return first->second;
    const auto next = std::lower_bound(sorted_.begin(), sorted_.end(), std::pair{hash, at + width});
    if (next != sorted_.end() && next->first == hash) return next->second;
    return std::nullopt;
  }

 private:
  std::vector<std::pair<std::uint64_t, std::size_t>> sorted_;
};

/// Every bracket that opens in [begin, end) closes there, and none closes that did not open: a
/// piece that could become a function, not a slice through two of them.
bool is_balanced(const CodeToken* begin, const CodeToken* end, std::string_view text) {
  std::string open;
  for (const auto* token = begin; token != end; ++token) {
    if (token->span.size() != 1) continue;
    const char c = text[token->span.begin];
    const auto kind = std::string_view("([{").find(c);
    if (kind != std::string_view::npos) {
      open += ")]}"[kind];
    } else if (c == ')' || c == ']' || c == '}') {
      if (open.empty() || open.back() != c) return false;
      open.pop_back();
    }
  }
  return open.empty();
}

/// What is said of a copy must be worth a change: a short one only where it is a whole.
bool is_worth_telling(const CodeToken* begin, const CodeToken* end, std::uint32_t lines,
                      std::size_t width, std::string_view text) {
  const auto length = static_cast<std::size_t>(end - begin);
  if (length < width || lines < kFewestLines || !reads_as_code(begin, end)) return false;
  return length * 2 >= width * 3 || (lines >= kFewestLinesShort && is_balanced(begin, end, text));
}

/// A stretch that the change adds, and where the same stands.
struct Copy {
  Span at, origin;
  std::size_t tokens = 0;
};

void report(FileExam& exam, const Copy& copy, std::size_t untold, std::vector<Finding>& out) {
  const auto& file = exam.after();
  const auto there = file.locate(copy.origin);
  auto message =
      fmt::format("{} tokens repeat lines {} to {}", copy.tokens, there.start.line, there.end.line);
  if (untold > 0) message += fmt::format("; {} shorter copies in this file are not listed", untold);
  auto finding = make_finding(rule_table()[0], file, copy.at, std::move(message));
  finding.related.push_back({there, "the same code", {}});
  out.push_back(std::move(finding));
}

/// The longest copies, in source order; the first of them tells how many there are besides.
void report_longest(FileExam& exam, std::vector<Copy> copies, std::vector<Finding>& out) {
  const auto all = copies.size();
  std::stable_sort(copies.begin(), copies.end(),
                   [](const Copy& a, const Copy& b) { return a.tokens > b.tokens; });
  copies.resize(std::min(all, kMostTold));
  std::sort(copies.begin(), copies.end(),
            [](const Copy& a, const Copy& b) { return a.at.begin < b.at.begin; });
  for (const auto& copy : copies)
    report(exam, copy, &copy == copies.data() ? all - copies.size() : 0, out);
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto& file = exam.after();
  // an audit asks about every file: there this would cost more than all else
  if (exam.change().status == ChangeStatus::unmodified) return;
  if (exam.change().hunks.empty() && !exam.whole_file()) return;
  if (is_test_path(file.path())) return;
  const std::size_t width = exam.options().duplicate_tokens;
  if (!may_add_tokens(exam, width)) return;
  const auto tokens = code_tokens(file);
  if (tokens.size() < 2 * width) return;
  const auto hashes = window_hashes(tokens, width);
  const auto added = added_token_runs(exam, tokens);
  const Places places(hashes);
  std::vector<Copy> copies;
  for (std::size_t i = 0; i < hashes.size();) {
    const auto other = added[i] < width ? std::nullopt : places.other(hashes[i], i, width);
    // of two places that are both new the later one is the copy
    if (!other || (*other > i && added[*other] >= width)) {
      ++i;
      continue;
    }
    const auto [low, high] = std::minmax(i, *other);
    std::size_t length = 0;
    while (high + length < tokens.size() && low + length < high && length < added[i] &&
           tokens[i + length].hash == tokens[*other + length].hash)
      ++length;
    const Span copy{tokens[i].span.begin,
                    tokens[i + std::max<std::size_t>(length, 1) - 1].span.end};
    const Span origin{tokens[*other].span.begin,
                      tokens[*other + std::max<std::size_t>(length, 1) - 1].span.end};
    const auto lines = file.lines().line_of(copy.end - 1) - file.lines().line_of(copy.begin) + 1;
    if (is_worth_telling(&tokens[i], &tokens[i] + length, lines, width, file.text()))
      copies.push_back({copy, origin, length});
    i += std::max<std::size_t>(length, 1);
  }
  report_longest(exam, std::move(copies), out);
}

}  // namespace

const Check& check_duplicate_code() {
  static const Check kCheck{
      .name = "duplicate_code",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
  };
  return kCheck;
}

}  // namespace peer
