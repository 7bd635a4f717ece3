#include "reports/html/html.h"

#include <kainjow/mustache.hpp>

#include "reports/html/charts.h"
#include "reports/html/gnuplot.h"
#include "reports/html/page_data.h"
#include "reports/html/page_labels.h"
#include "reports/html/templates.h"

namespace cotejo::reports {

namespace {

using kainjow::mustache::mustache;
using kainjow::mustache::partial;
using Kind = PageData::type;

void SetLabels(PageData& page, base::Language language) {
  const bool english = language == base::Language::English;
  PageData labels;
  for (const PageLabel& label : PageLabels()) {
    labels.set(std::string(label.key), std::string(english ? label.en : label.es));
  }
  page.set("t", labels);
  page.set("lang", std::string(english ? "en" : "es"));
}

void SetParts(PageData& page) {
  for (const auto& [name, text] : PageParts()) {
    page.set(std::string(name), PageData{partial{[text = std::string(text)] { return text; }}});
  }
  page.set("style", std::string(kPageStyle));
}

// A chart that cannot be drawn leaves its reason in its place, and once in the diagnostics.
void SetCharts(PageData& page, const year::Forecast& forecast, const HtmlOptions& options,
               std::vector<base::Diagnostic>& problems) {
  PageData list{Kind::list};
  const std::vector<Chart> charts = PlanCharts(forecast, options.language);
  for (const Chart& chart : charts) {
    const Drawing drawing = DrawWithGnuplot(options.gnuplot, chart.script, chart.id, chart.title);
    PageData data;
    data.set("title", chart.title);
    data.set("note", TextOrFalse(chart.note));
    data.set("size", std::string(chart.wide ? "wide" : ""));
    data.set("svg", TextOrFalse(drawing.svg));
    data.set("problem", TextOrFalse(drawing.problem.in(options.language)));
    list << data;
    if (drawing.problem.empty()) continue;
    if (!problems.empty() && problems.back().message == drawing.problem) continue;
    problems.push_back({.code = "grafico-no-dibujado",
                        .severity = base::Severity::Warning,
                        .span = {},
                        .message = drawing.problem,
                        .hint = {},
                        .article = {}});
  }
  page.set("charts", list);
  page.set("no_charts", charts.empty());
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
    SetCharts(page, *input.forecast, options, result.problems);
  }
  mustache view{std::string(kPageTemplate)};
  result.html = view.render(page);
  return result;
}

}  // namespace cotejo::reports
