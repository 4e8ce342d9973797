// Utilities that all rules share (`utilDirs`), by id and language, as they are written. Immutable
// after loading; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.hpp"

namespace peer {
struct Language;
}

namespace peer::rules {

struct GlobalUtil {
  std::string id;
  const Language* language = nullptr;
  YamlNode document;
};

class GlobalUtils {
 public:
  /// Adds one; false where the id is taken in its language.
  bool add(GlobalUtil util);
  /// The utility `id` for `language`, or null.
  [[nodiscard]] const GlobalUtil* find(std::string_view id, const Language& language) const;
  [[nodiscard]] const std::vector<GlobalUtil>& all() const { return utils_; }

 private:
  std::vector<GlobalUtil> utils_;
};

}  // namespace peer::rules
