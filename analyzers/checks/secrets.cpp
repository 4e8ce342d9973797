// Secrets in the new file, and those that the change removed: they stay in the history.
#include <algorithm>
#include <deque>
#include <fmt/format.h>
#include <unordered_map>

#include "analyzers/checks/check.hpp"
#include "analyzers/checks/secrets/format.hpp"
#include "analyzers/checks/secrets/place.hpp"
#include "analyzers/checks/secrets/sample.hpp"
#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/checks/secrets/value.hpp"

namespace peer {
namespace {

using secrets::Certainty;
using secrets::SecretHit;

constexpr std::string_view kWhy =
    "Whoever can read the repository, a fork, a clone or a build log can use it, and deleting the "
    "line later does not "
    "remove it from the history.";

/// The rules and the texts that they point into.
struct Rules {
  std::deque<std::string> texts;
  std::vector<RuleInfo> rules;
  std::unordered_map<std::string_view, std::size_t> by_id;

  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }

  void add_format(const secrets::Format& format) {
    // made up on the spot, so that no example in this source can be taken for a leak
    const auto seed = std::hash<std::string_view>{}(format.id);
    const auto sample = secrets::make_sample(format.sample, seed);
    const auto placeholder = secrets::make_placeholder(format.sample);
    RuleInfo rule;
    rule.id = keep(fmt::format("secret-{}", format.id));
    rule.category = "secrets";
    rule.severity = Severity::error;
    rule.confidence = format.reach == secrets::Reach::in ? 0.95 : 0.85;
    rule.title = keep(fmt::format("{} in the repository", format.name));
    rule.why = kWhy;
    rule.help = keep(fmt::format(
        "Revoke it ({}), issue a new one, and read that from the environment or a secret store.",
        format.revoke));
    rule.cwe = {798};
    rule.bad = {
        {.path = "deploy.yml", .code = keep(secrets::in_line(format, sample)), .lines = {1}}};
    rule.good = {
        {.path = "deploy.yml", .code = keep(secrets::in_line(format, placeholder))},
        {.path = "deploy.yml", .code = keep(secrets::in_line(format, "${DEPLOY_SECRET}"))}};
    rules.push_back(std::move(rule));
  }

  /// A key in armour that holds no key: random base64.
  static std::string armoured(std::string_view kind, std::string_view line_end) {
    std::string text = fmt::format("-----BEGIN {} KEY-----{}", kind, line_end);
    for (std::uint64_t line = 0; line < 4; ++line)
      text += secrets::make_sample("{s64}", line) + std::string(line_end);
    return text + fmt::format("-----END {} KEY-----{}", kind, line_end);
  }

  void add_keys() {
    rules.push_back(
        {.id = secrets::kPrivateKeyRule,
         .category = "secrets",
         .severity = Severity::error,
         .confidence = 0.95,
         .title = "private key in the repository",
         .why = kWhy,
         .help = "Replace the key pair everywhere it is trusted, and keep the new private key out "
                 "of the repository.",
         .cwe = {321},
         .bad = {{.path = "server.pem", .code = keep(armoured("RSA PRIVATE", "\n")), .lines = {1}}},
         .good = {{.path = "server.pem", .code = keep(armoured("PUBLIC", "\n"))}}});
    rules.push_back(
        {.id = secrets::kServiceAccountRule,
         .category = "secrets",
         .severity = Severity::error,
         .confidence = 0.95,
         .title = "Google Cloud service account key in the repository",
         .why = kWhy,
         .help = "Delete the key in the IAM console of Google Cloud; prefer workload identity to "
                 "keys.",
         .cwe = {321},
         .bad = {{.path = "account.json",
                  .code = keep(fmt::format(
                      "{{\n  \"type\": \"service_account\",\n  \"private_key\": \"{}\"\n}}\n",
                      armoured("PRIVATE", "\\n"))),
                  .lines = {3}}},
         .good = {{.path = "account.json",
                   .code = "{\n"
                           "  \"type\": \"service_account\",\n"
                           "  \"private_key\": \"-----BEGIN PRIVATE KEY-----\\n...\\n-----END "
                           "PRIVATE KEY-----\\n\"\n"
                           "}\n"}}});
  }

