#include "bot/progress.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr auto kSilence = std::chrono::milliseconds(500);   // shorter work needs no progress
constexpr auto kInterval = std::chrono::milliseconds(100);  // between two updates
constexpr std::string_view kErase = "\r\x1b[K";

}  // namespace

Progress::~Progress() {
  if (shown_) session_.err(kErase);
}

void Progress::examined(const std::string& path) {
  if (!session_.err_is_terminal) return;
  const std::lock_guard guard(lock_);
  ++done_;
  const auto now = session_.clock->steady();
  if (now - began_ < kSilence || now - shown_at_ < kInterval) return;
  shown_at_ = now;
  shown_ = true;
  const auto line = fmt::format("examining {}/{}  {}", done_, files_, visible(path, false));
  session_.err(std::string(kErase) +
               valid_utf8(line.substr(0, static_cast<std::size_t>(session_.width) - 1)));
}

}  // namespace peer
