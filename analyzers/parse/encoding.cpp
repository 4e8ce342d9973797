#include <algorithm>

#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::size_t kSniffed = 8000;  // bytes git looks at

/// Latin text in UTF-16 without a mark: NUL in nearly every second byte of one parity, in none of
/// the other.
std::optional<Encoding> utf16_by_nuls(std::string_view bytes) {
  const auto head = bytes.substr(0, kSniffed);
  if (head.size() < 4 || bytes.size() % 2 != 0) return std::nullopt;
  std::size_t nuls[2] = {0, 0};
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] == '\0') ++nuls[i % 2];
  const std::size_t many = head.size() * 2 / 5;
  if (nuls[1] >= many && nuls[0] == 0) return Encoding::utf16_le;
  if (nuls[0] >= many && nuls[1] == 0) return Encoding::utf16_be;
  return std::nullopt;
}

std::optional<Encoding> utf16_of(std::string_view bytes) {
  if (bytes.size() % 2 == 0) {
    if (bytes.starts_with("\xFF\xFE")) return Encoding::utf16_le;
    if (bytes.starts_with("\xFE\xFF")) return Encoding::utf16_be;
  }
  return utf16_by_nuls(bytes);
}

char32_t unit_at(std::string_view bytes, std::size_t i, Encoding encoding) {
  const auto first = static_cast<unsigned char>(bytes[i]);
  const auto second = static_cast<unsigned char>(bytes[i + 1]);
  return encoding == Encoding::utf16_le ? first | (second << 8U) : second | (first << 8U);
}

/// Null when the units are not well-formed: such a file is left as it is, since it could not be
/// written back.
std::optional<std::string> decode_utf16(std::string_view bytes, Encoding encoding) {
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t c = unit_at(bytes, i, encoding);
    if (c >= 0xD800 && c <= 0xDFFF) {
      if (c >= 0xDC00 || i + 3 >= bytes.size()) return std::nullopt;
      const auto low = unit_at(bytes, i + 2, encoding);
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
      i += 2;
    }
    append_utf8(text, c);
  }
  return text;
}

void append_unit(std::string& out, char32_t unit, Encoding encoding) {
  const char low = static_cast<char>(unit & 0xFFU);
  const char high = static_cast<char>(unit >> 8U);
  out += encoding == Encoding::utf16_le ? low : high;
  out += encoding == Encoding::utf16_le ? high : low;
}

}  // namespace

DecodedText decode_text(std::string bytes) {
  if (const auto encoding = utf16_of(bytes)) {
    if (auto text = decode_utf16(bytes, *encoding)) return {std::move(*text), *encoding};
  }
  if (bytes.starts_with(kUtf8Bom)) return {std::move(bytes), Encoding::utf8_bom};
  const bool utf8 = is_utf8(bytes);
  return {std::move(bytes), utf8 ? Encoding::utf8 : Encoding::unknown_8bit};
}

std::string encode_text(std::string_view text, Encoding encoding) {
  if (encoding != Encoding::utf16_le && encoding != Encoding::utf16_be) return std::string(text);
  std::string out;
  out.reserve(text.size() * 2);
  while (!text.empty()) {
    const auto decoded = decode_utf8(text);
    text.remove_prefix(decoded.length);
    if (decoded.code_point < 0x10000) {
      append_unit(out, decoded.code_point, encoding);
    } else {
      append_unit(out, 0xD800 + ((decoded.code_point - 0x10000) >> 10U), encoding);
      append_unit(out, 0xDC00 + ((decoded.code_point - 0x10000) & 0x3FFU), encoding);
    }
  }
  return out;
}

bool looks_binary(std::string_view bytes) {
  if (bytes.substr(0, kSniffed).find('\0') == std::string_view::npos) return false;
  const auto encoding = utf16_of(bytes);
  return !encoding || !decode_utf16(bytes, *encoding);
}

}  // namespace peer
