#include "reports/html/page_pieces.h"

#include "reports/html/gnuplot.h"
#include "reports/html/page_labels.h"

namespace cotejo::reports {

using Kind = PageData::type;

void SetLabels(PageData& page, base::Language language) {
  const bool english = language == base::Language::English;
  PageData labels;
  for (const PageLabel& label : PageLabels()) {
    labels.set(std::string(label.key), std::string(english ? label.en : label.es));
  }
  page.set("t", labels);
  page.set("lang", std::string(english ? "en" : "es"));
  // On what is the regulation's own, and stays in Spanish, for who listens to the page.
  page.set("es", std::string(english ? " lang=\"es\"" : ""));
}

void SetCharts(PageData& page, const std::vector<Chart>& charts, const HtmlOptions& options,
               std::vector<base::Diagnostic>& problems) {
  PageData list{Kind::list};
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

}  // namespace cotejo::reports
