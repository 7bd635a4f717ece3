// Findings somebody answered for: the TOML file that says so, and what it makes of a check.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "model/base/source.h"

namespace cotejo::reports {

inline constexpr const char* kSuppressionsName = "supresiones.toml";
inline constexpr const char* kLapsedCode = "supresión-vencida";
inline constexpr const char* kUnusedCode = "supresión-sin-uso";

struct SuppressionEntry {
  std::string finding;  // id
  base::Suppression suppression;
  base::Span span;
};

struct Suppressions {
  std::string file;  // as it is named to the reader
  std::vector<SuppressionEntry> entries;
};

// Every entry has `hallazgo`, `motivo`, `responsable` and `vence`; whatever is wrong is
// diagnosed at its place, and then there is nothing.
std::optional<Suppressions> ReadSuppressions(base::SourceMap& sources, const std::string& path,
                                             base::Diagnostics& diagnostics);

// Where each entry is, by the ids of the findings it may become.
std::map<std::string, base::Place> PlacesOf(const Suppressions& suppressions,
                                            const base::SourceMap& sources);

struct SuppressionRun {
  const Suppressions* suppressions = nullptr;  // null: there is no file of them
  base::Date today;
  // Every check ran, under the regulation's own readings: what is then not found is not there.
  bool whole = true;
};

// Marks the findings of the reports that a suppression still in force names, and adds as
// findings the suppressions that lapsed and those that name no finding of any of the reports
// (the text in force and its amendments). The codes that the catalogue of a report does not
// list are not looked for.
void Suppress(const SuppressionRun& run, const std::vector<base::CheckReport*>& reports);

}  // namespace cotejo::reports
