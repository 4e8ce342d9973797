#include "bot/commands/run_review.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "bot/ai/ask_progress.hpp"
#include "bot/ai/comparison.hpp"
#include "bot/ai/guidance.hpp"
#include "bot/ai/review.hpp"
#include "bot/ai/summary.hpp"
#include "bot/commands/remember.hpp"
#include "bot/examiner.hpp"
#include "bot/pipeline.hpp"
#include "bot/progress.hpp"
#include "bot/review_cache.hpp"
#include "bot/rules/find_rules.hpp"
#include "bot/rules/known_rules.hpp"
#include "bot/scope.hpp"
#include "reporters/receipt.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

struct Output {
  const Renderer* renderer;
  std::string file;  ///< "" for standard output
};

Result<std::vector<Output>> outputs_of(const Invocation& invocation) {
  std::vector<Output> outputs;
  auto wanted = invocation.values("format");
  if (wanted.empty()) wanted = {"terminal"};
  for (const auto& each : wanted) {
    const auto name = each.substr(0, each.find('='));
    const auto* renderer = find_renderer(name);
    if (renderer == nullptr) {
      std::vector<std::string> names;
      for (const auto& known : all_renderers())
        names.emplace_back(known.name);
      return fail(ErrorKind::invalid_input,
                  fmt::format("--format {}: there are {}", name, join(names, ", ")));
    }
    Output output{renderer, each.size() > name.size() ? each.substr(name.size() + 1) : ""};
    if (output.file == "-") output.file.clear();
    const auto shares = [&](const Output& other) { return other.file == output.file; };
    if (const auto other = std::find_if(outputs.begin(), outputs.end(), shares);
        other != outputs.end())
      return fail(ErrorKind::invalid_input,
                  fmt::format("--format: {} and {} would both go to {}; give one a file of its "
                              "own: --format {}=FILE",
                              other->renderer->name, name,
                              output.file.empty() ? "standard output" : output.file, name));
    outputs.push_back(std::move(output));
  }
  return outputs;
}

bool colored(const Config& config, const Session& session) {
  if (config.color != Switch::automatic) return config.color == Switch::always;
  const auto no_color = session.environment("NO_COLOR");
  return session.out_is_terminal && (!no_color || no_color->empty()) &&
         session.environment("TERM") != "dumb";
}

RenderOptions options_for(const Output& output, const Config& config, const Invocation& invocation,
                          const Session& session, const std::filesystem::path& root) {
  RenderOptions options;
  options.color = output.file.empty() && colored(config, session);
  options.width = session.width;
  options.hyperlinks = options.color && session.out_is_terminal;
  options.root = root.string();
  options.all_frames = invocation.has("verbose");
  options.quiet = invocation.has("quiet");
  return options;
}

/// False where `path` cannot be written.
bool write_file(const std::filesystem::path& path,
                const std::function<void(const TextSink&)>& write) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  write([&](std::string_view piece) { out << piece; });
  return static_cast<bool>(out.flush());
}

/// Opening the cache costs more than examining a few small files.
bool wants_cache(const Reviewed& reviewed) {
  constexpr std::size_t kManyFiles = 8;
  constexpr std::uint64_t kManyBytes = std::uint64_t{256} << 10U;
  const auto& files = reviewed.input.change.files;
  std::uint64_t bytes = 0;
  for (const auto& file : files)
    for (const auto* side : {&file.before, &file.after})
      if (*side) bytes += (*side)->size;
  return reviewed.config.cache && (files.size() >= kManyFiles || bytes >= kManyBytes);
}

/// What was wrong with the rules of the run.
struct RuleTrouble {
  std::vector<std::string> notes;
  std::size_t rules_off = 0;  ///< broken ones; a file that is none or was not read counts as one
};

bool is_told_on_standard_output(const Invocation& invocation) {
  const auto outputs = outputs_of(invocation);
  return outputs && std::any_of(outputs->begin(), outputs->end(), [](const Output& output) {
           return output.file.empty() && output.renderer->name == "terminal";
         });
}

