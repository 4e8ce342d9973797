#include "tests/fakes/forge_fake.hpp"

namespace peer::fakes {

void ForgeFake::serve(const ServedRequest& request, Connection& connection,
                      const std::function<Answer()>& answer) {
  std::unique_lock guard(lock_);
  if (before) before(request);
  const auto what = fault ? fault(request) : Fault{};
  if (what.kind == Fault::drop_before) return connection.reset();
  if (what.kind == Fault::answer) return connection.reply(what.status, what.body, what.headers);
  const auto hang = [&] {
    guard.unlock();  // others are served meanwhile
    connection.hang();
  };
  if (what.kind == Fault::hang_before) return hang();
  const auto given = answer();
  writes_ += given.wrote ? 1 : 0;
  if (what.kind == Fault::hang_after) return hang();
  if (what.kind == Fault::drop_after) return connection.reset();
  std::vector<std::pair<std::string, std::string>> headers{{"Content-Type", "application/json"}};
  if (!given.link.empty()) headers.emplace_back("Link", given.link);
  connection.reply(given.status, given.status == 204 ? "" : dump_json(given.body), headers);
}

}  // namespace peer::fakes
