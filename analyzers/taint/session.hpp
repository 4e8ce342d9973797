// What the analysis of one file keeps between functions: how values came about, which sanitizers
// they passed, what functions return, and how much work is left. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analyzers/span.hpp"
#include "analyzers/taint/marks.hpp"
#include "analyzers/taint/names.hpp"
#include "analyzers/taint/program.hpp"
#include "analyzers/taint/value.hpp"

namespace peer::taint {

/// One step of a value's way; the first has no `before`.
struct TraceStep {
  enum class Kind : std::uint8_t { source, stored, returned, given };
  Kind kind = Kind::source;
  Span at;
  Symbol name = 0;
  std::uint32_t before = 0;
};

/// Steps by number; 0 is none.
class Traces {
 public:
  [[nodiscard]] std::uint32_t add(TraceStep step) {
    if (steps_.size() >= kMax) return step.before;
    steps_.push_back(step);
    return static_cast<std::uint32_t>(steps_.size() - 1);
  }
  [[nodiscard]] const TraceStep& operator[](std::uint32_t number) const { return steps_[number]; }

 private:
  static constexpr std::size_t kMax = 2'000'000;
  std::vector<TraceStep> steps_{{}};
};

/// Sets of sanitizers by number; 0 is the empty one.
class CleanedSets {
 public:
  [[nodiscard]] std::uint32_t with(std::uint32_t set, Sanitizer sanitizer);
  [[nodiscard]] std::uint32_t merged(std::uint32_t a, std::uint32_t b);
  [[nodiscard]] const std::vector<Sanitizer>& operator[](std::uint32_t set) const {
    return sets_[set];
  }

 private:
  [[nodiscard]] std::uint32_t number_of(std::vector<Sanitizer> set);

  std::vector<std::vector<Sanitizer>> sets_{{}};
  std::map<std::vector<Sanitizer>, std::uint32_t> numbers_{{{}, 0}};
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> merged_;
};

/// What a function's parameters bring to a watched node in it: facts of kFirstParameter and above
/// alone.
struct Brought {
  std::uint32_t watch = 0;
  std::vector<Fact> facts;
};

/// What calls of a constructor bring from outside to its parameter at `position`, or to that called
/// `name`.
struct Constructed {
  std::uint32_t position = 0;
  Symbol name = 0;  ///< 0: by position
  std::vector<Fact> facts;
};

/// What running a function leaves in an object that it was given.
struct Effect {
  std::optional<std::uint32_t> parameter;  ///< none: in the object whose method it is
  std::string member;                      ///< "": somewhere in it
  /// That it had not before: from outside, or of the function's parameters.
  std::vector<Fact> facts;
};

/// A function that is given another one as `called`, or as a member of such, calls that with
/// `arguments`, which speak of its own parameters.
struct Applied {
  Source called = kAnything;
  std::vector<Value> arguments;
};

/// What members of the objects of one class hold from outside, all objects taken together.
using ObjectState = std::map<std::string, std::vector<Fact>, std::less<>>;

struct Session {
  Names names;
  Traces traces;
  CleanedSets cleaned;
  std::vector<std::optional<Value>> summaries;  ///< by function of the file: what it returns
  std::vector<std::vector<Brought>> brought;    ///< by function of the file
  /// By class of the file: what comes from outside to a parameter of its constructors.
  std::map<std::uint32_t, std::vector<Constructed>> constructed;
  std::vector<std::vector<bool>> judged;      ///< likewise: Program::judged
  std::vector<std::vector<Effect>> effects;   ///< likewise
  std::vector<std::vector<Applied>> applied;  ///< likewise
  std::vector<Value> thrown;                  ///< likewise: what leaves it as an exception
  std::vector<bool> is_getter;                ///< likewise
  std::vector<Signature> signatures;          ///< likewise, of those that have a summary
  std::vector<bool> gives_object;  ///< likewise: it returns the object whose method it is
  /// Likewise: the name of the class whose method it is; "" of none.
  std::vector<std::string> classes;
  /// By class of the file: an object that was just made, of the parameters of its constructors.
  struct Made {
    Value object;
    std::vector<Symbol> parameters;  ///< names, by position
  };
  std::map<std::uint32_t, Made> made;
  /// Functions, by class_number() and name.
  std::map<std::pair<std::uint32_t, Symbol>, std::uint32_t> methods;
  /// A member of `holder`: of a parameter, of a member of one, or, where that is kAnything, of the
  /// object whose method the function is.
  struct Member {
    Source holder = kAnything;
    std::string name;
    int depth = 1;  ///< how many names lead to it
  };
  std::vector<Member> members;  ///< numbered from kFirstMember
  std::map<std::pair<Source, std::string>, Source> member_numbers;
  std::vector<std::string> owner_names;                    ///< by class of the file
  std::map<std::string, ObjectState, std::less<>> states;  ///< by class
  /// What a function of the file returns where it is given these constants, or null: as its
  /// summary, which is of any values.
  std::function<const Value*(std::uint32_t function, const std::vector<Value>& arguments)>
      summary_for;
  /// Classes of which more is known than when their methods ran.
  std::set<std::string, std::less<>> changed;
  std::uint64_t steps = 0;  ///< done so far

  /// What `constructed` knows of that parameter of class `owner`; made where nothing is known yet.
  Constructed& constructed_with(std::uint32_t owner, std::uint32_t position, Symbol name);
  /// The same for the same name, and not 0.
  [[nodiscard]] std::uint32_t class_number(const std::string& name) { return names(name) + 1; }
  /// kAnything where there are too many, or too many names lead to it.
  Source member_number(Source holder, const std::string& name);
  /// Notes that `member` of some object of `class_name` holds those of `facts` that are from
  /// outside.
  void keep_state(const std::string& class_name, const std::string& member,
                  const std::vector<Fact>& facts);
};

}  // namespace peer::taint
