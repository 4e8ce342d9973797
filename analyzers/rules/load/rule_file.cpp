#include "analyzers/rules/load/rule_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/load/path_glob.hpp"
#include "analyzers/rules/load/yaml_text.hpp"
#include "base/text.hpp"
#include "base/yaml_packed.hpp"

namespace peer::rules {
namespace {

constexpr YamlLimits kLimits{
    .max_bytes = std::size_t{1} << 20U, .max_depth = 128, .max_alias_nodes = 100'000};

Problem problem_at(const RuleText& file, const YamlNode& node, std::string id,
                   std::string message) {
  return {.file = std::string(file.name),
          .line = node.line,
          .column = node.column,
          .rule_id = std::move(id),
          .message = std::move(message)};
}

/// The place that load_yaml names at the front of its message: "line 3, column 7: ...".
void take_place(std::string& message, Problem& problem) {
  std::string_view rest = message;
  const auto number_after = [&rest](std::string_view word, std::uint32_t& number) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return error == std::errc{};
  };
  if (!number_after("line ", problem.line)) return;
  number_after(", column ", problem.column);
  if (rest.starts_with(": ")) message = std::string(rest.substr(2));
}

std::vector<YamlNode> read_documents(const RuleText& text, std::vector<Problem>& problems) {
  if (text.origin == Origin::built_in)
    if (auto packed = unpack_yaml(text.text)) {
      std::vector<YamlNode> one;
      one.push_back(std::move(*packed));
      return one;
    }
  auto documents = load_yaml_documents(text.text, kLimits);
  if (documents) return std::move(*documents);
  Problem problem{.file = std::string(text.name)};
  auto message = std::move(documents.error().message);
  take_place(message, problem);
  problem.message = std::move(message);
  problems.push_back(std::move(problem));
  return {};
}

/// The file's name without folders and its last ending.
std::string stem_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  const auto dot = path.rfind('.');
  return std::string(dot == 0 ? path : path.substr(0, dot));
}

/// Reads one document into a Rule, key by key.
class Reader {
 public:
  /// `stem` is the rule's id where it has none.
  Reader(const RuleText& file, YamlNode document, std::string stem, std::vector<Problem>& problems)
      : file_(file), stem_(std::move(stem)), problems_(problems) {
    rule_.document = std::move(document);
    rule_.origin = file.origin;
    rule_.file = file.name;
    rule_.globs_below = file.globs_below;
    rule_.globs_above = file.globs_above;
  }

  std::optional<Rule> run() {
    const auto& document = rule_.document;
    if (!document.is_map())
      return refuse(document, "a rule is a map with `id`, `language` and `rule`");
    read_texts();
    if (rule_.id.empty()) rule_.id = stem_;
    if (is_broken_) return std::nullopt;
    if (rule_.id.empty()) return refuse(document, "the rule has no `id`");
    if (!read_languages() || !read_severity()) return std::nullopt;
    const auto* object = document.find("rule");
    if ((object == nullptr || object->is_null()) && file_.programs.empty())
      return refuse(object == nullptr ? document : *object, "the rule has no `rule`");
    rule_.has_files = read_globs("files", rule_.files);
    read_globs("ignores", rule_.ignores);
    read_labels();
    if (is_broken_) return std::nullopt;
    return std::move(rule_);
  }

 private:
  std::nullopt_t refuse(const YamlNode& node, std::string message, std::string nearest_word = {}) {
    is_broken_ = true;
    problems_.push_back(problem_at(file_, node, rule_.id, std::move(message)));
    problems_.back().nearest = std::move(nearest_word);
    return std::nullopt;
  }

  void read_texts() {
    const std::array<std::pair<std::string_view, std::string*>, 4> texts{
        {{"id", &rule_.id},
         {"message", &rule_.message},
         {"note", &rule_.note},
         {"url", &rule_.url}}};
    for (const auto& [key, text] : texts) {
      const auto* value = rule_.key(key);
      if (value == nullptr) continue;
      const bool may_be_empty = text == &rule_.note || text == &rule_.url;
      if (value->is_scalar())
        *text = value->text;
      else if (!value->is_null() || !may_be_empty)
        refuse(*value, fmt::format("`{}` takes text", key));
    }
    if (const auto* value = rule_.key("metadata");
        value != nullptr && !value->is_null() && !value->is_map())
      refuse(*value, "`metadata` is a map");
  }

  bool add_language(const YamlNode& node) {
    const auto* language = node.is_scalar() ? language_called(node.text) : nullptr;
    if (language == nullptr) {
      std::vector<std::string_view> known;
      for (const auto* each : all_languages())
        known.push_back(each->name);
      refuse(node, fmt::format("the language `{}` is not known", visible(node.text, false)),
             std::string(nearest(node.text, known)));
      return false;
    }
    if (std::find(rule_.languages.begin(), rule_.languages.end(), language) ==
        rule_.languages.end())
      rule_.languages.push_back(language);
    return true;
  }

