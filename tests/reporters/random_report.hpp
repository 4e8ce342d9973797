// Reports with every field set to something arbitrary, for property tests. Written out by hand and
// not by way of reporters/report_fields.hpp, so that a field forgotten there is noticed.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "reporters/report.hpp"

namespace peer::test {

class RandomReports {
 public:
  explicit RandomReports(std::uint32_t seed) : random_(seed) {}

  Report report() {
    Report r;
    r.tool_version = text();
    r.command = text();
    r.change = change();
    r.findings = list<Finding>([this] { return finding(); });
    r.suppressed = list<Finding>([this] { return finding(); });
    r.fixes = list<ProvedFix>([this] { return proved_fix(); });
    r.rules = list<ReportedRule>([this] { return rule(); });
    r.complexity = list<FileComplexity>([this] {
      return FileComplexity{path(), {text(), number(), number(), number(), number()}};
    });
    r.coverage = coverage();
    r.receipt = {real(), wide(), wide(), wide(), wide(), wide(), wide(),
                 wide(), wide(), wide(), wide(), wide(), real()};
    r.degraded = texts();
    if (flip()) r.summary = texts();
    if (flip()) r.fixed = list<FixedText>([this] { return FixedText{path(), text()}; });
    r.verdict = word<Verdict>(5);
    r.complete = flip();
    r.fail_on = word<Severity>(4);
    r.fail_never = flip();
    return r;
  }

  /// Any bytes: plain words, UTF-8 of all lengths, controls, and bytes that are no UTF-8.
  std::string text() {
    static const std::vector<std::string> kPieces{"a",
                                                  "rule-id",
                                                  " ",
                                                  "\n",
                                                  "\t",
                                                  "\r\n",
                                                  std::string(1, '\0'),
                                                  "\x1b[31m",
                                                  "\"",
                                                  "\\",
                                                  "<b>",
                                                  "&",
                                                  "|",
                                                  "`",
                                                  "é",
                                                  "語",
                                                  "😀",
                                                  "\u202e",
                                                  "\u2028",
                                                  "\xff",
                                                  "\xc3",
                                                  "\xed\xa0\x80",
                                                  "\xf8",
                                                  "@x",
                                                  "::error::",
                                                  "%0A",
                                                  "]]>",
                                                  "/",
                                                  "u",
                                                  "\x7f",
                                                  "\ufffd"};
    std::string out;
    for (auto n = below(8); n > 0; --n)
      out += kPieces[below(static_cast<std::uint32_t>(kPieces.size()))];
    return out;
  }

  /// Git allows any byte in a name but NUL.
  std::string path() {
    auto name = text();
    std::erase(name, '\0');
    return "src/" + name + "x";
  }

  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

  Finding finding() {
    Finding f;
    f.rule = text();
    f.category = text();
    f.severity = word<Severity>(4);
    f.confidence = real();
    f.path = path();
    f.side = word<Side>(2);
    f.at = location();
    f.message = text();
    f.why = text();
    f.help = text();
    f.cwe = list<int>([this] { return static_cast<int>(number() >> 1U); });
    f.symbol = text();
    f.fingerprint = text();
    f.in_change = flip();
    f.frame = frame();
    f.related = list<Related>([this] {
      return Related{location(), text(), frame(), below(2) == 0 ? "" : path()};
    });
    f.flow = list<FlowStep>([this] { return FlowStep{location(), text()}; });
    if (flip()) f.fix = fix();
    if (flip()) f.suppressed = Suppression{text(), text()};
    f.tools = texts();
    return f;
  }

 private:
  template <class T, class Make>
  std::vector<T> list(Make make) {
    std::vector<T> out;
    for (auto n = below(4); n > 0; --n)
      out.push_back(make());
    return out;
  }
  template <class E>
  E word(std::uint32_t count) {
    return static_cast<E>(below(count));
  }

  bool flip() { return below(2) == 1; }
  std::uint32_t number() { return flip() ? below(100) : static_cast<std::uint32_t>(random_()); }
  std::uint64_t wide() { return flip() ? below(100) : random_(); }
  double real() {
    return flip() ? static_cast<double>(below(101)) / 100
                  : std::uniform_real_distribution<>(0, 1e9)(random_);
  }
  std::vector<std::string> texts() {
    return list<std::string>([this] { return text(); });
  }
  LineRange lines() { return {number(), number()}; }
  CodeFrame frame() { return {number(), TextLines(texts()), number()}; }
  Location location() {
    const auto begin = number();
    const auto room = 0xFFFFFFFFU - begin;
    return {
        {begin, begin + (room == 0 ? 0 : below(room))}, {number(), number()}, {number(), number()}};
  }
  Fix fix() {
    return {text(), list<Edit>([this] {
              return Edit{location().span, text()};
            }),
            word<Safety>(2), text(), list<Location>([this] { return location(); })};
  }
  Hunk hunk() {
    return {lines(), lines(), list<LineRange>([this] { return lines(); }),
            list<LineRange>([this] { return lines(); })};
  }
  std::optional<BlobRef> blob() {
    if (flip()) return std::nullopt;
    return BlobRef{text(), wide(), number(), flip()};
  }
  ChangeSet change() {
    ChangeSet c;
    c.description = text();
    c.base = text();
    c.head = text();
    c.merge_base = text();
    c.files = list<ChangedFile>([this] {
      return ChangedFile{path(),
                         path(),
                         word<ChangeStatus>(8),
                         word<Nature>(5),
                         blob(),
                         blob(),
                         list<Hunk>([this] { return hunk(); }),
                         {flip(), text()},
                         {},
                         text()};
    });
    c.degraded = texts();
    c.whole_files = flip();
    c.incomplete = flip();
    return c;
  }
  Coverage coverage() {
    return {list<FileCoverage>([this] {
              return FileCoverage{path(),
                                  word<CoverageStatus>(4),
                                  text(),
                                  flip(),
                                  list<HunkCoverage>([this] {
                                    return HunkCoverage{hunk(), flip()};
                                  }),
                                  flip() ? std::optional(TextLines(texts())) : std::nullopt};
            }),
            wide(), wide()};
  }
  ReportedRule rule() {
    ReportedRule r;
    r.id = text();
    r.category = text();
    r.title = text();
    r.why = text();
    r.help = text();
    r.severity = word<Severity>(4);
    r.confidence = real();
    r.cwe = list<int>([this] { return static_cast<int>(number() >> 1U); });
    r.references = texts();
    return r;
  }
  ProvedFix proved_fix() {
    ProvedFix p;
    p.fingerprint = text();
    p.rule = text();
    p.path = path();
    p.fix = fix();
    p.proof.entries = list<ProofEntry>([this] {
      return ProofEntry{word<ProofStep>(7), word<StepResult>(3), text()};
    });
    p.confidence = real();
    p.reasoning = text();
    p.decision = word<Decision>(3);
    p.diff = text();
    if (flip()) p.suggested_test = text();
    return p;
  }

  std::mt19937_64 random_;
};

}  // namespace peer::test
