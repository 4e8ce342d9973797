// What cannot be had for less, for ci/bench to compare with:
//   raw parse FOLDER         tree-sitter alone over every .c file below FOLDER, on one thread
//   raw diff REPOSITORY A B  libgit2 alone: the hunks between two commits
//   raw empty                the start of a program that is linked like this one
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <git2.h>
#include <tree_sitter/api.h>

extern "C" const TSLanguage* tree_sitter_c();

namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(fs::file_size(path), '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  return text;
}

int parse(const fs::path& folder) {
  std::size_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".c") continue;
    const auto text = slurp(entry.path());
    TSParser* parser = ts_parser_new();
    ts_parser_set_language(parser, tree_sitter_c());
    TSTree* tree = ts_parser_parse_string(parser, nullptr, text.data(),
                                          static_cast<std::uint32_t>(text.size()));
    bytes += text.size();
    ts_tree_delete(tree);
    ts_parser_delete(parser);
  }
  std::printf("%zu bytes\n", bytes);
  return 0;
}

git_tree* tree_of(git_repository* repository, const char* revision) {
  git_object* object = nullptr;
  const std::string spec = std::string(revision) + "^{tree}";
  if (git_revparse_single(&object, repository, spec.c_str()) != 0) return nullptr;
  return reinterpret_cast<git_tree*>(object);
}

int diff(const char* path, const char* before, const char* after) {
  git_libgit2_init();
  git_repository* repository = nullptr;
  if (git_repository_open(&repository, path) != 0) return 1;
  git_tree* old_tree = tree_of(repository, before);
  git_tree* new_tree = tree_of(repository, after);
  git_diff* changes = nullptr;
  if (old_tree == nullptr || new_tree == nullptr) return 1;
  if (git_diff_tree_to_tree(&changes, repository, old_tree, new_tree, nullptr) != 0) return 1;
  int hunks = 0;
  const auto on_hunk = [](const git_diff_delta*, const git_diff_hunk*, void* count) {
    ++*static_cast<int*>(count);
    return 0;
  };
  git_diff_foreach(changes, nullptr, nullptr, on_hunk, nullptr, &hunks);
  std::printf("%d hunks\n", hunks);
  git_diff_free(changes);
  git_tree_free(old_tree);
  git_tree_free(new_tree);
  git_repository_free(repository);
  git_libgit2_shutdown();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string word = argc > 1 ? argv[1] : "";
  if (word == "parse" && argc == 3) return parse(argv[2]);
  if (word == "diff" && argc == 5) return diff(argv[2], argv[3], argv[4]);
  return word == "empty" ? 0 : 2;
}
