#include "analyzers/import/read.hpp"

#include <array>
#include <fmt/format.h>
#include <optional>

#include <nlohmann/json.hpp>

#include "analyzers/import/gunzip.hpp"
#include "analyzers/import/json_stream.hpp"
#include "analyzers/import/readers.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using ReadFormat = ToolFindings (*)(std::string_view);

ToolFindings unknown(std::string problem) {
  ToolFindings out;
  out.problem = std::move(problem);
  return out;
}

ToolFindings read_unknown_json(std::string_view /*text*/) {
  return unknown("JSON, but none of SARIF, rdjson, rdjsonl and ESLint's");
}

/// By the keys of the first object of `text`, so far as it can be read.
ReadFormat format_of_object(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kKeys{
      "runs/*/tool/driver/name", "runs/*/results/*", "diagnostics/*", "message", "location"};
  static constexpr std::array<std::string_view, 2> kEmpty{"runs", "diagnostics"};
  std::array<bool, 5> seen{};
  StreamLimits few;
  few.max_values = 10;
  (void)stream_json(
      text, kKeys,
      [&](const StreamedValue& value) {
        seen[value.wanted] = true;
        return !seen[0] && !seen[1] && !seen[2] && !(seen[3] && seen[4]);
      },
      few);
  if (seen[0] || seen[1]) return read_sarif;
  if (seen[2]) return read_rdjson;
  if (seen[3] && seen[4]) return read_rdjsonl;
  // a report of nothing is a report
  ReadFormat found = read_unknown_json;
  (void)stream_json(
      text, kEmpty,
      [&](const StreamedValue& value) {
        if (value.wanted == 0 && value.value.is_array()) found = read_sarif;
        if (value.wanted == 1 && value.value.is_array()) found = read_rdjson;
        return found == read_unknown_json;
      },
      few);
  return found;
}

/// An empty list is ESLint's report about no files.
ReadFormat format_of_array(std::string_view text) {
  static constexpr std::array<std::string_view, 1> kKeys{"*/filePath"};
  const auto inner = trim(text.substr(1));
  if (inner.starts_with(']')) return read_eslint;
  bool eslint = false;
  StreamLimits few;
  few.max_values = 10;
  (void)stream_json(
      text, kKeys,
      [&](const StreamedValue& value) {
        eslint = value.value.is_string();
        return false;
      },
      few);
  return eslint ? read_eslint : read_unknown_json;
}

ReadFormat format_of(std::string_view text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return read_compiler_text;
  if (text[start] == '<') return read_checkstyle;
  if (text[start] == '{') return format_of_object(text);
  // "[ERROR] ..." is how some tools begin a line
  const auto second = text.find_first_not_of(" \t\r\n", start + 1);
  const bool list = text[start] == '[' && second != std::string_view::npos &&
                    (text[second] == '{' || text[second] == ']');
  return list ? format_of_array(text.substr(start)) : read_compiler_text;
}

}  // namespace

ToolFindings read_findings(std::string bytes) {
  if (bytes.size() > kMostImportBytes)
    return unknown(fmt::format("{} MB, over the limit of {} MB", bytes.size() >> 20U,
                               kMostImportBytes >> 20U));
  if (is_gzip(bytes)) {
    auto unpacked = gunzip(bytes, kMostImportBytes);
    if (!unpacked) return unknown(unpacked.error().message);
    bytes = std::move(*unpacked);
  }
  auto text = decode_text(std::move(bytes)).text;  // PowerShell's `>` writes UTF-16
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (trim(text).empty()) return {"empty", {}, {}, {}};  // a compiler that has nothing to say
  if (text.find('\0') != std::string::npos)
    return unknown("binary data, none of the formats that Peer reads");
  const auto format = format_of(text);
  if (format != read_checkstyle && !is_utf8(text)) text = valid_utf8(text);
  return format(text);
}

}  // namespace peer
