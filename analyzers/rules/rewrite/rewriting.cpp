#include "analyzers/rules/rewrite/rewriting.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include <re2/re2.h>

#include "analyzers/rules/load/regex.hpp"
#include "analyzers/rules/rewrite/fill.hpp"
#include "analyzers/rules/rewrite/problem_at.hpp"
#include "analyzers/rules/rewrite/rewriter.hpp"
#include "base/text.hpp"

namespace peer::rules {

struct Rewriting::Parts {
  std::vector<Transform> transforms;
  Rewriters rewriters;
  std::vector<Fixer> fixers;
  Template message;
};

namespace {

using Names = std::set<std::string, std::less<>>;

/// Reads one rule with all that it says about rewriting.
class Compiler {
 public:
  Compiler(const RewritingSource& source, std::vector<Problem>& problems)
      : source_(source), problems_(problems) {}

  void compile(Rewriting::Parts& parts);

 private:
  void problem(const YamlNode& node, std::string message) {
    problems_.push_back(problem_at(node, std::move(message)));
  }
  void check_known(const YamlNode& node, const std::string& name, const Names& known,
                   std::string_view where);
  std::vector<Transform> transforms(const YamlNode* node, Names& known);
  void check_rewriters(const std::vector<Transform>& transforms, const YamlNode& node,
                       const Rewriters& rewriters);
  void add_rewriter(const YamlNode& node, const Names& outer, Rewriters& rewriters);
  std::vector<Fixer> fixers(const YamlNode& node, const YamlNode* utils,
                            const std::vector<Transform>& transforms, const Names& known);

