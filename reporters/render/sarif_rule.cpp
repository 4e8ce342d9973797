#include "reporters/render/sarif_rule.hpp"

#include <fmt/format.h>
#include <set>

#include "base/text.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/sarif_words.hpp"

namespace peer::sarif {
namespace {

void help(JsonWriter& out, const ReportedRule& rule, const std::string& why) {
  const auto how = rule.help.empty() ? why : rule.help;
  std::string markdown = markdown_text(sentence(why)) + "\n\n**How to fix it.** " +
                         markdown_text(sentence(how)) + "\n";
  for (const auto& reference : rule.references)
    markdown += "\n- " + markdown_text(reference);
  out.begin_object("help");
  out.text("text", visible(sentence(why) + " " + sentence(how)));
  out.text("markdown", markdown);
  out.end_object();
}

void properties(JsonWriter& out, const ReportedRule& rule) {
  constexpr std::size_t kMostTags = 20;
  out.begin_object("properties");
  out.begin_array("tags");
  std::set<std::string> tags;
  if (!rule.category.empty()) tags.insert(visible(rule.category, false));
  if (is_security(rule)) tags.insert("security");
  for (const auto cwe : rule.cwe)
    if (tags.size() < kMostTags) tags.insert(fmt::format("external/cwe/cwe-{}", cwe));
  for (const auto& tag : rule.tags.value_or(std::vector<std::string>{}))
    if (tags.size() < kMostTags && !tag.empty()) tags.insert(visible(tag, false));
  for (const auto& tag : tags)
    out.text(tag);
  out.end_array();
  out.text("precision", precision(rule.confidence));
  out.text("problem.severity", rule.severity == Severity::error     ? "error"
                               : rule.severity == Severity::warning ? "warning"
                                                                    : "recommendation");
  if (is_security(rule)) out.text("security-severity", security_severity(rule.severity));
  out.end_object();
}

}  // namespace

void write_message(JsonWriter& out, std::string_view name, std::string_view text,
                   std::size_t most) {
  out.begin_object(name);
  // forges show this text: what cannot be seen is spelled out
  auto shown = visible(text);
  if (shown.size() > most) shown = valid_utf8(shown.substr(0, most));
  out.text("text", shown.empty() ? "-" : shown);
  out.end_object();
}

void write_rule(JsonWriter& out, const ReportedRule& rule) {
  constexpr std::size_t kMostDescription = 1000;
  const auto title = rule.title.empty() ? rule.id : rule.title;
  const auto why = rule.why.empty() ? title : rule.why;
  out.begin_object();
  out.text("id", rule.id);
  if (const auto name = pascal_case(rule.id); !name.empty() && to_lower(name) != to_lower(rule.id))
    out.text("name", name.substr(0, 255));
  write_message(out, "shortDescription", sentence(title), kMostDescription);
  write_message(out, "fullDescription", sentence(why), kMostDescription);
  help(out, rule, why);
  if (!rule.references.empty() && rule.references[0].starts_with("https://"))
    out.text("helpUri", rule.references[0]);
  out.begin_object("defaultConfiguration");
  out.text("level", level(rule.severity));
  out.end_object();
  properties(out, rule);
  out.end_object();
}

}  // namespace peer::sarif
