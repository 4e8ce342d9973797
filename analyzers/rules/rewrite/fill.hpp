// Templates filled from what a match bound. Inside analyzers/rules/rewrite only. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "analyzers/rules/match/captures.hpp"
#include "analyzers/rules/rewrite/template.hpp"

namespace peer::rules {

/// The bytes from the first to the last of the nodes of `$$$NAME`; an empty span at 0 where there
/// are none.
[[nodiscard]] Span span_of(std::span<const Node> nodes);

/// What `variable` stands for in code: multi-line values with the indentation of their line.
[[nodiscard]] std::optional<TemplateValue> value_of(const TemplateVariable& variable,
                                                    const Captures& captures,
                                                    std::string_view source);

/// `text` in place of the match that begins at byte `at` of `source`.
[[nodiscard]] std::string replacement_text(const Template& text, const Captures& captures,
                                           std::string_view source, std::uint32_t at);

}  // namespace peer::rules
