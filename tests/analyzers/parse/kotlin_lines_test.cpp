#include "analyzers/parse/kotlin_lines.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

bool has_error(const std::string& code) { return parse("a.kt", code).tree()->root().has_error(); }

TEST(KotlinLines, WhatTheGrammarMisreadsIsRead) {
  EXPECT_FALSE(
      has_error("fun Route.api() {\n    val s = Service()\n    get(\"/x\") { "
                "call.respondText(\"a\") }\n}\n"));
  EXPECT_FALSE(has_error("fun f(map: Map<String, Int>) {\n    val s = 1\n    set(\"a\", s)\n}\n"));
  EXPECT_FALSE(has_error("class A { val m = 1 }\nclass B {\n    fun f() { g() }\n}\n"));
  EXPECT_FALSE(
      has_error("interface X { fun f(i: String): String }\nclass Y : X { override fun f(i: "
                "String): String = i }\nclass Z {\n    fun g() { h() }\n}\n"));
}

TEST(KotlinLines, KeepsTheLength) {
  const std::string code = "fun f() {\n    val s = 1\n    get(\"/x\") { }\n}\n";
  const auto respelled = respelled_kotlin(code);
  ASSERT_EQ(respelled.size(), code.size());
  EXPECT_EQ(respelled, "fun f() {\n    val s = 1\n   ;get(\"/x\") { }\n}\n");
}

TEST(KotlinLines, LeavesOtherCodeAlone) {
  for (const std::string_view code : {
           "class A {\n    var x: Int\n        get() = field\n        set(value) { field = value "
           "}\n}\n",
           "val r = map\n    .filter { it }\n",
           "val r =\n    get(\"a\")\n",
           "fun f() = listOf(\n    get(\"a\"),\n    get(\"b\"))\n",
           "class A {\n    fun f() { g() }\n}\n",
           "object A { }\n",
           "val s = \"class A { \" + x + \" }\"\n",
           "",
       })
    EXPECT_EQ(respelled_kotlin(code), "") << code;
}

TEST(KotlinLines, HostileTextEndsSoon) {
  const std::string braces(200'000, '}');
  (void)respelled_kotlin("class A { x " + braces);
  std::string lines;
  for (int i = 0; i < 50'000; ++i)
    lines += "a\n get(\"\n";
  EXPECT_EQ(respelled_kotlin(lines).size(), lines.size());
}

}  // namespace
}  // namespace peer
