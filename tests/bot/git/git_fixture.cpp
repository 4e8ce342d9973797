#include "tests/bot/git/git_fixture.hpp"

#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace peer {
namespace {

namespace fs = std::filesystem;

std::string shell_word(std::string_view word) {
  std::string out = "'";
  for (const char c : word)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// Nothing of the machine's own git configuration, no prompts, one author, one clock.
std::string environment(int seconds) {
  const auto date = fmt::format("'{} +0000'", 1700000000 + seconds);
  return fmt::format(
      "env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 "
      "GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0 LC_ALL=C "
      "GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.com GIT_AUTHOR_DATE={0} "
      "GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.com GIT_COMMITTER_DATE={0} ",
      date);
}

fs::path make_scratch() {
  auto pattern = (fs::temp_directory_path() / "peer-git-XXXXXX").native();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return fs::canonical(pattern);
}

char letter(ChangeStatus status) {
  switch (status) {
    case ChangeStatus::added:
      return 'A';
    case ChangeStatus::deleted:
      return 'D';
    case ChangeStatus::modified:
      return 'M';
    case ChangeStatus::renamed:
      return 'R';
    case ChangeStatus::copied:
      return 'C';
    case ChangeStatus::mode_changed:
      return 'P';
    case ChangeStatus::type_changed:
      return 'T';
    case ChangeStatus::unmodified:
      break;
  }
  return '=';
}

}  // namespace

std::string run_git(const fs::path& folder, const std::vector<std::string>& arguments,
                    int seconds) {
  auto command =
      environment(seconds) + "git -c protocol.file.allow=always -C " + shell_word(folder.native());
  for (const auto& argument : arguments)
    command += " " + shell_word(argument);
  auto* pipe = ::popen((command + " 2>&1").c_str(), "re");
  if (pipe == nullptr) throw std::runtime_error("cannot start git");
  std::string output;
  std::array<char, 4096> part{};
  for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
    output.append(part.data(), got);
  if (const int code = ::pclose(pipe); code != 0)
    throw std::runtime_error(fmt::format("{}\nfailed: {}", command, output));
  if (output.ends_with('\n')) output.pop_back();
  return output;
}

GitFixture::GitFixture(const std::vector<std::string>& init_options) : scratch_(make_scratch()) {
  repository_ = scratch_ / "repo";
  std::vector<std::string> arguments = {"init", "-q", "-b", "main"};
  arguments.insert(arguments.end(), init_options.begin(), init_options.end());
  arguments.push_back(repository_.native());
  run_git(scratch_, arguments);
}

GitFixture::~GitFixture() {
  std::error_code ignored;
  fs::remove_all(scratch_, ignored);
}

std::string GitFixture::git(const std::vector<std::string>& arguments,
                            std::string_view below) const {
  return run_git(repository_ / below, arguments, seconds_);
}

void GitFixture::write(std::string_view path, std::string_view bytes) const {
  const auto full = repository_ / path;
  fs::create_directories(full.parent_path());
  std::ofstream out(full, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out) throw std::runtime_error("cannot write " + full.native());
}

void GitFixture::remove(std::string_view path) const { fs::remove_all(repository_ / path); }

std::string GitFixture::commit(std::string_view message) {
  ++seconds_;
  git({"add", "-A"});
  git({"commit", "-q", "--allow-empty", "--no-verify", "-m", std::string(message)});
  return git({"rev-parse", "HEAD"});
}

fs::path GitFixture::clone(const std::vector<std::string>& options) const {
  const auto target = scratch_ / fmt::format("clone{}", ++clones_);
  std::vector<std::string> arguments = {"clone", "-q"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.push_back("file://" + repository_.native());
  arguments.push_back(target.native());
  run_git(scratch_, arguments);
  return target;
}

Repository open_or_throw(const fs::path& folder, const OpenOptions& options) {
  auto repository = Repository::open(folder, options);
  if (!repository) throw std::runtime_error(repository.error().message);
  return std::move(*repository);
}

Repository GitFixture::open() const { return open_or_throw(repository_); }

ChangeSet GitFixture::read(std::string_view range) const { return read(parse_range(range)); }

ChangeSet GitFixture::read(const RangeSpec& range) const {
  auto change = open().read_diff(range);
  if (!change) throw std::runtime_error(change.error().message);
  return std::move(*change);
}

RangeSpec range_of(RangeSpec::Kind kind, std::string from, std::string to) {
  RangeSpec range;
  range.kind = kind;
  range.from = std::move(from);
  range.to = std::move(to);
  return range;
}

ChangedFile file_at(const ChangeSet& change, std::string_view path) {
  for (const auto& file : change.files)
    if (file.path == path) return file;
  throw std::runtime_error(fmt::format("no {} in the change", path));
}

std::vector<std::string> summary(const ChangeSet& change) {
  std::vector<std::string> lines;
  for (const auto& file : change.files) {
    lines.push_back(
        file.old_path == file.path
            ? fmt::format("{} {}", letter(file.status), file.path)
            : fmt::format("{} {} -> {}", letter(file.status), file.old_path, file.path));
  }
  return lines;
}

}  // namespace peer
