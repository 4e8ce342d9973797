// The suite once more, with a small bad model behind every command: test_e2e with
// PEER_TEST_MODEL=tiny4k in its environment.
#pragma once

#include <string>
#include <vector>

namespace peer::testing {

/// What puts the model behind a command: the user's own consent and an Ollama of 4,096 tokens,
/// which cuts its answers, forgets keys and repeats itself, and says the right thing only when it
/// is asked again. Starts it on first use. Nothing where it is not asked for.
[[nodiscard]] std::vector<std::string> small_model();

}  // namespace peer::testing
