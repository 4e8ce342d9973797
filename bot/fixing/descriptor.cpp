#include "bot/fixing/descriptor.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>

#include "analyzers/fix/protected.hpp"
#include "base/text.hpp"

namespace peer {

Error system_error(std::string_view what, std::string_view path, int number) {
  const auto kind = number == ENOENT ? ErrorKind::not_found : ErrorKind::unavailable;
  return {
      kind, fmt::format("cannot {} {}: {}", what, visible(path, false), std::strerror(number)), {}};
}

Result<Place> open_place(const std::filesystem::path& root, std::string_view path) {
  if (!is_safe_path(path))
    return fail(ErrorKind::refused,
                visible(path, false) + " is not a safe path inside the work tree");
  Place place{Descriptor(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)), {}};
  if (!place.folder) return fail(system_error("open", root.native(), errno));
  const auto parts = split(path, '/');
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const std::string part(parts[i]);
    Descriptor next(::openat(place.folder.get(), part.c_str(),
                             O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!next && (errno == ELOOP || errno == ENOTDIR))
      return fail(ErrorKind::refused,
                  fmt::format("{}: {} is no folder, or a symbolic link, which is never followed",
                              visible(path, false), visible(part, false)));
    if (!next) return fail(system_error("open the folder of", path, errno));
    place.folder = std::move(next);
  }
  place.name = parts.back();
  return place;
}

Result<std::string> read_all(const Descriptor& file, std::string_view path) {
  std::string out;
  std::array<char, 65536> part{};
  for (;;) {
    const auto got = ::read(file.get(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(system_error("read", path, errno));
    if (got == 0) return out;
    out.append(part.data(), static_cast<std::size_t>(got));
  }
}

Result<void> write_all(const Descriptor& file, std::string_view bytes, std::string_view path) {
  while (!bytes.empty()) {
    const auto written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(system_error("write", path, errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace peer
