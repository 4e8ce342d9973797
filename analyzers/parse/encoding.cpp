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

/// The mark of little-endian UTF-32 begins with that of UTF-16: it is looked for first. No text in
/// UTF-16 begins with NUL.
std::optional<Encoding> wide_encoding_of(std::string_view bytes) {
  if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return Encoding::utf32_le;
  if (bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return Encoding::utf32_be;
  if (bytes.size() % 2 == 0) {
    if (bytes.starts_with("\xFF\xFE")) return Encoding::utf16_le;
    if (bytes.starts_with("\xFE\xFF")) return Encoding::utf16_be;
  }
  return utf16_by_nuls(bytes);
}

bool is_little(Encoding encoding) {
  return encoding == Encoding::utf16_le || encoding == Encoding::utf32_le;
}

/// Bytes of a unit of `encoding`; 1 where its bytes are the text.
std::size_t unit_size(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16_le:
    case Encoding::utf16_be:
      return 2;
    case Encoding::utf32_le:
    case Encoding::utf32_be:
      return 4;
    case Encoding::utf8:
    case Encoding::utf8_bom:
    case Encoding::unknown_8bit:
      break;
  }
  return 1;
}

char32_t unit_at(std::string_view bytes, std::size_t i, Encoding encoding) {
  const auto size = unit_size(encoding);
  char32_t unit = 0;
  for (std::size_t k = 0; k < size; ++k)
    unit = (unit << 8U) |
           static_cast<unsigned char>(bytes[i + (is_little(encoding) ? size - 1 - k : k)]);
  return unit;
}

/// Null when the units are not well-formed: such a file is left as it is, since it could not be
/// written back.
std::optional<std::string> decode_units(std::string_view bytes, Encoding encoding) {
  const auto size = unit_size(encoding);
  if (bytes.size() % size != 0) return std::nullopt;
  std::string text;
  text.reserve(bytes.size() / size);
  for (std::size_t i = 0; i + size <= bytes.size(); i += size) {
    char32_t c = unit_at(bytes, i, encoding);
    if (c > 0x10FFFF) return std::nullopt;
    if (c >= 0xD800 && c <= 0xDFFF) {
      if (size == 4 || c >= 0xDC00 || i + 3 >= bytes.size()) return std::nullopt;
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
  const auto size = unit_size(encoding);
  for (std::size_t k = 0; k < size; ++k) {
    const auto shift = static_cast<unsigned>(8 * (is_little(encoding) ? k : size - 1 - k));
    out += static_cast<char>((unit >> shift) & 0xFFU);
  }
}

}  // namespace

DecodedText decode_text(std::string bytes) {
  if (const auto encoding = wide_encoding_of(bytes)) {
    if (auto text = decode_units(bytes, *encoding)) return {std::move(*text), *encoding};
  }
  if (bytes.starts_with(kUtf8Bom)) return {std::move(bytes), Encoding::utf8_bom};
  const bool utf8 = is_utf8(bytes);
  return {std::move(bytes), utf8 ? Encoding::utf8 : Encoding::unknown_8bit};
}

std::string encode_text(std::string_view text, Encoding encoding) {
  const auto size = unit_size(encoding);
  if (size == 1) return std::string(text);
  std::string out;
  out.reserve(text.size() * size);
  while (!text.empty()) {
    const auto decoded = decode_utf8(text);
    text.remove_prefix(decoded.length);
    if (size == 4 || decoded.code_point < 0x10000) {
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
  const auto encoding = wide_encoding_of(bytes);
  return !encoding || !decode_units(bytes, *encoding);
}

}  // namespace peer
