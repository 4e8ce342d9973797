#include "base/sanitizers.hpp"

namespace peer {

bool is_sanitized() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

namespace {
bool leaks_are_forgiven = false;
}  // namespace

void forgive_leaks() { leaks_are_forgiven = true; }

}  // namespace peer

#if defined(__SANITIZE_ADDRESS__)
/// What LeakSanitizer does not tell of: libgit2 1.5 keeps what PCRE2 gave it for an expression, and
/// the list of shallow commits of a repository that it did not open.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" const char* __lsan_default_suppressions();
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libpcre2-8\nleak:libgit2.so\n";
}
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" int __lsan_is_turned_off();
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" int __lsan_is_turned_off() { return peer::leaks_are_forgiven ? 1 : 0; }
#endif
