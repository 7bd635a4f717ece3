// What calibrar shows: the rows read, what is wrong with them, the figures and how well they do.
#include "reports/calibration.h"

#include <fmt/format.h>

#include "reports/format.h"
#include "reports/terminal/terminal.h"

namespace cotejo::reports {
namespace {

using base::Language;
using base::Text;
using calibration::Estimate;

std::string PerCent(double value, Language language) {
  return FormatNumber(100 * value, 2, language);
}

// "3,41  [2,90; 3,98]  5,12", in parts of a hundred.
std::string Row(const std::string& name, const Estimate& e, bool known, bool in_file,
                Language language) {
  const std::string interval =
      "[" + PerCent(e.low, language) + "; " + PerCent(e.high, language) + "]";
  return "  " + PadRight(Shorten(name, 44), 44) +
         PadLeft(known ? PerCent(e.value, language) : "—", 9) +
         PadLeft(known ? interval : "—", 20) +
         PadLeft(in_file ? PerCent(e.file, language) : "—", 11) + "\n";
}

// In times a year.
std::string RateRow(const Text& name, const Estimate& e, bool fitted, Language language) {
  const auto rate = [language](double value) { return FormatNumber(value, 2, language); };
  return "  " + PadRight(Shorten(name.in(language), 44), 44) +
         PadLeft(fitted ? rate(e.value) : "—", 9) +
         PadLeft(fitted ? "[" + rate(e.low) + "; " + rate(e.high) + "]" : "—", 20) +
         PadLeft(rate(e.file), 11) + "\n";
}

// Of people's own factors; the reason why a figure stays goes under it.
template <typename Fitted>
std::string TraitRow(const Fitted& fitted, const Estimate& e, Language language) {
  if (fitted.told) return RateRow(TraitLabel(fitted), e, true, language);
  Fitted plain = fitted;
  plain.why_not = {};
  return RateRow(TraitLabel(plain), e, false, language) + "    " +
         Text{"como en el archivo: ", "as in the file: "}.in(language) +
         fitted.why_not.in(language) + "\n";
}

std::string Traits(const calibration::Calibration& fitted, Language language) {
  if (fitted.traits.empty()) return {};
  std::string out = Text{"rasgos", "traits"}.in(language) + "\n";
  for (const calibration::FittedTrait& trait : fitted.traits)
    out += TraitRow(trait, trait.deviation, language);
  for (const calibration::FittedPair& pair : fitted.pairs)
    out += TraitRow(pair, pair.correlation, language);
  return out + "  " + TraitHelp().in(language) + "\n";
}

std::string BandName(const calibration::FittedBand& band, Language language) {
  const std::string from = std::to_string(band.from);
  const std::string to = std::to_string(band.to);
  return Text{"llegadas de " + from + " a " + to + " min",
              "arrivals " + from + " to " + to + " min"}
      .in(language);
}

std::string Class(const calibration::FittedClass& c, bool absences, Language language) {
  const auto row = [&](const Text& name, const Estimate& e, bool in_file) {
    return Row(name.in(language), e, e.weight > 0, in_file, language);
  };
  std::string out = Text{"clase «" + c.name + "»", "class '" + c.name + "'"}.in(language) + "\n";
  out += row({"parte del personal", "part of the staff"}, c.weight, true);
  if (!c.fitted) {
    return out + "  " +
           Text{"menos de 10 personas: lo demás queda como en el archivo",
                "fewer than 10 people: the rest stays as in the file"}
               .in(language) +
           "\n";
  }
  for (const calibration::FittedBand& band : c.bands)
    out += Row(BandName(band, language), band.share, true, true, language);
  out += row({"tramos con un registro omitido", "shifts with a record left out"}, c.omission, true);
  out += row({"  de ellos, el de ingreso", "  of them, the entry"}, c.missing_entry, true);
  out += row({"tramos sin ningún registro", "shifts without any record"}, c.unrecorded, false);
  if (!absences) return out;
  for (const calibration::FittedSpell& spell : c.absences) {
    out +=
        RateRow(SpellLabel(spell), spell.per_year, spell.told != calibration::Told::File, language);
  }
  return out;
}

std::string Fit(const calibration::Goodness& g, Language language) {
  std::string out = "  " + g.what.in(language) + ": ";
  if (!g.done) return out + g.why_not.in(language) + "\n";
  const std::string p =
      g.p < 0.001 ? "< " + FormatNumber(0.001, 3, language) : "= " + FormatNumber(g.p, 3, language);
  out += fmt::format("χ² = {} ", FormatNumber(g.statistic, 1, language));
  if (g.inflation > 1) {
    out += fmt::format(fmt::runtime(Text{"(entre {} por el parecido de lo de una misma persona) ",
                                         "(over {} for the likeness of what one person does) "}
                                        .in(language)),
                       FormatNumber(g.inflation, 1, language));
  }
  return out + fmt::format(fmt::runtime(Text{"con {} grados de libertad, p {}; mayor diferencia {} "
                                             "puntos, {}\n",
                                             "with {} degrees of freedom, p {}; largest gap {} "
                                             "points, {}\n"}
                                            .in(language)),
                           g.degrees, p, FormatSigned(100 * g.largest_gap, 2, language),
                           g.where.in(language));
}

std::string Months(const std::vector<calibration::MonthTest>& months, const Text& row, int decimals,
                   Language language) {
  std::string out;
  for (const calibration::MonthTest& month : months) {
    const auto number = [&](double value, int places) {
      return FormatNumber(value, places, language);
    };
    out += fmt::format(fmt::runtime(row.in(language)), month.month,
                       number(month.observed, decimals), number(month.mean, 1),
                       number(month.low, decimals), number(month.high, decimals),
                       month.holds() ? "" : Text{" — fuera", " — outside"}.in(language));
  }
  return out;
}

std::string BackTest(const calibration::BackTest& test, Language language) {
  std::string out =
      "\n" +
      Text{"sanciones de los meses apartados", "sanctions of the months held out"}.in(language);
  if (!test.done) return out + ": " + test.why_not.in(language) + "\n";
  out +=
      fmt::format(fmt::runtime(Text{" ({} repeticiones, con lo ajustado a los meses anteriores)\n",
                                    " ({} replications, as fitted to the months before)\n"}
                                   .in(language)),
                  test.replications);
  out += Months(test.months,
                {"  {}: observadas {}; previstas {} [{}; {}]{}\n",
                 "  {}: observed {}; predicted {} [{}; {}]{}\n"},
                0, language);
  if (test.absent.empty()) return out;
  out +=
      Text{
          "días de inasistencia de los meses apartados (entran en las sanciones, todos sin "
          "justificar)\n",
          "days of absence of the months held out (counted in the sanctions, none justified)\n"}
          .in(language);
  out += Months(test.absent,
                {"  {}: observados {}; previstos {} [{}; {}]{}\n",
                 "  {}: observed {}; predicted {} [{}; {}]{}\n"},
                1, language);
  return out;
}

}  // namespace

std::string FormatPreview(const std::vector<calibration::FilePreview>& files,
                          const TerminalOptions& options) {
  const Language language = options.language;
  std::string out;
  for (const calibration::FilePreview& file : files) {
    out += file.path + "\n  " + file.read_as.in(language) + "\n  ";
    out += FormatCount(file.rows, {"fila", "row"}, {"filas", "rows"}, language);
    for (const auto outcome : {calibration::Outcome::Accepted, calibration::Outcome::Inferred,
                               calibration::Outcome::Rejected}) {
      const std::int64_t rows = file.count(outcome);
      out += " · " + FormatInteger(rows, language) + " " + OutcomeLabel(outcome, rows).in(language);
    }
    out += "\n";
    for (const calibration::RowTally& tally : file.tallies) {
      out += "    " + FormatInteger(tally.rows, language) + " " +
             OutcomeLabel(tally.outcome, tally.rows).in(language) + ": " +
             tally.reason.in(language) + "\n";
      for (const calibration::RowExample& example : tally.examples) {
        out += "      " + Text{"línea ", "line "}.in(language) + std::to_string(example.line) +
               (example.shown.empty() ? "" : ": " + example.shown) + "\n";
      }
    }
  }
  return out + "\n";
}

std::string FormatQuality(const calibration::Quality& quality, const TerminalOptions& options) {
  const Language language = options.language;
  std::string out = Text{"calidad de los datos", "quality of the data"}.in(language) + "\n  ";
  std::string months;
  for (const std::string& month : quality.full) months += (months.empty() ? "" : ", ") + month;
  if (months.empty()) months = Text{"ninguno", "none"}.in(language);
  out += Text{"meses completos: ", "full months: "}.in(language) + months + "\n";
  for (const calibration::QualityIssue& issue : quality.issues) {
    out += "  " + issue.what.in(language) + ": ";
    if (!issue.known) {
      out += issue.treatment.in(language) + "\n";
      continue;
    }
    out += FormatInteger(issue.count, language);
    std::string examples;
    for (const std::string& example : issue.examples)
      examples += (examples.empty() ? " (" : ", ") + example;
    if (!examples.empty()) {
      const auto shown = static_cast<std::int64_t>(issue.examples.size());
      out += examples + (shown < issue.count ? ", …)" : ")");
    }
    out += (issue.count > 0 ? "; " + issue.treatment.in(language) : "") + "\n";
  }
  return out + "\n";
}

std::string FormatCalibration(const calibration::Calibration& fitted,
                              const TerminalOptions& options) {
  const Language language = options.language;
  std::string out = fmt::format(
      fmt::runtime(Text{"ajuste a {} y {}; cada una es, en promedio, de su clase "
                        "más probable con {} %\n",
                        "fitted to {} and {}; each is, on average, of its likeliest "
                        "class with {} %\n"}
                       .in(language)),
      FormatCount(fitted.people, {"persona", "person"}, {"personas", "people"}, language),
      FormatCount(fitted.arrivals, {"llegada", "arrival"}, {"llegadas", "arrivals"}, language),
      FormatNumber(100 * fitted.certainty, 1, language));
  if (fitted.earlier + fitted.later > 0) {
    out += fmt::format(
        fmt::runtime(
            Text{"llegadas antes de la primera franja y después de la última, que se cuentan "
                 "en ellas: {} y {}\n",
                 "arrivals before the first band and after the last, which count in "
                 "them: {} and {}\n"}
                .in(language)),
        FormatInteger(fitted.earlier, language), FormatInteger(fitted.later, language));
  }
  out += "\n  " + PadRight(Text{"en porcentaje", "in per cent"}.in(language), 44) +
         PadLeft(Text{"ajuste", "fitted"}.in(language), 9) +
         PadLeft(Text{"intervalo 95 %", "95 % interval"}.in(language), 20) +
         PadLeft(Text{"archivo", "file"}.in(language), 11) + "\n";
  for (const calibration::FittedClass& c : fitted.classes)
    out += Class(c, fitted.absences.done, language);
  out += Text{"todo el personal", "all the staff"}.in(language) + "\n";
  out += Row(Text{"llegadas tras la hora fijada", "arrivals after the fixed hour"}.in(language),
             fitted.late, true, true, language);
  out += Row(Text{"tramos con un registro omitido", "shifts with a record left out"}.in(language),
             fitted.omission, true, true, language);
  out += Row(Text{"tramos sin ningún registro", "shifts without any record"}.in(language),
             fitted.unrecorded, true, false, language);
  if (fitted.absences.done) {
    out += RateRow({"inasistencias al año por persona", "absences a year per person"},
                   fitted.absences.per_year, true, language);
    if (fitted.absences.unexplained >= 0.5) {
      out += "  " +
             fmt::format(fmt::runtime(Text{"días de inasistencia que ningún largo del archivo "
                                           "explica: {}\n",
                                           "days of absence that no length of the file explains: "
                                           "{}\n"}
                                          .in(language)),
                         FormatNumber(fitted.absences.unexplained, 0, language));
    }
  }
  out += Traits(fitted, language);
  out += "\n" + Text{"bondad del ajuste", "goodness of fit"}.in(language) + "\n";
  for (const calibration::Goodness& g : fitted.goodness) out += Fit(g, language);
  out += BackTest(fitted.back_test, language);
  out += "\n" + ClockLimits(fitted).in(language) + "\n";
  return out;
}

}  // namespace cotejo::reports
