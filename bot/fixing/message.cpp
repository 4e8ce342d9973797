#include "bot/fixing/message.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostListed = 100;

}  // namespace

std::string commit_message(std::span<const FixedFile> files, std::string_view subject) {
  std::string list;
  std::size_t fixes = 0;
  std::size_t changed = 0;
  for (const auto& file : files) {
    if (!file.changed()) continue;
    ++changed;
    for (std::size_t i = 0; i < file.fixes.size(); ++i) {
      const auto& fix = file.fixes[i];
      if (fix.decision != Decision::apply || ++fixes > kMostListed) continue;
      list +=
          fmt::format("- {}:{} {}: {}\n", visible(fix.path, false), file.findings[i].at.start.line,
                      visible(fix.rule, false), visible(fix.fix.title, false));
    }
  }
  if (fixes > kMostListed) list += fmt::format("- and {} more\n", with_commas(fixes - kMostListed));
  const auto given = trim(subject);
  const auto first = given.empty() ? fmt::format("Fix {} in {}", count_of(fixes, "finding"),
                                                 count_of(changed, "file"))
                                   : std::string(given);
  return first + "\n\n" + list;
}

}  // namespace peer
