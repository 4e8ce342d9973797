// An open file, and the way to one below a root without following a symbolic link. For the files of
// bot/fixing only.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "base/result.hpp"

namespace peer {

/// Owns a file descriptor. Move-only.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

/// The folder a file stands in, open, and the file's name in it.
struct Place {
  Descriptor folder;
  std::string name;
};

/// Opens the folder of `path` ('/'-separated, below `root`) part by part; fails with refused where
/// the path is not safe or a part of it is a symbolic link, else with not_found or unavailable.
[[nodiscard]] Result<Place> open_place(const std::filesystem::path& root, std::string_view path);

/// "cannot WHAT PATH: why", from errno.
[[nodiscard]] Error system_error(std::string_view what, std::string_view path, int number);

/// All bytes from the current place of `file` on.
[[nodiscard]] Result<std::string> read_all(const Descriptor& file, std::string_view path);

/// Writes all of `bytes`; restarts after signals and partial writes.
[[nodiscard]] Result<void> write_all(const Descriptor& file, std::string_view bytes,
                                     std::string_view path);

}  // namespace peer
