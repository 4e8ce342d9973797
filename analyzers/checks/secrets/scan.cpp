#include "analyzers/checks/secrets/scan.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include <re2/re2.h>

#include "analyzers/characters.hpp"
#include "analyzers/checks/secrets/assignment.hpp"
#include "analyzers/checks/secrets/format.hpp"
#include "analyzers/checks/secrets/generic.hpp"
#include "analyzers/checks/secrets/keywords.hpp"
#include "analyzers/checks/secrets/place.hpp"
#include "analyzers/checks/secrets/special.hpp"
#include "analyzers/checks/secrets/value.hpp"
#include "base/text.hpp"

namespace peer::secrets {
namespace {

constexpr std::size_t kMostSecret = 1200;
constexpr std::size_t kMostGuess = 256;
constexpr std::size_t kMostGuessLine = 1000;  // what stands on longer lines was generated

/// What to do where a keyword stands: below kFormats a format's index, else one of these.
enum Action : std::uint32_t { kGuess = 0x10000, kPrivateKey, kUrl, kWebToken };

/// A format ready for use; its pattern is compiled when its keyword is first seen.
class Detector {
 public:
  explicit Detector(const Format& format)
      : format_(&format), rule_("secret-" + std::string(format.id)) {}

  [[nodiscard]] const Format& format() const { return *format_; }
  [[nodiscard]] const std::string& rule() const { return rule_; }
  [[nodiscard]] const re2::RE2& pattern() const {
    std::call_once(once_, [this] {
      re2::RE2::Options options;
      options.set_encoding(re2::RE2::Options::EncodingLatin1);
      options.set_log_errors(false);
      pattern_ = std::make_unique<re2::RE2>(
          re2::StringPiece(format_->pattern.data(), format_->pattern.size()), options);
    });
    return *pattern_;
  }

 private:
  const Format* format_;
  std::string rule_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<re2::RE2> pattern_;
};

struct Engine {
  std::deque<Detector> detectors;
  std::unique_ptr<KeywordFinder> keywords;

  Engine() {
    std::vector<KeywordFinder::Keyword> words;
    for (const auto& format : all_formats()) {
      const auto index = static_cast<std::uint32_t>(detectors.size());
      for (const auto word : split(format.keywords, ' '))
        words.push_back({std::string(word), format.reach == Reach::value, index});
      detectors.emplace_back(format);
    }
    for (const auto* word :
         {"passw", "passphrase", "passcode", "pwd", "secret", "token", "credential"})
      words.push_back({word, true, kGuess});
    for (const auto* owner :
         {"api", "access", "auth", "encryption", "signing", "private", "account", "storage",
          "shared", "master", "service", "webhook", "hmac"})
      for (const auto* key : {"key", "_key", "-key"})
        words.push_back({std::string(owner) + key, true, kGuess});
    words.push_back({"-----BEGIN", false, kPrivateKey});
    words.push_back({"://", false, kUrl});
    words.push_back({"eyJ", false, kWebToken});
    keywords = std::make_unique<KeywordFinder>(std::move(words));
  }
};

const Engine& engine() {
  static const Engine kEngine;
  return kEngine;
}

/// No word goes on to the left of `at`; the end of an escape (`\n`, `%3D`) is no word.
bool begins_clean(std::string_view text, std::size_t at) {
  if (at == 0 || !is_word(text[at]) || !is_word(text[at - 1])) return true;
  if (at >= 2 && text[at - 2] == '\\') return true;
  return at >= 3 && text[at - 3] == '%' && is_hex(text[at - 2]) && is_hex(text[at - 1]);
}

bool ends_clean(std::string_view text, std::size_t end) {
  return end >= text.size() || !is_word(text[end]) || !is_word(text[end - 1]);
}

class Scan {
 public:
  Scan(std::string_view text, const ScanOptions& options)
      : text_(text), place_(place_of(options.path)) {}

  std::vector<SecretHit> run() {
    engine().keywords->find_all(
        text_,
        [this](std::size_t at, const KeywordFinder::Keyword& keyword) { visit(at, keyword); });
    return settle();
  }

 private:
  void visit(std::size_t at, const KeywordFinder::Keyword& keyword) {
    switch (keyword.payload) {
      case kGuess:
        return guess(at, keyword.text.size());
      case kPrivateKey:
        return add(private_key_at(text_, at));
      case kUrl:
        return url_password(at);
      case kWebToken:
        if (place_.guess && begins_clean(text_, at)) add(web_token_at(text_, at));
        return;
      default:
        break;
    }
    const auto& detector = engine().detectors[keyword.payload];
    if (detector.format().reach == Reach::in)
      find_around(detector, at, keyword.text.size());
    else
      find_assigned(detector, at, keyword.text.size());
  }

  /// In tests, addresses with escapes in their password are there to try a parser.
  void url_password(std::size_t at) {
    const auto hit = url_password_at(text_, at);
    const bool tried =
        hit && place_.pretence &&
        text_.substr(hit->secret.begin, hit->secret.size()).find('%') != std::string_view::npos;
    if (!tried) add(hit);
  }

  void add(std::optional<SecretHit> hit) {
    if (hit) hits_.push_back(*hit);
  }

  /// The keyword is part of the secret.
  void find_around(const Detector& detector, std::size_t at, std::size_t length) {
    const auto& format = detector.format();
    for (std::size_t back = format.back_most;; --back) {
      const auto matched = back <= at ? match_at(detector, at - back) : std::nullopt;
      if (matched) {
        std::string variable(*matched);
        variable.erase(back, length);
        return report(detector, at - back, at - back + matched->size(), variable);
      }
      if (back == format.back_least) return;
    }
  }

