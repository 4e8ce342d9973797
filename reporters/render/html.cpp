// One page that holds everything and asks for nothing: the report as JSON beside a script that
// shows it. Text from the repository is data of that JSON and reaches the page as text nodes only;
// a content security policy that names the script and the style by their hashes keeps anything else
// from running.
#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

#include "analyzers/languages/language.hpp"
#include "base/text.hpp"
#include "reporters/receipt.hpp"
#include "reporters/render/embedded_html.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/json_writer.hpp"
#include "reporters/render/policy.hpp"
#include "reporters/render/render.hpp"
#include "reporters/render/suggestion.hpp"

namespace peer {
namespace {

/// What is said of a file as a whole.
struct FileFacts {
  std::size_t index = 0;
  std::size_t findings = 0;
  double confidence = 0;  // sum over its findings
};

std::string type_of(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? "other" : to_lower(name.substr(dot));
}

class Page {
 public:
  Page(const Report& report, const RenderOptions& options)
      : report_(report), options_(options), fixes_(report), out_(JsonWriter::Layout::compact) {
    for (const auto* list : {&report.findings, &report.suppressed})
      for (const auto& finding : *list)
        count(finding);
    for (std::size_t i = 0; i < report.rules.size(); ++i)
      rules_.emplace(report.rules[i].id, i);
  }

  std::string data() {
    out_.begin_object();
    out_.text("examined", capital(coverage_words(report_)));
    put_rules();
    put_files();
    out_.begin_array("findings");
    for (const auto& finding : report_.findings)
      put(finding);
    for (const auto& finding : report_.suppressed)
      put(finding);
    out_.end_array();
    put_coverage();
    put_complexity();
    put_history();
    out_.end_object();
    return out_.take();
  }

  static std::string capital(std::string words) {
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
      words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
  }

 private:
  void count(const Finding& finding) {
    auto& facts = files_.try_emplace(finding.path, FileFacts{files_.size(), 0, 0}).first->second;
    facts.findings += finding.suppressed ? 0 : 1;
    facts.confidence += finding.suppressed ? 0 : finding.confidence;
  }

  void texts(std::string_view key, const auto& values) {
    out_.begin_array(key);
    for (const auto& value : values)
      out_.text(value);
    out_.end_array();
  }

  void put_rules() {
    out_.begin_array("rules");
    for (const auto& rule : report_.rules) {
      out_.begin_object();
      out_.text("id", rule.id);
      out_.text("title", rule.title);
      out_.text("why", rule.why);
      out_.text("help", rule.help);
      texts("references", rule.references);
      out_.end_object();
    }
    for (const auto& id : unknown_rules()) {
      out_.begin_object();
      for (const std::string_view key : {"id", "title"})
        out_.text(key, id);
      for (const std::string_view key : {"why", "help"})
        out_.text(key, "");
      out_.end_object();
    }
    out_.end_array();
  }

  /// Rules that findings name and the report does not describe (other tools').
  std::vector<std::string> unknown_rules() {
    std::vector<std::string> ids;
    for (const auto* list : {&report_.findings, &report_.suppressed})
      for (const auto& finding : *list)
        if (rules_.try_emplace(finding.rule, rules_.size()).second) ids.push_back(finding.rule);
    return ids;
  }

  void put_files() {
    std::vector<const std::pair<const std::string, FileFacts>*> order(files_.size());
    for (const auto& entry : files_)
      order[entry.second.index] = &entry;
    out_.begin_array("files");
    for (const auto* entry : order) {
      const auto& [path, facts] = *entry;
      const auto* language = detect_language(path, "");
      out_.begin_object();
      out_.text("path", path);
      out_.text("type", type_of(path));
      out_.text("language", language == nullptr ? "" : language->name);
      out_.number("findings", std::uint64_t{facts.findings});
      out_.key("confidence");
      out_.number(facts.findings == 0 ? 0.0
                                      : facts.confidence / static_cast<double>(facts.findings));
      out_.end_object();
    }
    out_.end_array();
  }

  void put(const Location& at) {
    out_.number("line", std::uint64_t{at.start.line});
    out_.number("column", std::uint64_t{at.start.column});
    out_.number("end_line", std::uint64_t{at.end.line});
    out_.number("end_column", std::uint64_t{at.end.column});
  }

  void put(const CodeFrame& frame) {
    if (frame.lines.empty()) return;
    out_.begin_object("frame");
    out_.number("first_line", std::uint64_t{frame.first_line});
    out_.number("first_column", std::uint64_t{frame.first_column});
    texts("lines", frame.lines);
    out_.end_object();
  }

