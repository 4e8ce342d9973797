#include "analyzers/import/json_stream.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace peer {
namespace {

/// Builds one wanted value within its limits.
class Builder {
 public:
  explicit Builder(const StreamLimits& limits) : limits_(limits) {}

  void begin() {
    root_ = Json();
    open_.clear();
    values_ = bytes_ = skipped_ = 0;
    cut_ = false;
  }
  /// True when the value is whole.
  bool scalar(Json value) {
    if (skipped_ > 0) return false;
    (void)place(std::move(value));
    return open_.empty();
  }
  bool text(std::string& value) {
    if (bytes_ + value.size() > limits_.max_bytes) {
      cut_ = true;
      return scalar(Json(""));
    }
    bytes_ += value.size();
    return scalar(Json(std::move(value)));
  }
  void open(bool object) {
    if (skipped_ > 0 || open_.size() >= limits_.max_depth) {
      cut_ = true;
      ++skipped_;
      return;
    }
    auto* placed = place(object ? Json::object() : Json::array());
    if (placed != nullptr)
      open_.push_back(placed);
    else
      ++skipped_;
  }
  bool close() {
    if (skipped_ > 0) {
      --skipped_;
      return open_.empty() && skipped_ == 0;
    }
    open_.pop_back();
    return open_.empty();
  }
  void key(std::string& name) {
    if (skipped_ == 0) key_ = std::move(name);
  }
  [[nodiscard]] const Json& value() const { return root_; }
  [[nodiscard]] bool cut() const { return cut_; }

 private:
  /// Where the value went; null when it was over the limits.
  Json* place(Json value) {
    if (++values_ > limits_.max_values) {
      cut_ = true;
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    if (parent.size() >= limits_.max_keys) {
      cut_ = true;
      return nullptr;
    }
    auto& slot = parent[key_];
    slot = std::move(value);
    return &slot;
  }

  const StreamLimits& limits_;
  Json root_;
  std::vector<Json*> open_;
  std::string key_;
  std::size_t values_ = 0, bytes_ = 0, skipped_ = 0;
  bool cut_ = false;
};

/// Follows the text, knows which patterns still fit, and turns the builder on where one is
/// complete.
class Streamer {
 public:
  Streamer(std::span<const std::string_view> wanted,
           const std::function<bool(const StreamedValue&)>& take, const StreamLimits& limits)
      : take_(take), builder_(limits) {
    for (const auto pattern : wanted)
      patterns_.push_back(split(pattern, '/'));
  }

  // what nlohmann's parser calls
  bool null() { return scalar(Json()); }
  bool boolean(bool value) { return scalar(Json(value)); }
  bool number_integer(std::int64_t value) { return scalar(Json(value)); }
  bool number_unsigned(std::uint64_t value) { return scalar(Json(value)); }
  bool number_float(double value, const std::string& /*text*/) { return scalar(Json(value)); }
  bool string(std::string& value) {
    if (building_) return builder_.text(value) ? give() : true;
    if (!arrive()) return true;
    builder_.begin();
    return builder_.text(value) ? give() : true;
  }
  static bool binary(Json::binary_t& /*value*/) { return true; }
  bool start_object(std::size_t /*size*/) { return open(true); }
  bool end_object() { return close(); }
  bool start_array(std::size_t /*size*/) { return open(false); }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    if (building_)
      builder_.key(name);
    else if (dead_ == 0)
      levels_.back().alive = alive_below(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) {
    error_at_ = position;
    return false;
  }
  [[nodiscard]] std::optional<std::size_t> error_at() const { return error_at_; }

 private:
  struct Level {
    std::uint32_t fitting;  ///< patterns that fit so far
    std::uint32_t alive;    ///< of these, those that the next value stands at or above
    bool array;
    std::size_t next = 0;
  };

  /// Patterns of the innermost level that go on with `step`.
  [[nodiscard]] std::uint32_t alive_below(std::string_view step) const {
    const auto depth = levels_.size() - 1;
    std::uint32_t alive = 0;
    for (std::size_t i = 0; i < patterns_.size(); ++i)
      if ((levels_.back().fitting >> i & 1U) != 0 && depth < patterns_[i].size() &&
          patterns_[i][depth] == step)
        alive |= std::uint32_t{1} << i;
    return alive;
  }

  /// A value begins. True when it is wanted; then it is being built.
  bool arrive() {
    if (dead_ > 0) return false;
    std::uint32_t alive = patterns_.empty() ? 0 : ~std::uint32_t{0};
    if (!levels_.empty()) {
      auto& level = levels_.back();
      if (level.array) {
        level.alive = alive_below("*");
        ++level.next;
      }
      alive = level.alive;
    }
    arrived_ = alive;
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      if ((alive >> i & 1U) == 0 || patterns_[i].size() != levels_.size()) continue;
      wanted_ = i;
      building_ = true;
      return true;
    }
    return false;
  }

  bool scalar(Json value) {
    if (!building_) {
      if (!arrive()) return true;
      builder_.begin();
    }
    return builder_.scalar(std::move(value)) ? give() : true;
  }

  bool open(bool object) {
    if (building_) {
      builder_.open(object);
      return true;
    }
    if (dead_ > 0) {
      ++dead_;
      return true;
    }
    if (arrive()) {
      builder_.begin();
      builder_.open(object);
    } else if (arrived_ == 0) {
      dead_ = 1;
    } else {
      levels_.push_back({arrived_, 0, !object});
    }
    return true;
  }

  bool close() {
    if (building_) return builder_.close() ? give() : true;
    if (dead_ > 0)
      --dead_;
    else
      levels_.pop_back();
    return true;
  }

  bool give() {
    building_ = false;
    std::vector<std::size_t> indices;
    for (const auto& level : levels_)
      if (level.array) indices.push_back(level.next - 1);
    return take_({wanted_, indices, builder_.value(), builder_.cut()});
  }

  const std::function<bool(const StreamedValue&)>& take_;
  Builder builder_;
  std::vector<std::vector<std::string_view>> patterns_;
  std::vector<Level> levels_;
  std::size_t dead_ = 0;  ///< brackets open in what no pattern fits
  std::uint32_t arrived_ = 0;
  std::size_t wanted_ = 0;
  bool building_ = false;
  std::optional<std::size_t> error_at_;
};

}  // namespace

Result<void> stream_json(std::string_view text, std::span<const std::string_view> wanted,
                         const std::function<bool(const StreamedValue&)>& take,
                         const StreamLimits& limits) {
  Streamer streamer(wanted, take, limits);
  (void)Json::sax_parse(text.begin(), text.end(), &streamer);
  if (const auto at = streamer.error_at())
    return fail(ErrorKind::invalid_input, fmt::format("no JSON any more at byte {}", *at));
  return {};
}

const Json& member(const Json& object, std::string_view key) {
  static const Json kNull;
  if (!object.is_object()) return kNull;
  const auto it = object.find(key);
  return it == object.end() ? kNull : *it;
}

std::string string_in(const Json& object, std::string_view key) {
  const auto& value = member(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<std::uint64_t> number_in(const Json& object, std::string_view key) {
  constexpr double kMost = 9007199254740992.0;  // whole numbers up to here are exact in a double
  const auto& value = member(object, key);
  if (!value.is_number()) return std::nullopt;
  const auto number = value.get<double>();
  if (!(number >= 0) || number > kMost || number != std::floor(number)) return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

std::uint32_t position_in(const Json& object, std::string_view key) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 31U;
  return static_cast<std::uint32_t>(std::min(number_in(object, key).value_or(0), kMost));
}

}  // namespace peer
