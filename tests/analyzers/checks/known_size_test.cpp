// What fits and what does not: each function of a program stands on its own, those that begin with
// `bad` hold one overrun.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/checks/known_size/constant.hpp"
#include "analyzers/checks/known_size/follow.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer::known_size {
namespace {

std::vector<std::string> overruns_in(std::string_view language, const std::string& code) {
  const SourceFile file =
      parse("a." + std::string(language), code, {}, {}, find_language(language));
  std::vector<std::string> found;
  if (file.tree() == nullptr) return found;
  const Declared declared(file.tree()->root(), file.text());
  walk(file.tree()->root(), [&](Node node) {
    if (node.kind() != "function_definition") return true;
    for (auto& overrun : overruns(node, file.text(), declared, language == "cpp"))
      found.push_back(std::move(overrun.message));
    return false;
  });
  return found;
}

struct Sample {
  std::string_view what;
  std::string_view body;
  bool overruns;
};

constexpr std::string_view kBefore =
    "#define SIZE 16\n#define BIG (SIZE * 2)\nenum { FOUR = 4, FIVE };\nstatic const int kMax = "
    "8;\nstruct s { char name[8]; int of_unknown[MAXV]; char rest[1]; };\n"
    "static char shared[12];\n";

void judge_all(std::string_view language, const std::vector<Sample>& samples) {
  for (const Sample& sample : samples) {
    const auto found = overruns_in(language, std::string(kBefore) +
                                                 "void f(int n, struct s *p, const char *x) {\n" +
                                                 std::string(sample.body) + "\n}\n");
    EXPECT_EQ(found.size(), sample.overruns ? 1U : 0U)
        << sample.what << ": " << sample.body << (found.empty() ? "" : "\n" + found.front());
  }
}

TEST(KnownSize, Elements) {
  judge_all("c",
            {
                {"behind the end", "int a[10]; a[10] = 1;", true},
                {"the last one", "int a[10]; a[9] = 1;", false},
                {"its address", "int a[10]; int *end = &a[10];", false},
                {"before the beginning", "int a[10]; a[-1] = 1;", true},
                {"by a variable", "int a[10]; int i = 12; a[i] = 1;", true},
                {"that was changed", "int a[10]; int i = 12; i = n; a[i] = 1;", false},
                {"by an enumerator", "int a[FOUR]; a[FIVE - 1] = 1;", true},
                {"a count of values", "int a[] = {1, 2, 3}; a[3] = 1;", true},
                {"of a second dimension", "int a[3][4]; a[2][4] = 1;", true},
                {"within both", "int a[3][4]; a[2][3] = 1;", false},
                {"of a member", "p->name[8] = 0;", true},
                {"of a member at the end", "p->rest[5] = 0;", false},
                {"of the file", "shared[sizeof shared + 1] = 0;", true},
                {"of the file, which a rule with a fix knows", "shared[sizeof shared] = 0;", false},
                {"by a name that is not known", "p->of_unknown[MAXV] = 0;", true},
                {"of memory", "char *a = malloc(10 * sizeof(char)); a[10] = 0;", true},
                {"of more memory", "char *a = malloc(10); a = realloc(a, 20); a[10] = 0;", false},
                {"too few bytes for numbers", "int *a = malloc(10); a[5] = 1;", true},
                {"by a sum", "char *a = calloc(4, 1); *(a + 4) = 1;", true},
                {"through a cast", "int *a = (int *)malloc(4 * sizeof *a); a[4] = 1;", true},
                {"asked before", "int a[10]; int i = 10; if (i < 10) a[i] = 1;", false},
                {"in a size", "int a[3]; n = sizeof a[3];", false},
                {"of an array that is hidden", "char a[2]; { char a[20]; a[5] = 1; }", false},
                {"of a parameter that hides one", "char *shared = get(); shared[20] = 1;", false},
            });
}

TEST(KnownSize, Loops) {
  judge_all(
      "c",
      {
          {"one too many", "int a[SIZE]; for (int i = 0; i <= SIZE; i++) a[i] = 0;", true},
          {"as many", "int a[SIZE]; for (int i = 0; i < SIZE; i++) a[i] = 0;", false},
          {"the next one", "int a[SIZE]; for (int i = 0; i < SIZE; i++) a[i + 1] = 0;", true},
          {"the one before", "int a[SIZE]; for (int i = 0; i < SIZE; i++) a[i - 1] = 0;", true},
          {"downwards", "int a[SIZE]; for (int i = SIZE; i >= 0; i--) a[i] = 0;", true},
          {"downwards from the last", "int a[SIZE]; for (int i = SIZE - 1; i >= 0; i--) a[i] = 0;",
           false},
          {"in steps", "int a[10]; for (int i = 0; i < 11; i += 4) a[i] = 0;", false},
          {"the inner one",
           "int a[3][3]; for (int i = 0; i < 3; i++) for (int j = 0; j <= 3; j++) a[i][j] = 0;",
           true},
          {"left before",
           "int a[10]; for (int i = 0; i <= 10; i++) { if (i == 10) break; a[i] = 0; }", false},
          {"asked within", "int a[10]; for (int i = 0; i < 20; i++) { if (i < 10) a[i] = 0; }",
           false},
          {"asked for something else",
           "int a[10]; for (int i = 0; i <= 10; i++) { if (n) continue; a[i] = 0; }", true},
          {"counter that is changed within",
           "int a[10]; for (int i = 0; i <= 10; i++) { i = n; a[i] = 0; }", false},
          {"never run", "int a[10]; for (int i = 20; i < 10; i++) a[i] = 0;", false},
          {"after it", "int i, a[10]; for (i = 0; i < 10; i++) a[i] = 0; a[i] = 1;", true},
          {"by a name that is not known", "int a[MAXQ]; for (int i = 0; i <= MAXQ; i++) a[i] = 0;",
           true},
          {"of a larger array", "int a[MAXQ + 1]; for (int i = 0; i <= MAXQ; i++) a[i] = 0;",
           false},
      });
}

TEST(KnownSize, LibraryFunctions) {
  judge_all(
      "c", {
               {"memset", "char a[SIZE]; memset(a, 0, BIG);", true},
               {"of its size", "char a[SIZE]; memset(a, 0, sizeof a);", false},
               {"from its middle", "char a[10]; memset(a + 5, 0, 6);", true},
               {"memcpy", "char a[100], b[50]; memcpy(b, a, 100 * sizeof(char));", true},
               {"reads too much", "char a[10], b[50]; memcpy(b, a, 50);", true},
               {"of what a pointer is", "char *a = malloc(sizeof(char *)); memset(a, 0, 9);", true},
               {"fgets", "char a[8]; fgets(a, 80, stdin);", true},
               {"fread", "int a[8]; fread(a, sizeof(int), 9, n);", true},
               {"read into a member", "read(n, p->name, 16);", true},
               {"of a pointer that is one of two",
                "char s[10], l[100]; char *a = s; if (n) a = l; memset(a, 0, 100);", false},
               {"too much for both",
                "char s[10], l[100]; char *a; if (n) a = s; else a = l; memset(a, 0, 101);", true},
               {"of a pointer that begins as null",
                "char s[10]; char *a = NULL; if (n) a = s; memset(a, 0, 11);", true},
               {"by whoever gives one", "char *a = get(); memset(a, 0, 100);", false},
               {"scanf", "char a[8]; scanf(\"%8s\", a);", true},
               {"scanf that leaves a byte", "char a[8]; scanf(\"%*s %7s\", a);", false},
               {"wide letters", "wchar_t a[10]; wmemset(a, 0, 11);", true},
           });
}

TEST(KnownSize, Texts) {
  judge_all(
      "c",
      {
          {"strcpy", "char a[10]; strcpy(a, \"0123456789\");", true},
          {"with room for the zero", "char a[11]; strcpy(a, \"0123456789\");", false},
          {"letters with a backslash", "char a[4]; strcpy(a, \"a\\nb\");", false},
          {"strcat", "char a[10]; strcpy(a, \"abc\"); strcat(a, \"defghij\");", true},
          {"strcat that fits", "char a[10]; strcpy(a, \"abc\"); strcat(a, \"defghi\");", false},
          {"of a filled text", "char a[100], b[50]; memset(a, 'A', 99); a[99] = 0; strcpy(b, a);",
           true},
          {"of a shorter one", "char a[100], b[50]; memset(a, 'A', 49); a[49] = 0; strcpy(b, a);",
           false},
          {"that somebody changed",
           "char a[100], b[50]; memset(a, 'A', 99); a[99] = 0; change(a); strcpy(b, a);", false},
          {"from outside", "char a[200], b[100]; fgets(a, sizeof a, stdin); strcpy(b, a);", true},
          {"from outside, with room",
           "char a[100], b[200]; fgets(a, sizeof a, stdin); strcpy(b, a);", false},
          {"sprintf", "char a[10]; sprintf(a, \"value: %d\", 12345);", true},
          {"sprintf of what may fit", "char a[10]; sprintf(a, \"value: %d\", n);", false},
          {"strncat", "char a[10]; strncat(a, x, sizeof a);", true},
          {"strncat that leaves room", "char a[10]; a[0] = 0; strncat(a, x, sizeof a - 1);", false},
          {"wide", "wchar_t a[4]; wcscpy(a, L\"four\");", true},
          {"after a label", "char a[10]; goto out; out: strcpy(a, x);", false},
      });
}

TEST(KnownSize, Cpp) {
  judge_all("cpp",
            {
                {"new", "char *a = new char[4]; std::strcpy(a, \"blue\");", true},
                {"with room", "char *a = new char[5]; std::strcpy(a, \"blue\");", false},
                {"a number given by reference", "int a[4]; int i = 4; get(i); a[i] = 1;", false},
                {"read", "int a[4]; int i = 4; std::cin >> i; a[i] = 1;", false},
                {"in a lambda", "int a[4]; auto g = [&](int i) { a[i] = 1; };", false},
            });
}

TEST(KnownSize, Constants) {
  const Constants known{[](std::string_view name) {
                          return name == "N" ? std::optional<std::int64_t>(10) : std::nullopt;
                        },
                        [](std::string_view of) {
                          return of == "buf" ? std::optional<std::int64_t>(64) : std::nullopt;
                        }};
  const std::vector<std::pair<std::string_view, std::optional<std::int64_t>>> kExpressions{
      {"1 + 2 * 3", 7},
      {"(1 + 2) * 3", 9},
      {"N - 1", 9},
      {"0x10UL", 16},
      {"010", 8},
      {"sizeof buf - 1", 63},
      {"sizeof(int) * N", 40},
      {"(size_t)N", 10},
      {"1 << 4", 16},
      {"N > 5 && N < 20", 1},
      {"!N", 0},
      {"'\\0'", 0},
      {"-N", -10},
      {"N / 0", std::nullopt},
      {"M", std::nullopt},
      {"f(N)", std::nullopt},
      {"1.5", std::nullopt},
      {"9223372036854775807 + 1", std::nullopt},
      {"", std::nullopt},
      {"N +", std::nullopt},
      {"(N", std::nullopt},
      {"sizeof(char *)", 8},
      {"10 - 2 - 3", 5},
      {"sizeof \"abc\"", std::nullopt},
  };
  for (const auto& [expression, expected] : kExpressions)
    EXPECT_EQ(fold_constant(expression, known), expected) << expression;
}

TEST(KnownSize, HostileCodeEndsSoon) {
  const std::string deep(20'000, '(');
  std::string blocks, ifs, loops;
  for (int i = 0; i < 5'000; ++i) {
    blocks += "{ if (n) ";
    ifs += "if (n > " + std::to_string(i) + ") a[0] = 1;\n";
    loops += "for (int i = 0; i <= 10; i++) ";
  }
  for (const std::string& body : {"int a[4]; a[" + deep + "1];", "int a[4]; " + blocks,
                                  "int a[4]; " + ifs, "int a[4]; " + loops + ";",
                                  "int a[" + deep + "];", "x = " + std::string(5'000, '*') + "p;"})
    (void)overruns_in("c", "void f(int n) {\n" + body + "\n}\n");
  std::string chain;
  for (int i = 1; i < 3'000; ++i)
    chain += "#define A" + std::to_string(i) + " (A" + std::to_string(i - 1) + " + A" +
             std::to_string(i - 1) + ")\n";
  (void)overruns_in(
      "c", "#define A0 A2999\n" + chain + "void f(void) { int a[A2999]; a[A2999] = 0; }\n");
}

}  // namespace
}  // namespace peer::known_size
