#include "analyzers/rules/match/text_pattern.hpp"

#include <algorithm>
#include <utility>

#include <re2/re2.h>

#include "analyzers/rules/load/regex.hpp"
#include "analyzers/rules/match/regex_literals.hpp"
#include "base/text.hpp"

namespace peer::rules {

namespace {}  // namespace

TextPattern::TextPattern() = default;
TextPattern::~TextPattern() = default;

Result<std::unique_ptr<TextPattern>> TextPattern::compile(std::string_view rust) {
  auto pattern = checked(rust);
  // one that only lists texts is never compiled, but it may be none of Rust's
  if (PlainTexts::of(rust)) {
    if (auto translated = translate_regex(rust); !translated)
      return fail(std::move(translated.error()));
    return pattern;
  }
  Result<void> prepared;
  std::call_once(pattern->first_use_, [&] { prepared = pattern->prepare(); });
  if (!prepared) return fail(std::move(prepared.error()));
  return pattern;
}

std::unique_ptr<TextPattern> TextPattern::checked(std::string_view rust) {
  std::unique_ptr<TextPattern> pattern(new TextPattern());
  pattern->source_ = rust;
  return pattern;
}

Result<void> TextPattern::prepare() const {
  auto translated = translate_regex(source_);
  if (!translated) return fail(std::move(translated.error()));
  std::string error;
  ascii_ = compile_re2(translated->ascii, error);
  if (ascii_ == nullptr) return fail(ErrorKind::invalid_input, visible(error, false));
  if (translated->unicode != translated->ascii) for_unicode_ = std::move(translated->unicode);
  return {};
}

/// False where `text` surely holds no match, as far as that is cheap to say.
bool TextPattern::may_be_in(std::string_view text) const {
  // two letters from outside of ASCII are `s` and `k` in another case
  const auto has_other_case = [&] {
    return text.find("\xC5\xBF") != std::string_view::npos ||
           text.find("\xE2\x84\xAA") != std::string_view::npos;
  };
  if (outside_.literals.empty() || (outside_.ignores_case && has_other_case())) return true;
  const std::string lower = outside_.ignores_case ? to_lower(text) : std::string();
  const auto looked_at = outside_.ignores_case ? std::string_view(lower) : text;
  return std::any_of(
      outside_.literals.begin(), outside_.literals.end(),
      [&](const std::string& each) { return looked_at.find(each) != std::string_view::npos; });
}

bool TextPattern::is_in(std::string_view text) const {
  // of more looks, and of longer texts, a compiled one is the cheaper
  constexpr int kMostLooks = 30;
  constexpr std::size_t kShort = 256;
  std::call_once(first_look_, [this] {
    outside_.plain = PlainTexts::of(source_);
    if (outside_.plain) return;
    outside_.literals = regex_literals(source_);
    outside_.ignores_case = ignores_case(source_);
  });
  if (outside_.plain) return outside_.plain->is_in(text);
  if (looks_.load(std::memory_order_relaxed) < kMostLooks) {
    looks_.fetch_add(1, std::memory_order_relaxed);
    if (text.size() <= kShort && !may_be_in(text)) return false;
  }
  std::call_once(first_use_, [this] { (void)prepare(); });
  const re2::RE2* pattern = ascii_.get();
  if (!for_unicode_.empty() && !is_ascii(text)) {
    if (!may_be_in(text)) return false;  // its classes are those of all of Unicode, and large
    std::call_once(first_unicode_, [this] {
      std::string error;
      unicode_ = compile_re2(for_unicode_, error);
    });
    // classes of all of Unicode are large: where they break the memory cap, those of ASCII must do
    if (unicode_ != nullptr) pattern = unicode_.get();
  }
  return pattern != nullptr && re2::RE2::PartialMatch({text.data(), text.size()}, *pattern);
}

}  // namespace peer::rules
