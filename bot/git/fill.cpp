#include "bot/git/fill.hpp"

#include <fmt/format.h>

#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"
#include "bot/git/handles.hpp"
#include "bot/git/hunks.hpp"
#include "bot/git/nature.hpp"
#include "bot/git/state.hpp"

namespace peer {
namespace {

/// Sets the size of a blob that is not on disk; those have theirs from the file system.
Result<void> measure(const Repository& repository, BlobRef& blob, std::string_view path) {
  git_oid id;
  if (blob.on_disk || blob.mode == kModeSubmodule || !parse_id(blob.id, id)) return {};
  const auto size = repository.state().object_size(id, path);
  if (!size) return fail(size.error());
  blob.size = *size;
  return {};
}

/// Line ends as they would be stored (core.autocrlf, eol=): only libgit2's own conversions, no
/// program runs.
std::string as_stored(const Repository& repository, std::string bytes, const std::string& path) {
  FilterListHandle filters;
  const int code = take(filters, [&](auto** raw) {
    return git_filter_list_load(raw, repository.state().repo.get(), nullptr, path.c_str(),
                                GIT_FILTER_TO_ODB, GIT_FILTER_ALLOW_UNSAFE);
  });
  if (code < 0 || filters == nullptr) return bytes;
  Buffer out;
  if (git_filter_list_apply_to_buffer(&out.raw, filters.get(), bytes.data(), bytes.size()) < 0)
    return bytes;
  return std::string(out.view());
}

/// One side as text to compare.
struct Content {
  std::string bytes;
  Nature nature = Nature::text;
};

Result<Content> content_of(const Repository& repository, std::optional<BlobRef>& blob,
                           const std::string& path) {
  Content content;
  if (!blob) return content;
  auto bytes = repository.read(*blob, path);
  if (!bytes) return fail(bytes.error());
  content.nature = nature_of_mode(blob->mode);
  if (blob->on_disk)
    blob->size = bytes->size();
  else if (!blob->id.empty() && blob->mode != kModeSubmodule)
    repository.state().keep(blob->id, *bytes);
  if (content.nature != Nature::text) {
    content.bytes = std::move(*bytes);
    return content;
  }
  content.nature = nature_of_bytes(*bytes);
  if (content.nature == Nature::binary) {
    content.bytes = std::move(*bytes);
    return content;
  }
  if (blob->on_disk) *bytes = as_stored(repository, std::move(*bytes), path);
  content.bytes = decode_text(std::move(*bytes)).text;
  return content;
}

void set_hunks(ChangedFile& file, const Content& before, const Content& after) {
  const bool gone = !file.after;
  settle_nature(file, gone ? before.nature : after.nature);
  if (file.nature == Nature::lfs_pointer) file.scope.reason = lfs_words(before.bytes, after.bytes);
  if (file.nature == Nature::binary) return;
  // a binary file that became text counts as new text, so that nothing of it goes unseen
  const bool usable = before.nature != Nature::binary;
  auto hunks = hunks_between(usable ? before.bytes : std::string_view(), after.bytes);
  if (hunks) {
    file.hunks = std::move(*hunks);
  } else {
    file.skipped = hunks.error().message;
  }
}

bool same_content(const ChangedFile& file) {
  return file.before && file.after && !file.before->id.empty() &&
         file.before->id == file.after->id && file.before->mode == file.after->mode;
}

/// Sets the sizes. False, with the reason in `file.skipped`, where one is not known or too large.
bool measure_both(const Repository& repository, ChangedFile& file, std::uint64_t max_bytes) {
  for (auto* blob : {&file.before, &file.after}) {
    if (!*blob) continue;
    if (const auto measured = measure(repository, **blob, file.path); !measured) {
      file.skipped = measured.error().message;
    } else if ((*blob)->size > max_bytes) {
      file.skipped = too_large((*blob)->size, max_bytes).message;
    }
  }
  return file.skipped.empty();
}

}  // namespace

Error too_large(std::uint64_t size, std::uint64_t max_bytes) {
  return {ErrorKind::refused,
          fmt::format("PEER-E103: {} bytes, over the limit of {} for a comparison",
                      with_commas(size), with_commas(max_bytes)),
          "PEER-E103"};
}

bool fill(const Repository& repository, ChangedFile& file, std::uint64_t max_bytes) {
  if (!file.skipped.empty()) return true;
  settle_nature(file, nature_of_mode(file.after ? file.after->mode : file.before->mode));
  if (!measure_both(repository, file, max_bytes)) return true;
  if (same_content(file) && file.nature != Nature::text) return true;
  const auto before = content_of(repository, file.before, file.old_path);
  const auto after = content_of(repository, file.after, file.path);
  if (!before || !after) {
    file.skipped = (before ? after : before).error().message;
    return true;
  }
  set_hunks(file, *before, *after);
  if (file.status != ChangeStatus::modified || before->bytes != after->bytes) return true;
  file.status = ChangeStatus::mode_changed;
  return file.before->mode != file.after->mode;
}

}  // namespace peer
