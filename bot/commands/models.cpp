// peer models list, test, explain: who could be asked, whether they answer, and who would be asked
// first.
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"
#include "bot/ai/ai.hpp"
#include "bot/cli.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/session.hpp"
#include "bot/settings.hpp"
#include "bot/trusted.hpp"

namespace peer {
namespace {

std::string price_text(const Prices& prices) {
  if (!prices.known) return "price unknown";
  if (prices.input == 0 && prices.output == 0) return "free";
  return fmt::format("${:g} in, ${:g} out per million tokens", prices.input, prices.output);
}

/// Why a provider is or is not asked, without a word of its key.
std::string standing(const Provider& provider, const ProviderList& providers, const Roster& roster,
                     const Session& session) {
  for (const auto& target : roster.targets)
    if (target.source->provider.id == provider.id) return "configured";
  if (has_key(provider, providers, session.environment)) return "key set, not asked";
  for (const auto& key : misplaced_keys(providers, session.environment))
    if (key.provider == provider.id)
      return fmt::format("not configured: {} looks like a key of {}", key.label, key.owner);
  return provider.key_variable.empty() ? "not configured" : provider.key_variable + " is not set";
}

int list(const Invocation& invocation, Session& session) {
  const auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (!config) return complain(config.error(), session);
  const auto providers = known_providers(*config, session);
  if (!providers) return complain(providers.error(), session);
  const auto ai = Ai::open(*config, session);
  if (!ai) return complain(ai.error(), session);
  auto text = fmt::format("mode {}; prices and windows as of {}\n",
                          to_string(config->ai.roster.mode), providers->date);
  for (const auto& provider : providers->providers) {
    text += fmt::format("\n{}  {}  {}  {}\n", visible(provider.id, false),
                        visible(provider.title, false), to_string(provider.origin),
                        standing(provider, *providers, (*ai)->roster(), session));
    for (const auto& model : provider.models)
      text += fmt::format("  {}{}  {} tokens, {}\n", visible(model.name, false),
                          model.name == provider.default_model ? " (default)" : "",
                          with_commas(model.window), price_text(model.prices));
  }
  const auto& targets = (*ai)->roster().targets;
  text += targets.empty() ? "\nNo model is asked" : "\nAsked in this order:";
  if (targets.empty())
    text += config->ai.roster.mode == AiMode::local
                ? ": the mode is local; --ai, PEER_MODE or your configuration file change that.\n"
                : ": none is configured.\n";
  for (const auto& target : targets)
    text += " " + visible(full_name(target.model), false);
  if (!targets.empty()) text += "\n";
  for (const auto& note : (*ai)->roster().notes)
    text += note + "\n";
  session.out(text);
  return kExitClean;
}

/// Asks each configured model for one word. No code is sent.
int test(const Invocation& invocation, Session& session) {
  auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (!config) return complain(config.error(), session);
  // who types this wants to know; nothing of theirs is sent
  if (config->ai.roster.mode == AiMode::local && !invocation.has("offline"))
    config->ai.roster.mode = AiMode::automatic;
  const auto ai = Ai::open(*config, session);
  if (!ai) return complain(ai.error(), session);
  for (const auto& note : (*ai)->roster().notes)
    session.out(note + "\n");
  if ((*ai)->roster().empty()) {
    session.out(
        "No model is configured: set a key such as GROQ_API_KEY, or OLLAMA_MODEL for a model on "
        "this machine.\n");
    return kExitUsage;
  }
  Question question;
  question.task = Task::verify;
  question.messages = {{Message::Role::user, "Answer with the one word: ready"}};
  question.max_output_tokens = 256;
  bool all_well = true;
  for (const auto& target : (*ai)->roster().targets) {
    const auto begun = session.clock->steady();
    const auto reply = (*ai)->ask_directly(target, question, session.stop);
    const auto ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(session.clock->steady() - begun)
            .count();
    const auto name = visible(full_name(target.model), false);
    if (reply.answer)
      session.out(fmt::format("ok     {}  {} ms, ${:.5f}\n", name, ms, reply.answer->cost_usd));
    else
      session.out(fmt::format("wrong  {}  {}: {}\n", name, to_string(reply.answer.error().kind),
                              reply.answer.error().message));
    all_well = all_well && reply.answer.has_value();
    if (session.stop.stop_requested()) break;
  }
  return all_well ? kExitClean : kExitUsage;
}

std::string explained(const Ai::Routed& routed, std::string_view task) {
  auto text =
      fmt::format("{}: {} ({})\n  {:<40} {:>9} {:>9} {:>9} {:>10} {:>9} {:>8}\n", task,
                  visible(routed.route.reason, false), routed.route.question_class, "in this order",
                  "outcomes", "expected", "drawn", "$ each", "ms", "score");
  for (std::size_t i = 0; i < routed.targets.size(); ++i) {
    const auto& one = routed.route.order[i];
    text += fmt::format("  {:<40} {:>9.1f} {:>9.2f} {:>9.2f} {:>10.5f} {:>9.0f} {:>8.2f}\n",
                        visible(full_name(routed.targets[i].model), false), one.outcomes,
                        one.expected, one.sampled, one.cost_usd, one.milliseconds, one.score);
  }
  return text;
}

/// Who would be asked about a file, in which order and why. Nobody is asked.
int explain_route(const Invocation& invocation, Session& session) {
  auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (!config) return complain(config.error(), session);
  if (invocation.args.size() != 1) {
    session.complain("peer models explain takes one file");
    return kExitUsage;
  }
  if (config->ai.roster.mode == AiMode::local && !invocation.has("offline"))
    config->ai.roster.mode = AiMode::automatic;
  std::ifstream in(session.folder / invocation.args[0], std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) {
    session.complain(fmt::format("{} cannot be read", invocation.args[0]));
    return kExitUsage;
  }
  const auto ai = Ai::open(*config, session);
  if (!ai) return complain(ai.error(), session);
  if ((*ai)->roster().empty()) {
    session.out("No model is configured.\n");
    return kExitUsage;
  }
  const auto file = parse(invocation.args[0], bytes.str());
  RouteRequest request;
  if (file.language() != nullptr) request.language = file.language()->name;
  request.lines = file.lines().line_count();
  for (const auto& [task, category] : std::vector<std::pair<Task, std::string>>{
           {Task::fix, ""}, {Task::fix, "security"}, {Task::fix, "syntax"}, {Task::review, ""}}) {
    request.task = task;
    request.category = category;
    session.out(explained((*ai)->route(request),
                          category.empty() ? std::string(to_string(task))
                                           : fmt::format("{} ({})", to_string(task), category)));
  }
  return kExitClean;
}

constexpr auto kListFlags = std::to_array<std::string_view>({"ai", "offline"});

}  // namespace

std::span<const Command> commands_models() {
  static const std::array kCommands{
      Command{.name = "models list",
              .alias = {},
              .arguments = {},
              .summary = "List providers and models, and which of them would be asked.",
              .details = {},
              .flags = kListFlags,
              .run = list},
      Command{.name = "models test",
              .alias = {},
              .arguments = {},
              .summary = "Ask each configured model for one word; sends no code.",
              .details = {},
              .flags = kListFlags,
              .run = test},
      Command{.name = "models explain",
              .alias = {},
              .arguments = "FILE",
              .summary = "Show who would be asked about a file, in which order, and why.",
              .details = {},
              .flags = kListFlags,
              .run = explain_route},
  };
  return kCommands;
}

}  // namespace peer
