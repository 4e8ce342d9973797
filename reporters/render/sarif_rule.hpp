// A rule as SARIF describes it. Pure.
#pragma once

#include <cstddef>
#include <string_view>

#include "reporters/render/json_writer.hpp"
#include "reporters/report.hpp"

namespace peer::sarif {

/// A message object called `name`, of at most `most` bytes of `text`; an empty text becomes "-".
void write_message(JsonWriter& out, std::string_view name, std::string_view text,
                   std::size_t most = 60000);

/// A reportingDescriptor: texts, help, severity, and the properties that code scanning reads.
void write_rule(JsonWriter& out, const ReportedRule& rule);

}  // namespace peer::sarif
