#include "analyzers/fix/parses.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace peer {
namespace {

/// Where the old errors may stand now.
std::set<Span> expected_places(const SyntaxErrors& errors, const EditMap& edits) {
  std::set<Span> places;
  for (const auto span : errors.places)
    for (const auto begin : {edits.leftmost(span.begin), edits.rightmost(span.begin)})
      for (const auto end : {edits.leftmost(span.end), edits.rightmost(span.end)})
        places.insert({begin, end});
  return places;
}

bool touches_any(Span span, const std::vector<Span>& written) {
  const auto it = std::lower_bound(written.begin(), written.end(), span.begin,
                                   [](Span one, std::uint32_t at) { return one.end < at; });
  return it != written.end() && it->begin <= span.end;
}

std::size_t inserted_bytes(const EditMap& edits) {
  std::size_t bytes = 0;
  for (const auto span : edits.written())
    bytes += span.size();
  return bytes;
}

}  // namespace

std::optional<std::string> broken_syntax(const Draft& before, const Draft& after,
                                         const EditMap& edits) {
  const auto& old_errors = before.errors;
  const auto& new_errors = after.errors;
  const auto places = expected_places(old_errors, edits);
  for (const auto span : new_errors.places)
    if (!places.contains(span) && touches_any(span, edits.written()))
      return fmt::format("a syntax error at line {}", after.file.position(span.begin).line);
  if (new_errors.places.size() > old_errors.places.size()) {
    const auto fresh = std::find_if(new_errors.places.begin(), new_errors.places.end(),
                                    [&](Span span) { return !places.contains(span); });
    const auto at = fresh == new_errors.places.end() ? new_errors.places.back() : *fresh;
    return fmt::format("a syntax error at line {}", after.file.position(at.begin).line);
  }
  if (new_errors.bytes > old_errors.bytes + inserted_bytes(edits))
    return "a syntax error that was there takes in more of the file";
  return std::nullopt;
}

}  // namespace peer
