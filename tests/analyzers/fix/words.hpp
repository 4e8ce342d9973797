// A tiny set of rules for tests of fixing: each says that a word is wrong, and what it should be.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/fingerprint.hpp"
#include "analyzers/fix/draft.hpp"

namespace peer::test {

/// The word is wrong wherever it stands; with a replacement it can be fixed. `reach` bytes on
/// either side of the word are replaced by themselves, so that neighbours overlap.
struct WordRule {
  std::string word;
  std::optional<std::string> replacement;
  std::uint32_t reach = 0;
  Safety safety = Safety::safe;
};

inline void find_words(const SourceFile& file, const WordRule& rule, std::vector<Finding>& out) {
  const auto text = file.text();
  for (auto at = text.find(rule.word); at != std::string_view::npos;
       at = text.find(rule.word, at + rule.word.size())) {
    const Span span{static_cast<std::uint32_t>(at),
                    static_cast<std::uint32_t>(at + rule.word.size())};
    Finding finding;
    finding.rule = "word-" + rule.word;
    finding.path = file.path();
    finding.at = file.locate(span);
    finding.message = rule.word + " is wrong";
    finding.why = "the tests say so";
    if (rule.replacement) {
      const Span wide{span.begin - std::min(rule.reach, span.begin),
                      std::min(span.end + rule.reach, static_cast<std::uint32_t>(text.size()))};
      finding.fix = Fix{"replace " + rule.word,
                        {{wide, std::string(span.begin - wide.begin, '.') + *rule.replacement +
                                    std::string(wide.end - span.end, '.')}},
                        rule.safety};
    }
    out.push_back(std::move(finding));
  }
}

inline Examine words(std::vector<WordRule> rules) {
  return [rules = std::move(rules)](const FileJob& job) {
    const auto file = parse(job.file.path, job.after.value_or(""));
    FileReview review;
    for (const auto& rule : rules)
      find_words(file, rule, review.findings);
    std::stable_sort(review.findings.begin(), review.findings.end(),
                     [](const Finding& a, const Finding& b) { return a.at.span < b.at.span; });
    set_fingerprints(review.findings, file);
    return review;
  };
}

inline FileJob job_of(std::string path, std::string bytes) {
  FileJob job;
  job.file.path = job.file.old_path = std::move(path);
  job.after = std::move(bytes);
  job.whole_file = true;
  return job;
}

}  // namespace peer::test
