// The report of a calibration as JSON (docs/informe.md).
#pragma once

#include <string>
#include <string_view>

#include "reports/calibration.h"

namespace cotejo::reports {

inline constexpr std::string_view kCalibrationSchema = "cotejo-calibracion/1";

// Texts carry both languages; equal inputs give equal bytes.
std::string WriteCalibrationJson(const CalibrationReport& report);

}  // namespace cotejo::reports
