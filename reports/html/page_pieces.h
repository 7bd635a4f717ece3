// What every page has: its labels in the language, and its charts, drawn.
#pragma once

#include <vector>

#include "reports/html/charts.h"
#include "reports/html/html.h"
#include "reports/html/page_data.h"

namespace cotejo::reports {

// `t`, the labels, and `lang`.
void SetLabels(PageData& page, base::Language language);

// `charts`. One that cannot be drawn leaves its reason in its place, and once in `problems`.
void SetCharts(PageData& page, const std::vector<Chart>& charts, const HtmlOptions& options,
               std::vector<base::Diagnostic>& problems);

}  // namespace cotejo::reports
