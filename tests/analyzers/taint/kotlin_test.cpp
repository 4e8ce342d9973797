#include <functional>
#include <span>
#include <string>

#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr auto kTainted = Expected::tainted;
constexpr auto kVariable = Expected::variable;
constexpr auto kConstant = Expected::constant;

/// Bodies of a method.
const Sample kBodies[] = {
    {"a source", "sink(source())", kTainted},
    {"a literal", "sink(\"x\")", kConstant},
    {"a parameter", "sink(p)", kVariable},
    {"a number", "sink(n)", kConstant},
    {"val", "val a = source(); sink(a)", kTainted},
    {"var with a type", "var a: String? = source(); sink(a)", kTainted},
    {"a number by its type", "val a: Int = source(); sink(a)", kConstant},
    {"overwritten", "var a = source(); a = \"x\"; sink(a)", kConstant},
    {"added to", "var a = \"x\"; a += source(); sink(a)", kTainted},
    {"a name in a text", "val a = source(); sink(\"x $a y\")", kTainted},
    {"a name at the end of a text", "val a = source(); sink(\"x $a\")", kTainted},
    {"another name in a text", "val a = source(); val b = \"x\"; sink(\"$b a\")", kConstant},
    {"a dollar that is none", "val a = source(); sink(\"\\$a costs 3 $\")", kConstant},
    {"a hole in a text", "val a = source(); sink(\"x ${a.trim()} y\")", kTainted},
    {"a raw text", "val a = source(); sink(\"\"\"x $a\"\"\")", kTainted},
    {"a member's name in a text", "sink(\"$constant\")", kConstant},
    {"destructured", "val (a, b) = source(); sink(b)", kTainted},
    {"or else", "val a = source() ?: return; sink(a)", kTainted},
    {"never null", "val a = source()!!; sink(a)", kTainted},
    {"a safe call", "val a = source(); sink(a?.trim())", kTainted},
    {"if as a value", "val a = if (n > 1) source() else \"x\"; sink(a)", kTainted},
    {"if of constants", "val a = if (n > 1) \"y\" else \"x\"; sink(a)", kConstant},
    {"else if", "val a = if (n > 1) \"y\" else if (n > 2) source() else \"x\"; sink(a)", kTainted},
    {"when as a value", "val a = when (n) { 1 -> \"x\"; 2, 3 -> source(); else -> \"y\" }; sink(a)",
     kTainted},
    {"when of constants", "val a = when (source()) { \"a\" -> \"x\"; else -> \"y\" }; sink(a)",
     kConstant},
    {"when on its own value",
     "val a = source(); when (a) { \"x\", \"y\" -> sink(a); else -> return }", kConstant},
    {"a name in when", "when (val a = source()) { \"x\" -> return; else -> sink(a) }", kTainted},
    {"when of conditions", "val a = source(); when { a == \"x\" -> sink(a) }", kConstant},
    {"for", "for (a in source()) { sink(a) }", kTainted},
    {"for over pairs", "for ((k, v) in source()) { sink(v) }", kTainted},
    {"for over constants", "for (a in listOf(\"x\", \"y\")) { sink(a) }", kConstant},
    {"while", "var a = \"x\"; while (n > 1) { sink(a); a = source() }", kTainted},
    {"do while", "var a = \"x\"; do { sink(a); a = source() } while (n > 1)", kTainted},
    {"try as a value", "val a = try { source() } catch (e: Exception) { \"x\" }; sink(a)",
     kTainted},
    {"finally", "var a = \"x\"; try { a = source() } finally { sink(a) }", kTainted},
    {"a list", "val a = listOf(source(), \"x\"); sink(a[1])", kTainted},
    {"a mutable list",
     "val a = mutableListOf<String>(); a.add(source()); sink(a.joinToString(\" \"))", kTainted},
    {"appended", "val a = StringBuilder(); a.append(\"x\").append(source()); sink(a.toString())",
     kTainted},
    {"a map", "val a = mutableMapOf<String, String>(); a[\"x\"] = source(); sink(a[\"x\"])",
     kTainted},
    {"let", "source().let { sink(it) }", kTainted},
    {"a safe let", "source()?.let { a -> sink(a) }", kTainted},
    {"forEach", "source().split(\",\").map { it.trim() }.forEach { sink(it) }", kTainted},
    {"a lambda behind arguments", "val a = source(); foo(1) { sink(a) }", kTainted},
    {"its own `it`", "listOf(\"x\").forEach { sink(it) }", kConstant},
    {"a named argument", "sink(value = source())", kTainted},
    {"cast", "sink(source() as String)", kTainted},
    {"cast to a number", "sink(source() as Int)", kConstant},
    {"cleaned", "sink(clean(source()))", kConstant},
    {"an allow-list", "val a = source(); if (a !in ALLOWED) return; sink(a)", kConstant},
    {"an allow-list turned round", "val a = source(); if (a in ALLOWED) return; sink(a)", kTainted},
    {"an allow-list of literals", "val a = source(); if (a in setOf(\"x\", \"y\")) sink(a)",
     kConstant},
    {"compared with what another gives", "val a = source(); if (a == source(\"x\")) sink(a)",
     kTainted},
    {"required", "val a = source(); require(a in ALLOWED); sink(a)", kConstant},
    {"required with a message", "val a = source(); require(a in ALLOWED) { \"no\" }; sink(a)",
     kConstant},
    {"something else required", "val a = source(); require(n > 3); sink(a)", kTainted},
    {"a sign before a call", "val a = source(); if (!WORD.matches(a)) return; sink(a)", kConstant},
    {"a sign before a call in brackets",
     "val a = source(); if (!(WORD.matches(a))) return; sink(a)", kConstant},
    {"no sign before a call", "val a = source(); if (WORD.matches(a)) return; sink(a)", kTainted},
    {"a sign before a function of the file", "val a = source(); if (!isPlain(a)) return; sink(a)",
     kConstant},
    {"or", "val a = source(); if (a != \"x\" || n > 1) return; sink(a)", kConstant},
    {"a member", "sink(constant)", kConstant},
    {"a member from outside", "sink(fromOutside)", kTainted},
    {"a member from outside by this", "sink(this.fromOutside)", kTainted},
    {"a parameter of the constructor", "sink(given)", kVariable},
    {"what a method gives", "sink(same(source()))", kTainted},
    {"what a method gives without it", "sink(other(source()))", kConstant},
};

