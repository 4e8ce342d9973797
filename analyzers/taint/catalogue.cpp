#include "analyzers/taint/catalogue.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/prefilter/literals.hpp"
#include "analyzers/taint/words.hpp"
#include "base/yaml_packed.hpp"

namespace peer::taint {
namespace {

constexpr std::string_view kEveryParameter = "parameter";

rules::Problem problem(std::string_view file, std::uint32_t line, std::string message) {
  rules::Problem made;
  made.file = std::string(file);
  made.line = line;
  made.message = std::move(message);
  return made;
}

const NamedSet* find_set(const std::vector<NamedSet>& sets, std::string_view name) {
  for (const NamedSet& set : sets)
    if (set.name == name) return &set;
  return nullptr;
}

/// The words of a term as it stands in a file.
YamlNode as_node(const Words& words) {
  YamlNode all;
  all.kind = YamlNode::Kind::sequence;
  all.key = kWordsKey;
  for (const auto& list : words) {
    auto& node = all.children.emplace_back();
    node.kind = YamlNode::Kind::sequence;
    for (const auto& word : list) {
      auto& scalar = node.children.emplace_back();
      scalar.kind = YamlNode::Kind::scalar;
      scalar.text = word;
    }
  }
  return all;
}

/// The rule object of a term that stands in a set.
YamlNode rule_of(const YamlNode& term) {
  constexpr std::array<std::string_view, 4> kOwn{"to", "from", "guard", "unless"};
  YamlNode rule = term;
  std::erase_if(rule.children, [&](const YamlNode& child) {
    return std::find(kOwn.begin(), kOwn.end(), child.key) != kOwn.end();
  });
  return rule;
}

}  // namespace

Words required_words(const rules::Matcher& matcher) {
  Words all;
  if (matcher.program() == nullptr) return all;
  for (const rules::Clause& clause : rules::required_literals(*matcher.program()).clauses) {
    const bool are_words =
        std::all_of(clause.literals.begin(), clause.literals.end(), [](const rules::Literal& each) {
          return each.is_word && !each.ignore_case &&
                 std::all_of(each.text.begin(), each.text.end(), is_word);
        });
    if (!are_words || clause.is_common) continue;
    auto& words = all.emplace_back();
    for (const rules::Literal& each : clause.literals)
      words.push_back(each.text);
  }
  return all;
}

void digest_sets(const Language& language, YamlNode& document,
                 std::vector<rules::Problem>& problems) {
  const auto digest = [&](YamlNode& terms) {
    for (YamlNode& term : terms.children) {
      const YamlNode rule = rule_of(term);
      rules::MatcherSource from;
      from.rule = &rule;
      term.children.push_back(
          as_node(required_words(rules::compile_matcher(language, from, problems))));
    }
  };
  for (YamlNode& group : document.children)
    if (group.is_sequence())
      digest(group);
    else
      for (YamlNode& set : group.children)
        digest(set);
}

const rules::Matcher& TermMatcher::get() {
  std::call_once(once_, [this] {
    if (language_ == nullptr) return;
    rules::MatcherSource from;
    from.rule = &rule_;
    from.is_checked = true;
    std::vector<rules::Problem> none;
    matcher_ = rules::compile_matcher(*language_, from, none);
    rule_ = {};
  });
  return matcher_;
}

Catalogue::Catalogue(const Language& language, std::string_view sets, std::string_view file)
    : language_(language), file_(file) {
  if (sets.empty()) return;
  YamlLimits limits;
  limits.max_bytes = std::size_t{1} << 20U;
  Result<YamlNode> document = YamlNode();
  if (auto packed = unpack_yaml(sets))
    document = std::move(*packed);
  else
    document = load_yaml(sets, limits);
  auto read = document ? read_sets(*document, file) : Result<Sets>(fail(document.error()));
  if (read)
    sets_ = std::move(*read);
  else
    load_problems_.push_back(problem(file, 1, read.error().message));
}

CompileTerm Catalogue::compile_alone() const {
  return [this](const YamlNode& object, std::vector<rules::Problem>& problems) {
    rules::MatcherSource from;
    from.rule = &object;
    return rules::compile_matcher(language_, from, problems);
  };
}

CompiledTerm Catalogue::compiled(const Term& term, const CompileTerm& compile_term,
                                 std::string_view file,
                                 std::vector<rules::Problem>& problems) const {
  CompiledTerm made{nullptr, term.to, term.from, term.guard, term.unless, {}};
  if (waits_ && term.words) {
    made.matcher = std::make_shared<TermMatcher>(language_, term.rule);
    made.words = *term.words;
    return made;
  }
  const std::size_t before = problems.size();
  made.matcher = std::make_shared<TermMatcher>(compile_term(term.rule, problems));
  const rules::Matcher& matcher = made.matcher->get();
  for (std::size_t i = before; i < problems.size(); ++i)
    problems[i].file = std::string(file);
  made.words = required_words(matcher);
  const auto& variables = matcher.variables();
  for (const std::string& name : {term.to, term.from, term.guard, term.unless})
    if (!name.empty() && problems.size() == before &&
        std::find(variables.begin(), variables.end(), name) == variables.end())
      problems.push_back(
          problem(file, term.line, fmt::format("${} is not in the rule object", name)));
  return made;
}

std::shared_ptr<const SourceSet> Catalogue::source(const Term& term, std::string_view file,
                                                   const CompileTerm& compile_term,
                                                   std::vector<rules::Problem>& problems) {
  if (!term.set.empty())
    if (const auto it = sources_.find(term.set); it != sources_.end()) return it->second;
  if (next_source_ >= kFirstParameter) return nullptr;
  auto made = std::make_shared<SourceSet>();
  made->number = next_source_++;
  made->name = term.set;
  if (term.set.empty()) {
    made->terms.push_back(compiled(term, compile_term, file, problems));
    return made;
  }
  const NamedSet* nodes = find_set(sets_.sources, term.set);
  const NamedSet* parameters = find_set(sets_.parameters, term.set);
  if (nodes == nullptr && parameters == nullptr) {
    if (term.set != kEveryParameter) {
      problems.push_back(problem(file, term.line,
                                 fmt::format("no set of sources is called `{}` for {}", term.set,
                                             language_.display_name)));
      return nullptr;
    }
    made->every_parameter = true;
  }
  if (nodes != nullptr)
    for (const Term& each : nodes->terms)
      made->terms.push_back(compiled(each, compile_alone(), file_, problems));
  if (parameters != nullptr)
    for (const Term& each : parameters->terms)
      made->parameters.push_back(compiled(each, compile_alone(), file_, problems));
  return sources_.emplace(term.set, std::move(made)).first->second;
}

std::shared_ptr<const SanitizerSet> Catalogue::sanitizer(const Term& term, std::string_view file,
                                                         const CompileTerm& compile_term,
                                                         std::vector<rules::Problem>& problems) {
  if (!term.set.empty())
    if (const auto it = sanitizers_.find(term.set); it != sanitizers_.end()) return it->second;
  if (next_sanitizer_ == 0) return nullptr;
  auto made = std::make_shared<SanitizerSet>();
  made->number = next_sanitizer_++;
  if (term.set.empty()) {
    made->terms.push_back(compiled(term, compile_term, file, problems));
    return made;
  }
  const NamedSet* set = find_set(sets_.sanitizers, term.set);
  if (set == nullptr) {
    problems.push_back(problem(file, term.line,
                               fmt::format("no set of sanitizers is called `{}` for {}", term.set,
                                           language_.display_name)));
    return nullptr;
  }
  for (const Term& each : set->terms)
    made->terms.push_back(compiled(each, compile_alone(), file_, problems));
  return sanitizers_.emplace(term.set, std::move(made)).first->second;
}

void Catalogue::compile_propagators(std::vector<rules::Problem>& problems) {
  if (has_propagators_) return;
  has_propagators_ = true;
  for (const Term& term : sets_.propagators)
    propagators_.push_back(
        std::make_shared<CompiledTerm>(compiled(term, compile_alone(), file_, problems)));
}

Compiled Catalogue::compile(const Declaration& declaration, std::string_view file,
                            const CompileTerm& compile_term,
                            std::vector<rules::Problem>& problems) {
  Compiled made;
  problems.insert(problems.end(), load_problems_.begin(), load_problems_.end());
  made.needs = declaration.needs;
  made.sinks = declaration.sinks;
  made.confidence = declaration.confidence;
  made.variable_confidence = declaration.variable_confidence;
  made.guarded_after = declaration.guarded_after;
  made.told_at_source = declaration.told_at_source;
  made.source_confidence = declaration.source_confidence;
  for (const Term& term : declaration.sources)
    if (auto set = source(term, file, compile_term, problems)) made.sources.push_back(set);
  for (const Term& term : declaration.sanitizers)
    if (auto set = sanitizer(term, file, compile_term, problems)) made.sanitizers.push_back(set);
  compile_propagators(problems);
  made.propagators = propagators_;
  for (const Term& term : declaration.propagators)
    made.propagators.push_back(
        std::make_shared<CompiledTerm>(compiled(term, compile_term, file, problems)));
  return made;
}

Compiled Catalogue::compile_all(std::vector<rules::Problem>& problems) {
  waits_ = false;
  Declaration all;
  for (const auto* sets : {&sets_.sources, &sets_.parameters})
    for (const NamedSet& set : *sets) {
      Term term;
      term.set = set.name;
      all.sources.push_back(std::move(term));
    }
  for (const NamedSet& set : sets_.sanitizers) {
    Term term;
    term.set = set.name;
    all.sanitizers.push_back(std::move(term));
  }
  return compile(all, file_, compile_alone(), problems);
}

}  // namespace peer::taint