  const RewritingSource& source_;
  std::vector<Problem>& problems_;
};

Result<std::shared_ptr<const re2::RE2>> compile_regex(std::string_view pattern) {
  const auto translated = translate_regex(pattern);
  if (!translated) return fail(translated.error());
  std::string error;
  std::shared_ptr<const re2::RE2> regex = compile_re2(translated->unicode, error);
  if (!regex) return fail(ErrorKind::invalid_input, error);
  return regex;
}

std::vector<std::string> names_of(const std::vector<Transform>& transforms) {
  std::vector<std::string> names;
  names.reserve(transforms.size());
  for (const auto& transform : transforms)
    names.push_back(transform.name);
  return names;
}

void Compiler::check_known(const YamlNode& node, const std::string& name, const Names& known,
                           std::string_view where) {
  if (known.contains(name)) return;
  problem(node, fmt::format("${} is used in {} and bound nowhere", visible(name, false), where));
  const std::vector<std::string> names(known.begin(), known.end());
  problems_.back().nearest = nearest(name, names);
}

std::vector<Transform> Compiler::transforms(const YamlNode* node, Names& known) {
  if (node == nullptr || node->is_null()) return {};
  auto all = parse_transforms(*node, compile_regex, problems_);
  for (const auto& transform : all)
    if (!known.insert(transform.name).second)
      problem(*node, fmt::format("transform: {} is bound by the rule already",
                                 visible(transform.name, false)));
  for (const auto& transform : all)
    check_known(*node, transform.source.name, known, "transform");
  return all;
}

void Compiler::check_rewriters(const std::vector<Transform>& transforms, const YamlNode& node,
                               const Rewriters& rewriters) {
  for (const auto& transform : transforms) {
    const auto* rewrite = std::get_if<RewriteNodes>(&transform.operation);
    if (rewrite == nullptr) continue;
    for (const auto& id : rewrite->rewriters)
      if (!rewriters.contains(id)) {
        // the reference runs such a rule, and the name stands for nothing
        problem(node,
                fmt::format("no rewriter is called {}, which does nothing", visible(id, false)));
        problems_.back().level = Problem::Level::note;
      }
  }
}

std::vector<Fixer> Compiler::fixers(const YamlNode& node, const YamlNode* utils,
                                    const std::vector<Transform>& transforms, const Names& known) {
  const auto made = names_of(transforms);
  auto all = parse_fix(node, {source_.language, utils, source_.globals, made}, problems_);
  for (const auto& fixer : all)
    for (const auto& variable : fixer.text.variables())
      check_known(node, variable.name, known, "fix");
  return all;
}

void Compiler::add_rewriter(const YamlNode& node, const Names& outer, Rewriters& rewriters) {
  const auto* id = node.find("id");
  const auto* rule = node.find("rule");
  const auto* fix = node.find("fix");
  if (id == nullptr || rule == nullptr || fix == nullptr)
    return problem(node, "a rewriter needs id, rule and fix");
  // utilities are seen by all parts of a rule
  YamlNode utils;
  utils.kind = YamlNode::Kind::map;
  for (const auto* map : {source_.document->find("utils"), node.find("utils")})
    if (map != nullptr)
      utils.children.insert(utils.children.end(), map->children.begin(), map->children.end());
  Rewriter rewriter;
  const auto errors = [this] {
    return std::count_if(problems_.begin(), problems_.end(),
                         [](const Problem& p) { return p.level == Problem::Level::error; });
  };
  const auto before = errors();
  rewriter.matcher =
      compile_matcher(*source_.language,
                      {rule, node.find("constraints"), &utils, source_.globals, false}, problems_);
  if (errors() > before) return;
  const auto& bound = rewriter.matcher.variables();
  Names known(bound.begin(), bound.end());
  rewriter.transforms = transforms(node.find("transform"), known);
  known.insert(outer.begin(), outer.end());
  auto all = fixers(*fix, &utils, rewriter.transforms, known);
  if (all.empty()) return problem(*fix, "a rewriter needs a fix");
  rewriter.fixer = std::move(all.front());
  rewriters.insert_or_assign(id->text, std::move(rewriter));
}

void Compiler::compile(Rewriting::Parts& parts) {
  const auto& document = *source_.document;
  const auto& bound = source_.matcher->variables();
  Names known(bound.begin(), bound.end());
  const auto* transform = document.find("transform");
  parts.transforms = transforms(transform, known);
  if (const auto* rewriters = document.find("rewriters"); rewriters != nullptr) {
    if (rewriters->is_sequence())
      for (const auto& rewriter : rewriters->children)
        add_rewriter(rewriter, known, parts.rewriters);
    else if (!rewriters->is_null())
      problem(*rewriters, "rewriters is a list of {id, rule, fix}");
    for (const auto& [id, rewriter] : parts.rewriters)
      check_rewriters(rewriter.transforms, *rewriters, parts.rewriters);
  }
  if (transform != nullptr) check_rewriters(parts.transforms, *transform, parts.rewriters);
  const auto made = names_of(parts.transforms);
  if (const auto* fix = document.find("fix"); fix != nullptr && !fix->is_null())
    parts.fixers = parse_fix(
        *fix, {source_.language, document.find("utils"), source_.globals, made}, problems_);
  if (const auto* message = document.find("message"); message != nullptr)
    parts.message = Template::parse(message->text, made);
}

constexpr std::size_t kMostMessage = 64'000;

/// A value as a sentence can hold it.
std::string shortened(std::string_view value) {
  constexpr std::size_t kMost = 160;
  const auto line = trim_end(value.substr(0, value.find('\n')));
  auto cut = std::min(line.size(), kMost);
  while (cut > 0 && cut < line.size() && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U)
    --cut;
  return std::string(line.substr(0, cut)) + (cut < trim_end(value).size() ? " ..." : "");
}

}  // namespace

Rewriting::Rewriting() : parts_(std::make_unique<Parts>()) {}
Rewriting::~Rewriting() = default;
Rewriting::Rewriting(Rewriting&&) noexcept = default;
Rewriting& Rewriting::operator=(Rewriting&&) noexcept = default;

Rewriting Rewriting::compile(const RewritingSource& source, std::vector<Problem>& problems) {
  auto parts = std::make_unique<Parts>();
  Compiler(source, problems).compile(*parts);
  Rewriting rewriting;
  rewriting.parts_ = std::move(parts);
  return rewriting;
}

bool Rewriting::transform(Subject& subject, Captures& captures) const {
  return apply_transforms(parts_->transforms, parts_->rewriters, subject, captures);
}

std::string Rewriting::message(const Subject& subject, const Captures& captures,
                               bool lists_too) const {
  std::vector<std::string> kept;
  kept.reserve(parts_->message.variables().size());
  return parts_->message.fill(
      [&](const TemplateVariable& variable) -> std::optional<TemplateValue> {
        auto value = value_of(variable, captures, subject.text());
        if (!value && lists_too) {
          auto list = variable;
          list.kind = TemplateVariable::Kind::multiple;
          value = value_of(list, captures, subject.text());
        }
        if (!value) return std::nullopt;
        kept.push_back(shortened(value->text));
        return TemplateValue{kept.back(), 0};
      },
      kMostMessage);
}

std::vector<Replacement> Rewriting::replacements(Subject& subject, Node node,
                                                 const Captures& captures) const {
  std::vector<Replacement> all;
  for (const auto& fixer : parts_->fixers) {
    auto edit = make_edit(fixer, subject, node, captures);
    if (edit.text.size() <= Template::kMostFilled) all.push_back({std::move(edit), fixer.title});
  }
  return all;
}

bool Rewriting::has_fix() const { return !parts_->fixers.empty(); }

}  // namespace peer::rules