/// Finds and loads the YAML rules of the run. Its troubles are told at once where no report for
/// people follows.
Result<RuleTrouble> use_rules(Config& config, const Input& input, const Invocation& invocation,
                              const Session& session) {
  auto found = find_rules(invocation, session, input.read_trusted, input.list_trusted, input.root);
  if (!found) return fail(found.error());
  auto& examine = config.examine;
  examine.only_rules = invocation.has("only-rules");
  examine.language_globs = found->sources.language_globs;
  for (const auto& each : found->sources.severities)
    if (!each.off) examine.severities.push_back({each.rule, each.severity});
  config.rule_sources = std::make_shared<const RuleSources>(std::move(found->sources));
  auto loaded = load_rules(*config.rule_sources);
  examine.rules = std::move(loaded.book);
  if (auto known = check_rule_flags(invocation, *examine.rules); !known) return fail(known.error());
  RuleTrouble trouble{std::move(found->notes), 0};
  for (auto& unknown : unknown_rules_of(config, *examine.rules))
    trouble.notes.push_back(std::move(unknown));
  std::set<std::pair<std::string, std::string>> off;
  for (const auto& problem : loaded.problems) {
    trouble.notes.push_back(sentence_of(problem));
    if (problem.level == rules::Problem::Level::error) off.emplace(problem.file, problem.rule_id);
  }
  trouble.rules_off = off.size() + found->unread;
  if (!is_told_on_standard_output(invocation))
    for (const auto& note : trouble.notes)
      session.complain(note);
  return trouble;
}

/// Tells `progress` of what the models are asked and answer.
void show_progress(ModelReviewPlan& plan, AskProgress& progress) {
  plan.progress = [&progress](std::string_view line) { progress.done(line); };
  plan.ai.set_watch([&progress](std::string_view file, std::string_view model, std::size_t bytes) {
    progress.receiving(file, model, bytes);
  });
}

/// The stage of the pipeline in which models review the change.
std::function<void(Report&, const std::stop_token&)> model_review(Ai& ai, const Reviewed& reviewed,
                                                                  const Session& session) {
  return [&ai, &reviewed, &session](Report& report, const std::stop_token& stop) {
    ModelReviewPlan plan{ai, reviewed.config, reviewed.input.read_blob, *session.clock};
    std::vector<std::string> paths;
    for (const auto& file : report.change.files)
      paths.push_back(file.path);
    const auto guidance =
        read_guidance(reviewed.input.read_trusted, reviewed.input.list_trusted, paths);
    plan.guidance = [&guidance](std::string_view path) {
      return guidance.for_path(path, kMostGuidance);
    };
    AskProgress progress(session);
    if (session.err_is_terminal) show_progress(plan, progress);
    review_with_models(report, plan, stop);
    ai.set_watch({});
  };
}

/// Summary, notes and what it cost.
void close_models(Report& report, Ai& ai, const Reviewed& reviewed, const Session& session) {
  auto touched = touched_functions(report, reviewed.config, reviewed.input.read_blob, session.stop);
  if (reviewed.config.ai.compare)
    compare_with_models(touched, ai, reviewed.config.ai.concurrency, session.stop);
  summarise(report, ai, facts_of(touched), session.stop);
  for (auto& opinion : opinions_of(touched))
    report.summary->push_back(std::move(opinion));
  for (auto& note : ai.notes())
    report.degraded.push_back(std::move(note));
  add_receipt(report.receipt, ai.receipt());
}

void add_notes(Report& report, const std::vector<std::string>& notes) {
  report.degraded.insert(report.degraded.end(), notes.begin(), notes.end());
}

/// What became of the store, and how much came from it.
void close_cache(Report& report, const ReviewCache& cache) {
  add_notes(report, cache.notes());
  report.receipt.files_remembered = cache.hits();
  report.receipt.files_examined = cache.misses();
}

Result<void> read_imports(Reviewed& reviewed, const Session& session) {
  if (reviewed.config.imports.empty()) return {};
  auto imports = Imports::read(reviewed.config.imports, reviewed.input, session);
  if (!imports) return fail(imports.error());
  reviewed.imports = std::move(*imports);
  return {};
}

