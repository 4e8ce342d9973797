#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

constexpr auto kTainted = Expected::tainted;
constexpr auto kConstant = Expected::constant;
constexpr auto kVariable = Expected::variable;

const Sample kBodies[] = {
    {"a source", "sink(source());", kTainted},
    {"a literal", "sink(\"x\");", kConstant},
    {"a parameter", "sink(p);", kVariable},
    {"a number", "sink(\"x\" + n);", kConstant},
    {"an assignment", "String a = source(); String b = a; sink(b);", kTainted},
    {"overwritten", "String a = source(); a = \"x\"; sink(a);", kConstant},
    {"added text", "sink(\"x\" + source() + \"y\");", kTainted},
    {"added to", "String a = \"x\"; a += source(); sink(a);", kTainted},
    {"String.format", "sink(String.format(\"%s\", source()));", kTainted},
    {"String.format of constants", "sink(String.format(\"%s\", \"x\"));", kConstant},
    {"a builder",
     "StringBuilder b = new StringBuilder(); b.append(\"x\"); b.append(source()); "
     "sink(b.toString());",
     kTainted},
    {"a chain of appends", "sink(new StringBuilder(\"x\").append(source()).toString());", kTainted},
    {"a builder, in one statement",
     "StringBuilder b = new StringBuilder(); b.append(\"x\").append(source()).append(\"y\"); "
     "sink(b.toString());",
     kTainted},
    {"a builder in one statement of constants",
     "StringBuilder b = new StringBuilder(); b.append(\"x\").append(\"y\"); sink(b.toString());",
     kConstant},
    {"a builder of constants",
     "StringBuilder b = new StringBuilder(\"x\"); b.append(\"y\"); "
     "sink(b.toString());",
     kConstant},
    {"a number of it", "int a = Integer.parseInt(source()); sink(\"x\" + a);", kConstant},
    {"a number by its type", "long a = g(source()); sink(\"x\" + a);", kConstant},
    {"a cast", "sink((String) source());", kTainted},
    {"a cast to a number", "sink(\"x\" + (int) source());", kConstant},
    {"a conditional", "String a = p == null ? \"x\" : source(); sink(a);", kTainted},
    {"a decided conditional",
     "int num = 106; String a = (7 * 42) - num > 150 ? \"x\" : source(); "
     "sink(a);",
     kConstant},
    {"a decided branch",
     "String a; int num = 86; if ((7 * 42) - num > 200) a = \"x\"; else a = "
     "source(); sink(a);",
     kConstant},
    {"a list's first element",
     "List<String> l = new ArrayList<String>(); l.add(\"safe\"); "
     "l.add(source()); l.add(\"more\"); l.remove(0); sink(l.get(0));",
     kTainted},
    {"a list's second element",
     "List<String> l = new ArrayList<>(); l.add(\"safe\"); "
     "l.add(source()); l.add(\"more\"); l.remove(0); sink(l.get(1));",
     kConstant},
    {"a map's value",
     "Map<String, Object> m = new HashMap<>(); m.put(\"a\", \"x\"); m.put(\"b\", "
     "source()); sink((String) m.get(\"b\"));",
     kTainted},
    {"a map's other value",
     "Map<String, Object> m = new HashMap<>(); m.put(\"a\", \"x\"); "
     "m.put(\"b\", source()); sink((String) m.get(\"a\"));",
     kConstant},
    {"switch on a known letter",
     "String a; String g = \"ABC\"; char c = g.charAt(1); switch (c) { "
     "case 'A': a = source(); break; case 'B': a = \"x\"; break; case 'C': case 'D': a = source(); "
     "break; default: a = \"y\"; break; } sink(a);",
     kConstant},
    {"switch on another letter",
     "String a; String g = \"ABC\"; char c = g.charAt(2); switch (c) { "
     "case 'A': a = \"z\"; break; case 'B': a = \"x\"; break; case 'C': case 'D': a = source(); "
     "break; default: a = \"y\"; break; } sink(a);",
     kTainted},
    {"switch on something",
     "String a = \"x\"; switch (p) { case \"A\": a = source(); break; "
     "default: a = \"y\"; } sink(a);",
     kTainted},
    {"falling through",
     "String a = \"x\"; switch (n) { case 1: a = source(); case 2: sink(a); "
     "break; default: a = \"y\"; }",
     kTainted},
    {"switch expression",
     "String a = switch (p) { case \"A\" -> source(); default -> \"y\"; }; "
     "sink(a);",
     kTainted},
    {"switch expression of constants",
     "String a = switch (p) { case \"A\" -> \"x\"; default -> "
     "\"y\"; }; sink(a);",
     kConstant},
    {"the subject of a constant case", "String a = source(); switch (a) { case \"A\": sink(a); }",
     kConstant},
    {"an allow-list", "String a = source(); if (!ALLOWED.contains(a)) throw new E(); sink(a);",
     kConstant},
    {"an allow-list of another", "String a = source(); if (ALLOWED.contains(p)) sink(a);",
     kTainted},
    {"equals a constant", "String a = source(); if (\"x\".equals(a)) sink(a);", kConstant},
    {"does not equal a constant", "String a = source(); if (!\"x\".equals(a)) sink(a);", kTainted},
    {"matches", "String a = source(); if (!a.matches(\"[a-z]+\")) return; sink(a);", kConstant},
    {"a check against null is no check", "String a = source(); if (a != null) sink(a);", kTainted},
    {"an empty text is no check", "String a = source(); if (!a.equals(\"\")) sink(a);", kTainted},
    {"for each", "for (String a : source()) sink(a);", kTainted},
    {"for", "String a = \"x\"; for (int i = 0; i < 3; i++) { sink(a); a = source(); }", kTainted},
    {"while", "String a = \"x\"; while (n > 1) { a += source(); } sink(a);", kTainted},
    {"do while", "String a; do { a = source(); } while (a == null); sink(a);", kTainted},
    {"a loop of constants", "String a = \"x\"; for (int i = 0; i < 3; i++) a += \"y\"; sink(a);",
     kConstant},
    {"an array", "String[] a = {\"x\", source()}; sink(a[0]);", kConstant},
    {"an array's other element", "String[] a = new String[] {\"x\", source()}; sink(a[1]);",
     kTainted},
    {"an array that is filled", "String[] a = new String[2]; a[1] = source(); sink(a);", kTainted},
    {"try", "String a = \"x\"; try { a = source(); } catch (E e) { a = \"y\"; } sink(a);",
     kTainted},
    {"try with resources", "try (Reader r = open(source())) { sink(r.read()); }", kTainted},
    {"a handler that leaves",
     "String a = source(); try { a = clean(a); } catch (E e) { return; } "
     "sink(a);",
     kConstant},
    {"a lambda", "String a = source(); run(() -> sink(a));", kTainted},
    {"a lambda's parameter", "source().forEach(a -> sink(a));", kTainted},
    {"a lambda's parameter over constants", "List.of(\"x\").forEach(a -> sink(a));", kConstant},
    {"a stream", "sink(source().stream().map(x -> x.trim()).collect(toList()));", kTainted},
    {"an anonymous class",
     "String a = source(); new Thread(new Runnable() { public void run() { "
     "sink(a); } }).start();",
     kTainted},
    {"a member", "sink(constant);", kConstant},
    {"a member with this", "sink(this.constant);", kConstant},
    {"a static member", "sink(A.LIMIT + LIMIT);", kConstant},
    {"a member from the constructor", "sink(fromOutside);", kTainted},
    {"a member that a method changes", "sink(changing);", kVariable},
    {"a member shadowed by a local", "String constant = source(); sink(constant);", kTainted},
    {"a method that gives its argument back", "sink(same(source()));", kTainted},
    {"a method that does not", "sink(other(source()));", kConstant},
    {"a method of a new object", "sink(new A().same(source()));", kTainted},
    {"a method of another class", "sink(new B().give(source()));", kTainted},
    {"a member after a block that had the name for itself",
     "{ String changing = \"y\"; g(changing); } changing = source(); sink(changing);", kTainted},
    {"a block's own name", "{ String a = source(); } String a = \"x\"; sink(a);", kConstant},
    {"an object made of it", "sink(new File(\"x\", source()));", kTainted},
    {"an object made of a constant", "sink(new File(\"x\"));", kConstant},
    {"a setter", "Request r = new Request(); r.setUrl(source()); sink(r.getUrl());", kTainted},
    {"instanceof", "Object o = source(); if (o instanceof String s) sink(s);", kTainted},
    {"synchronized", "synchronized (this) { sink(source()); }", kTainted},
    {"increments are followed", "int i = 0; i++; String a = i == 0 ? source() : \"x\"; sink(a);",
     kConstant},
    {"a text block", "String a = \"\"\"\n  x\n  \"\"\"; sink(a);", kConstant},
};

