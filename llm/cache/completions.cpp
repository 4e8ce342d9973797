#include "llm/cache/completions.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"
#include "llm/wires/fields.hpp"

namespace peer {
namespace {

constexpr std::string_view kForm = "peer-completion-1";

/// What of the wire decides the answer, as text.
std::string options_of(const Question& q) {
  return fmt::format("{} {} {} {} {} {}", to_string(q.task), q.max_output_tokens, q.temperature,
                     q.top_p, q.repeat_penalty, q.seed ? std::to_string(*q.seed) : "none");
}

std::string messages_of(const Question& q) {
  std::string out;
  for (const auto& message : q.messages)
    out += fmt::format("{}:{}:{}\n", message.role == Message::Role::user ? "user" : "assistant",
                       message.text.size(), message.text);
  for (const auto& word : q.stop)
    out += fmt::format("stop:{}:{}\n", word.size(), word);
  return out;
}

}  // namespace

std::string CompletionKey::hash(const Question& question) const {
  const auto shape =
      question.shape ? question.shape->name + ":" + question.shape->schema : std::string();
  return sha256_of_parts({kForm,
                          "tenant",
                          tenant,
                          "trust",
                          trust,
                          "url",
                          base_url,
                          "model",
                          model,
                          "prompt",
                          prompt_version,
                          "rules",
                          rules_version,
                          "content",
                          content,
                          "findings",
                          findings,
                          "options",
                          options_of(question),
                          "system",
                          question.system,
                          "messages",
                          messages_of(question),
                          "shape",
                          shape});
}

std::string completion_text(const Completion& completion) {
  const auto& usage = completion.usage;
  Json json = {{"form", kForm},
               {"text", completion.text},
               {"finish", static_cast<int>(completion.finish)},
               {"model", completion.model},
               {"request", completion.request_id},
               {"usage", Json::array({usage.input, usage.cached, usage.cache_written, usage.output,
                                      usage.reasoning})},
               {"usage_known", usage.known}};
  if (completion.cost_usd) json["cost"] = *completion.cost_usd;
  return dump_json(json);
}

std::optional<Completion> parse_completion(std::string_view text) {
  const auto json = parse_json(text);
  if (!json || text_at(*json, "form") != kForm || !member(*json, "text").is_string())
    return std::nullopt;
  const auto finish = count_at(*json, "finish");
  const auto& usage = member(*json, "usage");
  if (!finish || *finish > static_cast<std::uint64_t>(Finish::unknown) || !usage.is_array() ||
      usage.size() != 5)
    return std::nullopt;
  Completion out;
  out.text = text_at(*json, "text");
  out.finish = static_cast<Finish>(*finish);
  out.model = text_at(*json, "model");
  out.request_id = text_at(*json, "request");
  const auto count = [&](std::size_t i) { return count_of(usage[i]).value_or(0); };
  out.usage = {count(0), count(1), count(2),
               count(3), count(4), member(*json, "usage_known") == Json(true)};
  out.cost_usd = dollars_of(member(*json, "cost"));
  return out;
}

Result<std::optional<CachedCompletion>> CompletionCache::find(const std::string& hash) {
  auto found = cache_.get(hash);
  if (!found) return fail(found.error());
  if (!*found) return std::optional<CachedCompletion>{};
  auto completion = parse_completion((*found)->value);
  if (!completion) return std::optional<CachedCompletion>{};
  return std::optional(CachedCompletion{*std::move(completion), (*found)->time, (*found)->tier});
}

void CompletionCache::keep(const std::string& hash, const Completion& completion) {
  cache_.put(hash, "completion", completion_text(completion));
}

}  // namespace peer
