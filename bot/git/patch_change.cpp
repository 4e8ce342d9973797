#include "bot/git/patch_change.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"
#include "bot/git/fill.hpp"
#include "bot/git/handles.hpp"
#include "bot/git/hunks.hpp"
#include "bot/git/nature.hpp"
#include "bot/git/patch_apply.hpp"
#include "bot/git/patch_parse.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {
namespace {

/// True for paths that a diff may name: inside the tree, outside `.git`.
bool is_safe_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos)
    return false;
  const auto parts = split(path, '/');
  return std::none_of(parts.begin(), parts.end(), [](std::string_view part) {
    return part.empty() || part == "." || part == ".." || to_lower(part) == ".git";
  });
}

std::string id_of(std::string_view bytes) {
  git_oid id;
  if (git_odb_hash(&id, bytes.data(), bytes.size(), GIT_OBJECT_BLOB) < 0) return {};
  return hex(id);
}

ChangeStatus status_of(const FilePatch& patch) {
  if (patch.old_path.empty()) return ChangeStatus::added;
  if (patch.new_path.empty()) return ChangeStatus::deleted;
  if (patch.copied) return ChangeStatus::copied;
  if (patch.old_path != patch.new_path) return ChangeStatus::renamed;
  const bool mode_only = patch.hunks.empty() && !patch.binary && patch.problem.empty();
  return mode_only ? ChangeStatus::mode_changed : ChangeStatus::modified;
}

using Content = std::optional<BaseFile>;

/// Both sides of one file.
struct Sides {
  Content before, after;
};

class Patcher {
 public:
  explicit Patcher(const ReadBase& read_base) : read_base_(read_base) {}

  void apply(FilePatch patch) {
    locate(patch);
    ChangedFile file;
    file.status = status_of(patch);
    file.path = patch.path();
    file.old_path = patch.old_path.empty() ? file.path : patch.old_path;
    auto sides = sides_of(patch);
    if (sides) {
      complete(file, patch, *sides);
    } else {
      file.skipped = sides.error().message;
    }
    add(std::move(file), patch);
  }

  PatchedChange finish() {
    auto& files = result_.change.files;
    std::sort(files.begin(), files.end(),
              [](const ChangedFile& a, const ChangedFile& b) { return a.path < b.path; });
    const bool any = std::any_of(files.begin(), files.end(),
                                 [](const ChangedFile& file) { return !file.skipped.empty(); });
    result_.change.incomplete = result_.change.incomplete || any;
    return std::move(result_);
  }

  void note_problem(const std::string& problem) {
    result_.change.degraded.push_back(problem + ".");
    result_.change.incomplete = true;
  }

 private:
  /// The file as the parts of the diff so far left it.
  Result<Content> current(const std::string& path) {
    const auto found = overlay_.find(path);
    if (found != overlay_.end()) return found->second;
    return read_base_(path);
  }

  bool exists(const std::string& path) {
    const auto content = current(path);
    return content && *content;
  }

  /// `diff -ru old new` names files below two folders: where no file stands at a path, its first
  /// folder is taken off.
  void locate(FilePatch& patch) {
    if (patch.old_path.empty() || patch.new_path.empty() || patch.old_path == patch.new_path)
      return;
    if (exists(patch.old_path) || exists(patch.new_path)) return;
    const auto shorter = [](const std::string& path) { return path.substr(path.find('/') + 1); };
    const auto path = shorter(patch.new_path);
    if (path == shorter(patch.old_path) && exists(path)) patch.old_path = patch.new_path = path;
  }

  Result<Sides> sides_of(const FilePatch& patch) {
    if (!patch.problem.empty()) return fail(ErrorKind::invalid_input, patch.problem, "PEER-E101");
    for (const auto* path : {&patch.old_path, &patch.new_path}) {
      if (!path->empty() && !is_safe_path(*path)) {
        return fail(
            ErrorKind::refused,
            fmt::format("PEER-E101: line {} of the diff names {}, which is not a path inside the "
                        "repository",
                        patch.at, visible(*path, false)));
      }
    }
    auto old_file = patch.old_path.empty() ? Result<Content>(Content()) : current(patch.old_path);
    if (!old_file) return fail(old_file.error());
    auto new_file = patch.new_path.empty() ? Result<Content>(Content()) : current(patch.new_path);
    if (!new_file) return fail(new_file.error());
    const bool by_mode = patch.new_mode == kModeSubmodule || patch.old_mode == kModeSubmodule;
    if (patch.binary || by_mode) return Sides{std::move(*old_file), placeholder(patch)};
    return apply_text(patch, std::move(*old_file), *new_file);
  }

