// What is made from the table of keys: the schema for editors and the first .peer.yml.
#include <array>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/text.hpp"
#include "bot/config/keys.hpp"

namespace peer {
namespace {

Json list_schema() {
  return {{"oneOf", Json::array({{{"type", "string"}},
                                 {{"type", "array"}, {"items", {{"type", "string"}}}}})}};
}

Json type_schema(const ConfigKey& key) {
  switch (key.type) {
    case KeyType::boolean:
      return {{"type", "boolean"}};
    case KeyType::integer:
      return {{"type", "integer"}};
    case KeyType::size:
      return {{"type", Json::array({"integer", "string"})},
              {"pattern", "^[0-9]+ ?([kKmMgG]([iI]?[bB])?)?$"}};
    case KeyType::list:
      return list_schema();
    case KeyType::mapping:
      return {{"type", "object"}, {"additionalProperties", list_schema()}};
    case KeyType::text:
    case KeyType::path:
      return {{"type", "string"}};
    case KeyType::word:
      break;
  }
  if (key.choices.find("..") != std::string_view::npos)
    return {{"type", Json::array({"string", "number"})}};
  Json words = Json::array();
  for (const auto word : split(key.choices, '|'))
    words.push_back(word);
  return {{"enum", words}};
}

std::string commented(std::string_view text, std::size_t width) {
  std::string out = "#";
  std::size_t column = 1;
  for (const auto word : split(text, ' ')) {
    if (column + 1 + word.size() > width) {
      out += "\n#";
      column = 1;
    }
    out += " " + std::string(word);
    column += 1 + word.size();
  }
  return out + "\n";
}

}  // namespace

std::string config_schema() {
  Json properties = Json::object();
  for (const auto& key : config_keys()) {
    if (key.user_only && !key.tightens) continue;
    Json schema = type_schema(key);
    if (key.tightens && key.type == KeyType::text)
      schema["type"] = Json::array({"number", "string"});  // an amount
    schema["description"] = key.summary;
    const auto parts = split(key.name, '.');
    if (parts.size() == 1) {
      properties[std::string(key.name)] = schema;
    } else {
      auto& group = properties[std::string(parts[0])];
      group["type"] = "object";
      group["additionalProperties"] = false;
      group["properties"][std::string(parts[1])] = schema;
    }
  }
  const Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                       {"title", ".peer.yml"},
                       {"type", "object"},
                       {"additionalProperties", false},
                       {"properties", properties}};
  return dump_json(schema, 2) + "\n";
}

std::string config_template() {
  const Config defaults;
  std::string text =
      "# How Peer examines this repository. Every key is at its default; take the # away to change "
      "one.\n";
  std::string group;
  for (const auto& key : config_keys()) {
    if (key.user_only && !key.tightens) continue;
    const auto parts = split(key.name, '.');
    text += "\n" + commented(key.summary, 90);
    if (parts.size() == 2 && group != parts[0]) text += fmt::format("#{}:\n", parts[0]);
    group = parts.size() == 2 ? parts[0] : "";
    text += parts.size() == 2 ? fmt::format("#  {}: {}\n", parts[1], key.get(defaults))
                              : fmt::format("#{}: {}\n", key.name, key.get(defaults));
  }
  return text;
}

std::string config_document() {
  const Config defaults;
  std::string text =
      "# Configuration\n\n"
      "Flags win over environment variables, those over your own file "
      "(`$XDG_CONFIG_HOME/peer/config.yml`, else\n"
      "`~/.config/peer/config.yml`, or `--config FILE`), that over the repository's `.peer.yml`, "
      "that over the defaults.\n"
      "Where commits are compared, `.peer.yml` is read from the base of the change, so that a "
      "change cannot steer its own\n"
      "review. What a repository may not set is marked: where data goes and what runs is yours "
      "alone. An unknown key is an\n"
      "error. `peer config show` prints what is in force and where it comes from, `peer config "
      "check` finds mistakes,\n"
      "`peer init` writes a commented `.peer.yml`; `docs/peer.schema.json` is for editors.\n\n"
      "Ignore files that a repository has already are honoured: `.gitattributes` "
      "(`linguist-generated`,\n"
      "`linguist-vendored`), `.semgrepignore`, `path_filters` of `.coderabbit.yaml`, `[ignore]` of "
      "`.pr_agent.toml`;\n"
      "`.editorconfig` shapes what fixes insert.\n";
  for (const auto& key : config_keys()) {
    text += fmt::format("\n## `{}`\n\n{}\n\n", key.name, key.summary);
    if (!key.choices.empty()) text += fmt::format("Values: `{}`. ", key.choices);
    text += fmt::format("Default: `{}`. Environment: `{}`.{}\n", key.get(defaults),
                        environment_name(key),
                        key.tightens    ? " A repository may only lower it."
                        : key.user_only ? " A repository may not set it."
                                        : "");
  }
  return text;
}

}  // namespace peer
