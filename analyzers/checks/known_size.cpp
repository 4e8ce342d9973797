// Arrays, memory and texts of C and C++ whose size is known, and that are too small for what is put
// in or read out.
#include <array>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/known_size/follow.hpp"
#include "analyzers/languages/language.hpp"

namespace peer {
namespace {

const std::array<RuleInfo, 1>& rule_table() {
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "past-known-size",
      .category = "security",
      .severity = Severity::error,
      .confidence = 0.85,
      .title = "more than the array or memory holds",
      .why = "What stands behind it, other variables and saved addresses, is read or overwritten.",
      .help = "Take the limit from the array, `sizeof buf`, or from the constant that it was "
              "declared with, and leave a byte for the zero at the end of a text.",
      .cwe = {787, 125, 121, 122, 193},
      .references = {"https://wiki.sei.cmu.edu/confluence/display/c/"
                     "ARR38-C.+Guarantee+that+library+functions+do+not+form+invalid+pointers",
                     "https://cwe.mitre.org/data/definitions/787.html"},
      .bad = {{.path = "first.c",
               .code = "#include <stdio.h>\n"
                       "\n"
                       "void first(void) {\n"
                       "    char word[20];\n"
                       "    if (fgets(word, 80, stdin))\n"
                       "        puts(word);\n"
                       "}\n",
               .lines = {5}},
              {.path = "total.c",
               .code = "int total(void) {\n"
                       "    int days[7] = {1, 2, 3, 4, 5, 6, 7};\n"
                       "    return days[7];\n"
                       "}\n",
               .lines = {3}},
              {.path = "clear.c",
               .code = "#define CELLS 10\n"
                       "\n"
                       "void clear(void) {\n"
                       "    int cells[CELLS];\n"
                       "    for (int i = 0; i <= CELLS; i++)\n"
                       "        cells[i] = 0;\n"
                       "}\n",
               .lines = {6}},
              {.path = "label.cpp",
               .code = "#include <cstring>\n"
                       "\n"
                       "void label(char *out) {\n"
                       "    char *kind = new char[4];\n"
                       "    std::strcpy(kind, \"blue\");\n"
                       "    out[0] = kind[0];\n"
                       "    delete[] kind;\n"
                       "}\n",
               .lines = {5}},
              {.path = "letters.c",
               .code = "#include <string.h>\n"
                       "\n"
                       "void letters(void) {\n"
                       "    char small[50], all[100];\n"
                       "    char *data = small;\n"
                       "    memset(all, 'A', 99);\n"
                       "    all[99] = 0;\n"
                       "    strcpy(data, all);\n"
                       "}\n",
               .lines = {8}}},
      .good = {{.path = "first.c",
                .code = "#include <stdio.h>\n"
                        "\n"
                        "void first(void) {\n"
                        "    char word[80];\n"
                        "    if (fgets(word, sizeof word, stdin))\n"
                        "        puts(word);\n"
                        "}\n"},
               {.path = "clear.c",
                .code = "#define CELLS 10\n"
                        "\n"
                        "void clear(void) {\n"
                        "    int cells[CELLS];\n"
                        "    for (int i = 0; i < CELLS; i++)\n"
                        "        cells[i] = 0;\n"
                        "}\n"},
               {.path = "label.c",
                .code = "#include <string.h>\n"
                        "\n"
                        "void label(char *out) {\n"
                        "    char kind[5];\n"
                        "    strcpy(kind, \"blue\");\n"
                        "    out[0] = kind[0];\n"
                        "}\n"},
               {.path = "either.c",
                .code = "#include <string.h>\n"
                        "\n"
                        "void either(int big) {\n"
                        "    char small[10], large[100];\n"
                        "    char *place = small;\n"
                        "    if (big)\n"
                        "        place = large;\n"
                        "    memset(place, 0, 100);\n"
                        "}\n"}},
  }}};
  return kRules;
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const SourceFile& file = exam.after();
  if (file.tree() == nullptr || file.language() == nullptr) return;
  const bool is_cpp = file.language()->name == "cpp";
  if (!is_cpp && file.language()->name != "c") return;
  const Node root = file.tree()->root();
  const known_size::Declared declared(root, file.text());
  constexpr double kPossible = 0.65;
  walk(root, [&](Node node) {
    if (exam.stop().stop_requested()) return false;
    if (node.kind() != "function_definition")
      return node.kind() != "declaration" && node.kind() != "preproc_def";
    for (const auto& overrun : known_size::overruns(node, file.text(), declared, is_cpp)) {
      auto finding = make_finding(rule_table()[0], file, overrun.at, overrun.message);
      if (!overrun.is_certain) finding.confidence = kPossible;
      out.push_back(std::move(finding));
    }
    return false;
  });
}

}  // namespace

const Check& check_known_size() {
  static const Check kCheck{
      .name = "known_size",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
