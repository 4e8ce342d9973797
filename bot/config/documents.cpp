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
  return {{"oneOf", Json::array({{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}})}};
}

Json type_schema(const ConfigKey& key) {
  switch (key.type) {
    case KeyType::boolean: return {{"type", "boolean"}};
    case KeyType::integer: return {{"type", "integer"}};
    case KeyType::size: return {{"type", Json::array({"integer", "string"})}, {"pattern", "^[0-9]+ ?([kKmMgG]([iI]?[bB])?)?$"}};
    case KeyType::list: return list_schema();
    case KeyType::mapping: return {{"type", "object"}, {"additionalProperties", list_schema()}};
    case KeyType::text:
    case KeyType::path: return {{"type", "string"}};
    case KeyType::word: break;
  }
  if (key.choices.find("..") != std::string_view::npos) return {{"type", Json::array({"string", "number"})}};
  Json words = Json::array();
  for (const auto word : split(key.choices, '|')) words.push_back(word);
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
    if (key.user_only) continue;
    Json schema = type_schema(key);
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
  std::string text = "# How Peer examines this repository. Every key is at its default; take the # away to change one.\n";
  std::string group;
  for (const auto& key : config_keys()) {
    if (key.user_only) continue;
    const auto parts = split(key.name, '.');
    text += "\n" + commented(key.summary, 90);
    if (parts.size() == 2 && group != parts[0]) text += fmt::format("#{}:\n", parts[0]);
    group = parts.size() == 2 ? parts[0] : "";
    text += parts.size() == 2 ? fmt::format("#  {}: {}\n", parts[1], key.get(defaults))
                              : fmt::format("#{}: {}\n", key.name, key.get(defaults));
  }
  return text;
}

}  // namespace peer
