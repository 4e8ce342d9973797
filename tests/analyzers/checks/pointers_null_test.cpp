// Pointers that may be null and variables without a value: a line that ends in `// flaw` holds one,
// which is told by default.
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

std::set<std::uint32_t> lines_of(std::string_view language, const std::string& code, Flaw flaw) {
  const SourceFile file =
      parse("a." + std::string(language), code, {}, {}, find_language(language));
  std::set<std::uint32_t> found;
  if (file.tree() == nullptr) return found;
  for (const Misuse& misuse :
       Functions(file.tree()->root(), file.text(), language == "cpp").misuses())
    if (misuse.flaw == flaw && !misuse.is_guess) found.insert(line_at(code, misuse.at.begin));
  return found;
}

/// Lines that say so are found, and no others.
void judge(Flaw flaw, std::string_view language, const std::string& code) {
  EXPECT_EQ(lines_of(language, code, flaw), marked_lines(code)) << code;
}

TEST(PointersNull, OfFunctionsThatFail) {
  judge(Flaw::null, "c", R"(
void made(void) { int *p = malloc(40);
  p[0] = 1; // flaw
  p[1] = 2;
}
void asked(void) { int *p = malloc(40); if (!p) return; p[0] = 1; }
void asked_both(int n) { char *p, *q; if ((p = malloc(n)) == NULL || (q = malloc(n)) == NULL) return; p[0] = q[0] = 0; }
int and(const char *s) { char *at = strchr(s, ':'); return at && at[1] == ' '; }
int chosen(const char *s) { char *at = strchr(s, ':'); return at ? at[1] : 0; }
void looped(char *s) { char *at; while ((at = strchr(s, ',')) != NULL) { *at = 0; s = at + 1; } }
void copied(void) { char *p = strdup("a"); char *q = p; if (q == NULL) abort(); p[0] = 'b'; }
void given(const char *path) { FILE *f = fopen(path, "r"); char line[9];
  fgets(line, 9, f); // flaw
}
void inside(box *b) { b->text = malloc(9);
  strcpy(b->text, "a"); // flaw
}
void inside_asked(box *b) { b->text = malloc(9); if (!b->text) return; strcpy(b->text, "a"); }
void through(char **out) { *out = realloc(*out, 9);
  (*out)[0] = 0; // flaw
}
void checked_by_others(void) { int *p = malloc(4); assert(p); *p = 1; }
void checked_by_macro(void) { int *p = malloc(4); CHECK(p); *p = 1; }
void checked_by_function(void) { int *p = malloc(4); if (!is_there(p)) return; *p = 1; }
void same_call(char *s) { if (strchr(s, '|') == NULL) return; char *copy = dup(s); char *at = strchr(copy, '|'); *at = 0; }
void twice(char *s) { char *at; do { at = strrchr(s, '/'); s = at ? at + 1 : s; } while (at); }
)");
  judge(Flaw::null, "cpp", R"(
int cast(Shape *s) { auto *c = dynamic_cast<Circle *>(s);
  return c->r; // flaw
}
int cast_asked(Shape *s) { if (auto *c = dynamic_cast<Circle *>(s)) return c->r; return 0; }
int locked(const std::weak_ptr<Room> &w) { auto r = w.lock();
  return r->n; // flaw
}
std::string home() {
  std::string s = std::getenv("HOME"); // flaw
  return s;
}
int *none(unsigned n) { int *p = new (std::nothrow) int[n];
  p[0] = 0; // flaw
  return p;
}
int *some(unsigned n) { int *p = new int[n]; p[0] = 0; return p; }
std::string repeated(unsigned n) { return std::string(n, 'x'); }
)");
}

TEST(PointersNull, OfFunctionsOfTheFile) {
  judge(Flaw::null, "c", R"(
static item *search(item *all, int id) { for (; all; all = all->next) if (all->id == id) return all; return NULL; }
int price(item *all) {
  return search(all, 3)->price; // flaw
}
static char *nothing(void) { char *p = NULL; return p; }
void user(void) { char *p = nothing();
  p[0] = 1; // flaw
}
static int first(const int *all) { return all[0]; }
int passes(void) { int *p = NULL;
  return first(p); // flaw
}
static int first_if(const int *all) { if (!all) return 0; return all[0]; }
int passes_on(void) { int *p = NULL; return first_if(p); }
static int sum(const int *all, int n) { if (n == 0) return 0; return all[0]; }
int nothing_to_sum(void) { int *p = NULL; return sum(p, 0); }
static const int kYes = 1;
static int is_no(void) { return 0; }
void constant(void) { int *p = NULL; int n; if (kYes) p = &n; *p = 1; }
void never(void) { int *p = NULL; if (is_no()) *p = 1; }
)");
  judge(Flaw::null, "c", R"(
static row *row_of(table *t, int id, int make) { row *r = look(t, id); if (r) return r; if (!make) return NULL; return add(t, id); }
int made(table *t) { return row_of(t, 3, 1)->n; }
int maybe(table *t) {
  return row_of(t, 4, 0)->n; // flaw
}
)");
  // where callers do not look, the function knows more than it shows
  judge(Flaw::null, "c", R"(
static slot *slot_of(table *t, int i) { if (i < 0) return NULL; return &t->all[i]; }
int a(table *t) { return slot_of(t, 1)->n; }
int b(table *t) { return slot_of(t, 2)->n; }
int c(table *t) { slot *s = slot_of(t, 3); return s->n; }
)");
  judge(Flaw::null, "c", R"(
static slot *slot_of(table *t, int i) { if (i < 0) return NULL; return &t->all[i]; }
int a(table *t) { slot *s = slot_of(t, 1); return s ? s->n : 0; }
int b(table *t) { slot *s = slot_of(t, 2); if (!s) return 0; return s->n; }
int d(table *t) { slot *s = slot_of(t, 2); if (!s) return 0; return s->n; }
int c(table *t) { slot *s = slot_of(t, 3);
  return s->n; // flaw
}
)");
}

