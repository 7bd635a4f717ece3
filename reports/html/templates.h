// The page's template, its parts and its style sheet, as mustache text.
//
// No word of a language stands in a template: every label is {{t.key}}, from page_labels.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace cotejo::reports {

extern const std::string_view kPageTemplate;
extern const std::string_view kSummaryTemplate;
extern const std::string_view kCatalogueTemplate;
extern const std::string_view kFindingsTemplate;
extern const std::string_view kExposureTemplate;
extern const std::string_view kAmendmentsTemplate;
extern const std::string_view kForecastTemplate;
extern const std::string_view kAppendixTemplate;
extern const std::string_view kCalibrationTemplate;  // a page of its own
extern const std::string_view kPageStyle;

// The parts by the name the page includes them with: {{> resumen}}.
std::vector<std::pair<std::string_view, std::string_view>> PageParts();

}  // namespace cotejo::reports
