#include "bot/fixing/ask.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "reporters/render/diff.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/ink.hpp"

namespace peer {
namespace {

constexpr std::string_view kHelp =
    "y - apply this fix\n"
    "n - do not apply this fix\n"
    "a - apply this fix and all later ones\n"
    "q - quit; apply neither this fix nor any later one\n"
    "e - explain the finding\n"
    "? - print this help\n";

struct Question {
  const ProvedFix& fix;
  const Finding& finding;
};

void show(const Question& question, const Dialogue& dialogue) {
  const auto& [fix, finding] = question;
  const bool color = dialogue.color;
  const auto place = fmt::format("{}:{}", visible(fix.path, false), finding.at.start.line);
  dialogue.say(fmt::format("{}  {}  {}{}  {}  proved: {}\n", painted(place, Ink::bold, color),
                           visible(fix.rule, false), visible(fix.fix.title, false),
                           fix.fix.safety == Safety::unsafe ? "  (may change behaviour)" : "",
                           confidence_words(fix.confidence), proof_words(fix.proof)));
  dialogue.say(render_hunks(fix.diff, color));
}

void explain(const Finding& finding, const Dialogue& dialogue) {
  dialogue.say(fmt::format("{}\n", visible(finding.message)));
  if (!finding.why.empty()) dialogue.say(fmt::format("why: {}\n", visible(finding.why)));
  if (!finding.help.empty()) dialogue.say(fmt::format("fix: {}\n", visible(finding.help)));
}

/// The letter that settles it: y, n, a or q.
char settle(const Question& question, const Dialogue& dialogue) {
  for (;;) {
    dialogue.say(painted("apply this fix [y,n,a,q,e,?]?", Ink::blue, dialogue.color) + " ");
    const auto line = dialogue.hear();
    if (!line) {
      dialogue.say("\n");
      return 'q';
    }
    const auto answer = to_lower(trim(*line));
    if (answer == "y" || answer == "n" || answer == "a" || answer == "q") return answer[0];
    if (answer == "e")
      explain(question.finding, dialogue);
    else
      dialogue.say(kHelp);
  }
}

char answer_to(const Question& question, const Dialogue& dialogue) {
  show(question, dialogue);
  return settle(question, dialogue);
}

/// What may be asked about: shown in full, whatever its safety.
bool is_ready(const ProvedFix& fix) {
  return fix.decision != Decision::reject && fix.proof.holds();
}

}  // namespace

Answers ask(std::span<const FixedFile> files, const Dialogue& dialogue) {
  Answers answers;
  bool all = false;
  for (const auto& file : files) {
    for (std::size_t i = 0; i < file.fixes.size(); ++i) {
      const Question question{file.fixes[i], file.findings[i]};
      if (!is_ready(question.fix)) continue;
      const char answer = all ? 'y' : answer_to(question, dialogue);
      all = all || answer == 'a';
      if (answer == 'y' || answer == 'a') answers.accepted.insert(key_of(question.fix));
      answers.quit = answer == 'q';
      if (answers.quit) return answers;
    }
  }
  return answers;
}

}  // namespace peer
