#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "reports/calibration.h"
#include "reports/format.h"
#include "reports/html/page_pieces.h"
#include "reports/html/templates.h"
#include "reports/labels.h"

namespace cotejo::reports {

namespace {

using Kind = PageData::type;
using base::Language;
using base::Text;
using calibration::Estimate;

std::string PerCent(double share, Language language) {
  return FormatNumber(100 * share, 2, language);
}

std::string Between(const std::string& low, const std::string& high, Language language) {
  return low + (language == Language::English ? " to " : " a ") + high;
}

PageData Row(const std::string& label, const Estimate& estimate, bool in_file, Language language) {
  const bool known = estimate.weight > 0;
  PageData row;
  row.set("label", label);
  row.set("value", known ? PerCent(estimate.value, language) : std::string("—"));
  row.set("interval", known ? Between(PerCent(estimate.low, language),
                                      PerCent(estimate.high, language), language)
                            : std::string("—"));
  row.set("file", in_file ? PerCent(estimate.file, language) : std::string("—"));
  return row;
}

// In times a year.
PageData RateRow(const Text& label, const Estimate& estimate, bool fitted, Language language) {
  const auto rate = [language](double value) { return FormatNumber(value, 2, language); };
  PageData row;
  row.set("label", Capitalised(label.in(language)));
  row.set("value", fitted ? rate(estimate.value) : std::string("—"));
  row.set("interval",
          fitted ? Between(rate(estimate.low), rate(estimate.high), language) : std::string("—"));
  row.set("file", rate(estimate.file));
  return row;
}

std::string InPerCent(Language language) {
  return Text{"En porcentaje", "In per cent"}.in(language);
}

PageData ClassTable(const calibration::FittedClass& one, bool absences, Language language) {
  PageData rows{Kind::list};
  const auto add = [&](const Text& name, const Estimate& estimate, bool in_file) {
    rows << Row(name.in(language), estimate, in_file, language);
  };
  add({"Parte del personal", "Part of the staff"}, one.weight, true);
  if (one.fitted) {
    for (const calibration::FittedBand& band : one.bands) {
      const std::string from = std::to_string(band.from);
      const std::string to = std::to_string(band.to);
      add({"Llegadas de " + from + " a " + to + " min", "Arrivals " + from + " to " + to + " min"},
          band.share, true);
    }
    add({"Tramos con un registro omitido", "Shifts with a record left out"}, one.omission, true);
    add({"De ellos, el de ingreso", "Of them, the entry"}, one.missing_entry, true);
    add({"Tramos sin ningún registro", "Shifts without any record"}, one.unrecorded, false);
    if (absences) {
      for (const calibration::FittedSpell& spell : one.absences) {
        rows << RateRow(SpellLabel(spell), spell.per_year, spell.told != calibration::Told::File,
                        language);
      }
    }
  }
  PageData table;
  table.set("name", Text{"Clase «" + one.name + "»", "Class “" + one.name + "”"}.in(language));
  table.set("unit", InPerCent(language));
  table.set("rows", rows);
  table.set("few", !one.fitted);
  return table;
}

PageData TraitTable(const calibration::Calibration& fitted, Language language) {
  PageData rows{Kind::list};
  for (const calibration::FittedTrait& trait : fitted.traits)
    rows << RateRow(TraitLabel(trait), trait.deviation, trait.told, language);
  for (const calibration::FittedPair& pair : fitted.pairs)
    rows << RateRow(TraitLabel(pair), pair.correlation, pair.told, language);
  PageData table;
  table.set("name", Text{"Rasgos de cada persona", "Traits of each person"}.in(language));
  table.set("unit", Text{"Rasgo", "Trait"}.in(language));
  table.set("rows", rows);
  table.set("few", false);
  table.set("help", Capitalised(TraitHelp().in(language)) + ".");
  return table;
}

PageData Classes(const calibration::Calibration& fitted, Language language) {
  PageData rows{Kind::list};
  const auto add = [&](const Text& name, const Estimate& estimate, bool in_file) {
    rows << Row(name.in(language), estimate, in_file, language);
  };
  add({"Llegadas tras la hora fijada", "Arrivals after the fixed hour"}, fitted.late, true);
  add({"Tramos con un registro omitido", "Shifts with a record left out"}, fitted.omission, true);
  add({"Tramos sin ningún registro", "Shifts without any record"}, fitted.unrecorded, false);
  if (fitted.absences.done) {
    rows << RateRow({"inasistencias al año por persona", "absences a year per person"},
                    fitted.absences.per_year, true, language);
  }
  PageData all;
  all.set("name", Text{"Todo el personal", "All the staff"}.in(language));
  all.set("unit", InPerCent(language));
  all.set("rows", rows);
  all.set("few", false);
  PageData list{Kind::list};
  list << all;
  for (const calibration::FittedClass& one : fitted.classes)
    list << ClassTable(one, fitted.absences.done, language);
  if (!fitted.traits.empty()) list << TraitTable(fitted, language);
  return list;
}

PageData Goodness(const calibration::Goodness& goodness, Language language) {
  PageData row;
  row.set("what", Capitalised(goodness.what.in(language)));
  row.set("done", goodness.done);
  row.set("why_not", Capitalised(goodness.why_not.in(language)));
  row.set("statistic", FormatNumber(goodness.statistic, 1, language));
  row.set("degrees", std::to_string(goodness.degrees));
  row.set("p", goodness.p < 0.001 ? "<\u00A0" + FormatNumber(0.001, 3, language)
                                  : FormatNumber(goodness.p, 3, language));
  row.set("effect", FormatNumber(goodness.inflation, 1, language));
  row.set("gap", goodness.one_person ? std::string("—")
                                     : FormatSigned(100 * goodness.largest_gap, 2, language));
  row.set("where", goodness.where.in(language));
  return row;
}

PageData Months(const std::vector<calibration::MonthTest>& tests, int decimals, Language language) {
  PageData months{Kind::list};
  for (const calibration::MonthTest& month : tests) {
    PageData row;
    row.set("month", month.month);
    row.set("observed", FormatNumber(month.observed, decimals, language));
    row.set("predicted", FormatNumber(month.mean, 1, language));
    row.set("range", Between(FormatNumber(month.low, decimals, language),
                             FormatNumber(month.high, decimals, language), language));
    row.set("inside", month.holds());
    row.set("mark", std::string(month.holds() ? "good" : "bad"));
    months << row;
  }
  return months;
}

// How sure the classes are, and what the bands take that is not theirs.
std::string HowSure(const calibration::Calibration& fitted, Language language) {
  std::string out = fmt::format(
      fmt::runtime(Text{"Cada persona es, en promedio, de su clase más probable con {} %.",
                        "Each person is, on average, of their likeliest class with {} %."}
                       .in(language)),
      FormatNumber(100 * fitted.certainty, 1, language));
  if (fitted.earlier + fitted.later == 0) return out;
  return out + " " +
         fmt::format(fmt::runtime(Text{"Llegadas antes de la primera franja y después de la "
                                       "última, que se cuentan en ellas: {} y {}.",
                                       "Arrivals before the first band and after the last, which "
                                       "count in them: {} and {}."}
                                      .in(language)),
                     FormatInteger(fitted.earlier, language),
                     FormatInteger(fitted.later, language));
}

void SetBackTest(PageData& page, const calibration::BackTest& test, Language language) {
  page.set("back_test_scope", test.done ? Text{std::to_string(test.replications) + " repeticiones",
                                               std::to_string(test.replications) + " replications"}
                                              .in(language)
                                        : "");
  page.set("why_no_test", TextOrFalse(Capitalised(test.why_not.in(language))));
  SetList(page, "months", Months(test.months, 0, language));
  SetList(page, "absent_months", Months(test.absent, 1, language));
}

PageData Files(const std::vector<calibration::FilePreview>& files, Language language) {
  PageData list{Kind::list};
  for (const calibration::FilePreview& file : files) {
    PageData tallies{Kind::list};
    for (const calibration::RowTally& tally : file.tallies) {
      PageData row;
      row.set("n", FormatInteger(tally.rows, language));
      row.set("outcome", OutcomeLabel(tally.outcome, tally.rows).in(language));
      row.set("reason", tally.reason.in(language));
      tallies << row;
    }
    PageData data;
    data.set("file", file.path);
    data.set("read_as", file.read_as.in(language));
    data.set("tallies", tallies);
    list << data;
  }
  return list;
}

void SetQuality(PageData& page, const calibration::Quality& quality, Language language) {
  std::string months;
  for (const std::string& month : quality.full) months += (months.empty() ? "" : ", ") + month;
  page.set("full_months", months);
  PageData issues{Kind::list};
  for (const calibration::QualityIssue& issue : quality.issues) {
    PageData row;
    row.set("what", Capitalised(issue.what.in(language)));
    row.set("n", issue.known ? FormatInteger(issue.count, language) : std::string("—"));
    const bool said = !issue.known || issue.count > 0;
    row.set("treatment", said ? issue.treatment.in(language) : "");
    issues << row;
  }
  page.set("issues", issues);
}

}  // namespace

HtmlPage RenderCalibration(const CalibrationReport& report, const HtmlOptions& options) {
  const Language language = options.language;
  HtmlPage result;
  PageData page;
  SetLabels(page, language);
  page.set("style", std::string(kPageStyle));
  page.set("title", report.title);
  page.set("version", report.tool_version);
  page.set("command", report.command);
  const std::string people =
      FormatCount(report.fitted.people, {"persona", "person"}, {"personas", "people"}, language);
  const std::string arrivals = FormatCount(report.fitted.arrivals, {"llegada", "arrival"},
                                           {"llegadas", "arrivals"}, language);
  page.set("scope", Text{"población ", "population "}.in(language) + report.population + " · " +
                        people + " · " + arrivals);
  SetBackTest(page, report.fitted.back_test, language);
  page.set("how_sure", HowSure(report.fitted, language));
  page.set("classes", Classes(report.fitted, language));
  page.set("clock_limits", Capitalised(ClockLimits(report.fitted).in(language)) + ".");
  PageData goodness{Kind::list};
  for (const calibration::Goodness& one : report.fitted.goodness)
    goodness << Goodness(one, language);
  page.set("goodness", goodness);
  SetCharts(page, PlanCharts(report.fitted, language), options, result.problems);
  page.set("files", Files(report.files, language));
  SetQuality(page, report.quality, language);
  kainjow::mustache::mustache view{std::string(kCalibrationTemplate)};
  result.html = view.render(page);
  return result;
}

}  // namespace cotejo::reports
