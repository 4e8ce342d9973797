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
    {"a source", "sink(source());", kTainted},
    {"a literal", "sink(\"x\");", kConstant},
    {"a parameter", "sink(p);", kVariable},
    {"a number", "sink(n);", kConstant},
    {"let", "let a = source(); sink(a);", kTainted},
    {"borrowed", "let a = source(); sink(&a);", kTainted},
    {"let with a type", "let a: String = source(); sink(a);", kTainted},
    {"a number by its type", "let a: u32 = source().parse().unwrap(); sink(a);", kConstant},
    {"hidden", "let a = source(); let a = \"x\"; sink(a);", kConstant},
    {"hidden in a block", "let a = source(); { let a = \"x\"; } sink(a);", kTainted},
    {"overwritten", "let mut a = source(); a = \"x\".into(); sink(a);", kConstant},
    {"added to", "let mut a = String::new(); a += &source(); sink(a);", kTainted},
    {"pushed", "let mut a = String::new(); a.push_str(\"x\"); a.push_str(&source()); sink(&a);",
     kTainted},
    {"pushed constants", "let mut a = String::new(); a.push_str(\"x\"); sink(&a);", kConstant},
    {"a question mark", "let a = source()?; sink(a);", kTainted},
    {"awaited", "let a = source().await?.trim().to_string(); sink(a);", kTainted},
    {"format", "let a = source(); sink(&format!(\"x {}\", a));", kTainted},
    {"a name in a format", "let a = source(); sink(&format!(\"x {a} y\"));", kTainted},
    {"a name in a format with more", "let a = source(); sink(&format!(\"x {a:?} y\"));", kTainted},
    {"braces in a format", "let a = source(); sink(&format!(\"x {{a}} y\"));", kConstant},
    {"a member in a format", "let o = O { a: source(), b: \"x\" }; sink(&format!(\"{}\", o.a));",
     kTainted},
    {"another member in a format",
     "let o = O { a: source(), b: \"x\" }; sink(&format!(\"{}\", o.b));", kConstant},
    {"a call in a format", "let a = source(); sink(&format!(\"{}\", a.trim()));", kTainted},
    {"an element in a format", "let a = source(); sink(&format!(\"{}\", a[\"x\"]));", kTainted},
    {"written by reference",
     "let mut a = String::new(); let b = source(); write!(&mut a, \"{b}\")?; sink(a);", kTainted},
    {"a format of constants", "let a = source(); let b = \"x\"; sink(&format!(\"{} {b}\", b));",
     kConstant},
    {"written",
     "let mut a = String::new(); write!(a, \"x {}\", source).unwrap(); let b = source(); "
     "writeln!(a, \"{b}\")?; sink(a);",
     kTainted},
    {"vec", "let a = source(); sink(vec![\"x\", a]);", kTainted},
    {"a list", "let a = [source(), \"x\"]; sink(a[1]);", kConstant},
    {"a list's other element", "let a = [source(), \"x\"]; sink(a[0]);", kTainted},
    {"a tuple", "let (a, b) = (source(), \"x\"); sink(b);", kConstant},
    {"a tuple's other element", "let (a, b) = (source(), \"x\"); sink(a);", kTainted},
    {"a member", "let o = O { a: source(), b: \"x\" }; sink(o.b);", kConstant},
    {"its other member", "let o = O { a: source(), b: \"x\" }; sink(o.a);", kTainted},
    {"a member by its name alone", "let a = source(); let o = O { a }; sink(o.a);", kTainted},
    {"a pattern of members", "let O { a, .. } = source(); sink(a);", kTainted},
    {"if as a value", "let a = if n > 1 { source() } else { \"x\" }; sink(a);", kTainted},
    {"if of constants", "let a = if n > 1 { \"y\" } else { \"x\" }; sink(a);", kConstant},
    {"else if", "let a = if n > 1 { \"y\" } else if n > 2 { source() } else { \"x\" }; sink(a);",
     kTainted},
    {"if let", "if let Some(a) = source() { sink(a); }", kTainted},
    {"if let of another", "let b = source(); if let Some(a) = q(\"x\") { sink(a); }", kVariable},
    {"let else", "let Some(a) = source() else { return; }; sink(a);", kTainted},
    {"while let", "while let Some(a) = source() { sink(a); }", kTainted},
    {"for", "for a in source() { sink(a); }", kTainted},
    {"for over pairs", "for (i, a) in source().iter().enumerate() { sink(a); }", kTainted},
    {"for over constants", "for a in [\"x\", \"y\"] { sink(a); }", kConstant},
    {"loop", "let mut a = \"x\"; loop { sink(a); a = source(); }", kTainted},
    {"match as a value", "let a = match n { 1 => \"x\", _ => source() }; sink(a);", kTainted},
    {"match of constants", "let a = match source() { \"a\" => \"x\", _ => \"y\" }; sink(a);",
     kConstant},
    {"a name in match", "match source() { Ok(a) => sink(a), Err(e) => return }", kTainted},
    {"a name with a condition", "match source() { a if n > 3 => sink(a), _ => return }", kTainted},
    {"match on its own value",
     "let a = source(); match a { \"x\" | \"y\" => sink(a), _ => return }", kConstant},
    {"match on its own value as text",
     "let a = source(); match a.as_str() { \"x\" | \"y\" => sink(a), _ => return }", kConstant},
    {"a closure", "source().split(',').map(|a| a.trim()).for_each(|a| sink(a));", kTainted},
    {"a closure of constants", "[\"x\"].iter().for_each(|a| sink(a));", kConstant},
    {"cast", "sink(source() as usize);", kConstant},
    {"cleaned", "sink(clean(source()));", kConstant},
    {"an allow-list", "let a = source(); if !ALLOWED.contains(&a.as_str()) { return; } sink(a);",
     kConstant},
    {"an allow-list turned round",
     "let a = source(); if ALLOWED.contains(&a.as_str()) { return; } sink(a);", kTainted},
    {"an allow-list for a member in a format",
     "let o = source(); if !ALLOWED.contains(&o.by.as_str()) { return; } sink(format!(\"{}\", "
     "o.by));",
     kConstant},
    {"an allow-list for another member in a format",
     "let o = source(); if !ALLOWED.contains(&o.by.as_str()) { return; } sink(format!(\"{}\", "
     "o.at));",
     kTainted},
    {"equal", "let a = source(); if a == \"x\" { sink(a); }", kConstant},
    {"unsafe", "let a = unsafe { source() }; sink(a);", kTainted},
    {"an async block", "let f = async move { sink(source()); };", kTainted},
    {"a constant of the file", "sink(ROOT);", kConstant},
    {"what a method gives", "sink(self.same(source()));", kTainted},
    {"what a method gives without it", "sink(self.other(source()));", kConstant},
    {"what a function of the type gives", "sink(Self::made(source()));", kTainted},
    {"panics", "let a = source(); if n > 1 { panic!(\"no\"); } else { return; } sink(a);",
     kConstant},
};

