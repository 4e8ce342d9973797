#include "bot/ai/ask_progress.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostWords = 200;  // bytes of a path or a model's name
constexpr std::string_view kEraseLine = "\r\x1b[K";
constexpr std::chrono::milliseconds kBetween{100};

std::string shown(std::string_view text) {
  return visible(valid_utf8(text.substr(0, kMostWords)), false);
}

}  // namespace

std::string progress_line(const AskedLine& line) {
  auto out = shown(line.place);
  for (const auto part : {line.what, line.model, line.status})
    if (!part.empty()) out += "  " + shown(part);
  if (line.confidence >= 0) out += fmt::format("  {:.0f}/10", line.confidence * 10);
  return out + fmt::format("  {} ms  {}", std::max<std::int64_t>(line.took.count(), 0),
                           line.cached ? "HIT" : "MISS");
}

AskProgress::~AskProgress() {
  const std::lock_guard guard(lock_);
  erase();
}

void AskProgress::erase() {
  if (shown_) session_.err(kEraseLine);
  shown_ = false;
}

void AskProgress::done(std::string_view line) {
  if (!session_.err_is_terminal) return;
  const std::lock_guard guard(lock_);
  erase();
  session_.err(valid_utf8(line) + "\n");
}

void AskProgress::receiving(std::string_view place, std::string_view model, std::size_t bytes) {
  if (!session_.err_is_terminal) return;
  const std::lock_guard guard(lock_);
  const auto now = session_.clock->steady();
  if (shown_ && now - last_ < kBetween) return;
  last_ = now;
  auto line =
      fmt::format("{}  {}  answering, {} bytes", shown(place), shown(model), with_commas(bytes));
  // a line that wraps could not be taken back
  const auto most = static_cast<std::size_t>(std::max(session_.width - 1, 20));
  if (line.size() > most) line = valid_utf8(std::string_view(line).substr(line.size() - most));
  session_.err(std::string(kEraseLine) + line);
  shown_ = true;
}

}  // namespace peer
