// The words every kind of report shares: severities, verdicts, units, tables.
#pragma once

#include <string>
#include <string_view>

#include "model/base/finding.h"
#include "model/base/text.h"
#include "model/rules/ruleset.h"
#include "scenarios/year/results.h"

namespace cotejo::reports {

base::Text SeverityLabel(base::FindingSeverity severity);
base::Text SeverityPlural(base::FindingSeverity severity);
base::Text VerdictLabel(base::Verdict verdict);
base::Text EvidenceLabel(base::Evidence evidence);
base::Text ConfidenceLabel(rules::Confidence confidence);
base::Text UnitLabel(year::CellUnit unit);        // after the label of a row: "Bs", "días"
base::Text TableLabel(std::string_view table);    // of year::Cell::table
base::Text EngineLabel(std::string_view engine);  // of base::QueryRecord::engine
base::Text CodeLabel(std::string_view code);      // of base::Finding::code

}  // namespace cotejo::reports
