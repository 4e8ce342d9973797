#include "analyzers/ignore/filters.hpp"

#include <algorithm>
#include <fmt/format.h>

#include <re2/re2.h>

#include "base/text.hpp"
#include "base/yaml.hpp"

namespace peer {
namespace {

// a file that says more is no ignore file
constexpr std::size_t kMostPatterns = 2000;
constexpr std::size_t kLongestPattern = 1000;

void take(std::vector<std::string>& patterns, std::string_view pattern) {
  if (!pattern.empty() && pattern.size() <= kLongestPattern && patterns.size() < kMostPatterns)
    patterns.emplace_back(pattern);
}

void take_lines(std::vector<std::string>& patterns, std::string_view text) {
  for (const auto raw : split_lines(text)) {
    const auto line = trim(raw);
    if (!line.starts_with('#') && !line.starts_with(':')) take(patterns, line);
  }
}

}  // namespace

struct PathRegexes::State {
  std::vector<std::unique_ptr<RE2>> all;
};

PathRegexes::PathRegexes() : state_(std::make_unique<State>()) {}
PathRegexes::PathRegexes(PathRegexes&&) noexcept = default;
PathRegexes& PathRegexes::operator=(PathRegexes&&) noexcept = default;
PathRegexes::~PathRegexes() = default;

bool PathRegexes::add(const std::string& pattern) {
  constexpr std::int64_t kMostMemory = 1 << 20;
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(kMostMemory);
  auto regex = std::make_unique<RE2>(pattern, options);
  if (!regex->ok()) return false;
  state_->all.push_back(std::move(regex));
  return true;
}

bool PathRegexes::matches(std::string_view path) const {
  const re2::StringPiece text(path.data(), path.size());
  return std::any_of(state_->all.begin(), state_->all.end(), [&](const auto& regex) {
    return regex->Match(text, 0, text.size(), RE2::ANCHOR_START, nullptr, 0);
  });
}

bool PathFilter::excludes(std::string_view path) const {
  return (!include.empty() && !include.matches(path)) || exclude.matches(path) ||
         exclude_regexes.matches(path);
}

PathFilter read_semgrepignore(std::string_view text, std::string_view gitignore) {
  std::vector<std::string> patterns;
  for (const auto raw : split_lines(text)) {
    const auto line = trim(raw);
    if (!line.starts_with(':'))
      take_lines(patterns, line);
    else if (line.starts_with(":include") && trim(line.substr(8)) == ".gitignore")
      take_lines(patterns, gitignore);
  }
  PathFilter filter;
  filter.exclude = GlobList(std::move(patterns));
  return filter;
}

Result<PathFilter> read_coderabbit(std::string_view text) {
  const auto root = load_yaml(text);
  if (!root) return fail(root.error().with_context(".coderabbit.yaml"));
  PathFilter filter;
  const auto* list = root->find_path("reviews.path_filters");
  if (list == nullptr || list->is_null()) return filter;
  if (!list->is_sequence()) {
    filter.problems.push_back(
        fmt::format(".coderabbit.yaml, {}: reviews.path_filters is not a list and was left out.",
                    list->where()));
    return filter;
  }
  std::vector<std::string> include, exclude;
  for (const auto& item : list->children) {
    const auto pattern = trim(item.text);
    if (item.is_scalar() && pattern.starts_with('!'))
      take(exclude, pattern.substr(1));
    else if (item.is_scalar())
      take(include, pattern);
  }
  filter.include = GlobList(std::move(include));
  filter.exclude = GlobList(std::move(exclude));
  return filter;
}

}  // namespace peer
