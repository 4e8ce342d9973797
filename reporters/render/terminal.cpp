// Findings for people at a terminal: grouped by file, the grave ones with their code, then what was
// covered.
#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "reporters/receipt.hpp"
#include "reporters/render/cells.hpp"
#include "reporters/render/code_frame.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/ink.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

constexpr std::size_t kLeastWidth = 40;
constexpr std::size_t kMostTextWidth =
    100;  // wider lines of prose are hard to read; code may be wider
constexpr std::size_t kMostRuleWidth = 28;  // and never over a third of the width
constexpr std::size_t kSeverityWidth = 7;   // "warning"
constexpr std::size_t kMostGaps = 20;
constexpr std::size_t kMostFindings = 10000;  // nobody reads more on a terminal

std::string place_of(const Finding& finding) {
  return fmt::format("{}:{}", finding.at.start.line, finding.at.start.column);
}

bool is_grave(const Finding& finding) {
  return finding.severity == Severity::error || !finding.related.empty() ||
         finding.category == "security" || finding.category == "secrets" ||
         finding.category == "supply-chain";
}

/// The sentences of `text` that fit into about three lines of `width`; at least the first.
std::string_view first_sentences(std::string_view text, std::size_t width) {
  const auto most = 3 * width;
  if (text.size() <= most) return text;
  auto end = text.rfind(". ", most);
  if (end == std::string_view::npos) end = text.find(". ");
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

class Page {
 public:
  Page(const Report& report, const RenderOptions& options)
      : report_(report), options_(options), fixes_(report) {
    const auto asked = options.width <= 0 ? 80U : static_cast<std::size_t>(options.width);
    options_.width = static_cast<int>(std::max(asked, kLeastWidth));
    width_ = std::clamp(asked, kLeastWidth, kMostTextWidth);
  }

  std::string print() {
    if (options_.quiet) {
      findings();
      unexamined();
      return std::move(out_);
    }
    header();
    findings();
    if (!report_.findings.empty()) totals();
    for (const auto& sentence : degraded_sentences(report_))
      note(sentence, Ink::yellow);
    unexamined();
    summary();
    last_line();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string paint(std::string_view text, Ink ink) const {
    return painted(text, ink, options_.color);
  }

  [[nodiscard]] std::string linked(const std::string& shown, std::string_view path) const {
    if (!options_.hyperlinks || options_.root.empty()) return shown;
    const auto uri = "file://" + uri_path(options_.root + "/" + std::string(path));
    return "\x1b]8;;" + uri + "\x1b\\" + shown + "\x1b]8;;\x1b\\";
  }

  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  /// A sentence that may take several lines.
  void note(std::string_view text, Ink ink, std::size_t indent = 0) {
    const auto room = width_ - indent;
    for (const auto& part : wrap(text, room, room))
      line(std::string(indent, ' ') + paint(part, ink));
  }

  /// `left` with `right` at the right edge, or below when both do not fit.
  void two_ends(const std::string& left, std::size_t left_width, const std::string& right,
                std::size_t right_width) {
    if (right.empty()) return line(left);
    if (left_width + 2 + right_width <= width_)
      return line(left + std::string(width_ - left_width - right_width, ' ') + right);
    line(left);
    line(std::string(right_width < width_ ? width_ - right_width : 0, ' ') + right);
  }

  void header() {
    const auto what = one_line(report_.change.description, width_);
    line(what.empty() ? size_words(report_) : paint(what, Ink::bold) + "  " + size_words(report_));
  }

  void findings() {
    std::vector<const Finding*> order;
    for (const auto& finding : report_.findings)
      order.push_back(&finding);
    const auto by_place = [](const Finding* a, const Finding* b) {
      if (a->path != b->path) return a->path < b->path;
      if (a->severity != b->severity) return a->severity > b->severity;
      return a->at.span < b->at.span;
    };
    std::stable_sort(order.begin(), order.end(), by_place);
    const auto most = options_.max_findings == 0 ? kMostFindings : options_.max_findings;
    const auto left_out = order.size() - std::min(order.size(), most);
    // the gravest are shown, of whatever file
    if (left_out > 0)
      std::stable_sort(order.begin(), order.end(), [](const Finding* a, const Finding* b) {
        return a->severity > b->severity;
      });
    order.resize(order.size() - left_out);
    if (left_out > 0) std::stable_sort(order.begin(), order.end(), by_place);
    for (auto first = order.begin(); first != order.end();) {
      const auto last = std::find_if(first, order.end(),
                                     [&](const Finding* f) { return f->path != (*first)->path; });
      file({first, last});
      first = last;
    }
    if (left_out > 0) line("\n" + count_of(left_out, "more finding") + " in --format json");
  }

  void file(const std::vector<const Finding*>& found) {
    const auto& path = found.front()->path;
    line("\n" + linked(paint(short_path(path, width_), Ink::bold), path));
    place_width_ = rule_width_ = 0;
    for (const auto* finding : found) {
      place_width_ = std::max(place_width_, place_of(*finding).size());
      rule_width_ = std::max(rule_width_, display_width(one_line(finding->rule, most_rule())));
    }
    bool apart = false;
    for (const auto* finding : found) {
      const bool detailed = options_.all_frames || is_grave(*finding);
      if (finding != found.front() && (detailed || apart)) out_ += '\n';
      headline(*finding, detailed);
      if (detailed) details(*finding);
      apart = detailed;
    }
  }

  [[nodiscard]] std::size_t most_rule() const { return std::min(kMostRuleWidth, width_ / 3); }

  [[nodiscard]] std::string tags(const Finding& finding, bool detailed) const {
    std::string words;
    for (const auto cwe : finding.cwe)
      words += fmt::format("{}CWE-{}", words.empty() ? "" : " ", cwe);
    const auto* fix = fixes_.find(finding);
    const auto can = fixable(finding, fix);
    const bool said_below = detailed && fix != nullptr;
    if (can != Fixable::no && !said_below)
      words += fmt::format("{}[{}]", words.empty() ? "" : "  ",
                           can == Fixable::yes ? "safe fix" : "fix");
    return words;
  }

  void headline(const Finding& finding, bool detailed) {
    const auto rule = one_line(finding.rule, most_rule());
    const auto rule_pad = std::string(rule_width_ - display_width(rule), ' ');
    const auto left = fmt::format(
        "  {:<{}}  {}{}  {}{}", place_of(finding), place_width_,
        paint(to_string(finding.severity), ink_of(finding.severity)),
        std::string(kSeverityWidth - to_string(finding.severity).size(), ' '), rule, rule_pad);
    constexpr std::size_t kLeastMessage = 30;
    auto indent = 2 + place_width_ + 2 + kSeverityWidth + 2 + rule_width_ + 2;
    const auto right = tags(finding, detailed);
    if (indent + kLeastMessage > width_) {
      const auto used = indent - 2;
      indent = 2 + place_width_ + 2;
      two_ends(left, used, right, right.size());
      note(sourced_message(finding), Ink::plain, indent);
      return;
    }
    const auto room = width_ - indent;
    const auto taken = right.empty() ? 0 : right.size() + 2;
    const auto first_room = taken + kLeastMessage / 2 > room ? room : room - taken;
    const auto parts = wrap(sourced_message(finding), first_room, room);
    two_ends(left + "  " + parts[0], indent + display_width(parts[0]), right, right.size());
    for (std::size_t i = 1; i < parts.size(); ++i)
      line(std::string(indent, ' ') + parts[i]);
  }

  /// "= why: ..." below the bar of the frame, with the lines that follow indented below the words.
  void remark(std::size_t indent, std::string_view title, std::string_view text,
              const std::string& right = {}) {
    const auto lead = fmt::format("{:{}}= {}: ", "", indent, title);
    const auto room = width_ - lead.size();
    const auto parts =
        wrap(first_sentences(text, room), room, room);  // peer rules show has the rest
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto text_line = (i == 0 ? lead : std::string(lead.size(), ' ')) + parts[i];
      const bool last = i + 1 == parts.size();
      two_ends(text_line, lead.size() + display_width(parts[i]), last ? right : "",
               last ? display_width(right) : 0);
    }
  }

  void details(const Finding& finding) {
    out_ += code_frame(finding, options_);
    const auto bar = frame_bar(finding);
    const auto* fix = fixes_.find(finding);
    std::string right;
    if (fix != nullptr && fix->decision != Decision::reject)
      right = one_line(
          fmt::format("{}  proved: {}", confidence_words(fix->confidence), proof_words(fix->proof)),
          width_ - 8);
    // what a rule says about all of its findings is said once
    const bool first = explained_.insert(finding.rule).second;
    if (first && !finding.why.empty()) remark(bar, "why", finding.why);
    if ((first && !finding.help.empty()) || !right.empty())
      remark(bar, "fix",
             fix == nullptr || fix->fix.title.empty() ? finding.help.str() : fix->fix.title, right);
  }

  /// "3 can be fixed: peer fix-all (5 with --unsafe)"; "" when nothing can.
  [[nodiscard]] std::string fix_words() const {
    const auto fixes = count_fixes(report_, fixes_);
    if (fixes.all == 0) return {};
    if (fixes.safe == 0) return with_commas(fixes.all) + " can be fixed: peer fix-all --unsafe";
    const auto words = with_commas(fixes.safe) + " can be fixed: peer fix-all";
    return fixes.all == fixes.safe
               ? words
               : words + fmt::format(" ({} with --unsafe)", with_commas(fixes.all));
  }

  void totals() {
    const auto counts = count_severities(report_);
    std::string words, plain = counts_words(counts);
    for (auto i = counts.size(); i-- > 0;) {
      if (counts[i] == 0) continue;
      const auto severity = static_cast<Severity>(i);
      words +=
          (words.empty() ? "" : ", ") + paint(count_words(counts[i], severity), ink_of(severity));
    }
    std::string rest;
    if (!report_.suppressed.empty())
      rest = fmt::format(" ({} suppressed)", with_commas(report_.suppressed.size()));
    const auto fixes = fix_words();
    const bool fits = plain.size() + rest.size() + 3 + fixes.size() <= width_;
    line("\n" + words + rest + (fits && !fixes.empty() ? "   " + fixes : ""));
    if (!fits) line(fixes);
  }

  void unexamined() {
    const auto all = gaps(report_);
    if (report_.verdict == Verdict::error) note("error: the run did not finish", Ink::red);
    if (report_.complete && all.empty()) return;
    note(report_.verdict == Verdict::not_reviewed
             ? "not reviewed: nothing in scope could be examined"
             : "incomplete: not everything in scope was examined",
         Ink::yellow);
    for (std::size_t i = 0; i < std::min(all.size(), kMostGaps); ++i) {
      const auto& gap = all[i];
      note(fmt::format("{}{}{}: {}", short_path(gap.path, width_ / 2), gap.lines.empty() ? "" : ":",
                       gap.lines, gap.reason.empty() ? "not examined" : gap.reason),
           Ink::yellow, 2);
    }
    if (all.size() > kMostGaps)
      note(count_of(all.size() - kMostGaps, "more file") + " in --format json", Ink::yellow, 2);
  }

  [[nodiscard]] std::string scope_words() const {
    constexpr std::size_t kMost = 3;
    const auto files = out_of_scope(report_);
    std::string words;
    for (std::size_t i = 0; i < std::min(files.size(), kMost); ++i)
      words +=
          fmt::format("{}{}{}", i == 0 ? "; out of scope: " : ", ", short_path(files[i]->path, 30),
                      files[i]->reason.empty() ? "" : " (" + one_line(files[i]->reason, 40) + ")");
    if (files.size() > kMost)
      words += fmt::format(" and {} more", with_commas(files.size() - kMost));
    return words;
  }

  void summary() {
    if (!report_.summary) return;
    line("");
    for (const auto& words : *report_.summary)
      for (const auto& part : wrap(one_line(words, 1'000), width_, width_))
        line(part);
  }

  void last_line() {
    const bool clean = report_.verdict == Verdict::clean;
    auto left = coverage_words(report_) + scope_words();
    if (clean && !report_.suppressed.empty())
      left += fmt::format("; {} suppressed", with_commas(report_.suppressed.size()));
    if (clean) left = "clean: " + left;
    const auto parts = wrap(left, width_, width_);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      auto shown = parts[i];
      if (i == 0 && clean) shown = paint("clean", Ink::green) + shown.substr(5);
      if (i + 1 < parts.size()) {
        line(shown);
        continue;
      }
      const auto receipt = receipt_line(report_.receipt);
      two_ends(shown, display_width(parts[i]), receipt, receipt.size());
    }
  }

  const Report& report_;
  RenderOptions options_;
  FixIndex fixes_;
  std::size_t width_ = 80;
  std::size_t place_width_ = 0, rule_width_ = 0;
  std::set<std::string> explained_;
  std::string out_;
};

std::string render_terminal(const Report& report, const RenderOptions& options) {
  // in a job's log a line of ours must not be taken for a command of the runner
  return log_lines(Page(report, options).print());
}

}  // namespace

const Renderer& renderer_terminal() {
  static const Renderer kRenderer{"terminal", "for people: findings with their code, by file",
                                  write_whole<render_terminal>};
  return kRenderer;
}

}  // namespace peer
