#include "analyzers/compress/digest.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "analyzers/compress/focus.hpp"
#include "analyzers/compress/parts.hpp"
#include "analyzers/compress/plan.hpp"
#include "analyzers/compress/shape.hpp"
#include "base/hash.hpp"

namespace peer {
namespace {

using compress::Element;
using compress::ElementKind;
using compress::Focus;
using compress::focus_of;
using compress::parts_of;
using compress::Plan;
using compress::Shape;
using compress::shape_of;
using compress::Show;
using compress::united;

constexpr std::array<std::string_view, 4> kLevels{"full", "focus", "signatures", "symbols"};
constexpr std::array<std::string_view, 3> kTiers{"syntax", "pattern", "lines"};
constexpr std::uint64_t kNoLimit = UINT64_MAX;

/// Tries the levels one after the other for one file.
class Shrinker {
 public:
  Shrinker(const SourceFile& file, const DigestRequest& request)
      : file_(file),
        request_(request),
        limit_(request.budget == 0 ? kNoLimit
                                   : request.meter.within(std::max(request.budget, kLeastBudget))),
        shape_(shape_of(file)),
        focus_(focus_of(shape_, file, request)),
        before_(count_tokens(file.text(), request.meter.vocabulary)) {}

  std::vector<Digest> digests() {
    auto first = request_.level.value_or(DigestLevel::full);
    for (auto level = static_cast<int>(first); level <= static_cast<int>(DigestLevel::symbols);
         ++level)
      if (auto digest = at_level(static_cast<DigestLevel>(level))) return {std::move(*digest)};
    if (auto digest = filled(focus_.must, limit_)) return {std::move(*digest)};
    return in_parts();
  }

 private:
  [[nodiscard]] std::uint64_t scaled(std::uint64_t tokens) const {
    return static_cast<std::uint64_t>(
        std::ceil(static_cast<double>(tokens) * request_.meter.factor));
  }
  [[nodiscard]] Plan plan_for(DigestLevel level) const {
    Plan plan;
    plan.level = level;
    plan.loose = level <= DigestLevel::focus;
    plan.bodies = level == DigestLevel::full;
    plan.keep = focus_.must;
    const auto rest = level == DigestLevel::symbols ? Show::name : Show::head;
    plan.show.assign(shape_.elements.size(), rest);
    plan.keep.insert(plan.keep.end(), focus_.used_text.begin(), focus_.used_text.end());
    plan.keep = united(std::move(plan.keep));
    for (std::size_t i = 0; i < plan.show.size(); ++i) {
      const auto kind = shape_.elements[i].kind;
      if (level == DigestLevel::symbols && kind == ElementKind::import)
        plan.show[i] = Show::nothing;
      if (focus_.used[i]) plan.show[i] = kind == ElementKind::callable ? Show::head : Show::whole;
    }
    return plan;
  }
  /// The text of `plan` where it fits.
  [[nodiscard]] std::optional<Digest> fitted(const Plan& plan) const {
    auto composed = compose(plan, shape_, file_);
    const auto tokens = count_tokens(composed.text, request_.meter.vocabulary);
    if (tokens > limit_) return std::nullopt;
    Digest digest;
    digest.text = std::move(composed.text);
    digest.line_map = std::move(composed.line_map);
    digest.tier = shape_.tier;
    digest.level = plan.level;
    digest.tokens_before = scaled(before_);
    digest.tokens_after = scaled(tokens);
    return digest;
  }
  [[nodiscard]] std::optional<Digest> at_level(DigestLevel level) const {
    if (level == DigestLevel::full) {
      if (before_ > limit_) return std::nullopt;
      Plan plan = plan_for(level);
      plan.keep = {{0, static_cast<std::uint32_t>(file_.text().size())}};
      return fitted(plan);
    }
    return fitted(plan_for(level));
  }

