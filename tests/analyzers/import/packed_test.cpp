// Packed and huge imports: within bounds of memory and time.
#include <chrono>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzers/import/gunzip.hpp"
#include "analyzers/import/readers.hpp"
#include "tests/analyzers/import/words.hpp"
#include "tests/patience.hpp"

namespace peer::test {
namespace {

using ::testing::HasSubstr;

/// gzip of `text` in stored blocks: no packer is needed to make one.
std::string stored_gzip(std::string_view text) {
  std::string out("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  crc = ~crc;
  const auto size = static_cast<std::uint32_t>(text.size());
  const auto put = [&](std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
      out += static_cast<char>(value >> (8 * static_cast<unsigned>(i)) & 0xFFU);
  };
  out += '\x01';
  put(size, 2);
  put(~size, 2);
  out += text;
  put(crc, 4);
  put(size, 4);
  return out;
}

TEST(Packed, GzipIsUnpacked) {
  const auto log = sarif_results(result_at(R"("startLine":1)"));
  EXPECT_EQ(gunzip(stored_gzip(log), 1 << 20U).value_or(""), log);
  EXPECT_EQ(gunzip(stored_gzip("ab") + stored_gzip("cd"), 100).value_or(""), "abcd")
      << "several members";
  EXPECT_EQ(read_findings(stored_gzip(log)).findings.size(), 1U);
}

TEST(Packed, DamagedOrOversizedGzipIsRefused) {
  const auto packed = stored_gzip("some text");
  for (std::size_t cut = 3; cut < packed.size(); ++cut)
    EXPECT_FALSE(gunzip(packed.substr(0, cut), 1000).has_value()) << cut;
  auto damaged = packed;
  damaged[12] = static_cast<char>(damaged[12] ^ 1);
  EXPECT_FALSE(gunzip(damaged, 1000).has_value());
  EXPECT_THAT(gunzip(packed, 4).error().message, HasSubstr("more than"));
}

/// Blocks of one repeated byte: 1,032 bytes from 4 or so.
TEST(Packed, ABombIsRefusedByItsRatio) {
  // a fixed-Huffman block: literal 0, then matches of length 258 at distance 1
  std::string bits;
  const auto put = [&](std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i)
      bits += static_cast<char>(value >> static_cast<unsigned>(i) & 1U);
  };
  const auto code = [&](std::uint32_t value,
                        int count) {  // Huffman codes go in from their highest bit
    for (int i = count - 1; i >= 0; --i)
      bits += static_cast<char>(value >> static_cast<unsigned>(i) & 1U);
  };
  put(1, 1);
  put(1, 2);
  code(0x30, 8);  // literal 0
  for (int i = 0; i < 400'000; ++i) {
    code(0xC5, 8);  // length 258
    code(0, 5);     // distance 1
  }
  code(0, 7);
  std::string packed("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
  for (std::size_t i = 0; i < bits.size(); i += 8) {
    unsigned byte = 0;
    for (std::size_t b = 0; b < 8 && i + b < bits.size(); ++b)
      byte |= static_cast<unsigned>(bits[i + b]) << b;
    packed += static_cast<char>(byte);
  }
  packed.append(8, '\0');
  // 13 bits for 258 bytes is 158 to 1: under the ratio, so the size must stop it
  EXPECT_THAT(gunzip(packed, std::size_t{16} << 20U).error().message, HasSubstr("16 MB"));
  EXPECT_THAT(read_findings(packed).problem,
              ::testing::AnyOf(HasSubstr("damaged"), HasSubstr("grows")));
}

std::size_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::size_t all = 0, resident = 0;
  in >> all >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

TEST(Huge, SarifOfAHundredMegabytesTakesLittleMoreThanItself) {
  constexpr std::size_t kSize = std::size_t{100} << 20U;
  const auto one = "," + result_at(R"("startLine":1,"startColumn":5,"endColumn":6)",
                                   "\"properties\":{\"pad\":\"" + std::string(2500, 'x') + "\"}");
  std::string results = result_at(R"("startLine":1)");
  results.reserve(kSize + one.size());
  while (results.size() < kSize)
    results += one;
  auto log = sarif_results(results);
  results = {};
  const auto before = resident_bytes();
  const auto told = read_sarif(log);
  EXPECT_GT(told.findings.size(), 30'000U);
  EXPECT_EQ(told.problem, "");
  if (!kIsWatched) {  // a sanitizer keeps what was freed
    EXPECT_LT(resident_bytes(), before + (std::size_t{100} << 20U));
  }
}

TEST(Huge, MoreFindingsThanAreKeptAreCounted) {
  std::string lines;
  for (std::size_t i = 0; i < kMostImported + 7; ++i)
    lines += "a.c:1: error: x\n";
  const auto told = read_compiler_text(lines);
  EXPECT_EQ(told.findings.size(), kMostImported);
  EXPECT_THAT(told.problem, HasSubstr("7 findings are left out"));
}

TEST(Huge, ManyPlacesOnOneLongLineTakeTimeThatGrowsWithTheirNumber) {
  std::string results;
  for (int i = 0; i < 20'000; ++i)
    results += fmt::format(
        "{}{}", i == 0 ? "" : ",",
        result_at(fmt::format(
            R"("startLine":1,"startColumn":{},"endColumn":{},"snippet":{{"text":"nowhere{}"}})",
            900'000 + i, 900'001 + i, i)));
  const auto told = read_findings(sarif_results(results));
  const auto began = std::chrono::steady_clock::now();
  const auto placed = placed_in(told, std::string(1 << 20U, 'a'));
  EXPECT_EQ(placed.findings.size(), 20'000U);
  EXPECT_LT(std::chrono::steady_clock::now() - began, patience(std::chrono::seconds(20)));
}

}  // namespace
}  // namespace peer::test
