#include "analyzers/taint/judge.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/taint/analysis.hpp"
#include "analyzers/taint/later_guard.hpp"
#include "analyzers/taint/term_marker.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMaxSteps = 12;    // of a path that is shown
constexpr std::size_t kMaxWatches = 64;  // nodes of one sink

/// The nodes whose values a sink is.
std::vector<Node> nodes_of_sink(const rules::Captures& captures, const std::string& name) {
  std::vector<Node> nodes;
  const auto add = [&](Node node) {
    if (node && node.is_named() && !node.is_extra() && nodes.size() < kMaxWatches)
      nodes.push_back(node);
  };
  const Node one = captures.single(name);
  if (one && (one.kind() == "argument_list" || one.kind() == "arguments" ||
              one.kind() == "value_arguments"))
    for_each_child(one, add);
  else
    add(one);
  for (const Node node : captures.list(name))
    add(node);
  return nodes;
}

/// "comes from `x`"; a long text is not cut in two, lest half a secret stays.
std::string quoting(std::string_view word, std::string_view text) {
  constexpr std::size_t kMost = 60;
  const bool is_short = text.size() <= kMost && text.find('\n') == std::string_view::npos;
  return is_short ? fmt::format("{} `{}`", word, text) : fmt::format("{} here", word);
}

std::vector<Step> path_of(const Session& session, std::uint32_t trace, std::string_view text,
                          Span sink) {
  std::vector<Step> path;
  Span last;
  for (std::uint32_t at = trace; at != 0; at = session.traces[at].before) {
    const TraceStep& step = session.traces[at];
    if (step.at == last || step.at.empty()) continue;
    last = step.at;
    const std::string& name = session.names.text(step.name);
    std::string message;
    switch (step.kind) {
      case TraceStep::Kind::source:
        message = quoting("comes from", text.substr(step.at.begin, step.at.size()));
        break;
      case TraceStep::Kind::stored:
        message = quoting("kept in", name);
        break;
      case TraceStep::Kind::returned:
        message = quoting("given back by", name);
        break;
      case TraceStep::Kind::given:
        message = quoting("given to", name);
        break;
    }
    path.push_back({step.at, std::move(message)});
  }
  std::reverse(path.begin(), path.end());
  if (path.size() > kMaxSteps)  // the source and the last ones tell most
    path.erase(path.begin() + 1,
               path.begin() + static_cast<std::ptrdiff_t>(path.size() - kMaxSteps + 1));
  path.push_back({sink, quoting("reaches", text.substr(sink.begin, sink.size()))});
  return path;
}

struct Sink {
  Span at;
  std::uint32_t watch = 0;
};

/// True where the value passed a sanitizer of the rule.
bool is_clean(const Compiled& declaration, const std::vector<Sanitizer>& passed) {
  return std::any_of(declaration.sanitizers.begin(), declaration.sanitizers.end(),
                     [&](const auto& set) {
                       return std::binary_search(passed.begin(), passed.end(), set->number);
                     });
}

/// True where a sanitizer of the rule guards what the match made, further down.
bool is_clean_later(const Query& query, const TaintLanguage& language, std::string_view text,
                    const std::vector<GuardPlace>& guards) {
  if (!query.declaration->guarded_after || !query.node) return false;
  std::vector<GuardPlace> own;
  for (const GuardPlace& guard : guards)
    if (is_clean(*query.declaration, {guard.set})) own.push_back(guard);
  return !own.empty() && is_guarded_later(language, query.node, text, own);
}

const SourceSet* source_of(const Compiled& declaration, const Fact& fact) {
  for (const auto& set : declaration.sources)
    if (set->number == fact.source) return set.get();
  return nullptr;
}

double confidence_of(const Compiled& declaration, std::string_view source) {
  for (const auto& [name, confidence] : declaration.source_confidence)
    if (name == source) return confidence;
  return declaration.confidence;
}

/// A number, a text without holes, ...: it comes from nowhere.
bool is_literal(const TaintLanguage& language, Node node, std::string_view text) {
  switch (form_of(language, node.kind()).form) {
    case Form::number:
    case Form::boolean:
    case Form::true_:
    case Form::false_:
    case Form::null:
      return true;
    case Form::text:
      break;
    default:
      return false;
  }
  if (language.dollar_names && contains(node.text(text), "$")) return false;
  bool has_holes = false;
  for_each_child(node, [&](Node part) {
    has_holes = has_holes || part.named_child_count() != 0 ||
                (part.is_named() && form_of(language, part.kind()).form != Form::mix);
  });
  return !has_holes;
}

