// Who may be asked in this run: providers that are configured and consented to, each with its keys
// and the models to ask, in order. Without consent it is empty. Values; the environment is given,
// not read.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_origin.hpp"
#include "llm/providers/provider.hpp"

namespace peer {

/// Looks up an environment variable.
using ReadVariable = std::function<std::optional<std::string>(std::string_view)>;

enum class AiMode {
  local,       ///< no model is asked: the default
  cloud,       ///< the configured ones are
  enterprise,  ///< only those whose hosts are allowed
  automatic,   ///< the configured ones if there are any, in silence without
};
[[nodiscard]] std::string_view to_string(AiMode mode);
[[nodiscard]] std::optional<AiMode> parse_ai_mode(std::string_view name);

struct RosterSettings {
  AiMode mode = AiMode::local;
  std::vector<std::string> models =
      {};  ///< "groq" or "groq/llama-3.1-8b-instant", in order of preference; empty: all
  std::vector<std::string> allowed_hosts = {};  ///< for `enterprise`: "host" or "host:port"
  /// `models` is a repository's wish: it chooses among what the user has configured and adds
  /// nothing.
  bool models_of_repository = false;
  bool may_follow_variables = true;  ///< OLLAMA_URL and its kind count
};

/// A key, which is shown nowhere but in the header it is for.
class ApiKey {
 public:
  ApiKey(std::string label, std::string value)
      : label_(std::move(label)), value_(std::move(value)) {}
  /// "GROQ_API_KEY", "GROQ_API_KEY 2".
  [[nodiscard]] const std::string& label() const { return label_; }
  [[nodiscard]] const std::string& reveal() const { return value_; }

 private:
  std::string label_;
  std::string value_;
};

/// A provider that can be asked. A provider without need of a key has one that is empty.
struct Source {
  Provider provider;
  std::vector<ApiKey> keys;
};

/// One model of one source.
struct Target {
  std::shared_ptr<const Source> source;
  Model model;
};

struct Roster {
  std::vector<Target> targets;         ///< best first
  std::vector<AllowedOrigin> origins;  ///< all that may be connected to
  std::vector<std::string> notes;      ///< what was asked for and is not there, one sentence each
  [[nodiscard]] bool empty() const { return targets.empty(); }
};

/// A key in the variable of one provider that begins as those of another do. The key itself is not
/// in it.
struct MisplacedKey {
  std::string provider;  ///< id of the one whose variable it is
  std::string label;     ///< "GROQ_API_KEY 2"
  std::string owner;     ///< "Anthropic"
};
/// All of them. A provider at an address of the user's own may take the key of any other: a gateway
/// does.
[[nodiscard]] std::vector<MisplacedKey> misplaced_keys(const ProviderList& providers,
                                                       const ReadVariable& variable);
[[nodiscard]] std::string sentence_of(const MisplacedKey& key);
/// Whether a variable of `provider` holds a key that it would be sent.
[[nodiscard]] bool has_key(const Provider& provider, const ProviderList& providers,
                           const ReadVariable& variable);

/// A misplaced key is not used, and a note says so.
/// Fails with invalid_input and PEER-E171 on an address in a variable that is none.
[[nodiscard]] Result<Roster> call_roster(const RosterSettings& settings,
                                         const ProviderList& providers,
                                         const ReadVariable& variable);

}  // namespace peer
