#include "reports/exposure.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/format.h"

namespace cotejo::reports {
namespace {

using base::Language;

std::string In(const exposure::ExposureReport& report, const exposure::Figure& figure,
               Language language) {
  const bool english = language == Language::English;
  if (figure.met == 0) {
    return fmt::format(
        fmt::runtime(english ? "none of {} staff-years (95 % CI: 0 to {} in a thousand)"
                             : "ninguno de {} años-persona (IC 95 %: 0 a {} de cada mil)"),
        FormatInteger(report.years(), language), FormatRate(figure.high, language));
  }
  return fmt::format(fmt::runtime(english ? "{} in a thousand staff-years (95 % CI: {} to {})"
                                          : "{} de cada mil años-persona (IC 95 %: {} a {})"),
                     FormatRate(figure.per_thousand, language), FormatRate(figure.low, language),
                     FormatRate(figure.high, language));
}

std::string RunIn(const exposure::ExposureReport& report, Language language) {
  return fmt::format(
      fmt::runtime(language == Language::English
                       ? "population {}, year {}, {} people, {} replications, seed {}"
                       : "población {}, gestión {}, {} personas, {} repeticiones, semilla {}"),
      report.population, report.gestion, FormatInteger(report.staff, language),
      FormatInteger(report.replications, language), report.seed);
}

}  // namespace

std::string FormatRate(double per_thousand, Language language) {
  const int decimals = per_thousand >= 10 ? 1 : per_thousand >= 1 ? 2 : 3;
  return FormatNumber(per_thousand, per_thousand == 0 ? 0 : decimals, language);
}

const exposure::Exposure* ExposureOf(const std::optional<exposure::ExposureReport>& report,
                                     std::string_view finding) {
  if (!report) return nullptr;
  const auto found =
      std::find_if(report->findings.begin(), report->findings.end(),
                   [&](const exposure::Exposure& one) { return one.finding == finding; });
  return found == report->findings.end() ? nullptr : &*found;
}

base::Text DescribeExposure(const exposure::ExposureReport& report,
                            const exposure::Exposure& exposure) {
  if (!exposure.figure)
    return {"no se mide: " + exposure.why_not.es, "not measured: " + exposure.why_not.en};
  return {In(report, *exposure.figure, Language::Spanish),
          In(report, *exposure.figure, Language::English)};
}

base::Text DescribeCounted(const exposure::Exposure& exposure) {
  if (!exposure.figure) return {};
  return {"se cuenta el año en que " + exposure.counted.es,
          "a year counts when " + exposure.counted.en};
}

base::Text DescribeExposureRun(const exposure::ExposureReport& report) {
  return {RunIn(report, Language::Spanish), RunIn(report, Language::English)};
}

}  // namespace cotejo::reports
