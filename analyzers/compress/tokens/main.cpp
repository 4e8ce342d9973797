// Run when Peer is built: turns the tokenizers' rank files and the classes of code points into the
// blocks that the program maps. `make_token_tables O200K CL100K CLASSES FOLDER` writes
// o200k_base.bin, cl100k_base.bin and classes.bin there.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "analyzers/compress/tokens/classes.hpp"
#include "analyzers/compress/tokens/table.hpp"

namespace {

using peer::tokens::bucket_of;
using peer::tokens::fingerprint_of;
using peer::tokens::hash_bytes;
using peer::tokens::kCodePoints;
using peer::tokens::kEmptySlot;
using peer::tokens::kNoToken;
using peer::tokens::kNumberMask;
using peer::tokens::kPage;
using peer::tokens::kPairs;
using peer::tokens::slot_of;
using peer::tokens::TableHeader;

int base64_value(char c) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = kDigits.find(c);
  if (at == std::string_view::npos) throw std::runtime_error("not base64");
  return static_cast<int>(at);
}

std::string from_base64(std::string_view text) {
  while (!text.empty() && text.back() == '=')
    text.remove_suffix(1);
  std::string bytes;
  unsigned bits = 0, held = 0;
  for (const char c : text) {
    bits = bits << 6U | static_cast<unsigned>(base64_value(c));
    if ((held += 6) < 8) continue;
    bytes += static_cast<char>(bits >> (held -= 8) & 0xFFU);
  }
  return bytes;
}

/// Lines of `base64 rank`, in the order of their ranks from 0 on.
std::vector<std::string> read_ranks(const char* path) {
  std::ifstream in(path);
  std::vector<std::string> tokens;
  std::string text;
  for (std::uint32_t rank = 0; in >> text >> rank;) {
    if (rank != tokens.size()) throw std::runtime_error(std::string(path) + ": ranks with gaps");
    tokens.push_back(from_base64(text));
  }
  if (tokens.size() < 256 || tokens.size() >= kNumberMask)
    throw std::runtime_error(std::string(path) + ": not a rank file");
  return tokens;
}

unsigned bits_for(std::size_t count) {
  unsigned bits = 1;
  while (std::size_t{1} << bits < count)
    ++bits;
  return bits;
}

struct Placed {
  std::vector<unsigned char> pilots;
  std::vector<std::uint32_t> slots;
};

/// Gives each token of `bucket` the slot that `pilot` leads to; none where one of them is taken.
bool place_bucket(const std::vector<std::uint32_t>& bucket,
                  const std::vector<std::uint64_t>& hashes, std::uint32_t pilot, unsigned slot_bits,
                  std::vector<std::uint32_t>& slots) {
  for (std::size_t i = 0; i < bucket.size(); ++i) {
    auto& slot = slots[slot_of(hashes[bucket[i]], pilot, slot_bits)];
    if (slot == kEmptySlot) {
      slot = fingerprint_of(hashes[bucket[i]]) | bucket[i];
      continue;
    }
    while (i-- > 0)
      slots[slot_of(hashes[bucket[i]], pilot, slot_bits)] = kEmptySlot;
    return false;
  }
  return true;
}

/// Finds a pilot for each bucket so that no two tokens share a slot; the largest buckets first.
Placed place(const std::vector<std::string>& tokens, unsigned bucket_bits, unsigned slot_bits) {
  std::vector<std::vector<std::uint32_t>> buckets(std::size_t{1} << bucket_bits);
  std::vector<std::uint64_t> hashes;
  for (const auto& token : tokens) {
    hashes.push_back(hash_bytes(token));
    buckets[bucket_of(hashes.back(), bucket_bits)].push_back(
        static_cast<std::uint32_t>(hashes.size() - 1));
  }
  std::vector<std::uint32_t> order(buckets.size());
  for (std::uint32_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return buckets[a].size() > buckets[b].size();
  });
  Placed placed{std::vector<unsigned char>(buckets.size()),
                std::vector<std::uint32_t>(std::size_t{1} << slot_bits, kEmptySlot)};
  for (const auto bucket : order) {
    std::uint32_t pilot = 0;
    while (pilot < 256 && !place_bucket(buckets[bucket], hashes, pilot, slot_bits, placed.slots))
      ++pilot;
    if (pilot == 256) throw std::runtime_error("no pilot fits a bucket");
    placed.pilots[bucket] = static_cast<unsigned char>(pilot);
  }
  return placed;
}

