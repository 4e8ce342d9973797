#include "reporters/render/overview.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/json_writer.hpp"
#include "reporters/render/policy.hpp"

namespace peer {
namespace {

constexpr std::string_view kStyle =
    ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem "
    "auto;max-width:75rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem "
    ".6rem;border-bottom:1px solid #8886;"
    "vertical-align:top;overflow-wrap:anywhere}td.n{text-align:right}.wrap{overflow-x:auto}"
    "a{color:inherit}@media print{body{margin:0}}";

std::string number(std::size_t count) { return with_commas(count); }

/// "3 new, 12 fixed, 80 recurring"; "" where there was no audit before.
std::string trend_words(const AuditedRepository& each) {
  if (!each.trend || !each.trend->compared) return {};
  return fmt::format("{} new, {} fixed, {} recurring", number(each.trend->added),
                     number(each.trend->fixed), number(each.trend->recurring));
}

std::string files_words(const AuditedRepository& each) {
  return each.verdict ? fmt::format("{}/{}", number(each.files_examined), number(each.files)) : "-";
}

/// What more is to be said of a row.
std::string remarks(const AuditedRepository& each) {
  std::string words = each.error;
  if (!each.issue.empty()) words += (words.empty() ? "" : "; ") + each.issue;
  return words;
}

/// "5 repositories: 1 clean, 3 with findings, 1 failed".
std::string headline(const AuditOverview& overview) {
  std::size_t clean = 0, findings = 0, incomplete = 0, failed = 0;
  for (const auto& each : overview.repositories) {
    if (!each.verdict || *each.verdict == Verdict::error)
      ++failed;
    else if (*each.verdict == Verdict::findings)
      ++findings;
    else if (*each.verdict == Verdict::clean)
      ++clean;
    else
      ++incomplete;
  }
  std::vector<std::string> parts;
  if (clean > 0) parts.push_back(number(clean) + " clean");
  if (findings > 0) parts.push_back(number(findings) + " with findings");
  if (incomplete > 0) parts.push_back(number(incomplete) + " incomplete");
  if (failed > 0) parts.push_back(number(failed) + " failed");
  const auto all = overview.repositories.size();
  return fmt::format("{} {}: {}", number(all), all == 1 ? "repository" : "repositories",
                     parts.empty() ? "nothing to audit" : join(parts, ", "));
}

std::string terminal(const AuditOverview& overview) {
  std::size_t widest = 10;
  for (const auto& each : overview.repositories)
    widest = std::max(widest, visible(each.name, false).size());
  widest = std::min<std::size_t>(widest, 60);
  auto text = fmt::format("{:<{}}  {:>7} {:>8} {:>7}  {:>13}  {}\n", "repository", widest, "errors",
                          "warnings", "others", "files", "verdict");
  for (const auto& each : overview.repositories) {
    const auto& counts = each.counts;
    const auto verdict = !each.verdict
                             ? std::string("failed")
                             : replace_all(std::string(to_string(*each.verdict)), "_", " ");
    const auto count = [&](std::size_t n) { return each.verdict ? number(n) : std::string("-"); };
    text += fmt::format("{:<{}}  {:>7} {:>8} {:>7}  {:>13}  {}{}\n", visible(each.name, false),
                        widest, count(counts[3]), count(counts[2]), count(counts[1] + counts[0]),
                        files_words(each), verdict,
                        each.verdict == Verdict::findings && !each.complete ? ", incomplete" : "");
    for (const auto& words : {trend_words(each), remarks(each)})
      if (!words.empty()) text += fmt::format("  {}\n", visible(words, false));
  }
  text += "\n" + headline(overview) + "\n";
  for (const auto& note : overview.notes)
    text += visible(note, false) + "\n";
  return text;
}

std::string json(const AuditOverview& overview) {
  JsonWriter out;
  out.begin_object();
  out.number("version", std::uint64_t{1});
  out.text("tool_version", overview.tool_version);
  out.begin_array("repositories");
  for (const auto& each : overview.repositories) {
    out.begin_object();
    out.text("name", each.name);
    out.text("commit", each.commit);
    out.text("verdict", each.verdict ? to_string(*each.verdict) : "failed");
    out.boolean("complete", each.complete);
    out.number("errors", each.counts[3]);
    out.number("warnings", each.counts[2]);
    out.number("info", each.counts[1]);
    out.number("hints", each.counts[0]);
    out.number("files", each.files);
    out.number("files_examined", each.files_examined);
    if (each.trend && each.trend->compared) {
      out.number("new", each.trend->added);
      out.number("fixed", each.trend->fixed);
      out.number("recurring", each.trend->recurring);
    }
    out.text("error", each.error);
    if (!each.issue.empty()) out.text("issue", each.issue);
    if (!each.report.empty()) out.text("report", each.report);
    out.number("exit_code", static_cast<std::uint64_t>(std::max(each.exit_code, 0)));
    out.key("seconds");
    out.number(each.seconds);
    out.end_object();
  }
  out.end_array();
  out.begin_array("notes");
  for (const auto& note : overview.notes)
    out.text(note);
  out.end_array();
  out.end_object();
  return out.take();
}

std::string markdown(const AuditOverview& overview) {
  auto text = fmt::format("**Peer audit: {}**\n\n", headline(overview));
  text +=
      "| Repository | Outcome | Files examined | Since the last audit | |\n|---|---|---|---|---|\n";
  for (const auto& each : overview.repositories)
    text +=
        fmt::format("| {} | {} | {} | {} | {} |\n", markdown_code(each.name), outcome_words(each),
                    files_words(each), trend_words(each), markdown_text(remarks(each)));
  for (const auto& note : overview.notes)
    text += "\n" + markdown_text(note) + "\n";
  return text + fmt::format("\n<sub>Peer {}</sub>\n", markdown_text(overview.tool_version));
}

std::string html(const AuditOverview& overview) {
  auto page = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Peer "
      "audit: {}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n<div class=\"wrap\" tabindex=\"0\" "
      "role=\"region\" "
      "aria-label=\"repositories\">\n<table>\n<thead><tr><th scope=\"col\">Repository</th><th "
      "scope=\"col\">Outcome</th>"
      "<th scope=\"col\">Files examined</th><th scope=\"col\">Since the last audit</th><th "
      "scope=\"col\">Remarks</th></tr></thead>\n<tbody>\n",
      policy_hash(kStyle), xml_text(headline(overview)), kStyle, xml_text(headline(overview)));
  for (const auto& each : overview.repositories) {
    auto name = xml_text(visible(each.name, false));
    if (!each.report.empty())
      name = fmt::format("<a href=\"{}\">{}</a>", xml_text(uri_path(each.report)), name);
    page += fmt::format(
        "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td></tr>\n", name,
        xml_text(outcome_words(each)), files_words(each), trend_words(each),
        xml_text(visible(remarks(each), false)));
  }
  page += "</tbody>\n</table>\n</div>\n";
  for (const auto& note : overview.notes)
    page += fmt::format("<p>{}</p>\n", xml_text(visible(note, false)));
  return page + fmt::format("<footer>Peer {}</footer>\n</main>\n</body>\n</html>\n",
                            xml_text(overview.tool_version));
}

}  // namespace

std::string outcome_words(const AuditedRepository& repository) {
  if (!repository.verdict) return "failed";
  switch (*repository.verdict) {
    case Verdict::clean:
      return "clean";
    case Verdict::incomplete:
      return "incomplete, no findings";
    case Verdict::not_reviewed:
      return "not reviewed";
    case Verdict::error:
      return "error: the run did not finish";
    case Verdict::findings:
      break;
  }
  return (repository.complete ? "" : "incomplete, ") + counts_words(repository.counts);
}

Result<std::string> render_overview(const AuditOverview& overview, std::string_view format) {
  if (format == "terminal") return terminal(overview);
  if (format == "json") return json(overview);
  if (format == "markdown") return markdown(overview);
  if (format == "html") return html(overview);
  return fail(
      ErrorKind::invalid_input,
      fmt::format("--format {}: of many repositories there are terminal, json, markdown and html",
                  visible(format, false)));
}

}  // namespace peer
