#include "model/base/utf8.h"

#include <cstdint>

namespace cotejo::base {
namespace {

std::uint8_t ByteAt(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

bool Between(std::uint8_t byte, int low, int high) { return byte >= low && byte <= high; }

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

}  // namespace cotejo::base
