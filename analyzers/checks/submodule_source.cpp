// Where a change takes submodules from: whoever controls that repository decides what is built.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

#include "analyzers/checks/check.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

enum Rule : std::size_t { kUrl, kCommand };

constexpr std::string_view kFile = ".gitmodules";

const std::array<RuleInfo, 2>& rule_table() {
  static const std::array<RuleInfo, 2> kRules{{
      {
          .id = "submodule-url",
          .category = "supply-chain",
          .severity = Severity::warning,
          .confidence = 0.9,
          .title = "submodule from another place",
          .why = "The next update takes the submodule's code from this address, and its diff shows "
                 "only a commit id: nobody sees what it brings.",
          .help = "Check who owns the address, and that the commit named here is one of theirs.",
          .cwe = {829},
          .bad = {{.path = kFile,
                   .code = "[submodule \"zlib\"]\n\tpath = zlib\n\turl = "
                           "https://acme.net/zlib.git\n",
                   .lines = {3},
                   .before = "[submodule \"zlib\"]\n\tpath = zlib\n\turl = "
                             "https://github.com/madler/zlib.git\n"},
                  {.path = kFile,
                   .code = "[submodule \"new\"]\n\tpath = new\n\turl = ../new.git\n",
                   .lines = {3}}},
          .good = {{.path = kFile,
                    .code = "[submodule \"zlib\"]\n\tpath = lib/zlib\n\turl = ../zlib.git\n",
                    .before = "[submodule \"zlib\"]\n\tpath = zlib\n\turl = ../zlib.git\n"},
                   {.path = "docs/.gitmodules.txt", .code = "[submodule \"a\"]\n\turl = b\n"}},
      },
      {
          .id = "submodule-command",
          .category = "supply-chain",
          .severity = Severity::error,
          .confidence = 0.95,
          .title = "submodule setting that is an attack on Git",
          .why = "Old versions of Git run the command of `update = !command`, and take an address "
                 "or a path that begins with a dash for an option.",
          .help = "Take the line out, and ask who wrote it.",
          .cwe = {78, 88},
          .bad = {{.path = kFile,
                   .code = "[submodule \"a\"]\n\tpath = a\n\tupdate = !make\n",
                   .lines = {3}},
                  {.path = kFile, .code = "[submodule \"a\"]\n\tpath = -u./run\n", .lines = {2}}},
          .good = {{.path = kFile, .code = "[submodule \"a\"]\n\tpath = a\n\tupdate = rebase\n"}},
      },
  }};
  return kRules;
}

struct Setting {
  std::string module;  ///< "zlib" of `[submodule "zlib"]`
  std::string key;
  std::string value;
  Span span;
};

std::string unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

/// The settings of a .gitmodules file, section by section.
std::vector<Setting> settings_of(const SourceFile& file) {
  std::vector<Setting> settings;
  std::string module;
  for (std::uint32_t line = 1; line <= file.lines().line_count(); ++line) {
    auto span = file.lines().line_span(line);
    auto text = trim(file.text(span));
    if (text.starts_with('[')) {
      const auto close = text.rfind(']');
      const auto head = text.substr(1, close == std::string_view::npos ? close : close - 1);
      const auto blank = head.find_first_of(" \t");
      module = blank == std::string_view::npos ? std::string() : unquoted(head.substr(blank));
      // a setting may follow on the same line
      text = close == std::string_view::npos ? std::string_view{} : trim(text.substr(close + 1));
    }
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || text.starts_with('#') || text.starts_with(';'))
      continue;
    span.begin = static_cast<std::uint32_t>(text.data() - file.text().data());
    span.end = span.begin + static_cast<std::uint32_t>(text.size());
    settings.push_back(
        {module, to_lower(trim(text.substr(0, equals))), unquoted(text.substr(equals + 1)), span});
  }
  return settings;
}

/// The last address of each submodule, which is the one that counts.
std::map<std::string, std::string> addresses_of(const SourceFile* file) {
  std::map<std::string, std::string> addresses;
  if (file == nullptr) return addresses;
  for (auto& setting : settings_of(*file))
    if (setting.key == "url") addresses[setting.module] = std::move(setting.value);
  return addresses;
}

bool is_attack(const Setting& setting) {
  if (setting.key == "update") return setting.value.starts_with('!');
  return (setting.key == "url" || setting.key == "path") && setting.value.starts_with('-');
}

void run(FileExam& exam, std::vector<Finding>& out) {
  if (exam.change().path != kFile) return;
  const auto report = [&](Rule rule, const Setting& setting, std::string message) {
    out.push_back(make_finding(rule_table()[rule], exam.after(), setting.span, std::move(message)));
  };
  // what stands there since long is no news
  const bool is_change = exam.change().status != ChangeStatus::unmodified;
  const auto before =
      is_change ? addresses_of(exam.before()) : std::map<std::string, std::string>{};
  for (const auto& setting : settings_of(exam.after())) {
    if (is_attack(setting))
      report(kCommand, setting, fmt::format("{} = {}", setting.key, setting.value));
    if (!is_change || setting.key != "url") continue;
    const auto old = before.find(setting.module);
    if (old == before.end())
      report(kUrl, setting,
             fmt::format("submodule {} is new and comes from {}", setting.module, setting.value));
    else if (old->second != setting.value)
      report(kUrl, setting,
             fmt::format("submodule {} comes from {} now, and came from {}", setting.module,
                         setting.value, old->second));
  }
}

}  // namespace

const Check& check_submodule_source() {
  static const Check kCheck{
      .name = "submodule_source",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
      .needs_tree = false,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
