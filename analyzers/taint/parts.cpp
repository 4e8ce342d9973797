#include "analyzers/taint/parts.hpp"

namespace peer::taint {

Value part(Session& session, const Value& container, const std::optional<std::string>& key) {
  if (container.given_as == kAnything || !key) return element(container, key);
  const Source member = session.member_number(container.given_as, *key);
  if (member == kAnything) return element(container, key);
  Value holder = container;
  for (Fact& fact : holder.facts)
    if (fact.source == container.given_as) fact.source = member;
  Value found = element(holder, key);
  if (!container.shape || find_entry(*container.shape, *key) == nullptr) found.given_as = member;
  return found;
}

Value with_more(Session& session, const Value& holder, const std::string& member,
                const std::vector<Fact>& facts) {
  if (member.empty()) return with_facts(holder, facts);
  return with_element(holder, member, with_facts(part(session, holder, member), facts));
}

}  // namespace peer::taint
