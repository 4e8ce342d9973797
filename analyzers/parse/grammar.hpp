// What a grammar knows: its node kinds and fields by name and number. Constants of a language;
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"

namespace peer {

struct KindName;
struct Language;

/// The number of ERROR nodes.
inline constexpr std::uint16_t kErrorKind = 65535;

class Grammar {
 public:
  explicit Grammar(const Language& language);

  /// The number of the named kind `name` ("ERROR" too; a supertype has one that no node bears), or
  /// of what the language's table of other names calls so.
  [[nodiscard]] std::optional<std::uint16_t> kind_id(std::string_view name) const;
  [[nodiscard]] std::optional<std::uint16_t> field_id(std::string_view name) const;
  /// "" for a number that is no field's.
  [[nodiscard]] std::string_view field_name(std::uint16_t id) const;
  /// Kinds are numbered below this, but for kErrorKind.
  [[nodiscard]] std::uint32_t kind_count() const;
  [[nodiscard]] std::string_view kind_name(std::uint16_t id) const;
  /// For telling what was meant.
  [[nodiscard]] std::vector<std::string_view> named_kinds() const;
  [[nodiscard]] std::vector<std::string_view> fields() const;

 private:
  const TSLanguage* grammar_;
  std::span<const KindName> other_names_;
};

}  // namespace peer