/// Whether nothing can make a finding of `node`: a literal, unless the rule takes such in itself,
/// as one about "0.0.0.0" does. Named sets have none.
bool is_harmless(const Compiled& declaration, const TaintLanguage& language, Node node,
                 std::string_view text) {
  if (!is_literal(language, node, text)) return false;
  return std::none_of(declaration.sources.begin(), declaration.sources.end(), [&](const auto& set) {
    return set->name.empty() &&
           std::any_of(set->terms.begin(), set->terms.end(), [&](const CompiledTerm& term) {
             return term.matcher->get().may_start_at(node.kind_id());
           });
  });
}

/// Ways to match the same node with another sibling of a sink's node in its place.
std::vector<rules::Captures> other_ways(const Query& query, const TaintLanguage& language,
                                        rules::Subject& subject) {
  constexpr std::size_t kMostSiblings = 12;
  std::vector<rules::Captures> ways;
  if (query.matcher == nullptr) return ways;
  for (const std::string& name : query.declaration->sinks) {
    const Node bound = query.captures->single(name);
    Node next = bound ? bound.next_named_sibling() : Node();
    for (std::size_t tried = 0; next && tried < kMostSiblings; ++tried) {
      rules::Captures captures;
      captures.bind(name, next);
      if (!is_harmless(*query.declaration, language, next, subject.text()) &&
          query.matcher->match(subject, query.node, captures) == query.node &&
          captures.single(name) == next)
        ways.push_back(std::move(captures));
      next = next.next_named_sibling();
    }
  }
  return ways;
}

/// One way to bind a rule's variables.
struct Way {
  std::vector<Node> nodes;                  ///< of its sinks
  std::optional<rules::Captures> captures;  ///< none: those of the match
  std::vector<Sink> sinks;
};

/// A variable that a rule names twice may be bound to a node elsewhere: the one of the same text
/// within the match is meant.
Node within(Node match, Node node, std::string_view text) {
  if (!match || match.span().contains(node.span())) return node;
  Node found;
  walk(match, [&](Node each) {
    if (!found && each.is_named() && each.text(text) == node.text(text)) found = each;
    return !found && each.end() - each.begin() < 20'000;
  });
  return found ? found : node;
}

/// What the query's sinks are bound to, aside from what is harmless.
std::vector<Node> sinks_of(const Query& query, const rules::Captures& captures,
                           const TaintLanguage& language, std::string_view text) {
  std::vector<Node> nodes;
  for (const std::string& name : query.declaration->sinks)
    for (const Node bound : nodes_of_sink(captures, name))
      if (!is_harmless(*query.declaration, language, bound, text))
        nodes.push_back(within(query.node, bound, text));
  return nodes;
}

/// The ways to bind the variables of each query, those first that the match has; none where every
/// sink is a literal.
std::vector<std::vector<Way>> ways_of(std::span<const Query> queries, const TaintLanguage& language,
                                      std::string_view text, rules::Subject& subject) {
  std::vector<std::vector<Way>> ways(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i) {
    ways[i].push_back(
        {sinks_of(queries[i], *queries[i].captures, language, text), std::nullopt, {}});
    for (auto& captures : other_ways(queries[i], language, subject)) {
      auto nodes = sinks_of(queries[i], captures, language, text);
      ways[i].push_back({std::move(nodes), std::move(captures), {}});
    }
    if (std::all_of(ways[i].begin(), ways[i].end(),
                    [](const Way& way) { return way.nodes.empty(); }))
      ways[i].clear();
  }
  return ways;
}

/// What is judged.
struct Code {
  const TaintLanguage& language;
  Node root;
  std::string_view text;
};

/// Whether a value comes from a literal of the program: another rule, about keys that stand there,
/// may take such for a source.
bool comes_from_literal(const Session& session, const Fact& fact, const Code& code) {
  if (fact.source == kAnything || fact.trace == 0) return false;
  const TraceStep* origin = &session.traces[fact.trace];
  while (origin->before != 0)
    origin = &session.traces[origin->before];
  const Node node = code.root.smallest_holding(origin->at);
  return node && node.span() == origin->at && is_literal(code.language, node, code.text);
}

