#include "bot/importing.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>

#include "analyzers/import/place.hpp"
#include "analyzers/import/read.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostNamed = 5;  // files named in one sentence

Result<std::string> bytes_of(const std::string& name, const Session& session) {
  // one byte over the limit is enough to see that it is over
  if (name == "-") return session.read_in(kMostImportBytes + 1);
  const auto path = session.folder / name;
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    return fail(ErrorKind::invalid_input,
                fmt::format("--import {}: it is a folder", visible(name, false)));
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fail(ErrorKind::invalid_input,
                fmt::format("--import {}: it cannot be opened", visible(name, false)));
  std::string bytes;
  std::string piece(std::size_t{1} << 20U, '\0');
  while (bytes.size() <= kMostImportBytes) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (in.gcount() <= 0) break;
    bytes.append(piece, 0, static_cast<std::size_t>(in.gcount()));
  }
  return bytes;
}

/// The files of the commit, for paths that the change does not hold.
std::vector<std::string> files_of_repository(const Input& input) {
  if (!input.repository) return {};
  const auto commit =
      !input.change.head.empty() ? input.change.head : input.repository->head().value_or("");
  if (commit.empty()) return {};
  auto files = input.repository->list_at(commit, "");
  return files ? std::move(*files) : std::vector<std::string>{};
}

/// The folder of the session, from the root; "" for the root and for anything outside.
std::string folder_from_root(const Session& session, const Input& input) {
  std::error_code error;
  const auto root = std::filesystem::weakly_canonical(input.root, error);
  const auto folder = std::filesystem::weakly_canonical(session.folder, error);
  const auto relative = folder.lexically_relative(root).generic_string();
  return relative == "." || relative.starts_with("..") ? "" : relative;
}

std::string named(const std::map<std::string, std::size_t>& files) {
  std::vector<std::string> names;
  for (const auto& [file, count] : files)
    if (names.size() < kMostNamed)
      names.push_back(visible(std::string_view(file).substr(0, 200), false));
  auto text = join(names, ", ");
  if (files.size() > names.size()) text += fmt::format(" and {} more", files.size() - names.size());
  return text;
}

std::size_t total(const std::map<std::string, std::size_t>& files) {
  std::size_t sum = 0;
  for (const auto& [file, count] : files)
    sum += count;
  return sum;
}

}  // namespace

Result<std::unique_ptr<Imports>> Imports::read(const std::vector<std::string>& names,
                                               const Input& input, const Session& session) {
  std::set<std::string> changed;
  std::vector<std::string> files;
  for (const auto& file : input.change.files) {
    files.push_back(file.path);
    if (file.after) changed.insert(file.path);
  }
  std::error_code error;
  const auto root = std::filesystem::weakly_canonical(input.root, error).generic_string();
  std::unique_ptr<Imports> imports(
      new Imports(PathFinder({root, folder_from_root(session, input)}, std::move(files),
                             [&input] { return files_of_repository(input); })));
  for (const auto& name : names) {
    auto bytes = bytes_of(name, session);
    if (!bytes) return fail(bytes.error());
    imports->add(name, std::move(*bytes), changed);
  }
  imports->finder_.settle();  // from here on many threads ask, and a repository is for one
  return imports;
}

void Imports::add(std::string name, std::string bytes, const std::set<std::string>& changed) {
  auto source = std::make_unique<Source>();
  source->name = std::move(name);
  source->told = read_findings(std::move(bytes));
  for (const auto& finding : source->told.findings) {
    const auto path = finder_.find(finding.path);
    if (!path)
      ++source->unknown[finding.path];
    else if (!changed.contains(*path))
      ++source->untouched[*path];
    else
      source->by_file[*path].push_back(&finding);
    for (const auto& related : finding.related)
      if (!related.path.empty()) (void)finder_.find(related.path);
  }
  sources_.push_back(std::move(source));
}

bool Imports::speaks_of(const std::string& path) const {
  return std::any_of(sources_.begin(), sources_.end(),
                     [&](const auto& source) { return source->by_file.contains(path); });
}

std::vector<Finding> Imports::of(const std::string& path, std::string_view bytes) const {
  std::vector<Finding> all;
  std::optional<SourceFile> file;  // its text is enough: nothing is parsed here
  for (const auto& source : sources_) {
    const auto it = source->by_file.find(path);
    if (it == source->by_file.end()) continue;
    if (!file) {
      auto decoded = decode_text(std::string(bytes));
      file.emplace(path, std::move(decoded.text), decoded.encoding, nullptr, std::nullopt,
                   ParseOutcome::no_grammar);
    }
    auto placed = place_findings(*file, it->second, [this](const std::string& other) {
      const std::lock_guard guard(lock_);
      return finder_.find(other);
    });
    std::move(placed.findings.begin(), placed.findings.end(), std::back_inserter(all));
    const std::lock_guard guard(lock_);
    if (placed.inexact > 0 && source->misfits.insert(path).second) {
      source->inexact += placed.inexact;
    }
  }
  return all;
}

void Imports::account(Report& report) const {
  std::set<std::string_view> left_out;
  for (const auto& file : report.coverage.files)
    if (file.status == CoverageStatus::out_of_scope || file.status == CoverageStatus::skipped)
      left_out.insert(file.path);
  for (const auto& source : sources_)
    account_for(*source, left_out, report);
}

void Imports::account_for(const Source& source, const std::set<std::string_view>& left_out,
                          Report& report) {
  const auto name = visible(source.name, false);
  const auto note = [&](const std::string& words) {
    report.degraded.push_back(fmt::format("{}: {}", name, words));
  };
  const auto about = [&](const std::map<std::string, std::size_t>& files, std::string_view which) {
    if (files.empty()) return;
    note(fmt::format("{} about {} {}: {}", count_of(total(files), "finding is", "findings are"),
                     count_of(files.size(), "file"), which, named(files)));
  };
  if (!source.told.problem.empty())
    report.coverage.files.push_back(
        {source.name, CoverageStatus::skipped, "import: " + source.told.problem, false, {}});
  for (const auto& words : source.told.notes)
    note(words);
  about(source.unknown, "that are not in this repository");
  about(source.untouched, "that this change does not touch");
  std::map<std::string, std::size_t> unseen, misfits;
  for (const auto& [path, findings] : source.by_file)
    if (left_out.contains(path)) unseen[path] = findings.size();
  about(unseen, "that were not examined");
  for (const auto& path : source.misfits)
    misfits[path] = 1;
  if (misfits.empty()) return;
  const bool one = source.inexact == 1;
  note(fmt::format(
      "{} not fit the text as it stands and {} shown at the nearest place, without {}: {}",
      count_of(source.inexact, "finding does", "findings do"), one ? "is" : "are",
      one ? "a fix" : "fixes", named(misfits)));
}

}  // namespace peer
