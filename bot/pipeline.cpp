#include "bot/pipeline.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "analyzers/checks/duplicates_across.hpp"
#include "analyzers/ignore/steering.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/rule_book.hpp"
#include "base/code_pages.hpp"
#include "base/glob.hpp"
#include "base/workers.hpp"
#include "bot/ai/review.hpp"
#include "bot/coverage.hpp"
#include "bot/gathering.hpp"
#include "bot/git/nature.hpp"
#include "bot/importing.hpp"
#include "bot/review_cache.hpp"
#include "bot/work_order.hpp"
#include "llm/review/remarks.hpp"

namespace peer {
namespace {

/// Settles for each file whether it is looked at.
void decide_scopes(ChangeSet& change, const Request& request) {
  for (auto& file : change.files) {
    if (changes_steering(file))
      file.scope = {};
    else if (auto by_nature = scope_by_nature(file); !by_nature.in)
      file.scope = std::move(by_nature);
    else if (request.scope)
      file.scope = request.scope(file);
  }
}

/// The bytes of one side of a file; nullopt where it has no such side.
using Content = std::optional<std::string>;

Result<Content> contents(const std::optional<BlobRef>& blob, const std::string& path,
                         const Services& services) {
  if (!blob) return Content{};
  auto bytes = services.read_blob(*blob, path);
  if (!bytes) return fail(bytes.error());
  return Content{std::move(*bytes)};
}

std::string_view text_of(const Content& side) {
  return side ? std::string_view(*side) : std::string_view();
}
std::string_view text_of(const Result<Content>& side) {
  return side ? text_of(*side) : std::string_view();
}

Examined named(Examined examined, const ChangedFile& file, std::string_view before,
               std::string_view after) {
  name_hunks(examined.coverage, file, before, after);
  return examined;
}

/// The row of a file that is not even read; nullopt where it is.
std::optional<FileCoverage> passed_over(const ChangedFile& file, const std::stop_token& stop) {
  if (!file.scope.in) return out_of_scope(file, file.scope);
  if (stop.stop_requested()) return skipped(file, "the run was stopped before it");
  if (!file.skipped.empty()) return skipped(file, file.skipped);
  if (const auto size = largest_side(file); size > kMostReadBytes)
    return skipped(file, too_large_to_read(size));
  return std::nullopt;
}

/// The row of a whole file whose bytes put it out of scope: what it holds is known only when it is
/// read.
std::optional<FileCoverage> out_of_scope_by_bytes(const ChangedFile& file,
                                                  const std::string& bytes) {
  auto settled = file;
  settle_nature_by_bytes(settled, bytes);
  if (settled.scope.in) return std::nullopt;
  return out_of_scope(settled, settled.scope);
}

/// What an earlier run found in a file, and where what this one finds is kept.
class Remembered {
 public:
  /// `cache` may be null: nothing is remembered then.
  Remembered(ReviewCache* cache, const ChangedFile& file, bool no_base,
             const ExamineOptions& options)
      : cache_(cache), file_(file), no_base_(no_base), options_(options) {
    if (cache_ != nullptr) key_ = cache_->key_of(file_, no_base_, nullptr, nullptr);
  }

  [[nodiscard]] std::optional<Examined> find() const {
    auto review = cache_ == nullptr ? std::nullopt : cache_->find(key_);
    if (!review) return std::nullopt;
    Examined examined{std::move(*review), {}};
    examined.coverage = covered(file_, examined.review, options_);
    return examined;
  }

  /// Asks again where only the contents of the file tell its key.
  [[nodiscard]] std::optional<Examined> find(const Content& before, const Content& after) {
    if (cache_ == nullptr || !key_.empty()) return std::nullopt;
    key_ = cache_->key_of(file_, no_base_, before ? &*before : nullptr, after ? &*after : nullptr);
    return find();
  }

  void keep(const FileReview& review) const {
    if (cache_ != nullptr) cache_->keep(key_, review);
  }

