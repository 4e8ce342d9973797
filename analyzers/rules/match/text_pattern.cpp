#include "analyzers/rules/match/text_pattern.hpp"

#include <algorithm>
#include <utility>

#include <re2/re2.h>

#include "analyzers/rules/load/regex.hpp"
#include "base/text.hpp"

namespace peer::rules {

TextPattern::TextPattern() = default;
TextPattern::~TextPattern() = default;

Result<std::unique_ptr<TextPattern>> TextPattern::compile(std::string_view rust) {
  auto pattern = checked(rust);
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
  plain_ = PlainTexts::of(source_);
  if (plain_) return {};
  auto translated = translate_regex(source_);
  if (!translated) return fail(std::move(translated.error()));
  std::string error;
  ascii_ = compile_re2(translated->ascii, error);
  if (ascii_ == nullptr) return fail(ErrorKind::invalid_input, visible(error, false));
  if (translated->unicode != translated->ascii) for_unicode_ = std::move(translated->unicode);
  return {};
}

bool TextPattern::is_in(std::string_view text) const {
  std::call_once(first_use_, [this] { (void)prepare(); });
  if (plain_) return plain_->is_in(text);
  const re2::RE2* pattern = ascii_.get();
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!for_unicode_.empty() && !std::all_of(text.begin(), text.end(), is_ascii)) {
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
