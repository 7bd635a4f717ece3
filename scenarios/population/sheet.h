// The text of a file that people export from a spreadsheet or a clock, whatever its encoding.
#pragma once

#include <optional>
#include <string>

namespace cotejo::population {

struct Decoded {
  std::string text;      // without a mark of its encoding
  std::string encoding;  // as it is told
};

// UTF-8, UTF-16LE with its mark, or Windows-1252; nothing for what is no text in any of them.
std::optional<Decoded> Decode(const std::string& bytes);

}  // namespace cotejo::population
