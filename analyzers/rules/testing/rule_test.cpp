#include "analyzers/rules/testing/rule_test.hpp"

#include <algorithm>

#include "analyzers/fix/apply.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/rewrite/fill.hpp"

namespace peer::rules {
namespace {

LabelSnapshot label_at(Span span, std::string_view code, bool is_primary) {
  return {std::string(code.substr(span.begin, span.size())), std::nullopt, is_primary, span.begin,
          span.end};
}

std::vector<LabelSnapshot> labels_of(const Rule& rule, Node node, const Captures& captures,
                                     std::string_view code) {
  std::vector<LabelSnapshot> labels;
  if (rule.labels.empty()) {
    labels.push_back(label_at(node.span(), code, true));
    for (const auto& secondary : captures.labels())
      labels.push_back(label_at(secondary.span(), code, false));
  }
  for (const auto& style : rule.labels) {
    const auto single = captures.single(style.variable);
    const auto list = captures.list(style.variable);
    if (!single && list.empty()) continue;
    auto label = label_at(single ? single.span() : span_of(list), code, style.is_primary);
    if (!style.message.empty()) label.message = style.message;
    labels.push_back(std::move(label));
  }
  return labels;
}

CaseResult run_case(const RuleBook& book, const Rule& rule, const std::string& code, bool valid,
                    const Snapshots* snapshots) {
  CaseResult result;
  result.code = code;
  auto actual = take_snapshot(book, rule, code);
  if (valid || !actual) {
    result.outcome = valid ? (actual ? Outcome::noisy : Outcome::validated) : Outcome::missing;
    return result;
  }
  result.outcome = Outcome::reported;
  if (snapshots == nullptr) return result;
  const auto expected = snapshots->by_code.find(code);
  if (expected != snapshots->by_code.end() && same(*actual, expected->second)) return result;
  result.outcome = Outcome::wrong;
  if (expected != snapshots->by_code.end()) result.expected = expected->second;
  result.actual = std::move(actual);
  return result;
}

}  // namespace

bool same(const Snapshot& a, const Snapshot& b) {
  auto left = a.labels;
  auto right = b.labels;
  std::sort(left.begin(), left.end());
  std::sort(right.begin(), right.end());
  return a.fixed == b.fixed && left == right;
}

std::optional<Snapshot> take_snapshot(const RuleBook& book, const Rule& rule,
                                      const std::string& code) {
  if (rule.languages.empty()) return std::nullopt;
  const auto& language = *rule.languages.front();
  const auto* matcher = book.set().matcher(rule, language);
  const auto* speaker = book.speaker(rule, language);
  const auto file = parse("", code, {}, {}, &language);
  if (matcher == nullptr || speaker == nullptr || file.tree() == nullptr) return std::nullopt;
  Subject subject(file.tree()->root(), file.text());
  Captures captures;
  const auto node = matcher->find(subject, file.tree()->root(), captures);
  if (!node) return std::nullopt;
  const bool is_whole = speaker->rewriting.transform(subject, captures);
  Snapshot snapshot{std::nullopt, labels_of(rule, node, captures, file.text())};
  std::vector<Replacement> replacements;
  if (is_whole) replacements = speaker->rewriting.replacements(subject, node, captures);
  // the reference's snapshots put the text in the place of the match, whatever expandStart and
  // expandEnd say
  if (!replacements.empty())
    if (auto fixed = apply_edits(file.text(),
                                 std::vector<Edit>{{node.span(), replacements.front().edit.text}}))
      snapshot.fixed = std::move(*fixed);
  return snapshot;
}

std::vector<CaseResult> run_test(const RuleBook& book, const Rule& rule, const RuleTest& test,
                                 const Snapshots* snapshots) {
  std::vector<CaseResult> results;
  for (const auto& code : test.valid)
    results.push_back(run_case(book, rule, code, true, snapshots));
  for (const auto& code : test.invalid)
    results.push_back(run_case(book, rule, code, false, snapshots));
  return results;
}

}  // namespace peer::rules
