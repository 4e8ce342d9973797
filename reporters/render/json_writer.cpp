#include "reporters/render/json_writer.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "base/text.hpp"

namespace peer {

namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10U;

/// Which bytes are written as they are.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7f; ++c)
    plain[c] = c != '"' && c != '\\';
  return plain;
}();

/// How many bytes at the beginning of `value` are written as they are.
std::size_t plain_length(std::string_view value) {
  std::size_t length = 0;
  while (length < value.size() && kPlain[static_cast<unsigned char>(value[length])])
    ++length;
  return length;
}

}  // namespace

void JsonWriter::line_end() {
  if (compact_ || rows_ > 0) return;
  out_ += '\n';
  out_.append(has_members_.size() * 2, ' ');
}

void JsonWriter::separate() {
  if (std::exchange(after_key_, false) || has_members_.empty()) return;
  if (sink_ && out_.size() >= kPiece) {
    sink_(out_);
    out_.clear();
  }
  if (has_members_.back()) out_ += rows_ > 0 && !compact_ ? ", " : ",";
  has_members_.back() = true;
  line_end();
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  has_members_.push_back(false);
}

void JsonWriter::close(char bracket) {
  const bool had_members = has_members_.back();
  has_members_.pop_back();
  if (had_members) line_end();
  out_ += bracket;
}

void JsonWriter::key(std::string_view name) {
  separate();
  quoted(name);
  out_ += ": ";
  after_key_ = true;
}

void JsonWriter::quoted(std::string_view value) {
  out_ += '"';
  for (;;) {
    const auto plain = plain_length(value);
    out_.append(value.substr(0, plain));
    value.remove_prefix(plain);
    if (value.empty()) break;
    const char c = value[0];
    std::size_t taken = 1;
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (c == '\n') {
      out_ += "\\n";
    } else if (c == '\t') {
      out_ += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
      out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      const auto decoded = decode_utf8(value);
      append_utf8(out_, decoded.code_point);
      taken = decoded.length;
    }
    value.remove_prefix(taken);
  }
  out_ += '"';
}

void JsonWriter::text(std::string_view value) {
  separate();
  quoted(value);
}

void JsonWriter::number(std::uint64_t value) {
  separate();
  out_ += fmt::to_string(value);
}

void JsonWriter::number(std::int64_t value) {
  separate();
  out_ += fmt::to_string(value);
}

void JsonWriter::number(double value) {
  separate();
  out_ += std::isfinite(value) ? fmt::to_string(value) : "0";
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

std::string JsonWriter::take() {
  out_ += '\n';
  return std::move(out_);
}

void JsonWriter::flush() { sink_(take()); }

}  // namespace peer
