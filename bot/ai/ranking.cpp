#include "bot/ai/ranking.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "analyzers/compress/shape.hpp"
#include "base/text.hpp"
#include "llm/ask/adapt.hpp"
#include "llm/guard/placeholders.hpp"
#include "llm/prompt/prompt.hpp"
#include "llm/review/verdict.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostNames = 400;
constexpr std::size_t kLeastNames = 8;  // fewer are not worth a question
constexpr std::size_t kMostLineBytes = 4'000;
constexpr std::size_t kMostNameBytes = 80;
constexpr std::string_view kShape =
    R"({"type":"object","properties":{"ranking":{"type":"array","items":{"type":"integer"}}},"required":["ranking"],"additionalProperties":false})";

std::vector<std::string> names_of(const SourceFile& file) {
  std::vector<std::string> names;
  for (const auto& element : compress::shape_of(file).elements) {
    if (element.kind != compress::ElementKind::callable &&
        element.kind != compress::ElementKind::type)
      continue;
    if (element.name.empty() || element.name.size() > kMostNameBytes || names.size() >= kMostNames)
      continue;
    names.emplace_back(element.name);
  }
  return names;
}

std::string lines_of(const SourceFile& file, const DigestRequest& request) {
  std::string text;
  const auto count = file.lines().line_count();
  for (const auto& range : request.changed)
    for (auto line = std::max(range.first, 1U); line < range.end() && line <= count; ++line) {
      if (text.size() > kMostLineBytes) return text;
      text += file.text(file.lines().line_span(line)).substr(0, kMostLineBytes);
      if (!text.ends_with('\n')) text += '\n';
    }
  return text;
}

struct Asked {
  Question question;
  std::string version;
};

std::optional<Asked> question_about(const SourceFile& file, const std::vector<std::string>& names,
                                    const std::string& lines, const Model& model) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i)
    list += fmt::format("{}. {}\n", i, names[i]);
  const auto prompt = make_prompt("rank", profile_of(model.window),
                                  {{"lines", fenced_without_secrets(lines, file.path())},
                                   {"names", fenced_without_secrets(list, file.path())}});
  if (!prompt) return std::nullopt;
  Asked out;
  out.version = prompt->version;
  out.question = question_of(Task::rank, *prompt);
  out.question.max_output_tokens = 256;
  out.question.temperature = 0;
  out.question.shape = AnswerShape{"rank", std::string(kShape)};
  return out;
}

}  // namespace

std::vector<std::string> ranked_by_model(const SourceFile& file, const DigestRequest& request,
                                         Ai& ai, const std::stop_token& stop) {
  auto names = names_of(file);
  const auto lines = lines_of(file, request);
  if (names.size() < kLeastNames || trim(lines).empty() || ai.roster().empty()) return {};
  const auto& model = ai.roster().targets.front().model;
  auto asked = question_about(file, names, lines, model);
  while (asked && !fits(asked->question, model) && names.size() > kLeastNames) {
    names.resize(names.size() / 2);
    asked = question_about(file, names, lines, model);
  }
  if (!asked || !fits(asked->question, model)) return {};
  CompletionKey key;
  key.prompt_version = asked->version;
  key.rules_version = PEER_VERSION;
  key.content = file.path();
  const auto answer = ai.ask(asked->question, key, stop);
  if (!answer) return {};
  std::vector<std::string> ranked;
  for (const auto index : parse_ranking(answer->text, names.size()))
    ranked.push_back(names[index]);
  return ranked;
}

}  // namespace peer
