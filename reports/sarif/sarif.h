// The findings of a check as SARIF 2.1.0, for editors and code hosts that show analyses.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "model/base/citation.h"
#include "model/base/text.h"
#include "reports/report.h"

namespace cotejo::reports {

// A place in a file; the path is relative, with '/'.
struct SourcePlace {
  std::string path;
  int line = 0;    // from 1
  int column = 0;  // from 1, in characters
};

struct SarifOptions {
  base::Language language = base::Language::Spanish;
  std::map<base::Citation, SourcePlace> places;  // where each article is first declared
  const base::CheckReport* baseline = nullptr;   // an earlier check to compare with
  bool same_readings = true;                     // … made under those of this one
  std::optional<ExitStatus> status;              // what the order ends with; else by the findings
};

// One run over the regulation in force. A finding stands at the first of its articles that is
// declared anywhere, and the places of its other articles are related ones; its fingerprint
// is its stable id. What was left undecided or not run is a notification of the run.
std::string WriteSarif(const ReportInput& input, const SarifOptions& options);

}  // namespace cotejo::reports
