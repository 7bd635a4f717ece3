#include "model/base/citation.h"

#include <algorithm>
#include <optional>

namespace cotejo::base {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameChar(char c) { return IsLetter(c) || IsDigit(c) || c == '_'; }

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsNameChar);
}

int RomanDigit(char c) {
  switch (c) {
    case 'I':
      return 1;
    case 'V':
      return 5;
    case 'X':
      return 10;
    case 'L':
      return 50;
    default:
      return 0;
  }
}

// The value of a numeral in Roman capitals up to L: no article has more paragraphs. "IIII" is
// read too, since only the order matters here.
std::optional<int> Roman(std::string_view text) {
  int total = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int here = RomanDigit(text[i]);
    if (here == 0) return std::nullopt;
    const int next = i + 1 < text.size() ? RomanDigit(text[i + 1]) : 0;
    total += next > here ? -here : here;
  }
  return text.empty() ? std::nullopt : std::optional<int>(total);
}

// Sort key of one step of a path: numbers by value, then Roman numerals by value, then text.
struct Step {
  int kind = 2;
  std::size_t length = 0;  // of the digits, so that longer numbers come later
  int roman = 0;
  std::string_view text;
  friend auto operator<=>(const Step&, const Step&) = default;
};

Step KeyOf(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  if (digits > 0) return {0, digits, 0, text};
  if (const auto roman = Roman(text)) return {1, 0, *roman, text};
  return {2, 0, 0, text};
}

}  // namespace

std::string Citation::str() const {
  std::string out = norm;
  for (std::size_t i = 0; i < path.size(); ++i) out += (i == 0 ? ":" : ".") + path[i];
  return out;
}

bool Citation::within(const Citation& outer) const {
  return norm == outer.norm && path.size() >= outer.path.size() &&
         std::equal(outer.path.begin(), outer.path.end(), path.begin());
}

Citation ParseCitation(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view norm = text.substr(0, colon);
  if (!IsName(norm) || !IsLetter(norm.front())) return {};
  Citation citation{std::string(norm), {}};
  if (colon == std::string_view::npos) return citation;
  std::string_view rest = text.substr(colon + 1);
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string_view step = rest.substr(0, dot);
    if (!IsName(step)) return {};
    citation.path.emplace_back(step);
    if (dot == std::string_view::npos) return citation;
    rest.remove_prefix(dot + 1);
  }
}

bool ReadsBefore(const Citation& a, const Citation& b) {
  if (a.norm != b.norm) return a.norm < b.norm;
  return std::lexicographical_compare(
      a.path.begin(), a.path.end(), b.path.begin(), b.path.end(),
      [](const std::string& x, const std::string& y) { return KeyOf(x) < KeyOf(y); });
}

std::string JoinCitations(std::vector<Citation> citations) {
  std::sort(citations.begin(), citations.end(), ReadsBefore);
  citations.erase(std::unique(citations.begin(), citations.end()), citations.end());
  std::string out;
  for (const Citation& citation : citations) {
    if (!out.empty()) out += ", ";
    out += citation.str();
  }
  return out;
}

}  // namespace cotejo::base
