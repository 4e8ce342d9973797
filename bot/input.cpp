#include "bot/input.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "bot/git/change_source.hpp"
#include "bot/git/ci_range.hpp"
#include "bot/git/plain_files.hpp"
#include "bot/git/since.hpp"
#include "bot/trusted.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

/// The words of the command line, told apart: a word is a path where one exists on disk or after
/// `--`, else a revision or range.
struct Words {
  std::optional<std::string> range;
  std::vector<std::string> paths;  ///< as typed
};

/// More than one answer to what is compared would leave all but one unheard.
Result<void> check_one_range(const Invocation& invocation, const Words& words) {
  std::vector<std::string> said;
  if (words.range) said.push_back(*words.range);
  if (invocation.has("staged")) said.emplace_back("--staged");
  if (invocation.has("diff-file"))
    said.emplace_back("--diff-file");
  else if (invocation.has("base"))
    said.emplace_back("--base");  // a diff may be one against --base
  if (invocation.has("head")) said.emplace_back("--head");
  const bool a_pair = said == std::vector<std::string>{"--base", "--head"};
  if (said.size() < 2 || a_pair) return {};
  return fail(ErrorKind::invalid_input,
              fmt::format("{} and {} both say what to compare: give one of them",
                          visible(said[0], false), visible(said[1], false)));
}

/// What lies in a bare repository is Git's own: HEAD there is the revision, not the file of that
/// name.
bool is_gits_own(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "HEAD", error) && fs::is_directory(folder / "objects", error) &&
         fs::is_directory(folder / "refs", error);
}

Result<Words> tell_apart(const Invocation& invocation, const Session& session) {
  Words words;
  const bool no_files = is_gits_own(session.folder);
  for (const auto& word : invocation.args) {
    std::error_code error;
    if (word.empty() || word == ".." ||
        word == "...")  // "$BASE..$HEAD" of variables that were not set
      return fail(ErrorKind::invalid_input,
                  fmt::format("\"{}\" is an empty range; the folder above is ../", word));
    if (!no_files &&
        fs::symlink_status(session.folder / word, error).type() != fs::file_type::not_found) {
      words.paths.push_back(word);
    } else if (words.range) {
      return fail(ErrorKind::not_found, fmt::format("{}: no such file, and {} is the range already",
                                                    visible(word, false), *words.range));
    } else {
      words.range = word;
    }
  }
  words.paths.insert(words.paths.end(), invocation.paths.begin(), invocation.paths.end());
  return words;
}

Result<std::string> read_whole(const fs::path& path, std::size_t most) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return fail(ErrorKind::not_found, fmt::format("{} cannot be read", path.string()));
  if (text.view().size() > most)
    return fail(ErrorKind::invalid_input,
                fmt::format("{} is over {} MB", path.string(), most >> 20U));
  return text.str();
}

Result<RangeSpec> patch_range(const Invocation& invocation, const Session& session) {
  constexpr std::size_t kMostPatch = std::size_t{256} << 20U;
  RangeSpec range;
  range.kind = RangeSpec::Kind::patch;
  range.from = invocation.value("base");
  const auto file = invocation.value("diff-file");
  auto text = file == "-" ? Result<std::string>(session.read_in(kMostPatch))
                          : read_whole(session.folder / file, kMostPatch);
  if (!text) return fail(text.error());
  range.patch = std::move(*text);
  return range;
}

/// --base and --head: from their merge base, as a forge shows a change.
RangeSpec base_range(const Invocation& invocation) {
  RangeSpec range;
  range.kind = RangeSpec::Kind::three_dots;
  range.from = invocation.value("base");
  range.to = invocation.value("head");
  return range;
}

/// The range of the job we run in, if it is one and tells.
Result<std::optional<RangeSpec>> job_range(const Session& session) {
  constexpr std::size_t kMostEvent = std::size_t{32} << 20U;
  return ci_range(session.environment,
                  [](const std::string& path) { return read_whole(path, kMostEvent); });
}

