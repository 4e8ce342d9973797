// What is looked for below nodes and among siblings is found alike in a short file, where each
// search walks, and in a long one, where searches go through lists of the nodes that it may be.
#include <gmock/gmock.h>

#include "analyzers/rules/match/program.hpp"
#include "tests/analyzers/rules/rule_fixture.hpp"

namespace peer::rules {
namespace {

constexpr int kTimes = 150;

struct Search {
  const char* what;
  const char* language;
  const char* path;
  const char* rule;  ///< whose matches in a block do not depend on other blocks
  const char* block;
  std::size_t matches;  ///< in one block
};

// more than the text below which a search always walks
constexpr const char* kFunctionInC = R"(
void f(struct node *p, struct node *q, int n) {
  int i = 0;
  log("begin"); log("begin"); log("begin"); log("begin"); log("begin"); log("begin"); log("begin"); log("begin");
  use(p->name);
  if (n > 1) {
    free(p);
    i = p->size;
    q->next = p->next;
  }
  free(q);
  (free)(i);
  log(q->name);
  log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end");
}
)";

constexpr const char* kCallsInC = R"(
static int walk(struct node *p, int n) {
  log("begin"); log("begin"); log("begin"); log("begin"); log("begin"); log("begin"); log("begin"); log("begin");
  return n > 0 ? walk(p, (n)) : other(n);
  log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end");
}
static int plain(int n) { return call(walk(n), plain_as_well(n)); }
)";

constexpr const char* kFunctionInJavaScript = R"(
function f(a, b) {
  log(1); log(2); log(3); log(4); log(5); log(6); log(7); log(8);
  const x = make("md5", a), y = make(OTHER, b), z = make("md5", a);
  (needle);
  if (a) { needle }
  log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end"); log("end");
  return [x, y, z];
}
function g() {
  log(1); log("only calls"); log("only calls"); log("only calls"); log("only calls"); log("only calls");
  log(1); log("only calls"); log("only calls"); log("only calls"); log("only calls"); log("only calls");
  log(1); log("only calls"); log("only calls"); log("only calls"); log("only calls"); log("only calls");
}
)";

constexpr Search kSearches[] = {
    {"a statement before, of the same variable", "c", "a.c",
     "{kind: field_expression, has: {field: argument, pattern: $P}, inside: {stopBy: {kind: "
     "function_definition}, follows: {stopBy: end, kind: "
     "expression_statement, has: {kind: call_expression, all: [{has: {field: function, regex: "
     "^free$}}, {has: {field: arguments, has: {pattern: $P}}}]}}}}",
     kFunctionInC, 3},
    {"a statement behind, of the same variable", "c", "a.c",
     "{kind: field_expression, has: {field: argument, pattern: $P}, inside: {stopBy: {kind: "
     "function_definition}, precedes: {stopBy: end, kind: "
     "expression_statement, has: {kind: call_expression, all: [{has: {field: function, regex: "
     "^free$}}, {has: {field: arguments, has: {pattern: $P}}}]}}}}",
     kFunctionInC, 1},
    {"something of the same name below", "c", "a.c",
     "{kind: function_definition, has: {stopBy: end, kind: call_expression, all: [{has: {field: "
     "function, regex: ^use$}}, {has: {field: arguments, has: "
     "{stopBy: end, kind: identifier, pattern: $P}}}]}, all: [{has: {stopBy: end, kind: "
     "call_expression, all: [{has: {field: function, regex: ^free$}}, {has: "
     "{field: arguments, has: {kind: identifier, pattern: $P}}}]}}]}",
     kFunctionInC, 1},
    {"a variable that the function declares", "c", "a.c",
     "{kind: call_expression, has: {field: arguments, has: {kind: identifier, pattern: $V}}, "
     "inside: {stopBy: end, kind: function_definition, has: {stopBy: end, kind: "
     "init_declarator, has: {field: declarator, pattern: $V}}}}",
     kFunctionInC, 1},
    {"a variable that the function declares is not, nor a member of another", "c", "a.c",
     "{kind: field_expression, pattern: $M, not: {inside: {stopBy: end, kind: function_definition, "
     "has: {stopBy: end, kind: assignment_expression, has: {field: right, pattern: $M}}}}}",
     kFunctionInC, 3},
    {"a function of the file, among the children of the root", "c", "a.c",
     "{kind: call_expression, has: {field: function, kind: identifier, pattern: $F}, inside: "
     "{kind: "
     "translation_unit, has: {kind: function_definition, has: {field: declarator, stopBy: {kind: "
     "parameter_list}, kind: function_declarator, all: [{has: {field: declarator, pattern: $F}}, "
     "{has: {field: parameters, regex: 'node'}}]}}, stopBy: end}}",
     kCallsInC, 2},
    {"as far as another node stops it", "c", "a.c",
     "{kind: function_definition, has: {field: body, stopBy: {kind: if_statement}, kind: "
     "call_expression, has: {field: function, regex: ^free$}}}",
     kFunctionInC, 0},
    {"below another node, as far as a third stops it", "c", "a.c",
     "{kind: function_definition, has: {stopBy: {kind: if_statement}, kind: call_expression, has: "
     "{field: function, regex: ^free$}}}",
     kFunctionInC, 1},
    {"in a field and further down, of the same variable", "c", "a.c",
     "{kind: function_definition, all: [{has: {field: declarator, has: {field: declarator, "
     "pattern: $N}}}, {has: {field: body, stopBy: end, kind: call_expression, has: {field: "
     "function, pattern: $N}}}]}",
     kCallsInC, 1},
    {"the second of several", "c", "a.c",
     "{kind: call_expression, has: {field: arguments, has: {nthChild: 2, has: {nthChild: "
     "{position: "
     "1, reverse: true}, regex: ^n$}}}}",
     kCallsInC, 1},
    {"nothing of that name below", "c", "a.c",
     "{kind: function_definition, not: {has: {stopBy: end, kind: identifier, regex: ^needle$}}}",
     kFunctionInC, 1},
    {"a node that covers the same text as the one above it", "javascript", "a.js",
     "{kind: number, inside: {stopBy: end, kind: statement_block, has: {stopBy: end, kind: "
     "expression_statement, has: {kind: identifier, regex: ^needle$}}}}",
     kFunctionInJavaScript, 8},
    {"the node itself is not below itself", "javascript", "a.js",
     "{kind: number, inside: {stopBy: end, kind: statement_block, has: {stopBy: end, kind: "
     "statement_block}}}",
     kFunctionInJavaScript, 8},
};