  /// The new side of what has no text.
  static Content placeholder(const FilePatch& patch) {
    if (patch.new_path.empty()) return std::nullopt;
    BaseFile file;
    file.blob.mode = patch.new_mode.value_or(kModeFile);
    return file;
  }

  static bool names(const std::string& id_prefix, const Content& content) {
    const bool named =
        id_prefix.size() >= 7 && id_prefix.find_first_not_of('0') != std::string::npos;
    return named && content && id_of(content->bytes).starts_with(id_prefix);
  }

  static bool without_context(const FilePatch& patch) {
    return std::none_of(patch.hunks.begin(), patch.hunks.end(), [](const PatchHunk& hunk) {
      return std::any_of(hunk.lines.begin(), hunk.lines.end(),
                         [](const PatchLine& line) { return line.kind == ' '; });
    });
  }

  Result<Sides> apply_text(const FilePatch& patch, Content old_file, const Content& new_file) {
    const bool moved = patch.old_path != patch.new_path && !patch.copied;
    // the new side's path tells where what the diff makes would already stand
    const bool only_new = moved && new_file && !old_file;
    const bool reverse_first = only_new || names(patch.new_id, new_file) ||
                               (!moved && !names(patch.old_id, old_file) && !patch.hunks.empty() &&
                                without_context(patch));
    if (reverse_first) {
      if (auto sides = take_back(patch, new_file)) return sides;
      return put_on(patch, std::move(old_file), new_file);
    }
    auto sides = put_on(patch, old_file, new_file);
    if (sides) return sides;
    if (auto back = take_back(patch, new_file)) return back;
    return sides;
  }

  static Error misfit(const FilePatch& patch, std::string_view why) {
    return {ErrorKind::invalid_input,
            fmt::format(
                "PEER-E104: line {} of the diff: {} {}. Give the diff the commit it was made from "
                "(--base)",
                patch.at, visible(patch.path(), false), why),
            "PEER-E104"};
  }

  /// Forward: what stands at the old path is the old side.
  Result<Sides> put_on(const FilePatch& patch, Content old_file, const Content& new_file) {
    if (!patch.old_path.empty() && !old_file) return fail(misfit(patch, "is not there"));
    if (patch.old_path.empty() && new_file) return fail(misfit(patch, "is there already"));
    auto text = apply_hunks(old_file ? old_file->bytes : std::string_view(), patch);
    if (!text) return fail(text.error());
    Sides sides{std::move(old_file), std::nullopt};
    if (patch.new_path.empty()) {
      if (!text->empty()) return fail(misfit(patch, "holds more than the diff deletes"));
      return sides;
    }
    const auto old_mode = sides.before ? sides.before->blob.mode : kModeFile;
    sides.after = made(std::move(*text), patch.new_mode.value_or(old_mode));
    return sides;
  }

  /// The change is already there: what stands at the new path is the new side.
  Result<Sides> take_back(const FilePatch& patch, const Content& new_file) {
    if (!patch.new_path.empty() && !new_file) return fail(misfit(patch, "is not there"));
    auto text =
        apply_hunks(new_file ? new_file->bytes : std::string_view(), patch, Direction::reverse);
    if (!text) return fail(text.error());
    Sides sides{std::nullopt, new_file};
    if (patch.old_path.empty()) {
      if (!text->empty()) return fail(misfit(patch, "is there already, with other content"));
      return sides;
    }
    const auto mode = new_file ? new_file->blob.mode : kModeFile;
    sides.before = made(std::move(*text), patch.old_mode.value_or(mode));
    return sides;
  }

  /// Content that the diff made, to be read by its id.
  BaseFile made(std::string bytes, std::uint32_t mode) {
    BaseFile file{{id_of(bytes), bytes.size(), mode, false}, bytes};
    result_.contents.emplace(file.blob.id, std::move(bytes));
    return file;
  }

  static Nature nature_of(const FilePatch& patch, const BaseFile& file) {
    if (patch.binary) return Nature::binary;
    const auto by_mode = nature_of_mode(file.blob.mode);
    return by_mode == Nature::text ? nature_of_bytes(file.bytes) : by_mode;
  }

