#include "analyzers/rules/rule_findings.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "analyzers/rules/rewrite/fill.hpp"
#include "analyzers/rules/said_twice.hpp"
#include "analyzers/taint/judge.hpp"
#include "analyzers/test_code.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMostRelated = 5;
constexpr std::size_t kMostFixBytes = std::size_t{64} << 20U;  // of one file

/// What of the fixes of a file could not be made.
struct Withheld {
  std::size_t bytes = 0;  // of those that were
  bool any = false;
};

/// What a fix does, in one phrase.
std::string title_of(const Replacement& replacement) {
  constexpr std::size_t kMost = 60;
  if (!replacement.title.empty()) return replacement.title;
  const auto text = trim(replacement.edit.text);
  if (text.empty()) return "remove it";
  const auto line = trim_end(text.substr(0, text.find('\n')));
  if (line.size() == text.size() && line.size() <= kMost)
    return fmt::format("replace it with `{}`", line);
  auto cut = std::min(line.size(), kMost);
  while (cut > 0 && cut < line.size() && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U)
    --cut;
  return fmt::format("replace it with `{} ..`", line.substr(0, cut));
}

std::optional<Span> span_of_variable(const std::string& name, const Captures& captures) {
  if (const auto node = captures.single(name)) return node.span();
  const auto nodes = captures.list(name);
  if (nodes.empty()) return std::nullopt;
  return span_of(nodes);
}

/// The parts of the match that the rule labels; without labels, what its relations matched around
/// it.
std::vector<Related> related_of(const RuleMatch& match, const SourceFile& file) {
  std::vector<Related> related;
  const auto add = [&](Span span, std::string message) {
    if (related.size() < kMostRelated && span != match.node.span())
      related.push_back({file.locate(span), std::move(message), {}});
  };
  for (const auto& label : match.rule->labels)
    if (const auto span = span_of_variable(label.variable, match.captures))
      add(*span, label.message.empty() ? fmt::format("${}", label.variable) : label.message);
  if (match.rule->labels.empty())
    for (const auto& node : match.captures.labels())
      if (!match.node.span().contains(node.span())) add(node.span(), "matched with it");
  return related;
}

Finding finding_of(RuleMatch& match, const Speaker& speaker, const SourceFile& file,
                   Subject& subject, Withheld& withheld) {
  const auto& facts = speaker.facts;
  const bool is_whole = speaker.rewriting.transform(subject, match.captures);
  Finding finding;
  finding.rule = facts.id;
  finding.category = facts.category;
  finding.severity = facts.severity;
  finding.confidence = facts.confidence;
  finding.path = file.path();
  finding.at = file.locate(match.node.span());
  finding.message = std::string(trim(
      speaker.rewriting.message(subject, match.captures, match.rule->origin == Origin::built_in)));
  if (finding.message.empty()) finding.message = facts.title;
  finding.why = facts.why;
  finding.help = facts.help;
  finding.cwe = facts.cwe;
  finding.related = related_of(match, file);
  std::vector<Replacement> replacements;
  // matches may lie in one another, and each replacement be as long as the file
  if (is_whole && withheld.bytes <= kMostFixBytes)
    replacements = speaker.rewriting.replacements(subject, match.node, match.captures);
  withheld.any = withheld.any || (replacements.empty() && speaker.rewriting.has_fix());
  if (!replacements.empty()) {
    withheld.bytes += replacements.front().edit.text.size();
    Fix fix;
    fix.title = title_of(replacements.front());
    fix.edits = {replacements.front().edit};
    fix.safety = facts.safe ? Safety::safe : Safety::unsafe;
    finding.fix = std::move(fix);
  }
  return finding;
}

/// A match and who speaks about it.
struct Spoken {
  RuleMatch* match;
  const Speaker* speaker;
  std::size_t question = 0;  ///< index of its judgement; only where the rule asks about values
};

void add_judgement(const taint::Judgement& judgement, const Speaker& speaker,
                   const SourceFile& file, Finding& finding) {
  finding.confidence = judgement.confidence(speaker.taint);
  for (const auto& step : judgement.path)
    finding.flow.push_back({file.locate(step.at), step.message});
  if (finding.flow.size() < 2) return;
  const auto& source = finding.flow.front();
  if (speaker.taint.told_at_source) {
    finding.related.insert(finding.related.begin(),
                           Related{finding.at, finding.flow.back().message, {}});
    finding.at = source.at;
    return;
  }
  finding.related.insert(finding.related.begin(), Related{source.at, source.message, {}});
}

/// At most, in test code: below what the default shows. What a test does wrong it mostly does on
/// purpose.
constexpr double kSureInTests = 0.4;

/// Findings of our rules about security are less sure in test code.
void doubt_tests(std::vector<Said>& said, const SourceFile& file) {
  const auto is_sure = [](const Said& each) {
    return each.speaker != nullptr && each.finding.category == "security" &&
           each.finding.confidence > kSureInTests;
  };
  if (std::none_of(said.begin(), said.end(), is_sure) || !is_test_code(file.path(), file.text()))
    return;
  for (auto& each : said)
    if (is_sure(each)) each.finding.confidence = kSureInTests;
}

