// What a repository asks of those who work on it, from the files that other tools read too, as
// quoted text for prompts: per path, within a budget, with secrets hidden. It is guidance and no
// command: nothing in it can change what Peer does. Values; const access is thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// A file as it stands in the base commit.
struct InstructionFile {
  std::string path;
  std::string text;
};

/// Where instructions for everything may stand: AGENTS.md, CLAUDE.md,
/// .github/copilot-instructions.md, .coderabbit.yaml, .pr_agent.toml.
[[nodiscard]] std::span<const std::string_view> instruction_paths();
/// The folder of instructions with patterns, `*.instructions.md`.
inline constexpr std::string_view kInstructionFolder = ".github/instructions";

class Guidance {
 public:
  /// Reads what it knows of `files`: whole texts; `applyTo` of instruction files;
  /// `path_instructions` of .coderabbit.yaml; `extra_instructions` of .pr_agent.toml. What cannot
  /// be read is left out.
  explicit Guidance(std::span<const InstructionFile> files);
  /// What holds for `path`, most particular first, between marks; "" where nothing does. At most
  /// `max_bytes` of the repository's text.
  [[nodiscard]] std::string for_path(std::string_view path, std::size_t max_bytes) const;
  [[nodiscard]] bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::string from;
    std::vector<std::string> globs;  // empty: everything
    std::string text;
  };
  void add(std::string from, std::vector<std::string> globs, std::string_view text);
  void read_front_matter(const InstructionFile& file);
  void read_path_instructions(const InstructionFile& file);
  void read_extra_instructions(const InstructionFile& file);

  std::vector<Entry> entries_;
};

}  // namespace peer