 private:
  ReviewCache* cache_;
  const ChangedFile& file_;
  bool no_base_;
  const ExamineOptions& options_;
  std::string key_;
};

/// read -> parse -> analyze, for one file.
Examined examine_file(const ChangedFile& file, bool whole, const Request& request,
                      const Services& services, const std::stop_token& stop) {
  if (auto row = passed_over(file, stop)) return {{}, std::move(*row)};
  const bool no_base =
      whole || file.status == ChangeStatus::unmodified || file.status == ChangeStatus::added;
  // what others say of a file is no part of its key
  const bool imported = request.imports != nullptr && request.imports->speaks_of(file.path);
  Remembered remembered(imported ? nullptr : services.cache, file, no_base, request.config.examine);
  auto known = remembered.find();
  if (known && file.hunks.empty()) return std::move(*known);
  auto before = contents(file.before, file.old_path, services);
  auto after = contents(file.after, file.path, services);
  if (known) return named(std::move(*known), file, text_of(before), text_of(after));
  if (!before || !after) return {{}, skipped(file, (before ? after : before).error().message)};
  if (whole && *after)
    if (auto row = out_of_scope_by_bytes(file, **after)) return {{}, std::move(*row)};
  if (auto again = remembered.find(*before, *after))
    return named(std::move(*again), file, text_of(before), text_of(after));
  FileJob job{file, std::move(*before), std::move(*after), no_base, {}};
  if (request.imports != nullptr && job.after)
    job.imported = request.imports->of(file.path, *job.after);
  Examined examined{services.examine(job, request.config.examine, stop), {}};
  if (stop.stop_requested())
    return {{}, skipped(file, "the run was stopped while it was examined")};
  examined.review.findings.shrink_to_fit();
  remembered.keep(examined.review);
  examined.coverage = covered(file, examined.review, request.config.examine, imported);
  return named(std::move(examined), file, text_of(job.before), text_of(job.after));
}

/// What the stages of one run share.
struct Stage {
  const Request& request;
  const Services& services;
  const std::stop_token& stop;
  EventSink& events;
};

/// What examining each file will cost, in bytes; 0 where it is not read.
std::vector<std::uint64_t> weights_of(const ChangeSet& change) {
  std::vector<std::uint64_t> weights;
  weights.reserve(change.files.size());
  for (const auto& file : change.files)
    weights.push_back(file.scope.in ? largest_side(file) : 0);
  return weights;
}

/// Examines every file, into `gathering`.
void examine_files(const ChangeSet& change, const Stage& stage, Gathering& gathering) {
  stage.events.started(change.files.size());
  constexpr std::size_t kMany =
      100;  // for fewer, code coming back costs more than its memory is worth
  if (change.files.size() >= kMany) let_go_of_code_pages();
  // never stopped between files: each file still gets its row in the coverage manifest
  WorkOrder order(weights_of(change), stage.request.config.jobs);
  for_each_index(change.files.size(), stage.request.config.jobs, {}, [&](std::size_t) {
    const auto turn = order.next();
    const auto i = turn.index();
    gathering.take(i, examine_file(change.files[i], change.whole_files, stage.request,
                                   stage.services, stage.stop));
    stage.events.examined(change.files[i].path);
  });
  release_parse_memory();  // reports are built where trees were
}

bool is_about(const PathIgnore& ignore, const Finding& finding) {
  const bool named =
      std::any_of(ignore.rules.begin(), ignore.rules.end(),
                  [&](const std::string& rule) { return rule == "*" || rule == finding.rule; });
  return named && glob_matches(ignore.glob, finding.path);
}

void ignore_by_path(std::vector<Finding>& findings, const Config& config) {
  for (auto& finding : findings)
    for (const auto& ignore : config.per_file_ignores)
      if (!finding.suppressed && is_about(ignore, finding))
        finding.suppressed = Suppression{"config", "per_file_ignores " + ignore.glob};
}

/// The YAML rule called `id`.
std::optional<ReportedRule> yaml_rule(std::string_view id, const rules::RuleBook* book) {
  const auto* rule = book == nullptr ? nullptr : book->set().find(id);
  if (rule == nullptr) return std::nullopt;
  auto facts = rules::facts_of(*rule);
  ReportedRule reported{facts.id,       facts.category,   facts.title, facts.why,        facts.help,
                        facts.severity, facts.confidence, facts.cwe,   facts.references, {}};
  std::vector<std::string> tags;
  if (!facts.topic.empty()) tags.push_back(facts.topic);
  if (!facts.owasp.empty()) tags.push_back("owasp/" + facts.owasp);
  if (!tags.empty()) reported.tags = std::move(tags);
  return reported;
}

std::vector<ReportedRule> rules_of(const Report& report, const rules::RuleBook* book) {
  std::set<std::string_view> ids;
  for (const auto& finding : report.findings)
    ids.insert(finding.rule);
  for (const auto& finding : report.suppressed)
    ids.insert(finding.rule);
  std::vector<ReportedRule> rules;
  for (const auto id : ids) {
    if (id == kModelRule) {
      rules.push_back(model_rule());
      continue;
    }
    const auto* rule = find_rule(id);
    if (rule == nullptr) {
      if (auto reported = yaml_rule(id, book)) rules.push_back(std::move(*reported));
      continue;
    }
    rules.push_back({std::string(rule->id),
                     std::string(rule->category),
                     std::string(rule->title),
                     std::string(rule->why),
                     std::string(rule->help),
                     rule->severity,
                     rule->confidence,
                     rule->cwe,
                     {rule->references.begin(), rule->references.end()},
                     {}});
  }
  return rules;
}

/// What only shows when all files are seen: code that the change adds to several of them. Those few
/// files are read again.
void compare_files(Gathering& gathering, const ChangeSet& change, const Request& request,
                   const Services& services, const std::stop_token& stop) {
  std::vector<AddedCode> added;
  for (std::size_t i = 0; i < change.files.size(); ++i)
    added.push_back({change.files[i].path, gathering.added_code()[i]});
  std::map<std::size_t, std::vector<Finding>> across;
  for (auto& [file, finding] : duplicates_across(added))
    across[file].push_back(std::move(finding));
  for (auto& [i, found] : across) {
    const auto& file = change.files[i];
    auto after = contents(file.after, file.path, services);
    if (after && *after)
      found = services
                  .examine({file, {}, std::move(*after), change.whole_files, {}, std::move(found)},
                           request.config.examine, stop)
                  .findings;
    // else it was readable a moment ago and they stand without their frames
  }
  gathering.add(std::move(across));
}

void set_aside_suppressed(Report& report, const Request& request) {
  ignore_by_path(report.findings, request.config);
  if (request.mark_known) request.mark_known(report.findings);
  const auto counts = [](const Finding& f) { return !f.suppressed; };
  if (std::all_of(report.findings.begin(), report.findings.end(), counts)) return;
  const auto counted =
      std::stable_partition(report.findings.begin(), report.findings.end(), counts);
  std::move(counted, report.findings.end(), std::back_inserter(report.suppressed));
  report.findings.erase(counted, report.findings.end());
}

}  // namespace

Result<Report> run(const Request& request, const Services& services, const std::stop_token& stop,
                   EventSink& events) {
  const auto began = services.clock.steady();
  Report report;
  report.tool_version = PEER_VERSION;
  report.command = request.command;
  report.fail_on = request.config.fail_on;
  report.fail_never = request.config.fail_never;

  auto change = services.read_change();  // read the diff
  if (!change) return fail(change.error());
  report.change = std::move(*change);
  report.degraded = report.change.degraded;
  decide_scopes(report.change, request);

  {
    Gathering gathering(report, request.config);
    examine_files(report.change, {request, services, stop, events}, gathering);  // parse, analyze
    compare_files(gathering, report.change, request, services, stop);
  }
  if (request.imports != nullptr) request.imports->account(report);
  if (services.ask_models) services.ask_models(report, stop);  // route and ask
  set_aside_suppressed(report, request);
  report.rules = rules_of(report, request.config.examine.rules.get());
  report.receipt.seconds = std::chrono::duration<double>(services.clock.steady() - began).count();
  decide(report);
  return report;
}

}  // namespace peer
