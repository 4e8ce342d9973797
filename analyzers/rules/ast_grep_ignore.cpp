#include "analyzers/rules/ast_grep_ignore.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::string_view kWord = "ast-grep-ignore";
constexpr std::size_t kMost = 5000;
constexpr std::size_t kMostIds = 256;

/// A letter of any alphabet, roughly: what is not ASCII counts, but for punctuation, arrows,
/// symbols and emoji.
bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return !(c >= 0x2000 && c < 0x2070) && !(c >= 0x2190 && c < 0x2C00) &&
         !(c >= 0x1F000 && c < 0x20000);
}

/// The word is a directive where no letter stands before it in the comment.
bool begins_with_word(std::string_view comment) {
  auto before = comment.substr(0, comment.find(kWord));
  while (!before.empty()) {
    const auto decoded = decode_utf8(before);
    if (is_letter(decoded.code_point)) return false;
    before.remove_prefix(decoded.length);
  }
  return true;
}

/// What follows the word in a comment: a colon and ids between commas, each up to its first blank.
void read_ids(std::string_view comment, AstGrepIgnore& ignore) {
  comment.remove_prefix(comment.find(kWord) + kWord.size());
  const auto colon = trim(comment).find(':');
  ignore.every_rule = colon == std::string_view::npos;
  if (ignore.every_rule) return;
  auto rest = trim(comment).substr(colon + 1);
  while (ignore.ids.size() < kMostIds) {
    const auto comma = rest.find(',');
    auto id = rest.substr(0, comma);
    id.remove_prefix(std::min(id.find_first_not_of(" \t\r\n\v\f"), id.size()));
    ignore.ids.emplace_back(id.substr(0, id.find(' ')));
    if (comma == std::string_view::npos) return;
    rest.remove_prefix(comma + 1);
  }
}

/// Walks where the word is, and remembers what stands before each node.
class Reader {
 public:
  explicit Reader(const SourceFile& file) : file_(file), cursor_(file.tree()->root()) {}

  std::vector<AstGrepIgnore> read() {
    for (auto at = file_.text().find(kWord); at != std::string_view::npos;
         at = file_.text().find(kWord, at + kWord.size()))
      words_.push_back(static_cast<std::uint32_t>(at));
    while (!words_.empty() && !is_over()) {
      const auto node = cursor_.node();
      meet(node);
      const bool holds = holds_word(node.span());
      if (holds && node.kind().find("comment") != std::string_view::npos &&
          begins_with_word(node.text(file_.text())))
        take(node);
      if (holds && cursor_.to_first_child()) {
        before_.emplace_back();
        continue;
      }
      if (!go_on()) break;
    }
    if (waiting_) be_whole_file(waiting_->index);
    return std::move(ignores_);
  }

 private:
  /// A comment on the first line: the node after it says whether it is about the whole file.
  struct Waiting {
    std::size_t index;
    std::size_t depth;
  };

  [[nodiscard]] bool is_over() const { return is_over_ || ignores_.size() >= kMost; }

  [[nodiscard]] bool holds_word(Span span) const {
    const auto it = std::lower_bound(words_.begin(), words_.end(), span.begin);
    return it != words_.end() && *it + kWord.size() <= span.end;
  }

  /// To the next node that is not below this one; false where there is none.
  bool go_on() {
    for (;;) {
      before_.back() = cursor_.node();
      if (cursor_.to_next_sibling()) return true;
      if (waiting_ && waiting_->depth == before_.size()) be_whole_file(waiting_->index);
      if (is_over_ || !cursor_.to_parent()) return false;
      before_.pop_back();
    }
  }

  void meet(Node node) {
    if (!waiting_ || waiting_->depth != before_.size()) return;
    if (node.start_point().row >= 2) return be_whole_file(waiting_->index);
    waiting_.reset();
  }

  void be_whole_file(std::size_t index) {
    waiting_.reset();
    ignores_[index].target = 0;
    if (!ignores_[index].every_rule) return;
    is_over_ = true;
    ignores_.resize(index + 1);
  }

  void take(Node node) {
    AstGrepIgnore ignore;
    ignore.comment = node.span();
    const auto row = node.start_point().row;
    ignore.line = row + 1;
    const Node before = before_.back();
    const bool is_behind_code = before && before.end_point().row == row;
    ignore.target = is_behind_code ? before.start_point().row + 1 : row + 2;
    read_ids(node.text(file_.text()), ignore);
    if (row == 0 && !is_behind_code) waiting_ = Waiting{ignores_.size(), before_.size()};
    ignores_.push_back(std::move(ignore));
  }

  const SourceFile& file_;
  Cursor cursor_;
  std::vector<std::uint32_t> words_;
  std::vector<Node> before_{Node{}};  // by depth, the sibling before the node that is looked at
  std::vector<AstGrepIgnore> ignores_;
  std::optional<Waiting> waiting_;
  bool is_over_ = false;
};

}  // namespace

std::vector<AstGrepIgnore> read_ast_grep_ignores(const SourceFile& file) {
  if (file.tree() == nullptr || file.text().find(kWord) == std::string_view::npos) return {};
  return Reader(file).read();
}

}  // namespace peer
