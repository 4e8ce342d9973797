#include <algorithm>
#include <array>

#include "reporters/render/render.hpp"

namespace peer {

#define PEER_RENDERER(name) const Renderer& renderer_##name();
#include "reporters/render/catalogue.def"
#undef PEER_RENDERER

std::string Renderer::render(const Report& report, const RenderOptions& options) const {
  std::string text;
  write(report, options, [&](std::string_view piece) { text += piece; });
  return text;
}

std::span<const Renderer> all_renderers() {
  static const std::array kAll{
#define PEER_RENDERER(name) renderer_##name(),
#include "reporters/render/catalogue.def"
#undef PEER_RENDERER
  };
  return kAll;
}

const Renderer* find_renderer(std::string_view name) {
  const auto all = all_renderers();
  const auto it = std::find_if(all.begin(), all.end(),
                               [name](const Renderer& renderer) { return renderer.name == name; });
  return it == all.end() ? nullptr : &*it;
}

}  // namespace peer
