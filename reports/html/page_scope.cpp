#include <fmt/format.h>

#include "reports/format.h"
#include "reports/html/page_data.h"
#include "reports/labels.h"

namespace cotejo::reports {

namespace {

using Kind = PageData::type;
using base::Language;

bool English(Language language) { return language == Language::English; }

std::string Validity(const NormInfo& norm, Language language) {
  const bool english = English(language);
  std::string out;
  if (norm.in_force_from) {
    out = std::string(english ? "from " : "desde el ") +
          FormatLongDate(*norm.in_force_from, language);
  }
  if (norm.in_force_to) {
    if (!out.empty()) out += ' ';
    out += std::string(english ? "to " : "hasta el ") + FormatLongDate(*norm.in_force_to, language);
  }
  return out;
}

std::string Dates(const NormInfo& norm, Language language) {
  const std::string validity = Validity(norm, language);
  if (validity.empty()) return "";
  return (English(language) ? "in force " : "vigente ") + validity;
}

PageData Norms(const ReportInput& input, Language language) {
  PageData list{Kind::list};
  for (const NormInfo& norm : input.norms) {
    PageData data;
    data.set("name", norm.name);
    data.set("title", norm.title);
    data.set("rank", norm.rank_name);
    data.set("issued", norm.issued ? FormatLongDate(*norm.issued, language) : std::string("—"));
    const std::string validity = Validity(norm, language);
    data.set("validity", validity.empty() ? std::string("—") : Capitalised(validity));
    data.set("confidence", ConfidenceLabel(norm.confidence).in(language));
    data.set("amendment", norm.amendment);
    data.set("dates", TextOrFalse(Dates(norm, language)));
    list << data;
  }
  return list;
}

// The cover names the regulation under analysis: the norm of that title, among all those
// it rests on.
PageData MainNorms(const ReportInput& input, Language language) {
  PageData list{Kind::list};
  for (const NormInfo& norm : input.norms) {
    if (norm.amendment || norm.title != input.title) continue;
    PageData data;
    data.set("name", norm.name);
    data.set("title", norm.title);
    data.set("dates", TextOrFalse(Dates(norm, language)));
    list << data;
  }
  return list;
}

PageData Readings(const ReportInput& input) {
  PageData list{Kind::list};
  for (const ReadingInfo& reading : input.readings) {
    PageData data;
    data.set("name", reading.name);
    PageData articles{Kind::list};
    for (const base::Citation& article : reading.citations) articles << PageData{article.str()};
    data.set("articles", articles);
    PageData options{Kind::list};
    for (int i = 0; i < static_cast<int>(reading.options.size()); ++i) {
      const ReadingChoice& choice = reading.options[static_cast<std::size_t>(i)];
      PageData option;
      option.set("name", choice.name);
      option.set("description", choice.description);
      option.set("chosen", i == reading.chosen);
      option.set("assumed", i == reading.assumed);
      options << option;
      if (i == reading.chosen) data.set("chosen", choice.name);
    }
    data.set("options", options);
    const bool other = reading.chosen != reading.assumed;
    data.set(
        "instead_of",
        TextOrFalse(other ? reading.options[static_cast<std::size_t>(reading.assumed)].name : ""));
    list << data;
  }
  return list;
}

std::string CoverageText(const Coverage& coverage, std::size_t norms, Language language) {
  return fmt::format(
      fmt::runtime(English(language)
                       ? "{} norms, {} articles, {} rules and rows, {} scales, {} measures, {} "
                         "parameters, {} declarative statements, {} worked cases"
                       : "{} normas, {} artículos, {} reglas y filas, {} escalas, {} medidas, {} "
                         "parámetros, {} declaraciones sin efecto calculable, {} casos resueltos"),
      norms, coverage.provisions, coverage.rules, coverage.scales, coverage.measures,
      coverage.parameters, coverage.statements, coverage.cases);
}

}  // namespace

void SetScope(PageData& page, const ReportInput& input, Language language) {
  page.set("title", input.title);
  page.set("version", input.tool_version);
  page.set("command", input.command);
  page.set("interrupted", input.interrupted);
  page.set("main_norms", MainNorms(input, language));
  page.set("norms", Norms(input, language));
  page.set("checked_year", TextOrFalse(input.gestion > 0 ? std::to_string(input.gestion) : ""));
  page.set("coverage", CoverageText(input.coverage, input.norms.size(), language));
  SetList(page, "readings", Readings(input));
}

}  // namespace cotejo::reports
