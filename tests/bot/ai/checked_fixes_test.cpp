// Plausible fixes that are wrong, against the user's own check: the last step of every proof.
#include <gtest/gtest.h>

#include "bot/fixing/user_check.hpp"
#include "llm/fixing/solve.hpp"
#include "tests/llm/fixing/adversarial.hpp"

namespace peer {
namespace {

/// The fixed file as fix-all holds it before the check, or nothing where the fix is not applied.
std::optional<FixedFile> applied(const test::Program& program, const test::Reply& reply) {
  const auto examine = test::adversarial_rules();
  const auto draft = make_draft(test::job_of(program.path, program.text()), examine, {});
  FixTools tools;
  Model model;
  model.window = 131'072;
  model.max_output = 4'096;
  tools.models = {model};
  tools.examine = examine;
  tools.ask = [&](const FixQuestion&) -> tl::expected<FixAnswer, CallFailure> {
    return FixAnswer{reply.text, false};
  };
  const auto solved = solve(draft, 0, tools);
  if (solved.kind != Solved::Kind::proved || solved.judgement.decision != Decision::apply)
    return std::nullopt;
  const Candidate candidate{0, solved.fix};
  const auto trial = try_fixes(draft, std::span(&candidate, 1), examine, {});
  FixedFile file;
  file.path = program.path;
  file.before = program.text();
  file.after = trial.after->job.after.value_or("");
  ProvedFix fix;
  fix.fix = solved.fix;
  fix.proof = solved.proof;
  fix.decision = Decision::apply;
  file.fixes.push_back(fix);
  return file;
}

TEST(CheckedFixes, KeepNoneThatIsWrongAndAllThatAreRight) {
  std::size_t wrong = 0, right = 0, kept = 0;
  for (const auto& program : test::programs())
    for (const auto& reply : test::replies(program)) {
      if (reply.kind == test::ReplyKind::visibly_wrong || reply.whole) continue;
      auto file = applied(program, reply);
      if (!file) continue;
      const bool is_wrong = reply.kind == test::ReplyKind::plausible;
      ++(is_wrong ? wrong : right);
      std::vector<FixedFile> files{*std::move(file)};
      // what a test of the program sees: the sum is computed as it should be, once, and nothing
      // after it
      const UserCheck check = [&](std::span<const FileContent> contents) -> Result<CheckOutcome> {
        const bool passes = contents[0].bytes == program.head + program.before + program.good() +
                                                     program.after + program.tail;
        return CheckOutcome{passes, passes ? "" : "exit code 1", ""};
      };
      ASSERT_TRUE(keep_if_check_passes(files, check));
      if (is_wrong) {
        EXPECT_FALSE(files[0].changed()) << program.language;
        EXPECT_EQ(files[0].fixes[0].decision, Decision::reject);
      } else {
        kept += files[0].changed() ? 1 : 0;
      }
    }
  EXPECT_GE(wrong, 60U);
  EXPECT_EQ(kept, right);
}

}  // namespace
}  // namespace peer
