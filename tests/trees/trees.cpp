// Parses files, and broken copies of them, and prints a hash of each tree. Built twice, with the
// core and the grammars as Peer compiles them and as they come from npm; compare.py holds the two
// to each other.
//
//   trees LANGUAGE COPIES FILE..
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>

#include <tree_sitter/api.h>

#define PEER_LANGUAGE(id, symbol, package, folder) extern "C" const TSLanguage* symbol();
#include "analyzers/languages/catalogue.def"
#undef PEER_LANGUAGE

namespace {

const TSLanguage* language(std::string_view name) {
#define PEER_LANGUAGE(id, symbol, package, folder) \
  if (name == #id) return symbol();
#include "analyzers/languages/catalogue.def"
#undef PEER_LANGUAGE
  std::fprintf(stderr, "no language %s\n", std::string(name).c_str());
  std::exit(2);
}

std::string contents(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(std::filesystem::file_size(path), '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  return text;
}

/// FNV-1a over numbers.
class Hash {
 public:
  void add(std::uint64_t number) { value_ = (value_ ^ number) * 0x100000001B3U; }
  [[nodiscard]] unsigned long long value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325U;
};

void add_node(Hash& hash, TSNode node, TSFieldId field) {
  const auto begin = ts_node_start_point(node);
  const auto end = ts_node_end_point(node);
  for (const std::uint64_t number :
       {static_cast<std::uint64_t>(ts_node_symbol(node)), std::uint64_t{field},
        std::uint64_t{ts_node_start_byte(node)}, std::uint64_t{ts_node_end_byte(node)},
        std::uint64_t{begin.row}, std::uint64_t{begin.column}, std::uint64_t{end.row},
        std::uint64_t{end.column}, std::uint64_t{ts_node_parse_state(node)},
        std::uint64_t{ts_node_child_count(node)}, std::uint64_t{ts_node_is_missing(node)},
        std::uint64_t{ts_node_is_extra(node)}, std::uint64_t{ts_node_has_error(node)}})
    hash.add(number);
}

unsigned long long tree_hash(const TSLanguage* grammar, const std::string& text) {
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, grammar);
  TSTree* tree =
      ts_parser_parse_string(parser, nullptr, text.data(), static_cast<std::uint32_t>(text.size()));
  Hash hash;
  auto cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  for (bool inside = true; inside;) {
    add_node(hash, ts_tree_cursor_current_node(&cursor), ts_tree_cursor_current_field_id(&cursor));
    if (ts_tree_cursor_goto_first_child(&cursor)) continue;
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      hash.add(1);
      inside = ts_tree_cursor_goto_parent(&cursor);
      if (!inside) break;
    }
  }
  ts_tree_cursor_delete(&cursor);
  ts_tree_delete(tree);
  ts_parser_delete(parser);
  return hash.value();
}

/// What editors, merges and hostile hands do to a text: parts lost, doubled, moved and cut off,
/// brackets and bytes of any kind.
void damage(std::string& text, std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return random() % (limit == 0 ? 1 : limit); };
  for (auto times = 1 + below(6); times > 0 && !text.empty(); --times) {
    const auto at = below(text.size());
    const auto length = 1 + below(30);
    switch (below(6)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, text.substr(below(text.size()), length));
        break;
      case 2:
        text[at] = static_cast<char>(below(256));
        break;
      case 3:
        text.insert(at, 1 + below(3), "(){}[]<>\"'`#\n\\/*;:,= \t\r"[below(24)]);
        break;
      case 4:
        text.insert(at, "\xC3\xA4\xE2\x80\xAE\xF0\x9F\x98\x80\xEF\xBB\xBF");
        break;
      default:
        text.resize(text.size() - below(text.size() / 4 + 1));
        break;
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const auto* grammar = language(argv[1]);
  const int copies = std::atoi(argv[2]);
  for (int i = 3; i < argc; ++i) {
    const auto text = contents(argv[i]);
    std::printf("%s 0 %016llx\n", argv[i], tree_hash(grammar, text));
    std::mt19937 random(static_cast<unsigned>(text.size()));
    for (int copy = 1; copy <= copies; ++copy) {
      auto broken = text;
      damage(broken, random);
      std::printf("%s %d %016llx\n", argv[i], copy, tree_hash(grammar, broken));
    }
  }
}
