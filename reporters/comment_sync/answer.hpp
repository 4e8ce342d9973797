// Peer's answers to commands in comments: one comment each, with a hidden first line that says what
// it answers. An answer to `ignore` is the record that a finding was set aside: it stands on the
// forge as long as the comment does. Values and pure functions; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reporters/report.hpp"

namespace peer {

/// A finding that a person asked to leave alone.
struct SetAside {
  std::string key;         ///< of the finding, 16 digits
  std::string by, reason;  ///< as typed, one line each
  friend bool operator==(const SetAside&, const SetAside&) = default;
};

struct AnswerMark {
  std::string name;    ///< of the Peer that wrote it
  std::string to;      ///< which command: letters, digits, '-', '_' and '.'
  bool usage = false;  ///< it only says which commands there are
  std::optional<SetAside> aside;
  friend bool operator==(const AnswerMark&, const AnswerMark&) = default;
};

/// An answer of ours that stands on the forge.
struct AnswerComment {
  std::string id, body;
  AnswerMark mark;  ///< read from `body`
  friend bool operator==(const AnswerComment&, const AnswerComment&) = default;
};

/// The first line of an answer, without its end.
[[nodiscard]] std::string write_answer_mark(const AnswerMark& mark);
/// nullopt where the first line of `body` is no such mark, or not a well-formed one.
[[nodiscard]] std::optional<AnswerMark> read_answer_mark(std::string_view body);

/// What people set aside, as the answers say it, by key.
[[nodiscard]] std::vector<SetAside> set_aside_in(const std::vector<AnswerComment>& answers);

/// The report without the findings that were set aside: they stand among the suppressed ones, with
/// who asked for it and why, and the verdict is made anew.
[[nodiscard]] Report without(const Report& report, const std::vector<SetAside>& aside);

}  // namespace peer
