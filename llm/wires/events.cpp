#include "llm/wires/events.hpp"

namespace peer {

bool LineSplitter::feed(std::string_view bytes,
                        const std::function<void(std::string_view)>& on_line) {
  while (!bytes.empty()) {
    if (after_cr_ && bytes.front() == '\n') bytes.remove_prefix(1);
    after_cr_ = false;
    const auto end = bytes.find_first_of("\r\n");
    if (rest_.size() + std::min(end, bytes.size()) > kMostEventBytes) return false;
    if (end == std::string_view::npos) {
      rest_.append(bytes);
      return true;
    }
    after_cr_ = bytes[end] == '\r';
    if (rest_.empty()) {
      on_line(bytes.substr(0, end));
    } else {
      rest_.append(bytes.substr(0, end));
      on_line(rest_);
      rest_.clear();
    }
    bytes.remove_prefix(end + 1);
  }
  return true;
}

bool SseParser::feed(std::string_view bytes, const OnEvent& on_event) {
  if (too_large_) return false;
  if (!lines_.feed(bytes, [&](std::string_view line) { take_line(line, on_event); }))
    too_large_ = true;
  return !too_large_;
}

void SseParser::take_line(std::string_view line, const OnEvent& on_event) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (first_line_ && line.starts_with(kMark)) line.remove_prefix(kMark.size());
  first_line_ = false;
  if (line.empty()) return dispatch(on_event);
  const auto colon = line.find(':');
  const auto field = line.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") name_ = value;
  if (field != "data") return;  // comments (an empty field), ids, retry times
  if (data_.size() + value.size() > kMostEventBytes) {
    too_large_ = true;
    return;
  }
  if (has_data_) data_ += '\n';
  data_ += value;
  has_data_ = true;
}

void SseParser::dispatch(const OnEvent& on_event) {
  if (has_data_ && !too_large_) on_event(name_, data_);
  name_.clear();
  data_.clear();
  has_data_ = false;
}

void SseParser::finish(const OnEvent& on_event) {
  if (!lines_.rest().empty()) take_line(std::string(lines_.rest()), on_event);
  dispatch(on_event);
}

}  // namespace peer