std::string in_class(const std::string& body) {
  return "class A {\n"
         "  private final String constant = \"x\";\n"
         "  static final String LIMIT = \"y\";\n"
         "  private String fromOutside;\n"
         "  private String changing = \"x\";\n"
         "  A() { this.fromOutside = source(); }\n"
         "  void change(String p) { changing = p; }\n"
         "  String same(String x) { return \"a\" + x; }\n"
         "  String other(String x) { String bar = \"b\"; return bar; }\n"
         "  void f(String p, int n) {\n    " +
         body + "\n  }\n  class B { String give(String x) { return x; } }\n}\n";
}

/// A sink in a method of its own, and who calls it.
const Sample kHelpers[] = {
    {"nobody", "", kVariable},
    {"a method that gives it a source", "void f() { run(source()); }", kTainted},
    {"through another method",
     "void f() { start(source()); }  void start(String a) { run(\"x\" + a); }", kTainted},
    {"cleaned on the way", "void f() { start(source()); }  void start(String a) { run(clean(a)); }",
     kVariable},
    {"a method that gives it a constant", "void f() { run(\"x\"); }", kVariable},
    {"another method of that name",
     "void f() { source(); }  class B { void run(String a) {}  void f() { run(source()); } }",
     kVariable},
};

TEST(JavaTaint, FollowsArgumentsToSinksInMethodsOfTheFile) {
  for (const Sample& example : kHelpers) {
    const Outcome outcome =
        judge("java", "A.java",
              std::string("class A {\n  private void run(String command) { sink(command); }\n  ") +
                  example.code + "\n}\n");
    EXPECT_EQ(outcome.verdict, example.expected) << example.what << "\n" << example.code;
    EXPECT_EQ(outcome.given_up, 0U) << example.what;
    EXPECT_TRUE(outcome.parses) << example.what;
  }
}

TEST(JavaTaint, JudgesEveryConstruct) {
  for (const Sample& example : kBodies) {
    const Outcome outcome = judge("java", "A.java", in_class(example.code));
    EXPECT_EQ(outcome.verdict, example.expected) << example.what << "\n" << example.code;
    EXPECT_EQ(outcome.given_up, 0U) << example.what;
    EXPECT_TRUE(outcome.parses) << example.what;
  }
}

}  // namespace
}  // namespace peer::taint