/// What changed since --since, which is a date or a revision; all files where the branch is younger
/// than the date.
Result<RangeSpec> since_range(const Invocation& invocation, const Repository& repository) {
  RangeSpec range;
  range.kind = RangeSpec::Kind::two_dots;
  range.from = invocation.value("since");
  range.to = "HEAD";
  if (const auto date = parse_date(range.from)) {
    const auto commit = commit_at(repository, *date);
    if (!commit) return fail(commit.error());
    if (!*commit)
      return RangeSpec{.kind = RangeSpec::Kind::tree, .from = {}, .to = {}, .patch = {}};
    range.from = **commit;
  }
  return range;
}

Result<RangeSpec> range_of(const Invocation& invocation, const Session& session, const Words& words,
                           bool whole_tree, const Repository* repository) {
  if (whole_tree && invocation.has("since") && repository != nullptr)
    return since_range(invocation, *repository);
  if (whole_tree) {
    RangeSpec range;
    range.kind = RangeSpec::Kind::tree;
    range.from = words.range.value_or("");
    return range;
  }
  if (invocation.has("diff-file")) return patch_range(invocation, session);
  if (words.range) return parse_range(*words.range);
  if (invocation.has("staged")) {
    RangeSpec range;
    range.kind = RangeSpec::Kind::staged;
    return range;
  }
  if (invocation.has("base")) return base_range(invocation);
  if (invocation.has("head")) {
    RangeSpec range;
    range.to = invocation.value("head");
    return range;
  }
  auto of_job = job_range(session);
  if (!of_job) return fail(of_job.error());
  return of_job->value_or(RangeSpec{});
}

/// Paths as typed, from the repository's root.
Result<std::vector<std::string>> from_root(const std::vector<std::string>& typed,
                                           const fs::path& folder, const fs::path& root) {
  std::vector<std::string> paths;
  for (const auto& word : typed) {
    const auto path =
        (folder / word).lexically_normal().lexically_relative(root.lexically_normal());
    if (path.empty() || *path.begin() == "..")
      return fail(ErrorKind::invalid_input, fmt::format("{} lies outside the repository at {}",
                                                        visible(word, false), root.string()));
    auto text = path.generic_string();
    while (text.ends_with('/'))
      text.pop_back();
    if (text != ".") paths.push_back(std::move(text));
  }
  return paths;
}

/// `path`, or the nearest folder above it that is there: a file of another commit may not be.
fs::path existing_part(fs::path path) {
  std::error_code error;
  while (!path.empty() && path != path.root_path() &&
         fs::symlink_status(path, error).type() == fs::file_type::not_found)
    path = path.parent_path();
  return path;
}

bool is_ci(const Session& session) {
  const auto ci = session.environment("CI");
  return ci && !ci->empty() && *ci != "false";
}

bool new_side_is_on_disk(const RangeSpec& range) {
  using Kind = RangeSpec::Kind;
  if (range.kind == Kind::worktree) return true;
  return (range.kind == Kind::standard || range.kind == Kind::two_dots ||
          range.kind == Kind::three_dots) &&
         range.to.empty();
}

/// Which commit's configuration counts: the base where commits are compared, the tree itself in an
/// audit, "" (the work tree) where the user examines their own files. In CI the work tree is what
/// the change says, so it never counts there.
std::string trusted_commit(const RangeSpec& range, const ChangeSet& change, bool own_files) {
  using Kind = RangeSpec::Kind;
  if (range.kind == Kind::tree) return change.head;
  const bool theirs =
      new_side_is_on_disk(range) || range.kind == Kind::staged || range.kind == Kind::patch;
  if (theirs && own_files) return {};
  return change.merge_base.empty() ? change.base : change.merge_base;
}

Result<Input> read_from(std::shared_ptr<ChangeSource> source, Input input) {
  auto change = source->read_change();
  if (!change) return fail(change.error());
  input.change = std::move(*change);
  input.read_blob = [source = std::move(source), repository = input.repository](
                        const BlobRef& blob, std::string_view path) {
    return source->read(blob, path);
  };
  return input;
}

