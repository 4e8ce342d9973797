// Follows pointers through the functions of one file of C or C++, on every way, and finds where
// memory is used that was given back, where a pointer may be null, and where a variable has no
// value yet. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"

namespace peer::pointers {

enum class Flaw : std::uint8_t { used, freed_again, not_freeable, null, unset };

struct Misuse {
  Flaw flaw = Flaw::used;
  Span at;
  std::string message;
  std::uint32_t freed_line = 0;  ///< where it was given back; 0: nowhere
  bool is_certain = true;        ///< false: on some of the ways that lead there
  bool is_guess = false;         ///< what tells it from code that is right stands elsewhere
  std::string_view by = {};      ///< the function of the file that may give the null pointer
  bool is_direct = false;        ///< its result is used where it is called
};

/// What a function does with what its parameters point to, whichever way is taken.
struct Effect {
  /// `parameter->a->b`: the members to go through.
  struct Freed {
    std::size_t parameter = 0;
    std::vector<std::string> members = {};
    bool stays = false;  ///< the member still holds it afterwards
  };
  std::vector<Freed> frees;
  std::set<std::string, std::less<>> assigns;  ///< members that get another value, by name
  std::set<std::size_t> reads;                 ///< parameters whose objects are looked at
  std::set<std::size_t> needs;    ///< parameters whose objects are looked at whatever happens, and
                                  ///< without asking whether they are null
  std::set<std::size_t> changes;  ///< parameters that are references: what is given there may have
                                  ///< another value afterwards
  bool may_give_null = false, gives_null = false;  ///< on some ways; on all of them
  std::set<std::size_t> null_without;  ///< parameters that are null or zero wherever it gives null:
                                       ///< `find(name, 1)` makes what is not there
  std::string gives_number;            ///< the same on all ways
  bool never_returns = false;
};

/// The functions of a file, and what they do; each is followed once.
class Functions {
 public:
  Functions(Node root, std::string_view text, bool is_cpp, std::stop_token stop = {});

  /// In order of the text.
  [[nodiscard]] std::vector<Misuse> misuses();
  /// A result of `name`, from the call at byte `call`, is used, without a look or behind one.
  /// Callers know what it gives: where most of them look, those who do not are wrong.
  void note_use(std::string_view name, std::uint32_t call, bool is_asked) {
    uses_[name].by_call[call] |= is_asked;
  }
  [[nodiscard]] bool is_macro(std::string_view name) const { return macros_.contains(name); }
  /// `const int kMost = 3;` outside of functions: its value; nothing for any other name.
  [[nodiscard]] std::string_view constant(std::string_view name) const;
  /// None for what the file does not define, defines more than once, or is about to follow.
  [[nodiscard]] const Effect* effect_of(std::string_view name);
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] bool is_cpp() const { return is_cpp_; }

 private:
  struct Followed {
    Node function;
    bool is_begun = false, is_done = false, is_ambiguous = false;
    Effect effect;
    std::vector<Misuse> misuses;
  };
  void follow(Followed& each);
  std::string_view text_;
  bool is_cpp_;
  std::stop_token stop_;
  int depth_ = 0;
  std::size_t work_ = 0;
  std::vector<std::unique_ptr<Followed>> all_;
  std::map<std::string_view, Followed*> by_name_;
  std::map<std::string_view, std::string_view> constants_;
  std::set<std::string_view> macros_;  // with parameters
  struct Uses {
    std::map<std::uint32_t, bool> by_call;  // whether somebody looks
  };
  [[nodiscard]] bool is_to_be_asked(const Misuse& misuse) const;
  std::map<std::string_view, Uses> uses_;
};

}  // namespace peer::pointers
