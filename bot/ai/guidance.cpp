#include "bot/ai/guidance.hpp"

#include <set>

namespace peer {
namespace {

constexpr std::size_t kMostFolders = 50;
constexpr std::size_t kMostFiles = 50;

void take(const ReadTrusted& read, const std::string& path, std::vector<InstructionFile>& out) {
  if (auto text = read(path); text && *text) out.push_back({path, **std::move(text)});
}

}  // namespace

Guidance read_guidance(const ReadTrusted& read, const ListTrusted& list,
                       const std::vector<std::string>& changed) {
  std::vector<InstructionFile> files;
  if (!read) return Guidance(files);
  for (const auto path : instruction_paths())
    take(read, std::string(path), files);
  if (list) {
    const auto found = list(kInstructionFolder);
    for (std::size_t i = 0; found && i < std::min(found->size(), kMostFiles); ++i)
      if ((*found)[i].ends_with(".instructions.md")) take(read, (*found)[i], files);
  }
  std::set<std::string> folders;
  for (const auto& path : changed)
    for (auto slash = path.rfind('/');
         slash != std::string::npos && slash > 0 && folders.size() < kMostFolders;
         slash = path.rfind('/', slash - 1))
      folders.insert(path.substr(0, slash));
  for (const auto& folder : folders)
    take(read, folder + "/AGENTS.md", files);
  return Guidance(files);
}

}  // namespace peer
