#include "analyzers/ignore/steering.hpp"

#include <algorithm>
#include <array>

#include "base/glob.hpp"

namespace peer {
namespace {

constexpr auto kSteering = std::to_array<std::string_view>(
    {"/.peer.yml", "/.peer/", "/sgconfig.yml", "AGENTS.md", "CLAUDE.md", "GEMINI.md",
     ".cursorrules", "/.cursor/rules/", "/.github/copilot-instructions.md",
     "/.github/instructions/", "/.coderabbit.yaml", "/.coderabbit.yml", "/.pr_agent.toml",
     ".semgrepignore", ".gitattributes"});

}  // namespace

bool steers_reviews(std::string_view path) {
  return std::any_of(kSteering.begin(), kSteering.end(),
                     [&](std::string_view glob) { return glob_matches(glob, path); });
}

bool changes_steering(const ChangedFile& file) {
  // an audit looks at what is there, not at changes
  if (file.status == ChangeStatus::unmodified) return false;
  return steers_reviews(file.path) ||
         (file.status == ChangeStatus::renamed && steers_reviews(file.old_path));
}

}  // namespace peer