std::string in_class(const std::string& body) {
  return "val ALLOWED = setOf(\"x\", \"y\")\n"
         "val WORD = Regex(\"[a-z]+\")\n"
         "class A(private val given: String, plain: String) {\n"
         "  private val constant = \"x\"\n"
         "  private val fromOutside = source()\n"
         "  fun same(x: String): String { return \"a\" + x }\n"
         "  fun other(x: String) = \"b\"\n"
         "  fun isPlain(x: String) = x in ALLOWED\n"
         "  fun f(p: String, n: Int) {\n    " +
         body + "\n  }\n}\n";
}

/// A sink in a function of its own, and who calls it.
const Sample kPrograms[] = {
    {"nobody", "fun run(a: String) { sink(a) }", kVariable},
    {"a caller", "fun run(a: String) { sink(a) }\nfun f() { run(source()) }", kTainted},
    {"an expression as a body", "fun run(a: String) = sink(a)\nfun f() = run(source())", kTainted},
    {"a method", "class S { fun run(a: String) { sink(a) }\n}\nfun f() { S().run(source()) }",
     kTainted},
    {"a method of a variable",
     "class S { fun run(a: String) { sink(a) }\n}\nfun f() { val s = S(); s.run(source()) }",
     kTainted},
    {"an object", "object S { fun run(a: String) { sink(a) }\n}\nfun f() { S.run(source()) }",
     kTainted},
    {"a companion",
     "class S { companion object { fun run(a: String) { sink(a) }\n}\n}\nfun f() { S.run(source()) "
     "}",
     kTainted},
    {"a constructor",
     "class S(private val a: String) { fun run() { sink(a) }\n}\nfun f() { S(source()).run() }",
     kTainted},
    {"a constructor's other parameter",
     "class S(private val a: String, val b: String) { fun run() { sink(b) }\n}\nfun f() { "
     "S(source(), \"x\").run() }",
     kVariable},
    {"a member made of a parameter",
     "class S(root: String) { private val full = \"$root/x\"\n fun run() { sink(full) }\n}\nfun "
     "f() { S(source()).run() }",
     kTainted},
    {"a second constructor",
     "class S { var a = \"\"\n constructor(given: String) { a = given }\n fun run() { sink(a) "
     "}\n}\nfun f() { S(source()).run() }",
     kTainted},
    {"a block in the class",
     "class S(given: String) { var a = \"\"\n init { a = given }\n fun run() { sink(a) }\n}\nfun "
     "f() { S(source()).run() }",
     kTainted},
    {"a default", "fun run(a: String = source()) { sink(a) }", kTainted},
    {"a handler",
     "fun Application.module() { routing { get(\"/x\") { val a = source(); sink(a) } } }",
     kTainted},
    {"a top-level constant", "const val ROOT = \"x\"\nfun f() { sink(\"$ROOT/y\") }", kConstant},
};

void hold(std::span<const Sample> samples,
          const std::function<std::string(const std::string&)>& program) {
  for (const Sample& example : samples) {
    const Outcome outcome = judge("kotlin", "A.kt", program(example.code));
    EXPECT_EQ(outcome.verdict, example.expected) << example.what << "\n" << example.code;
    EXPECT_EQ(outcome.given_up, 0U) << example.what;
    EXPECT_TRUE(outcome.parses) << example.what;
  }
}

TEST(KotlinTaint, JudgesEveryConstruct) { hold(kBodies, in_class); }

TEST(KotlinTaint, FollowsValuesBetweenFunctions) {
  hold(kPrograms, [](const std::string& code) { return code + "\n"; });
}

}  // namespace
}  // namespace peer::taint
