#include <algorithm>

#include "reports/exposure.h"
#include "reports/format.h"
#include "reports/html/page_data.h"
#include "reports/labels.h"

namespace cotejo::reports {

namespace {

using Kind = PageData::type;
using base::Language;

using Measured = std::pair<const base::Finding*, const exposure::Exposure*>;

PageData Row(const Measured& measured, Language language) {
  const auto& [finding, exposure] = measured;
  PageData row;
  row.set("anchor", FindingAnchor("", *finding));
  row.set("title", Capitalised(finding->title.in(language)));
  row.set("code", CodeLabel(finding->code).in(language));
  row.set("severity", SeverityClass(finding->severity));
  row.set("severity_label", SeverityLabel(finding->severity).in(language));
  row.set("counted", TextOrFalse(Capitalised(DescribeCounted(*exposure).in(language))));
  row.set("why_not", exposure->why_not.in(language));
  if (exposure->figure) {
    row.set("figure", FormatRate(exposure->figure->per_thousand, language));
    row.set("interval", FormatRate(exposure->figure->low, language) +
                            (language == Language::English ? " to " : " a ") +
                            FormatRate(exposure->figure->high, language));
  }
  return row;
}

PageData Rows(const std::vector<Measured>& all, Language language) {
  PageData rows{Kind::list};
  for (const Measured& one : all) rows << Row(one, language);
  return rows;
}

}  // namespace

void SetExposure(PageData& page, const ReportInput& input, Language language) {
  page.set("has_exposure", input.exposure.has_value());
  if (!input.exposure || !input.checks) return;
  std::vector<Measured> measured;
  std::vector<Measured> unmeasured;
  for (const base::Finding& finding : input.checks->findings) {
    const exposure::Exposure* exposure = ExposureOf(input.exposure, finding.id);
    if (exposure != nullptr)
      (exposure->figure ? measured : unmeasured).emplace_back(&finding, exposure);
  }
  // Of two alike, the graver first, as the check has them.
  std::stable_sort(measured.begin(), measured.end(), [](const Measured& a, const Measured& b) {
    return a.second->figure->per_thousand > b.second->figure->per_thousand;
  });
  page.set("exposure_scope", DescribeExposureRun(*input.exposure).in(language));
  SetList(page, "exposures", Rows(measured, language));
  SetList(page, "unmeasured", Rows(unmeasured, language));
  page.set("unmeasured_n", FormatInteger(static_cast<std::int64_t>(unmeasured.size()), language));
}

}  // namespace cotejo::reports
