#include "bot/publishing/writing.hpp"

#include <charconv>
#include <condition_variable>
#include <fmt/format.h>
#include <fstream>
#include <mutex>

#include "base/http_engine.hpp"
#include "base/text.hpp"
#include "bot/publishing/halves.hpp"
#include "bot/sandbox/confine.hpp"
#include "bot/sandbox/process.hpp"

namespace peer {
namespace {

std::string set(const Session& session, std::string_view upper, std::string_view lower = {}) {
  for (const auto name : {upper, lower})
    if (auto value = session.environment(name); !name.empty() && value && !value->empty())
      return *std::move(value);
  return {};
}

Result<std::uint64_t> count_from(const Invocation& invocation, std::string_view flag,
                                 std::uint64_t otherwise) {
  const auto text = invocation.value(flag);
  if (text.empty()) return otherwise;
  std::uint64_t value = 0;
  const auto end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end)
    return fail(ErrorKind::invalid_input,
                fmt::format("--{} {}: not a number", flag, visible(text, false)));
  return value;
}

}  // namespace

void give_up_files(const ForgePlace& place, const Session& session) {
  FileRights rights;
  rights.read = {"/usr",
                 "/lib",
                 "/lib64",
                 "/etc",
                 "/run/systemd/resolve",
                 "/opt",
                 "/nix/store",
                 "/dev/urandom",
                 "/var/lib/ca-certificates"};
  for (const auto& certificates :
       {place.ca_file, set(session, "SSL_CERT_FILE"), set(session, "SSL_CERT_DIR")})
    if (!certificates.empty()) rights.read.emplace_back(certificates);
  // a release brings the libraries of the network along, wherever it is unpacked
  if (const auto program = own_program())
    rights.read.push_back(program->parent_path().parent_path() / "lib" / "peer");
  std::erase_if(rights.read, [](const auto& path) {
    std::error_code error;
    return !std::filesystem::exists(path, error);
  });
  (void)confine_files(rights);  // a kernel without Landlock leaves the other walls
}

Result<std::string> read_whole(const std::filesystem::path& path, std::size_t most) {
  std::error_code error;
  const bool regular = std::filesystem::is_regular_file(path, error);
  if (!regular) return fail(ErrorKind::not_found, fmt::format("{}: no such file", path.string()));
  std::ifstream in(path, std::ios::binary);
  std::string text;
  std::string piece(std::size_t{1} << 16U, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    text.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    if (text.size() > most)
      return fail(ErrorKind::invalid_input,
                  fmt::format("{} is over {} MB", path.string(), most >> 20U));
  }
  return text;
}

Result<PublishOptions> options_of(const Invocation& invocation) {
  PublishOptions options;
  if (invocation.has("publish-name")) options.name = invocation.value("publish-name");
  if (mark_name(options.name) != options.name)
    return fail(ErrorKind::invalid_input,
                "--publish-name takes letters, digits, '-', '_' and '.', at most 40");
  const auto most = count_from(invocation, "max-comments", options.max_comments);
  if (!most) return fail(most.error());
  options.max_comments = static_cast<std::size_t>(*most);
  options.labels = invocation.has("labels");
  options.code_scanning = invocation.has("code-scanning");
  return options;
}

HttpOptions http_options(const ForgePlace& place, const Session& session) {
  HttpOptions options;
  if (const auto api = parse_url(place.api)) {
    // where a forge of one's own lives inside a network is its owner's decision
    const bool known = api->origin.host == "api.github.com" || api->origin.host == "gitlab.com";
    options.allowed.push_back({api->origin, !known});
  }
  options.proxy = set(session, "HTTPS_PROXY", "https_proxy");
  const auto spared = set(session, "NO_PROXY", "no_proxy");
  for (const auto host : split(spared, ','))
    options.no_proxy.emplace_back(trim(host));
  options.ca_file = place.ca_file;
  return options;
}

std::function<bool(std::chrono::milliseconds)> sleeper(const Session& session) {
  return [&session](std::chrono::milliseconds time) {
    std::mutex lock;
    std::condition_variable_any wake;
    std::unique_lock guard(lock);
    wake.wait_for(guard, session.stop, time, [] { return false; });
    return !session.stop.stop_requested();
  };
}

int publishing_failed(const Error& error, const Session& session) {
  session.complain(error);
  return error.kind == ErrorKind::invalid_input || error.kind == ErrorKind::not_found
             ? kExitUsage
             : kExitPublish;
}

Result<ForgePlace> place_of_job(Forge forge, const Invocation& invocation, const Session& session) {
  const auto number = count_from(invocation, "change", 0);
  if (!number) return fail(number.error());
  auto place = find_place(
      forge == Forge::github ? ForgeKind::github : ForgeKind::gitlab, session.environment,
      [](const std::string& file) { return read_whole(file, kMostEvent); }, *number);
  if (!place) return fail(place.error());
  if (!*place)
    return fail(ErrorKind::invalid_input,
                "this job is about no change; give its number with --change");
  return std::move(**place);
}

}  // namespace peer
