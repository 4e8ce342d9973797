#include "analyzers/weakness.hpp"

#include <algorithm>
#include <array>

namespace peer {
namespace {

// Numbers of which tools choose one or the other for the same flaw; each group by its own sense.
constexpr std::array kCommand{77, 78, 88};
constexpr std::array kMarkup{79, 80, 83, 87};
constexpr std::array kSql{89, 564, 943};
constexpr std::array kPath{22, 23, 36, 73};
constexpr std::array kCode{94, 95, 96, 1336};
constexpr std::array kWeakCipher{326, 327, 328, 780, 916};
constexpr std::array kRandom{330, 331, 335, 338};
constexpr std::array kCertificate{295, 296, 297, 298, 299};
constexpr std::array kXml{611, 776, 827};
constexpr std::array kHardCoded{259, 321, 798};
constexpr std::array kTemporary{377, 378, 379};
constexpr std::array kPermission{276, 277, 732};
constexpr std::array kPattern{400, 1333};
constexpr std::array kFormat{133, 134};
constexpr std::array kBounds{119, 120, 121, 122, 125, 131, 676, 787, 788};

constexpr std::array<std::span<const int>, 15> kClasses{
    kCommand, kMarkup,    kSql,       kPath,       kCode,    kWeakCipher, kRandom, kCertificate,
    kXml,     kHardCoded, kTemporary, kPermission, kPattern, kFormat,     kBounds};

/// The first of its class, or the number itself.
int class_of(int cwe) {
  for (const auto& numbers : kClasses)
    if (std::find(numbers.begin(), numbers.end(), cwe) != numbers.end()) return numbers.front();
  return cwe;
}

}  // namespace

bool share_a_weakness(std::span<const int> a, std::span<const int> b) {
  constexpr std::size_t kMost = 20;
  for (std::size_t i = 0; i < std::min(a.size(), kMost); ++i)
    for (std::size_t j = 0; j < std::min(b.size(), kMost); ++j)
      if (class_of(a[i]) == class_of(b[j])) return true;
  return false;
}

}  // namespace peer