TEST(Searches, FindTheSameInLongFiles) {
  for (const auto& search : kSearches) {
    EXPECT_THAT(matches(search.language, search.rule, search.path, search.block),
                testing::SizeIs(search.matches))
        << search.what;
    std::string code;
    for (int i = 0; i < kTimes; ++i)
      code += search.block;
    EXPECT_THAT(matches(search.language, search.rule, search.path, code),
                testing::SizeIs(search.matches * kTimes))
        << search.what;
  }
}

/// A name that stands for a constant is looked for as that.
TEST(Searches, FindConstantsBehindNamesInLongFiles) {
  const std::string yaml =
      "id: r\nlanguage: javascript\nrule: {kind: function_declaration, has: {stopBy: end, kind: "
      "call_expression, has: {field: arguments, has: {kind: string, "
      "regex: sha256}}}}\nmetadata: {peer: {constants: followed}}\n";
  const std::string itself =
      "id: r\nlanguage: javascript\nrule: {kind: number, inside: {stopBy: end, kind: "
      "function_declaration, has: {stopBy: end, kind: string, regex: sha256}}}\nmetadata: {peer: "
      "{constants: followed}}\n";
  std::string code = "const OTHER = 'sha256';\n";
  const auto one = code + kFunctionInJavaScript;
  for (int i = 0; i < kTimes; ++i)
    code += kFunctionInJavaScript;
  for (const auto& each : {yaml, itself}) {
    EXPECT_THAT(scan(each, "a.js", one), testing::SizeIs(each == yaml ? 1 : 8));
    EXPECT_THAT(scan(each, "a.js", code), testing::SizeIs(each == yaml ? kTimes : 8 * kTimes));
  }
}

TEST(Searches, WaysAreTriedWhereTheirTextsStand) {
  constexpr const char* kRule =
      "{any: [{pattern: alpha($A)}, {pattern: beta($A)}, {all: [{kind: string}, {regex: gamma}]}, "
      "{kind: number, inside: {any: [{pattern: delta($$$)}, {kind: arguments, inside: {pattern: "
      "$F(3)}}]}}]}";
  using Texts = std::vector<std::string>;
  EXPECT_EQ(matches("javascript", kRule, "a.js", "alpha(1); other(2);\n"), Texts{"alpha(1)"});
  EXPECT_EQ(matches("javascript", kRule, "a.js", "beta(1); f('gamma'); alphabet(1);\n"),
            (Texts{"beta(1)", "'gamma'"}));
  EXPECT_EQ(matches("javascript", kRule, "a.js", "other(3); delta;\n"), Texts{"3"});
  EXPECT_EQ(matches("javascript", kRule, "a.js", "other(4);\n"), Texts{});
}

/// .. and at names that stand for a constant with the text.
TEST(Searches, WaysAreTriedAtNamesOfWhatHoldsTheirTexts) {
  const std::string yaml =
      "id: r\nlanguage: javascript\nrule: {kind: call_expression, has: {field: arguments, has: "
      "{any: "
      "[{kind: string, regex: sha1}, {kind: string, regex: md5}]}}}\nmetadata: {peer: {constants: "
      "followed}}\n";
  EXPECT_THAT(
      scan(yaml, "a.js", "const WEAK = 'md5';\nmake(WEAK); make('sha256'); make('sha1');\n"),
      testing::ElementsAre("r: make(WEAK)", "r: make('sha1')"));
}

TEST(Searches, EqualPartsOfARuleAreOne) {
  const auto loaded = load(
      "id: r\nlanguage: c\nrule: {any: [{kind: call_expression, has: {field: function, regex: "
      "^f$}, inside: {kind: "
      "return_statement}}, {kind: call_expression, has: {field: function, regex: ^f$}, inside: "
      "{kind: "
      "argument_list}}, {kind: call_expression, has: {field: function, regex: ^h$}}]}\n");
  const auto file = file_of("a.c", "int a(void) { g(f(1)); h(f(2)); return f(3); }\n");
  const auto result = loaded.set.scan(file);
  ASSERT_THAT(result.matches, testing::SizeIs(4));
  EXPECT_THAT(result.matches.front().matcher->program()->regexes, testing::SizeIs(2));
}

}  // namespace
}  // namespace peer::rules
