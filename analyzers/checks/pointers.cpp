// Memory of C and C++ that is used after it was given back, is given back twice, or cannot be given
// back; pointers that may be null; variables without a value.
#include <algorithm>
#include <array>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/pointers/follow.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/test_code.hpp"

namespace peer {
namespace {

const std::array<RuleInfo, 5>& rule_table() {  // NOLINT(readability-function-size): a table
  static const std::array<RuleInfo, 5> kRules{{
      {
          .id = "use-after-free",
          .category = "security",
          .severity = Severity::error,
          .confidence = 0.85,
          .title = "memory is used after it was freed",
          .why = "The memory may hold something else by then: what is read is not what was meant, "
                 "and what is written changes data that an attacker may choose.",
          .help = "Free it behind its last use. Take the next element of a list before the element "
                  "is freed, and set pointers that stay to NULL.",
          .cwe = {416},
          .references =
              {"https://wiki.sei.cmu.edu/confluence/display/c/MEM30-C.+Do+not+access+freed+memory",
               "https://cwe.mitre.org/data/definitions/416.html"},
          .bad = {{.path = "clear.c",
                   .code = "#include <stdlib.h>\n"
                           "\n"
                           "struct cell { struct cell *next; };\n"
                           "\n"
                           "void clear(struct cell *all) {\n"
                           "    while (all) {\n"
                           "        free(all);\n"
                           "        all = all->next;\n"
                           "    }\n"
                           "}\n",
                   .lines = {8}},
                  {.path = "page.c",
                   .code = "#include <stdio.h>\n"
                           "#include <stdlib.h>\n"
                           "\n"
                           "struct page { char *text; int lines; };\n"
                           "\n"
                           "static void page_drop(struct page *page) {\n"
                           "    free(page->text);\n"
                           "    free(page);\n"
                           "}\n"
                           "\n"
                           "void close_page(struct page *page) {\n"
                           "    page_drop(page);\n"
                           "    printf(\"%d lines\\n\", page->lines);\n"
                           "}\n",
                   .lines = {13}},
                  {.path = "name.cpp",
                   .code = "#include <cstring>\n"
                           "#include <string>\n"
                           "\n"
                           "std::string name(const char *text) {\n"
                           "    char *own = new char[std::strlen(text) + 1];\n"
                           "    char *first = own;\n"
                           "    std::strcpy(own, text);\n"
                           "    delete[] own;\n"
                           "    return first;\n"
                           "}\n",
                   .lines = {9}}},
          .good = {{.path = "clear.c",
                    .code = "#include <stdlib.h>\n"
                            "\n"
                            "struct cell { struct cell *next; };\n"
                            "\n"
                            "void clear(struct cell *all) {\n"
                            "    while (all) {\n"
                            "        struct cell *next = all->next;\n"
                            "        free(all);\n"
                            "        all = next;\n"
                            "    }\n"
                            "}\n"},
                   {.path = "out.c",
                    .code = "#include <stdlib.h>\n"
                            "#include <string.h>\n"
                            "\n"
                            "int out(char *text, int keep) {\n"
                            "    if (!keep)\n"
                            "        free(text);\n"
                            "    int n = 1;\n"
                            "    if (keep)\n"
                            "        n = (int)strlen(text);\n"
                            "    return n;\n"
                            "}\n"},
                   {.path = "grow.c",
                    .code = "#include <stdlib.h>\n"
                            "\n"
                            "int grow(int **all, size_t n) {\n"
                            "    int *more = realloc(*all, 2 * n * sizeof *more);\n"
                            "    if (!more)\n"
                            "        return (*all)[0];\n"
                            "    *all = more;\n"
                            "    return more[0];\n"
                            "}\n"}},
      },
      {
          .id = "double-free",
          .category = "security",
          .severity = Severity::error,
          .confidence = 0.85,
          .title = "memory is freed twice",
          .why = "The second time the memory may belong to somebody else, and the lists of the "
                 "allocator are broken, which attackers use to run code.",
          .help = "Free it in one place, or set the pointer to NULL where it is freed.",
          .cwe = {415, 1341},
          .references = {"https://cwe.mitre.org/data/definitions/415.html"},
          .bad = {{.path = "twice.c",
                   .code = "#include <stdlib.h>\n"
                           "\n"
                           "void twice(int bad) {\n"
                           "    char *p = malloc(10);\n"
                           "    free(p);\n"
                           "    if (bad)\n"
                           "        free(p);\n"
                           "}\n",
                   .lines = {7}},
                  {.path = "out.c",
                   .code = "#include <stdlib.h>\n"
                           "#include <unistd.h>\n"
                           "\n"
                           "int out(int fd, size_t n) {\n"
                           "    char *text = calloc(1, n);\n"
                           "    if (write(fd, text, n) < 0) {\n"
                           "        free(text);\n"
                           "        goto end;\n"
                           "    }\n"
                           "    n++;\n"
                           "end:\n"
                           "    free(text);\n"
                           "    return fd;\n"
                           "}\n",
                   .lines = {12}},
                  {.path = "finish.c",
                   .code = "#include <stdio.h>\n"
                           "\n"
                           "int finish(FILE *f, int verbose) {\n"
                           "    fclose(f);\n"
                           "    if (verbose)\n"
                           "        puts(\"done\");\n"
                           "    fclose(f);\n"
                           "    return 0;\n"
                           "}\n",
                   .lines = {7}}},
          .good = {{.path = "either.c",
                    .code = "#include <stdlib.h>\n"
                            "\n"
                            "int either(char *p, int bad) {\n"
                            "    if (bad) {\n"
                            "        free(p);\n"
                            "        return -1;\n"
                            "    }\n"
                            "    free(p);\n"
                            "    return 0;\n"
                            "}\n"},
                   {.path = "again.c",
                    .code = "#include <stdlib.h>\n"
                            "\n"
                            "void again(char *p) {\n"
                            "    free(p);\n"
                            "    p = NULL;\n"
                            "    free(p);\n"
                            "}\n"},
                   {.path = "all.c",
                    .code = "#include <stdlib.h>\n"
                            "\n"
                            "void all(char **rows, int n) {\n"
                            "    for (int i = 0; i < n; i++)\n"
                            "        free(rows[i]);\n"
                            "    free(rows);\n"
                            "}\n"}},
      },
      {
          .id = "free-not-allocated",
          .category = "security",
          .severity = Severity::error,
          .confidence = 0.85,
          .title = "what is freed was not allocated, or not in this way",
          .why = "The allocator takes what it is given for one of its blocks and writes there: "
                 "arrays, texts and other data are overwritten.",
          .help = "Free what malloc() gave by free(), what new gave by delete and what new[] gave "
                  "by delete[], each from its beginning.",
          .cwe = {590, 761, 762},
          .references = {"https://wiki.sei.cmu.edu/confluence/display/c/"
                         "MEM34-C.+Only+free+memory+allocated+dynamically",
                         "https://cwe.mitre.org/data/definitions/590.html"},
          .bad = {{.path = "label.c",
                   .code = "#include <stdlib.h>\n"
                           "#include <string.h>\n"
                           "\n"
                           "void label(void) {\n"
                           "    char text[10];\n"
                           "    strcpy(text, \"abc\");\n"
                           "    free(text);\n"
                           "}\n",
                   .lines = {7}},
                  {.path = "skip.c",
                   .code = "#include <stdlib.h>\n"
                           "\n"
                           "void skip(size_t n) {\n"
                           "    char *block = malloc(n + 8);\n"
                           "    if (!block)\n"
                           "        return;\n"
                           "    block += 8;\n"
                           "    free(block);\n"
                           "}\n",
                   .lines = {8}},
                  {.path = "mixed.cpp",
                   .code = "void mixed(int n) {\n"
                           "    int *all = new int[n];\n"
                           "    all[0] = n;\n"
                           "    delete all;\n"
                           "}\n",
                   .lines = {4}}},
          .good = {{.path = "blanks.c",
                    .code = "#include <stdlib.h>\n"
                            "#include <string.h>\n"
                            "\n"
                            "int blanks(const char *line) {\n"
                            "    char *copy = strdup(line);\n"
                            "    char *at = copy;\n"
                            "    while (*at == ' ')\n"
                            "        at++;\n"
                            "    int n = (int)(at - copy);\n"
                            "    free(copy);\n"
                            "    return n;\n"
                            "}\n"},
                   {.path = "show.c",
                    .code = "#include <stdlib.h>\n"
                            "#include <string.h>\n"
                            "\n"
                            "void show(const char *text) {\n"
                            "    char few[64];\n"
                            "    char *at = few;\n"
                            "    if (strlen(text) >= sizeof few)\n"
                            "        at = strdup(text);\n"
                            "    if (at != few)\n"
                            "        free(at);\n"
                            "}\n"},
                   {.path = "plain.cpp",
                    .code = "void plain(int n) {\n"
                            "    int *all = new int[n];\n"
                            "    all[0] = n;\n"
                            "    delete[] all;\n"
                            "}\n"}},
      },
      {
          .id = "null-dereference",
          .category = "security",
          .severity = Severity::warning,
          .confidence = 0.75,
          .title = "a pointer is used that may be null",
          .why = "The program crashes, which whoever chooses the input may bring about at will; "
                 "with a large offset it reads or writes at an address of their choice.",
          .help = "Ask before the first use, and leave or go around it where the pointer is null: "
                  "`if (p == NULL) return -1;`.",
          .cwe = {476, 690},
          .references = {"https://wiki.sei.cmu.edu/confluence/display/c/"
                         "EXP34-C.+Do+not+dereference+null+pointers",
                         "https://cwe.mitre.org/data/definitions/476.html"},
          .bad = {{.path = "origin.c",
                   .code = "#include <stdlib.h>\n"
                           "\n"
                           "struct point { int x, y; };\n"
                           "\n"
                           "struct point *origin(void) {\n"
                           "    struct point *made = malloc(sizeof *made);\n"
                           "    made->x = 0;\n"
                           "    made->y = 0;\n"
                           "    return made;\n"
                           "}\n",
                   .lines = {7}},
                  {.path = "home.c",
                   .code = "#include <pwd.h>\n"
                           "#include <stdio.h>\n"
                           "\n"
                           "const char *home(const char *name) {\n"
                           "    struct passwd *found = getpwnam(name);\n"
                           "    if (found == NULL)\n"
                           "        fprintf(stderr, \"%s is not known\\n\", name);\n"
                           "    return found->pw_dir;\n"
                           "}\n",
                   .lines = {8}},
                  {.path = "radius.cpp",
                   .code = "struct Shape { virtual ~Shape() = default; };\n"
                           "struct Circle : Shape { int radius = 0; };\n"
                           "\n"
                           "int radius(Shape *shape) {\n"
                           "    auto *circle = dynamic_cast<Circle *>(shape);\n"
                           "    return circle->radius;\n"
                           "}\n",
                   .lines = {6}}},
          .good = {{.path = "origin.c",
                    .code = "#include <stdlib.h>\n"
                            "\n"
                            "struct point { int x, y; };\n"
                            "\n"
                            "struct point *origin(void) {\n"
                            "    struct point *made = malloc(sizeof *made);\n"
                            "    if (!made)\n"
                            "        return NULL;\n"
                            "    made->x = 0;\n"
                            "    made->y = 0;\n"
                            "    return made;\n"
                            "}\n"},
                   {.path = "value.c",
                    .code = "#include <string.h>\n"
                            "\n"
                            "int is_yes(const char *line) {\n"
                            "    const char *at = strchr(line, '=');\n"
                            "    return at != NULL && at[1] == 'y';\n"
                            "}\n"},
                   {.path = "state.c",
                    .code = "struct task { int state; };\n"
                            "static struct task none;\n"
                            "\n"
                            "int start(struct task *t) {\n"
                            "    if (!t)\n"
                            "        t = &none;\n"
                            "    t->state = 1;\n"
                            "    return 0;\n"
                            "}\n"}},
      },
      {
          .id = "read-without-value",
          .category = "security",
          .severity = Severity::error,
          .confidence = 0.8,
          .title = "a variable is read that has no value yet",
          .why = "It holds what the stack held before: results are random, addresses lead "
                 "anywhere, and what is shown may be a secret of another function.",
          .help = "Give the variable a value where it is declared, and a pointer the memory that "
                  "it is to point to.",
          .cwe = {457, 824, 908},
          .references = {"https://wiki.sei.cmu.edu/confluence/display/c/"
                         "EXP33-C.+Do+not+read+uninitialized+memory",
                         "https://cwe.mitre.org/data/definitions/457.html"},
          .bad = {{.path = "total.c",
                   .code = "int total(const int *all, int n) {\n"
                           "    int sum;\n"
                           "    for (int i = 0; i < n; i++)\n"
                           "        sum += all[i];\n"
                           "    return sum;\n"
                           "}\n",
                   .lines = {4}},
                  {.path = "kind.c",
                   .code = "int kind(int n) {\n"
                           "    int result;\n"
                           "    if (n > 3)\n"
                           "        result = 1;\n"
                           "    return result;\n"
                           "}\n",
                   .lines = {5}},
                  {.path = "name.c",
                   .code = "#include <string.h>\n"
                           "\n"
                           "void name(void) {\n"
                           "    char *p;\n"
                           "    strcpy(p, \"abc\");\n"
                           "}\n",
                   .lines = {5}}},
          .good = {{.path = "total.c",
                    .code = "int total(const int *all, int n) {\n"
                            "    int sum;\n"
                            "    sum = 0;\n"
                            "    for (int i = 0; i < n; i++)\n"
                            "        sum += all[i];\n"
                            "    return sum;\n"
                            "}\n"},
                   {.path = "kind.c",
                    .code = "int kind(int n) {\n"
                            "    int result;\n"
                            "    if (n > 3)\n"
                            "        result = 1;\n"
                            "    else\n"
                            "        result = 0;\n"
                            "    return result;\n"
                            "}\n"},
                   {.path = "number.c",
                    .code = "#include <stdio.h>\n"
                            "\n"
                            "int number(void) {\n"
                            "    int n;\n"
                            "    if (scanf(\"%d\", &n) != 1)\n"
                            "        return 0;\n"
                            "    return n;\n"
                            "}\n"}},
      },
  }};
  return kRules;
}

bool is_document_path(std::string_view path) {
  return path.starts_with("doc/") || path.starts_with("docs/") ||
         path.find("/docs/") != std::string_view::npos ||
         path.find("fuzz") != std::string_view::npos;
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const SourceFile& file = exam.after();
  if (file.tree() == nullptr || file.language() == nullptr) return;
  const bool is_cpp = file.language()->name == "cpp";
  if (!is_cpp && file.language()->name != "c") return;
  constexpr double kPossible = 0.65, kGuessed = 0.45;
  const bool is_shown = is_test_path(file.path()) || is_document_path(file.path());
  pointers::Functions functions(file.tree()->root(), file.text(), is_cpp, exam.stop());
  for (auto& misuse : functions.misuses()) {
    // tests may crash, somebody sees it; and examples are short
    if (is_shown && (misuse.flaw == pointers::Flaw::null || misuse.flaw == pointers::Flaw::unset))
      continue;
    auto finding = make_finding(rule_table()[static_cast<std::size_t>(misuse.flaw)], file,
                                misuse.at, std::move(misuse.message));
    if (!misuse.is_certain) finding.confidence = kPossible;
    if (misuse.is_guess) finding.confidence = kGuessed;
    out.push_back(std::move(finding));
  }
}

}  // namespace

const Check& check_pointers() {
  static const Check kCheck{
      .name = "pointers",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
