#include "bot/git/repository.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <mutex>
#include <system_error>

#include "base/text.hpp"
#include "bot/git/handles.hpp"
#include "bot/git/loose_guard.hpp"
#include "bot/git/open_errors.hpp"
#include "bot/git/plain_only.hpp"
#include "bot/git/range.hpp"
#include "bot/git/state.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

int open_at(RepositoryHandle& repo, const fs::path& folder, const OpenOptions& options) {
  unsigned flags = GIT_REPOSITORY_OPEN_CROSS_FS;
  if (options.use_environment) flags |= GIT_REPOSITORY_OPEN_FROM_ENV;
  return take(repo, [&](auto** raw) {
    return git_repository_open_ext(raw, folder.c_str(), flags, nullptr);
  });
}

/// libgit2 has one switch for the whole process; it is thrown only while a trusted repository is
/// opened.
int open_trusted(RepositoryHandle& repo, const fs::path& folder, const OpenOptions& options) {
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  const int code = open_at(repo, folder, options);
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
  return code;
}

Result<RepositoryHandle> open_handle(const fs::path& folder, const OpenOptions& options) {
  static std::mutex one_at_a_time;
  const std::lock_guard guard(one_at_a_time);
  RepositoryHandle repo;
  int code = open_at(repo, folder, options);
  if (is_owner_failure(code)) {
    Buffer found;
    if (git_repository_discover(&found.raw, folder.c_str(), 1, nullptr) < 0)
      return fail(open_failure(code, folder));
    const fs::path git_dir(found.view());
    if (!options.trust_owner && !is_listed_as_safe(git_dir)) return fail(foreign_owner(git_dir));
    code = open_trusted(repo, folder, options);
  }
  if (code < 0) return fail(open_failure(code, folder));
  return repo;
}

Result<fs::path> folder_to_open(const fs::path& path) {
  std::error_code error;
  auto full = fs::absolute(path, error);
  const auto status = fs::status(full, error);
  if (!fs::exists(status)) {
    return fail(ErrorKind::not_found,
                fmt::format("there is no {}. Check the path", visible(path.native(), false)));
  }
  return fs::is_directory(status) ? full : full.parent_path();
}

std::string_view without_slash(std::string_view path) {
  while (path.ends_with('/'))
    path.remove_suffix(1);
  return path;
}

Error missing_object(std::string_view id, std::string_view path) {
  return {ErrorKind::not_found,
          fmt::format(
              "the object {} ({}) is not in this clone. Fetch it: `git fetch --refetch` in a "
              "partial clone, `git fetch --unshallow` in a shallow one; elsewhere run `git fsck`",
              id, visible(path, false)),
          "PEER-E130"};
}

}  // namespace

Result<Repository> Repository::open(const fs::path& path, const OpenOptions& options) {
  start_libgit2();
  const auto folder = folder_to_open(path);
  if (!folder) return fail(folder.error());
  if (auto checked = check_git_files(*folder); !checked) return fail(checked.error());
  auto handle = open_handle(*folder, options);
  if (!handle) return fail(handle.error());
  auto state = std::make_unique<State>();
  state->repo = std::move(*handle);
  if (auto checked = check_work_tree(state->repo.get()); !checked) return fail(checked.error());
  int code =
      take(state->odb, [&](auto** raw) { return git_repository_odb(raw, state->repo.get()); });
  if (code == 0) code = guard_loose_objects(state->repo.get(), state->odb.get());
  if (code < 0) return fail(open_failure(code, *folder));
  if (const char* tree = git_repository_workdir(state->repo.get()); tree != nullptr)
    state->work_tree = fs::path(without_slash(tree));
  return Repository(std::move(state));
}

