// A text that its copies share: made once, read from anywhere, never changed. What thousands of
// findings say alike (their rule, its reasons, their path) is held once.
#pragma once

#include <compare>
#include <concepts>
#include <fmt/format.h>
#include <memory>
#include <mutex>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace peer {

/// Reads as a `const std::string`; is changed only by being given another. Copies share the text
/// and may be read from many threads; empty ones hold nothing.
class SharedText {
 public:
  SharedText() = default;
  // It stands where a std::string stood, so it comes of texts and gives itself as one without being
  // asked.
  // NOLINTBEGIN(google-explicit-constructor)
  SharedText(std::string text)
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  template <class T>
    requires(std::convertible_to<const T&, std::string_view> && !std::same_as<T, std::string> &&
             !std::same_as<T, SharedText>)
  SharedText(const T& text) : SharedText(std::string(std::string_view(text))) {}

  [[nodiscard]] const std::string& str() const noexcept {
    static const std::string kEmpty;
    return text_ ? *text_ : kEmpty;
  }
  operator const std::string&() const noexcept { return str(); }
  operator std::string_view() const noexcept { return str(); }
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool empty() const noexcept { return text_ == nullptr; }
  [[nodiscard]] std::size_t size() const noexcept { return str().size(); }
  [[nodiscard]] bool starts_with(std::string_view head) const noexcept {
    return str().starts_with(head);
  }
  [[nodiscard]] bool ends_with(std::string_view tail) const noexcept {
    return str().ends_with(tail);
  }
  using Plain = std::string;
  [[nodiscard]] const Plain& plain() const noexcept { return str(); }
  /// Whether both hold the very same bytes in memory.
  [[nodiscard]] bool shares_with(const SharedText& other) const noexcept {
    return text_ == other.text_;
  }

  friend bool operator==(const SharedText& a, const SharedText& b) noexcept {
    return a.text_ == b.text_ || a.str() == b.str();
  }
  friend std::strong_ordering operator<=>(const SharedText& a, const SharedText& b) noexcept {
    return a.str() <=> b.str();
  }
  template <class T>
    requires(std::convertible_to<const T&, std::string_view> && !std::same_as<T, SharedText>)
  friend bool operator==(const SharedText& a, const T& b) {
    return std::string_view(a.str()) == std::string_view(b);
  }
  friend std::string operator+(const SharedText& a, std::string_view b) {
    return std::string(a.str()).append(b);
  }
  friend std::string operator+(std::string_view a, const SharedText& b) {
    return std::string(a).append(b.str());
  }
  friend std::ostream& operator<<(std::ostream& out, const SharedText& text) {
    return out << text.str();
  }

 private:
  std::shared_ptr<const std::string> text_;
};

/// Gives equal texts one home. Safe to call from many threads.
class TextPool {
 public:
  /// Makes `text` share with the first that said the same here.
  void share(SharedText& text) {
    if (text.empty()) return;
    const std::scoped_lock lock(mutex_);
    text = *texts_.insert(text).first;
  }

 private:
  std::mutex mutex_;
  std::set<SharedText> texts_;
};

}  // namespace peer

template <>
struct fmt::formatter<peer::SharedText> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const peer::SharedText& text, Context& context) const {
    return fmt::formatter<std::string_view>::format(text.str(), context);
  }
};
