// Writes JSON text piece by piece, without building a tree: what the JSON, SARIF and Code Quality
// formats share. Not thread-safe: one per text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

class JsonWriter {
 public:
  enum class Layout { lines, compact };  ///< compact: no white space between members
  explicit JsonWriter(Layout layout = Layout::lines) : compact_(layout == Layout::compact) {}

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

  /// The finished text with a line end; every object and array must be closed.
  [[nodiscard]] std::string take();

 private:
  void open(char bracket);
  void close(char bracket);
  void line_end();
  void separate();  // comma, line end and indent before a value or key
  void quoted(std::string_view value);

  std::string out_;
  std::vector<bool> has_members_;  // of each open object or array
  bool after_key_ = false;
  bool compact_;
};

}  // namespace peer
