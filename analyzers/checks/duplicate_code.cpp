// Code that a change repeats from another place of the same file. For other files of the change see
// duplicates_across.
#include "analyzers/checks/duplicate_code.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

#include "analyzers/checks/check.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kFewestLines = 4;  // less is idiom

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

void report(FileExam& exam, Span copy, Span origin, std::size_t tokens, std::vector<Finding>& out) {
  const auto& file = exam.after();
  const auto there = file.locate(origin);
  auto finding = make_finding(
      rule_table()[0], file, copy,
      fmt::format("{} tokens repeat lines {} to {}", tokens, there.start.line, there.end.line));
  finding.related.push_back({there, "the same code", {}});
  out.push_back(std::move(finding));
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto& file = exam.after();
  // an audit asks about every file: there this would cost more than all else
  if (exam.change().status == ChangeStatus::unmodified) return;
  if (exam.change().hunks.empty() && !exam.whole_file()) return;
  if (is_test_code(file.path())) return;
  const std::size_t width = exam.options().duplicate_tokens;
  const auto tokens = code_tokens(file);
  if (tokens.size() < 2 * width) return;
  const auto hashes = window_hashes(tokens, width);
  const auto added = added_token_runs(exam, tokens);
  const Places places(hashes);
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
    if (length >= width && lines >= kFewestLines && reads_as_code(&tokens[i], &tokens[i] + length))
      report(exam, copy, origin, length, out);
    i += std::max<std::size_t>(length, 1);
  }
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
