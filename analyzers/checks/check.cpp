#include "analyzers/checks/check.hpp"

#include <algorithm>
#include <array>

#include "analyzers/checks/secrets/redact.hpp"
#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/complexity.hpp"

namespace peer {

#define PEER_CHECK(name) const Check& check_##name();
#include "analyzers/checks/catalogue.def"
#undef PEER_CHECK

struct FileExam::Lazy {
  std::optional<SourceFile> before;
  std::optional<Outline> outline, before_outline;
  std::optional<std::vector<LocatedChange>> complexity;
  std::optional<std::vector<secrets::SecretHit>> secrets, before_secrets;
  std::optional<secrets::Redactor> redactor, before_redactor;
};

FileExam::FileExam(const ChangedFile& change, const SourceFile& after, const std::string* before,
                   const CheckOptions& options, bool whole_file, std::stop_token stop)
    : change_(change),
      after_(after),
      before_bytes_(before),
      options_(options),
      whole_file_(whole_file),
      stop_(std::move(stop)),
      lazy_(std::make_unique<Lazy>()) {}

FileExam::~FileExam() = default;

const SourceFile* FileExam::before() {
  if (before_bytes_ == nullptr) return nullptr;
  if (!lazy_->before)
    lazy_->before =
        parse(change_.old_path, *before_bytes_, options_.parse, stop_, after_.language());
  return &*lazy_->before;
}

const Outline& FileExam::outline() {
  if (!lazy_->outline) lazy_->outline = outline_of(after_);
  return *lazy_->outline;
}

const Outline& FileExam::before_outline() {
  if (!lazy_->before_outline) {
    const auto* file = before();
    lazy_->before_outline = file == nullptr ? Outline{} : outline_of(*file);
  }
  return *lazy_->before_outline;
}

std::shared_ptr<const Outline> FileExam::outline_around(Side side,
                                                        std::span<const std::uint32_t> places) {
  const auto& whole = side == Side::old_side ? lazy_->before_outline : lazy_->outline;
  if (whole) return {std::shared_ptr<const void>(), &*whole};
  const auto* file = side == Side::old_side ? before() : &after_;
  return std::make_shared<const Outline>(file == nullptr ? Outline{}
                                                         : peer::outline_around(*file, places));
}

const std::vector<LocatedChange>& FileExam::complexity() {
  if (!lazy_->complexity) lazy_->complexity = located_complexity_changes(*this);
  return *lazy_->complexity;
}

const std::vector<secrets::SecretHit>& FileExam::secrets() {
  if (!lazy_->secrets) lazy_->secrets = secrets::scan_secrets(after_.text(), {after_.path()});
  return *lazy_->secrets;
}

const std::vector<secrets::SecretHit>& FileExam::before_secrets() {
  if (!lazy_->before_secrets) {
    lazy_->before_secrets.emplace();
    // the bytes are the text unless they are UTF-16: a file without secrets need not be parsed for
    // this
    const bool plain = before_bytes_ != nullptr && before_bytes_->find('\0') == std::string::npos;
    const auto* file = plain || before_bytes_ == nullptr ? nullptr : before();
    const std::string_view text = file != nullptr ? file->text()
                                  : plain         ? *before_bytes_
                                                  : std::string_view{};
    lazy_->before_secrets = secrets::scan_secrets(text, {change_.old_path});
  }
  return *lazy_->before_secrets;
}

const secrets::Redactor& FileExam::redactor(Side side) {
  const bool old_side = side == Side::old_side && before() != nullptr;
  auto& kept = old_side ? lazy_->before_redactor : lazy_->redactor;
  if (!kept)
    kept.emplace(old_side ? before()->text() : after_.text(),
                 old_side ? before_secrets() : secrets());
  return *kept;
}

std::vector<LineRange> FileExam::added_lines() const {
  if (whole_file_) return {{1, after_.lines().line_count()}};
  std::vector<LineRange> lines;
  for (const auto& hunk : change_.hunks)
    lines.insert(lines.end(), hunk.added.begin(), hunk.added.end());
  return lines;
}

std::vector<LineRange> FileExam::removed_lines() const {
  std::vector<LineRange> lines;
  for (const auto& hunk : change_.hunks)
    lines.insert(lines.end(), hunk.removed.begin(), hunk.removed.end());
  return lines;
}

bool FileExam::is_added(Span span) const {
  if (whole_file_) return true;
  const auto first = after_.lines().line_of(span.begin);
  const auto last = after_.lines().line_of(span.empty() ? span.begin : span.end - 1);
  return std::any_of(change_.hunks.begin(), change_.hunks.end(), [&](const Hunk& hunk) {
    return std::any_of(hunk.added.begin(), hunk.added.end(), [&](const LineRange& range) {
      return range.first <= last && first < range.end();
    });
  });
}

Finding make_finding(const RuleInfo& rule, const SourceFile& file, Span span, std::string message) {
  Finding finding;
  finding.rule = rule.id;
  finding.category = rule.category;
  finding.severity = rule.severity;
  finding.confidence = rule.confidence;
  finding.path = file.path();
  finding.at = file.locate(span);
  finding.message = std::move(message);
  finding.why = rule.why;
  finding.help = rule.help;
  finding.cwe = rule.cwe;
  return finding;
}

std::span<const Check> all_checks() {
  static const std::array kAll{
#define PEER_CHECK(name) check_##name(),
#include "analyzers/checks/catalogue.def"
#undef PEER_CHECK
  };
  return kAll;
}

const RuleInfo* find_rule(std::string_view id) {
  for (const auto& check : all_checks())
    for (const auto& rule : check.rules())
      if (rule.id == id) return &rule;
  return nullptr;
}

}  // namespace peer
