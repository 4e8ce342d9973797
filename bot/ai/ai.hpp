// Models as the commands of a run use them: who may be asked, the connection, the budget and the
// cache of answers, put together from the configuration. Nothing is connected to before the first
// question. Safe from many threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/compress/digest.hpp"
#include "bot/ai/ledger.hpp"
#include "bot/session.hpp"
#include "llm/ask/asker.hpp"
#include "llm/cache/completions.hpp"
#include "llm/options.hpp"
#include "llm/providers/roster.hpp"
#include "reporters/report.hpp"

namespace peer {

/// The providers that are there: those built in with the user's models.yml.
[[nodiscard]] Result<ProviderList> known_providers(const Config& config, const Session& session);

/// An answer, asked for or remembered.
struct AiAnswer {
  std::string text;
  std::string model;  ///< "groq/llama-3.1-8b-instant"
  double cost_usd = 0;
  CacheTier from = CacheTier::none;  ///< none: it was asked for now
};

/// What a question is about, for the metrics.
struct AskAbout {
  std::string file, rule;
  bool complex = false;  ///< more than one function's worth
  /// Tokens of the files it is about, and of what of them stands in the question; for the receipt.
  std::uint64_t file_tokens = 0, shown_tokens = 0;
};

/// The same question with less in it, for when nobody can answer it as it is.
using SmallerQuestion = std::function<std::optional<Question>()>;

class Ai {
 public:
  /// Fails with invalid_input on a mistake in models.yml or an address of the environment.
  [[nodiscard]] static Result<std::unique_ptr<Ai>> open(const Config& config,
                                                        const Session& session);
  ~Ai();

  /// Has `watch` hear how many bytes of an answer are there while it comes, on several threads:
  /// answers are then streamed where the server can. Not to be changed while questions are under
  /// way.
  using Watch =
      std::function<void(std::string_view file, std::string_view model, std::size_t bytes)>;
  void set_watch(Watch watch);
  /// Who may be asked; empty in mode local and where nothing is configured.
  [[nodiscard]] const Roster& roster() const;
  /// The answer to `question`, from the cache where it holds one by the first model of the roster
  /// that can be asked. `key` says what the answer depends on besides the question; its model and
  /// address are filled in here.
  [[nodiscard]] tl::expected<AiAnswer, CallFailure> ask(const Question& question, CompletionKey key,
                                                        const std::stop_token& stop);
  /// The same, asked of one target of the roster alone. `about` goes into the metrics.
  [[nodiscard]] tl::expected<AiAnswer, CallFailure> ask_one(const Target& target,
                                                            const Question& question,
                                                            CompletionKey key,
                                                            const std::stop_token& stop,
                                                            const AskAbout& about = {});
  /// The targets of the roster in the order in which such a question asks them, and why.
  struct Routed {
    std::vector<Target> targets;
    Route route;
  };
  [[nodiscard]] Routed route(const RouteRequest& request);
  /// The digests of `file`, remembered by its content, the request and the version of digests.
  /// Where something is left out, a model may be asked what matters most (llm.rank).
  [[nodiscard]] std::vector<Digest> digests(const SourceFile& file, const DigestRequest& request);
  /// What is remembered of models.
  [[nodiscard]] Ledger& ledger();
  /// The answer that the cache holds, by whichever model of the roster gave it; counted as hit or
  /// miss. `question` need not be what is sent: several that go in one call are remembered one by
  /// one.
  [[nodiscard]] std::optional<AiAnswer> recall(const Question& question, CompletionKey key);
  /// Remembers `text` as the answer of the model called `model` to `question`.
  void keep(const Question& question, CompletionKey key, const std::string& model,
            const std::string& text);
  /// Asks `chain` past the cache; where all of it fails, once more `smaller`, if there is one.
  [[nodiscard]] tl::expected<AiAnswer, CallFailure> ask_anew(const std::vector<Target>& chain,
                                                             const Question& question,
                                                             const std::stop_token& stop,
                                                             const AskAbout& about = {},
                                                             SmallerQuestion smaller = {});
  /// One question to one target, past the cache: for `peer models test`.
  [[nodiscard]] Reply ask_directly(const Target& target, const Question& question,
                                   const std::stop_token& stop);
  /// Calls, tokens, cost and cache hits so far.
  [[nodiscard]] Receipt receipt() const;
  /// What went less well than it could, one sentence each.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  struct State;
  tl::expected<AiAnswer, CallFailure> ask_chain(const std::vector<Target>& targets,
                                                const Question& question, CompletionKey key,
                                                const std::stop_token& stop, const AskAbout& about);
  explicit Ai(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace peer
