// What a report format is: a name and a function from a Report to text. Each format is one file in
// this folder and one line in catalogue.def. Pure; a renderer may run on many threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reporters/render/text_sink.hpp"
#include "reporters/report.hpp"

namespace peer {

/// What an earlier audit of the same repository found.
struct AuditPoint {
  std::string time;    ///< for people: "2026-11-21 03:00"
  std::string commit;  ///< id, or ""
  std::uint64_t total = 0;
  bool compared = false;  ///< the numbers below are known
  std::uint64_t added = 0, fixed = 0,
                recurring = 0;  ///< against the audit before it, by fingerprint
};

/// How to say it. What a format has no use for it ignores.
struct RenderOptions {
  bool color = false;       ///< terminal: SGR colours
  int width = 80;           ///< terminal: columns
  bool hyperlinks = false;  ///< terminal: paths become OSC 8 links to files below `root`
  std::string root;         ///< the repository's folder, absolute; "": no links
  bool all_frames =
      false;           ///< terminal: a code frame for each finding, not only for what is grave (-v)
  bool quiet = false;  ///< terminal: findings and what was not examined, nothing else
  std::size_t max_findings =
      0;  ///< terminal, markdown: most findings shown, the rest counted; 0: as many as fit
  std::size_t max_bytes = 0;        ///< markdown: most bytes, e.g. of a comment; 0: no limit
  std::string automation_id;        ///< sarif: run automation id, "peer/review/"; "": made from the
                                    ///< report's command
  std::string repository_uri;       ///< sarif: where the repository lives; "": not known
  std::string branch;               ///< sarif: the branch's name; "": not known
  std::vector<AuditPoint> history;  ///< html: audits up to this one, oldest first
  /// Github-log: secret word around text that is not ours; "": drawn at random.
  std::string stop_token;
};

struct Renderer {
  std::string_view name;     ///< what --format calls it: "github-log"
  std::string_view summary;  ///< one phrase for help
  /// Long formats come in many pieces: a report of a whole tree is not in memory twice.
  void (*write)(const Report& report, const RenderOptions& options, const TextSink& sink) = nullptr;

  /// All that `write` writes.
  [[nodiscard]] std::string render(const Report& report, const RenderOptions& options) const;
};

/// The `write` of a format whose text is made as one.
template <std::string (*whole)(const Report& report, const RenderOptions& options)>
void write_whole(const Report& report, const RenderOptions& options, const TextSink& sink) {
  sink(whole(report, options));
}

/// Every format, in the order of the catalogue.
[[nodiscard]] std::span<const Renderer> all_renderers();

/// The format called `name`, or null.
[[nodiscard]] const Renderer* find_renderer(std::string_view name);

}  // namespace peer
