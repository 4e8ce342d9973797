// What a known kind of secret looks like: one row per kind, in tables by trade (formats_*.cpp). The
// patterns are written from the public documentation of those who issue the secrets. Constants;
// thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace peer::secrets {

/// Where a secret stands relative to the keyword that gives it away.
enum class Reach : std::uint8_t {
  in,     ///< the keyword is part of the secret, `back_least` to `back_most` bytes after its begin;
          ///< case counts
  value,  ///< the keyword is part of the name that the secret is assigned to; case does not count
};

/// How the last characters of a secret follow from the others.
enum class Checksum : std::uint8_t {
  none,
  crc32_base62,  ///< six base-62 digits of the CRC-32 of what stands between the prefix and them
                 ///< (GitHub, npm)
};

struct Format {
  std::string_view id;        ///< the rule is called "secret-" and this
  std::string_view name;      ///< "GitHub personal access token"
  std::string_view keywords;  ///< one or more, divided by blanks, at least three bytes each
  std::string_view pattern;   ///< RE2 of the whole secret
  std::string_view sample;    ///< recipe for made-up ones; see sample.hpp
  std::string_view revoke;    ///< where it is made invalid
  Reach reach = Reach::in;
  std::uint8_t back_least = 0;
  std::uint8_t back_most = 0;
  Checksum checksum = Checksum::none;
  double least_entropy = 2.8;  ///< bits per character; less is a made-up value
};

// The tables, by trade.
[[nodiscard]] std::span<const Format>
code_formats();  ///< code hosts, builds, registries of packages
[[nodiscard]] std::span<const Format> cloud_formats();  ///< clouds, platforms, databases
[[nodiscard]] std::span<const Format>
model_formats();  ///< language models and what is built on them
[[nodiscard]] std::span<const Format> business_formats();  ///< payment, shops, customers
[[nodiscard]] std::span<const Format>
message_formats();  ///< mail, chat, telephones, social networks
[[nodiscard]] std::span<const Format> operation_formats();  ///< monitoring, vaults, networks
[[nodiscard]] std::span<const Format> work_formats();       ///< documents, tickets, design

/// All of them, in one order that never changes within a process.
[[nodiscard]] const std::vector<Format>& all_formats();

}  // namespace peer::secrets
