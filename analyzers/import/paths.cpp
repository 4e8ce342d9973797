#include "analyzers/import/paths.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/percent.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kLongestPath = 4096;
constexpr std::size_t kMostNamesakes = 200;  // files of one name that are compared by their ends
constexpr std::size_t kMostAnswers = 200'000;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool has_drive(std::string_view path) {
  return path.size() > 2 && is_letter(path[0]) && path[1] == ':' && path[2] == '/';
}

bool is_absolute(std::string_view path) { return path.starts_with('/') || has_drive(path); }

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Headers and packages of the machine a tool ran on: never a file of the repository by its name
/// alone.
bool is_of_the_system(std::string_view path) {
  constexpr std::array<std::string_view, 7> kFolders{
      "/usr/", "/opt/", "/Library/", "C:/Program Files", "/nix/store/", "/lib/", "/snap/"};
  return std::any_of(kFolders.begin(), kFolders.end(),
                     [&](std::string_view folder) { return path.starts_with(folder); }) ||
         path.find("/node_modules/") != std::string_view::npos ||
         path.find("/site-packages/") != std::string_view::npos;
}

bool ends_in_path(std::string_view longer, std::string_view end) {
  return longer.size() > end.size() && longer.ends_with(end) &&
         longer[longer.size() - end.size() - 1] == '/';
}

}  // namespace

std::optional<std::string> path_of_uri(std::string_view uri) {
  if (uri.size() > kLongestPath) return std::nullopt;
  if (to_lower(uri.substr(0, 5)) == "file:") {
    auto rest = uri.substr(5);
    if (rest.starts_with("//")) {
      rest.remove_prefix(2);
      const auto slash = rest.find('/');  // what stands before it is a host
      rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash);
    }
    auto path = percent_decoded(rest);
    std::replace(path.begin(), path.end(), '\\', '/');
    if (path.size() > 3 && path[0] == '/' && has_drive(std::string_view(path).substr(1)))
      path.erase(0, 1);
    return path;
  }
  const auto colon = uri.find(':');
  // a scheme has two letters or more; one is a drive
  const bool scheme =
      colon != std::string_view::npos && colon > 1 &&
      std::all_of(uri.begin(), uri.begin() + static_cast<std::ptrdiff_t>(colon), is_letter) &&
      uri.substr(colon + 1).starts_with("//");
  if (scheme) return std::nullopt;
  return percent_decoded(uri);
}

std::optional<std::string> plain_path(std::string_view path) {
  if (path.empty() || path.size() > kLongestPath) return std::nullopt;
  std::string slashed(path);
  std::replace(slashed.begin(), slashed.end(), '\\', '/');
  const bool absolute = is_absolute(slashed);
  std::vector<std::string> parts;
  for (const auto part : split(slashed, '/')) {
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.emplace_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    } else if (!absolute) {
      return std::nullopt;
    }
  }
  if (parts.empty()) return std::nullopt;
  return (slashed.starts_with('/') ? "/" : "") + join(parts, "/");
}

PathFinder::PathFinder(Place place, std::vector<std::string> files,
                       std::function<std::vector<std::string>()> more)
    : place_(std::move(place)), more_(std::move(more)) {
  while (place_.root.ends_with('/'))
    place_.root.pop_back();
  add(std::move(files));
}

void PathFinder::add(std::vector<std::string> files) {
  for (auto& file : files) {
    const auto [it, fresh] = files_.insert(std::move(file));
    if (fresh) by_name_[std::string(last_part(*it))].push_back(*it);
  }
}

std::optional<std::string> PathFinder::find(const std::string& path) {
  const auto it = answers_.find(path);
  if (it != answers_.end()) return it->second;
  auto answer = look(path);
  if (answers_.size() < kMostAnswers) answers_.emplace(path, answer);
  return answer;
}

std::optional<std::string> PathFinder::look(const std::string& path) {
  if (path.size() > kLongestPath) return std::nullopt;
  std::string slashed = path;
  std::replace(slashed.begin(), slashed.end(), '\\', '/');
  const auto plain = plain_path(slashed);
  // "../x" from the folder of the run may still be inside the repository
  const auto from_folder = is_absolute(slashed) || place_.folder.empty()
                               ? std::nullopt
                               : plain_path(place_.folder + "/" + slashed);
  const auto known = [&]() -> std::optional<std::string> {
    if (plain)
      if (auto found = direct(*plain)) return found;
    return from_folder && files_.contains(*from_folder) ? from_folder : std::nullopt;
  };
  if (auto found = known()) return found;
  if (more_) {
    add(std::exchange(more_, nullptr)());
    if (auto found = known()) return found;
  }
  return plain ? by_end(*plain) : std::nullopt;
}

std::optional<std::string> PathFinder::direct(const std::string& plain) const {
  if (files_.contains(plain)) return plain;
  if (!place_.root.empty() && plain.size() > place_.root.size() + 1 &&
      plain.starts_with(place_.root) && plain[place_.root.size()] == '/') {
    auto below = plain.substr(place_.root.size() + 1);
    if (files_.contains(below)) return below;
  }
  return std::nullopt;
}

std::optional<std::string> PathFinder::by_end(const std::string& plain) const {
  const auto namesakes = by_name_.find(std::string(last_part(plain)));
  if (namesakes == by_name_.end()) return std::nullopt;
  // the longest end of the path that is a file here
  for (auto slash = plain.find('/'); slash != std::string::npos;
       slash = plain.find('/', slash + 1)) {
    auto end = plain.substr(slash + 1);
    if (!files_.contains(end)) continue;
    const bool only_name = end.find('/') == std::string::npos;
    if (only_name && (namesakes->second.size() > 1 || is_of_the_system(plain))) return std::nullopt;
    return end;
  }
  // the tool ran in a folder of the repository: the path is the end of one file alone
  if (is_absolute(plain) || namesakes->second.size() > kMostNamesakes) return std::nullopt;
  std::optional<std::string> only;
  for (const auto& file : namesakes->second) {
    if (!ends_in_path(file, plain)) continue;
    if (only) return std::nullopt;
    only = file;
  }
  return only;
}

}  // namespace peer
