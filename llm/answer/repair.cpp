#include "llm/answer/repair.hpp"

#include <string>
#include <vector>

#include "base/text.hpp"
#include "llm/wires/error.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostDepth = 64;

/// Walks once over a JSON text with the faults that models make.
class JsonMender {
 public:
  explicit JsonMender(std::string_view text) : text_(text) {}
  /// The text mended, from its first bracket to the one that closes it, or cut after the last whole
  /// entry of its outermost list; "" where there is none.
  std::string mend();
  [[nodiscard]] bool truncated() const { return truncated_; }

 private:
  void take_string();
  bool skip_comment();
  bool take(char c);
  bool open(char bracket);
  bool close(char bracket);
  void drop_trailing_comma();
  void note_entry();
  std::string cut();

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<char> open_;        // closing brackets that are still to come
  std::size_t list_depth_ = 0;    // depth of the outermost list, once there is one
  std::size_t whole_ = 0;         // how much of out_ ends with a whole entry of it
  std::vector<char> whole_open_;  // what was open there
  bool truncated_ = false;
};

void JsonMender::take_string() {
  out_ += text_[at_++];
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '\\' && at_ < text_.size()) {
      out_ += c;
      out_ += text_[at_++];
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out_ += c == '\n'   ? "\\n"
              : c == '\r' ? "\\r"
                          : "\\t";  // a line end inside a string, as it stands
    } else {
      out_ += c;
      if (c == '"') return;
    }
  }
  truncated_ = true;
}

bool JsonMender::skip_comment() {
  const auto rest = text_.substr(at_);
  if (rest.starts_with("//"))
    at_ += std::min(rest.find('\n'), rest.size());
  else if (rest.starts_with("/*"))
    at_ += rest.find("*/") == std::string_view::npos ? rest.size() : rest.find("*/") + 2;
  else
    return false;
  return true;
}

void JsonMender::drop_trailing_comma() {
  const auto last = out_.find_last_not_of(" \t\r\n");
  if (last != std::string::npos && out_[last] == ',') out_.erase(last, 1);
}

/// An entry of the outermost list ends here.
void JsonMender::note_entry() {
  if (list_depth_ == 0 || open_.size() != list_depth_) return;
  whole_ = out_.size();
  whole_open_ = open_;
}

bool JsonMender::open(char bracket) {
  if (open_.size() >= kMostDepth) return false;
  open_.push_back(bracket == '{' ? '}' : ']');
  out_ += bracket;
  if (bracket == '[' && list_depth_ == 0) {
    list_depth_ = open_.size();
    note_entry();
  }
  return true;
}

bool JsonMender::close(char bracket) {
  drop_trailing_comma();
  if (open_.empty() || open_.back() != bracket) return false;
  // an outermost list that is whole: there is nothing left to cut it at
  if (open_.size() == list_depth_ && bracket == ']') list_depth_ = static_cast<std::size_t>(-1);
  open_.pop_back();
  out_ += bracket;
  if (bracket == '}' || bracket == ']') note_entry();
  return true;
}

std::string JsonMender::cut() {
  truncated_ = true;
  const bool in_list =
      list_depth_ != 0 && list_depth_ != static_cast<std::size_t>(-1) && whole_ > 0;
  if (!in_list) return {};
  out_.resize(whole_);
  out_.append(whole_open_.rbegin(), whole_open_.rend());
  return out_;
}

/// One character outside of strings and comments; false where its bracket fits nowhere.
bool JsonMender::take(char c) {
  ++at_;
  if (c == '{' || c == '[') return open(c);
  if (c == '}' || c == ']') return close(c);
  // only a comma shows that a number or a word is whole
  if (c == ',') note_entry();
  out_ += c;
  return true;
}

std::string JsonMender::mend() {
  at_ = std::min(text_.find_first_of("{["), text_.size());
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '"') {
      take_string();
      continue;
    }
    if (c == '/' && skip_comment()) continue;
    if (!take(c)) return {};
    if (open_.empty()) return out_;
  }
  return cut();
}

}  // namespace

Result<RepairedJson> repair_json(std::string_view text) {
  const auto trimmed = trim(text);
  if (trimmed.starts_with('{') || trimmed.starts_with('['))
    if (auto json = parse_server_json(trimmed)) return RepairedJson{*std::move(json), false, false};
  if (trimmed.size() > (std::size_t{8} << 20U))
    return fail(ErrorKind::invalid_input, "too long for JSON");
  JsonMender mender(trimmed);
  const auto mended = mender.mend();
  if (mended.empty()) return fail(ErrorKind::invalid_input, "there is no whole JSON value");
  auto json = parse_server_json(mended);
  if (!json) return fail(json.error());
  return RepairedJson{*std::move(json), true, mender.truncated()};
}

}  // namespace peer
