// The report's input as the data the page's template asks for.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

#include "model/base/text.h"
#include "reports/report.h"

namespace cotejo::reports {

using PageData = kainjow::mustache::data;

// Mustache takes an empty string for true; a section over a text that may be empty needs
// this instead.
PageData TextOrFalse(const std::string& text);
// Escaped, with a place to break a line after each '_': for {{{…}}}.
std::string Breakable(const std::string& name);
// A list under `name` and whether it has anything under `has_name`.
void SetList(PageData& data, const std::string& name, const PageData& list);

// What an id may hold in a page and after '#'.
std::string Identifier(const std::string& text);

// error, warning, information: names of the style too.
std::string SeverityClass(base::FindingSeverity severity);
std::string FindingAnchor(const std::string& prefix, const base::Finding& finding);
// What the page says for all findings at once.
struct ShownReadings {
  base::Text common;              // a finding that rests on it does not say so again
  std::vector<base::Text> tried;  // assignments
  const std::optional<exposure::ExposureReport>* exposure = nullptr;  // of the text in force
};

// What the part `hallazgos` shows.
PageData FindingList(const std::vector<const base::Finding*>& findings, const std::string& prefix,
                     const ShownReadings& shown, base::Language language);

// The catalogue and what became of each check, findings by group and severity, those
// suppressed, totals, verdict and queries; nothing when the input was not checked.
void SetChecks(PageData& page, const ReportInput& input, base::Language language);
// `exposure`: the findings that were measured, the most exposed first, and those that were not.
void SetExposure(PageData& page, const ReportInput& input, base::Language language);
// `amendments`, each with what it does to the findings.
void SetAmendments(PageData& page, const ReportInput& input, base::Language language);
// Headline, tables and assumptions; the charts are set by the caller, who can draw.
void SetForecast(PageData& page, const year::Forecast& forecast, base::Language language);
// Cover, coverage, norms and readings.
void SetScope(PageData& page, const ReportInput& input, base::Language language);

}  // namespace cotejo::reports
