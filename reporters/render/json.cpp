// The whole report as JSON, described by docs/report.schema.json; report_json.hpp reads it back.
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "reporters/base64.hpp"
#include "reporters/render/json_writer.hpp"
#include "reporters/render/render.hpp"
#include "reporters/report_fields.hpp"
#include "reporters/report_json.hpp"

namespace peer {
namespace {

/// Values of a few numbers and words stand on one line: a report of a whole tree has thousands.
constexpr bool is_row(const auto& /*value*/) { return false; }
constexpr bool is_row(const Span& /*value*/) { return true; }
constexpr bool is_row(const LineRange& /*value*/) { return true; }
constexpr bool is_row(const Hunk& /*value*/) { return true; }
constexpr bool is_row(const HunkCoverage& /*value*/) { return true; }
constexpr bool is_row(const BlobRef& /*value*/) { return true; }
constexpr bool is_row(const Scope& /*value*/) { return true; }
bool is_row(const ChangedFile& file) { return file.hunks.empty(); }
bool is_row(const FileCoverage& coverage) { return coverage.hunks.empty(); }

/// Writes the members of one value. A text that is not UTF-8 gets a companion `<key>_bytes` with
/// its bytes in Base64, a list of texts an object of these by index.
class FieldWriter {
 public:
  explicit FieldWriter(JsonWriter& out) : out_(out) {}

  template <class T>
  void operator()(std::string_view key, const T& value) {
    out_.key(key);
    put(value);
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::vector<std::string>>)
      put_bytes(key, value);
  }

  template <class T>
  void operator()(std::string_view key, const std::optional<T>& value) {
    if (value) (*this)(key, *value);
  }

  template <HasPlain T>
  void operator()(std::string_view key, const T& value) {
    (*this)(key, value.plain());
  }

  void path(std::string_view key, const auto& value) { (*this)(key, value); }

 private:
  void put(const std::string& value) { out_.text(value); }
  void put(bool value) { out_.boolean(value); }
  void put(double value) { out_.number(value); }
  void put(std::uint32_t value) { out_.number(std::uint64_t{value}); }
  void put(std::uint64_t value) { out_.number(value); }
  void put(int value) { out_.number(std::int64_t{value}); }

  template <class T>
  void put(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      out_.text(to_string(value));
    } else {
      const bool row = is_row(value);
      row ? out_.begin_row() : out_.begin_object();
      fields(*this, value);
      row ? out_.end_row() : out_.end_object();
    }
  }

  template <class T>
  void put(const std::vector<T>& values) {
    out_.begin_array();
    for (const auto& value : values)
      put(value);
    out_.end_array();
  }

  void put_bytes(std::string_view key, const std::string& value) {
    if (!is_utf8(value)) out_.text(fmt::format("{}_bytes", key), base64_encode(value));
  }

  void put_bytes(std::string_view key, const std::vector<std::string>& values) {
    bool any = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (is_utf8(values[i])) continue;
      if (!any) out_.begin_object(fmt::format("{}_bytes", key));
      any = true;
      out_.text(fmt::to_string(i), base64_encode(values[i]));
    }
    if (any) out_.end_object();
  }

  JsonWriter& out_;
};

void write_report(JsonWriter& out, const Report& report) {
  out.begin_object();
  out.number("version", kReportVersion);
  FieldWriter writer(out);
  fields(writer, report);
  out.end_object();
}

void write_json(const Report& report, const RenderOptions& /*options*/, const TextSink& sink) {
  JsonWriter out(sink);
  write_report(out, report);
  out.flush();
}

}  // namespace

const Renderer& renderer_json() {
  static const Renderer kRenderer{"json", "everything, for programs; peer publish reads it back",
                                  write_json};
  return kRenderer;
}

std::string compact_json(const Report& report) {
  JsonWriter out(JsonWriter::Layout::compact);
  write_report(out, report);
  return out.take();
}

}  // namespace peer
