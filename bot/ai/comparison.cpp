#include "bot/ai/comparison.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <mutex>

#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/parse/outline.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"
#include "bot/ai/review_limits.hpp"
#include "llm/ask/adapt.hpp"
#include "llm/ask/batch.hpp"
#include "llm/guard/placeholders.hpp"
#include "llm/prompt/prompt.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostFunctions = 200;
constexpr std::size_t kMostFileBytes = std::size_t{1} << 20U;
constexpr std::size_t kMostFunctionBytes =
    12'000;  // of both states; larger ones are not asked about
constexpr std::size_t kMostNamed = 5;
constexpr std::string_view kShape =
    R"({"type":"object","properties":{"results":{"type":"array","items":{"type":"object","properties":{"idx":{"type":"integer"},"reason":{"type":"string"},"same":{"type":"boolean"},"changed":{"type":"string"}},"required":["idx","reason","same","changed"],"additionalProperties":false}}},"required":["results"],"additionalProperties":false})";

/// Functions by their qualified names; a name that stands twice is nobody's.
std::map<std::string, const Symbol*> functions_by_name(const Outline& outline) {
  std::map<std::string, const Symbol*> out;
  for (const auto& symbol : outline.symbols) {
    if (!symbol.is_callable() || !symbol.body) continue;
    const auto [at, fresh] = out.emplace(outline.qualified_name(symbol), &symbol);
    if (!fresh) at->second = nullptr;
  }
  return out;
}

void add_functions(const ChangedFile& file, const SourceFile& before, const SourceFile& after,
                   std::vector<TouchedFunction>& out) {
  const auto old_outline = outline_of(before), new_outline = outline_of(after);
  const auto old_functions = functions_by_name(old_outline);
  const auto new_functions = functions_by_name(new_outline);
  std::vector<std::pair<const Symbol*, TouchedFunction>> found;
  for (const auto& [name, symbol] : new_functions) {
    const auto other = old_functions.find(name);
    if (symbol == nullptr || other == old_functions.end() || other->second == nullptr) continue;
    TouchedFunction function{file.path, name, {}, {}, {}, {}, {}};
    function.before = before.text(other->second->span);
    function.after = after.text(symbol->span);
    if (function.before == function.after) continue;
    function.by_tree = compare_code(before, other->second->span, after, symbol->span);
    found.emplace_back(symbol, std::move(function));
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.first->span < b.first->span; });
  for (auto& [symbol, function] : found)
    if (out.size() < kMostFunctions) out.push_back(std::move(function));
}

std::string item_of(const TouchedFunction& function) {
  return fmt::format("{} in {}\nBefore:\n{}\nAfter:\n{}\n", visible(function.name, false),
                     visible(function.path, false),
                     fenced_without_secrets(function.before, function.path),
                     fenced_without_secrets(function.after, function.path));
}

struct Asked {
  Question question;
  std::string version;
};

std::optional<Asked> question_about(const std::vector<std::string>& items, const Model& model,
                                    std::uint32_t output_tokens) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i)
    text += fmt::format("Pair {}. {}", i, items[i]);
  const auto prompt = make_prompt("compare", profile_of(model.window), {{"items", text}});
  if (!prompt) return std::nullopt;
  Asked out;
  out.version = prompt->version;
  out.question = question_of(Task::compare, *prompt);
  out.question.max_output_tokens = output_tokens;
  out.question.temperature = 0;
  out.question.shape = AnswerShape{"compare", std::string(kShape)};
  return out;
}

/// Names in a list for people: "f, g and 3 more".
std::string listed(const std::vector<std::string>& names) {
  std::vector<std::string> shown(
      names.begin(),
      names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostNamed)));
  auto text = join(shown, ", ");
  if (names.size() > kMostNamed) text += fmt::format(" and {} more", names.size() - kMostNamed);
  return text;
}

}  // namespace

