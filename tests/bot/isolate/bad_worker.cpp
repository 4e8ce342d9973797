// A worker for the tests: Python's grammar, but its scanner never ends in files called *.loops,
// crashes in *.crashes and eats memory in *.eats; *.escapes tries to reach what is outside.
// Everything else is examined as usual.
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "analyzers/languages/language.hpp"
#include "bot/isolate/worker.hpp"
#include "tree_sitter/parser.h"

namespace {

bool loop(void*, TSLexer*, const bool*) {
  volatile bool forever = true;
  while (forever) {
  }
  return false;
}

bool crash(void*, TSLexer*, const bool*) {
  std::raise(SIGSEGV);
  std::abort();
}

bool eat(void*, TSLexer*, const bool*) {
  static std::vector<std::string> kept;
  for (;;)
    kept.emplace_back(1 << 20U, 'x');
}

using Scan = bool (*)(void*, TSLexer*, const bool*);

template <Scan scan>
const TSLanguage* bad_grammar() {
  static const TSLanguage kGrammar = [] {
    TSLanguage grammar = *peer::find_language("python")->grammar();
    grammar.external_scanner.scan = scan;
    return grammar;
  }();
  return &kGrammar;
}

template <Scan scan>
peer::FileReview parse_with(const peer::FileJob& job, const peer::ExamineOptions& options) {
  static const peer::Language kLanguage = [] {
    peer::Language language = *peer::find_language("python");
    language.grammar = bad_grammar<scan>;
    return language;
  }();
  (void)peer::parse(job.file.path, job.after.value_or(""), options.checks.parse, {}, &kLanguage);
  return peer::examine(job, options);
}

/// Tries what a grammar that was taken over would try, and tells in its review what could be done.
peer::FileReview try_to_escape(const peer::FileJob& job, const peer::ExamineOptions& options) {
  auto review = peer::examine(job, options);
  const auto note = [&](bool done, const char* what) {
    if (done) review.reason += std::string(what) + "; ";
  };
  review.reason = "tried; ";
  note(::open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0, "read a file");
  note(::open("/proc/self/environ", O_RDONLY | O_CLOEXEC) >= 0, "read /proc");
  note(::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) >= 0, "made a file");
  note(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0, "made a socket");
  note(::kill(::getppid(), 0) == 0, "may signal its parent");
  note(environ != nullptr && *environ != nullptr, "has an environment");
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  note(child > 0, "started a process");
  return review;
}

peer::FileReview examine(const peer::FileJob& job, const peer::ExamineOptions& options) {
  const auto& path = job.file.path;
  if (path.ends_with(".escapes")) return try_to_escape(job, options);
  if (path.ends_with(".loops")) return parse_with<loop>(job, options);
  if (path.ends_with(".crashes")) return parse_with<crash>(job, options);
  if (path.ends_with(".eats")) return parse_with<eat>(job, options);
  return peer::examine(job, options);
}

}  // namespace

int main() { return peer::serve_as_worker(examine); }
