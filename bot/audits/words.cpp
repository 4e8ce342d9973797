#include "bot/audits/words.hpp"

#include <algorithm>

namespace peer {
namespace {

/// Of these the value is a file; of --format what stands behind the '='.
std::string rooted(std::string_view flag, const std::string& value,
                   const std::filesystem::path& folder) {
  if (flag == "config" || flag == "rules") return (folder / value).string();
  const auto equals = value.find('=');
  if (flag != "format" || equals == std::string::npos || value.ends_with("=-")) return value;
  return value.substr(0, equals + 1) + (folder / value.substr(equals + 1)).string();
}

}  // namespace

std::vector<std::string> audit_words(const Invocation& invocation,
                                     std::span<const std::string_view> but,
                                     const std::filesystem::path& folder) {
  std::vector<std::string> words;
  for (const auto& [name, values] : invocation.flags) {
    const auto* flag = find_flag(name);
    if (flag == nullptr || std::find(but.begin(), but.end(), name) != but.end()) continue;
    for (const auto& value : values)
      words.push_back("--" + name + (flag->value.empty() ? "" : "=" + rooted(name, value, folder)));
  }
  return words;
}

}  // namespace peer
