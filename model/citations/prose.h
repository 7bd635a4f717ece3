// Words of a Spanish text with their place in it, and the norms it names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/date.h"

namespace cotejo::citations {

struct Token {
  std::string text;  // folded: lower case, without accents
  std::size_t begin = 0;
  std::size_t end = 0;
  bool capital = false;  // begins with a capital letter
};

// Letters, digits and '_'; everything else separates.
std::vector<Token> TokensOf(std::string_view text);

bool IsNumber(std::string_view word);
bool IsRoman(std::string_view word);  // folded: "iv"
std::string Upper(std::string_view folded);

// "Ley N° 2027", "Decreto Supremo N° 23318-A", "Constitución": LEY2027, DS23318A, CPE.
struct NormPlace {
  std::string name;
  std::size_t next = 0;  // first word after it
};
std::optional<NormPlace> NormAt(std::string_view text, const std::vector<Token>& words,
                                std::size_t i);

// "20 de abril de 2000" at word i; `next` is the first word after it.
struct DatePlace {
  base::Date date;
  std::size_t next = 0;
};
std::optional<DatePlace> DateAt(const std::vector<Token>& words, std::size_t i);

// A norm named with its date: "Decreto Supremo N° 25749, de 20 de abril de 2000". Only marks
// and "de", "del" stand between; in a heading, its title as well.
struct DatedNorm {
  std::string name;
  base::Date date;
  std::size_t begin = 0;  // in the text
  std::size_t end = 0;
};
std::vector<DatedNorm> DatedNormsIn(std::string_view text, bool heading);

}  // namespace cotejo::citations
