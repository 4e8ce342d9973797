// Checkstyle's XML, which dozens of linters write too. Entities are not expanded: a document that
// declares one is refused.
#include <cstdint>
#include <expat.h>
#include <fmt/format.h>
#include <memory>
#include <unordered_map>

#include "analyzers/import/expat_version.hpp"
#include "analyzers/import/naming.hpp"
#include "analyzers/import/readers.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostRules = 50'000;
constexpr int kMostDepth = 100;

/// "com.puppycrawl.tools.checkstyle.checks.imports.UnusedImportsCheck", "eslint.rules.no-var",
/// "ShellCheck.SC2034", "PSR12.Files.FileHeader": who, and which rule.
struct Source {
  std::string tool, rule;
};
Source source_of(std::string_view source) {
  const auto part = source.substr(0, source.find('.'));
  if (source.starts_with("com.puppycrawl.")) {
    auto rule = source.substr(source.rfind('.') + 1);
    return {"checkstyle", std::string(rule)};
  }
  if (source.starts_with("eslint.rules.")) return {"eslint", std::string(source.substr(13))};
  const bool named =
      part.size() < source.size() && !part.empty() && source.find('/') == std::string_view::npos;
  if (named) return {std::string(part), std::string(source.substr(part.size() + 1))};
  return {"checkstyle", source.empty() ? "finding" : std::string(source)};
}

std::uint32_t number(const char* text) {
  std::uint32_t value = 0;
  for (; *text >= '0' && *text <= '9' && value < 100'000'000; ++text)
    value = value * 10 + static_cast<std::uint32_t>(*text - '0');
  return value;
}

class Reader {
 public:
  explicit Reader(ToolFindings& out) : out_(out) {}

  void element(std::string_view name, const char** attributes) {
    if (name == "file") {
      file_ = attribute(attributes, "name");
    } else if (name == "error") {
      error(attributes);
    } else if (name == "checkstyle") {
      is_checkstyle_ = true;
    }
  }
  void finish() {
    if (!is_checkstyle_ && out_.problem.empty()) out_.problem = "XML, but not checkstyle's";
    if (over_ > 0)
      out_.problem = fmt::format("{} findings are left out: {} is the most that are read",
                                 with_commas(over_), with_commas(kMostImported));
  }

  XML_Parser parser = nullptr;
  std::string refused;
  int depth = 0;

 private:
  static const char* attribute(const char** attributes, std::string_view name) {
    for (; attributes[0] != nullptr; attributes += 2)
      if (name == attributes[0]) return attributes[1];
    return "";
  }

  std::shared_ptr<const ToolRule> rule_of(const std::string& source) {
    const auto it = rules_.find(source);
    if (it != rules_.end()) return it->second;
    const auto told = source_of(source);
    auto made =
        std::make_shared<const ToolRule>(make_tool_rule(make_tool(told.tool, ""), told.rule));
    if (rules_.size() < kMostRules) rules_.emplace(source, made);
    return made;
  }

  void error(const char** attributes) {
    if (file_.empty()) return;
    if (out_.findings.size() >= kMostImported) {
      ++over_;
      return;
    }
    ImportedFinding finding;
    const auto source = std::string(attribute(attributes, "source")).substr(0, 300);
    std::string message = message_words(attribute(attributes, "message"));
    const bool broken = source.empty() && message.starts_with("Parsing error");
    finding.rule = rule_of(broken ? "eslint.rules.syntax-error" : source);
    const auto severity = std::string_view(attribute(attributes, "severity"));
    finding.severity = severity == "ignore"
                           ? Severity::hint
                           : severity_of_word(severity).value_or(Severity::warning);
    finding.path = file_;
    finding.at.line = number(attribute(attributes, "line"));
    finding.at.column = number(attribute(attributes, "column"));
    if (finding.at.column > 0) {  // a point
      finding.at.end_line = finding.at.line;
      finding.at.end_column = finding.at.column;
    }
    finding.at.unit = finding.rule->tool.name == "checkstyle" ? Unit::display : Unit::utf16;
    // eslint repeats the rule at the end of the words
    const auto repeated = " (" + source.substr(source.find_last_of('.') + 1) + ")";
    if (message.ends_with(repeated)) message.resize(message.size() - repeated.size());
    finding.message = message.empty() ? "no message" : std::move(message);
    out_.findings.push_back(std::move(finding));
  }

  ToolFindings& out_;
  std::string file_;
  bool is_checkstyle_ = false;
  std::size_t over_ = 0;
  std::unordered_map<std::string, std::shared_ptr<const ToolRule>> rules_;
};

void refuse(Reader& reader, const char* why) {
  reader.refused = why;
  XML_StopParser(reader.parser, XML_FALSE);
}

void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  auto& reader = *static_cast<Reader*>(data);
  if (++reader.depth > kMostDepth) return refuse(reader, "elements nested too deep");
  reader.element(name, attributes);
}

void XMLCALL on_end(void* data, const XML_Char* /*name*/) { --static_cast<Reader*>(data)->depth; }

// NOLINTNEXTLINE(readability-function-size): the parameters are expat's
void XMLCALL on_entity(void* data, const XML_Char* /*name*/, int /*is_parameter*/,
                       const XML_Char* /*value*/, int /*length*/, const XML_Char* /*base*/,
                       const XML_Char* /*system*/, const XML_Char* /*public_id*/,
                       const XML_Char* /*notation*/) {
  refuse(*static_cast<Reader*>(data), "it declares an entity, which is not read");
}

// Newer versions of expat deprecate this for a wider one that the older do not have.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
std::uint64_t line_of(XML_Parser parser) { return XML_GetCurrentLineNumber(parser); }
#pragma GCC diagnostic pop

}  // namespace

ToolFindings read_checkstyle(std::string_view xml) {
  constexpr std::size_t kPiece = std::size_t{1} << 20U;
  ToolFindings out;
  out.format = "checkstyle";
  Reader reader(out);
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate(nullptr), &XML_ParserFree);
  if (!parser) {
    out.problem = "no memory for an XML parser";
    return out;
  }
  reader.parser = parser.get();
  XML_SetUserData(parser.get(), &reader);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetEntityDeclHandler(parser.get(), on_entity);
  bool good = true;
  while (good) {
    const auto piece = xml.substr(0, kPiece);
    xml.remove_prefix(piece.size());
    good = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()),
                     xml.empty() ? 1 : 0) == XML_STATUS_OK;
    if (xml.empty()) break;
  }
  if (!good)
    out.problem =
        !reader.refused.empty()
            ? reader.refused
            : fmt::format("{} at line {}", XML_ErrorString(XML_GetErrorCode(parser.get())),
                          line_of(parser.get()));
  reader.finish();
  return out;
}

std::string expat_version() {
  const auto version = XML_ExpatVersionInfo();
  return fmt::format("{}.{}.{}", version.major, version.minor, version.micro);
}

}  // namespace peer
