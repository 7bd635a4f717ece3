// The lines of an imported text without page headers, markup and scan noise.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cotejo::passages {

struct TextLine {
  std::string text;  // trimmed; cells of a table are separated by one tab
  int number = 0;    // in the source, from 1
  bool after_blank = false;
};

// Page furniture is what carries the labels of a controlled document ("Código:",
// "Vigente desde:", "Página:" …) and what repeats on most pages.
std::vector<TextLine> CleanLines(std::string_view text);

// No lower-case letter, and at least two letters.
bool IsUpperCase(std::string_view text);

// Words separated by single spaces.
std::string Squeeze(std::string_view text);

}  // namespace cotejo::passages
