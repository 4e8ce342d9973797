// What a rule says about the values that reach it (`metadata.peer`: sinks, sources, sanitizers,
// propagators, requires) and the sets of a language that rules name (`sets.yml`). Values as they
// were written: analyzers/taint/catalogue.hpp compiles them. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/yaml.hpp"

namespace peer::taint {

/// One entry of `sources`, `sanitizers` or `propagators`: the name of a set, or a rule object.
struct Term {
  std::string set;  ///< "request"; "" for a rule object
  YamlNode rule;    ///< the rule object without the keys below; null for a set
  /// Meta variables of the rule object. A source, sanitizer or propagator with `to` marks that
  /// variable instead of the node that matched: `{pattern: fgets($BUF, $$$), to: BUF}`.
  std::string to;
  std::string from;    ///< of a propagator: whose taint goes `to`
  std::string guard;   ///< of a sanitizer: a condition; where it holds, this variable is clean
  std::string unless;  ///< likewise; where it does not hold
  std::uint32_t line = 0;
  /// Of a term of the pack: what required_words() says of it; it compiles, which was seen when Peer
  /// was built.
  std::optional<std::vector<std::vector<std::string>>> words;
};

/// Under which digested sets hold Term::words; no YAML text can have such a key.
inline constexpr std::string_view kWordsKey = "\x01words";

/// What must be known of a sink's value for the rule to say something.
enum class Needs {
  nothing,   ///< the rule declares no sinks: the pattern alone decides
  tainted,   ///< a source reaches the sink
  variable,  ///< the value is not a constant
};

struct Declaration {
  Needs needs = Needs::nothing;
  std::vector<std::string> sinks;  ///< names of meta variables, without `$`
  std::vector<Term> sources;
  std::vector<Term> sanitizers;
  std::vector<Term> propagators;
  double confidence = 1.0;
  double variable_confidence = 0.3;  ///< where `requires: variable` holds without a source
  /// Confidence where only this set of sources reaches the sink: `source_confidence: {parameter:
  /// 0.4}`.
  std::vector<std::pair<std::string, double>> source_confidence;
  /// `guarded: after`: the sink only makes a path or an address; see later_guard.hpp.
  bool guarded_after = false;
  /// `told: source`: what is wrong is where the value comes from (a key in the source), not where
  /// it goes.
  bool told_at_source = false;

  [[nodiscard]] bool applies() const { return needs != Needs::nothing; }
};

/// A named list of rule objects.
struct NamedSet {
  std::string name;
  std::vector<Term> terms;
};

/// The sets of one language.
struct Sets {
  std::vector<NamedSet> sources;
  std::vector<NamedSet> sanitizers;
  std::vector<NamedSet> parameters;  ///< matched against the nodes of parameters
  std::vector<Term> propagators;     ///< hold for every rule of the language
};

/// Reads the taint keys of `metadata.peer` (`peer` may be null or no map: nothing is declared).
/// Fails with invalid_input and PEER-E150, naming `file`, the line and the key.
[[nodiscard]] Result<Declaration> read_declaration(const YamlNode* peer, std::string_view file);

/// Reads a `sets.yml`. Fails as above.
[[nodiscard]] Result<Sets> read_sets(const YamlNode& document, std::string_view file);

}  // namespace peer::taint
