// The report of a sensitivity analysis as JSON (docs/informe.md).
#pragma once

#include <string>
#include <string_view>

#include "reports/report.h"
#include "scenarios/study/results.h"

namespace cotejo::reports {

inline constexpr std::string_view kSensitivitySchema = "cotejo-sensibilidad/1";

// `run`: its title, the command and the version. Effects are in the unit of the cell (bolivianos,
// days); shares, parts of one.
std::string WriteSensitivityJson(const ReportInput& run, const study::SensitivityReport& report);

}  // namespace cotejo::reports
