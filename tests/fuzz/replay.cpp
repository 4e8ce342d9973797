// Runs a fuzz target without a fuzzer: its seeds, then mutations of them from a fixed generator.
//   TARGET [MUTATIONS]
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "tests/fuzz/target.hpp"

namespace {

std::string mutated(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return n == 0 ? 0 : static_cast<std::size_t>(random()) % n;
  };
  for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
    const auto at = below(text.size() + 1);
    switch (below(4)) {
      case 0:
        text.insert(at, 1, static_cast<char>(random() & 0xFFU));
        break;
      case 1:
        text.erase(at, 1 + below(8));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size() + 1), below(40)));
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(random() & 0xFFU);
    }
  }
  return text;
}

void feed(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kUsual = 2000;
  const int mutations = argc > 1 ? std::atoi(argv[1]) : kUsual;
  const auto seeds = peer::fuzz::seeds();
  for (const auto seed : seeds)
    feed(std::string(seed));
  std::mt19937 random(20261120);
  std::string text(seeds[0]);
  for (int i = 0; i < mutations; ++i) {
    // mostly one step from a seed, sometimes further from where the last step led
    text = mutated(i % 5 == 0 ? text : std::string(seeds[random() % seeds.size()]), random);
    if (text.size() > 65'536) text.resize(1000);
    feed(text);
  }
  std::printf("%zu seeds and %d mutations\n", seeds.size(), mutations);
  return 0;
}
