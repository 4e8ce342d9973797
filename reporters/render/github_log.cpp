// GitHub workflow commands: the first findings become annotations of the job, and the whole report
// follows as text that the runner is told not to read commands from.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <random>
#include <vector>

#include "base/text.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostPerLevel = 10;  // GitHub shows no more of a level per step

enum class Level { notice, warning, error };

Level level_of(Severity severity) {
  if (severity == Severity::error) return Level::error;
  return severity == Severity::warning ? Level::warning : Level::notice;
}

std::string_view word(Level level) {
  constexpr std::array<std::string_view, 3> kWords{"notice", "warning", "error"};
  return kWords[static_cast<std::size_t>(level)];
}

std::string annotation(const Finding& finding) {
  const auto& at = finding.at;
  auto place = fmt::format("file={}", command_property(finding.path));
  // a line of the old file is no place in the new one
  if (finding.side == Side::new_side) {
    place +=
        fmt::format(",line={},endLine={}", at.start.line, std::max(at.start.line, at.end.line));
    // GitHub takes columns only within one line
    if (at.start.line == at.end.line)
      place += fmt::format(",col={},endColumn={}", at.start.column,
                           std::max(at.start.column, at.end.column));
  }
  auto text = sourced_message(finding);
  for (const auto& more : {finding.why, finding.help})
    if (!more.empty()) text += "\n" + more;
  return fmt::format("::{} {},title={}::{}\n", word(level_of(finding.severity)), place,
                     command_property(finding.rule), command_data(text));
}

/// A word that `text` does not hold and nobody can foresee.
std::string draw_token(std::string_view text, std::string asked) {
  std::random_device random;
  auto token = std::move(asked);
  while (token.empty() || text.find(token) != std::string_view::npos)
    token = fmt::format("peer-{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
  return token;
}

std::string render_github_log(const Report& report, const RenderOptions& options) {
  std::vector<const Finding*> order;
  for (const auto& finding : report.findings)
    order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  std::array<std::size_t, 3> counts{};
  std::string out;
  for (const auto* finding : order)
    if (++counts[static_cast<std::size_t>(level_of(finding->severity))] <= kMostPerLevel)
      out += annotation(*finding);
  auto plain = options;
  plain.color = plain.hyperlinks = false;
  plain.width = std::max(options.width, 100);
  auto text = find_renderer("terminal")->render(report, plain);
  for (const auto level : {Level::error, Level::warning, Level::notice}) {
    const auto count = counts[static_cast<std::size_t>(level)];
    if (count > kMostPerLevel)
      text += fmt::format("{} of {} {}s are annotations; GitHub shows no more in one step\n",
                          kMostPerLevel, with_commas(count), word(level));
  }
  const auto token = draw_token(text, options.stop_token);
  return out + fmt::format("::stop-commands::{}\n{}::{}::\n", token, text, token);
}

}  // namespace

const Renderer& renderer_github_log() {
  static const Renderer kRenderer{"github-log",
                                  "annotations by GitHub workflow commands, then the text",
                                  write_whole<render_github_log>};
  return kRenderer;
}

}  // namespace peer
