#include "analyzers/checks/imports/rule.hpp"

namespace peer::imports {
namespace {

std::vector<Example> bad_examples() {
  return {
      {.path = "a.py",
       .code = "import json\nimport os  # paths\n\nprint(json.dumps({}))\n",
       .lines = {2},
       .fixed = "import json\n\nprint(json.dumps({}))\n"},
      {.path = "b.py",
       .code =
           "from typing import (\n    Any,\n    Dict,\n    List,\n)\n\nx: Dict[str, int] = {}\n",
       .lines = {2, 4},
       .fixed = "from typing import (\n    Dict,\n)\n\nx: Dict[str, int] = {}\n"},
      {.path = "c.py",
       .code = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from a import B\n    "
               "import c\n",
       .lines = {4, 5},
       .fixed = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    pass\n"},
      {.path = "a.js",
       .code = "import a, { b, c } from 'lib';\nimport d from 'other';\nc(a);\n",
       .lines = {1, 2},
       .fixed = "import a, { c } from 'lib';\nc(a);\n"},
      {.path = "a.ts",
       .code = "import { type A, B } from './b';\nimport type { C } from './c';\nexport const b = "
               "new B();\n",
       .lines = {1, 2},
       .fixed = "import { B } from './b';\nexport const b = new B();\n"},
      {.path = "a.tsx",
       .code = "import React, { useState } from 'react';\nexport const A = () => <b>ok</b>;\n",
       .lines = {1},
       .fixed = "import React from 'react';\nexport const A = () => <b>ok</b>;\n"},
      {.path = "A.java",
       .code = "import java.util.List;\nimport java.util.Map;\n\nclass A { List<String> names; }\n",
       .lines = {2},
       .fixed = "import java.util.List;\n\nclass A { List<String> names; }\n"},
      {.path = "a.go",
       .code = "package a\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc F() { fmt.Println() }\n",
       .lines = {5},
       .fixed = "package a\n\nimport (\n\t\"fmt\"\n)\n\nfunc F() { fmt.Println() }\n"},
      {.path = "a.rs",
       .code = "use std::{collections::HashMap, fmt};\n\nfn f(_: &mut fmt::Formatter) {}\n",
       .lines = {1},
       .fixed = "use std::{fmt};\n\nfn f(_: &mut fmt::Formatter) {}\n"},
      {.path = "A.cs",
       .code = "using System;\nusing Map = System.Collections.Hashtable;\n\nclass A { }\n",
       .lines = {2},
       .fixed = "using System;\n\nclass A { }\n"},
      {.path = "a.php",
       .code = "<?php\nuse A\\B;\nuse A\\{C, D as E};\n\nreturn new E(fn (C $b) => $b);\n",
       .lines = {2},
       .fixed = "<?php\nuse A\\{C, D as E};\n\nreturn new E(fn (C $b) => $b);\n"},
      {.path = "a.kt",
       .code = "package a\n\nimport b.C\nimport b.D as E\n\nval c = C()\n",
       .lines = {4},
       .fixed = "package a\n\nimport b.C\n\nval c = C()\n"},
  };
}

std::vector<Example> good_examples() {
  return {
      {.path = "a.py",
       .code = "from __future__ import annotations\nfrom a import b as b\nfrom c import D, "
               "e\nimport f  # noqa: F401\n"
               "__all__ = ['e']\n\ndef g(d: 'list[D]') -> None: ...\n"},
      {.path = "b.py",
       .code = "try:\n    import fast\nexcept ImportError:\n    FAST = False\nelse:\n    FAST = "
               "True\n"},
      {.path = "pkg/__init__.py", .code = "from .core import run\n"},
      {.path = "a.jsx",
       .code = "import React from 'react';\nimport './style.css';\nexport default () => <p/>;\n"},
      {.path = "a.ts",
       .code = "import { A } from './a';\nimport { b } from './b';\nexport { b };\nlet a: A;\n"},
      {.path = "A.java",
       .code = "import java.util.List;\nimport static a.B.max;\n\n/** See {@link List}. */\n"
               "class A { int m = max(); }\n"},
      {.path = "a.go",
       .code =
           "package a\n\nimport (\n\t_ \"embed\"\n\t\"gopkg.in/yaml.v3\"\n)\n\nvar n yaml.Node\n"},
      {.path = "a.rs",
       .code = "use std::io::Read;\npub use std::fmt;\nuse a::Extension as _;\nfn f(mut r: impl "
               "std::io::Seek) {}\n"},
      {.path = "A.cs",
       .code = "using System.Linq;\nusing M = System.Math;\n\nclass A { double x = M.PI; }\n"},
      {.path = "a.php",
       .code = "<?php\nuse A\\B;\nuse A\\Column as ORM;\n\n/** @param B $x */\nfunction f($x) "
               "{}\n/** @ORM\\Id */\n"
               "class C {}\n"},
      {.path = "a.kt",
       .code = "import a.getValue\nimport a.b\n\nval x by lazy { 1 }\nval s = \"$b\"\n"},
  };
}

}  // namespace

const RuleInfo& unused_import_rule() {
  static const RuleInfo kRule{
      .id = "unused-import",
      .category = "maintainability",
      .severity = Severity::warning,
      .confidence = 0.95,
      .title = "import that is never used",
      .why =
          "It claims a dependency that is not there: readers and tools follow it for nothing, and "
          "in many languages it "
          "is loaded for nothing.",
      .help =
          "Delete the import. If it is there for what loading it does, say so: `import \"x\"` in "
          "JavaScript, `# noqa: F401` "
          "in Python; to pass a name on, use `import x as x` or `__all__`. Deleting one name of "
          "several is safe, and so is "
          "a whole statement, except in JavaScript where it loads a file of the project and in any "
          "script where it loads "
          "a style sheet: that code would no longer run. Only what can be told from one file is "
          "reported: no C# "
          "namespaces, no Rust names that may be traits, no Go packages outside the standard "
          "library without an alias.",
      .bad = bad_examples(),
      .good = good_examples(),
  };
  return kRule;
}

}  // namespace peer::imports
