// What was made of each provision of an imported document: encoded, declarative, deferring,
// or pending.
#pragma once

#include <string>
#include <vector>

#include "model/citations/mentions.h"
#include "model/passages/document.h"

namespace cotejo::passages {

enum class CoverStatus {
  Encoded,      // a declaration cites it, or something inside it that the document does not part
  Declarative,  // `declara`, `deber`, `tutela`
  Deferring,    // `remite`
  ByParts,      // all its paragraphs, incisos and rows are covered
  Pending,
};

struct CoveredProvision {
  Citation citation;
  PassageKind kind = PassageKind::Article;
  std::string heading;
  CoverStatus status = CoverStatus::Pending;
  std::vector<base::Text> by;  // the declarations, each once, in the order of the model
};

struct CoverageLedger {
  std::vector<CoveredProvision> provisions;  // in the order of the document
  // Citations of the model, of norms the document reproduces, that fall in no passage.
  std::vector<Citation> without_passage;

  [[nodiscard]] int Count(CoverStatus status) const;
  [[nodiscard]] std::vector<Citation> Pending() const;
  // The model cites of that norm what falls in no passage.
  [[nodiscard]] bool Misses(const std::string& norm) const;
};

CoverageLedger BuildLedger(const rules::Ruleset& rules,
                           const std::vector<language::NormFile>& files, const Document& document);

base::Text Describe(CoverStatus status);

// The norm the regulation is about: the one that gives it its title or, failing that, the one
// with most articles summarised in its files.
std::string MainNorm(const rules::Ruleset& rules);

}  // namespace cotejo::passages
