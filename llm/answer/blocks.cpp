#include "llm/answer/blocks.hpp"

#include "base/text.hpp"

namespace peer {
namespace {

enum class Mark { none, search, middle, replace };

/// Five to nine of `sign`, then what follows them; npos-like -1 where there are fewer or more.
bool takes_signs(std::string_view& line, char sign) {
  const auto count = std::min(line.find_first_not_of(sign), line.size());
  if (count < 5 || count > 9) return false;
  line.remove_prefix(count);
  return true;
}

Mark mark_of(std::string_view line) {
  line = trim_end(line);
  auto rest = line;
  if (takes_signs(rest, '<'))
    return rest == " SEARCH" || rest == " SEARCH>" || rest == "SEARCH" ? Mark::search : Mark::none;
  rest = line;
  if (takes_signs(rest, '=')) return rest.empty() ? Mark::middle : Mark::none;
  rest = line;
  if (takes_signs(rest, '>'))
    return rest == " REPLACE" || rest == "REPLACE" ? Mark::replace : Mark::none;
  return Mark::none;
}

/// A line that may name a file: "src/a.py", "### `src/a.py`:", "File: src/a.py".
std::string path_in(std::string_view line) {
  line = trim(line);
  if (to_lower(line.substr(0, 5)) == "file:") line = trim(line.substr(5));
  while (!line.empty() && std::string_view("#*`> ").find(line.front()) != std::string_view::npos)
    line.remove_prefix(1);
  while (!line.empty() && std::string_view("*`: ").find(line.back()) != std::string_view::npos)
    line.remove_suffix(1);
  const bool plausible = !line.empty() && line.size() <= 300 &&
                         line.find_first_of(" \t\"'<>|(){}=;,") == std::string_view::npos &&
                         line.find_first_of("./") != std::string_view::npos;
  return plausible ? std::string(line) : std::string();
}

class BlockReader {
 public:
  void take(std::string_view line);
  ParsedBlocks finish();

 private:
  enum class State { outside, search, replace };
  void begin();
  void end();
  void spoil(std::string why);
  void outside(std::string_view line);

  ParsedBlocks out_;
  State state_ = State::outside;
  SearchReplace block_;
  std::string path_;     // named last
  std::string spoiled_;  // why the block that is open is none
  int number_ = 0;
};

void BlockReader::begin() {
  state_ = State::search;
  block_ = {path_, "", ""};
  spoiled_.clear();
  ++number_;
}

void BlockReader::spoil(std::string why) {
  if (spoiled_.empty()) spoiled_ = std::move(why);
}

void BlockReader::end() {
  state_ = State::outside;
  if (spoiled_.empty() && trim(block_.search).empty()) spoil("its SEARCH part is empty");
  if (spoiled_.empty() && block_.search == block_.replace) spoil("it changes nothing");
  if (spoiled_.empty() && out_.blocks.size() >= kMostBlocks) spoil("there are too many");
  if (spoiled_.empty())
    out_.blocks.push_back(std::move(block_));
  else
    out_.problems.push_back("block " + std::to_string(number_) + " cannot be used: " + spoiled_);
}

void BlockReader::outside(std::string_view line) {
  if (auto path = path_in(line); !path.empty()) path_ = std::move(path);
}

void BlockReader::take(std::string_view line) {
  const auto mark = mark_of(line);
  if (state_ == State::outside) {
    if (mark == Mark::search)
      begin();
    else
      outside(line);
    return;
  }
  if (mark == Mark::search) {
    spoil("another block begins inside it");
    end();
    return begin();
  }
  if (mark == Mark::replace) {
    if (state_ == State::search) spoil("it has no ======= line");
    return end();
  }
  if (mark == Mark::middle && state_ == State::search) {
    state_ = State::replace;
    return;
  }
  // which of the two parts them, nobody can tell
  if (mark == Mark::middle) spoil("it has more than one ======= line");
  auto& part = state_ == State::search ? block_.search : block_.replace;
  part += line;
  part += '\n';
}

ParsedBlocks BlockReader::finish() {
  if (state_ != State::outside) {
    spoil("the answer ends inside it");
    end();
  }
  return std::move(out_);
}

}  // namespace

ParsedBlocks parse_blocks(std::string_view answer) {
  BlockReader reader;
  for (const auto line : split_lines(answer))
    reader.take(line);
  return reader.finish();
}

}  // namespace peer
