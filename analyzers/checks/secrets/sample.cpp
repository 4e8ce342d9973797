#include "analyzers/checks/secrets/sample.hpp"

#include <charconv>
#include <fmt/format.h>

#include "analyzers/checks/secrets/value.hpp"

namespace peer::secrets {
namespace {

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";

std::string alphabet_of(char kind) {
  const auto all = [](auto... parts) { return (std::string() + ... + std::string(parts)); };
  switch (kind) {
    case 'w':
      return all(kUpper, kLower, kDigits);
    case 'l':
      return all(kLower, kDigits);
    case 'u':
      return all(kUpper, kDigits);
    case 'b':
      return all(kUpper, kLower, kDigits, "-_");
    case 's':
      return all(kUpper, kLower, kDigits, "+/");
    case 'h':
      return "0123456789abcdef";
    case 'H':
      return "0123456789ABCDEF";
    case 'A':
      return all(kUpper, "234567");
    case 'B':
      return "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    default:
      return std::string(kDigits);
  }
}

class Sampler {
 public:
  explicit Sampler(std::uint64_t seed) : state_(seed) {}

  std::string characters(char kind, std::size_t count) {
    const auto alphabet = alphabet_of(kind);
    std::string out;
    while (out.size() < count) {
      const char c = alphabet[next() % alphabet.size()];
      // a token never begins or ends with a dash in practice, and a number never with zero
      const bool edge = out.empty() || out.size() + 1 == count;
      const bool odd = c == '-' || c == '_' || c == '+' || c == '/' || (kind == 'd' && c == '0');
      if (!edge || !odd) out += c;
    }
    return out;
  }

  std::string uuid() {
    return fmt::format("{}-{}-4{}-a{}-{}", characters('h', 8), characters('h', 4),
                       characters('h', 3), characters('h', 3), characters('h', 12));
  }

 private:
  /// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (SplitMix64).
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace

std::string make_sample(std::string_view recipe, std::uint64_t seed) {
  Sampler sampler(seed);
  std::string out;
  std::string random;
  while (!recipe.empty()) {
    const auto close = recipe[0] == '{' ? recipe.find('}') : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += recipe[0];
      recipe.remove_prefix(1);
      continue;
    }
    const auto field = recipe.substr(1, close - 1);
    recipe.remove_prefix(close + 1);
    if (field == "crc") {
      out += crc32_base62(random);
    } else if (field == "g") {
      out += sampler.uuid();
    } else {
      std::size_t count = 0;
      std::from_chars(field.data() + 1, field.data() + field.size(), count);
      const auto part = sampler.characters(field[0], count);
      random += part;
      out += part;
    }
  }
  return out;
}

std::string make_placeholder(std::string_view recipe) {
  std::string out;
  while (!recipe.empty()) {
    const auto close = recipe[0] == '{' ? recipe.find('}') : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += recipe[0];
      recipe.remove_prefix(1);
      continue;
    }
    out += recipe[1] == 'd' ? "000000000" : "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    recipe.remove_prefix(close + 1);
  }
  return out;
}

std::string in_line(const Format& format, std::string_view value) {
  if (format.reach == Reach::in) return fmt::format("credential: \"{}\"\n", value);
  std::string name(format.keywords.substr(0, format.keywords.find(' ')));
  return fmt::format("{}_api_key: \"{}\"\n", name, value);
}

}  // namespace peer::secrets
