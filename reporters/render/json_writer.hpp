// Writes JSON text piece by piece, without building a tree: what the JSON, SARIF and Code Quality
// formats share. Not thread-safe: one per text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reporters/render/text_sink.hpp"

namespace peer {

class JsonWriter {
 public:
  enum class Layout { lines, compact };  ///< compact: no white space between members
  explicit JsonWriter(Layout layout = Layout::lines) : compact_(layout == Layout::compact) {}
  /// Gives the text away piece by piece; flush() gives the last.
  explicit JsonWriter(TextSink sink, Layout layout = Layout::lines)
      : sink_(std::move(sink)), compact_(layout == Layout::compact) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  /// Names the value that follows; only inside an object.
  void key(std::string_view name);
  /// Malformed UTF-8 becomes U+FFFD.
  void text(std::string_view value);
  void number(std::uint64_t value);
  void number(std::int64_t value);
  /// The shortest digits that read back as the same value; what is not finite becomes 0.
  void number(double value);
  void boolean(bool value);

  void text(std::string_view name, std::string_view value) { key(name), text(value); }
  void number(std::string_view name, std::uint64_t value) { key(name), number(value); }
  void boolean(std::string_view name, bool value) { key(name), boolean(value); }
  void begin_object(std::string_view name) { key(name), begin_object(); }
  void begin_array(std::string_view name) { key(name), begin_array(); }

  /// An object that stands on one line with all that is in it.
  void begin_row() { open('{'), ++rows_; }
  void end_row() { close('}'), --rows_; }

  /// The finished text with a line end; every object and array must be closed.
  [[nodiscard]] std::string take();
  /// Writes what take() would return to the sink.
  void flush();

 private:
  void open(char bracket);
  void close(char bracket);
  void line_end();
  void separate();  // comma, line end and indent before a value or key
  void quoted(std::string_view value);

  TextSink sink_;  ///< where pieces go; null: nowhere before the end
  std::string out_;
  std::vector<bool> has_members_;  // of each open object or array
  bool after_key_ = false;
  std::size_t rows_ = 0;  ///< objects around this place that stand on one line
  bool compact_;
};

}  // namespace peer
