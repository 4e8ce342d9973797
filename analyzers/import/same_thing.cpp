#include "analyzers/import/same_thing.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr auto kByCode = std::to_array<SameThing>({
    // gcc and clang
    {"gcc", "-Warray-bounds", "c-index-past-end"},
    {"gcc", "-Wcatch-value", "cpp-catch-by-value"},
    {"gcc", "-Wempty-body", "c-empty-body"},
    {"gcc", "-Wformat-security", "c-format-string"},
    {"gcc", "-Wmemset-transposed-args", "c-memset-swapped"},
    {"gcc", "-Wfree-nonheap-object", "free-not-allocated"},
    {"gcc", "-Wmismatched-new-delete", "free-not-allocated"},
    {"gcc", "-Wstring-compare", "c-text-compared-as-pointer"},
    {"gcc", "-Wstringop-truncation", "c-strncpy-without-terminator"},
    {"gcc", "-Wstrncat-size", "c-strncat-size"},
    {"gcc", "-Wuse-after-free", "use-after-free"},
    // tsc
    {"tsc", "TS1002", "syntax-error"},
    {"tsc", "TS1003", "syntax-error"},
    {"tsc", "TS1005", "syntax-error"},
    {"tsc", "TS1109", "syntax-error"},
    {"tsc", "TS1128", "syntax-error"},
    {"tsc", "TS1136", "syntax-error"},
    {"tsc", "TS1160", "syntax-error"},
    {"tsc", "TS1161", "syntax-error"},
    {"tsc", "TS2845", "javascript-nan-comparison"},
    {"tsc", "TS6133", "unused-import"},
    {"tsc", "TS6192", "unused-import"},
    {"tsc", "TS17008", "syntax-error"},
    // eslint and its plugins
    {"eslint", "array-callback-return", "javascript-array-callback-without-return"},
    {"eslint", "cognitive-complexity", "complexity"},
    {"eslint", "complexity", "complexity"},
    {"eslint", "detect-buffer-noassert", "javascript-buffer-no-assert"},
    {"eslint", "detect-child-process", "javascript-shell-command"},
    {"eslint", "detect-eval-with-expression", "javascript-code-evaluation"},
    {"eslint", "detect-new-buffer", "javascript-new-buffer"},
    {"eslint", "detect-non-literal-fs-filename", "javascript-variable-path"},
    {"eslint", "detect-non-literal-regexp", "javascript-variable-regexp"},
    {"eslint", "detect-non-literal-require", "javascript-variable-require"},
    {"eslint", "detect-possible-timing-attacks", "javascript-timing-comparison"},
    {"eslint", "detect-pseudoRandomBytes", "javascript-pseudo-random-bytes"},
    {"eslint", "detect-unsafe-regex", "slow-regex"},
    {"eslint", "no-alert", "debug-leftover"},
    {"eslint", "no-async-promise-executor", "javascript-async-promise-executor"},
    {"eslint", "no-await-in-loop", "javascript-await-in-loop"},
    {"eslint", "no-compare-neg-zero", "javascript-negative-zero"},
    {"eslint", "no-cond-assign", "javascript-assignment-in-condition"},
    {"eslint", "no-console", "debug-leftover"},
    {"eslint", "no-danger", "javascript-react-html"},
    {"eslint", "no-debugger", "debug-leftover"},
    {"eslint", "no-dupe-else-if", "javascript-duplicate-condition"},
    {"eslint", "no-eval", "javascript-code-evaluation"},
    {"eslint", "no-implied-eval", "javascript-timer-text"},
    {"eslint", "no-new-func", "javascript-code-evaluation"},
    {"eslint", "no-new-native-nonconstructor", "javascript-new-symbol"},
    {"eslint", "no-new-symbol", "javascript-new-symbol"},
    {"eslint", "no-new-wrappers", "javascript-new-wrapper"},
    {"eslint", "no-self-assign", "javascript-self-assignment"},
    {"eslint", "no-self-compare", "javascript-self-comparison"},
    {"eslint", "no-throw-literal", "javascript-throw-literal"},
    {"eslint", "no-unsafe-finally", "javascript-unsafe-finally"},
    {"eslint", "no-unsafe-negation", "javascript-negated-in"},
    {"eslint", "no-unused-imports", "unused-import"},
    {"eslint", "no-useless-rename", "javascript-useless-rename"},
    {"eslint", "only-throw-error", "javascript-throw-literal"},
    {"eslint", "radix", "javascript-parse-int-radix"},
    {"eslint", "use-isnan", "javascript-nan-comparison"},
    {"eslint", "valid-typeof", "javascript-invalid-typeof"},
    // ruff
    {"ruff", "B005", "python-strip-takes-characters"},
    {"ruff", "B006", "python-mutable-default"},
    {"ruff", "B012", "python-return-in-finally"},
    {"ruff", "C416", "python-copy-comprehension"},
    {"ruff", "C901", "complexity"},
    {"ruff", "DTZ003", "python-utcnow"},
    {"ruff", "E711", "python-compare-none"},
    {"ruff", "E713", "python-not-in"},
    {"ruff", "E714", "python-not-is"},
    {"ruff", "E721", "python-type-equality"},
    {"ruff", "E722", "python-bare-except"},
    {"ruff", "E999", "syntax-error"},
    {"ruff", "F401", "unused-import"},
    {"ruff", "F541", "python-fstring-without-placeholder"},
    {"ruff", "F601", "python-duplicate-key"},
    {"ruff", "F631", "python-assert-tuple"},
    {"ruff", "F632", "python-is-literal"},
    {"ruff", "F901", "python-raise-not-implemented"},
    {"ruff", "PIE810", "python-startswith-chain"},
    {"ruff", "PLR0124", "python-self-comparison"},
    {"ruff", "S101", "python-assert-used"},
    {"ruff", "S103", "python-loose-permissions"},
    {"ruff", "S104", "python-bind-all-interfaces"},
    {"ruff", "S105", "secret-assignment"},
    {"ruff", "S106", "secret-assignment"},
    {"ruff", "S107", "secret-assignment"},
    {"ruff", "S108", "python-fixed-temp-path"},
    {"ruff", "S110", "python-swallowed-exception"},
    {"ruff", "S113", "python-request-without-timeout"},
    {"ruff", "S201", "python-debug-server"},
    {"ruff", "S202", "python-unsafe-archive-extraction"},
    {"ruff", "S301", "python-unsafe-deserialization"},
    {"ruff", "S304", "python-weak-cipher"},
    {"ruff", "S305", "python-ecb-mode"},
    {"ruff", "S306", "python-mktemp"},
    {"ruff", "S307", "python-code-evaluation"},
    {"ruff", "S310", "python-urlopen-any-scheme"},
    {"ruff", "S311", "python-weak-random"},
    {"ruff", "S324", "python-weak-hash"},
    {"ruff", "S501", "python-tls-verification-off"},
    {"ruff", "S502", "python-old-tls-version"},
    {"ruff", "S504", "python-tls-version-not-set"},
    {"ruff", "S506", "python-unsafe-yaml-load"},
    {"ruff", "S507", "python-ssh-host-key-not-checked"},
    {"ruff", "S602", "python-shell-injection"},
    {"ruff", "S604", "python-shell-argument"},
    {"ruff", "S605", "python-shell-injection"},
    {"ruff", "S608", "python-sql-string-building"},
    {"ruff", "S609", "python-wildcard-in-shell"},
    {"ruff", "S612", "python-logging-config-listen"},
    {"ruff", "S701", "python-template-autoescape-off"},
    {"ruff", "SIM101", "python-isinstance-chain"},
    {"ruff", "SIM103", "python-if-returns-bool"},
    {"ruff", "SIM115", "python-file-not-closed"},
    {"ruff", "SIM118", "python-in-keys"},
    {"ruff", "T100", "debug-leftover"},
    {"ruff", "T201", "debug-leftover"},
    {"ruff", "T203", "debug-leftover"},
    {"ruff", "invalid-syntax", "syntax-error"},
    // javac -Xlint
    {"javac", "finally", "java-return-in-finally"},
});

