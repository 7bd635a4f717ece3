// The official text in the terminal: an import, the coverage ledger, and what depends on what.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/base/citation.h"
#include "model/base/text.h"

namespace cotejo::reports {

struct ChangedPassage {
  base::Citation citation;
  base::Text kind;  // "cambió"
  std::string before, after;
  std::vector<base::Text> encoded_by;
};

struct ImportSummary {
  std::string source;
  std::string norm;
  int articles = 0;    // of the document's own norm
  int provisions = 0;  // articles, paragraphs, incisos, rows …
  int resolution = 0;  // of the act that approves it
  std::vector<base::Citation> without_provision;
  std::vector<base::Citation> without_passage;
  std::vector<ChangedPassage> changes;
};

std::string FormatImport(const ImportSummary& summary, base::Language language);

struct CoverageRow {
  base::Citation citation;
  std::string heading;
  base::Text status;
  std::vector<base::Text> by;
  bool pending = false;
};

struct CoverageTable {
  std::string source;
  std::vector<CoverageRow> rows;
  std::vector<std::pair<base::Text, int>> totals;
  std::vector<base::Citation> without_passage;
  bool pending_only = false;
};

std::string FormatCoverage(const CoverageTable& table, base::Language language);

struct DependencyRow {
  base::Text name;
  base::Citation citation;
  std::vector<base::Text> via;  // nearest to what was asked about first
};

struct DependencyList {
  base::Citation on;
  std::vector<base::Citation> provisions;
  std::vector<DependencyRow> declarations;
};

std::string FormatDependents(const DependencyList& list, base::Language language);

}  // namespace cotejo::reports
