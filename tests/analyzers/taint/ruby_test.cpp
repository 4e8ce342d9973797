#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

const Sample kSamples[] = {
    {"a source", "sink(source())", Expected::tainted},
    {"a literal", "sink('x')", Expected::constant},
    {"a parameter", "sink(p)", Expected::variable},
    {"an assignment", "a = source()\nb = a\nsink(b)", Expected::tainted},
    {"overwritten", "a = source()\na = 'x'\nsink(a)", Expected::constant},
    {"interpolated", "a = source()\nsink(\"x #{a}\")", Expected::tainted},
    {"interpolated constants", "a = 'y'\nsink(\"x #{a}\")", Expected::constant},
    {"added", "sink('x' + source())", Expected::tainted},
    {"added to", "a = 'x'\na += source()\nsink(a)", Expected::tainted},
    {"shifted into", "a = +'x'\na << source()\nsink(a)", Expected::tainted},
    {"an element of a list", "a = []\na << 'x'\na << source()\nsink(a)", Expected::tainted},
    {"formatted", "sink('x %s' % source())", Expected::tainted},
    {"format", "sink(format('%s', source()))", Expected::tainted},
    {"a heredoc", "a = source()\nb = <<~SQL\n  select #{a}\nSQL\nsink(b)", Expected::tainted},
    {"a heredoc without holes", "b = <<~SQL\n  select\nSQL\nsink(b)", Expected::constant},
    {"to_i", "sink(\"x #{source().to_i}\")", Expected::constant},
    {"Integer", "sink(Integer(source()))", Expected::constant},
    {"or a default", "a = source() || 'x'\nsink(a)", Expected::tainted},
    {"or assigned", "a = nil\na ||= source()\nsink(a)", Expected::tainted},
    {"a hash", "a = { k: source(), j: 'x' }\nsink(a[:j])", Expected::constant},
    {"a hash's other value", "a = { 'k' => source(), 'j' => 'x' }\nsink(a['k'])",
     Expected::tainted},
    {"a hash that is filled", "a = {}\na[:k] = source()\nsink(a[:k])", Expected::tainted},
    {"fetch", "a = { k: 'x', j: source() }\nsink(a.fetch(:k))", Expected::constant},
    {"several", "a, b = source(), 'x'\nsink(b)", Expected::constant},
    {"several, the other", "a, b = source(), 'x'\nsink(a)", Expected::tainted},
    {"if", "if p\n  a = source()\nelse\n  a = 'x'\nend\nsink(a)", Expected::tainted},
    {"the value of an if", "a = if p then source() else 'x' end\nsink(a)", Expected::tainted},
    {"the value of an if of constants", "a = if p then 'y' else 'x' end\nsink(a)",
     Expected::constant},
    {"a modifier", "a = 'x'\na = source() if p\nsink(a)", Expected::tainted},
    {"unless", "a = source()\nreturn unless %w[x y].include?(a)\nsink(a)", Expected::constant},
    {"an allow-list", "a = source()\nif ALLOWED.include?(a)\n  sink(a)\nend", Expected::constant},
    {"its else", "a = source()\nif ALLOWED.include?(a)\n  p\nelse\n  sink(a)\nend",
     Expected::tainted},
    {"a pattern", "a = source()\nraise 'x' unless a =~ /\\A[a-z]+\\z/\nsink(a)",
     Expected::constant},
    {"a pattern that asks", "a = source()\nreturn unless a.match?(/\\A[a-z]+\\z/)\nsink(a)",
     Expected::constant},
    {"case", "a = case p\n    when 'a' then source()\n    else 'x'\n    end\nsink(a)",
     Expected::tainted},
    {"case of constants",
     "a = case source()\n    when 'a' then 'y'\n    else 'x'\n    end\nsink(a)",
     Expected::constant},
    {"case on itself", "a = source()\ncase a\nwhen 'x', 'y'\n  sink(a)\nend", Expected::constant},
    {"each", "source().each do |a|\n  sink(a)\nend", Expected::tainted},
    {"map", "sink(source().map { |a| a.strip })", Expected::tainted},
    {"each over constants", "%w[x y].each { |a| sink(a) }", Expected::constant},
    {"for", "for a in source() do\n  sink(a)\nend", Expected::tainted},
    {"while", "a = 'x'\nwhile p\n  a += source()\nend\nsink(a)", Expected::tainted},
    {"begin", "begin\n  a = source()\nrescue E => e\n  a = 'x'\nensure\n  p\nend\nsink(a)",
     Expected::tainted},
    {"a block that writes", "a = 'x'\np.each { |x| a = source() }\nsink(a)", Expected::tainted},
    {"a lambda", "a = source()\ng = ->(x) { sink(a) }", Expected::tainted},
    {"an instance variable", "sink(@a)", Expected::tainted},
    {"a constant instance variable", "sink(@b)", Expected::constant},
    {"a constant", "sink(LIMIT)", Expected::constant},
    {"a constant of the class", "sink(Limit)", Expected::constant},
    {"a method", "sink(same(source()))", Expected::tainted},
    {"a method of self", "sink(self.same(source()))", Expected::tainted},
    {"a method that gives a constant", "sink(other(source()))", Expected::constant},
    {"a ternary", "sink(p ? source() : 'x')", Expected::tainted},
    {"a symbol", "sink(:x)", Expected::constant},
    {"a safe call", "sink(source()&.name)", Expected::tainted},
    {"a rescue modifier", "a = source() rescue 'x'\nsink(a)", Expected::tainted},
};

TEST(RubyTaint, JudgesEveryConstruct) {
  judge_all("ruby", "a.rb", kSamples,
            "class A\n  Limit = 'x'\n  def initialize\n    @a = source()\n    @b = 'x'\n  end\n  "
            "def same(x)\n    'a' + x\n  end\n  def other(x)\n    'a'\n  end\n  def f(p)\n",
            "\n  end\nend\n");
}

}  // namespace
}  // namespace peer::taint
