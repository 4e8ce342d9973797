// Values as bytes between a worker and its parent: the fields of reporters/report_fields.hpp,
// length before content. The worker is not trusted: unpacking checks every length and enumerator.
// Pure; thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "analyzers/examine.hpp"
#include "bot/rules/rule_sources.hpp"
#include "reporters/report_fields.hpp"

namespace peer {

template <class A>
void fields(A& a, Of<FileJob> auto& job) {
  a("file", job.file);
  a("before", job.before);
  a("after", job.after);
  a("whole_file", job.whole_file);
  a("imported", job.imported);
  a("across", job.across);
}

template <class A>
void fields(A& a, Of<CheckOptions> auto& options) {
  a("parse_budget_ms", options.parse.budget);
  a("parse_max_bytes", options.parse.max_bytes);
  a("max_cyclomatic", options.max_cyclomatic);
  a("max_cognitive", options.max_cognitive);
  a("duplicate_tokens", options.duplicate_tokens);
}

template <class A>
void fields(A& a, Of<LanguageGlob> auto& glob) {
  a("glob", glob.glob);
  a("language", glob.language);
}

template <class A>
void fields(A& a, Of<SeverityOverride> auto& each) {
  a("rule", each.rule);
  a("off", each.off);
  a("severity", each.severity);
}

template <class A>
void fields(A& a, Of<ExamineOptions::SeverityOf> auto& each) {
  a("rule", each.rule);
  a("severity", each.severity);
}

template <class A>
void fields(A& a, Of<RuleFile> auto& file) {
  a("name", file.name);
  a("text", file.text);
  a("is_utility", file.is_utility);
  a("globs_below", file.globs_below);
  a("globs_above", file.globs_above);
}

template <class A>
void fields(A& a, Of<RuleSources> auto& sources) {
  a("files", sources.files);
  a("built_in", sources.built_in);
  a("severities", sources.severities);
  a("language_globs", sources.language_globs);
}

/// Without the rules: a worker gets those once, as RuleSources.
template <class A>
void fields(A& a, Of<ExamineOptions> auto& options) {
  a("checks", options.checks);
  a("security_only", options.security_only);
  a("disabled_rules", options.disabled_rules);
  a("only_rules", options.only_rules);
  a("language_globs", options.language_globs);
  a("severities", options.severities);
}

template <>
inline constexpr int kLastOf<Depth> = static_cast<int>(Depth::none);

template <class A>
void fields(A& a, Of<ComplexityChange> auto& change) {
  a("function", change.function);
  a("cyclomatic_before", change.cyclomatic_before);
  a("cyclomatic_after", change.cyclomatic_after);
  a("cognitive_before", change.cognitive_before);
  a("cognitive_after", change.cognitive_after);
}

template <class A>
void fields(A& a, Of<CodeWindow> auto& window) {
  a("hash", window.hash);
  a("at", window.at);
}

template <class A>
void fields(A& a, Of<FileReview> auto& review) {
  a("findings", review.findings);
  a("depth", review.depth);
  a("reason", review.reason);
  a("complete", review.complete);
  a("language", review.language);
  a("complexity", review.complexity);
  a("added_code", review.added_code);
}

class Packer {
 public:
  template <class T>
  void operator()(std::string_view /*key*/, const T& value) {
    put(value);
  }
  void path(std::string_view /*key*/, const auto& value) { put(value); }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void put(const std::string& value) {
    put(static_cast<std::uint64_t>(value.size()));
    bytes_ += value;
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put_each(values);
  }
  template <HasPlain T>
  void put(const T& value) {
    put(value.plain());
  }
  void put(const RuleIds& ids) { put_each(ids); }
  void put_each(const auto& values) {
    put(static_cast<std::uint64_t>(values.size()));
    for (const auto& value : values)
      put(value);
  }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  void put(std::chrono::milliseconds value) { put(static_cast<std::int64_t>(value.count())); }
  template <class T>
  void put(const T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    else
      fields(*this, value);
  }

  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  template <class T>
  void operator()(std::string_view /*key*/, T& value) {
    get(value);
  }
  void path(std::string_view /*key*/, auto& value) { get(value); }
  /// Everything fitted and nothing is left over.
  [[nodiscard]] bool complete() const { return good_ && rest_.empty(); }

 private:
  void get(std::string& value) {
    const auto size = length(1);
    value.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  template <class T>
  void get(std::vector<T>& values) {
    const auto count = length(1);
    values.clear();
    for (std::size_t i = 0; i < count && good_; ++i)
      get(values.emplace_back());
  }
  template <HasPlain T>
  void get(T& value) {
    typename T::Plain plain;
    get(plain);
    value = T(std::move(plain));
  }
  void get(RuleIds& ids) {
    std::vector<std::string> values;
    get(values);
    ids = {values.begin(), values.end()};
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool there = false;
    get(there);
    if (there) get(value.emplace());
  }
  void get(std::chrono::milliseconds& value) {
    std::int64_t count = 0;
    get(count);
    value = std::chrono::milliseconds(count);
  }
  void get(bool& value) {
    std::uint8_t byte = 0;
    get(byte);
    value = byte == 1;
  }
  template <class T>
  void get(T& value) {
    if constexpr (std::is_enum_v<T>) {
      std::underlying_type_t<T> number{};
      get(number);
      static_assert(kLastOf<T> >= 0, "say in report_fields.hpp which enumerator is the last");
      if (number < 0 || static_cast<int>(number) > kLastOf<T>) return spoil();
      value = static_cast<T>(number);
    } else if constexpr (std::is_arithmetic_v<T>) {
      if (rest_.size() < sizeof value) return spoil();
      std::memcpy(&value, rest_.data(), sizeof value);
      rest_.remove_prefix(sizeof value);
    } else {
      fields(*this, value);
    }
  }
  /// A count of things of at least `least` bytes each, which therefore cannot exceed what is left.
  std::size_t length(std::size_t least) {
    std::uint64_t count = 0;
    get(count);
    if (count > rest_.size() / least) {
      spoil();
      return 0;
    }
    return static_cast<std::size_t>(count);
  }
  void spoil() {
    good_ = false;
    rest_ = {};
  }

  std::string_view rest_;
  bool good_ = true;
};

template <class... T>
[[nodiscard]] std::string pack(const T&... values) {
  Packer packer;
  (packer({}, values), ...);
  return packer.take();
}

/// False when the bytes are not exactly such values.
template <class... T>
[[nodiscard]] bool unpack(std::string_view bytes, T&... values) {
  Unpacker unpacker(bytes);
  (unpacker({}, values), ...);
  return unpacker.complete();
}

/// A frame on a pipe: eight bytes of length, little-endian as the machine, then the bytes.
inline constexpr std::size_t kFrameHead = 8;
inline constexpr std::uint64_t kMostFrame = std::uint64_t{512} << 20U;

[[nodiscard]] inline std::string frame(const std::string& bytes) {
  const auto size = static_cast<std::uint64_t>(bytes.size());
  std::string out(reinterpret_cast<const char*>(&size), sizeof size);
  return out + bytes;
}

}  // namespace peer
