// Every language of the catalogue, and which file is of which.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/outline.hpp"
#include "analyzers/parse/parse.hpp"

namespace peer {
namespace {

std::string_view detected(std::string_view path, std::string_view text = "") {
  const auto* language = detect_language(path, text);
  return language == nullptr ? "none" : language->name;
}

TEST(Languages, ShareNoExtensionFileNameOrInterpreter) {
  std::map<std::string_view, std::string_view> owner;
  for (const auto* language : all_languages()) {
    for (const auto list : {language->extensions, language->file_names, language->interpreters}) {
      for (const auto entry : list) {
        if (entry == ".h") continue;  // decided by content
        const auto [it, added] = owner.emplace(entry, language->name);
        EXPECT_TRUE(added) << entry << " belongs to " << it->second << " and " << language->name;
      }
    }
  }
}

TEST(Languages, AreWrittenAsTheHeaderSays) {
  for (const auto* language : all_languages()) {
    EXPECT_FALSE(language->display_name.empty());
    for (const auto extension : language->extensions) {
      EXPECT_TRUE(extension.starts_with('.')) << extension;
      EXPECT_TRUE(std::none_of(extension.begin(), extension.end(),
                               [](char c) { return c >= 'A' && c <= 'Z'; }));
    }
    if (language->name != "json") {
      EXPECT_FALSE(language->line_comments.empty() && language->block_comments.empty())
          << language->name;
    }
  }
}

TEST(Languages, HaveAFunctionAClassAndAnImportInTheirSample) {
  const std::set<std::string_view> no_code{"json", "yaml", "html", "css"};
  const std::set<std::string_view> no_types{"bash", "lua"};
  for (const auto* language : all_languages()) {
    if (no_code.contains(language->name)) continue;
    const auto file = parse("a", std::string(language->sample), {}, {}, language);
    const auto outline = outline_of(file);
    const auto has = [&](auto holds) {
      return std::any_of(outline.symbols.begin(), outline.symbols.end(), holds);
    };
    EXPECT_TRUE(has([](const Symbol& s) { return s.is_callable() && s.body; })) << language->name;
    EXPECT_TRUE(has([](const Symbol& s) { return s.kind == SymbolKind::import; }))
        << language->name;
    if (!no_types.contains(language->name)) {
      EXPECT_TRUE(has([](const Symbol& s) { return s.is_type(); })) << language->name;
    }
    for (const auto& symbol : outline.symbols)
      EXPECT_FALSE(symbol.signature(file.text()).empty()) << language->name << " " << symbol.name;
  }
}

TEST(Languages, HaveAliases) {
  for (const auto& [alias, name] : std::map<std::string, std::string>{{"js", "javascript"},
                                                                      {"JSX", "javascript"},
                                                                      {"ts", "typescript"},
                                                                      {"C++", "cpp"},
                                                                      {"c#", "csharp"},
                                                                      {"golang", "go"},
                                                                      {"py", "python"},
                                                                      {"rb", "ruby"},
                                                                      {"rs", "rust"},
                                                                      {"kt", "kotlin"},
                                                                      {"sh", "bash"},
                                                                      {"shell", "bash"},
                                                                      {"yml", "yaml"},
                                                                      {"PHP", "php"}}) {
    ASSERT_NE(find_language(alias), nullptr) << alias;
    EXPECT_EQ(find_language(alias)->name, name);
  }
  EXPECT_EQ(find_language("klingon"), nullptr);
}

TEST(Languages, AreDetectedByNameExtensionOrFirstLine) {
  EXPECT_EQ(detected("src/A.PY"), "python");
  EXPECT_EQ(detected("Rakefile"), "ruby");
  EXPECT_EQ(detected("a/b.min.js"), "javascript");
  EXPECT_EQ(detected("tool", "#!/usr/bin/env -S python3 -u\n"), "python");
  EXPECT_EQ(detected("tool", "#!/bin/sh -e\n"), "bash");
  EXPECT_EQ(detected("tool", "#!/usr/bin/python3.11\n"), "python");
  EXPECT_EQ(detected("tool", "#!/usr/bin/env FOO=1 node\n"), "javascript");
  EXPECT_EQ(detected("tool", "#!"), "none");
  EXPECT_EQ(detected("README"), "none");
  EXPECT_EQ(detected("a.unknown", "#!/usr/bin/ruby\n"), "ruby");
}

TEST(Languages, TellHeadersOfCFromThoseOfCpp) {
  for (const auto* c :
       {"#ifdef __cplusplus\nextern \"C\" {\n#endif\nint f(void);\n#ifdef __cplusplus\n}\n#endif\n",
        "/* a class of things: std::string is not used\n class X; */\nstruct s { int class; };\n",
        "#define NEW(x) x\nstatic inline int f(int new) { return new; }\n",
        "#ifdef __cplusplus\nnamespace n { class A; }\n#else\ntypedef struct A A;\n#endif\n", "",
        "typedef enum { using_a, public_b } e;\n"})
    EXPECT_EQ(detected("a.h", c), "c") << c;
  for (const auto* cpp :
       {"namespace n {\nint f();\n}\n", "#pragma once\n#include <vector>\nint f();\n", "class A;\n",
        "struct A {\n public:\n  int x;\n};\n", "template <typename T>\nT f(T x);\n",
        "struct A : B {\n  int x;\n};\n", "enum class E { a };\n",
        "int f(const A& a);\nbool operator==(A, A);\n", "using X = int;\n", "std::string f();\n",
        "struct A { A(); virtual ~A(); };\n"})
    EXPECT_EQ(detected("a.h", cpp), "cpp") << cpp;
}

}  // namespace
}  // namespace peer
