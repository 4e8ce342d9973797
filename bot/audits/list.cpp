#include "bot/audits/list.hpp"

#include <fmt/format.h>
#include <map>

#include "base/text.hpp"
#include "bot/git/clone.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostTargets = 10'000;
constexpr std::size_t kMostLine = 4096;

/// Two ways to write one repository are one.
std::string identity(const AuditTarget& target) {
  auto name = target.name();
  while (name.size() > 1 && name.ends_with('/'))
    name.pop_back();
  if (target.url && name.ends_with(".git")) name.resize(name.size() - 4);
  return name;
}

}  // namespace

std::string AuditTarget::name() const { return url ? without_credentials(place) : place; }

Result<AuditList> read_audit_list(std::string_view text) {
  AuditList list;
  std::map<std::string, std::size_t> seen;  // identity -> line
  std::size_t number = 0;
  if (text.find('\0') != std::string_view::npos)
    return fail(ErrorKind::invalid_input, "this is no list of repositories: it holds null bytes");
  for (const auto line : split_lines(text)) {
    ++number;
    const auto word = trim(line);
    if (word.empty() || word.front() == '#') continue;
    if (word.size() > kMostLine)
      return fail(ErrorKind::invalid_input,
                  fmt::format("line {} is over {} bytes", number, kMostLine));
    AuditTarget target{std::string(word), is_repository_url(word)};
    const auto [it, fresh] = seen.emplace(identity(target), number);
    if (!fresh) {
      list.notes.push_back(fmt::format("line {} repeats line {}: {} is audited once", number,
                                       it->second, visible(target.name(), false)));
      continue;
    }
    if (list.targets.size() == kMostTargets)
      return fail(ErrorKind::invalid_input,
                  fmt::format("over {} repositories", with_commas(kMostTargets)));
    list.targets.push_back(std::move(target));
  }
  return list;
}

}  // namespace peer
