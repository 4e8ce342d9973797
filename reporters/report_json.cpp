#include "reporters/report_json.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <limits>
#include <optional>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/report_fields.hpp"

namespace peer {
namespace {

constexpr JsonLimits kLimits{std::size_t{128} << 20U, 32};

/// A place in the document; the pointer is only spelled out when something is wrong there.
struct Place {
  const Place* parent = nullptr;
  std::string_view key;
  std::size_t index = 0;
  bool is_index = false;

  [[nodiscard]] std::string pointer() const {
    std::vector<std::string> steps;
    for (const auto* at = this; at->parent != nullptr; at = at->parent)
      steps.push_back(at->is_index ? std::to_string(at->index) : std::string(at->key));
    std::string out;
    std::reverse(steps.begin(), steps.end());
    for (const auto& step : steps)
      out += "/" + step;
    return out.empty() ? "the report" : out;
  }
};

/// Git paths lead nowhere outside the repository.
bool stays_inside(std::string_view path) {
  if (path.starts_with('/') || path.find('\0') != std::string_view::npos) return false;
  const auto parts = split(path, '/');
  return std::find(parts.begin(), parts.end(), "..") == parts.end();
}

/// Reads the members of one object. Keeps the first error; after it nothing more is read.
class FieldReader {
 public:
  FieldReader(const Json& object, const Place& place, std::optional<Error>& error)
      : object_(object), place_(place), error_(error) {}

  template <class T>
  void operator()(std::string_view key, T& value) {
    const Place place{&place_, key};
    const auto* json = member(key);
    if (json == nullptr) return wrong(place, "missing");
    get(*json, place, value);
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::vector<std::string>>)
      get_bytes(key, value);
  }

  template <class T>
  void operator()(std::string_view key, std::optional<T>& value) {
    value.reset();
    if (member(key) != nullptr) (*this)(key, value.emplace());
  }

  template <HasPlain T>
  void operator()(std::string_view key, T& value) {
    typename T::Plain plain;
    (*this)(key, plain);
    value = T(std::move(plain));
  }

  void path(std::string_view key, SharedText& value) {
    std::string plain;
    path(key, plain);
    value = std::move(plain);
  }

  void path(std::string_view key, std::string& value) {
    (*this)(key, value);
    if (!stays_inside(value)) wrong({&place_, key}, "not a path inside the repository");
  }

 private:
  const Json* member(std::string_view key) const {
    if (error_) return nullptr;
    const auto it = object_.find(std::string(key));
    return it == object_.end() ? nullptr : &*it;
  }

  void wrong(const Place& place, std::string_view what) {
    if (!error_)
      error_ = Error{ErrorKind::invalid_input, fmt::format("{}: {}", place.pointer(), what), {}};
  }

  void get(const Json& json, const Place& place, std::string& value) {
    if (!json.is_string()) return wrong(place, "not a string");
    value = json.get_ref<const std::string&>();
  }

  void get(const Json& json, const Place& place, bool& value) {
    if (!json.is_boolean()) return wrong(place, "not true or false");
    value = json.get<bool>();
  }

  void get(const Json& json, const Place& place, double& value) {
    if (!json.is_number()) return wrong(place, "not a number");
    value = json.get<double>();
  }

  void get(const Json& json, const Place& place, std::uint64_t& value) {
    if (!json.is_number_unsigned()) return wrong(place, "not a whole number from 0");
    value = json.get<std::uint64_t>();
  }

  void get(const Json& json, const Place& place, std::uint32_t& value) {
    std::uint64_t wide = 0;
    get(json, place, wide);
    if (wide > std::numeric_limits<std::uint32_t>::max()) return wrong(place, "too large");
    value = static_cast<std::uint32_t>(wide);
  }

  void get(const Json& json, const Place& place, int& value) {
    std::uint64_t wide = 0;
    get(json, place, wide);
    if (wide > static_cast<std::uint64_t>(std::numeric_limits<int>::max()))
      return wrong(place, "too large");
    value = static_cast<int>(wide);
  }

  template <class T>
  void get(const Json& json, const Place& place, std::vector<T>& values) {
    if (!json.is_array()) return wrong(place, "not an array");
    values.clear();
    values.reserve(json.size());
    for (std::size_t i = 0; i < json.size() && !error_; ++i)
      get(json[i], Place{&place, {}, i, true}, values.emplace_back());
  }

  template <class T>
  void get(const Json& json, const Place& place, T& value) {
    if constexpr (std::is_enum_v<T>) {
      get_word(json, place, value);
    } else {
      if (!json.is_object()) return wrong(place, "not an object");
      FieldReader reader(json, place, error_);
      fields(reader, value);
      if constexpr (std::is_same_v<T, Span>)
        if (value.begin > value.end) wrong(place, "ends before it begins");
    }
  }

  template <class E>
  void get_word(const Json& json, const Place& place, E& value) {
    static_assert(kLastOf<E> >= 0, "give kLastOf this enumeration");
    std::string word, known;
    get(json, place, word);
    for (int i = 0; i <= kLastOf<E>; ++i) {
      const auto candidate = static_cast<E>(i);
      if (to_string(candidate) == word) {
        value = candidate;
        return;
      }
      known += fmt::format("{}{}", i == 0 ? "" : ", ", to_string(candidate));
    }
    wrong(place, fmt::format("not one of {}", known));
  }

  /// Takes the bytes of a text that is not UTF-8; the shown text must be made from the same bytes.
  void get_one(const Json& json, const Place& place, std::string& value) {
    std::string coded;
    get(json, place, coded);
    auto bytes = base64_decode(coded);
    if (!bytes) return wrong(place, "not Base64");
    if (valid_utf8(*bytes) != value) return wrong(place, "other bytes than those of the text");
    value = std::move(*bytes);
  }

  void get_bytes(std::string_view key, std::string& value) {
    const auto name = fmt::format("{}_bytes", key);
    if (const auto* json = member(name)) get_one(*json, {&place_, name}, value);
  }

  void get_bytes(std::string_view key, std::vector<std::string>& values) {
    const auto name = fmt::format("{}_bytes", key);
    const Place place{&place_, name};
    const auto* json = member(name);
    if (json == nullptr) return;
    if (!json->is_object()) return wrong(place, "not an object");
    for (const auto& entry : json->items()) {
      const auto& at = entry.key();
      std::size_t index = values.size();
      const auto parsed = std::from_chars(at.data(), at.data() + at.size(), index);
      if (parsed.ptr != at.data() + at.size() || index >= values.size())
        return wrong(place, "names no entry of the list");
      get_one(entry.value(), {&place, at}, values[index]);
    }
  }

  const Json& object_;
  const Place& place_;
  std::optional<Error>& error_;
};

}  // namespace

Result<Report> read_report(std::string_view json) {
  const auto document = parse_json(json, kLimits);
  if (!document) return fail(document.error());
  if (!document->is_object())
    return fail(ErrorKind::invalid_input, "not a report: not a JSON object");
  const Place root;
  std::optional<Error> error;
  FieldReader reader(*document, root, error);
  std::uint32_t version = 0;
  reader("version", version);
  if (!error && version != kReportVersion)
    return fail(ErrorKind::invalid_input,
                fmt::format("/version: {} is not the version this Peer reads ({})", version,
                            kReportVersion));
  Report report;
  fields(reader, report);
  if (error) return fail(std::move(*error));
  return report;
}

}  // namespace peer
