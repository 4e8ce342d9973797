#include "reporters/render/escape.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string uri_path(std::string_view path) {
  constexpr std::string_view kUnreserved = "-._~/";
  std::string out;
  for (const char c : path) {
    if (is_word(c) || kUnreserved.find(c) != std::string_view::npos)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace peer
