#include "analyzers/ignore/scope.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::array<std::string_view, 15> kVendorFolders{"node_modules",  "bower_components",
                                                          "jspm_packages", "vendor",
                                                          "third_party",   "third-party",
                                                          "thirdparty",    "Godeps",
                                                          "site-packages", ".venv",
                                                          "venv",          "Pods",
                                                          "Carthage",      ".yarn",
                                                          "_vendor"};

// what their tools write; people change them through those tools only
constexpr std::array<std::string_view, 23> kLockFiles{"package-lock.json",
                                                      "npm-shrinkwrap.json",
                                                      "yarn.lock",
                                                      "pnpm-lock.yaml",
                                                      "bun.lock",
                                                      "bun.lockb",
                                                      "deno.lock",
                                                      "Cargo.lock",
                                                      "poetry.lock",
                                                      "uv.lock",
                                                      "pdm.lock",
                                                      "Pipfile.lock",
                                                      "composer.lock",
                                                      "Gemfile.lock",
                                                      "go.sum",
                                                      "go.work.sum",
                                                      "gradle.lockfile",
                                                      "packages.lock.json",
                                                      "mix.lock",
                                                      "pubspec.lock",
                                                      "Podfile.lock",
                                                      "flake.lock",
                                                      "Package.resolved"};

struct Ending {
  std::string_view text, reason;
};

constexpr std::array kGeneratedEndings{
    Ending{".min.js", "minified"},          Ending{".min.mjs", "minified"},
    Ending{".min.css", "minified"},         Ending{".bundle.js", "bundled"},
    Ending{".js.map", "source map"},        Ending{".css.map", "source map"},
    Ending{".pb.go", "protocol buffers"},   Ending{"_pb2.py", "protocol buffers"},
    Ending{"_pb2.pyi", "protocol buffers"}, Ending{"_pb2_grpc.py", "protocol buffers"},
    Ending{".pb.cc", "protocol buffers"},   Ending{".pb.h", "protocol buffers"},
    Ending{"_pb.js", "protocol buffers"},   Ending{".g.dart", "by its name"},
    Ending{".freezed.dart", "by its name"}, Ending{".designer.cs", "by its name"},
    Ending{".g.cs", "by its name"},         Ending{".snap", "test snapshot"},
};

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

Scope out(std::string reason) { return {false, std::move(reason)}; }

/// What people or their tools' settings exclude.
std::optional<Scope> excluded(std::string_view path, const ScopeRules& rules) {
  if (rules.exclude.matches(path))
    return out(rules.exclude_asked.matches(path) ? "excluded by --exclude"
                                                 : "excluded by the configuration");
  if (rules.semgrep.excludes(path)) return out("excluded by .semgrepignore");
  if (rules.coderabbit.excludes(path)) return out("excluded by .coderabbit.yaml (path_filters)");
  if (rules.pr_agent.excludes(path)) return out("excluded by .pr_agent.toml (ignore)");
  return std::nullopt;
}

}  // namespace

std::string_view generated_by_name(std::string_view path) {
  const auto name = name_of(path);
  if (std::find(kLockFiles.begin(), kLockFiles.end(), name) != kLockFiles.end()) return "lock file";
  const auto lower = to_lower(name);
  for (const auto& ending : kGeneratedEndings)
    if (lower.ends_with(ending.text)) return ending.reason;
  const bool is_web = lower.ends_with(".js") || lower.ends_with(".css") ||
                      lower.ends_with(".mjs") || lower.ends_with(".cjs");
  if (is_web && ("/" + std::string(path)).find("/dist/") != std::string::npos)
    return "build output";
  return {};
}

std::string_view vendor_folder(std::string_view path) {
  while (true) {
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) return {};
    const auto folder = path.substr(0, slash);
    if (std::find(kVendorFolders.begin(), kVendorFolders.end(), folder) != kVendorFolders.end())
      return folder;
    path.remove_prefix(slash + 1);
  }
}

Scope decide_scope(std::string_view path, const PathAttributes& attributes,
                   const ScopeRules& rules) {
  if (auto scope = excluded(path, rules)) return *std::move(scope);
  if (!rules.include_generated) {
    if (attributes.generated.value_or(false))
      return out("generated (.gitattributes linguist-generated)");
    const auto why = attributes.generated ? std::string_view{} : generated_by_name(path);
    if (!why.empty()) return out(fmt::format("generated ({})", why));
  }
  if (!rules.include_vendored) {
    if (attributes.vendored.value_or(false))
      return out("vendored (.gitattributes linguist-vendored)");
    const auto folder = attributes.vendored ? std::string_view{} : vendor_folder(path);
    if (!folder.empty()) return out(fmt::format("vendored ({}/)", folder));
  }
  return {};
}

}  // namespace peer
