// UTF-8: strict validation, and stepping from one code point to the next.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cotejo::base {

// Bytes of the well-formed code point at the start of `text` (1 .. 4); 0 when there is none.
// Overlong forms, surrogates and values past U+10FFFF are not well formed.
std::size_t CodePointLength(std::string_view text);

// The first code point of `text` and its length; an ill-formed byte counts as one U+FFFD.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};
CodePoint FirstCodePoint(std::string_view text);

// An accent that stands by itself after its letter.
bool IsCombining(char32_t value);

// What a character that is not ASCII folds to (base::Fold): its bytes, or a plain letter.
std::string_view Folded(std::string_view bytes, char32_t value);

// Fold(a) == Fold(b), without building either.
bool SameFolded(std::string_view a, std::string_view b);

// Offset of the first byte that is not part of well-formed UTF-8.
std::optional<std::size_t> FirstInvalidByte(std::string_view text);

// Number of code points, with an ill-formed byte counted as one.
std::size_t CountCodePoints(std::string_view text);

// Text in Windows-1252 (Latin-1 and a few signs more) as UTF-8; nothing when it has one of the
// five bytes that mean nothing there.
std::optional<std::string> FromWindows1252(std::string_view bytes);

}  // namespace cotejo::base
