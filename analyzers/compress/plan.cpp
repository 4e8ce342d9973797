#include "analyzers/compress/plan.hpp"

#include <algorithm>
#include <optional>

namespace peer::compress {
namespace {

constexpr std::uint32_t kLongestHead = 1000;  // bytes: a signature that is longer is data
constexpr std::uint32_t kLongestOther = 160;  // of what is neither function nor type nor import
constexpr std::uint32_t kDeepestName = 8;     // blanks before a name

struct Fragment {
  Span span;
  const Element* named = nullptr;  // set: only the name is shown
  friend bool operator<(const Fragment& a, const Fragment& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  }
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Without white space at the end, cut to `most` bytes between two characters.
Span shortened(Span span, std::string_view text, std::uint32_t most) {
  if (span.size() > most) {
    span.end = span.begin + most;
    while (span.end > span.begin && (static_cast<unsigned char>(text[span.end]) & 0xC0U) == 0x80U)
      --span.end;
  }
  while (span.end > span.begin && is_blank(text[span.end - 1]))
    --span.end;
  return span;
}

class Composer {
 public:
  Composer(const SourceFile& file, bool marks) : file_(file), text_(file.text()), marks_(marks) {}

  void add(const Fragment& fragment) {
    if (fragment.named != nullptr) return add_name(*fragment.named);
    auto span = fragment.span;
    span.begin = std::max(span.begin, done_);
    if (span.begin >= span.end) return;
    begin_at(span);
    put(span);
    done_ = span.end;
  }
  Composed take() { return std::move(out_); }

 private:
  void end_line() {
    if (open_) out_.text += '\n';
    open_ = false;
  }
  /// Says what lies between what is there and `span`: a new line, or three dots on the same.
  void begin_at(Span& span) {
    const auto gap = text_.substr(done_, span.begin - done_);
    const auto newline = gap.rfind('\n');
    const bool empty = std::all_of(gap.begin(), gap.end(), is_blank);
    if (open_ && newline == std::string_view::npos) {
      if (!empty)
        out_.text += " ... ";
      else
        out_.text += gap;
      return;
    }
    if (open_ && marks_ && !empty) out_.text += " ...";
    end_line();
    if (!gap.empty()) skip_rest_of_line(span);
    // what is only indented keeps that
    auto start = span.begin;
    while (start > done_ && (text_[start - 1] == ' ' || text_[start - 1] == '\t'))
      --start;
    if (start == 0 || text_[start - 1] == '\n') span.begin = start;
  }
  /// What is left of a line that was passed over is no line of its own.
  void skip_rest_of_line(Span& span) const {
    if (span.begin == 0 || text_[span.begin - 1] == '\n') return;
    const auto shown = text_.substr(span.begin, span.size());
    const auto first = shown.find_first_not_of(" \t\r");
    if (first != std::string_view::npos && shown[first] == '\n')
      span.begin += static_cast<std::uint32_t>(first) + 1;
  }
  void put(Span span) {
    for (auto at = span.begin; at < span.end;) {
      if (!open_) out_.line_map.push_back(file_.lines().line_of(at));
      const auto newline = text_.substr(0, span.end).find('\n', at);
      const auto end =
          newline == std::string_view::npos ? span.end : static_cast<std::uint32_t>(newline) + 1;
      out_.text += text_.substr(at, end - at);
      open_ = newline == std::string_view::npos;
      at = end;
    }
  }
  void add_name(const Element& element) {
    if (element.name_at < done_) return;
    end_line();
    out_.line_map.push_back(file_.lines().line_of(element.name_at));
    const auto line = file_.lines().line_span(out_.line_map.back());
    auto blanks = text_.substr(line.begin, kDeepestName).find_first_not_of(" \t");
    out_.text.append(std::min<std::size_t>(blanks == std::string_view::npos ? kDeepestName : blanks,
                                           kDeepestName),
                     ' ');
    out_.text += element.word;
    if (!element.word.empty()) out_.text += ' ';
    const auto name = element.name.substr(0, kLongestOther);
    for (const char c : name)
      out_.text += c == '\n' || c == '\r' ? ' ' : c;
    out_.text += '\n';
    done_ = std::max(done_, element.name_at);
  }

  const SourceFile& file_;
  std::string_view text_;
  bool marks_;
  bool open_ = false;       // the last line has no end yet
  std::uint32_t done_ = 0;  // up to here the file is shown or passed over
  Composed out_;
};

bool shows_body(const Plan& plan, const Stretch& stretch, const Shape& shape) {
  if (!stretch.element) return plan.loose;
  const bool whole = plan.show[*stretch.element] == Show::whole;
  const bool callable = shape.elements[*stretch.element].kind == ElementKind::callable;
  return whole || (callable ? plan.bodies : plan.loose);
}

/// What is shown of a stretch of an element's head where its body is not.
Span shown_of_head(const Plan& plan, Span span, const Element& element, std::string_view text) {
  const bool before_body = span.begin < element.body;
  if (!plan.loose && before_body) span.end = std::min(span.end, shown_head(element, text).end);
  if (span.end <= span.begin) return span;  // of a long head the end
  if (!plan.loose) return shortened(span, text, kLongestHead);
  const bool is_signature = before_body && element.kind == ElementKind::callable;
  return is_signature ? shortened(span, text, UINT32_MAX) : span;
}

std::optional<Fragment> fragment_of(const Plan& plan, const Stretch& stretch, const Shape& shape,
                                    std::string_view text) {
  if (stretch.role == Role::body)
    return shows_body(plan, stretch, shape) ? std::optional(Fragment{stretch.span}) : std::nullopt;
  const auto& element = shape.elements[*stretch.element];
  const auto show = plan.show[*stretch.element];
  if (show == Show::nothing) return std::nullopt;
  if (show == Show::name) {
    if (stretch.span.begin != element.span.begin) return std::nullopt;
    return Fragment{{element.name_at, element.name_at}, &element};
  }
  const bool is_whole = show == Show::whole || plan.bodies;
  const Span span = is_whole ? stretch.span : shown_of_head(plan, stretch.span, element, text);
  if (span.begin >= span.end) return std::nullopt;
  return Fragment{span};
}

}  // namespace

Span shown_head(const Element& element, std::string_view text) {
  const Span head{element.span.begin, element.body};
  if (element.kind != ElementKind::other) return shortened(head, text, kLongestHead);
  const auto line = text.substr(head.begin, std::min(head.size(), kLongestOther)).find('\n');
  const auto size =
      line == std::string_view::npos ? kLongestOther : static_cast<std::uint32_t>(line);
  return shortened(head, text, std::max(size, 1U));
}

Composed compose(const Plan& plan, const Shape& shape, const SourceFile& file) {
  const auto text = file.text();
  std::vector<Fragment> fragments;
  for (const auto& span : plan.keep)
    fragments.push_back({span});
  for (const auto& stretch : shape.stretches)
    if (const auto fragment = fragment_of(plan, stretch, shape, text))
      fragments.push_back(*fragment);
  std::stable_sort(fragments.begin(), fragments.end());
  Composer composer(file, plan.level == DigestLevel::focus);
  for (const auto& fragment : fragments)
    composer.add(fragment);
  return composer.take();
}

}  // namespace peer::compress
