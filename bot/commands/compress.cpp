// peer compress: files as a model would be given them, and how many tokens that saves.
#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "analyzers/compress/changed_lines.hpp"
#include "analyzers/compress/digest.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "base/workers.hpp"
#include "bot/cli.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/coverage.hpp"
#include "bot/git/nature.hpp"
#include "bot/scope.hpp"

namespace peer {
namespace {

/// One file of the input with its digests, or why there are none.
struct Compressed {
  std::string path;
  std::string language;
  std::vector<Digest> digests;
  std::string skipped;  ///< why it has none though it should
  bool in_scope = true;
};

struct Totals {
  std::uint64_t files = 0, before = 0, after = 0;
  /// Less than nothing where parts repeat signatures.
  [[nodiscard]] std::int64_t saved() const {
    return static_cast<std::int64_t>(before) - static_cast<std::int64_t>(after);
  }
};

Totals totals_of(const std::vector<Compressed>& files) {
  Totals totals;
  for (const auto& file : files) {
    if (file.digests.empty()) continue;
    ++totals.files;
    totals.before += file.digests[0].tokens_before;
    for (const auto& digest : file.digests)
      totals.after += digest.tokens_after;
  }
  return totals;
}

Result<DigestRequest> request_of(const Invocation& invocation, bool whole_files) {
  DigestRequest request;
  if (const auto level = invocation.value("level"); !level.empty()) {
    request.level = parse_digest_level(level);
    if (!request.level)
      return fail(ErrorKind::invalid_input,
                  fmt::format("--level {}: there are full, focus, signatures and symbols",
                              visible(level, false)));
  }
  if (const auto text = invocation.value("budget"); !text.empty()) {
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), request.budget);
    if (error != std::errc() || end != text.data() + text.size() || request.budget < kLeastBudget)
      return fail(ErrorKind::invalid_input,
                  fmt::format("--budget {}: a number of tokens, at least {}", visible(text, false),
                              kLeastBudget));
  }
  if (invocation.has("model")) request.meter = meter_of(invocation.value("model"));
  if (!request.level && request.budget == 0)
    request.level = whole_files ? DigestLevel::signatures : DigestLevel::focus;
  return request;
}

Compressed compress_file(const ChangedFile& changed, const Input& input, DigestRequest request,
                         const std::stop_token& stop) {
  Compressed file{changed.path, {}, {}, {}};
  const auto skip = [&](std::string reason, bool in_scope) {
    file.skipped = std::move(reason);
    file.in_scope = in_scope;
    return file;
  };
  if (!changed.scope.in) return skip(changed.scope.reason, false);
  if (!changed.after) return skip("deleted", false);
  if (stop.stop_requested()) return skip("the run was stopped before it", true);
  if (!changed.skipped.empty()) return skip(changed.skipped, true);
  if (changed.after->size > kMostReadBytes)
    return skip(too_large_to_read(changed.after->size), true);
  auto bytes = input.read_blob(*changed.after, changed.path);
  if (!bytes) return skip(bytes.error().message, true);
  auto settled = changed;
  settle_nature_by_bytes(settled, *bytes);
  if (!settled.scope.in) return skip(settled.scope.reason, false);
  const auto source = parse(changed.path, std::move(*bytes), {}, stop);
  if (!input.change.whole_files) request.changed = changed_lines(changed.hunks);
  if (source.language() != nullptr) file.language = source.language()->name;
  file.digests = digests_of(source, request);
  return file;
}

std::string text_of(const std::vector<Compressed>& files, bool headings, bool safe) {
  std::string text;
  for (const auto& file : files)
    for (const auto& digest : file.digests) {
      const auto part =
          digest.parts > 1 ? fmt::format(", part {} of {}", digest.part, digest.parts) : "";
      const auto left_out =
          digest.left_out > 0 ? fmt::format(", {} not named", count_of(digest.left_out, "element"))
                              : "";
      if (headings)
        text += fmt::format("== {} ({} by {}{}{}; {} -> {} tokens)\n", visible(file.path, false),
                            to_string(digest.level), to_string(digest.tier), part, left_out,
                            with_commas(digest.tokens_before), with_commas(digest.tokens_after));
      text += safe ? visible(digest.text) : digest.text;
      if (!digest.text.empty() && digest.text.back() != '\n') text += '\n';
      if (headings) text += '\n';
    }
  return text;
}

