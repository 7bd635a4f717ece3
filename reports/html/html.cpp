#include "reports/html/html.h"

#include <kainjow/mustache.hpp>

#include "reports/html/charts.h"
#include "reports/html/page_data.h"
#include "reports/html/page_pieces.h"
#include "reports/html/templates.h"

namespace cotejo::reports {

namespace {

using kainjow::mustache::mustache;
using kainjow::mustache::partial;
using Kind = PageData::type;

void SetParts(PageData& page) {
  for (const auto& [name, text] : PageParts()) {
    page.set(std::string(name), PageData{partial{[text = std::string(text)] { return text; }}});
  }
  page.set("style", std::string(kPageStyle));
}

}  // namespace

HtmlPage RenderHtml(const ReportInput& input, const HtmlOptions& options) {
  HtmlPage result;
  PageData page;
  SetLabels(page, options.language);
  SetParts(page);
  SetScope(page, input, options.language);
  SetChecks(page, input, options.language);
  SetExposure(page, input, options.language);
  SetAmendments(page, input, options.language);
  const bool forecast = input.forecast && !input.forecast->regulations.empty();
  page.set("has_forecast", forecast);
  if (forecast) {
    SetForecast(page, *input.forecast, options.language);
    SetCharts(page, PlanCharts(*input.forecast, options.language), options, result.problems);
  }
  mustache view{std::string(kPageTemplate)};
  result.html = view.render(page);
  return result;
}

}  // namespace cotejo::reports
