#include "analyzers/taint/bind.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace peer::taint {
namespace {

using Entries = std::vector<std::pair<std::string, Value>>;

/// The arguments of one call on their way to its parameters.
class Binding {
 public:
  Binding(const Signature& signature, const Names& names) : signature_(signature), names_(names) {}

  void by_position(const Value& value, std::optional<std::uint32_t> argument) {
    if (signature_.rest && next_ >= *signature_.rest)
      rest_.emplace_back(std::string(), value);
    else
      put(next_++, value, argument);
  }

  void by_name(const std::string& name, const Value& value, std::optional<std::uint32_t> argument) {
    const auto& known = signature_.names;
    const auto found = std::find_if(known.begin(), known.end(), [&](Symbol each) {
      return each != 0 && names_.text(each) == name;
    });
    const auto position = static_cast<std::size_t>(found - known.begin());
    if (found == known.end() || position == signature_.rest || position == signature_.keywords)
      named_.emplace_back(name, value);
    else
      put(position, value, argument);
  }

  /// `*list`, `**map`, `...list`
  void spread(const Value& value) {
    const bool is_wrapped = value.shape && value.shape->is_list && value.shape->entries.size() == 1;
    const Value inner = is_wrapped ? value.shape->entries.front().second : value;
    if (!inner.shape || !inner.shape->is_complete) {
      anywhere(element(inner, std::nullopt));
      return;
    }
    for (const auto& [key, entry] : inner.shape->entries)
      if (inner.shape->is_list)
        by_position(entry, std::nullopt);
      else
        by_name(key, entry, std::nullopt);
  }

  Bound take() {
    if (signature_.rest) put(*signature_.rest, collection(true, std::move(rest_), is_known_), {});
    if (named_.empty()) return std::move(made_);
    const bool has_place = signature_.keywords || next_ < signature_.names.size();
    if (has_place)  // of a function without such a parameter: `options`
      put(signature_.keywords.value_or(static_cast<std::uint32_t>(next_)),
          collection(false, std::move(named_), is_known_), {});
    return std::move(made_);
  }

 private:
  void put(std::size_t parameter, const Value& value, std::optional<std::uint32_t> argument) {
    constexpr std::size_t kMost = 1000;
    if (parameter >= kMost) return;
    if (parameter >= made_.values.size()) {
      made_.values.resize(parameter + 1, nothing());
      made_.arguments.resize(parameter + 1);
    }
    made_.values[parameter] = value;
    made_.arguments[parameter] = argument;
  }

  /// From here on nobody knows which it is.
  void anywhere(const Value& value) {
    is_known_ = false;
    for (std::size_t i = next_; i < signature_.names.size(); ++i)
      if (i >= made_.values.size() || !made_.values[i].exists) put(i, value, {});
    rest_.emplace_back(std::string(), value);
    if (signature_.keywords) named_.emplace_back(std::string(), value);
  }

  const Signature& signature_;
  const Names& names_;
  Bound made_;
  Entries rest_, named_;
  std::size_t next_ = 0;
  bool is_known_ = true;
};

}  // namespace

Bound bind_arguments(const CallSite& site, const Signature& signature,
                     const std::vector<Value>& arguments, const Names& names) {
  Binding binding(signature, names);
  Value block = nothing();
  for (std::uint32_t i = 0; i < arguments.size(); ++i) {
    if (site.block == i)
      block = arguments[i];
    else if (i < site.keywords.size() && site.keywords[i] != 0)
      binding.by_name(names.text(site.keywords[i]), arguments[i], i);
    else if (i < site.spreads.size() && site.spreads[i])
      binding.spread(arguments[i]);
    else
      binding.by_position(arguments[i], i);
  }
  Bound bound = binding.take();
  bound.block = std::move(block);
  return bound;
}

}  // namespace peer::taint
