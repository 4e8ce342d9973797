#include "analyzers/rules/match/program_packed.hpp"

#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/packed.hpp"

namespace peer::rules {
namespace {

class Writer {
 public:
  template <class Number>
  void number(Number number) {
    // kNone is frequent: 0 is the shortest
    packed_.number(static_cast<std::uint32_t>(number) + 1U);
  }
  void word(std::uint64_t word) { packed_.number(word); }
  void text(const std::string& text) { packed_.text(text); }
  template <class Element, class Each>
  void list(const std::vector<Element>& elements, Each&& each) {
    packed_.number(elements.size());
    for (const auto& element : elements)
      each(element);
  }
  void regex(const std::unique_ptr<TextPattern>& regex) { packed_.text(regex->source()); }
  void kinds(const KindSet& set) {
    number(set.kind_count());
    for (const auto bits : set.bits())
      word(bits);
  }
  [[nodiscard]] std::string bytes() const { return packed_.bytes(); }

 private:
  PackedWriter packed_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : packed_(bytes) {}
  template <class Number>
  void number(Number& number) {
    number = static_cast<Number>(static_cast<std::uint32_t>(packed_.number() - 1U));
  }
  void text(std::string& text) { text = packed_.text(); }
  template <class Element, class Each>
  void list(std::vector<Element>& elements, Each&& each) {
    elements.clear();
    const auto count = packed_.count();
    elements.reserve(count);
    for (std::size_t i = 0; i < count && packed_.good(); ++i)
      each(elements.emplace_back(blank<Element>()));
  }
  void regex(std::unique_ptr<TextPattern>& regex) { regex = TextPattern::checked(packed_.text()); }
  void kinds(KindSet& set) {
    std::uint32_t kind_count = 0;
    number(kind_count);
    if (kind_count > 0xFFFF) return;
    std::vector<std::uint64_t> bits(KindSet(kind_count).bits().size());
    for (auto& word : bits)
      word = packed_.number();
    set = KindSet(kind_count, std::move(bits));
  }
  [[nodiscard]] bool is_done() const { return packed_.good() && packed_.at_end(); }

 private:
  template <class Element>
  static Element blank() {
    if constexpr (std::is_same_v<Element, KindSet>)
      return KindSet(0);
    else
      return Element();
  }

  PackedReader packed_;
};

// What both do, with the same fields in the same order.

template <class Packed, class... Numbers>
void numbers(Packed& packed, Numbers&&... each) {
  (packed.number(each), ...);
}

template <class Packed, class Core>
void core(Packed& packed, Core& core) {
  packed.number(core.op);
  packed.list(core.constraints, [&](auto& each) { numbers(packed, each.slot, each.op); });
}

template <class Packed, class Program>
void pass(Packed& packed, Program& program) {
  const auto text = [&](auto& each) { packed.text(each); };
  core(packed, program.core);
  numbers(packed, program.sibling_stop_by, program.sibling_stop, program.skips_comments,
          program.name_kinds);
  packed.list(program.ops, [&](auto& op) {
    numbers(packed, op.form, op.stop_by, op.binds, op.field, op.value, op.child, op.stop, op.first,
            op.count, op.kinds);
  });
  packed.list(program.operands, [&](auto& operand) { packed.number(operand); });
  packed.list(program.pattern_nodes, [&](auto& node) {
    numbers(packed, node.form, node.is_named, node.kind, node.slot, node.text, node.text_size,
            node.end);
  });
  packed.list(program.patterns, [&](auto& pattern) {
    numbers(packed, pattern.root, pattern.strictness, pattern.has_root_kind, pattern.root_kind);
  });
  packed.list(program.regexes, [&](auto& regex) { packed.regex(regex); });
  packed.list(program.positions, [&](auto& position) {
    numbers(packed, position.step, position.offset, position.reverse);
  });
  packed.list(program.ranges, [&](auto& range) {
    numbers(packed, range.start.line, range.start.column, range.end.line, range.end.column);
  });
  packed.list(program.kind_sets, [&](auto& kinds) { packed.kinds(kinds); });
  packed.list(program.utils, [&](auto& util) { core(packed, util); });
  packed.text(program.texts);
  packed.list(program.singles, text);
  packed.list(program.lists, text);
  packed.list(program.variables, text);
}

}  // namespace

std::string pack_program(const Program& program) {
  Writer writer;
  pass(writer, program);
  return writer.bytes();
}

std::shared_ptr<const Program> unpack_program(const Language& language, std::string_view bytes) {
  auto program = std::make_shared<Program>(&language);
  Reader reader(bytes);
  pass(reader, *program);
  return reader.is_done() ? program : nullptr;
}

}  // namespace peer::rules
