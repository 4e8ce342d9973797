#include "reporters/comment_sync/describe.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

std::string indented(std::string_view text) {
  std::string out;
  for (const auto line : split_lines(text))
    out += "    " + visible(line, false) + "\n";
  return out;
}

struct Words {
  std::string operator()(const PostComments& post) const {
    std::string out;
    for (const auto& comment : post.comments) {
      const auto& at = comment.at;
      const auto lines = at.first_line == at.last_line
                             ? fmt::format("{}", at.last_line)
                             : fmt::format("{}-{}", at.first_line, at.last_line);
      out += fmt::format("comment on {}:{}{}\n{}", visible(at.path, false), lines,
                         at.side == Side::old_side ? " (removed)" : "", indented(comment.body));
    }
    return out;
  }
  std::string operator()(const PublishPending&) const { return "show the pending comments\n"; }
  std::string operator()(const EditComment& edit) const {
    return fmt::format("edit comment {}\n{}", visible(edit.comment, false), indented(edit.body));
  }
  std::string operator()(const DeleteComment& comment) const {
    return fmt::format("delete the doubled comment {}\n", visible(comment.comment, false));
  }
  std::string operator()(const SetResolved& set) const {
    return fmt::format("{} thread {}\n", set.resolved ? "resolve" : "reopen",
                       visible(set.thread, false));
  }
  std::string operator()(const PostSummary& post) const {
    return "post the summary\n" + indented(post.body);
  }
  std::string operator()(const EditSummary& edit) const {
    return fmt::format("edit the summary {}\n{}", visible(edit.id, false), indented(edit.body));
  }
  std::string operator()(const DeleteSummary& summary) const {
    return fmt::format("delete the doubled summary {}\n", visible(summary.id, false));
  }
  std::string operator()(const SetLabels& labels) const {
    std::string out;
    for (const auto& label : labels.add)
      out += fmt::format("add the label \"{}\"\n", label);
    for (const auto& label : labels.remove)
      out += fmt::format("remove the label \"{}\"\n", label);
    return out;
  }
  std::string operator()(const UploadSarif& upload) const {
    return fmt::format("upload {} bytes of SARIF\n", with_commas(upload.sarif.size()));
  }
  std::string operator()(const PostCheck& post) const {
    constexpr std::string_view kWords[] = {"success", "neutral", "failure"};
    return fmt::format("check run: {}, {}, {}\n", kWords[static_cast<int>(post.check.conclusion)],
                       post.check.title, count_of(post.check.annotations.size(), "annotation"));
  }
  std::string operator()(const PostStatus& post) const {
    return fmt::format("commit status: {}, {}\n", post.state, post.description);
  }
};

}  // namespace

std::string describe(const std::vector<Write>& writes) {
  std::string out;
  for (const auto& write : writes)
    out += std::visit(Words{}, write);
  return out.empty() ? "nothing to send\n" : out;
}

}  // namespace peer