// What has no code, or one that says too much.
constexpr auto kByWords = std::to_array<SameThing>({
    {"gcc", "assignment used as truth value", "c-assignment-in-condition"},
    {"gcc", "the result of an assignment as a condition", "c-assignment-in-condition"},
    {"gcc", "string literal results in unspecified behavior", "c-text-compared-as-pointer"},
    {"gcc", "implicit declaration of function 'gets'", "c-gets"},
    {"gcc", "'gets' is deprecated", "c-gets"},
    {"gcc", "function `gets' is dangerous", "c-gets"},
    {"gcc", "the use of `tmpnam' is dangerous", "c-temp-name"},
    {"gcc", "the use of `mktemp' is dangerous", "c-temp-name"},
    {"gcc", "stray '", "syntax-error"},
    {"gcc", "extraneous closing brace", "syntax-error"},
    {"gcc", "missing terminating ", "syntax-error"},
    {"gcc", "unterminated ", "syntax-error"},
    {"javac", "'(' or '[' expected", "syntax-error"},
    {"javac", "';' expected", "syntax-error"},
    {"javac", "')' expected", "syntax-error"},
    {"javac", "']' expected", "syntax-error"},
    {"javac", "'{' expected", "syntax-error"},
    {"javac", "<identifier> expected", "syntax-error"},
    {"javac", "illegal start of ", "syntax-error"},
    {"javac", "not a statement", "syntax-error"},
    {"javac", "reached end of file while parsing", "syntax-error"},
    {"javac", "unclosed string literal", "syntax-error"},
    {"javac", "or record expected", "syntax-error"},
    {"go", "imported and not used", "unused-import"},
    {"go", "captured by func literal", "go-loop-variable-captured"},
    {"go", "call has possible Printf formatting directive", "go-println-format"},
    {"go", "call has possible formatting directive", "go-println-format"},
    {"go", "WaitGroup.Add called from inside new goroutine", "go-wait-group-add-inside"},
    {"go", "possible misuse of unsafe.Pointer", "go-unsafe-pointer"},
    {"go", "syntax error", "syntax-error"},
    {"go", "expected declaration, found", "syntax-error"},
    {"go", "expected operand, found", "syntax-error"},
    {"rustc", "unused import", "unused-import"},
    {"rustc", "reference to mutable static", "rust-static-mut"},
    {"rustc", "use of mutable static is unsafe", "rust-static-mut"},
    {"rustc", "pointer of a temporary `CString`", "rust-dangling-cstring"},
    {"rustc", "because the temporary `CString` will be dropped", "rust-dangling-cstring"},
    {"rustc", "non-binding let on a synchronization lock", "rust-lock-not-kept"},
    {"rustc", "`MutexGuard` is held across an await point", "rust-lock-across-await"},
    {"rustc", "useless use of `format!`", "rust-useless-format"},
    {"rustc", "called `filter(..).next()`", "rust-filter-next"},
    {"rustc", "this if-then-else expression returns a bool literal", "rust-needless-bool"},
    {"rustc", "equality checks against true are unnecessary", "rust-bool-comparison"},
    {"rustc", "does not permit being left uninitialized", "rust-uninitialised-memory"},
    {"rustc", "unclosed delimiter", "syntax-error"},
    {"rustc", "closing delimiter", "syntax-error"},
    {"rustc", "expected one of ", "syntax-error"},
    {"", "SyntaxError", "syntax-error"},
    {"", "Parsing error", "syntax-error"},
    {"", "syntax error", "syntax-error"},
});

