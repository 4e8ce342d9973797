// How fast tokens are counted: code, and the worst text that was found.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include <benchmark/benchmark.h>

#include "analyzers/compress/tokens.hpp"

namespace {

using peer::Vocabulary;

std::string code() {
  const char* folder = std::getenv("PEER_BENCH_DIR");
  std::string text;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           folder != nullptr ? folder : PEER_SOURCE_DIR "/analyzers")) {
    if (!entry.is_regular_file() || text.size() > 5'000'000) continue;
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    text += bytes.str();
  }
  return text;
}

std::string letters() {
  std::mt19937 random(1);
  std::string text;
  while (text.size() < 1'000'000)
    text += static_cast<char>('a' + random() % 26);
  return text;
}

void count(benchmark::State& state, const std::string& text, Vocabulary vocabulary) {
  for (auto _ : state)
    benchmark::DoNotOptimize(peer::count_tokens(text, vocabulary));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

BENCHMARK_CAPTURE(count, tokens_o200k_code, code(), Vocabulary::o200k_base);
BENCHMARK_CAPTURE(count, tokens_cl100k_code, code(), Vocabulary::cl100k_base);
BENCHMARK_CAPTURE(count, tokens_o200k_one_letter, std::string(1'000'000, 'a'),
                  Vocabulary::o200k_base);
BENCHMARK_CAPTURE(count, tokens_o200k_random_letters, letters(), Vocabulary::o200k_base);

}  // namespace