  void put(const Finding& finding) {
    out_.begin_object();
    out_.number("rule", std::uint64_t{rules_.at(finding.rule)});
    out_.number("file", std::uint64_t{files_.at(finding.path).index});
    out_.text("severity", to_string(finding.severity));
    out_.key("confidence");
    out_.number(finding.confidence);
    put(finding.at);
    out_.text("message", sourced_message(finding));
    put_own_words(finding);
    if (!finding.symbol.empty()) out_.text("symbol", finding.symbol);
    out_.text("fingerprint", finding.fingerprint);
    if (finding.suppressed) out_.text("suppressed", finding.suppressed->kind);
    if (!finding.tools.empty()) texts("tools", finding.tools);
    put_cwe(finding);
    put(finding.frame);
    put_related(finding);
    put_fix(finding);
    out_.end_object();
  }

  /// Why and help where they are not the rule's.
  void put_own_words(const Finding& finding) {
    const auto index = rules_.at(finding.rule);
    const auto* rule = index < report_.rules.size() ? &report_.rules[index] : nullptr;
    if (rule == nullptr || rule->why != finding.why) out_.text("why", finding.why);
    if (rule == nullptr || rule->help != finding.help) out_.text("help", finding.help);
  }

  void put_cwe(const Finding& finding) {
    if (finding.cwe.empty()) return;
    out_.begin_array("cwe");
    for (const int id : finding.cwe)
      out_.number(std::int64_t{id});
    out_.end_array();
  }

  void put_related(const Finding& finding) {
    if (finding.related.empty()) return;
    out_.begin_array("related");
    for (const auto& related : finding.related) {
      out_.begin_object();
      put(related.at);
      out_.text("message", related.message);
      put(related.frame);
      if (!related.path.empty()) out_.text("path", visible(related.path, false));
      out_.end_object();
    }
    out_.end_array();
  }

  void put_fix(const Finding& finding) {
    const auto* proved = fixes_.find(finding);
    const Fix* fix = proved != nullptr ? &proved->fix : finding.fix ? &*finding.fix : nullptr;
    if (fix == nullptr) return;
    out_.begin_object("fix");
    out_.text("title", fix->title);
    out_.boolean("safe", fix->safety == Safety::safe);
    if (proved != nullptr) {
      out_.text("decision", to_string(proved->decision));
      out_.key("confidence");
      out_.number(proved->confidence);
      out_.text("proof", proof_words(proved->proof));
      if (!proved->reasoning.empty()) out_.text("reasoning", proved->reasoning);
    }
    if (proved != nullptr && !proved->diff.empty())
      out_.text("diff", proved->diff);
    else if (const auto suggestion = suggest(finding, *fix))
      put(*suggestion, finding.frame);
    out_.end_object();
  }

  /// The lines of a fix before and after; the frame holds them, or there would be no suggestion.
  void put(const Suggestion& suggestion, const CodeFrame& frame) {
    out_.number("line", std::uint64_t{suggestion.first_line});
    const std::vector<std::string_view> lines(frame.lines.begin(), frame.lines.end());
    out_.begin_array("before");
    for (auto line = suggestion.first_line; line <= suggestion.last_line; ++line)
      out_.text(lines[line - frame.first_line]);
    out_.end_array();
    out_.begin_array("after");
    for (const auto line : split_lines(suggestion.text))
      out_.text(line);
    out_.end_array();
  }

  void put_coverage() {
    out_.begin_array("coverage");
    for (const auto& file : report_.coverage.files) {
      std::size_t examined = 0;
      for (const auto& hunk : file.hunks)
        examined += hunk.examined ? 1 : 0;
      out_.begin_object();
      out_.text("path", file.path);
      out_.text("status", replace_all(std::string(to_string(file.status)), "_", " "));
      out_.text("hunks",
                file.hunks.empty() ? "" : fmt::format("{}/{}", examined, file.hunks.size()));
      out_.text("by", join(file.by ? file.by->plain() : std::vector<std::string>{}, ", "));
      out_.text("reason", file.reason);
      out_.end_object();
    }
    out_.end_array();
  }

  void put_complexity() {
    out_.begin_array("complexity");
    for (const auto& [path, change] : report_.complexity) {
      out_.begin_object();
      out_.text("path", path);
      out_.text("function", change.function);
      out_.text("cyclomatic",
                fmt::format("{} -> {}", change.cyclomatic_before, change.cyclomatic_after));
      out_.text("cognitive",
                fmt::format("{} -> {}", change.cognitive_before, change.cognitive_after));
      out_.end_object();
    }
    out_.end_array();
  }

