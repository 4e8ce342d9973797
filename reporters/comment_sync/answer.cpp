#include "reporters/comment_sync/answer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/comment_sync/mark.hpp"

namespace peer {
namespace {

constexpr std::string_view kBegin = "<!-- peer:answer:v1 ", kEnd = " -->";
constexpr std::size_t kMostLine = 4096, kMostTo = 80, kMostText = 1200;

bool is_to(std::string_view text) {
  return !text.empty() && text.size() <= kMostTo &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
         });
}

bool is_key(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// A text in a mark: Base64, so that it can neither end the mark nor hold a blank.
std::optional<std::string> text_in(std::string_view coded) {
  auto text = base64_decode(coded);
  if (!text || text->size() > kMostText) return std::nullopt;
  return visible(*text, false);
}

/// Takes one NAME=VALUE; false where it is not well-formed.
bool take(std::string_view name, std::string_view value, AnswerMark& mark, SetAside& aside) {
  if (name == "name") mark.name = value;
  if (name == "to") mark.to = value;
  if (name == "usage") mark.usage = true;
  if (name == "ignore") aside.key = value;
  if (name != "by" && name != "reason") return true;
  auto text = text_in(value);
  if (!text) return false;
  (name == "by" ? aside.by : aside.reason) = std::move(*text);
  return true;
}

}  // namespace

std::string write_answer_mark(const AnswerMark& mark) {
  auto line = fmt::format("{}name={} to={}", kBegin, mark.name, mark.to);
  if (mark.usage) line += " usage=1";
  if (mark.aside)
    line += fmt::format(" ignore={} by={} reason={}", mark.aside->key,
                        base64_encode(mark.aside->by), base64_encode(mark.aside->reason));
  return line + std::string(kEnd);
}

std::optional<AnswerMark> read_answer_mark(std::string_view body) {
  auto line = trim_end(body.substr(0, std::min(body.find('\n'), kMostLine)));
  if (!line.starts_with(kBegin) || !line.ends_with(kEnd) ||
      line.size() < kBegin.size() + kEnd.size())
    return std::nullopt;
  line = line.substr(kBegin.size(), line.size() - kBegin.size() - kEnd.size());
  AnswerMark mark;
  SetAside aside;
  for (const auto word : split(line, ' ')) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    if (!take(word.substr(0, equals), word.substr(equals + 1), mark, aside)) return std::nullopt;
  }
  if (mark.name.empty() || mark.name != mark_name(mark.name) || !is_to(mark.to))
    return std::nullopt;
  if (is_key(aside.key)) mark.aside = std::move(aside);
  return mark;
}

std::vector<SetAside> set_aside_in(const std::vector<AnswerComment>& answers) {
  std::map<std::string, SetAside> by_key;  // the first word on a finding stays
  for (const auto& answer : answers)
    if (answer.mark.aside) by_key.emplace(answer.mark.aside->key, *answer.mark.aside);
  std::vector<SetAside> all;
  all.reserve(by_key.size());
  for (auto& [key, aside] : by_key)
    all.push_back(std::move(aside));
  return all;
}

Report without(const Report& report, const std::vector<SetAside>& aside) {
  Report rest = report;
  if (aside.empty()) return rest;
  std::map<std::string_view, const SetAside*> by_key;
  for (const auto& each : aside)
    by_key.emplace(each.key, &each);
  rest.findings.clear();
  for (const auto& finding : report.findings) {
    const auto it = by_key.find(key_of(finding.fingerprint));
    if (it == by_key.end()) {
      rest.findings.push_back(finding);
      continue;
    }
    rest.suppressed.push_back(finding);
    rest.suppressed.back().suppressed =
        Suppression{"comment", it->second->reason +
                                   (it->second->by.empty() ? "" : " (" + it->second->by + ")")};
  }
  if (rest.findings.size() != report.findings.size()) decide(rest);
  return rest;
}

}  // namespace peer
