#include "analyzers/rules/match/code_text.hpp"

#include "analyzers/parse/preorder.hpp"

namespace peer::rules {

std::string_view CodeText::of(Node node, Node root, std::string_view text) {
  if (!is_read_) read(root, text);
  const bool is_plain = code_.empty() || is_comment(node.kind_id());
  return node.text(is_plain ? text : std::string_view(code_));
}

void CodeText::read(Node root, std::string_view text) {
  is_read_ = true;
  const TSLanguage* language = ts_node_language(root.raw());
  const std::uint32_t kinds = ts_language_symbol_count(language);
  for (std::uint32_t kind = 0; kind <= kinds; ++kind) {  // the last one is that of errors
    const bool is_regular =
        kind < kinds &&
        ts_language_symbol_type(language, static_cast<TSSymbol>(kind)) == TSSymbolTypeRegular;
    const std::string_view name =
        is_regular ? ts_language_symbol_name(language, static_cast<TSSymbol>(kind)) : "";
    comments_.push_back(name == "comment" || name.ends_with("_comment") ? 1 : 0);
  }
  Preorder walk(root, {comments_.data(), kinds, nullptr, 0, false});
  while (walk.next()) {
    if (code_.empty()) code_ = text;
    const Node comment = walk.node();
    for (auto at = comment.begin(); at < comment.end() && at < code_.size(); ++at)
      if (code_[at] != '\n') code_[at] = ' ';
  }
  if (walk.failed()) code_.clear();
}

}  // namespace peer::rules
