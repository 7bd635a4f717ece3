#include "model/base/source.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "model/base/utf8.h"

namespace cotejo::base {
namespace {

constexpr std::size_t kExcerptWidth = 120;

const char* SeverityWord(Severity severity, Language language) {
  const bool english = language == Language::English;
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return english ? "warning" : "aviso";
    case Severity::Note:
      return english ? "note" : "nota";
  }
  return "error";
}

// One character of a line as it is shown: control characters would move the caret or the
// terminal, so a tab becomes a space and the others U+FFFD.
std::string Shown(std::string_view bytes, char32_t value) {
  if (value == U'\t') return " ";
  if (value < 0x20 || value == 0x7F || value == U'\uFFFD') return "\uFFFD";
  return std::string(bytes);
}

struct Excerpt {
  std::string text;
  std::string marks;
};

// The line from character `first`, at most kExcerptWidth wide, and the mark under
// [mark_from, mark_to), all counted in characters; combining accents take no width.
Excerpt Draw(std::string_view line, std::size_t first, std::size_t mark_from, std::size_t mark_to) {
  Excerpt out;
  std::size_t index = 0;
  bool marked = false;
  if (first > 0) {
    out.text += "…";
    out.marks += ' ';
  }
  for (std::size_t i = 0; i < line.size(); ++index) {
    const CodePoint point = FirstCodePoint(line.substr(i));
    const std::string_view bytes = line.substr(i, point.length);
    i += point.length;
    if (index < first) continue;
    if (index >= first + kExcerptWidth) {
      out.text += "…";
      break;
    }
    out.text += Shown(bytes, point.value);
    if (IsCombining(point.value)) continue;
    if (index < mark_from) {
      out.marks += ' ';
    } else if (!marked) {
      out.marks += '^';
      marked = true;
    } else if (index < mark_to) {
      out.marks += '~';
    }
  }
  if (!marked) out.marks += '^';  // the end of the line
  return out;
}

std::string RenderExcerpt(Span span, const SourceMap& sources) {
  const Place place = sources.place(span);
  const std::string_view line = sources.line(span.file, place.line);
  const auto row = static_cast<std::size_t>(place.line) - 1;
  const std::size_t start = sources.file(span.file).line_starts[row];
  // A span may begin at the line end or past the end of the file.
  const std::size_t offset =
      std::min<std::size_t>(std::max<std::size_t>(span.offset, start) - start, line.size());
  const std::size_t from = CountCodePoints(line.substr(0, offset));
  const std::size_t to = from + CountCodePoints(line.substr(offset, span.length));
  const bool cut = CountCodePoints(line) > kExcerptWidth && from > kExcerptWidth / 2;
  const Excerpt excerpt = Draw(line, cut ? from - kExcerptWidth / 2 : 0, from, to);
  std::string number = std::to_string(place.line);
  number.insert(0, number.size() < 5 ? 5 - number.size() : 0, ' ');
  return number + " | " + excerpt.text + "\n" + std::string(number.size(), ' ') + " | " +
         excerpt.marks + "\n";
}

// Edit distance with transposition of neighbours, or `limit` + 1 when it is larger.
std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return std::min(previous[b.size()], limit + 1);
}

}  // namespace

FileId SourceMap::Add(std::string path, std::string content) {
  SourceFile file{std::move(path), std::move(content), {0}};
  for (std::size_t i = 0; i < file.content.size(); ++i) {
    if (file.content[i] == '\n') file.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  files_.push_back(std::move(file));
  return FileId(static_cast<std::int64_t>(files_.size()) - 1);
}

Place SourceMap::place(Span span) const {
  const SourceFile& source = file(span.file);
  const auto offset = std::min<std::size_t>(span.offset, source.content.size());
  const auto after = std::upper_bound(source.line_starts.begin(), source.line_starts.end(), offset);
  const auto start = static_cast<std::size_t>(*(after - 1));
  const std::string_view before = std::string_view(source.content).substr(start, offset - start);
  return {static_cast<int>(after - source.line_starts.begin()),
          static_cast<int>(CountCodePoints(before)) + 1};
}

std::string_view SourceMap::line(FileId id, int line) const {
  const SourceFile& source = file(id);
  if (line < 1 || static_cast<std::size_t>(line) > source.line_starts.size()) return {};
  std::string_view rest = std::string_view(source.content)
                              .substr(source.line_starts[static_cast<std::size_t>(line) - 1]);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view content = file(span.file).content;
  return content.substr(std::min<std::size_t>(span.offset, content.size()), span.length);
}

void Diagnostics::Add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::Error) ++errors_;
  all_.push_back(std::move(diagnostic));
}