std::vector<TouchedFunction> touched_functions(
    const Report& report, const Config& config,
    const std::function<Result<std::string>(const BlobRef&, std::string_view path)>& read_blob,
    const std::stop_token& stop) {
  std::vector<TouchedFunction> out;
  for (const auto& file : report.change.files) {
    if (!file.scope.in || !file.skipped.empty() || file.nature != Nature::text || !file.before ||
        !file.after || std::max(file.before->size, file.after->size) > kMostFileBytes)
      continue;
    if (stop.stop_requested() || out.size() >= kMostFunctions) break;
    auto before = read_blob(*file.before, file.old_path), after = read_blob(*file.after, file.path);
    if (!before || !after) continue;
    // as it stands, macros and all: what is blanked for other checks would count as equal
    auto options = config.examine.checks.parse;
    options.plain = true;
    const auto old_file = parse(file.old_path, *std::move(before), options, stop);
    const auto new_file = parse(file.path, *std::move(after), options, stop);
    add_functions(file, old_file, new_file, out);
  }
  return out;
}

void compare_with_models(std::vector<TouchedFunction>& functions, Ai& ai, unsigned concurrency,
                         const std::stop_token& stop) {
  if (ai.roster().empty()) return;
  const auto routed = ai.route({Task::compare, "", 0, ""});
  const auto& model = routed.targets.front().model;
  const auto limits = review_limits(model, concurrency);
  std::vector<TouchedFunction*> open;
  std::vector<std::string> items;
  std::vector<std::size_t> sizes;
  for (auto& function : functions) {
    if (function.by_tree.sameness != Sameness::open ||
        function.before.size() + function.after.size() > kMostFunctionBytes)
      continue;
    auto item = item_of(function);
    const auto alone = question_about({item}, model, limits.output_tokens);
    if (!alone || !fits(alone->question, model)) continue;
    CompletionKey key;
    key.prompt_version = alone->version;
    key.content = function.path;
    if (const auto known = ai.recall(alone->question, key)) {
      function.by_model = parse_comparison(known->text);
      function.model = known->model;
      continue;
    }
    open.push_back(&function);
    sizes.push_back(most_tokens(item, model.token_factor));
    items.push_back(std::move(item));
  }
  std::mutex lock;
  const auto answers = ask_in_batches(
      sizes, limits.batch,
      [&](std::span<const std::size_t> batch) -> tl::expected<std::string, CallFailure> {
        std::vector<std::string> wanted;
        for (const auto i : batch)
          wanted.push_back(items[i]);
        const auto asked = question_about(wanted, model, limits.output_tokens);
        if (!asked) return tl::unexpected(CallFailure{FailureClass::bad_request, "no prompt"});
        const auto answer = ai.ask_anew(routed.targets, asked->question, stop,
                                        {open[batch.front()]->path, "", wanted.size() > 1, 0, 0});
        if (!answer) return tl::unexpected(answer.error());
        const std::lock_guard guard(lock);
        for (const auto i : batch)
          open[i]->model = answer->model;
        return answer->text;
      },
      stop);
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (!answers.answers[i]) continue;
    open[i]->by_model = parse_comparison(*answers.answers[i]);
    if (!open[i]->by_model) continue;
    const auto alone = question_about({items[i]}, model, limits.output_tokens);
    CompletionKey key;
    key.prompt_version = alone->version;
    key.content = open[i]->path;
    ai.keep(alone->question, key, open[i]->model, *answers.answers[i]);
  }
}

std::vector<std::string> facts_of(const std::vector<TouchedFunction>& functions) {
  std::vector<std::string> names;
  for (const auto& function : functions)
    if (function.by_tree.sameness == Sameness::same)
      names.push_back(
          fmt::format("{} in {}", visible(function.name, false), visible(function.path, false)));
  if (names.empty()) return {};
  return {fmt::format("comments or layout alone differ in {}: {}",
                      count_of(names.size(), "function"), listed(names))};
}

std::vector<std::string> opinions_of(const std::vector<TouchedFunction>& functions) {
  std::vector<std::string> out;
  for (const auto& function : functions)
    if (function.by_model && function.by_model->same && out.size() < kMostNamed)
      out.push_back(fmt::format("{} in {} does what it did before, says {}: {}",
                                visible(function.name, false), visible(function.path, false),
                                function.model,
                                secrets::redact_secrets(function.by_model->reason)));
  return out;
}

}  // namespace peer
