#include "bot/git/nature.hpp"

#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

std::string_view reason_for(Nature nature) {
  switch (nature) {
    case Nature::binary:
      return "binary";
    case Nature::lfs_pointer:
      return "Git LFS pointer (the file itself is not in the repository)";
    case Nature::symlink:
      return "symbolic link (not followed)";
    case Nature::submodule:
      return "submodule (not entered)";
    case Nature::text:
      break;
  }
  return "";
}

}  // namespace

Nature nature_of_mode(std::uint32_t mode) {
  if (mode == kModeLink) return Nature::symlink;
  if (mode == kModeSubmodule) return Nature::submodule;
  return Nature::text;
}

bool is_lfs_pointer(std::string_view bytes) {
  constexpr std::size_t kLargest = 1024;  // the LFS specification's limit
  return bytes.size() < kLargest &&
         bytes.starts_with("version https://git-lfs.github.com/spec/v1\n") &&
         bytes.find("\noid sha256:") != std::string_view::npos;
}

Nature nature_of_bytes(std::string_view bytes) {
  if (is_lfs_pointer(bytes)) return Nature::lfs_pointer;
  return looks_binary(bytes) ? Nature::binary : Nature::text;
}

void settle_nature(ChangedFile& file, Nature nature) {
  file.nature = nature;
  if (nature == Nature::text || !file.scope.in) return;
  file.scope = {false, std::string(reason_for(nature))};
}

void settle_nature_by_bytes(ChangedFile& file, std::string_view bytes) {
  const auto& ref = file.after ? file.after : file.before;
  const auto by_mode = nature_of_mode(ref ? ref->mode : 0);
  settle_nature(file, by_mode == Nature::text ? nature_of_bytes(bytes) : by_mode);
}

}  // namespace peer
