// Imports whose name does not occur in the rest of the file. Two passes over the text find the
// imports and the places of their names; only those places are looked up in the tree.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <vector>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/checks/imports/notes.hpp"
#include "analyzers/checks/imports/removal.hpp"
#include "analyzers/checks/imports/rule.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using imports::Import;
using imports::ImportSyntax;
using imports::Place;
using imports::WordSet;

// In one file; more would be new ones to those who remove the first. A line of a megabyte would
// cost its length for each.
constexpr std::ptrdiff_t kMostFindings = 5000, kMostInLongLines = 200;
constexpr std::size_t kLongLine = 10'000;
constexpr std::int64_t kMostStatements =
    1000;  // looked at to tell whether a block would be left empty

std::vector<Import> find_imports(const SourceFile& file, const ImportSyntax& syntax) {
  std::vector<Import> found;
  WordSet keywords(syntax.words);
  for (const auto keyword : syntax.keywords)
    keywords.add(keyword);
  const auto hits = keywords.find_in(file.text());
  visit_places(
      file.tree()->root(), hits, [](const WordSet::Hit&) { return true; },
      [&](const WordSet::Hit&, const Place& place) { syntax.collect(place, file, found); });
  return found;
}

/// Where the parser lost its way nothing is certain: code may stand in what it took for a string.
bool is_in_doubt(const Place& place) {
  return place.path.front().node.has_error() &&
         (place.node().kind().find("string") != std::string_view::npos || place.nearest({"ERROR"}));
}

/// Which of `found` are reported: their name stands nowhere else, and nothing speaks for them.
std::vector<bool> find_unused(const std::vector<Import>& found, const SourceFile& file,
                              const ImportSyntax& syntax) {
  WordSet names(syntax.words);
  std::vector<std::uint32_t> number(found.size(), 0);
  std::set<std::uint32_t> own;  // where the names stand in their imports
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].name.empty()) continue;
    number[i] = names.add(found[i].name);
    count = std::max(count, number[i] + 1);
    own.insert(found[i].at.begin);
  }
  std::vector<bool> used(count, false);
  const auto hits = names.find_in(file.text());
  visit_places(
      file.tree()->root(), hits,
      [&](const WordSet::Hit& hit) { return !used[hit.word] && !own.contains(hit.span.begin); },
      [&](const WordSet::Hit& hit, const Place& place) {
        used[hit.word] = is_in_doubt(place) || syntax.is_use(place, file.text());
      });
  if (std::find(used.begin(), used.end(), false) == used.end()) return {};
  if (imports::is_generated(file.text())) return {};
  if (syntax.in_doubt != nullptr && syntax.in_doubt(file)) return {};
  std::vector<bool> needed = used, asked = used, unused(found.size(), false);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].name.empty()) continue;
    const auto n = number[i];
    if (!asked[n] && syntax.is_needed != nullptr) needed[n] = syntax.is_needed(found[i].name, file);
    asked[n] = true;
    unused[i] =
        !needed[n] && !(syntax.is_silenced != nullptr && syntax.is_silenced(found[i], file));
  }
  return unused;
}

/// How many names a piece of the file brings in, and how many of them are unused.
struct Tally {
  std::size_t names = 0;
  std::size_t unused = 0;
  [[nodiscard]] bool all_unused() const { return names == unused; }
};

/// A block that has statements which go, and must not become empty.
struct Block {
  std::set<std::uint32_t> gone;  // where its statements begin that are deleted
};

/// Statements directly in `block`.
std::int64_t count_statements(Node block) {
  std::int64_t count = 0;
  Cursor cursor(block);
  if (!cursor.to_first_child()) return 0;
  do
    if (cursor.node().is_named() && !cursor.node().is_extra()) ++count;
  while (count < kMostStatements && cursor.to_next_sibling());
  return count;
}

