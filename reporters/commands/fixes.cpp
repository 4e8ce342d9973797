#include "reporters/commands/fixes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "analyzers/fix/protected.hpp"
#include "base/text.hpp"
#include "reporters/comment_sync/mark.hpp"
#include "reporters/render/escape.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostFiles = 50, kMostListed = 100, kMostBytes = std::size_t{8} << 20U;
constexpr std::uint32_t kPlainFile = 0100644, kExecutable = 0100755;
constexpr std::string_view kTrailer = "Peer-Command: ";

/// A name in a commit's message: forges look for mentions, references and words that close issues
/// there too, so what those are made of is left out.
std::string plain(std::string_view name) {
  auto text = visible(name.substr(0, 300), false);
  for (auto& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool good = byte >= 0x80 || (byte >= '0' && byte <= '9') ||
                      (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || c == '/' ||
                      c == '.' || c == '_' || c == '-' || c == '+';
    if (!good) c = '?';
  }
  return text;
}

/// Why the text of a file is not to be replaced; "" when it may be.
std::string objection(const FixedText& fixed, const ChangedFile* file, bool keeps_modes) {
  if (const auto reason = protected_path(fixed.path)) return *reason;
  if (file == nullptr || !file->after) return "is not part of the change";
  const auto mode = file->after->mode;
  if (file->nature != Nature::text || (mode != kPlainFile && mode != kExecutable))
    return "is no plain text file";
  if (mode == kExecutable && !keeps_modes) return "may be executed, which this forge would forget";
  return {};
}

bool is_aside(const ProvedFix& fix, const std::vector<SetAside>& aside) {
  const auto key = key_of(fix.fingerprint);
  return std::any_of(aside.begin(), aside.end(),
                     [&](const SetAside& each) { return each.key == key; });
}

/// The lines of the findings, by fingerprint.
std::map<std::string_view, std::uint32_t> lines_of(const Report& report) {
  std::map<std::string_view, std::uint32_t> lines;
  for (const auto& finding : report.findings)
    lines.emplace(finding.fingerprint, finding.at.start.line);
  return lines;
}

std::map<std::string_view, const ChangedFile*> files_of(const Report& report) {
  std::map<std::string_view, const ChangedFile*> files;
  for (const auto& file : report.change.files)
    files.emplace(file.path, &file);
  return files;
}

/// The proved and safe fixes, by path.
std::multimap<std::string_view, const ProvedFix*> sound_fixes(const Report& report) {
  std::multimap<std::string_view, const ProvedFix*> fixes;
  for (const auto& fix : report.fixes)
    // what a model wrote is offered on its lines, and committed by nobody but a human
    if (fix.decision == Decision::apply && fix.proof.holds() &&
        !fix.fix.origin.starts_with("model:"))
      fixes.emplace(fix.path, &fix);
  return fixes;
}

/// "src/a.py:3 unused-import".
std::string listed(const ProvedFix& fix, const std::map<std::string_view, std::uint32_t>& lines) {
  const auto line = lines.find(fix.fingerprint);
  return fmt::format("{}{} {}", plain(fix.path),
                     line == lines.end() ? "" : fmt::format(":{}", line->second), plain(fix.rule));
}

}  // namespace

FixesToCommit fixes_to_commit(const Report& report, bool keeps_modes,
                              const std::vector<SetAside>& aside) {
  FixesToCommit out;
  if (!report.fixed) return out;
  const auto files = files_of(report);
  const auto lines = lines_of(report);
  const auto fixes = sound_fixes(report);
  std::size_t bytes = 0;
  std::set<std::string_view> seen;
  for (const auto& fixed : *report.fixed) {
    const auto in_it = fixes.equal_range(fixed.path);
    if (in_it.first == in_it.second || !seen.insert(fixed.path).second) continue;
    const auto file = files.find(fixed.path);
    auto why = objection(fixed, file == files.end() ? nullptr : file->second, keeps_modes);
    bytes += fixed.text.size();
    const bool unwanted = std::any_of(in_it.first, in_it.second, [&](const auto& entry) {
      return is_aside(*entry.second, aside);
    });
    if (why.empty() && unwanted)
      why = "holds a finding that was set aside: name those that are to be fixed";
    if (why.empty() && (out.files.size() == kMostFiles || bytes > kMostBytes))
      why = "is one too many at once";
    if (!why.empty()) {
      if (out.left_out.size() < kMostFiles)
        out.left_out.push_back(fmt::format("{} {}", markdown_code(fixed.path), markdown_text(why)));
      continue;
    }
    out.files.push_back({fixed.path, fixed.text});
    for (auto it = in_it.first; it != in_it.second; ++it)
      out.fixes.push_back(listed(*it->second, lines));
  }
  return out;
}

std::string title_of(const FixesToCommit& fixes) {
  return fmt::format("Fix {} in {}", count_of(fixes.fixes.size(), "finding"),
                     count_of(fixes.files.size(), "file"));
}

std::string message_of(const FixesToCommit& fixes, const std::string& to) {
  std::string body;
  for (std::size_t i = 0; i < std::min(fixes.fixes.size(), kMostListed); ++i)
    body += "- " + fixes.fixes[i] + "\n";
  if (fixes.fixes.size() > kMostListed)
    body += fmt::format("- and {} more\n", fixes.fixes.size() - kMostListed);
  return body + "\n" + std::string(kTrailer) + to;
}

bool answers(const std::string& message, const std::string& to) {
  const auto wanted = std::string(kTrailer) + to;
  const auto lines = split_lines(message);
  return std::any_of(lines.begin(), lines.end(),
                     [&](std::string_view line) { return trim_end(line) == wanted; });
}

}  // namespace peer