std::string summary_of(const Totals& totals) {
  const double percent = totals.before == 0 ? 0
                                            : 100.0 * static_cast<double>(totals.saved()) /
                                                  static_cast<double>(totals.before);
  return fmt::format(
      "{}: {} tokens before, {} after, {} saved ({:.1f} %)\n", count_of(totals.files, "file"),
      with_commas(totals.before), with_commas(totals.after),
      totals.saved() < 0 ? "-" + with_commas(static_cast<std::uint64_t>(-totals.saved()))
                         : with_commas(static_cast<std::uint64_t>(totals.saved())),
      percent);
}

std::string json_of(const std::vector<Compressed>& files, const Totals& totals) {
  Json all = Json::array(), skipped = Json::array();
  for (const auto& file : files) {
    if (!file.skipped.empty())
      skipped.push_back(
          {{"path", file.path}, {"reason", file.skipped}, {"in_scope", file.in_scope}});
    for (const auto& digest : file.digests)
      all.push_back({{"path", file.path},
                     {"language", file.language},
                     {"level", to_string(digest.level)},
                     {"tier", to_string(digest.tier)},
                     {"part", digest.part},
                     {"parts", digest.parts},
                     {"tokens_before", digest.tokens_before},
                     {"tokens_after", digest.tokens_after},
                     {"left_out", digest.left_out},
                     {"text", digest.text},
                     {"line_map", digest.line_map}});
  }
  return dump_json({{"files", std::move(all)},
                    {"skipped", std::move(skipped)},
                    {"total",
                     {{"files", totals.files},
                      {"tokens_before", totals.before},
                      {"tokens_after", totals.after},
                      {"tokens_saved", totals.saved()}}}}) +
         "\n";
}

int compress(const Invocation& invocation, Session& session) {
  const auto format = invocation.has("format") ? invocation.value("format") : "text";
  if (format != "text" && format != "json")
    return complain(
        Error{ErrorKind::invalid_input,
              fmt::format("--format {}: there are text and json", visible(format, false)),
              {}},
        session);
  const auto input = read_input(invocation, session, false);
  if (!input) return complain(input.error(), session);
  const auto config = load_config(invocation, session, input->read_trusted);
  if (!config) return complain(config.error(), session);
  const auto request = request_of(invocation, input->change.whole_files);
  if (!request) return complain(request.error(), session);
  const auto scoping = load_scope(*input, *config, invocation);
  if (!scoping) return complain(scoping.error(), session);

  std::vector<Compressed> files(input->change.files.size());
  for_each_index(files.size(), config->jobs, {}, [&](std::size_t i) {
    auto file = input->change.files[i];
    if (auto by_nature = scope_by_nature(file); !by_nature.in)
      file.scope = std::move(by_nature);
    else if (scoping->scope)
      file.scope = scoping->scope(file);
    files[i] = compress_file(file, *input, *request, session.stop);
  });

  const auto totals = totals_of(files);
  if (format == "json") {
    session.out(json_of(files, totals));
  } else {
    const bool quiet = invocation.has("quiet");
    session.out(text_of(files, !quiet, session.out_is_terminal));
    if (!quiet) session.out(summary_of(totals));
  }
  bool complete = !input->change.incomplete;
  for (const auto& file : files) {
    if (file.skipped.empty() || !file.in_scope) continue;
    session.complain(fmt::format("{}: {}", visible(file.path, false), file.skipped));
    complete = false;
  }
  return complete ? kExitClean : kExitIncomplete;
}

constexpr auto kFlags = std::to_array<std::string_view>(
    {"base", "head", "staged", "diff-file", "trust-owner", "exclude", "generated", "vendored",
     "level", "budget", "model", "format", "jobs"});

}  // namespace

std::span<const Command> commands_compress() {
  static const std::array kCommands{
      Command{.name = "compress",
              .alias = {},
              .arguments = "[RANGE|PATH..]",
              .summary =
                  "Print a change or files as small as a model needs them, and the tokens saved.",
              .details =
                  "The functions that changed and what they use stay whole, the rest shrinks: to\n"
                  "what is outside of functions (focus, for changes), to signatures (for files),\n"
                  "or to names (symbols). --budget finds what fits. Nothing of a change is ever\n"
                  "left out: what is too large becomes several parts. --format is text, or json\n"
                  "with the line that each line came from.\n"
                  "\n  peer compress src/\n  peer compress main...topic --budget 4000 --model "
                  "qwen2.5-coder:7b\n"
                  "  peer compress lib/x.c --level symbols --format json",
              .flags = kFlags,
              .run = compress},
  };
  return kCommands;
}

}  // namespace peer