/// Works out the fix of each unused import. A name that shares its list with used ones goes alone;
/// where no name of a list or statement is used, each of them has the same fix, which deletes all
/// of it: so any one of them is right by itself, and together they leave no empty list.
class Fixer {
 public:
  Fixer(const SourceFile& file, const ImportSyntax& syntax, const std::vector<Import>& found,
        const std::vector<bool>& unused)
      : file_(file), syntax_(syntax) {
    for (std::size_t i = 0; i < found.size(); ++i)
      for (const auto span : found[i].levels) {
        ++tallies_[span].names;
        if (unused[i]) ++tallies_[span].unused;
      }
    for (std::size_t i = 0; i < found.size(); ++i)
      if (unused[i] && found[i].block && tallies_[found[i].levels.back()].all_unused())
        blocks_[found[i].block.span()].gone.insert(found[i].levels.back().begin);
    for (const auto& import : found) {
      if (!import.block) continue;
      const auto block = blocks_.find(import.block.span());
      if (block == blocks_.end() || emptied_.contains(block->first)) continue;
      const auto gone = static_cast<std::int64_t>(block->second.gone.size());
      emptied_[block->first] = gone == count_statements(import.block);
    }
  }

  [[nodiscard]] std::optional<Fix> fix(const Import& import) const {
    std::size_t level = 0;
    for (std::size_t i = 0; i < import.levels.size(); ++i)
      if (tallies_.at(import.levels[i]).all_unused()) level = i;
    const bool whole = level + 1 == import.levels.size();
    auto edits = whole ? std::vector{delete_statement(import)} : delete_entry(import, level);
    if (edits.empty()) return std::nullopt;
    return Fix{.title = fmt::format("remove the import of {}", import.name),
               .edits = std::move(edits),
               .safety = whole ? import.safety : Safety::safe};
  }

 private:
  [[nodiscard]] std::vector<Edit> delete_entry(const Import& import, std::size_t level) const {
    if (import.own_statement)
      return {imports::remove_statement(file_.text(), import.levels[level], syntax_)};
    return imports::remove_entry(file_.text(), import.levels[level], syntax_);
  }

  [[nodiscard]] Edit delete_statement(const Import& import) const {
    const auto statement = import.levels.back();
    if (import.block) {
      const auto span = import.block.span();
      // the last of a block that would be left empty makes room for `pass`
      if (emptied_.at(span) && *blocks_.at(span).gone.rbegin() == statement.begin)
        return {statement, "pass"};
    }
    return imports::remove_statement(file_.text(), statement, syntax_);
  }

  const SourceFile& file_;
  const ImportSyntax& syntax_;
  std::map<Span, Tally> tallies_;
  std::map<Span, Block> blocks_;
  std::map<Span, bool> emptied_;
};

bool has_long_line(std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end > kLongLine) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto& file = exam.after();
  const auto* syntax = imports::syntax_of(file);
  if (syntax == nullptr || file.tree() == nullptr) return;
  const auto found = find_imports(file, *syntax);
  const bool any = std::any_of(found.begin(), found.end(),
                               [](const Import& import) { return !import.name.empty(); });
  const auto unused = any ? find_unused(found, file, *syntax) : std::vector<bool>{};
  if (std::find(unused.begin(), unused.end(), true) == unused.end()) return;
  const Fixer fixer(file, *syntax, found, unused);
  auto left = std::count(unused.begin(), unused.end(), true);
  auto room = has_long_line(file.text()) ? kMostInLongLines : kMostFindings;
  for (std::size_t i = 0; i < found.size() && room > 0; ++i) {
    if (!unused[i]) continue;
    --room;
    --left;
    auto message = fmt::format("{} is imported and never used", found[i].name);
    if (room == 0 && left > 0) message += fmt::format(", nor are {} names imported after it", left);
    out.push_back(
        make_finding(imports::unused_import_rule(), file, found[i].at, std::move(message)));
    out.back().fix = fixer.fix(found[i]);
  }
}

}  // namespace

const Check& check_unused_imports() {
  static const Check kCheck{
      .name = "unused_imports",
      .rules = [] { return std::span<const RuleInfo>(&imports::unused_import_rule(), 1); },
      .run = run,
  };
  return kCheck;
}

}  // namespace peer
