#include "bot/isolate/worker.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include "bot/isolate/packing.hpp"
#include "bot/sandbox/confine.hpp"

namespace peer {
namespace {

bool read_exactly(char* into, std::size_t size) {
  while (size > 0) {
    const auto got = ::read(STDIN_FILENO, into, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    into += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool read_frame(std::string& bytes) {
  std::uint64_t size = 0;
  std::array<char, kFrameHead> head{};
  if (!read_exactly(head.data(), head.size())) return false;
  std::memcpy(&size, head.data(), sizeof size);
  if (size > kMostFrame) return false;
  bytes.resize(static_cast<std::size_t>(size));
  return read_exactly(bytes.data(), bytes.size());
}

bool write_exactly(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Files, then calls. A kernel without Landlock still has the calls that open files refused.
bool give_up_rights(std::uint64_t memory_bytes) {
  // what a dying worker says is said better by its parent
  if (const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC); nowhere >= 0)
    dup2(nowhere, STDERR_FILENO);
  limit_resources({memory_bytes, 0, 1});
  (void)confine_files({});
  return confine_to_computing().has_value();
}

}  // namespace

int serve_as_worker(const ExamineFile& examine) {
  constexpr int kBug = 70;
  std::string bytes;
  std::uint64_t memory_bytes = 0;
  bool with_rules = false;
  RuleSources sources;
  if (!read_frame(bytes) || !unpack(bytes, memory_bytes, with_rules, sources) ||
      !give_up_rights(memory_bytes))
    return kBug;
  const auto book = with_rules ? load_rules(sources).book : nullptr;
  while (read_frame(bytes)) {
    FileJob job;
    ExamineOptions options;
    if (!unpack(bytes, job, options)) return kBug;
    options.rules = book;
    if (!write_exactly(frame(pack(examine(job, options))))) return kBug;
  }
  return 0;
}

}  // namespace peer
