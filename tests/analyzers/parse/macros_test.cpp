// Macros that would tear a definition apart are blanked; all other code is left alone.
#include "analyzers/parse/macros.hpp"

#include <string>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/outline.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

struct Case {
  const char* written;
  const char* read;
};

TEST(Macros, AreBlankedWhereTheLanguageHasNoPlaceForThem) {
  const Case cases[] = {
      {"class API Basket {};", "class     Basket {};"},
      {"class API_EXPORT(1) Basket : Base {};", "class               Basket : Base {};"},
      {"struct ONE TWO Basket final {};", "struct         Basket final {};"},
      {"class API Box<int> {};", "class     Box<int> {};"},
      {"int f() const NOEXCEPT { return 1; }", "int f() const          { return 1; }"},
      {"int f() LOCKED(mutex_) { return 1; }", "int f()                { return 1; }"},
      {"INLINE auto f() -> int;", "       auto f() -> int;"},
      {"INLINE std::pair<int, A<b>> f();", "       std::pair<int, A<b>> f();"},
      {"INLINE FAST Color(int c) : c_(c) {}", "            Color(int c) : c_(c) {}"},
      {"INLINE ~Color() {}", "       ~Color() {}"},
      {"extern \"C\" API int f();", "extern \"C\"     int f();"},
      {"BEGIN_NAMESPACE\nint f();", "               \nint f();"},
      {"class A {\n  Q_OBJECT\n public:\n};", "class A {\n          \n public:\n};"},
  };
  for (const auto& one : cases)
    EXPECT_EQ(blank_macros(one.written), one.read);
}

TEST(Macros, AreLeftWhereTheyMayBeTypesOrValues) {
  for (const auto* code : {
           "DWORD f(HANDLE h) { return FOO; }",
           "BOOL Window::open() { return TRUE; }",
           "if (x) EXPECT_EQ(a, b);",
           "TEST(Basket, IsEmpty) { ASSERT(1); }",
           "FILE *f = NULL;",
           "x = cond ? (a) : FOO;",
           "struct stat st; enum COLOR c : 4;",
           "#define API class FOO Basket {\nint x;",
           "const char* s = \"class API Basket {\"; // class API Basket {",
           "case MAX: FOO(x);",
           "LIST_HEAD(pending);",
           "FOO bar = {1}, *BAZ;",
           "R\"(class API Basket {)\";",
       })
    EXPECT_EQ(blank_macros(code), "") << code;
}

TEST(Macros, KeepEverySpanTrue) {
  const std::string code =
      "class API Basket {\n  NODISCARD int size() const NOEXCEPT { return 1; }\n};\n";
  const auto file = parse("a.cpp", code);
  EXPECT_FALSE(file.tree()->root().has_error());
  EXPECT_EQ(file.text(), code);
  const auto outline = outline_of(file);
  ASSERT_EQ(outline.symbols.size(), 2U);
  EXPECT_EQ(outline.symbols[0].signature(code), "class API Basket");
  EXPECT_EQ(file.text(outline.symbols[1].name_span), "size");
}

TEST(Macros, CostLittleOnHostileText) {
  for (const std::string piece :
       {"AAA ", "AAA(", "AAA<", "class AAA ", "AAA a<b>::", ") AAA(x) ", "\"", "R\"x("}) {
    std::string text;
    while (text.size() < 1'000'000)
      text += piece;
    const auto out = blank_macros(text);
    EXPECT_TRUE(out.empty() || out.size() == text.size());
  }
}

}  // namespace
}  // namespace peer
