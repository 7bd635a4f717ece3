// How a line of a regulation opens: an article, a paragraph, an inciso, an instrument …
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cotejo::passages {

// A label and what follows it on the line.
struct Label {
  std::string step;  // of the citation: "46", "III", "a", "unico"
  int value = 0;     // its place in the sequence, from 1
  std::string heading;
  std::string_view rest;
  bool quoted = false;    // opened by a quotation mark: the text of another norm
  bool capitals = false;  // ARTÍCULO, not Artículo
};

// "ARTÍCULO 46. (FALTAS GRAVES)", "Artículo 5°.- (Vigencia)", "ARTÍCULO ÚNICO.-". A mention at
// the start of a broken line ("Artículo 15 del …") is not one.
std::optional<Label> ArticleLabel(std::string_view line);
std::optional<Label> ParagraphLabel(std::string_view line);  // "I. …"
std::optional<Label> ItemLabel(std::string_view line);       // "a) …"
std::optional<Label> NumeralLabel(std::string_view line);    // "1. …", "19. …"
std::optional<Label> OrdinalLabel(std::string_view line);    // "SEGUNDO. - …"
std::optional<Label> NoteLabel(std::string_view line);       // "Nota: …", "Nota. …"

// The label that continues a sequence in the middle of a line: "…; b) …", "…. IX. …", or any
// after an opening quotation mark. `next_paragraph` and `next_item` are 0 when none can follow.
struct InlineLabel {
  std::size_t at = 0;  // where the text before it ends
  Label label;
  bool paragraph = false;
};
std::optional<InlineLabel> FindInlineLabel(std::string_view text, int next_paragraph,
                                           int next_item);

// "LEY2027", "DS25749", "RM033", "LEY19561214" from an instrument's heading; else empty.
std::string InstrumentName(std::string_view line);

// "II. TOLERANCIAS EN NORMA ESPECÍFICA" and "I. Apéndice …": the number, from 1; else 0.
int PartNumber(std::string_view line);
int AppendixNumber(std::string_view line);

// 2 for "PARTE SEGUNDA" alone on its line; else 0.
int SecondPart(std::string_view line);

// TÍTULO, CAPÍTULO, SECCIÓN or ANEXO in capitals at the start of the line.
bool IsDivision(std::string_view line);

// Openings less closings of quotation marks.
int QuoteBalance(std::string_view text);

}  // namespace cotejo::passages