  void add_passwords() {
    rules.push_back(
        {.id = secrets::kUrlPasswordRule,
         .category = "secrets",
         .severity = Severity::error,
         .confidence = 0.8,
         .title = "address with a password",
         .why = kWhy,
         .help = "Change the password, and take user and password from the environment or a "
                 "secret store.",
         .cwe = {798},
         .bad = {{.path = "settings.py",
                  .code = keep("DATABASE = \"postgres://shop:" + secrets::make_sample("{w14}", 7) +
                               "@db.acme.net/shop\"\n"),
                  .lines = {1}}},
         .good = {{.path = "settings.py",
                   .code = "DATABASE = \"postgres://user:${DB_PASSWORD}@db.acme.net/shop\"\n"}}});
    rules.push_back(
        {.id = secrets::kWebTokenRule,
         .category = "secrets",
         .severity = Severity::warning,
         .confidence = 0.6,
         .title = "signed web token in the repository",
         .why = kWhy,
         .help = "Revoke the session or key that the token stands for, and do not store tokens in "
                 "files.",
         .cwe = {798},
         .bad = {{.path = "client.js",
                  .code = keep("const authToken = \"eyJ" +
                               secrets::make_sample("{w30}.eyJ{w60}.{b43}", 3) + "\";\n"),
                  .lines = {1}}},
         .good = {{.path = "client.js", .code = "const authToken = \"eyJhbGciOi...\";\n"}}});
    rules.push_back(
        {.id = secrets::kAssignmentRule,
         .category = "secrets",
         .severity = Severity::warning,
         .confidence = 0.6,
         .title = "hard-coded secret",
         .why = kWhy,
         .help = "Take the value from the environment or a secret store, and change it where it "
                 "has been in use.",
         .cwe = {798},
         .bad = {{.path = "settings.py",
                  .code = keep("API_SECRET = \"" + secrets::make_sample("{w32}", 11) + "\"\n"),
                  .lines = {1}}},
         .good = {{.path = "settings.py",
                   .code = "API_SECRET = os.environ[\"API_SECRET\"]\n"
                           "API_TOKEN = \"your-token-here\"\n"
                           "password = \"changeme123\"\n"}}});
  }

  Rules() {
    for (const auto& format : secrets::all_formats())
      add_format(format);
    add_keys();
    add_passwords();
    for (std::size_t i = 0; i < rules.size(); ++i)
      by_id.emplace(rules[i].id, i);
  }
};

const Rules& rule_table() {
  static const Rules kRules;
  return kRules;
}

std::string say(const SecretHit& hit, std::string_view secret, Side side) {
  auto message = fmt::format("{} {} is written down here", hit.name, secrets::masked(secret));
  if (hit.certainty == Certainty::doubted)
    message += " (its checksum does not fit: altered or made up)";
  if (side == Side::old_side)
    message = fmt::format("{} {} is removed here but stays in the history: it must be revoked",
                          hit.name, secrets::masked(secret));
  return message;
}

Finding report(const SecretHit& hit, const SourceFile& file, Side side) {
  const auto& table = rule_table();
  const auto& rule = table.rules[table.by_id.at(hit.rule)];
  auto finding = make_finding(rule, file, hit.span, say(hit, file.text(hit.secret), side));
  finding.side = side;
  if (hit.certainty == Certainty::doubted) {
    finding.severity = Severity::warning;
    finding.confidence = 0.4;
  }
  // keys and addresses made for tests are committed on purpose nearly always, other secrets are not
  const bool often_made_up =
      hit.rule == secrets::kPrivateKeyRule || hit.rule == secrets::kUrlPasswordRule;
  if (often_made_up && secrets::place_of(file.path()).pretence) {
    finding.severity = Severity::warning;
    finding.confidence = 0.4;
  }
  return finding;
}

bool overlaps_any(const SourceFile& file, Span span, const std::vector<LineRange>& ranges) {
  const auto first = file.lines().line_of(span.begin);
  const auto last = file.lines().line_of(span.end - 1);
  return std::any_of(ranges.begin(), ranges.end(), [&](const LineRange& range) {
    return range.first <= last && first < range.end();
  });
}

/// What stood on removed lines and stands nowhere in the new file.
void report_removed(FileExam& exam, std::vector<Finding>& out) {
  const auto removed = exam.removed_lines();
  if (removed.empty() || exam.before_secrets().empty()) return;
  const auto* before = exam.before();
  for (const auto& hit : exam.before_secrets()) {
    const auto secret = before->text(hit.secret);
    if (!overlaps_any(*before, hit.span, removed)) continue;
    if (exam.after().text().find(secret) != std::string_view::npos) continue;
    out.push_back(report(hit, *before, Side::old_side));
  }
}

void run(FileExam& exam, std::vector<Finding>& out) {
  for (const auto& hit : exam.secrets())
    out.push_back(report(hit, exam.after(), Side::new_side));
  report_removed(exam, out);
}

}  // namespace

const Check& check_secrets() {
  static const Check kCheck{
      .name = "secrets",
      .rules = [] { return std::span<const RuleInfo>(rule_table().rules); },
      .run = run,
      .needs_tree = false,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
