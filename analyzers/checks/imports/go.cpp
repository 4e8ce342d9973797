#include <algorithm>
#include <array>

#include "analyzers/checks/imports/imports.hpp"
#include "base/text.hpp"

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 1> kKeywords{"import"};

// first parts of the paths of the standard library
constexpr std::array<std::string_view, 48> kStandard{
    "archive",  "bufio",   "bytes",  "cmp",      "compress", "container", "context", "crypto",
    "database", "debug",   "embed",  "encoding", "errors",   "expvar",    "flag",    "fmt",
    "go",       "hash",    "html",   "image",    "index",    "io",        "iter",    "log",
    "maps",     "math",    "mime",   "net",      "os",       "path",      "plugin",  "reflect",
    "regexp",   "runtime", "slices", "sort",     "strconv",  "strings",   "structs", "sync",
    "syscall",  "testing", "text",   "time",     "unicode",  "unique",    "unsafe",  "weak"};

bool is_version(std::string_view part) {
  return part.size() > 1 && part[0] == 'v' &&
         part.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

/// The name of the package at `path` where the path tells it: in the standard library the last
/// part, or the one before a version. "" elsewhere: a package may be called anything.
std::string_view package_name(std::string_view path) {
  const auto parts = split(path, '/');
  if (std::find(kStandard.begin(), kStandard.end(), parts.front()) == kStandard.end()) return {};
  const auto last = parts.size() - 1;
  return last > 0 && is_version(parts[last]) ? parts[last - 1] : parts[last];
}

Import spec_of(Node spec, std::string_view text, Span declaration) {
  Import import{.at = spec.span(), .levels = {spec.span(), declaration}, .own_statement = true};
  const Node path = spec.field("path");
  if (const Node name = spec.field("name")) {
    if (name.kind() == "package_identifier") import.name = name.text(text);
    import.at = name.span();
  } else if (path && path.span().size() > 2) {
    import.at = path.span();
    const auto quoted = path.text(text);
    import.name = package_name(quoted.substr(1, quoted.size() - 2));
  }
  return import;
}

void collect(const Place& keyword, const SourceFile& file, std::vector<Import>& out) {
  const Node declaration = keyword.above(1);
  if (!declaration || declaration.kind() != "import_declaration" || declaration.has_error()) return;
  const auto take = [&](Node node) {
    if (node.kind() == "import_spec") out.push_back(spec_of(node, file.text(), declaration.span()));
  };
  for_each_child(declaration, [&](Node part) {
    take(part);
    if (part.kind() == "import_spec_list") for_each_child(part, take);
  });
}

/// A package is used by `name.` and in no other way.
bool is_use(const Place& place, std::string_view text) {
  const auto kind = place.node().kind();
  if (is_comment(kind) || kind.find("literal") != std::string_view::npos ||
      kind == "field_identifier")
    return false;
  if (place.nearest({"import_declaration", "package_clause"})) return false;
  const char after = byte_after(text, place.word.end);
  return after == '.' || after == '/';
}

}  // namespace

const ImportSyntax& go() {
  static const ImportSyntax kSyntax{
      .language = "go",
      .keywords = kKeywords,
      .collect = collect,
      .is_use = is_use,
  };
  return kSyntax;
}

}  // namespace peer::imports
