// Who can be asked, as data: the file built in, overridden and extended by the user's own of the
// same form. No repository has a say in it. Values; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_origin.hpp"
#include "base/result.hpp"
#include "llm/model.hpp"

namespace peer {

struct Provider {
  std::string id;            ///< "groq"
  std::string title;         ///< "Groq"
  std::string wire;          ///< "openai_chat"
  std::string base_url;      ///< without a '/' at its end
  Origin origin;             ///< of base_url: what its keys are bound to
  std::string key_variable;  ///< environment variable that holds its key or, parted by commas,
                             ///< keys; "": it needs none
  std::string key_alias;     ///< another variable that may hold it, or ""
  std::vector<std::string> key_prefixes;  ///< what keys of no one else begin with
  std::string default_model;
  bool own = false;  ///< its address is the user's: it may be private
  Model other;       ///< what is assumed of a model that is not listed
  std::vector<Model> models;

  /// The listed model of that name, else `other` under that name.
  [[nodiscard]] Model model(std::string_view name) const;
};

struct ProviderList {
  std::string date;  ///< of the built-in data
  std::vector<Provider> providers;

  [[nodiscard]] const Provider* find(std::string_view id) const;
  [[nodiscard]] Provider* find(std::string_view id);
  /// Whose key this is by its beginning; null where that tells nothing.
  [[nodiscard]] const Provider* owner_of(std::string_view key) const;
};

/// The data that Peer comes with.
[[nodiscard]] const ProviderList& built_in_providers();

/// `base` with what `yaml` overrides and adds; `name` is the file's, for messages. Fails with
/// invalid_input and PEER-E171 on unknown keys (naming the nearest), unknown wires, addresses that
/// are none, or http to what is not this machine without `insecure: true`.
[[nodiscard]] Result<ProviderList> with_user_providers(ProviderList base, std::string_view yaml,
                                                       std::string_view name);

/// Gives `provider` another address, as the user's environment may. The same rules hold.
[[nodiscard]] Result<void> set_base_url(Provider& provider, std::string_view url, bool insecure);

}  // namespace peer