// "expected X": not a type or a class that is unknown, but a piece of the grammar.
constexpr auto kExpected = std::to_array<std::string_view>(
    {"'", "expression", "primary-expression", "unqualified-id", "identifier", "declaration",
     "statement", "initializer", "parameter declarator", "function body", "member name",
     "external declaration"});

bool misses_a_token(std::string_view message) {
  constexpr std::string_view kWord = "expected ";
  if (!message.starts_with(kWord)) return false;
  message.remove_prefix(kWord.size());
  return std::any_of(kExpected.begin(), kExpected.end(),
                     [&](std::string_view what) { return message.starts_with(what); });
}

/// gcc quotes with curly marks where the locale has them.
std::string with_plain_quotes(std::string_view text) {
  return replace_all(replace_all(std::string(text), "\xE2\x80\x98", "'"), "\xE2\x80\x99", "'");
}

bool is_compiler_of_c(std::string_view tool) {
  return tool == "gcc" || tool == "clang" || tool == "gcc/clang";
}

bool same_tool(std::string_view wanted, std::string_view tool) {
  return wanted.empty() || wanted == tool || (wanted == "gcc" && is_compiler_of_c(tool));
}

/// "-Werror=format-security" and "-Wformat-security=" are "-Wformat-security"; "x/code" is the code
/// of a plugin; of several codes the first counts.
bool same_code(std::string_view wanted, std::string_view code) {
  constexpr std::string_view kAsError = "-Werror=";
  code = code.substr(0, code.find(','));
  if (code.ends_with('=')) code.remove_suffix(1);
  if (code.starts_with(kAsError))
    return wanted.starts_with("-W") && wanted.substr(2) == code.substr(kAsError.size());
  return code == wanted || code.substr(code.find_last_of('/') + 1) == wanted;
}

}  // namespace

std::span<const SameThing> same_by_code() { return kByCode; }
std::span<const SameThing> same_by_words() { return kByWords; }

std::string_view same_thing(std::string_view tool, std::string_view code,
                            std::string_view message) {
  const auto plain = with_plain_quotes(message);
  if (!code.empty())
    for (const auto& entry : kByCode)
      if (same_tool(entry.tool, tool) && same_code(entry.what, code)) return entry.rule;
  for (const auto& entry : kByWords)
    if (same_tool(entry.tool, tool) && plain.find(entry.what) != std::string::npos)
      return entry.rule;
  return is_compiler_of_c(tool) && misses_a_token(plain) ? std::string_view("syntax-error")
                                                         : std::string_view{};
}

}  // namespace peer
