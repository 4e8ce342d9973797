// Owners for libgit2's objects, and its errors as ours. For the files of bot/git only.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <git2.h>

#include "base/result.hpp"

namespace peer {

/// Deletes through the given libgit2 function.
template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};

template <class T, auto Free>
using Handle = std::unique_ptr<T, FreedBy<Free>>;

using RepositoryHandle = Handle<git_repository, git_repository_free>;
using OdbHandle = Handle<git_odb, git_odb_free>;
using OdbObjectHandle = Handle<git_odb_object, git_odb_object_free>;
using ObjectHandle = Handle<git_object, git_object_free>;
using CommitHandle = Handle<git_commit, git_commit_free>;
using TreeHandle = Handle<git_tree, git_tree_free>;
using TreeEntryHandle = Handle<git_tree_entry, git_tree_entry_free>;
using IndexHandle = Handle<git_index, git_index_free>;
using ReferenceHandle = Handle<git_reference, git_reference_free>;
using DiffHandle = Handle<git_diff, git_diff_free>;
using ConfigHandle = Handle<git_config, git_config_free>;
using ConfigIteratorHandle = Handle<git_config_iterator, git_config_iterator_free>;
using FilterListHandle = Handle<git_filter_list, git_filter_list_free>;

/// Calls `make(&raw)` and hands what it made to `handle`; gives make's return code.
template <class T, auto Free, class Make>
int take(Handle<T, Free>& handle, Make&& make) {
  T* raw = nullptr;
  const int code = make(&raw);
  handle.reset(code < 0 ? nullptr : raw);
  return code;
}

/// A libgit2 buffer that frees itself.
struct Buffer {
  git_buf raw = GIT_BUF_INIT;
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { git_buf_dispose(&raw); }
  [[nodiscard]] std::string_view view() const {
    return raw.ptr == nullptr ? std::string_view() : std::string_view(raw.ptr, raw.size);
  }
};

/// Starts libgit2 once per process, hardened: extensions that do not matter to reading are
/// accepted.
void start_libgit2();

/// What libgit2 said last on this thread.
[[nodiscard]] std::string last_git_message();

/// A failure of libgit2 that has no name of its own: damaged or missing objects, unreadable files
/// (PEER-E130).
[[nodiscard]] Error git_error_of(int code, std::string_view doing);

/// An object id as 40 hexadecimal digits; "" for the zero id.
[[nodiscard]] std::string hex(const git_oid& id);

/// The id that 40 hexadecimal digits name; false for anything else.
[[nodiscard]] bool parse_id(std::string_view text, git_oid& out);

}  // namespace peer