void Diagnostics::Sort(const SourceMap& sources) {
  const auto path = [&sources](const Diagnostic& d) {
    return d.span.file.valid() ? std::string_view(sources.file(d.span.file).path)
                               : std::string_view();
  };
  const auto order = [&path](const Diagnostic& a, const Diagnostic& b) {
    return std::tuple(path(a), a.span.file, a.span.offset, a.code, a.span.length, a.message.es,
                      a.article) < std::tuple(path(b), b.span.file, b.span.offset, b.code,
                                              b.span.length, b.message.es, b.article);
  };
  const auto same = [&order](const Diagnostic& a, const Diagnostic& b) {
    return !order(a, b) && !order(b, a) && a.severity == b.severity && a.hint == b.hint;
  };
  std::stable_sort(all_.begin(), all_.end(), order);
  all_.erase(std::unique(all_.begin(), all_.end(), same), all_.end());
  errors_ = static_cast<std::size_t>(std::count_if(
      all_.begin(), all_.end(), [](const auto& d) { return d.severity == Severity::Error; }));
}

std::string Render(const Diagnostic& diagnostic, const SourceMap& sources, Language language) {
  const bool located = diagnostic.span.file.valid();
  std::string out;
  if (located) {
    const Place place = sources.place(diagnostic.span);
    out = sources.file(diagnostic.span.file).path + ":" + std::to_string(place.line) + ":" +
          std::to_string(place.column) + ": ";
  }
  out += SeverityWord(diagnostic.severity, language);
  out += ": " + diagnostic.message.in(language);
  if (!diagnostic.article.empty()) out += " (" + diagnostic.article.str() + ")";
  if (!diagnostic.code.empty()) out += " [" + diagnostic.code + "]";
  out += "\n";
  if (located) out += RenderExcerpt(diagnostic.span, sources);
  if (!diagnostic.hint.empty()) {
    out += (language == Language::English ? "  hint: " : "  pista: ") +
           diagnostic.hint.in(language) + "\n";
  }
  return out;
}

std::string Fold(std::string_view utf8) {
  std::string out(utf8);
  const auto lower_from = [&](std::size_t i) {  // up to what is not ASCII
    for (; i < out.size() && static_cast<unsigned char>(out[i]) < 0x80; ++i) {
      if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] - 'A' + 'a');
    }
    return i;
  };
  std::size_t i = lower_from(0);
  if (i == out.size()) return out;  // most names are plain
  utf8.remove_prefix(i);
  out.resize(i);
  while (!utf8.empty()) {
    const CodePoint point = FirstCodePoint(utf8);
    const std::string_view bytes = utf8.substr(0, point.length);
    utf8.remove_prefix(point.length);
    if (point.value < 0x80) {
      out += bytes;
      lower_from(out.size() - 1);
    } else {
      out += Folded(bytes, point.value);
    }
  }
  return out;
}

// A third of the length: enough for a slip of the hand, too little to propose another word.
std::string NearestName(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string folded = Fold(name);
  if (folded.size() < 2) return {};
  std::size_t best = std::max<std::size_t>(1, folded.size() / 3) + 1;
  std::string nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = EditDistance(folded, Fold(candidate), best);
    if (distance < best || (distance == best && !nearest.empty() && candidate < nearest)) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace cotejo::base