  void complete(ChangedFile& file, const FilePatch& patch, const Sides& sides) {
    if (sides.before) file.before = sides.before->blob;
    if (sides.after) file.after = sides.after->blob;
    if (!patch.copied && patch.old_path != patch.new_path && !patch.old_path.empty())
      overlay_[patch.old_path] = std::nullopt;
    overlay_[patch.path()] = sides.after;
    const auto& shown = sides.after ? sides.after : sides.before;
    if (shown) settle_nature(file, nature_of(patch, *shown));
    set_hunks(file, sides);
  }

  static void set_hunks(ChangedFile& file, const Sides& sides) {
    if (file.nature == Nature::binary || file.nature == Nature::submodule) return;
    const auto text = [](const Content& content) {
      return content && !looks_binary(content->bytes) ? decode_text(content->bytes).text
                                                      : std::string();
    };
    auto hunks = hunks_between(text(sides.before), text(sides.after));
    if (hunks) {
      file.hunks = std::move(*hunks);
    } else {
      file.skipped = hunks.error().message;
    }
  }

  /// A second part about a path (a series of patches, a type change) goes on where the first ended.
  void add(ChangedFile file, const FilePatch& patch) {
    auto& files = result_.change.files;
    const auto found = index_.find(file.old_path);
    if (found == index_.end() || patch.copied || (file.before && !files[found->second].after)) {
      index_[file.path] = files.size();
      files.push_back(std::move(file));
      return;
    }
    auto& first = files[found->second];
    if (!first.skipped.empty()) return;
    index_[file.path] = found->second;
    merge(first, std::move(file));
  }

  void merge(ChangedFile& first, ChangedFile second) {
    if (!second.skipped.empty()) {
      first.skipped = std::move(second.skipped);
      return;
    }
    const bool type_changed =
        first.status == ChangeStatus::deleted && second.status == ChangeStatus::added;
    if (type_changed) first.status = ChangeStatus::type_changed;
    if (second.status == ChangeStatus::deleted) first.status = ChangeStatus::deleted;
    if (second.status == ChangeStatus::renamed && first.status != ChangeStatus::added)
      first.status = ChangeStatus::renamed;
    if (first.status == ChangeStatus::added) first.old_path = second.path;
    first.path = second.path;
    first.after = second.after;
    first.scope = {};
    settle_nature(first, second.nature);
    set_hunks(first,
              {content_of(first.before, first.old_path), content_of(first.after, first.path)});
  }

  Content content_of(const std::optional<BlobRef>& blob, const std::string& path) {
    if (!blob) return std::nullopt;
    const auto found = result_.contents.find(blob->id);
    if (found != result_.contents.end()) return BaseFile{*blob, found->second};
    const auto base = read_base_(path);
    return base ? *base : std::nullopt;
  }

  const ReadBase& read_base_;
  std::map<std::string, Content> overlay_;
  std::map<std::string, std::size_t> index_;  // of the files so far, by path
  PatchedChange result_;
};

}  // namespace

Result<std::optional<BaseFile>> base_file_on_disk(const std::filesystem::path& root,
                                                  const std::string& path,
                                                  std::uint64_t max_bytes) {
  const auto entry = look_at(root, path);
  if (!entry && entry.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!entry) return fail(entry.error());
  if (entry->mode == kModeFolder) return std::nullopt;
  if (entry->size > max_bytes) return fail(too_large(entry->size, max_bytes));
  auto bytes = read_from_disk(root, path, max_bytes);
  if (!bytes) return fail(bytes.error());
  const auto size = bytes->size();
  return BaseFile{{"", size, entry->mode, true}, std::move(*bytes)};
}

Result<PatchedChange> apply_patch(std::string_view diff, const ReadBase& read_base) {
  start_libgit2();
  auto parsed = parse_patch(diff);
  if (parsed.files.empty() && parsed.problems.empty() && !trim(diff).empty()) {
    return fail(ErrorKind::invalid_input,
                "the diff file holds no unified diff. Make one with `git diff` or `diff -u`",
                "PEER-E101");
  }
  Patcher patcher(read_base);
  for (auto& file : parsed.files)
    patcher.apply(std::move(file));
  for (const auto& problem : parsed.problems)
    patcher.note_problem(problem);
  return patcher.finish();
}

}  // namespace peer
