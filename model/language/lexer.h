// Text of a `norma` block → tokens, with the place of each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/base/citation.h"
#include "model/base/date.h"
#include "model/base/rational.h"
#include "model/base/source.h"

namespace cotejo::language {

enum class TokenKind { Name, Number, Date, Time, String, Citation, Symbol, End };

struct Token {
  TokenKind kind = TokenKind::End;
  std::string text;       // Name: as written; String: content; Symbol: the symbol
  std::string folded;     // Name: lower case without accents
  base::Rational number;  // Number; Time: minutes since midnight
  base::Date date;
  base::Citation citation;
  base::Span span;
  bool first_on_line = false;
};

// Past these nobody reads on, and a file that is not a norm would fill the memory.
inline constexpr std::size_t kMostErrors = 200;

// Of a number that is written, and of its denominator.
inline constexpr std::int64_t kLargestNumber = 1'000'000'000'000;

// Tokens of content[begin, end) of a file, closed by one End token. Characters that
// belong to nothing are diagnosed and skipped; after kMostErrors the rest is left out.
std::vector<Token> Lex(const base::SourceMap& sources, base::FileId file, std::uint32_t begin,
                       std::uint32_t end, base::Diagnostics& diagnostics);

}  // namespace cotejo::language
