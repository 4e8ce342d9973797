// What follow.hpp promises, in three parts: statements.cpp, expressions.cpp, accesses.cpp.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/checks/known_size/follow.hpp"
#include "analyzers/checks/known_size/state.hpp"

namespace peer::known_size {

struct Access;
struct Conversion;

class Follower {
 public:
  Follower(std::string_view text, const Declared& declared, bool is_cpp)
      : text_(text), declared_(declared), is_cpp_(is_cpp) {}
  [[nodiscard]] std::vector<Overrun> run(Node function);

 private:
  using Number = std::optional<std::int64_t>;
  using Range = Held::Range;

  // statements.cpp
  void statement(Node node, int depth);
  void block(Node node, int depth);
  void declaration(Node node);
  void declare(Node type, Node declarator, Node value);
  void choice(Node node, int depth);
  void arms(const std::vector<Node>& first, const std::vector<Node>& second, int depth);
  void for_loop(Node node, int depth);
  void loop(Node node, int depth);
  void selection(Node node, int depth);
  void attempt(Node node, int depth);
  void statements(const std::vector<Node>& nodes, int depth);
  struct Counter {
    std::string_view name;
    Range range;
    std::int64_t after = 0;
    bool runs = true;
    std::string_view last_name = {};  ///< see Held; nothing else is known then
  };
  [[nodiscard]] std::optional<Counter> counter_of(Node loop);
  [[nodiscard]] static std::optional<Counter> counted(Counter counter, std::string_view sign,
                                                      std::int64_t limit, std::int64_t step);
  void start_counting(const Counter& counter);
  /// What was hidden by a declaration at the head of a loop comes back.
  struct Hidden {
    std::string_view name;
    std::optional<Variable> outer;
  };
  [[nodiscard]] std::optional<Hidden> loop_start(Node start);
  void uncover(Hidden hidden);
  [[nodiscard]] std::optional<std::int64_t> step_of(Node update, std::string_view name);
  [[nodiscard]] bool changes(Node node, std::string_view name) const;
  void forget_changed(Node node);
  /// Counters of loops that `condition` speaks of, and what they hold; nothing is known of them
  /// then.
  [[nodiscard]] std::vector<std::pair<std::string_view, Held>> blur(Node condition);

  // expressions.cpp
  void expression(Node node);
  void evaluated(Node node);
  void assignment(Node node);
  void element_assigned(Node target, Node value);
  void update(Node node);
  [[nodiscard]] Held held_by(Node node, int depth = 0);
  [[nodiscard]] Held held_by_name(std::string_view name);
  [[nodiscard]] Held place_of_literal(Node node);
  [[nodiscard]] Held place_of_member(Node node);
  [[nodiscard]] Held place_of_element(Node address, int depth);
  [[nodiscard]] Held place_of_sum(Node node, int depth);
  [[nodiscard]] Held made_by_call(Node node);
  [[nodiscard]] Held made_by_new(Node node);
  [[nodiscard]] static Held moved(Held from, Number elements, Number element);
  [[nodiscard]] Number element_of(Node node);
  [[nodiscard]] const Shape* shape_of_member(Node node) const;
  /// With counters as they are on the first or on the last turn.
  enum class Turn { first, last };
  [[nodiscard]] Number value_of(std::string_view expression, Turn turn);
  /// The same on every turn.
  [[nodiscard]] Number value_of(Node node);
  [[nodiscard]] Number size_of(std::string_view operand);
  [[nodiscard]] Variable* known(std::string_view name);
  [[nodiscard]] Memory add_memory(std::int64_t bytes, Text text = {});
  [[nodiscard]] std::string_view text(Node node) const { return node.text(text_); }

  // accesses.cpp
  void call(Node node);
  struct Call {
    std::string_view name;  ///< the last part
    std::vector<Node> arguments;
    Node node;
    /// The null node where there is none.
    [[nodiscard]] Node argument(int number) const {
      return number >= 0 && static_cast<std::size_t>(number) < arguments.size()
                 ? arguments[static_cast<std::size_t>(number)]
                 : Node();
    }
  };
  void known_accesses(const Call& made);
  void known_access(const Access& access, const Call& made);
  void text_functions(const Call& made);
  void copied(const Call& made);
  void appended(const Call& made);
  void appended_part(const Call& made);
  void filled(const Call& made);
  void formatted(const Call& made);
  void scanned(const Call& made);
  void only_read(const Call& made);
  struct TextCall {
    std::string_view name;
    Node to, from;
    std::int64_t unit;
    Node at;
  };
  [[nodiscard]] static TextCall text_call(const Call& made);
  [[nodiscard]] std::int64_t least_letters(const Conversion& conversion, Node argument);
  void handed_over(const std::vector<Node>& arguments);
  void handed_over_name(std::string_view name, bool is_whole);
  void index(Node node);
  void dereference(Node node);
  void index_of_array(Node node, Node base, Node index, std::int64_t count, bool is_address);
  void index_of_pointer(Node node, Node base, Node index, const Variable& variable);
  void index_by_name(Node node, Node index, const Shape& shape, bool is_address);
  /// Bytes from the place on; the most of all places that it may be.
  [[nodiscard]] Number room(const Held& held) const;
  [[nodiscard]] Number length_of(Node node);
  [[nodiscard]] Text* text_at(const Held& held);
  void report(Node at, std::string message, bool is_certain = true);

  std::string_view text_;
  const Declared& declared_;
  bool is_cpp_;
  State state_;
  std::vector<std::int64_t> sizes_;  // by Memory
  std::set<std::uint32_t> reported_;
  std::vector<Overrun> found_;
  std::size_t work_ = 0;
};

}  // namespace peer::known_size
