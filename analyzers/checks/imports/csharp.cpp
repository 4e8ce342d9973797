#include <array>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/checks/imports/notes.hpp"

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 1> kKeywords{"using"};

/// Only `using X = A.B`: what the directive for a namespace brings in cannot be told from one file.
void collect(const Place& keyword, const SourceFile& file, std::vector<Import>& out) {
  const Node statement = keyword.above(1);
  if (!statement || statement.kind() != "using_directive" || statement.has_error()) return;
  if (statement.child(0).kind() == "global") return;
  const Node name = statement.field("name");
  if (!name) return;
  Import import{.name = name.text(file.text()), .at = name.span(), .levels = {statement.span()}};
  if (import.name.ends_with("Attribute")) import.name = {};  // `[Fact]` stands for FactAttribute
  // one list of aliases per platform is pasted as a whole, and only the compiler knows which counts
  if (keyword.nearest({"preproc_if", "preproc_elif", "preproc_else"})) import.name = {};
  out.push_back(import);
}

bool is_use(const Place& place, std::string_view text) {
  const auto kind = place.node().kind();
  if (is_comment(kind)) {
    const auto comment = place.node().text(text);
    return comment.starts_with("///") || comment.starts_with("/**");  // <see cref="X"/>
  }
  if (kind.find("string") != std::string_view::npos ||
      kind.find("character") != std::string_view::npos)
    return false;
  return byte_before(text, place.word.begin) != '.';
}

bool in_doubt(const SourceFile& file) { return mentions(file.text(), {"IDE0005", "CS8019"}); }

bool is_silenced(const Import& import, const SourceFile& file) {
  return says_near(file, import, true, {"ReSharper disable", "NOSONAR", "noinspection"});
}

}  // namespace

const ImportSyntax& csharp() {
  static const ImportSyntax kSyntax{
      .language = "csharp",
      .keywords = kKeywords,
      .collect = collect,
      .is_use = is_use,
      .in_doubt = in_doubt,
      .is_silenced = is_silenced,
  };
  return kSyntax;
}

}  // namespace peer::imports
