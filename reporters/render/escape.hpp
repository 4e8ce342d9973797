// Makes text from a repository harmless in the languages that reports are written in. One function
// per target; each takes any bytes. Pure; thread-safe. (For a terminal that is visible() of
// base/text.hpp, for JSON JsonWriter.)
#pragma once

#include <string>
#include <string_view>

namespace peer {

/// `path` percent-encoded for a URI; '/' stays, bytes over 127 are encoded one by one.
[[nodiscard]] std::string uri_path(std::string_view path);

/// For text and attribute values of XML 1.0: entities for markup, `<U+001B>` forms for what XML
/// forbids.
[[nodiscard]] std::string xml_text(std::string_view text);

/// For the message of a GitHub workflow command.
[[nodiscard]] std::string command_data(std::string_view text);

/// For a property (file=, title=) of a GitHub workflow command.
[[nodiscard]] std::string command_property(std::string_view text);

/// Whole lines for a job log: a line that a runner could read as a command of its own (`::name::`,
/// `##[name]`, `##vso[name]`) has the first character of that written as `<U+003A>`.
[[nodiscard]] std::string log_lines(std::string_view text);

/// One line of prose for GitHub and GitLab Markdown: no markup, mention, reference, autolink or
/// quick action in it works. Zero-width spaces of ours keep the forges from linking `@name`, `#1`
/// and addresses.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// A code span of one line; may stand in a table.
[[nodiscard]] std::string markdown_code(std::string_view text);

/// A fenced block with `info` as its language; its fence is longer than any inside. Ends with a
/// line end.
[[nodiscard]] std::string markdown_fence(std::string_view text, std::string_view info);

}  // namespace peer
