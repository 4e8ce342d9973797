#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

const Sample kSamples[] = {
    {"a source", "sink(source());", Expected::tainted},
    {"a string", "std::string a = \"x\"; a += source(); sink(a.c_str());", Expected::tainted},
    {"a string of constants", "std::string a = \"x\"; a += \"y\"; sink(a.c_str());",
     Expected::constant},
    {"a stream", "std::ostringstream s; s << \"x\" << source(); sink(s.str());", Expected::tainted},
    {"auto", "auto a = source(); sink(a);", Expected::tainted},
    {"a reference", "const auto& a = source(); sink(a);", Expected::tainted},
    {"a vector", "std::vector<std::string> v; v.push_back(source()); sink(v);", Expected::tainted},
    {"a range", "for (const auto& a : source()) sink(a);", Expected::tainted},
    {"a lambda", "auto a = source(); auto g = [&] { sink(a); };", Expected::tainted},
    {"stoi", "int a = std::stoi(source()); sink(a);", Expected::constant},
    {"an allow-list", "auto a = source(); if (!allowed.contains(a)) return; sink(a);",
     Expected::constant},
    {"try", "std::string a; try { a = source(); } catch (const E& e) { a = \"x\"; } sink(a);",
     Expected::tainted},
    {"new", "auto a = new T(source()); sink(a);", Expected::tainted},
    {"in a namespace", "sink(ns::g(source()));", Expected::tainted},
    {"an object that reads like a function",
     "std::string a = source(); std::string b(a); sink(b.c_str());", Expected::tainted},
    {"of another variable",
     "std::string a = source(); std::string c = \"x\"; std::string b(c); sink(b);",
     Expected::constant},
    {"of two", "std::string a = source(); std::ifstream b(a, std::ios::binary); sink(b);",
     Expected::tainted},
    {"of what a function gives", "std::string a = source(); std::string b(same(a)); sink(b);",
     Expected::tainted},
    {"a function that is declared", "std::string a = source(); std::string b(T); sink(b);",
     Expected::variable},
    {"by position", "struct s o{source(), \"x\"}; sink(o.a);", Expected::tainted},
    {"by name", "struct s o{.a = source(), .b = \"x\"}; sink(o.a);", Expected::tainted},
    {"by another name", "struct s o{.a = source(), .b = \"x\"}; sink(o.b);", Expected::constant},
};

TEST(CppTaint, JudgesEveryConstruct) {
  judge_all("cpp", "a.cpp", kSamples,
            "static const std::set<std::string> allowed{\"x\"};\n\nvoid f(const std::string& p, "
            "int n) {\n",
            "\n}\n");
}

TEST(CppTaint, Objects) {
  const Sample samples[] = {
      {"what a constructor initialises",
       "class A { std::string a_; public: A(std::string a) : a_(a) {} void f() { sink(a_); } }; "
       "void g() { A x = A(source()); x.f(); }",
       Expected::tainted},
      {"a reference", "void g() { std::string a; std::string &b = a; b = source(); sink(a); }",
       Expected::tainted},
      {"what auto points to",
       "void g() { std::string a; auto *p = &a; p->append(source()); sink(a); }",
       Expected::tainted},
      {"in braces",
       "class A { std::string a_; public: A(std::string a) : a_{a} {} void f() { sink(a_); } }; "
       "void g() { A x{source()}; x.f(); }",
       Expected::tainted},
      {"another member",
       "class A { std::string a_, b_; public: A(std::string a) : a_(a), b_(\"x\") {} void f() { "
       "sink(b_); } }; void g() { A x{source()}; x.f(); }",
       Expected::constant},
      {"a variable",
       "class A { std::string a_; public: A(std::string a) : a_(a) {} void f() { sink(a_); } }; "
       "void g() { auto s = source(); A x(s); x.f(); }",
       Expected::tainted},
      {"make_unique",
       "class A { std::string a_; public: A(std::string a) : a_(a) {} void f() { sink(a_); } }; "
       "void g() { auto x = std::make_unique<A>(source()); x->f(); }",
       Expected::tainted},
      {"a method outside of its class",
       "class A { std::string a_; public: void set(std::string a); void f(); }; void "
       "A::set(std::string a) { a_ = a; } void A::f() { sink(a_); } void g() { A x; "
       "x.set(source()); x.f(); }",
       Expected::tainted},
      {"of a class that is not in the file",
       "void A::set() { a_ = source(); } void A::f() { sink(a_); } void A::g() { set(); f(); }",
       Expected::tainted},
      {"the one method that is there",
       "class I { public: virtual void f(std::string a) = 0; }; class A : public I { public: void "
       "f(std::string a) override { sink(a); } }; void g(I* x) { x->f(source()); }",
       Expected::tainted},
      {"in a namespace",
       "namespace n { void f(std::string a) { sink(a); } } void g() { n::f(source()); }",
       Expected::tainted},
      {"static",
       "class A { public: static void f(std::string a) { sink(a); } }; void g() { A::f(source()); "
       "}",
       Expected::tainted},
      {"one of std", "void move(std::string a) { sink(a); } void g() { std::move(source()); }",
       Expected::variable},
      {"through a reference",
       "void f(std::string& a) { a = source(); } void g() { std::string x; f(x); sink(x); }",
       Expected::tainted},
      {"through a pointer",
       "void f(std::string* a) { *a = source(); } void g() { std::string x; f(&x); sink(x); }",
       Expected::tainted},
      {"into a pointer of its own",
       "void f(char* a) { a = source(); } void g() { char* x = \"x\"; f(x); sink(x); }",
       Expected::constant},
  };
  judge_all("cpp", "a.cpp", samples);
}

}  // namespace
}  // namespace peer::taint