class Block {
 public:
  explicit Block(const std::string& path) : path_(path), out_(path, std::ios::binary) {}
  template <class T>
  void put(const T* values, std::size_t count) {
    out_.write(reinterpret_cast<const char*>(values),
               static_cast<std::streamsize>(count * sizeof(T)));
  }
  void close() {
    out_.close();
    if (!out_) throw std::runtime_error("cannot write " + path_);
  }

 private:
  std::string path_;
  std::ofstream out_;
};

void write_vocabulary(const char* ranks, const std::string& path) {
  const auto tokens = read_ranks(ranks);
  TableHeader header;
  header.count = static_cast<std::uint32_t>(tokens.size());
  header.slot_bits = bits_for(tokens.size() * 5 / 4);
  header.bucket_bits = header.slot_bits - 2;
  std::vector<std::uint32_t> begins;
  std::vector<std::uint32_t> pairs(kPairs, kNoToken);
  std::string bytes;
  for (const auto& token : tokens) {
    begins.push_back(static_cast<std::uint32_t>(bytes.size()));
    if (token.size() == 2)
      pairs[static_cast<unsigned char>(token[0]) << 8U | static_cast<unsigned char>(token[1])] =
          static_cast<std::uint32_t>(begins.size() - 1);
    bytes += token;
    header.longest = std::max(header.longest, static_cast<std::uint32_t>(token.size()));
  }
  begins.push_back(static_cast<std::uint32_t>(bytes.size()));
  const auto placed = place(tokens, header.bucket_bits, header.slot_bits);
  Block block(path);
  block.put(&header, 1);
  block.put(placed.pilots.data(), placed.pilots.size());
  block.put(pairs.data(), pairs.size());
  block.put(placed.slots.data(), placed.slots.size());
  block.put(begins.data(), begins.size());
  block.put(bytes.data(), bytes.size());
  block.close();
}

void write_classes(const char* ranges, const std::string& path) {
  std::vector<unsigned char> classes(kCodePoints, 0);
  std::ifstream in(ranges);
  for (std::uint32_t first = 0, last = 0, value = 0; in >> first >> last >> value;)
    for (auto point = first; point <= last && point < kCodePoints; ++point)
      classes[point] = static_cast<unsigned char>(value);
  if (classes['a'] == 0 || classes['0'] == 0) throw std::runtime_error("no classes of characters");
  std::map<std::string, std::uint16_t> known;
  std::vector<std::uint16_t> pages;
  std::string bodies;
  for (std::size_t at = 0; at < kCodePoints; at += kPage) {
    std::string body(reinterpret_cast<const char*>(&classes[at]), kPage);
    const auto [page, is_new] = known.emplace(body, static_cast<std::uint16_t>(known.size()));
    if (is_new) bodies += body;
    pages.push_back(page->second);
  }
  Block block(path);
  block.put(pages.data(), pages.size());
  block.put(bodies.data(), bodies.size());
  block.close();
}

}  // namespace

int main(int count, char** words) try {
  if (count != 5) throw std::runtime_error("usage: make_token_tables O200K CL100K CLASSES FOLDER");
  const std::string folder = words[4];
  write_vocabulary(words[1], folder + "/o200k_base.bin");
  write_vocabulary(words[2], folder + "/cl100k_base.bin");
  write_classes(words[3], folder + "/classes.bin");
  return 0;
} catch (const std::exception& problem) {
  (void)std::fprintf(stderr, "make_token_tables: %s\n", problem.what());
  return 1;
}
