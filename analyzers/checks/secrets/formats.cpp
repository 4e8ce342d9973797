#include "analyzers/checks/secrets/format.hpp"

namespace peer::secrets {

const std::vector<Format>& all_formats() {
  static const std::vector<Format> kAll = [] {
    std::vector<Format> all;
    for (const auto table : {code_formats(), cloud_formats(), model_formats(), business_formats(),
                             message_formats(), operation_formats(), work_formats()})
      all.insert(all.end(), table.begin(), table.end());
    return all;
  }();
  return kAll;
}

}  // namespace peer::secrets
