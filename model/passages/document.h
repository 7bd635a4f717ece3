// A document as imported: its provisions, each with a citation, its text and the text's digest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/base/citation.h"
#include "model/base/source.h"

namespace cotejo::passages {

using base::Citation;

enum class PassageKind {
  Article,
  Paragraph,  // I., II. …
  Item,       // a), b) …
  Numeral,    // 1., 2. …
  Bullet,
  Row,    // of a table of causes and sanctions
  Table,  // any other table
  Note,
  Ordinal,  // PRIMERO.- …
  Part,     // an appendix, an introduction, an instrument's text without articles
};

// One provision. `text` is its own: what its paragraphs and incisos say is theirs. Words are
// separated by single spaces, so that page breaks and line ends do not change the digest.
struct Passage {
  Citation citation;
  PassageKind kind = PassageKind::Article;
  std::string heading;  // "DEBERES CON LA ENTIDAD"
  std::string text;
  std::string sha256;  // of heading, line end and text
  int line = 0;        // where it begins in the text read; from 1
  int copies = 1;      // times the document reproduces it
};

// A title, chapter, section, part or instrument: order, not provision.
struct Division {
  std::string text;
  int line = 0;
};

struct Document {
  std::string norm;                 // the norm whose articles are the document's own
  std::vector<Passage> passages;    // in the order of the text, each citation once
  std::vector<Passage> resolution;  // of the act that approves it; NORM:RES.1 …
  std::vector<Division> divisions;

  [[nodiscard]] const Passage* Find(const Citation& citation) const;
};

// Reads a document's text (docs/importar.md says how each piece is cited). Gaps and
// repetitions in the numbering are warnings; a text without articles is an error.
Document ReadDocument(const base::SourceMap& sources, base::FileId file, std::string_view norm,
                      base::Diagnostics& diagnostics);

// Lower-case hexadecimal SHA-256.
std::string Sha256(std::string_view bytes);

}  // namespace cotejo::passages