TEST(PointersNull, FoundToBe) {
  judge(Flaw::null, "c", R"(
int on(task *t) { if (t == NULL) puts("none");
  return t->n; // flaw
}
int leaves(task *t) { if (t == NULL) { puts("none"); return 0; } return t->n; }
int takes(task *t) { if (!t) t = &none; return t->n; }
int other(task *t) { if (!t) { make(&t); } return t->n; }
int length(const char *s) { int n = s ? strlen(s) : 0; return n && s[n - 1] == '/'; }
int partly(task *t, int strict) { if (!t && strict) return 0;
  return t->n; // flaw
}
int wrong(task *t) {
  if (t == NULL && t->n == 0) return 1; // flaw
  return 0;
}
int or_wrong(task *t) {
  return t != NULL || t->n; // flaw
}
int in_it(task *t) { if (!t)
    return t->n; // flaw
  return 0;
}
void late(task *t) {
  puts(t->name); // flaw
  if (!t) return;
  puts("done");
}
int behind(task *t) { while (t) t = t->next;
  return t->n; // flaw
}
void set(void) { int *p = NULL;
  *p = 1; // flaw
}
void set_in_loop(part *all) { io *v = NULL; for (; all; all = all->next) { if (v && all->joined) v->n++; else v = next(v); if (all->last) v->n = 0; } }
void of_macro(list *l) { item *p = NULL; list_for_each(p, l) { p->n = 0; } }
void shared(void) { static cache *c = NULL; c->n++; }
void shared_too(void) { static const struct cache *c = NULL; use(c->n); }
void flagged(box *b) { int bad = 0; if (!b) { puts("none"); bad = 1; } if (!bad) b->n = 1; }
void fatal(box *b) { if (!b) fatal_error("none"); b->n = 1; }
void cast_address(box *b) { b->text = NULL; FormatMessageA(3, (LPSTR)&b->text, 0); if (b->n && strstr(b->text, "%1")) puts("x"); }
void end_of_text(char *s) { char *end = strchr(s, 0); *end = 'x'; s = strrchr(s, '\0') + 1; }
void filled(char *s) { char *end = NULL; strtol(s, &end, 10); if (*end) puts("more"); }
)");
}

TEST(PointersUnset, IsNotRead) {
  judge(Flaw::unset, "c", R"(
int sum(const int *all, int n) { int s;
  for (int i = 0; i < n; i++)
    s += all[i]; // flaw
  return s;
}
int one(int n) { int r; if (n > 3) r = 1;
  return r; // flaw
}
int both(int n) { int r; if (n > 3) r = 1; else r = 0; return r; }
int of_two_scopes(char *s) { if (!s[0]) { char q[9]; name(q); } const char *q; for (q = s; *q; q++) ; return q - s; }
int of_cases(int n) { int r; switch (n) { case 0: r = 1; break; case 1: r = 2; break; }
  return r; // flaw
}
int of_all_cases(int n) { int r; switch (n) { case 0: r = 1; break; default: r = 2; } return r; }
void nowhere(void) { char *p;
  strcpy(p, "a"); // flaw
}
void at_nothing(void) { int *p;
  *p = 3; // flaw
}
void steps(void) { int n;
  n++; // flaw
}
void joined(void) { char text[9];
  strcat(text, "a"); // flaw
}
void joined_later(void) { char text[9]; text[0] = 0; strcat(text, "a"); }
void written(void) { char text[9]; snprintf(text, 9, "%d", 1); strcat(text, "a"); }
int given(void) { int n; if (scanf("%d", &n) != 1) return 0; return n; }
int of_bytes(const char *at) { int n; memcpy(&n, at, 4); return n; }
int by_loop(int *all, int n) { int last; for (int i = 0; i < n; i++) last = all[i]; return last; }
int by_macro(list *l) { int n; COUNT(l); return n; }
int by_condition(char *s) { int n; if (*s && get(s, &n)) return n; return 0; }
void known(void) { int n; (void)n; }
int itself(void) { int n = n; return n; }
int same_question(int a) { int n; if (a) n = 3; if (a) return n; return 0; }
int kept(void) { static int n; return n++; }
void freed(int a) { char *p; if (a) goto out; p = malloc(3);
out:
  free(p); // flaw
}
)");
  judge(Flaw::unset, "cpp", R"(
int read(std::istream &in) { int n; in >> n; return n; }
int by_reference() { int n; fill(n); return n; }
int by_lambda() { int n; auto f = [&] { n = 3; }; f(); return n; }
void of_class() { Shape s; s.draw(); }
int in_condition(Map &m) { if (auto *p = m.find(3)) return p->n; return 0; }
int plain() { int n;
  return n * 2; // flaw
}
)");
}

}  // namespace
}  // namespace peer::pointers