  /// `must`, and of the rest as much as `context` tokens allow, by priority.
  [[nodiscard]] std::optional<Digest> filled(const std::vector<Span>& must,
                                             std::uint64_t context) const {
    Plan plan;
    plan.level = DigestLevel::symbols;
    plan.keep = must;
    plan.show.assign(shape_.elements.size(), Show::nothing);
    auto bare = fitted(plan);
    if (!bare) return std::nullopt;
    const auto used = bare->tokens_after;
    for (auto left = std::min(context, limit_ - std::min(limit_, unscaled(used))); left > 16;
         left -= left / 8 + 1) {
      fill(plan, left);
      if (auto digest = fitted(plan)) {
        digest->left_out = static_cast<std::uint32_t>(left_out(plan));
        return digest;
      }
      std::fill(plan.show.begin(), plan.show.end(), Show::nothing);
    }
    bare->left_out = static_cast<std::uint32_t>(left_out(plan));
    return bare;
  }
  [[nodiscard]] std::uint64_t unscaled(std::uint64_t tokens) const {
    return static_cast<std::uint64_t>(static_cast<double>(tokens) / request_.meter.factor) + 1;
  }
  /// First the heads of what the change uses, then the names of the rest. Nothing is named twice on
  /// a line of the change.
  void fill(Plan& plan, std::uint64_t left) const {
    constexpr std::uint64_t kLeastName = 3, kLongestName = 160;
    for (const auto i : focus_.order) {
      if (left < kLeastName) break;
      const auto& element = shape_.elements[i];
      const bool used = focus_.used[i];
      if ((!used && element.kind == ElementKind::import) || shares_line(element, plan.keep))
        continue;
      const auto shown = used ? file_.text(shown_head(element, file_.text()))
                              : element.name.substr(0, kLongestName);
      const auto cost = count_tokens(shown, request_.meter.vocabulary) + 4;
      if (cost > left) continue;
      left -= cost;
      plan.show[i] = used ? Show::head : Show::name;
    }
  }
  [[nodiscard]] bool shares_line(const Element& element, const std::vector<Span>& keep) const {
    const auto line = file_.lines().line_span(file_.lines().line_of(element.name_at));
    const auto after =
        std::upper_bound(keep.begin(), keep.end(), line.end,
                         [](std::uint32_t at, Span span) { return at <= span.begin; });
    return after != keep.begin() && std::prev(after)->end > line.begin;
  }
  [[nodiscard]] std::size_t left_out(const Plan& plan) const {
    std::size_t count = 0;
    std::size_t span = 0;
    for (std::size_t i = 0; i < plan.show.size(); ++i) {
      if (plan.show[i] != Show::nothing) continue;
      while (span < plan.keep.size() && plan.keep[span].end <= shape_.elements[i].span.begin)
        ++span;
      if (span == plan.keep.size() || !plan.keep[span].contains(shape_.elements[i].span)) ++count;
    }
    return count;
  }

  /// Several digests that together show the change. Lines counted one by one can come to more
  /// than they had alone, hardly ever by much: then all parts are cut smaller.
  [[nodiscard]] std::vector<Digest> in_parts() const {
    for (auto most = limit_ - limit_ / 8;; most = std::max<std::uint64_t>(1, most - most / 8 - 1)) {
      auto digests = in_parts_of(most);
      if (digests.empty()) continue;
      for (auto& digest : digests)
        digest.parts = static_cast<std::uint32_t>(digests.size());
      return digests;
    }
  }
  /// None where one does not fit.
  [[nodiscard]] std::vector<Digest> in_parts_of(std::uint64_t most) const {
    std::vector<Digest> digests;
    for (const auto& part : parts_of(file_, focus_.must, most, request_.meter.vocabulary)) {
      auto digest = filled(part, limit_ / 4);
      if (!digest) return {};
      digests.push_back(std::move(*digest));
      digests.back().part = static_cast<std::uint32_t>(digests.size());
    }
    return digests;
  }

  const SourceFile& file_;
  const DigestRequest& request_;
  std::uint64_t limit_;  // in tokens of the vocabulary
  Shape shape_;
  Focus focus_;
  std::uint64_t before_;
};

}  // namespace

std::vector<Digest> digests_of(const SourceFile& file, const DigestRequest& request) {
  return Shrinker(file, request).digests();
}

std::string digest_key(std::string_view blob, std::string_view path, const DigestRequest& request) {
  std::string changed, ranking;
  for (const auto& range : request.changed)
    changed += fmt::format("{}+{} ", range.first, range.count);
  for (const auto& name : request.ranking)
    ranking += fmt::format("{}:{} ", name.size(), name);
  return sha256_of_parts({"digest", kDigestVersion, blob, path, changed, ranking,
                          request.level ? to_string(*request.level) : "any",
                          std::to_string(request.budget),
                          request.meter.vocabulary == Vocabulary::o200k_base ? "o200k" : "cl100k",
                          fmt::format("{:.4f}", request.meter.factor)});
}

std::string_view to_string(DigestLevel level) { return kLevels[static_cast<std::size_t>(level)]; }
std::string_view to_string(DigestTier tier) { return kTiers[static_cast<std::size_t>(tier)]; }

std::optional<DigestLevel> parse_digest_level(std::string_view name) {
  for (std::size_t i = 0; i < kLevels.size(); ++i)
    if (kLevels[i] == name) return static_cast<DigestLevel>(i);
  return std::nullopt;
}

}  // namespace peer
