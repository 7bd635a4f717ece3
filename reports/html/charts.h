// Which charts a forecast deserves, each as a gnuplot script.
#pragma once

#include <string>
#include <vector>

#include "model/base/text.h"
#include "scenarios/calibration/results.h"
#include "scenarios/year/results.h"

namespace cotejo::reports {

struct Chart {
  std::string id;     // unique in the page
  std::string title;  // in the language of the page
  std::string note;
  std::string script;
  bool wide = false;
};

// By month, one for each series; the paired differences of each table and unit that has
// any; the sanctions by article.
std::vector<Chart> PlanCharts(const year::Forecast& forecast, base::Language language);

// The sanctions of the months held out, predicted and observed; the bands of each class fitted,
// against the population file.
std::vector<Chart> PlanCharts(const calibration::Calibration& fitted, base::Language language);

// Round numbers that divide an axis into a few steps, the first at or below `low` and the
// last at or above `high`.
std::vector<double> AxisTicks(double low, double high);

}  // namespace cotejo::reports
