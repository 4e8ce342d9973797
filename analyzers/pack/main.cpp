// Run when Peer is built: reads analyzers/pack, checks what a rule file of ours must have, and
// prints the C++ source that puts the rules into the program. `digest_pack FOLDER OUTPUT [strict]`:
// with `strict` a mistake ends the build.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/rule_digest.hpp"
#include "analyzers/taint/catalogue.hpp"
#include "base/text.hpp"
#include "base/yaml_packed.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

struct PackRule {
  std::string id;
  std::string text;    ///< the whole file
  std::string packed;  ///< as bytes, without examples and what is compiled
  std::vector<std::string> languages;
  rules::DigestedRule digested;
};

struct Pack {
  std::map<std::string, PackRule> rules;
  std::map<std::string, std::string> sets;
  rules::GrowingDigests digests;
  std::vector<std::string> mistakes;
};

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The names of the languages that the rule is for.
std::vector<std::string> languages_of(const YamlNode& document) {
  std::vector<std::string> names;
  const auto add = [&](const YamlNode& node) {
    const auto* language = find_language(to_lower(node.text));
    if (language != nullptr) names.emplace_back(language->name);
  };
  if (const auto* own = document.find("language")) add(*own);
  if (const auto* also = document.find_path("metadata.peer.also"))
    for (const auto& each : also->children)
      add(each);
  return names;
}

/// What every rule of the pack must say.
void check(const YamlNode& document, const fs::path& path, Pack& pack) {
  const auto mistake = [&](const std::string& what) {
    pack.mistakes.push_back(fmt::format("{}: {}", path.string(), what));
  };
  for (const char* key : {"id", "language", "severity", "message", "note", "rule"})
    if (document.find(key) == nullptr) mistake(fmt::format("{} is missing", key));
  for (const char* key : {"category", "topic", "title", "why", "confidence", "bad", "good"})
    if (document.find_path(std::string("metadata.peer.") + key) == nullptr)
      mistake(fmt::format("metadata.peer.{} is missing", key));
  if (const auto* id = document.find("id"); id != nullptr && id->text != path.stem())
    mistake(fmt::format("the id {} is not the file's name", id->text));
  if (languages_of(document).empty()) mistake("its language is not known");
}

/// Only messages and metadata are read when Peer runs; utilities are what these may name.
void leave_out_what_is_compiled(YamlNode& document) {
  std::erase_if(document.children,
                [](const YamlNode& n) { return n.key == "rule" || n.key == "constraints"; });
}

void leave_out_examples(YamlNode& document) {
  for (auto& metadata : document.children)
    if (metadata.key == "metadata")
      for (auto& ours : metadata.children)
        if (ours.key == "peer")
          std::erase_if(ours.children,
                        [](const YamlNode& n) { return n.key == "bad" || n.key == "good"; });
}

void read_file(const fs::path& path, const std::string& folder, Pack& pack) {
  const auto text = slurp(path);
  auto document = load_yaml(text);
  if (!document)
    return pack.mistakes.push_back(fmt::format("{}: {}", path.string(), document.error().message));
  std::vector<rules::Problem> problems;
  const auto note_problems = [&] {
    for (const auto& problem : problems)
      if (problem.level == rules::Problem::Level::error)
        pack.mistakes.push_back(
            fmt::format("{}:{}: {}", path.string(), problem.line, problem.message));
  };
  if (path.filename() == "sets.yml") {
    const auto* language = find_language(folder);
    if (language != nullptr) taint::digest_sets(*language, *document, problems);
    pack.sets[folder] = pack_yaml(*document);
    return note_problems();
  }
  const auto before = pack.mistakes.size();
  check(*document, path, pack);
  if (pack.mistakes.size() > before) return;
  PackRule rule{path.stem().string(), text, {}, languages_of(*document), {}};
  const std::vector<std::string_view> languages(rule.languages.begin(), rule.languages.end());
  leave_out_examples(*document);
  rule.digested = rules::digest_rule({.name = rule.id,
                                      .text = pack_yaml(*document),
                                      .origin = rules::Origin::built_in,
                                      .id = rule.id,
                                      .languages = languages},
                                     pack.digests, problems);
  note_problems();
  if (pack.mistakes.size() > before) return;
  leave_out_what_is_compiled(*document);
  rule.packed = pack_yaml(*document);
  if (!pack.rules.emplace(rule.id, rule).second)
    pack.mistakes.push_back(fmt::format("{}: the id is taken", path.string()));
}

Pack read_pack(const fs::path& root) {
  std::vector<fs::path> files;
  for (const auto& folder : fs::directory_iterator(root)) {
    if (!folder.is_directory()) continue;
    for (const auto& file : fs::directory_iterator(folder.path()))
      if (file.path().extension() == ".yml") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());  // the digests' numbers are the same at each build
  Pack pack;
  for (const auto& file : files)
    read_file(file, file.parent_path().filename().string(), pack);
  return pack;
}

