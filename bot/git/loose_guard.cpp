#include "bot/git/loose_guard.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <memory>
#include <string>
#include <vector>
#include <zlib.h>

#include <git2/sys/odb_backend.h>
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>  // from libgit2 1.8 on what sets an error stands here
#endif

#include "base/text.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeader = 64;  // what libgit2 unpacks to learn type and size

struct Guard {
  git_odb_backend backend{};  // first: libgit2 knows only this
  std::vector<fs::path> folders;
};

/// Ends a zlib stream.
struct Inflating {
  z_stream stream{};
  bool begun = ::inflateInit(&stream) == Z_OK;
  Inflating() = default;
  Inflating(const Inflating&) = delete;
  Inflating& operator=(const Inflating&) = delete;
  ~Inflating() {
    if (begun) ::inflateEnd(&stream);
  }
};

/// False where the file ends before the stream in it has given `wanted` bytes or its end. Damage of
/// other kinds is libgit2's to tell.
bool is_whole(const fs::path& path, std::uint64_t wanted) {
  constexpr std::size_t kPart = std::size_t{64} << 10U;
  std::ifstream file(path, std::ios::binary);
  if (!file) return true;
  std::vector<char> in(kPart), out(kPart);
  Inflating inflating;
  auto& z = inflating.stream;
  if (!inflating.begun) return true;
  while (file.read(in.data(), static_cast<std::streamsize>(in.size())), file.gcount() > 0) {
    z.next_in = reinterpret_cast<Bytef*>(in.data());
    z.avail_in = static_cast<uInt>(file.gcount());
    do {
      z.next_out = reinterpret_cast<Bytef*>(out.data());
      z.avail_out = static_cast<uInt>(out.size());
      const int code = ::inflate(&z, Z_NO_FLUSH);
      if (code == Z_STREAM_END || (code != Z_OK && code != Z_BUF_ERROR)) return true;
      if (z.total_out >= wanted) return true;
    } while (z.avail_in > 0 || z.avail_out == 0);
  }
  return false;
}

int cut_off(const fs::path& path) {
  const auto id = path.parent_path().filename().native() + path.filename().native();
  git_error_set_str(GIT_ERROR_ODB, fmt::format("the file of the object {} is cut off", id).c_str());
  return GIT_ERROR;
}

/// GIT_PASSTHROUGH: the next reader is asked.
int check(git_odb_backend* backend, const git_oid* id, std::uint64_t wanted) {
  std::array<char, GIT_OID_HEXSZ + 1> text{};
  git_oid_tostr(text.data(), text.size(), id);
  for (const auto& folder : reinterpret_cast<Guard*>(backend)->folders) {
    const auto path = folder / std::string(text.data(), 2) / std::string(text.data() + 2);
    std::error_code error;
    if (fs::is_regular_file(path, error) && !is_whole(path, wanted)) return cut_off(path);
  }
  return GIT_PASSTHROUGH;
}

int read(void** /*data*/, std::size_t* /*size*/, git_object_t* /*type*/, git_odb_backend* backend,
         const git_oid* id) {
  return check(backend, id, UINT64_MAX);
}

int read_header(std::size_t* /*size*/, git_object_t* /*type*/, git_odb_backend* backend,
                const git_oid* id) {
  return check(backend, id, kHeader);
}

// NOLINTNEXTLINE(readability-function-size): libgit2 says what parameters it has
int read_prefix(git_oid* /*id*/, void** /*data*/, std::size_t* /*size*/, git_object_t* /*type*/,
                git_odb_backend* backend, const git_oid* prefix, std::size_t digits) {
  std::array<char, GIT_OID_HEXSZ + 1> text{};
  git_oid_tostr(text.data(), text.size(), prefix);
  const auto begins = std::string_view(text.data() + 2, digits < 2 ? 0 : digits - 2);
  for (const auto& folder : reinterpret_cast<Guard*>(backend)->folders) {
    std::error_code error;
    for (fs::directory_iterator at(folder / std::string(text.data(), 2), error), end;
         !error && at != end; at.increment(error)) {
      const auto name = at->path().filename().native();
      std::error_code ignored;
      if (name.starts_with(begins) && at->is_regular_file(ignored) &&
          !is_whole(at->path(), UINT64_MAX))
        return cut_off(at->path());
    }
  }
  return GIT_PASSTHROUGH;
}

int none(git_odb_backend* /*backend*/, git_odb_foreach_cb /*each*/, void* /*payload*/) { return 0; }

void release(git_odb_backend* backend) {
  const std::unique_ptr<Guard> guard(reinterpret_cast<Guard*>(backend));
}

/// The folder of objects and those that it borrows from.
std::vector<fs::path> object_folders(git_repository* repo) {
  constexpr std::size_t kMost = 20;
  std::vector<fs::path> folders{fs::path(git_repository_commondir(repo)) / "objects"};
  for (std::size_t i = 0; i < folders.size(); ++i) {
    std::ifstream list(folders[i] / "info/alternates");
    const auto folder = folders[i];
    for (std::string line; folders.size() < kMost && std::getline(list, line);)
      if (!line.empty() && line[0] != '#')
        folders.push_back(folder / line);  // an absolute one stays itself
  }
  return folders;
}

}  // namespace

int guard_loose_objects(git_repository* repo, git_odb* odb) {
  constexpr int kBeforeAll = 1000;
  auto guard = std::make_unique<Guard>();
  git_odb_init_backend(&guard->backend, GIT_ODB_BACKEND_VERSION);
  guard->backend.read = read;
  guard->backend.read_header = read_header;
  guard->backend.read_prefix = read_prefix;
  guard->backend.foreach = none;
  guard->backend.free = release;
  guard->folders = object_folders(repo);
  const int code = git_odb_add_backend(odb, &guard->backend, kBeforeAll);
  if (code == 0) static_cast<void>(guard.release());  // the database's now
  return code;
}

}  // namespace peer
