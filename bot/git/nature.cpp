#include "bot/git/nature.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <system_error>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"

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

/// "100 bytes", "1.5 GB": three digits are enough to see what grew.
std::string human_size(std::uint64_t bytes) {
  constexpr std::array<std::string_view, 6> kUnits{"kB", "MB", "GB", "TB", "PB", "EB"};
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  auto size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; size >= 999.5 && unit + 1 < kUnits.size(); ++unit)
    size /= 1000;
  return fmt::format("{:.3g} {}", size, kUnits[unit]);
}

/// What a side weighs for those who fetch it; nullopt where it is not there.
std::optional<std::uint64_t> weight(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  return is_lfs_pointer(bytes) ? lfs_size(bytes) : std::optional<std::uint64_t>(bytes.size());
}

/// A PDF, as Illustrator saves drawings too; most hold no NUL near their beginning. Nothing that a
/// language claims by its name: PHP runs what stands behind any beginning.
bool is_drawing(std::string_view path, std::string_view bytes) {
  return bytes.starts_with("%PDF-") && !is_utf8(bytes) && detect_language(path, {}) == nullptr;
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

std::optional<std::uint64_t> lfs_size(std::string_view pointer) {
  constexpr std::string_view kKey = "\nsize ";
  const auto at = pointer.find(kKey);
  if (at == std::string_view::npos) return std::nullopt;
  const auto digits = pointer.substr(at + kKey.size());
  std::uint64_t size = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (read.ec != std::errc()) return std::nullopt;
  return size;
}

std::string lfs_words(std::string_view before, std::string_view after) {
  const auto was = weight(before), is = weight(after);
  if (was && is) return fmt::format("LFS pointer, {} -> {}", human_size(*was), human_size(*is));
  if (was || is) return fmt::format("LFS pointer, {}", human_size(was ? *was : *is));
  return "LFS pointer";
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
  const auto nature = by_mode == Nature::text ? nature_of_bytes(bytes) : by_mode;
  settle_nature(file,
                nature == Nature::text && is_drawing(file.path, bytes) ? Nature::binary : nature);
}

}  // namespace peer