std::string in_impl(const std::string& body) {
  return "const ROOT: &str = \"x\";\n"
         "static ALLOWED: &[&str] = &[\"x\", \"y\"];\n"
         "impl Shop {\n"
         "  fn same(&self, x: String) -> String { format!(\"a{}\", x) }\n"
         "  fn other(&self, x: String) -> String { \"b\".to_string() }\n"
         "  fn made(x: String) -> String { x }\n"
         "  async fn f(&self, p: &str, n: usize) -> Result<(), Error> {\n    " +
         body + "\n  }\n}\n";
}

/// A sink in a function of its own, and who calls it.
const Sample kPrograms[] = {
    {"nobody", "fn run(a: &str) { sink(a); }", kVariable},
    {"a caller", "fn run(a: &str) { sink(a); }\nfn f() { run(&source()); }", kTainted},
    {"a method",
     "impl S { fn run(&self, a: &str) { sink(a); } }\nfn f() { let s = S::new(); s.run(&source()); "
     "}",
     kTainted},
    {"a function of a type",
     "impl S { fn run(a: &str) { sink(a); } }\nfn f() { S::run(&source()); }", kTainted},
    {"a method of a generic type",
     "struct S<'a> { n: &'a str }\nimpl<'a> S<'a> { fn run(&self, a: &str) { sink(a); } }\nfn f(n: "
     "&str) { let s = S { n }; s.run(&source()); }",
     kTainted},
    {"a method of what a wrapper holds",
     "impl S { fn run(&self, a: &str) { sink(a); } }\nfn f(s: State<Arc<S>>) { s.run(&source()); }",
     kTainted},
    {"a method of what is pulled out of a wrapper",
     "impl S { fn run(&self, a: &str) { sink(a); } }\nfn f(State(s): State<Arc<S>>) { "
     "s.run(&source()); }",
     kTainted},
    {"a method of what a member's wrapper holds",
     "struct App { s: web::Data<S> }\nimpl S { fn run(&self, a: &str) { sink(a); } }\nfn f(app: "
     "App) { app.s.run(&source()); }",
     kTainted},
    {"a method of what is no wrapper's",
     "impl S { fn run(&self, a: &str) { sink(a); } }\nfn f(s: Vec<S>) { s.run(&source()); }",
     kVariable},
    {"in a module",
     "mod m { pub fn run(a: &str) { super::sink(a); sink(a); } }\nfn f() { run(source()); }",
     kTainted},
    {"what is pulled out of a wrapper",
     "fn run(Query(a): Query<String>) { sink(a); }\nfn f() { run(source()); }", kTainted},
    {"what a function writes",
     "fn fill(out: &mut String) { out.push_str(&source()); }\nfn f() { let mut a = String::new(); "
     "fill(&mut a); sink(a); }",
     kTainted},
};

TEST(RustTaint, JudgesEveryConstruct) {
  for (const Sample& example : kBodies) {
    const Outcome outcome = judge("rust", "a.rs", in_impl(example.code));
    EXPECT_EQ(outcome.verdict, example.expected) << example.what << "\n" << example.code;
    EXPECT_EQ(outcome.given_up, 0U) << example.what;
    EXPECT_TRUE(outcome.parses) << example.what;
  }
}

TEST(RustTaint, FollowsValuesBetweenFunctions) { judge_all("rust", "a.rs", kPrograms, "", "\n"); }

}  // namespace
}  // namespace peer::taint