Repository::Repository(std::unique_ptr<State> state) : state_(std::move(state)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;
Repository::~Repository() = default;

Result<std::string> Repository::State::read_object(const git_oid& id, std::string_view path) const {
  const std::lock_guard guard(odb_lock);
  if (auto found = kept.extract(hex(id))) {
    kept_bytes -= found.mapped().size();
    return std::move(found.mapped());
  }
  OdbObjectHandle object;
  const int code = take(object, [&](auto** raw) { return git_odb_read(raw, odb.get(), &id); });
  if (code == GIT_ENOTFOUND) return fail(missing_object(hex(id), path));
  if (code < 0)
    return fail(git_error_of(
        code, fmt::format("cannot read object {} ({})", hex(id), visible(path, false))));
  if (git_odb_object_type(object.get()) != GIT_OBJECT_BLOB)
    return fail(ErrorKind::invalid_input, fmt::format("object {} is not a file", hex(id)),
                "PEER-E130");
  return std::string(static_cast<const char*>(git_odb_object_data(object.get())),
                     git_odb_object_size(object.get()));
}

void Repository::State::keep(const std::string& id, std::string_view bytes) const {
  constexpr std::size_t kMostKept = std::size_t{16} << 20U;
  const std::lock_guard guard(odb_lock);
  if (kept_bytes + bytes.size() > kMostKept || patched.contains(id)) return;
  if (kept.try_emplace(id, bytes).second) kept_bytes += bytes.size();
}

Result<std::uint64_t> Repository::State::object_size(const git_oid& id,
                                                     std::string_view path) const {
  const std::lock_guard guard(odb_lock);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  const int code = git_odb_read_header(&size, &type, odb.get(), &id);
  if (code == GIT_ENOTFOUND) return fail(missing_object(hex(id), path));
  if (code < 0)
    return fail(git_error_of(
        code, fmt::format("cannot read object {} ({})", hex(id), visible(path, false))));
  return size;
}

Result<std::string> Repository::read(const BlobRef& blob, std::string_view path) const {
  constexpr std::uint32_t kSubmodule = 0160000;
  if (blob.mode == kSubmodule) return fmt::format("Subproject commit {}\n", blob.id);
  if (const auto found = state_->patched.find(blob.id); found != state_->patched.end())
    return found->second;
  if (blob.on_disk) {
    if (!state_->work_tree)
      return fail(ErrorKind::not_found, "a bare repository has no work tree to read files from");
    return read_from_disk(*state_->work_tree, path);
  }
  git_oid id;
  if (!parse_id(blob.id, id))
    return fail(ErrorKind::internal,
                fmt::format("'{}' is not an object id", visible(blob.id, false)));
  return state_->read_object(id, path);
}

bool Repository::is_named_in_ignore_files(const std::string& path) const {
  int ignored = 0;
  return git_ignore_path_is_ignored(&ignored, state_->repo.get(), path.c_str()) >= 0 &&
         ignored != 0;
}

bool Repository::is_ignored(const std::string& path) const {
  if (!is_named_in_ignore_files(path)) return false;
  IndexHandle index;
  if (take(index, [&](auto** raw) { return git_repository_index(raw, state_->repo.get()); }) < 0)
    return true;
  if (!path.ends_with('/')) return git_index_get_bypath(index.get(), path.c_str(), 0) == nullptr;
  return git_index_find_prefix(nullptr, index.get(), path.c_str()) < 0;
}

std::optional<fs::path> Repository::work_tree() const { return state_->work_tree; }

fs::path Repository::git_dir() const {
  return without_slash(git_repository_path(state_->repo.get()));
}

bool Repository::is_shallow() const { return git_repository_is_shallow(state_->repo.get()) == 1; }

std::optional<std::string> Repository::head() const {
  git_oid id;
  if (git_reference_name_to_id(&id, state_->repo.get(), "HEAD") < 0) return std::nullopt;
  return hex(id);
}

std::optional<std::string> Repository::branch() const {
  ReferenceHandle head;
  if (take(head,
           [&](auto** raw) { return git_reference_lookup(raw, state_->repo.get(), "HEAD"); }) < 0)
    return std::nullopt;
  const char* target = git_reference_symbolic_target(head.get());
  constexpr std::string_view kBranches = "refs/heads/";
  if (target == nullptr || !std::string_view(target).starts_with(kBranches)) return std::nullopt;
  return std::string(target).substr(kBranches.size());
}

}  // namespace peer
