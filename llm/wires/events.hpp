// Takes a stream apart: server-sent events (as the HTML standard says, with every line end and over
// any cut) or one JSON text per line. Knows nothing of what they say. For one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace peer {

/// One event: its name ("" when it has none) and its data.
using OnEvent = std::function<void(std::string_view name, std::string_view data)>;

/// An event over this size is an attack or a fault.
inline constexpr std::size_t kMostEventBytes = std::size_t{8} << 20U;

/// Splits bytes into lines at CR, LF and CRLF, over any cuts.
class LineSplitter {
 public:
  /// Calls `on_line` for each line that is whole. False when a line is over kMostEventBytes.
  bool feed(std::string_view bytes, const std::function<void(std::string_view)>& on_line);
  /// What is left without a line end.
  [[nodiscard]] const std::string& rest() const { return rest_; }

 private:
  std::string rest_;
  bool after_cr_ = false;
};

class SseParser {
 public:
  /// False when an event is too large; then nothing more can be read.
  bool feed(std::string_view bytes, const OnEvent& on_event);
  /// The stream ended: an event that lacks only its blank line counts.
  void finish(const OnEvent& on_event);

 private:
  void take_line(std::string_view line, const OnEvent& on_event);
  void dispatch(const OnEvent& on_event);

  LineSplitter lines_;
  std::string name_;
  std::string data_;
  bool has_data_ = false;
  bool too_large_ = false;
  bool first_line_ = true;
};

}  // namespace peer
