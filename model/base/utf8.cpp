#include "model/base/utf8.h"

#include <cstdint>

namespace cotejo::base {
namespace {

std::uint8_t ByteAt(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

bool Between(std::uint8_t byte, int low, int high) { return byte >= low && byte <= high; }

char LowerCase(char byte) {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

bool IsAscii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }

// U+00C0 .. U+00FF without accents; × and ÷ keep themselves.
constexpr std::string_view kFoldedLatin1[64] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "×", "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  "÷", "o", "u", "u", "u", "u", "y", "th", "y"};

// Takes what the first character that is not a mark folds to off the text; empty: nothing left.
std::string_view TakeFolded(std::string_view& text) {
  std::string_view folded;
  while (folded.empty() && !text.empty()) {
    const CodePoint point = FirstCodePoint(text);
    folded = Folded(text.substr(0, point.length), point.value);
    text.remove_prefix(point.length);
  }
  return folded;
}

}  // namespace

// Table 3-7 of the Unicode standard: only the second byte has a narrowed range.
std::size_t CodePointLength(std::string_view text) {
  if (text.empty()) return 0;
  const std::uint8_t lead = ByteAt(text, 0);
  if (lead < 0x80) return 1;
  if (!Between(lead, 0xC2, 0xF4)) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  const int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (!Between(ByteAt(text, 1), low, high)) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!Between(ByteAt(text, i), 0x80, 0xBF)) return 0;
  }
  return length;
}

CodePoint FirstCodePoint(std::string_view text) {
  const std::size_t length = CodePointLength(text);
  if (length == 0) return {U'\uFFFD', text.empty() ? std::size_t{0} : std::size_t{1}};
  const std::uint8_t lead = ByteAt(text, 0);
  if (length == 1) return {lead, 1};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) value = (value << 6) | (ByteAt(text, i) & 0x3FU);
  return {value, length};
}

bool IsCombining(char32_t value) { return value >= 0x300 && value <= 0x36F; }

std::string_view Folded(std::string_view bytes, char32_t value) {
  if (value >= 0xC0 && value <= 0xFF) return kFoldedLatin1[value - 0xC0];
  return IsCombining(value) ? std::string_view() : bytes;
}

bool SameFolded(std::string_view a, std::string_view b) {
  std::size_t same = 0;  // of plain letters, most of which differ in the first one
  const std::size_t shorter = a.size() < b.size() ? a.size() : b.size();
  for (; same < shorter && IsAscii(a[same]) && IsAscii(b[same]); ++same) {
    if (LowerCase(a[same]) != LowerCase(b[same])) return false;
  }
  a.remove_prefix(same);
  b.remove_prefix(same);
  // A character may fold to several, "ß" to "ss": what is left of one waits for the other.
  std::string_view of_a;
  std::string_view of_b;
  while (true) {
    if (of_a.empty()) of_a = TakeFolded(a);
    if (of_b.empty()) of_b = TakeFolded(b);
    if (of_a.empty() || of_b.empty()) return of_a.empty() && of_b.empty();
    if (LowerCase(of_a.front()) != LowerCase(of_b.front())) return false;
    of_a.remove_prefix(1);
    of_b.remove_prefix(1);
  }
}

std::optional<std::size_t> FirstInvalidByte(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = CodePointLength(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::size_t CountCodePoints(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) i += FirstCodePoint(text.substr(i)).length;
  return count;
}

std::optional<std::string> FromWindows1252(std::string_view bytes) {
  // 0x80 .. 0x9F; the rest is the same in Latin-1, whose numbers are those of Unicode.
  static constexpr char32_t kSigns[32] = {
      0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t byte = ByteAt(bytes, i);
    const char32_t point = Between(byte, 0x80, 0x9F) ? kSigns[byte - 0x80] : byte;
    if (point == 0 && byte != 0) return std::nullopt;
    if (point < 0x80) {
      text += static_cast<char>(point);
    } else if (point < 0x800) {
      text += static_cast<char>(0xC0 | (point >> 6));
      text += static_cast<char>(0x80 | (point & 0x3F));
    } else {
      text += static_cast<char>(0xE0 | (point >> 12));
      text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
      text += static_cast<char>(0x80 | (point & 0x3F));
    }
  }
  return text;
}

}  // namespace cotejo::base
