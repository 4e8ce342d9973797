#include "base/read_file.hpp"

#include <array>
#include <fmt/format.h>
#include <fstream>

#include "base/text.hpp"

namespace peer {

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const auto shown = visible(path.native(), false);
  std::ifstream in(path, std::ios::binary);
  std::string text;
  std::array<char, 16384> part;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
  while (in && text.size() <= max_bytes) {
    in.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof() && !in) return fail(ErrorKind::not_found, fmt::format("{} cannot be read", shown));
  if (text.size() > max_bytes)
    return fail(ErrorKind::invalid_input,
                fmt::format("{} has over {} bytes", shown, with_commas(max_bytes)));
  return text;
}

}  // namespace peer
