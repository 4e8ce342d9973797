#include "analyzers/rules/load/global_utils.hpp"

#include <utility>

namespace peer::rules {

bool GlobalUtils::add(GlobalUtil util) {
  if (util.language != nullptr && find(util.id, *util.language) != nullptr) return false;
  utils_.push_back(std::move(util));
  return true;
}

const GlobalUtil* GlobalUtils::find(std::string_view id, const Language& language) const {
  for (const auto& util : utils_)
    if (util.language == &language && util.id == id) return &util;
  return nullptr;
}

}  // namespace peer::rules
