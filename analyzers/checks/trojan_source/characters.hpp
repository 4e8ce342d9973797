// Which characters can make source look like something that it is not. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace peer::trojan {

/// Embeds, overrides or isolates the direction of the text after it, or ends that (not the mere
/// marks LRM, RLM, ALM).
[[nodiscard]] bool is_bidi_control(char32_t c);
/// LRO, RLO: shows letters in an order of the writer's choosing.
[[nodiscard]] bool is_override(char32_t c);
/// A letter of a script that is written from right to left.
[[nodiscard]] bool is_right_to_left(char32_t c);
/// Takes no room of its own, or looks blank, and yet may stand in an identifier.
[[nodiscard]] bool is_hidden(char32_t c);
/// A tag character (U+E0000 to U+E007F).
[[nodiscard]] bool is_tag(char32_t c);
[[nodiscard]] bool is_variation_selector(char32_t c);
/// A control that belongs in no text: C0 without tab, line ends and form feed; DEL; C1.
[[nodiscard]] bool is_control(char32_t c);
/// The ASCII letter that `c` of another script looks like, or '\0'.
[[nodiscard]] char lookalike_of(char32_t c);
/// May be part of an identifier: a letter or digit of any script, '_', or a hidden character.
[[nodiscard]] bool is_identifier_part(char32_t c);

/// Bytes of the flag that begins at the front of `text` (black flag, a region in tag characters,
/// cancel tag), or 0.
[[nodiscard]] std::size_t flag_length(std::string_view text);

/// Offset of the first byte at or after `from` that is not plain ASCII text (a control, DEL, or
/// over 0x7F); the size of `text` if there is none. Eight bytes at a time.
[[nodiscard]] std::size_t find_unusual(std::string_view text, std::size_t from);

}  // namespace peer::trojan
