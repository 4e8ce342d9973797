#include "analyzers/taint/declaration.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace peer::taint {
namespace {

constexpr std::size_t kMaxTerms = 2000;

tl::unexpected<Error> wrong(std::string_view file, std::uint32_t line, std::string_view what) {
  return fail(ErrorKind::invalid_input, fmt::format("{}:{}: {}", file, line, what), "PEER-E150");
}

bool is_variable_name(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// "CMD" of `CMD`, `$CMD` and `$$$CMD`.
std::string_view without_dollars(std::string_view name) {
  const auto first = name.find_first_not_of('$');
  return first == std::string_view::npos ? std::string_view{} : name.substr(first);
}

Result<std::string> read_variable(const YamlNode& node, std::string_view file) {
  const auto name = without_dollars(node.text);
  if (!node.is_scalar() || !is_variable_name(name))
    return wrong(file, node.line,
                 fmt::format("`{}` must name a meta variable, such as CMD", node.key));
  return std::string(name);
}

/// The key of a term that is ours, not the rule language's; null for any other.
std::string* own_key(Term& term, std::string_view key) {
  if (key == "to") return &term.to;
  if (key == "from") return &term.from;
  if (key == "guard") return &term.guard;
  if (key == "unless") return &term.unless;
  return nullptr;
}

std::vector<std::vector<std::string>> read_words(const YamlNode& node) {
  std::vector<std::vector<std::string>> lists;
  for (const auto& list : node.children) {
    auto& words = lists.emplace_back();
    for (const auto& word : list.children)
      words.push_back(word.text);
  }
  return lists;
}

Result<Term> read_term(const YamlNode& node, std::string_view file) {
  Term term;
  term.line = node.line;
  if (node.is_scalar() && !node.text.empty()) {
    term.set = node.text;
    return term;
  }
  if (!node.is_map()) return wrong(file, node.line, "expected the name of a set or a rule object");
  term.rule = node;
  term.rule.children.clear();
  for (const auto& child : node.children) {
    if (std::string* own = own_key(term, child.key)) {
      auto name = read_variable(child, file);
      if (!name) return fail(name.error());
      *own = std::move(*name);
    } else if (child.key == kWordsKey) {
      term.words = read_words(child);
    } else {
      term.rule.children.push_back(child);
    }
  }
  if (term.rule.children.empty()) return wrong(file, node.line, "the rule object is empty");
  return term;
}

Result<std::vector<Term>> read_terms(const YamlNode* node, std::string_view file) {
  std::vector<Term> terms;
  if (node == nullptr || node->is_null()) return terms;
  if (!node->is_sequence()) return wrong(file, node->line, "expected a list");
  if (node->children.size() > kMaxTerms)
    return wrong(file, node->line, fmt::format("more than {} entries", kMaxTerms));
  for (const auto& child : node->children) {
    auto term = read_term(child, file);
    if (!term) return fail(term.error());
    terms.push_back(std::move(*term));
  }
  return terms;
}

Result<double> read_share(const YamlNode& node, std::string_view file) {
  const auto number = node.as_number();
  if (!number || *number < 0.0 || *number > 1.0)
    return wrong(file, node.line, fmt::format("`{}` must be a number from 0 to 1", node.key));
  return *number;
}

Result<std::vector<std::string>> read_sinks(const YamlNode& node, std::string_view file) {
  std::vector<std::string> sinks;
  if (!node.is_sequence() || node.children.empty())
    return wrong(file, node.line, "`sinks` must be a list of meta variables of the rule");
  for (const auto& child : node.children) {
    const auto name = without_dollars(child.text);
    if (!child.is_scalar() || !is_variable_name(name))
      return wrong(file, child.line, "`sinks` holds what cannot be a meta variable");
    sinks.emplace_back(name);
  }
  return sinks;
}

Result<Needs> read_needs(const YamlNode& node, std::string_view file) {
  if (node.text == "tainted") return Needs::tainted;
  if (node.text == "variable") return Needs::variable;
  return wrong(file, node.line, "`requires` must be `tainted` or `variable`");
}

/// Propagators say from where to where; the others must not say `from`.
Result<void> check_directions(const std::vector<Term>& terms, bool propagators,
                              std::string_view file) {
  for (const auto& term : terms) {
    if (propagators && (!term.set.empty() || term.from.empty() || term.to.empty()))
      return wrong(file, term.line, "a propagator is a rule object with `from` and `to`");
    if (!propagators && !term.from.empty())
      return wrong(file, term.line, "`from` belongs to propagators only");
  }
  return {};
}

Result<void> read_confidence(const YamlNode& peer, std::string_view file, Declaration& into) {
  for (const auto& [key, target] : {std::pair{"confidence", &into.confidence},
                                    std::pair{"variable_confidence", &into.variable_confidence}}) {
    const YamlNode* node = peer.find(key);
    if (node == nullptr) continue;
    const auto share = read_share(*node, file);
    if (!share) return fail(share.error());
    *target = *share;
  }
  const YamlNode* by_source = peer.find("source_confidence");
  if (by_source == nullptr) return {};
  if (!by_source->is_map())
    return wrong(file, by_source->line, "`source_confidence` must map sets to numbers");
  for (const auto& child : by_source->children) {
    const auto share = read_share(child, file);
    if (!share) return fail(share.error());
    into.source_confidence.emplace_back(child.key, *share);
  }
  return {};
}

Result<void> read_lists(const YamlNode& peer, std::string_view file, Declaration& into) {
  for (const auto& [key, target] :
       {std::pair{"sources", &into.sources}, std::pair{"sanitizers", &into.sanitizers},
        std::pair{"propagators", &into.propagators}}) {
    auto terms = read_terms(peer.find(key), file);
    if (!terms) return fail(terms.error());
    if (auto fine = check_directions(*terms, target == &into.propagators, file); !fine) return fine;
    *target = std::move(*terms);
  }
  return {};
}

Result<std::vector<NamedSet>> read_named(const YamlNode* node, std::string_view file) {
  std::vector<NamedSet> sets;
  if (node == nullptr || node->is_null()) return sets;
  if (!node->is_map()) return wrong(file, node->line, "expected names of sets, each with a list");
  for (const auto& child : node->children) {
    auto terms = read_terms(&child, file);
    if (!terms) return fail(terms.error());
    if (auto fine = check_directions(*terms, false, file); !fine) return fail(fine.error());
    for (const auto& term : *terms)
      if (!term.set.empty()) return wrong(file, term.line, "a set holds rule objects only");
    sets.push_back({child.key, std::move(*terms)});
  }
  return sets;
}

}  // namespace

Result<Declaration> read_declaration(const YamlNode* peer, std::string_view file) {
  Declaration read;
  if (peer == nullptr || !peer->is_map()) return read;
  const YamlNode* sinks = peer->find("sinks");
  const YamlNode* needs = peer->find("requires");
  if (auto fine = read_lists(*peer, file, read); !fine) return fail(fine.error());
  if (auto fine = read_confidence(*peer, file, read); !fine) return fail(fine.error());
  if (sinks == nullptr) {
    if (needs != nullptr) return wrong(file, needs->line, "`requires` needs `sinks`");
    if (!read.sources.empty()) return wrong(file, peer->line, "`sources` needs `sinks`");
    return read;
  }
  auto names = read_sinks(*sinks, file);
  if (!names) return fail(names.error());
  read.sinks = std::move(*names);
  read.needs = Needs::tainted;
  if (needs != nullptr) {
    const auto said = read_needs(*needs, file);
    if (!said) return fail(said.error());
    read.needs = *said;
  }
  if (const YamlNode* guarded = peer->find("guarded")) {
    if (guarded->text != "after") return wrong(file, guarded->line, "`guarded` must be `after`");
    read.guarded_after = true;
  }
  if (const YamlNode* told = peer->find("told")) {
    if (told->text != "source") return wrong(file, told->line, "`told` must be `source`");
    read.told_at_source = true;
  }
  if (read.needs == Needs::tainted && read.sources.empty())
    return wrong(file, sinks->line, "`requires: tainted` needs `sources`");
  return read;
}

Result<Sets> read_sets(const YamlNode& document, std::string_view file) {
  constexpr std::array<std::string_view, 4> kKeys{"sources", "sanitizers", "parameters",
                                                  "propagators"};
  if (!document.is_map()) return wrong(file, document.line, "expected a map of sets");
  for (const auto& child : document.children)
    if (std::find(kKeys.begin(), kKeys.end(), child.key) == kKeys.end())
      return wrong(file, child.key_line,
                   fmt::format("unknown key `{}`: expected sources, sanitizers, parameters or "
                               "propagators",
                               child.key));
  Sets sets;
  for (const auto& [key, target] :
       {std::pair{"sources", &sets.sources}, std::pair{"sanitizers", &sets.sanitizers},
        std::pair{"parameters", &sets.parameters}}) {
    auto named = read_named(document.find(key), file);
    if (!named) return fail(named.error());
    *target = std::move(*named);
  }
  auto propagators = read_terms(document.find("propagators"), file);
  if (!propagators) return fail(propagators.error());
  if (auto fine = check_directions(*propagators, true, file); !fine) return fail(fine.error());
  sets.propagators = std::move(*propagators);
  return sets;
}

}  // namespace peer::taint
