#include "model/passages/lines.h"

#include <algorithm>
#include <array>
#include <map>

#include "model/base/source.h"
#include "model/base/utf8.h"

namespace cotejo::passages {
namespace {

bool IsBlankChar(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\r' || c == U'\f' || c == 0xA0 || c == 0x200B ||
         c == 0xFEFF || (c >= 0x2000 && c <= 0x200A) || c == 0x202F;
}

// Drops "**", "*" and tags such as <small>; blanks of any width become spaces, and a tab or a
// wide gap inside the line becomes one tab: that is how columns reach us.
std::string StripMarkup(std::string_view line) {
  std::string out;
  int blanks = 0;
  bool tab = false;
  while (!line.empty()) {
    if (line.front() == '*') {
      line.remove_prefix(1);
      continue;
    }
    if (line.front() == '<') {
      const std::size_t close = line.find('>');
      if (close != std::string_view::npos && close <= 12) {
        line.remove_prefix(close + 1);
        ++blanks;
        continue;
      }
    }
    const base::CodePoint point = base::FirstCodePoint(line);
    if (IsBlankChar(point.value)) {
      ++blanks;
      tab = tab || point.value == U'\t';
    } else {
      if (blanks > 0 && !out.empty()) out += tab || blanks >= 3 ? '\t' : ' ';
      blanks = 0;
      tab = false;
      out += line.substr(0, point.length);
    }
    line.remove_prefix(point.length);
  }
  return out;
}

// The same text on every page, whatever its page number.
std::string Shape(std::string_view line) {
  std::string shape;
  for (const char c : base::Fold(line)) {
    if (c >= '0' && c <= '9') {
      if (shape.empty() || shape.back() != '#') shape += '#';
    } else {
      shape += c == '\t' ? ' ' : c;
    }
  }
  return shape;
}

bool CarriesLabel(std::string_view shape) {
  static constexpr std::array<std::string_view, 4> kLabels = {
      "codigo:", "tipo de documento:", "vigente desde:", "pagina:"};
  return std::any_of(kLabels.begin(), kLabels.end(),
                     [shape](std::string_view label) {
                       return shape.find(label) != std::string_view::npos;
                     }) ||
         (shape.starts_with("titulo:") && shape.find("version:") != std::string_view::npos);
}

}  // namespace

bool IsUpperCase(std::string_view text) {
  int letters = 0;
  while (!text.empty()) {
    const base::CodePoint point = base::FirstCodePoint(text);
    const char32_t c = point.value;
    if ((c >= U'a' && c <= U'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7)) return false;
    if ((c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7)) ++letters;
    text.remove_prefix(point.length);
  }
  return letters >= 2;
}

std::string Squeeze(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::vector<TextLine> CleanLines(std::string_view text) {
  std::vector<TextLine> all;
  std::map<std::string, int, std::less<>> shapes;
  int pages = 0;
  const auto feeds = static_cast<int>(std::count(text.begin(), text.end(), '\f'));  // of a PDF
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    all.push_back({StripMarkup(text.substr(0, end)), number, false});
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string shape = Shape(all.back().text);
    if (!shape.empty()) ++shapes[shape];
    if (shape.find("pagina:") != std::string::npos) ++pages;
  }
  // Below a dozen pages a line that repeats may well be a heading.
  const int most = std::max(12, (feeds > 0 ? feeds : pages) / 3);
  std::vector<TextLine> lines;
  bool blank = true;
  for (TextLine& line : all) {
    const std::string shape = Shape(line.text);
    if (shape.empty() || CarriesLabel(shape) || shapes[shape] > most ||
        (shape.front() == '[' && shape.back() == ']')) {
      blank = true;
      continue;
    }
    line.after_blank = blank;
    blank = false;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace cotejo::passages
