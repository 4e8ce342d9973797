// What Peer knows of a programming language: one value per language, each in a file of its own in
// this folder. The catalogue (catalogue.def) is read by CMake, which builds the grammars, and by
// language.cpp. Constants; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "analyzers/parse/outline.hpp"
#include "analyzers/parse/tree.hpp"

namespace peer {

class SourceFile;

struct BlockComment {
  std::string_view open;
  std::string_view close;
};

/// How a node of the tree adds to a function's complexity; see analyzers/complexity.hpp for the
/// counting.
enum class BranchKind {
  condition,  ///< if, unless, guard: +1 cyclomatic; +1 cognitive and nesting
  ternary,    ///< a conditional expression, a guard: likewise; its own `else` adds nothing
  directive,  ///< #if: cognitive +1 and nesting; no cyclomatic
  otherwise,  ///< the word `else`: cognitive +1 without nesting; an `if` right after it adds no
              ///< more
  else_if,    ///< the word `elif`: likewise, and +1 cyclomatic
  loop,       ///< for, while, do: +1 both, nesting
  choice,   ///< switch, match as a whole: cognitive +1 and nesting, no cyclomatic; its `else` adds
            ///< nothing
  arm,      ///< a case: cyclomatic +1 (a default arm adds nothing)
  handler,  ///< catch, except: +1 both, nesting
  jump,     ///< goto: cognitive +1
  labelled_jump,  ///< break or continue: cognitive +1 where it names a label or a number
  lambda,         ///< a function without a name: raises nesting only
};

/// A node kind that branches.
struct Branch {
  std::string_view node;
  BranchKind kind;
};

/// What the reference of the rule language, which has another grammar for the language, calls a
/// kind of nodes.
struct KindName {
  std::string_view name, own;
};

struct Language {
  std::string_view name;                                ///< id, lower case: "csharp"
  std::string_view display_name;                        ///< "C#"
  std::span<const std::string_view> extensions = {};    ///< lower case, with the dot
  std::span<const std::string_view> file_names = {};    ///< exact: "Rakefile"
  std::span<const std::string_view> interpreters = {};  ///< of a `#!` line: "python3"
  const TSLanguage* (*grammar)() = nullptr;
  /// Text of the same length that the grammar reads instead, or "": for what no grammar can know.
  /// May be null.
  std::string (*readable)(std::string_view text) = nullptr;
  /// Likewise for what the grammar misreads although it is plain: rules see this too, as the
  /// reference of their language, which has another grammar, reads it. May be null.
  std::string (*respelled)(std::string_view text) = nullptr;
  std::span<const std::string_view> line_comments = {};  ///< "//", "#"
  std::span<const BlockComment> block_comments = {};
  std::span<const OutlineRule> outline = {};  ///< which nodes are symbols; see parse/outline.hpp
  OutlineHook outline_hook = nullptr;         ///< for what a table cannot say; may be null
  std::span<const std::string_view> outline_skips =
      {};  ///< nodes below which nothing is defined: speed only
  /// Statements below which nothing branches, unless a brace, a `#`, a `?` or a logical operator is
  /// written in them: speed only.
  std::span<const std::string_view> plain_statements = {};
  std::span<const Branch> branches = {};
  std::span<const std::string_view> logical_operators =
      {};  ///< "&&", "and": runs of one kind count once (cognitive)
  std::span<const KindName> kind_names = {};
  bool case_sensitive = true;
  /// An ERROR node in a file of this language is a syntax error nearly always, even where no base
  /// can be compared.
  bool grammar_is_exact = false;
  std::string_view sample = {};  ///< a short program with a function, a class where there are any,
                                 ///< an import; parses clean
};

/// Every language, in the order of the catalogue.
[[nodiscard]] std::span<const Language* const> all_languages();

/// The language called `name` ("python"; also common aliases such as "js", "c++", "cs"), or null.
[[nodiscard]] const Language* find_language(std::string_view name);

/// The language of a file by its name, else its extension, else its `#!` line; `.h` is C or C++ by
/// `text`. Null when none is known.
[[nodiscard]] const Language* detect_language(std::string_view path, std::string_view text);

}  // namespace peer
