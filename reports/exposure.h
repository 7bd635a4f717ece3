// How reports say how many staff-years meet a finding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/base/text.h"
#include "scenarios/exposure/results.h"

namespace cotejo::reports {

// Staff-years in a thousand: rare things need more digits than common ones.
std::string FormatRate(double per_thousand, base::Language language);

// Null when none was measured for that id.
const exposure::Exposure* ExposureOf(const std::optional<exposure::ExposureReport>& report,
                                     std::string_view finding);

// "12,3 de cada mil años-persona (IC 95 %: 11,2 a 13,4)", "ninguno de 44.000 años-persona …", "no
// se mide: …".
base::Text DescribeExposure(const exposure::ExposureReport& report,
                            const exposure::Exposure& exposure);
// "se cuenta el año en que …"; empty when it is not measured.
base::Text DescribeCounted(const exposure::Exposure& exposure);
// "población defensoria-2025, gestión 2026, 220 personas, 200 réplicas, semilla 2025"
base::Text DescribeExposureRun(const exposure::ExposureReport& report);

}  // namespace cotejo::reports