  bool read_languages() {
    const auto* language = rule_.key("language");
    if (language == nullptr || language->is_null()) {
      refuse(rule_.document, "the rule has no `language`");
      return false;
    }
    if (!add_language(*language)) return false;
    const auto* also = rule_.document.find_path("metadata.peer.also");
    if (also == nullptr) return true;
    return std::all_of(also->children.begin(), also->children.end(),
                       [this](const YamlNode& node) { return add_language(node); });
  }

  bool read_severity() {
    const auto* value = rule_.key("severity");
    if (value == nullptr) return true;
    static constexpr std::array<std::string_view, 5> kNames{"hint", "info", "warning", "error",
                                                            "off"};
    const auto* found = std::find(kNames.begin(), kNames.end(), value->text);
    if (found == kNames.end()) {
      refuse(*value, "`severity` is hint, info, warning, error or off",
             std::string(nearest(value->text, kNames)));
      return false;
    }
    const auto index = found - kNames.begin();
    rule_.severity = index == 4 ? std::nullopt : std::optional(static_cast<Severity>(index));
    return true;
  }

  /// True where the key is there.
  bool read_globs(std::string_view key, std::vector<PathGlob>& globs) {
    const auto* list = rule_.key(key);
    if (list == nullptr || list->is_null()) return false;
    if (!list->is_sequence()) {
      refuse(*list, fmt::format("`{}` takes a list of patterns", key));
      return false;
    }
    for (const auto& child : list->children) {
      const auto* glob = child.is_map() ? child.find("glob") : &child;
      if (glob == nullptr || !is_text(*glob)) {
        refuse(child,
               fmt::format("`{}` takes patterns, or maps of `glob` and `caseInsensitive`", key));
        return false;
      }
      const auto* flag = child.find("caseInsensitive");
      if (flag != nullptr && !flag->as_bool()) {
        refuse(*flag, "`caseInsensitive` is true or false");
        return false;
      }
      if (const auto wrong = wrong_in_glob(glob->text); !wrong.empty()) {
        refuse(*glob, fmt::format("the pattern `{}` of `{}` has {}", visible(glob->text, false),
                                  key, wrong));
        return false;
      }
      globs.push_back({glob->text, flag != nullptr && *flag->as_bool()});
    }
    return true;
  }

  void read_labels() {
    const auto* labels = rule_.key("labels");
    if (labels == nullptr || labels->is_null()) return;
    if (!labels->is_map()) {
      refuse(*labels, "`labels` is a map of variables to `style` and `message`");
      return;
    }
    static constexpr std::array<std::string_view, 2> kStyles{"primary", "secondary"};
    for (const auto& child : labels->children) {
      const auto* style = child.find("style");
      const auto* message = child.find("message");
      if (style == nullptr ||
          std::find(kStyles.begin(), kStyles.end(), style->text) == kStyles.end()) {
        refuse(style == nullptr ? child : *style, "a label's `style` is primary or secondary",
               style == nullptr ? std::string() : std::string(nearest(style->text, kStyles)));
        return;
      }
      rule_.labels.push_back(
          {child.key, style != nullptr && style->text == "primary",
           message != nullptr && message->is_scalar() ? message->text : std::string()});
    }
  }

  static const Language* language_called(std::string_view name) {
    const auto lowered = to_lower(name);
    return find_language(lowered == "cxx" ? "cpp" : lowered);
  }

  const RuleText& file_;
  std::string stem_;
  std::vector<Problem>& problems_;
  Rule rule_;
  bool is_broken_ = false;
};

}  // namespace

void read_rule_file(const RuleText& text, std::vector<Rule>& rules,
                    std::vector<Problem>& problems) {
  auto documents = read_documents(text, problems);
  std::erase_if(documents, [](const YamlNode& document) { return document.is_null(); });
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto stem = stem_of(text.name);
    if (documents.size() > 1 && !stem.empty()) stem += fmt::format("-{}", i);
    if (auto rule = Reader(text, std::move(documents[i]), std::move(stem), problems).run())
      rules.push_back(std::move(*rule));
  }
}

void read_util_file(const RuleText& text, GlobalUtils& utils, std::vector<Problem>& problems) {
  std::vector<Rule> rules;
  read_rule_file(text, rules, problems);
  for (auto& rule : rules) {
    const auto id = rule.id;
    YamlNode place;  // of the id, once the document is given away
    if (const auto* written = rule.document.find("id")) {
      place.line = written->line;
      place.column = written->column;
    }
    if (!utils.add({id, rule.languages.front(), std::move(rule.document)}))
      problems.push_back(problem_at(
          text, place, id, fmt::format("the utility `{}` is defined twice", visible(id, false))));
  }
}

}  // namespace peer::rules
