// Text with meta variables in it, as `fix` and `message` have it. A multi-line value keeps its
// layout: it is moved from where it stood to where its variable stands in the template. Immutable
// once parsed; thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peer::rules {

/// A meta variable that a template names.
struct TemplateVariable {
  enum class Kind {
    single,       ///< `$A`
    multiple,     ///< `$$$A`
    transformed,  ///< `$A` where a transform makes A
  };
  Kind kind = Kind::single;
  std::string name;
  std::size_t indent = 0;  ///< of the line of the template on which it stands
};

/// What a variable stands for.
struct TemplateValue {
  std::string_view text;
  std::size_t indent = 0;  ///< of the line on which it stood
};

class Template {
 public:
  using Lookup = std::function<std::optional<TemplateValue>(const TemplateVariable&)>;

  /// `transformed`: names that transforms make. A `$` without a name after it is text.
  [[nodiscard]] static Template parse(std::string_view text,
                                      std::span<const std::string> transformed);

  [[nodiscard]] const std::vector<TemplateVariable>& variables() const { return variables_; }
  /// The text with each variable replaced by its value; by nothing where it has none. Ends early
  /// once it is longer than `most`: what is that long is not to be used.
  [[nodiscard]] std::string fill(const Lookup& value, std::size_t most = kMostFilled) const;

  static constexpr std::size_t kMostFilled = std::size_t{8} << 20U;

 private:
  std::vector<std::string> texts_{{}};  // around the variables: one more than there are of them
  std::vector<TemplateVariable> variables_;
};

/// True for the characters of a meta variable's name: A-Z, 0-9 and `_`.
[[nodiscard]] bool is_variable_character(char c);

/// The variable that all of `text` is, as transforms name their source: `$A`, `$$A`, `$$$A`.
/// nullopt where it is none, or one that binds nothing (`$_A`).
[[nodiscard]] std::optional<TemplateVariable> parse_variable(std::string_view text);

}  // namespace peer::rules