  /// What the format's pattern matches from `begin` on, where it is no piece of a longer word.
  [[nodiscard]] std::optional<std::string_view> match_at(const Detector& detector,
                                                         std::size_t begin) const {
    if (!begins_clean(text_, begin)) return std::nullopt;
    const auto window = text_.substr(begin, kMostSecret);
    re2::StringPiece match;
    if (!detector.pattern().Match({window.data(), window.size()}, 0, window.size(),
                                  re2::RE2::ANCHOR_START, &match, 1))
      return std::nullopt;
    if (!ends_clean(text_, begin + match.size())) return std::nullopt;
    return window.substr(0, match.size());
  }

  /// The keyword is part of the name that the secret is given to.
  void find_assigned(const Detector& detector, std::size_t at, std::size_t length) {
    const auto assignment = assignment_at(text_, span(at, at + length));
    if (!assignment || assignment->value.size() > kMostSecret) return;
    const auto value = text_.substr(assignment->value.begin, assignment->value.size());
    if (!re2::RE2::FullMatch({value.data(), value.size()}, detector.pattern())) return;
    const bool plain_id = is_uuid(value) && kind_of_name(assignment->name) == NameKind::other;
    if (!plain_id) report(detector, assignment->value.begin, assignment->value.end, value);
  }

  /// Adds what a pattern matched unless it is a placeholder. `variable` is the secret without its
  /// fixed part.
  void report(const Detector& detector, std::size_t begin, std::size_t end,
              std::string_view variable) {
    const auto& format = detector.format();
    if (names_itself_fake(variable) || is_patterned(variable)) return;
    if (entropy_of(variable) < std::min(format.least_entropy, most_entropy(variable.size())))
      return;
    bool doubted = false;
    if (format.checksum == Checksum::crc32_base62 && variable.size() > 6 &&
        variable.find_first_of("._-") == std::string_view::npos) {
      const auto body = variable.substr(0, variable.size() - 6);
      doubted = crc32_base62(body) != variable.substr(variable.size() - 6);
    }
    hits_.push_back({span(begin, end), span(begin, end), detector.rule(), format.name,
                     doubted ? Certainty::doubted : Certainty::known});
  }

  /// What short values can reach is less than what long ones must.
  static double most_entropy(std::size_t size) { return size < 16 ? 2.0 : size < 24 ? 2.6 : 8.0; }

  void guess(std::size_t at, std::size_t length) {
    if (!place_.guess) return;
    const auto assignment = assignment_at(text_, span(at, at + length));
    if (!assignment || (!assignment->quoted && !place_.bare_values)) return;
    const auto value = text_.substr(assignment->value.begin, assignment->value.size());
    if (value.size() < 8 || value.size() > kMostGuess) return;
    const auto kind = kind_of_name(assignment->name);
    if (!looks_secret(kind, value) || on_long_line(at)) return;
    hits_.push_back({assignment->value, assignment->value, kAssignmentRule,
                     kind == NameKind::password ? "password" : "secret", Certainty::guessed});
  }

  [[nodiscard]] bool on_long_line(std::size_t at) const {
    const auto from = at > kMostGuessLine ? at - kMostGuessLine : 0;
    return text_.substr(from, at - from).find('\n') == std::string_view::npos && from > 0;
  }

  /// Sorted, and of those that overlap the surest, then the first.
  std::vector<SecretHit> settle() {
    std::stable_sort(hits_.begin(), hits_.end(), [](const SecretHit& a, const SecretHit& b) {
      return a.span.begin < b.span.begin;
    });
    std::vector<SecretHit> kept;
    for (const auto& hit : hits_) {
      if (kept.empty() || !kept.back().span.overlaps(hit.span)) {
        kept.push_back(hit);
      } else if (hit.certainty < kept.back().certainty) {
        kept.back() = hit;
      }
    }
    return kept;
  }

  static Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  std::string_view text_;
  Place place_;
  std::vector<SecretHit> hits_;
};

}  // namespace

std::vector<SecretHit> scan_secrets(std::string_view text, const ScanOptions& options) {
  return Scan(text, options).run();
}

std::string mask(std::string_view whole, Span part, const std::vector<SecretHit>& hits) {
  std::string out;
  auto at = part.begin;
  auto hit = std::lower_bound(
      hits.begin(), hits.end(), part.begin,
      [](const SecretHit& h, std::uint32_t begin) { return h.secret.end <= begin; });
  for (; hit != hits.end() && hit->secret.begin < part.end; ++hit) {
    if (hit->secret.begin >= at) {
      out += whole.substr(at, hit->secret.begin - at);
      // a secret of many lines shows no more than its first does
      const auto secret = whole.substr(hit->secret.begin, hit->secret.size());
      out += masked(secret.substr(0, std::min(secret.find_first_of("\r\n"), secret.size())));
    } else {
      out += "****";
    }
    at = std::min(hit->secret.end, part.end);
  }
  return out += whole.substr(at, part.end - at);
}

std::string redact_lines(std::string_view text, const ScanOptions& options) {
  const auto hits = scan_secrets(text, options);
  if (hits.empty()) return std::string(text);
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto feed = text.find('\n', begin);
    const auto end = feed == std::string_view::npos ? text.size() : feed;
    out += mask(text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, hits);
    if (feed != std::string_view::npos) out += '\n';
    begin = end + 1;
  }
  return out;
}

std::string redact_secrets(std::string_view text, const ScanOptions& options) {
  return mask(text, {0, static_cast<std::uint32_t>(text.size())}, scan_secrets(text, options));
}

}  // namespace peer::secrets
