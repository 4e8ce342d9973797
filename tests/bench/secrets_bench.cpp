// Speed of the secret scanner in bytes per second and core: on this repository's own source, or on
// the files of the folder that PEER_BENCH_DIR names.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/parse/parse.hpp"

namespace {

namespace fs = std::filesystem;

struct Text {
  std::string path;
  std::string bytes;
};

bool is_skipped(const std::string& folder) {
  return folder == "build" || folder == "node_modules" || folder == ".git";
}

std::vector<Text> read_folder(const fs::path& root) {
  std::vector<Text> texts;
  for (auto entry = fs::recursive_directory_iterator(root);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && is_skipped(entry->path().filename().string()))
      entry.disable_recursion_pending();
    if (entry->is_symlink() || !entry->is_regular_file()) continue;
    std::ifstream in(entry->path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!peer::looks_binary(bytes))
      texts.push_back({fs::relative(entry->path(), root).string(), std::move(bytes)});
  }
  return texts;
}

void scan_folder(benchmark::State& state) {
  const char* folder = std::getenv("PEER_BENCH_DIR");
  const auto texts = read_folder(folder == nullptr ? PEER_SOURCE_DIR : folder);
  std::int64_t bytes = 0;
  for (const auto& text : texts)
    bytes += static_cast<std::int64_t>(text.bytes.size());
  for (auto _ : state)
    for (const auto& text : texts)
      benchmark::DoNotOptimize(peer::secrets::scan_secrets(text.bytes, {text.path}));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bytes);
}
BENCHMARK(scan_folder)->Name("secrets/source")->Unit(benchmark::kMillisecond);

}  // namespace