Judgement conclude(const Compiled& declaration, const Analysis& analysis,
                   const std::vector<Sink>& sinks, const Code& code) {
  const Session& session = analysis.session();
  Judgement judgement;
  judgement.given_up = std::any_of(sinks.begin(), sinks.end(), [&](const Sink& sink) {
    return analysis.gave_up_on(sink.watch);
  });
  judgement.verdict = judgement.given_up ? Verdict::variable : Verdict::constant;
  double best = -1.0;
  for (const Sink& sink : sinks)
    for (const Fact& fact : analysis.seen(sink.watch).facts) {
      if (is_clean(declaration, session.cleaned[fact.cleaned])) continue;
      const SourceSet* source = source_of(declaration, fact);
      if (source == nullptr) {
        if (judgement.verdict == Verdict::constant && !comes_from_literal(session, fact, code))
          judgement.verdict = Verdict::variable;
        continue;
      }
      const double confidence = confidence_of(declaration, source->name);
      if (confidence <= best) continue;
      best = confidence;
      judgement.verdict = Verdict::tainted;
      judgement.source = source->name;
      judgement.path = path_of(session, fact.trace, code.text, sink.at);
    }
  return judgement;
}

bool any_open(const std::vector<std::vector<Way>>& ways) {
  return std::any_of(ways.begin(), ways.end(),
                     [](const std::vector<Way>& each) { return !each.empty(); });
}

void watch(std::vector<std::vector<Way>>& ways, Analysis& analysis) {
  for (auto& each : ways)
    for (Way& way : each)
      for (const Node node : way.nodes)
        way.sinks.push_back({node.span(), analysis.watch(node)});
}

/// The worst of what is so for any of the ways.
void conclude_all(const Query& query, std::vector<Way>& ways, const Analysis& analysis,
                  const Code& code, Judgement& worst) {
  for (Way& way : ways) {
    Judgement judgement = conclude(*query.declaration, analysis, way.sinks, code);
    judgement.captures = std::move(way.captures);
    if (&way == &ways.front() || judgement.verdict > worst.verdict) worst = std::move(judgement);
  }
}

}  // namespace

bool Judgement::is_finding(const Compiled& declaration) const {
  switch (declaration.needs) {
    case Needs::nothing:
      return true;
    case Needs::tainted:
      return verdict == Verdict::tainted;
    case Needs::variable:
      return verdict != Verdict::constant;
  }
  return true;
}

double Judgement::confidence(const Compiled& declaration) const {
  if (verdict == Verdict::tainted) return confidence_of(declaration, source);
  return declaration.needs == Needs::variable ? declaration.variable_confidence
                                              : declaration.confidence;
}

bool follows_values_of(const Language& language) {
  return find_taint_language(language.name) != nullptr;
}

std::vector<Judgement> judge(const Language& language, Node root, std::string_view text,
                             std::span<const Query> queries, std::uint32_t* unfinished) {
  const TaintLanguage* table = find_taint_language(language.name);
  if (table == nullptr || queries.empty()) return std::vector<Judgement>(queries.size());
  Judgement harmless;
  harmless.verdict = Verdict::constant;
  std::vector<Judgement> judgements(queries.size(), harmless);
  rules::Subject subject(root, text);
  auto ways = ways_of(queries, *table, text, subject);
  if (!any_open(ways)) return judgements;
  const FileWords words(text);
  for (std::size_t i = 0; i < queries.size(); ++i)
    if (queries[i].declaration->needs == Needs::tainted &&
        !words.may_taint(*queries[i].declaration))
      ways[i].clear();
  if (!any_open(ways)) return judgements;
  TermMarker marker(subject, words);
  for (std::size_t i = 0; i < queries.size(); ++i)
    if (!ways[i].empty()) marker.add(*queries[i].declaration);
  Analysis analysis(*table, root, text, std::ref(marker));
  if (marker.every_parameter() != kAnything) analysis.trust_no_parameter(marker.every_parameter());
  watch(ways, analysis);
  analysis.run();
  if (unfinished != nullptr) *unfinished = analysis.given_up() + (subject.exhausted() ? 1U : 0U);
  for (std::size_t i = 0; i < queries.size(); ++i) {
    conclude_all(queries[i], ways[i], analysis, {*table, root, text}, judgements[i]);
    if (judgements[i].verdict == Verdict::tainted &&
        is_clean_later(queries[i], *table, text, marker.guards()))
      judgements[i].verdict = Verdict::constant;
  }
  return judgements;
}

}  // namespace peer::taint