  void put_history() {
    if (options_.history.empty()) return;
    out_.begin_array("history");
    for (const auto& audit : options_.history) {
      out_.begin_object();
      out_.text("time", audit.time);
      out_.text("commit", audit.commit);
      out_.number("total", audit.total);
      if (audit.compared) {
        out_.number("new", audit.added);
        out_.number("fixed", audit.fixed);
        out_.number("recurring", audit.recurring);
      }
      out_.end_object();
    }
    out_.end_array();
  }

  const Report& report_;
  const RenderOptions& options_;
  FixIndex fixes_;
  JsonWriter out_;
  std::map<std::string, FileFacts> files_;
  std::map<std::string, std::size_t> rules_;
};

/// JSON that may stand inside a script element: no `<` of it is seen by the HTML parser.
std::string script_data(const std::string& json) { return replace_all(json, "<", "\\u003c"); }

std::string verdict_words(const Report& report) {
  switch (report.verdict) {
    case Verdict::clean:
      return "clean";
    case Verdict::incomplete:
      return "incomplete: nothing found in what was examined";
    case Verdict::not_reviewed:
      return "not reviewed";
    case Verdict::error:
      return "error: the run did not finish";
    case Verdict::findings:
      break;
  }
  return (report.complete ? "" : "incomplete, ") + counts_words(count_severities(report));
}

std::string notes_of(const Report& report) {
  std::string notes;
  for (const auto& words : degraded_sentences(report))
    notes += fmt::format("<p>{}</p>\n", xml_text(words));
  for (const auto& gap : gaps(report))
    notes +=
        fmt::format("<p>not examined: <code>{}</code> {} {}</p>\n", xml_text(visible(gap.path)),
                    xml_text(gap.lines), xml_text(visible(gap.reason)));
  return notes.empty() ? notes : "<div class=\"notes\" role=\"note\">\n" + notes + "</div>\n";
}

std::string render_html(const Report& report, const RenderOptions& options) {
  const auto verdict = verdict_words(report);
  const auto subject = xml_text(visible(report.change.description));
  std::string page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  page += fmt::format(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {}; "
      "style-src {}; base-uri 'none'; "
      "form-action 'none'\">\n",
      policy_hash(embedded::report_js), policy_hash(embedded::report_css));
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  page += fmt::format("<title>Peer: {} ({})</title>\n<style>{}</style>\n</head>\n",
                      xml_text(verdict), subject, embedded::report_css);
  page += fmt::format(
      "<body>\n<header id=\"bar\"><div class=\"inner\">\n<div class=\"row\"><h1 class=\"grow\">{} "
      "<span class=\"dim\">{} {}</span></h1>"
      "<button type=\"button\" id=\"theme\">dark</button></div>\n"
      "<div class=\"row controls\"><label class=\"grow\"><span "
      "class=\"visually-hidden\">search</span>"
      "<input class=\"grow\" id=\"search\" type=\"search\" placeholder=\"search (press "
      "/)\"></label>"
      "<span id=\"count\" role=\"status\" class=\"dim\"></span></div>\n"
      "<div class=\"row controls\" id=\"filters\" role=\"group\" "
      "aria-label=\"filters\"></div>\n</div></header>\n",
      xml_text(Page::capital(verdict)), xml_text(report.command), subject);
  page += fmt::format(
      "<main>\n{}<noscript><p>Without scripts only this summary is shown: {}; {}.</p></noscript>\n"
      "<ol id=\"findings\" aria-label=\"findings\"></ol>\n<button type=\"button\" id=\"more\" "
      "hidden>show more</button>\n"
      "<section id=\"trend\"></section>\n<section id=\"files\"></section>\n<section "
      "id=\"manifest\"></section>\n",
      notes_of(report), xml_text(verdict), xml_text(coverage_words(report)));
  page += fmt::format("<footer>{}. Peer {}. {}</footer>\n</main>\n",
                      xml_text(receipt_line(report.receipt)), xml_text(report.tool_version),
                      report.receipt.calls == 0
                          ? "No model was asked."
                          : fmt::format("{} models were asked.", report.receipt.models));
  page += fmt::format(
      "<script type=\"application/json\" "
      "id=\"data\">{}</script>\n<script>{}</script>\n</body>\n</html>\n",
      script_data(Page(report, options).data()), embedded::report_js);
  return page;
}

}  // namespace

const Renderer& renderer_html() {
  static const Renderer kRenderer{
      "html", "one page for people: search, filters, fixes side by side", write_whole<render_html>};
  return kRenderer;
}

}  // namespace peer
