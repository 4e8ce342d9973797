// Memory that is used after it was freed: each function of a program stands on its own; a line that
// ends in `// flaw` holds one.
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "analyzers/checks/pointers/follow.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "tests/support/marked_lines.hpp"

namespace peer::pointers {
namespace {

std::set<std::uint32_t> lines_of(std::string_view language, const std::string& code) {
  const SourceFile file =
      parse("a." + std::string(language), code, {}, {}, find_language(language));
  std::set<std::uint32_t> found;
  if (file.tree() == nullptr) return found;
  for (const Misuse& misuse :
       Functions(file.tree()->root(), file.text(), language == "cpp").misuses())
    if (misuse.flaw <= Flaw::not_freeable) found.insert(line_at(code, misuse.at.begin));
  return found;
}

/// Lines that say so are found, and no others.
void judge(std::string_view language, const std::string& code) {
  EXPECT_EQ(lines_of(language, code), marked_lines(code)) << code;
}

TEST(Pointers, IsNotUsed) {
  judge("c", R"(
int freed_maybe(int n, int *p) { int r = n && (free(p), 1);
  return r + p[0]; // flaw
}
void shown(void) { char *s = malloc(9); s[0] = 0; free(s);
  puts(s); // flaw
}
void element(int *p) { free(p);
  p[0] = 1; // flaw
}
int member(node *n) { free(n);
  return n->v; // flaw
}
int before(node *n) { int v = n->v; free(n); return v; }
char *given_out(char *s) { free(s);
  return s; // flaw
}
void next(node *n) {
  while (n) { free(n);
    n = n->next; // flaw
  }
}
void in_head(node *all) {
  for (node *n = all; n; n = n->next) // flaw
    free(n);
}
void kept(node *n) { while (n) { node *next = n->next; free(n); n = next; } }
void again(char *p) { free(p); p = malloc(3); p[0] = 1; free(p); }
void closed(FILE *f) { char line[9]; fclose(f);
  fgets(line, 9, f); // flaw
}
)");
}

TEST(Pointers, IsKnownByOtherNames) {
  judge("c", R"(
void alias(void) { char *a = malloc(4), *b = a; free(a);
  b[0] = 1; // flaw
}
void part(char *s) { char *colon = strchr(s, ':'); free(s);
  if (colon) *colon = 0; // flaw
}
void member(list *l) { node *n = l->head; free(l->head);
  n->v = 1; // flaw
}
void through(node **place) { node *n = *place; free(n);
  (*place)->v = 1; // flaw
}
void copied(node *n) { node one = *n; free(n->name);
  puts(one.name); // flaw
}
void two(list *a, list *b) { free(a->buf); b->buf[0] = 1; }
void elements(char **rows, int n) { for (int i = 0; i < n; i++) free(rows[i]); free(rows); }
void each_turn(void) { for (;;) { struct input in = {0}; read_it(&in.x); free(in.data); if (done()) break; } }
void other(char **rows, int n) { free(rows[n]); rows[n + 1][0] = 1; }
)");
}

TEST(Pointers, IsFollowedOnEachWay) {
  judge("c", R"(
int leaves(char *p, int bad) { if (bad) { free(p); return -1; } p[0] = 1; free(p); return 0; }
int goes_on(char *p, int bad) { if (bad) { free(p); puts("bad"); }
  p[0] = 1; // flaw
  return 0; }
int flag(char *p, int bad) { int gone = 0; if (bad) { free(p); gone = 1; } if (!gone) p[0] = 1; return gone; }
int code(node *n) { int e = 0; if (n->v) { free(n); e = -1; } if (e == -1) return e; return n->v; }
int same(node *n, int x) { if (x > 0) free(n); if (x <= 0) return n->v; return 0; }
int other(node *n, int x, int y) { if (x > 0) free(n); if (y) return 0;
  return n->v; // flaw
}
int by_goto(int fd) { char *p = malloc(3); if (read(fd, p, 3) < 0) { free(p); goto out; } fd++;
out:
  free(p); // flaw
  return fd; }
void cases(char *p, int k) { switch (k) { case 1: free(p); break; case 2: free(p); break; default: p[0] = 1; } }
void falls(char *p, int k) { switch (k) { case 1: free(p);
  case 2: p[0] = 1; // flaw
  } }
void which(type *t) { if (t->kind == 1) free(t->a); if (t->kind == 2) free(t->a); }
void never(char *p, int n) { if (!p) exit(1); free(p); if (n) { die("x"); } }
void null(char *s) { free(s); s = NULL; if (s) puts(s); }
void short_way(node *n, int k) { if (k || close_it(n)) free(n); else n->v = 1; }
)");
}

TEST(Pointers, IsFollowedThroughFunctionsOfTheFile) {
  judge("c", R"(
static void drop(list *l) { if (!l) return; if (l->buf) free(l->buf); free(l); }
static void show(char *s) { printf("%s", s); }
static void maybe(char *p, int k) { if (k) free(p); }
static void empty(list *l) { free(l->buf); l->buf = NULL; }
static void stop(void) { exit(1); }
void twice(list *l) { drop(l);
  drop(l); // flaw
}
void inner(list *l) { free(l->buf);
  drop(l); // flaw
}
void used(list *l) { drop(l);
  l->n = 1; // flaw
}
void shown(char *s) { free(s);
  show(s); // flaw
}
void perhaps(char *p) { maybe(p, 0); p[0] = 1; }
void emptied(list *l) { empty(l); free(l->buf); }
void stopped(char *p, int k) { if (k) { free(p); stop(); } p[0] = 1; }
void tree(node *n) { if (!n) return; tree(n->next); free(n); }
)");
}

TEST(Pointers, IsGoneOnceItWasMoved) {
  judge("c", R"(
char *old(char *p, size_t n) { char *q = realloc(p, n); if (!q) return NULL;
  p[0] = 1; // flaw
  return q; }
char *failed(char *p, size_t n) { char *q = realloc(p, n); if (!q) { free(p); return NULL; } return q; }
int kept(int **all, size_t n) { int *more = realloc(*all, n); if (!more) return (*all)[0]; *all = more; return more[0]; }
void same(char *p, size_t n) { p = realloc(p, n); p[0] = 1; free(p); }
)");
}

TEST(Pointers, WasAllocated) {
  judge("c", R"(
void array(void) { char b[9];
  free(b); // flaw
}
void variable(void) { int x; int *p = &x;
  free(p); // flaw
}
void text(void) {
  free("abc"); // flaw
}
void moved(void) { char *p = malloc(8); p++;
  free(p); // flaw
}
void either(int n) { char few[9]; char *p = few; if (n > 9) p = malloc(n); p[0] = 1; if (n > 9) free(p); }
void compared(int n) { char few[9]; char *p = n > 9 ? malloc(n) : few; if (p != few) free(p); }
void chosen(int n) { char few[9]; char *p = n ? malloc(9) : few; if (n) free(p); }
void back(char *p) { p += 8; p[0] = 1; p -= 8; free(p); }
)");
  judge("cpp", R"(
void one(void) { int *p = new int[3];
  delete p; // flaw
}
void two(void) { char *p = new char(3);
  free(p); // flaw
}
void three(void) { char *p = (char *)malloc(3);
  delete p; // flaw
}
void four(int n) { char **p = new char *[n]; delete[] p; int *q = new int(3); delete q; }
)");
}

TEST(Pointers, HasOwnersInCpp) {
  judge("cpp", R"(
void reset(void) { std::unique_ptr<Item> u(new Item); Item *p = u.get(); u.reset();
  p->run(); // flaw
}
Item *inner(void) { Item *p; { auto u = std::make_unique<Item>(); p = u.get(); }
  return p; // flaw
}
Item *given_out(void) { auto u = std::make_unique<Item>();
  return u.get(); // flaw
}
std::string given_as_copy(void) { auto u = std::make_unique<char[]>(9); fill(u.get()); return u.get(); }
void released(void) { std::unique_ptr<Item> u(new Item); Item *p = u.release(); p->run(); delete p; }
void moved(std::unique_ptr<Item> u) { auto v = std::move(u); v->run(); take(std::move(v)); }
void shared(void) { std::shared_ptr<Item> s(new Item); Item *p = s.get(); s.reset(); p->run(); }
struct Cache {
  Item *one;
  void evict() { delete one;
    one->run(); // flaw
  }
  void replace(Item *n) { delete one; one = n; one->run(); }
};
char *take(char *p) { char *q = strdup(p); free(p); return q; }
std::string taken(char *p) { std::string s(take(p)); return s; }
std::string copied(char *text) { std::string s = text; free(text); return s; }
void bound(Cache &c) { Cache *d = &c; delete d->one;
  c.one->run(); // flaw
}
void local_class() { struct Deep { Item *p; ~Deep() { delete p; } void run() { p->run(); } }; Deep d; d.run(); }
)");
}

TEST(Pointers, AsksNotTooMuchOfHostileCode) {
  std::string deep = "void f(char *p) { free(p); ";
  for (int i = 0; i < 20'000; ++i)
    deep += "if (p && a" + std::to_string(i) + ") { free(q" + std::to_string(i) + "); ";
  EXPECT_LE(lines_of("c", deep).size(), 1U);
  std::string wide = "void f(char *p, int n) {";
  for (int i = 0; i < 5'000; ++i)
    wide += "if (n == " + std::to_string(i) + ") free(x" + std::to_string(i) + ");\n";
  EXPECT_TRUE(lines_of("c", wide + "}").empty());
  std::string both = "void f(char *p) { if (";
  for (int i = 0; i < 20'000; ++i)
    both += "a && (";
  EXPECT_TRUE(lines_of("c", both).empty());
  std::string many = "static void set(int *p) { *p = 1; }\nvoid f(char *p) { free(p);\n";
  for (int i = 0; i < 2'000; ++i)
    many += "int v" + std::to_string(i) + "; set(&v" + std::to_string(i) + ");\n";
  EXPECT_EQ(lines_of("c", many + "p[0] = 1; }").size(),
            1U);  // the table of names grows while one of its entries is used
  std::string apart = "void f(char *p) {";
  for (int i = 0; i < 20'000; ++i)
    apart += "if (a" + std::to_string(i) + ") free(p" + std::to_string(i % 40) + ");\n";
  EXPECT_LE(lines_of("c", apart + "}").size(), 40U);
  std::string ring = "void f(void) { struct s a, b; a = b; b = a; free(a.p); b.p[0] = 1; }";
  EXPECT_LE(lines_of("c", ring).size(), 1U);
}

}  // namespace
}  // namespace peer::pointers