/// The last one says of a place what another of its rule says of it: one key, many uses.
bool is_told(const std::vector<Said>& said) {
  const auto& last = said.back().finding;
  return std::any_of(said.begin(), said.end() - 1, [&](const Said& each) {
    return each.finding.at.span == last.at.span && each.finding.rule == last.rule;
  });
}

void note_limit(RuleFindings& result, bool complete, std::string_view reason) {
  if (complete) return;
  result.complete = false;
  if (result.reason.empty()) result.reason = reason;
}

bool is_off(std::string_view id, const Asked& asked) {
  return asked.off != nullptr && asked.off->contains(id);
}

constexpr std::string_view kStillSearching =
    "a rule was still searching when its limit was reached";

void note_scan(RuleFindings& result, const ScanResult& scan) {
  if (scan.laborious != nullptr)
    note_limit(result, false,
               fmt::format("the rule {} was still searching when its limit was reached: its "
                           "utilities, relations or "
                           "ellipses try the same code over and over",
                           visible(scan.laborious->id, false)));
  note_limit(result, scan.complete, kStillSearching);
}

/// The matches that are spoken about, and what their rules ask about values.
struct Selection {
  std::vector<Spoken> spoken;
  std::vector<taint::Query> questions;
};

/// Points into `matches`.
Selection select(std::vector<RuleMatch>& matches, const RuleBook& book, const Language& language,
                 const Asked& asked, RuleFindings& result) {
  Selection selection;
  std::unordered_map<const Rule*, std::uint32_t> counts;
  for (auto& match : matches) {
    const auto* speaker = book.speaker(*match.rule, language);
    if (speaker == nullptr || !is_asked(speaker->facts, asked)) continue;
    if (++counts[match.rule] > kMostFindings) {
      note_limit(result, false,
                 fmt::format("{} matches it more than {} times, and the rest is not told",
                             visible(match.rule->id, false), kMostFindings));
      continue;
    }
    selection.spoken.push_back({&match, speaker, selection.questions.size()});
    if (speaker->taint.applies())
      selection.questions.push_back({&speaker->taint, &match.captures, match.matcher, match.node});
  }
  return selection;
}

/// What values could not be followed in is said rather than any other limit.
void note_unfinished(RuleFindings& result, std::uint32_t functions) {
  if (functions == 0) return;
  result.complete = false;
  result.reason =
      fmt::format("{} too large for following the values in {}",
                  functions == 1 ? "a function is" : fmt::format("{} functions are", functions),
                  functions == 1 ? "it" : "them");
}

}  // namespace

bool is_asked(const RuleFacts& rule, const Asked& asked) {
  return (rule.security || !asked.security_only) && !is_off(rule.id, asked);
}

Candidates candidates_for(const RuleBook& book, const Language& language, std::string_view path,
                          std::string_view text, const Asked& asked) {
  return book.set().may_match(language, path, text,
                              [&](const Rule& rule) { return !is_off(rule.id, asked); });
}

RuleFindings find_by_rules(const SourceFile& file, const RuleBook& book, const Asked& asked,
                           const std::stop_token& stop, const Candidates* candidates) {
  RuleFindings result;
  if (file.language() == nullptr || file.tree() == nullptr) return result;
  const auto& language = *file.language();
  auto scan = book.set().scan(file,
                              candidates == nullptr
                                  ? candidates_for(book, language, file.path(), file.text(), asked)
                                  : *candidates,
                              stop);
  note_scan(result, scan);
  if (scan.matches.empty()) return result;
  Subject subject(scan.tree ? scan.tree->root() : file.tree()->root(), file.text());
  const auto selection = select(scan.matches, book, language, asked, result);
  std::uint32_t unfinished = 0;
  auto judgements =
      taint::judge(language, subject.root(), file.text(), selection.questions, &unfinished);
  note_unfinished(result, unfinished);
  Withheld withheld;
  std::vector<Said> said;
  for (const auto& [match, speaker, question] : selection.spoken) {
    if (stop.stop_requested()) {
      note_limit(result, false, "it was stopped before all was told");
      break;
    }
    auto* judgement = speaker->taint.applies() ? &judgements[question] : nullptr;
    if (judgement != nullptr && !judgement->is_finding(speaker->taint)) continue;
    if (judgement != nullptr && judgement->captures)
      match->captures = std::move(*judgement->captures);
    const bool built_in = match->rule->origin == Origin::built_in;
    said.push_back(
        {finding_of(*match, *speaker, file, subject, withheld), built_in ? speaker : nullptr});
    match->captures = {};
    if (judgement == nullptr) continue;
    add_judgement(*judgement, *speaker, file, said.back().finding);
    if (speaker->taint.told_at_source && is_told(said)) said.pop_back();
  }
  doubt_tests(said, file);
  result.findings = said_once(std::move(said));
  note_limit(result, !subject.exhausted(), kStillSearching);
  note_limit(result, !withheld.any, "a fix would have been too long, and was left out");
  return result;
}

}  // namespace peer::rules