/// `text` as string literals that every compiler takes, one per line of it.
std::string literal_of(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min({text.find('\n', at), text.size() - 1, at + 2000}) + 1;
    out += "\n    \"";
    for (const char c : text.substr(at, end - at)) {
      if (c == '\n')
        out += "\\n";
      else if (c == '"' || c == '\\' || c == '?')
        (out += '\\') += c;
      else if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F)
        out += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
      else
        out += c;
    }
    out += '"';
    at = end;
  }
  return out.empty() ? "\"\"" : out;
}

/// The constants of the digests, and kDigests, a table of them.
std::string digests_of(const Pack& pack) {
  std::string out, table;
  std::size_t n = 0;
  for (const auto& [language, digest] : pack.digests) {
    const auto& literals = digest.literals.table();
    std::string texts, entries;
    for (std::uint32_t i = 0; i < literals.size(); ++i) {
      const auto literal = literals[i];
      entries += fmt::format("{{{}, {}, {}, {}, {}}},", texts.size(), literal.text.size(),
                             literal.before.size(), literal.is_word, literal.ignore_case);
      entries += i % 8 == 7 ? "\n" : " ";
      (texts += literal.text) += literal.before;
    }
    out += fmt::format("constexpr std::string_view kTexts{}{{{}, {}}};\n", n, literal_of(texts),
                       texts.size());
    out += fmt::format("constexpr rules::LanguageDigest::Entry kLiterals{}[] = {{\n{}}};\n", n,
                       entries);
    out += fmt::format("constexpr std::uint32_t kDemands{}[] = {{\n", n);
    for (std::size_t i = 0; i < digest.demands.size(); ++i)
      out += fmt::format("{},{}", digest.demands[i], i % 32 == 31 ? "\n" : "");
    out += "};\n";
    table += fmt::format("    {{\"{0}\", kTexts{1}, kLiterals{1}, kDemands{1}}},\n", language, n++);
  }
  return out + fmt::format("constexpr rules::LanguageDigest kDigests[] = {{\n{}}};\n\n", table);
}

std::string source_of(const Pack& pack) {
  std::string out =
      "// Made from analyzers/pack when Peer was built.\n#include "
      "\"analyzers/pack/pack.hpp\"\n\nnamespace peer {\nnamespace {\n\n";
  out += digests_of(pack);
  std::size_t n = 0;
  std::string table, pages;
  for (const auto& [id, rule] : pack.rules) {
    out += fmt::format("constexpr std::string_view kText{}{{{}, {}}};\n", n, literal_of(rule.text),
                       rule.text.size());
    out += fmt::format("constexpr std::string_view kShort{}{{{}, {}}};\n", n,
                       literal_of(rule.packed), rule.packed.size());
    out += fmt::format("constexpr std::string_view kLanguages{}[] = {{", n);
    for (const auto& language : rule.languages)
      out += fmt::format("\"{}\", ", language);
    out += "};\n";
    out += fmt::format("constexpr std::uint32_t kDemandsOf{}[] = {{{}}};\n", n,
                       fmt::join(rule.digested.demands, ", "));
    out += fmt::format("constexpr std::string_view kPrograms{}[] = {{", n);
    for (const auto& program : rule.digested.programs)
      out += fmt::format("{{{}, {}}}, ", literal_of(program), program.size());
    out += "};\n";
    table += fmt::format(
        "    {{\"{0}.yml\", kShort{1}, rules::Origin::built_in, false, \"{0}\", kLanguages{1}, "
        "kPrograms{1}, kDemandsOf{1}, kDigests}},\n",
        id, n);
    pages += fmt::format("    {{\"{}\", kText{}}},\n", id, n++);
  }
  std::string sets;
  n = 0;
  for (const auto& [folder, text] : pack.sets) {
    out += fmt::format("constexpr std::string_view kSets{}{{{}, {}}};\n", n, literal_of(text),
                       text.size());
    sets += fmt::format("    {{\"{}\", kSets{}}},\n", folder, n++);
  }
  const auto function = [&](std::string_view type, std::string_view name, const std::string& rows) {
    out += rows.empty() ? fmt::format("\nstd::span<const {}> {}() {{ return {{}}; }}\n", type, name)
                        : fmt::format(
                              "\nstd::span<const {0}> {1}() {{\n  static const {0} kAll[] = "
                              "{{\n{2}  }};\n  return kAll;\n}}\n",
                              type, name, rows);
  };
  out += "\n}  // namespace\n";
  function("rules::RuleText", "built_in_rules", table);
  function("RulePage", "built_in_pages", pages);
  function("NamedSets", "built_in_sets", sets);
  return out + "\n}  // namespace peer\n";
}

int digest(const fs::path& folder, const fs::path& output, bool strict) {
  const auto pack = read_pack(folder);
  for (const auto& mistake : pack.mistakes)
    fmt::print(stderr, "{}\n", mistake);
  if (!pack.mistakes.empty() && strict) return 1;  // else such files are left out
  const auto source = source_of(pack);
  if (fs::exists(output) && slurp(output) == source) return 0;
  std::ofstream out(output, std::ios::binary | std::ios::trunc);
  out << source;
  return out.flush() ? 0 : 1;
}

}  // namespace
}  // namespace peer

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  try {
    return peer::digest(argv[1], argv[2], argc > 3);
  } catch (const std::exception& error) {
    fmt::print(stderr, "digest_pack: {}\n", error.what());
    return 1;
  }
}
