// The summary of a change in GitHub and GitLab Markdown: the verdict in the first words, a table of
// findings, the rest folded away. Text from the repository goes through markdown_text(),
// markdown_code() or markdown_fence().
#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "base/text.hpp"
#include "reporters/comment_sync/mark.hpp"
#include "reporters/receipt.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/render.hpp"
#include "reporters/render/suggestion.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostFindings = 50;
constexpr std::size_t kMostFiles = 200;  // in the manifest
constexpr std::size_t kMostChanges = 20;

std::string folded(std::string_view title, std::string_view body) {
  return fmt::format("\n<details><summary>{}</summary>\n\n{}\n</details>\n", title, body);
}

class Comment {
 public:
  Comment(const Report& report, const FixIndex& fixes, std::size_t most)
      : report_(report), fixes_(fixes) {
    for (const auto& finding : report.findings)
      order_.push_back(&finding);
    std::stable_sort(order_.begin(), order_.end(),
                     [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    shown_ = std::min(most, order_.size());
    most_files_ = most == 0 ? 0 : kMostFiles;
  }

  std::string print() {
    headline();
    for (const auto& words : degraded_sentences(report_))
      out_ += "\n" + markdown_text(words) + "\n";
    const auto missing = gaps(report_);
    if (!missing.empty()) not_examined(missing);
    if (!order_.empty()) table();
    summary();
    what_changed();
    details();
    if (report_.verdict != Verdict::clean) manifest();
    out_ += fmt::format("\n<sub>{}. Peer {}</sub>\n", receipt_line(report_.receipt),
                        markdown_text(report_.tool_version));
    return std::move(out_);
  }

 private:
  void headline() {
    const auto counts = counts_words(count_severities(report_));
    const auto examined = coverage_words(report_);
    const auto upper = "E" + examined.substr(1);
    switch (report_.verdict) {
      case Verdict::clean:
        out_ += fmt::format("**Peer: clean.** {}.", upper);
        if (!report_.suppressed.empty())
          out_ += fmt::format(" {} suppressed.", with_commas(report_.suppressed.size()));
        out_ += "\n";
        return;
      case Verdict::incomplete:
        out_ += fmt::format("**Peer: incomplete.** Nothing found in what was examined; {}.\n",
                            examined);
        return;
      case Verdict::not_reviewed:
        out_ += "**Peer: not reviewed.** Nothing in scope could be examined.\n";
        return;
      case Verdict::error:
        out_ += "**Peer: error.** The run did not finish.\n";
        return;
      case Verdict::findings:
        break;
    }
    out_ += fmt::format("**Peer: {}{}** in {}.", report_.complete ? "" : "incomplete, ", counts,
                        count_of(count_coverage(report_).files, "file"));
    const auto fixes = count_fixes(report_, fixes_);
    if (fixes.safe > 0)
      out_ += fmt::format(" {} can be fixed: `peer fix-all`.", with_commas(fixes.safe));
    else if (fixes.all > 0)
      out_ += fmt::format(" {} can be fixed: `peer fix-all --unsafe`.", with_commas(fixes.all));
    if (!report_.suppressed.empty())
      out_ += fmt::format(" {} suppressed.", with_commas(report_.suppressed.size()));
    out_ += "\n";
  }

  void not_examined(const std::vector<Gap>& missing) {
    out_ += "\nNot fully examined:\n\n";
    const auto most = std::max<std::size_t>(1, std::min<std::size_t>(20, most_files_));
    for (std::size_t i = 0; i < std::min(missing.size(), most); ++i)
      out_ += fmt::format("- {}{}: {}\n", markdown_code(missing[i].path),
                          missing[i].lines.empty() ? "" : " lines " + missing[i].lines,
                          markdown_text(missing[i].reason));
    if (missing.size() > most)
      out_ += fmt::format("- and {}\n", count_of(missing.size() - most, "more file"));
  }

  [[nodiscard]] std::string fix_cell(const Finding& finding) const {
    const auto* fix = fixes_.find(finding);
    const auto can = fixable(finding, fix);
    if (can == Fixable::no) return {};
    const std::string word = can == Fixable::yes ? "ready" : "offered";
    return fix == nullptr ? word : word + ", " + confidence_words(fix->confidence);
  }

  void table() {
    out_ += "\n| | File | Finding | Fix |\n|---|---|---|---|\n";
    for (std::size_t i = 0; i < shown_; ++i) {
      const auto& finding = *order_[i];
      out_ += fmt::format("| {} | {} | {} ({}) | {} |\n", to_string(finding.severity),
                          markdown_code(fmt::format("{}:{}", finding.path, finding.at.start.line)),
                          markdown_text(sourced_message(finding)), markdown_code(finding.rule),
                          fix_cell(finding));
    }
    if (order_.size() > shown_)
      out_ += fmt::format("\nAnd {}.\n", count_of(order_.size() - shown_, "more finding"));
  }

  void summary() {
    if (!report_.summary || report_.summary->empty()) return;
    out_ += '\n';
    for (const auto& words : *report_.summary)
      out_ += "- " + markdown_text(words) + "\n";
  }

  void what_changed() {
    std::string body;
    std::size_t left = std::min(kMostChanges, most_files_);
    for (const auto& [path, change] : report_.complexity) {
      if (left-- == 0) break;
      body +=
          fmt::format("- {} in {}: cyclomatic complexity {} -> {}, cognitive {} -> {}\n",
                      markdown_code(change.function), markdown_code(path), change.cyclomatic_before,
                      change.cyclomatic_after, change.cognitive_before, change.cognitive_after);
    }
    if (!body.empty()) out_ += folded("What changed", size_words(report_) + "\n\n" + body);
  }

  [[nodiscard]] std::string fix_block(const Finding& finding) const {
    const auto* proved = fixes_.find(finding);
    if (fixable(finding, proved) == Fixable::no) return {};
    std::string block;
    const auto& fix = proved != nullptr ? proved->fix : *finding.fix;
    if (const auto suggestion = suggest(finding, fix))
      block = markdown_fence(suggestion->text, "suggestion");
    else if (proved != nullptr && !proved->diff.empty())
      block = markdown_fence(proved->diff, "diff");
    if (proved != nullptr)
      block += fmt::format("\n{}, proved: {}\n", confidence_words(proved->confidence),
                           markdown_text(proof_words(proved->proof)));
    return block;
  }

  void details() {
    std::string body;
    for (std::size_t i = 0; i < shown_; ++i) {
      const auto& finding = *order_[i];
      body += fmt::format("**{}: {}**\n{}", to_string(finding.severity),
                          markdown_text(sourced_message(finding)),
                          markdown_code(fmt::format("{}:{}", finding.path, finding.at.start.line)));
      for (const auto cwe : finding.cwe)
        body += fmt::format(" CWE-{}", cwe);
      body += fmt::format(" finding `{}`\n\n", short_key(finding.fingerprint));
      if (!finding.why.empty()) body += "Why: " + markdown_text(finding.why) + "\n\n";
      if (!finding.help.empty()) body += "Fix: " + markdown_text(finding.help) + "\n\n";
      const auto block = fix_block(finding);
      body += block.empty() ? "" : block + "\n";
    }
    if (!body.empty()) out_ += folded("Details", body);
  }

  void manifest() {
    const auto& files = report_.coverage.files;
    std::string body = "| File | Hunks | Examined |\n|---|---|---|\n";
    for (std::size_t i = 0; i < std::min(files.size(), most_files_); ++i) {
      const auto& file = files[i];
      const auto done = std::count_if(file.hunks.begin(), file.hunks.end(),
                                      [](const auto& h) { return h.examined; });
      body +=
          fmt::format("| {} | {}/{} | {}{} |\n", markdown_code(file.path), done, file.hunks.size(),
                      replace_all(std::string(to_string(file.status)), "_", " "),
                      file.reason.empty() ? "" : ": " + markdown_text(file.reason));
    }
    if (files.size() > most_files_)
      body += fmt::format("\nAnd {}.\n", count_of(files.size() - most_files_, "more file"));
    const auto words = coverage_words(report_);
    out_ += folded("E" + words.substr(1), body);
  }

  const Report& report_;
  const FixIndex& fixes_;
  std::vector<const Finding*> order_;
  std::size_t shown_ = 0, most_files_ = kMostFiles;
  std::string out_;
};

std::string render_markdown(const Report& report, const RenderOptions& options) {
  const FixIndex fixes(report);
  auto most = options.max_findings == 0 ? kMostFindings : options.max_findings;
  auto text = Comment(report, fixes, most).print();
  // halved until it fits: with none, only counts are left
  while (options.max_bytes > 0 && text.size() > options.max_bytes && most > 0) {
    most /= 2;
    text = Comment(report, fixes, most).print();
  }
  return text;
}

}  // namespace

const Renderer& renderer_markdown() {
  static const Renderer kRenderer{"markdown", "summary for a pull request or job page",
                                  write_whole<render_markdown>};
  return kRenderer;
}

}  // namespace peer
