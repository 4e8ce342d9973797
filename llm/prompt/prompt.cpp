#include "llm/prompt/prompt.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/embedded.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::string_view kParting = "\n---\n";  // between the system's part and the user's

const EmbeddedFile* find_file(std::string_view name) {
  for (const auto& file : embedded_llm())
    if (file.name == name) return &file;
  return nullptr;
}

/// The file for the profile, else the one for all.
const EmbeddedFile* file_for(std::string_view name, PromptProfile profile) {
  const auto* own = find_file(fmt::format("llm/prompt/{}.{}.md", name, to_string(profile)));
  return own != nullptr ? own : find_file(fmt::format("llm/prompt/{}.md", name));
}

/// One pass, so that a value that holds "{{x}}" stays as it is.
Result<std::string> filled(
    std::string_view text,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  std::string out;
  for (;;) {
    const auto open = text.find("{{");
    const auto close = text.find("}}", open);
    if (close == std::string_view::npos) break;
    const auto key = text.substr(open + 2, close - open - 2);
    const auto* const it = std::find_if(values.begin(), values.end(),
                                        [&](const auto& value) { return value.first == key; });
    if (it == values.end())
      return fail(ErrorKind::internal, fmt::format("a prompt has no value for {}", key));
    out += text.substr(0, open);
    out += it->second;
    text.remove_prefix(close + 2);
  }
  return out + std::string(text);
}

}  // namespace

PromptProfile profile_of(std::uint32_t window) {
  if (window <= 6'000) return PromptProfile::tiny4k;
  if (window <= 16'000) return PromptProfile::small8k;
  return window <= 64'000 ? PromptProfile::mid32k : PromptProfile::large;
}

std::string_view to_string(PromptProfile profile) {
  constexpr std::string_view kWords[] = {"tiny4k", "small8k", "mid32k", "large"};
  return kWords[static_cast<int>(profile)];
}

Question question_of(Task task, const Prompt& prompt) {
  Question question;
  question.task = task;
  question.system = prompt.system;
  question.messages = {{Message::Role::user, prompt.user}};
  return question;
}

Result<Prompt> make_prompt(
    std::string_view name, PromptProfile profile,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  const auto* file = file_for(name, profile);
  if (file == nullptr) return fail(ErrorKind::internal, fmt::format("there is no prompt {}", name));
  const auto parting = file->text.find(kParting);
  if (parting == std::string_view::npos)
    return fail(ErrorKind::internal, fmt::format("the prompt {} has no second part", name));
  auto user = filled(trim(file->text.substr(parting + kParting.size())), values);
  if (!user) return fail(user.error());
  return Prompt{sha256(file->text), std::string(trim(file->text.substr(0, parting))),
                *std::move(user)};
}

}  // namespace peer
