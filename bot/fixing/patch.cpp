#include "bot/fixing/patch.hpp"

#include "analyzers/fix/unified.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

bool has_nul(std::string_view bytes) { return bytes.find('\0') != std::string_view::npos; }

}  // namespace

Patch make_patch(std::span<const FixedFile> files) {
  Patch patch;
  for (const auto& file : files) {
    if (!file.changed()) continue;
    if (has_nul(file.before) || has_nul(file.after))
      patch.left_out.push_back(visible(file.path, false) +
                               " holds NUL bytes (UTF-16?), which a text patch cannot carry");
    else
      patch.text += unified_diff(file.path, file.before, file.after);
  }
  return patch;
}

}  // namespace peer
