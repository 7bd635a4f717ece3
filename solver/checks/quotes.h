// What the checks of the imported text share: its pieces, what is quoted of them, and how
// their findings and records are made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/base/finding.h"
#include "model/passages/document.h"

namespace cotejo::checks {

// A text of the document that is said in one place. It points into the document.
struct Piece {
  base::Citation citation;  // of a heading over several provisions, the norm
  std::string_view text;
  bool heading = false;
  bool own = true;  // of the regulation itself, not of a norm it transcribes
  int line = 0;
};

// Headings, provisions and the act that approves them, in the order of the text.
std::vector<Piece> PiecesOf(const passages::Document& document);

// The words from `begin` to `end`, with those around them.
base::PassageQuote QuoteOf(const Piece& piece, std::size_t begin, std::size_t end);

// A finding that rests on words shown, with the articles they are in. `key` tells it from the
// others of its code.
base::Finding TextFinding(const std::string& code, base::FindingSeverity severity,
                          const std::string& key, base::Text title, base::Text explanation);

// Adds what one question found, proved when there is nothing. A finding rests on words of the
// "texto", on all that a "grafo" has, or on what the "intérprete" answered.
void RecordLooked(base::CheckReport& report, const std::string& code, const std::string& what,
                  const char* engine, bool found, base::Text bounds);
// … and one that could not be put.
void RecordNotPut(base::CheckReport& report, const std::string& code, const std::string& what,
                  const char* engine, base::Text reason);

// "3 artículos", "1 artículo": a count with its noun.
std::string Counted(std::size_t count, const char* one, const char* many);

}  // namespace cotejo::checks
