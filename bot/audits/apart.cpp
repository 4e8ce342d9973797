#include "bot/audits/apart.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/sandbox/process.hpp"

namespace peer {
namespace {

constexpr std::size_t kPiece = 65'536, kKept = 65'536;

void keep_end(std::string& text) {
  if (text.size() > 2 * kKept) text.erase(0, text.size() - kKept);
}

}  // namespace

ApartEnd run_apart(const ApartJob& job, const std::stop_token& stop) {
  ApartEnd ended;
  const auto program = own_program();
  if (!program) {
    ended.trouble = program.error().message;
    return ended;
  }
  ProcessOptions options;
  options.command = {program->string()};
  options.command.insert(options.command.end(), job.words.begin(), job.words.end());
  options.environment = job.environment;
  options.folder = job.folder;
  auto process = Process::start(options);
  if (!process) {
    ended.trouble = process.error().message;
    return ended;
  }
  const auto end = std::chrono::steady_clock::now() + job.longest;
  if (!job.input.empty()) (void)process->write(job.input, end);
  process->close_input();
  for (;;) {
    const auto soon = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
    const auto got = process->read(ended.said, kPiece, std::min(soon, end));
    keep_end(ended.said);
    if (stop.stop_requested())
      ended.trouble = "stopped";
    else if (std::chrono::steady_clock::now() >= end)
      ended.trouble = fmt::format("it took over {} s", job.longest.count());
    if (!ended.trouble.empty()) return ended;  // its end of life goes with `process`
    if (got && *got == 0) break;
  }
  const auto last = process->wait(end);
  if (!last)
    ended.trouble = fmt::format("it took over {} s", job.longest.count());
  else if (last->exit_code < 0)
    ended.trouble = fmt::format("it was ended by signal {}", last->signal);
  else
    ended.exit_code = last->exit_code;
  return ended;
}

std::string last_complaint(const std::string& said) {
  constexpr std::string_view kBegin = "peer: ";
  std::string found;
  for (const auto line : split_lines(said))
    if (line.starts_with(kBegin)) found = trim(line.substr(kBegin.size()));
  return found;
}

}  // namespace peer
