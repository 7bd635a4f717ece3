// The report as one self-contained HTML page, in Spanish or in English.
#pragma once

#include <string>
#include <vector>

#include "model/base/source.h"
#include "model/base/text.h"
#include "reports/calibration.h"
#include "reports/report.h"

namespace cotejo::reports {

struct HtmlOptions {
  base::Language language = base::Language::Spanish;
  std::string gnuplot = "gnuplot";  // program that draws the charts, looked for in PATH
};

struct HtmlPage {
  std::string html;
  // Charts that could not be drawn; the page says so in the place of each.
  std::vector<base::Diagnostic> problems;
};

HtmlPage RenderHtml(const ReportInput& input, const HtmlOptions& options = {});
HtmlPage RenderCalibration(const CalibrationReport& report, const HtmlOptions& options = {});

}  // namespace cotejo::reports
