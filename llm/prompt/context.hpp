// What a model is shown of a file besides the lines that a question is about: the digest of the
// file with those lines as its change, without them. Pure but for where digests come from;
// thread-safe as that is.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analyzers/compress/digest.hpp"
#include "analyzers/source_file.hpp"

namespace peer {

/// Makes digests, or knows them already.
using DigestSource =
    std::function<std::vector<Digest>(const SourceFile& file, const DigestRequest& request)>;

struct ContextLimits {
  std::uint64_t tokens = 512;                   ///< of the context; 0: none
  DigestLevel level = DigestLevel::signatures;  ///< show no more than this
};

struct FileContext {
  std::string text;                  ///< whole lines; "" where nothing is left to show
  std::vector<std::uint32_t> lines;  ///< the file's line (1-based) of each line of `text`
  std::uint64_t file_tokens = 0;     ///< of the whole file
};

/// What `file` holds around `about` (in order, apart) within `limits`: what those lines use first,
/// then signatures and names. Tokens are those of o200k_base for every model, so that what is
/// learnt of how a model counts does not make every question a new one. Lines of `hidden` are left
/// out too. A file over 256 KiB has none.
[[nodiscard]] FileContext context_around(const SourceFile& file,
                                         const std::vector<LineRange>& about,
                                         const std::vector<LineRange>& hidden,
                                         const ContextLimits& limits, const DigestSource& digests);

}  // namespace peer