Result<Input> read_plain(const Session& session, const std::vector<std::string>& typed,
                         std::shared_ptr<Repository> repository) {
  Input input;
  const bool inside = repository && repository->work_tree();
  input.root = inside ? *repository->work_tree() : session.folder;
  input.repository = inside ? std::move(repository) : nullptr;
  input.on_work_tree = true;
  input.read_trusted = read_work_tree(input.root);
  input.list_trusted = list_work_tree(input.root);
  std::vector<fs::path> paths;
  for (const auto& word : typed)
    paths.push_back(session.folder / word);
  auto source = std::make_shared<PlainFiles>(std::move(paths), input.root, input.repository.get());
  return read_from(std::move(source), std::move(input));
}

Result<Input> read_range(const RangeSpec& range, const std::vector<std::string>& typed,
                         const Session& session, std::shared_ptr<Repository> repository,
                         bool audit) {
  Input input;
  input.repository = std::move(repository);
  input.root = input.repository->work_tree().value_or(input.repository->git_dir());
  input.on_work_tree = new_side_is_on_disk(range);
  auto paths = from_root(typed, session.folder, input.root);
  if (!paths) return fail(paths.error());
  DiffOptions diff;
  diff.paths = std::move(*paths);
  diff.trust_work_tree = !is_ci(session);
  auto source = std::make_shared<RepositoryChange>(*input.repository, range, diff);
  auto read = read_from(std::move(source), std::move(input));
  if (!read) return read;
  // a range that fell back in a shallow clone ends in a commit after all
  read->on_work_tree = read->on_work_tree && read->change.head.empty();
  const bool own_files = read->repository->work_tree() && !is_ci(session);
  // an audit is of a branch that is trusted as it stands
  const auto commit = audit ? read->change.head : trusted_commit(range, read->change, own_files);
  // a change without a base (a root commit, a shallow clone) is steered by nothing it brings itself
  const bool nothing = commit.empty() && !own_files;
  read->read_trusted = [repository = read->repository, commit,
                        nothing](std::string_view path) -> Result<std::optional<std::string>> {
    if (nothing) return std::optional<std::string>{};
    return repository->read_at(commit, path);
  };
  read->list_trusted = [repository = read->repository, commit,
                        nothing](std::string_view folder) -> Result<std::vector<std::string>> {
    if (nothing) return std::vector<std::string>{};
    return repository->list_at(commit, folder);
  };
  return read;
}

Result<Input> read_patch_on_folder(const RangeSpec& range, const Session& session) {
  Input input;
  input.root = session.folder;
  input.read_trusted = read_work_tree(session.folder);
  input.list_trusted = list_work_tree(session.folder);
  return read_from(std::make_shared<FolderPatch>(range.patch, session.folder), std::move(input));
}

}  // namespace

Result<Input> read_input(const Invocation& invocation, const Session& session, bool whole_tree) {
  const auto words = tell_apart(invocation, session);
  if (!words) return fail(words.error());
  if (auto one = check_one_range(invocation, *words); !one) return fail(one.error());
  const auto start =
      words->paths.empty() ? session.folder : existing_part(session.folder / words->paths[0]);
  OpenOptions options;
  options.trust_owner = invocation.has("trust-owner") || is_ci(session);
  auto opened = Repository::open(start, options);
  const auto repository = opened ? std::make_shared<Repository>(std::move(*opened)) : nullptr;

  const bool a_range = words->range || invocation.has("base") || invocation.has("head") ||
                       invocation.has("staged") || invocation.has("diff-file");
  const bool only_paths = !words->paths.empty() && !a_range && !whole_tree;
  if (only_paths) return read_plain(session, words->paths, repository);
  if (!repository && !invocation.has("diff-file")) {
    auto error = opened.error();
    if (words->range &&
        error.kind == ErrorKind::not_found)  // a file was meant, more likely than a revision
      error.message = fmt::format("there is no file or folder {}, and {}",
                                  visible(*words->range, false), error.message);
    return fail(error);
  }
  const auto range = range_of(invocation, session, *words, whole_tree, repository.get());
  if (!range) return fail(range.error());
  if (!repository) return read_patch_on_folder(*range, session);
  auto read = read_range(*range, words->paths, session, repository, whole_tree);
  if (read) read->known_as = invocation.value("known-as");
  return read;
}

}  // namespace peer