/// The models that review the change; null where none do.
Result<std::unique_ptr<Ai>> open_models(const ReviewPlan& plan, const Config& config,
                                        Session& session) {
  if (!plan.models || config.ai.roster.mode == AiMode::local) return std::unique_ptr<Ai>();
  return Ai::open(config, session);
}

}  // namespace

Result<Reviewed> run_review(const Invocation& invocation, Session& session,
                            const ReviewPlan& plan) {
  if (auto outputs = outputs_of(invocation); !outputs) return fail(outputs.error());
  auto input = read_input(invocation, session, plan.whole_tree);
  if (!input) return fail(input.error());
  auto config = load_config(invocation, session, input->read_trusted);
  if (!config) return fail(config.error());
  config->examine.security_only = plan.security_only;
  config->recall = !invocation.has("full");
  auto trouble = use_rules(*config, *input, invocation, session);
  if (!trouble) return fail(trouble.error());
  auto scoping = load_scope(*input, *config, invocation);
  if (!scoping) return fail(scoping.error());

  Reviewed reviewed{std::move(*input), std::move(*config), {}};
  if (auto done = read_imports(reviewed, session); !done) return fail(done.error());
  const Request request{plan.command, reviewed.config, scoping->scope, scoping->mark_known,
                        reviewed.imports.get()};
  const Examiner examiner(reviewed.config, session);
  const auto cache =
      wants_cache(reviewed) ? std::make_unique<ReviewCache>(reviewed.config, session) : nullptr;
  Services services{
      [&]() -> Result<ChangeSet> {
        // the report takes it over: of 100,000 files nobody needs it twice
        auto change = std::exchange(reviewed.input.change, {});
        reviewed.input.change.head = change.head;
        return change;
      },
      reviewed.input.read_blob,
      [&](const FileJob& job, const ExamineOptions& options, const std::stop_token& stop) {
        return examiner.examine(job, options, stop);
      },
      *session.clock,
      cache.get(),
      nullptr};
  auto ai = open_models(plan, reviewed.config, session);
  if (!ai) return fail(ai.error());
  if (*ai) services.ask_models = model_review(**ai, reviewed, session);
  Progress progress(session);
  auto report = run(request, services, session.stop, progress);
  if (!report) return fail(report.error());
  if (trouble->rules_off > 0) {
    report->coverage.rules_off = trouble->rules_off;
    decide(*report);
  }
  if (*ai) close_models(*report, **ai, reviewed, session);
  for (const auto& notes : {trouble->notes, scoping->notes, examiner.notes()})
    add_notes(*report, notes);
  reviewed.report = std::move(*report);
  if (cache) close_cache(reviewed.report, *cache);
  if (plan.remember) remember(reviewed.report, reviewed.input, reviewed.config, session);
  return reviewed;
}

int write_reports(const Reviewed& reviewed, const Invocation& invocation, Session& session,
                  const std::vector<AuditPoint>& history) {
  const auto outputs = outputs_of(invocation);
  if (!outputs) return complain(outputs.error(), session);
  for (const auto& output : *outputs) {
    auto options = options_for(output, reviewed.config, invocation, session, reviewed.input.root);
    options.history = history;
    const auto write = [&](const TextSink& sink) {
      output.renderer->write(reviewed.report, options, sink);
    };
    if (output.file.empty()) {
      write(session.out);
    } else if (!write_file(session.folder / output.file, write)) {
      session.complain(fmt::format("{} cannot be written", output.file));
      return kExitUsage;
    }
  }
  return exit_code(reviewed.report);
}

int complain(const Error& error, const Session& session) {
  session.complain(error);
  switch (error.kind) {
    case ErrorKind::invalid_input:
    case ErrorKind::not_found:
    case ErrorKind::refused:
      return kExitUsage;
    case ErrorKind::internal:
      return kExitBug;
    default:
      return kExitIncomplete;
  }
}

}  // namespace peer
