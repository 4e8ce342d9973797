#include "tests/e2e/story_fixture.hpp"

#include <fstream>
#include <regex>
#include <sstream>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/small_model_fixture.hpp"
#include "tests/patience.hpp"

namespace peer::testing {
namespace {

std::string program() { return std::filesystem::weakly_canonical(PEER_BINARY).string(); }

}  // namespace

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Strings found_in(const Json& report) {
  Strings lines;
  for (const auto& finding : report.at("findings"))
    lines.push_back(finding.at("rule").get<std::string>() + " " +
                    finding.at("path").get<std::string>() + ":" +
                    std::to_string(finding.at("line").get<int>()));
  return lines;
}

Strings examined_by(const Json& file) {
  auto by = file.at("by").get<Strings>();
  if (!small_model().empty()) std::erase(by, "models");
  return by;
}

Strings leftovers(const std::filesystem::path& folder) {
  Strings names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().filename().string().starts_with(".peer-tmp-"))
      names.push_back(entry.path().string());
  return names;
}

std::string normalised(std::string text) {
  static const std::regex kTime(" +[0-9.,]+ (s|ms)\\n");
  static const std::regex kReceipt("<sub>[0-9.,]+ (s|ms)");
  static const std::regex kSeconds("\"seconds\": ?[0-9.e+-]+");
  static const std::regex kId("\\b[0-9a-f]{40}\\b");
  text = std::regex_replace(text, kTime, " TIME\n");
  text = std::regex_replace(text, kReceipt, "<sub>TIME");
  text = std::regex_replace(text, kSeconds, "\"seconds\": 0");
  return std::regex_replace(text, kId, "COMMIT");
}

Ran Story::peer(const Strings& words, RunOptions options) const {
  if (options.folder.empty()) options.folder = repo.folder();
  if (options.home.empty()) options.home = home.path();
  const auto model = small_model();
  options.environment.insert(options.environment.begin(), model.begin(), model.end());
  return run_peer(words, options);
}

Ran Story::shell(const std::string& script, RunOptions options) const {
  options.program = "/bin/bash";
  options.environment.push_back("PEER=" + program());
  options.environment.push_back(
      ::geteuid() == 0 ? "HELD=setpriv --bounding-set=-dac_override,-dac_read_search --" : "HELD=");
  options.environment.emplace_back(kIsWatched ? "MEMORY=true" : "MEMORY=ulimit -v");
  return peer({"-c", script}, options);
}

Json Story::report(const Strings& words, RunOptions options) const {
  const auto file = home.path() / "report.json";
  std::filesystem::remove(file);
  auto all = words;
  all.push_back("--format=json=" + file.string());
  const auto ran = peer(all, options);
  auto parsed = parse_json(slurp(file));
  if (!parsed) throw std::runtime_error("no report: " + ran.out);
  return std::move(*parsed);
}

Strings Story::found(const Strings& words, RunOptions options) const {
  return found_in(report(words, options));
}

std::string Story::read(std::string_view path) const { return slurp(repo.folder() / path); }

void Story::make_small_change() {
  repo.write("a.py", kTidy);
  repo.commit("first");
  repo.write("a.py", kUnused);
  repo.commit("second");
}

Story::Topic Story::make_topic() {
  Topic topic;
  repo.write("a.py", kTidy);
  topic.base = repo.commit("base");
  repo.git({"checkout", "-q", "-b", "topic"});
  repo.write("a.py", kUnused);
  topic.head = repo.commit("topic");
  return topic;
}

}  // namespace peer::testing
