// The parts of a SARIF run that results refer to: rules, artifacts, base URIs. For one thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "analyzers/import/imported.hpp"
#include "base/json.hpp"

namespace peer {

/// A reportingDescriptor.
struct SarifRule {
  std::string id;
  std::shared_ptr<const ToolRule> rule;
  std::string fallback;  ///< what it is about, for results without words
  std::optional<Severity> level;
  std::map<std::string, std::string, std::less<>> messages;  ///< messageStrings
};

/// One run, as far as results need it.
class SarifRun {
 public:
  void name(std::string name) { tool_.name = std::move(name); }
  void version(std::string version) { tool_.version = std::move(version); }
  void add_rule(std::size_t component, std::size_t index, const Json& descriptor);
  void add_artifact(std::size_t index, const Json& location);
  void add_bases(const Json& bases);
  void add_message(std::string id, const Json& message);
  void column_kind(const std::string& kind);

  /// To be called once all has been added.
  void settle();

  [[nodiscard]] const Tool& tool() const { return tool_; }
  [[nodiscard]] Unit unit() const { return unit_; }
  /// The rule of `result`, through rule, ruleIndex or ruleId; made up where none is described.
  [[nodiscard]] const SarifRule& rule_of(const Json& result);
  /// The path of an artifactLocation, base URIs resolved; nullopt where it is no file.
  [[nodiscard]] std::optional<std::string> path_of(const Json& artifact_location) const;
  /// The words of a message object: text, markdown or an id, with its arguments put in.
  [[nodiscard]] std::string words_of(const Json& message, const SarifRule* rule) const;

 private:
  struct Location {
    std::string uri, base;
    std::optional<std::size_t> index;
  };
  [[nodiscard]] static Location location_of(const Json& artifact_location);
  [[nodiscard]] std::string whole_uri(Location location) const;
  [[nodiscard]] const SarifRule* by_index(const Json& result) const;

  Tool tool_;
  Unit unit_ = Unit::utf16;
  std::vector<std::map<std::size_t, SarifRule>> components_;  ///< the driver, then extensions
  std::unordered_map<std::string, const SarifRule*> by_id_;
  std::unordered_map<std::string, SarifRule> made_up_;
  std::unordered_map<std::size_t, Location> artifacts_;
  std::map<std::string, Location, std::less<>> bases_;
  std::map<std::string, std::string, std::less<>> messages_;
};

}  // namespace peer
