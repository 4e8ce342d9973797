// Code that is not part of the program: tests, by the words of their paths and by what they say.
// Pure; thread-safe.
#pragma once

#include <string_view>

namespace peer {

/// A path of tests, examples, benchmarks, fixtures, or generated or foreign code: repetition is
/// their nature, and much else that is a flaw elsewhere.
[[nodiscard]] bool is_test_path(std::string_view path);

/// Code that only a test runner runs: its path is one of a test, and its text names a test
/// framework or holds tests. Neither alone is enough: programs have folders called `test` too. Of
/// Go's `x_test.go` and pytest's `conftest.py` the name is, for only the test tool reads them.
[[nodiscard]] bool is_test_code(std::string_view path, std::string_view text);

}  // namespace peer
