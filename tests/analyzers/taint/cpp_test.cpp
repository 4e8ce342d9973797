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
};

TEST(CppTaint, JudgesEveryConstruct) {
  judge_all("cpp", "a.cpp", kSamples,
            "static const std::set<std::string> allowed{\"x\"};\n\nvoid f(const std::string& p, "
            "int n) {\n",
            "\n}\n");
}

}  // namespace
}  // namespace peer::taint
