#include "analyzers/rules/rule_findings.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "analyzers/rules/rewrite/fill.hpp"
#include "analyzers/taint/judge.hpp"
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
  finding.related.insert(finding.related.begin(), Related{source.at, source.message, {}});
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
  auto scan = book.set().scan(
      file,
      candidates == nullptr ? candidates_for(book, language, file.path(), file.text(), asked)
                            : *candidates,
      stop);
  note_scan(result, scan);
  if (scan.matches.empty()) return result;
  Subject subject(scan.tree ? scan.tree->root() : file.tree()->root(), file.text());
  std::vector<Spoken> spoken;
  std::vector<taint::Query> questions;
  std::unordered_map<const Rule*, std::uint32_t> counts;
  for (auto& match : scan.matches) {
    const auto* speaker = book.speaker(*match.rule, language);
    if (speaker == nullptr || !is_asked(speaker->facts, asked)) continue;
    if (++counts[match.rule] > kMostFindings) {
      note_limit(result, false,
                 fmt::format("{} matches it more than {} times, and the rest is not told",
                             visible(match.rule->id, false), kMostFindings));
      continue;
    }
    spoken.push_back({&match, speaker, questions.size()});
    if (speaker->taint.applies())
      questions.push_back({&speaker->taint, &match.captures, match.matcher, match.node});
  }
  std::uint32_t unfinished = 0;
  auto judgements =
      taint::judge(*file.language(), subject.root(), file.text(), questions, &unfinished);
  if (unfinished > 0) {
    result.complete = false;
    result.reason =
        fmt::format("{} too large for following the values in {}",
                    unfinished == 1 ? "a function is" : fmt::format("{} functions are", unfinished),
                    unfinished == 1 ? "it" : "them");
  }
  Withheld withheld;
  for (const auto& [match, speaker, question] : spoken) {
    if (stop.stop_requested()) {
      note_limit(result, false, "it was stopped before all was told");
      break;
    }
    const bool asks = speaker->taint.applies();
    if (asks && !judgements[question].is_finding(speaker->taint)) continue;
    if (asks && judgements[question].captures)
      match->captures = std::move(*judgements[question].captures);
    result.findings.push_back(finding_of(*match, *speaker, file, subject, withheld));
    match->captures = {};
    if (asks) add_judgement(judgements[question], *speaker, file, result.findings.back());
  }
  note_limit(result, !subject.exhausted(), kStillSearching);
  note_limit(result, !withheld.any, "a fix would have been too long, and was left out");
  return result;
}

}  // namespace peer::rules
