#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/format.h"
#include "reports/labels.h"
#include "reports/terminal/terminal.h"

namespace cotejo::reports {

namespace {

using base::Language;

bool English(Language language) { return language == Language::English; }

using Line = std::vector<std::string>;

struct TextTable {
  std::vector<Line> lines;   // [0] is the heading
  std::vector<bool> totals;  // by line: set off with a rule above
};

constexpr std::size_t kIndent = 2;  // of what goes on below

// First column to the left and as wide as the terminal leaves it, the rest to the right.
std::string Layout(const TextTable& table, int width) {
  std::vector<std::size_t> widths(table.lines.front().size(), 0);
  for (const Line& line : table.lines) {
    for (std::size_t c = 0; c < line.size(); ++c) {
      widths[c] = std::max(widths[c], DisplayWidth(line[c]));
    }
  }
  std::size_t others = 0;
  for (std::size_t c = 1; c < widths.size(); ++c) others += widths[c] + 2;
  const std::size_t room = static_cast<std::size_t>(std::max(width, 40));
  const std::size_t left = room > others + 24 ? room - others : 24;
  widths[0] = std::min(widths[0], left);
  const std::string rule(widths[0] + others, '-');
  std::string out;
  for (std::size_t i = 0; i < table.lines.size(); ++i) {
    if (i == 1 || (i > 1 && table.totals[i])) out += rule + "\n";
    // A label that does not fit goes on below, with nothing of it lost.
    std::vector<std::string> label = Wrap(table.lines[i][0], widths[0]);
    if (label.size() > 1) {
      label = Wrap(table.lines[i][0], widths[0] - kIndent);
      for (std::size_t l = 1; l < label.size(); ++l) label[l].insert(0, kIndent, ' ');
    }
    std::string text = PadRight(label.empty() ? "" : label.front(), widths[0]);
    for (std::size_t c = 1; c < widths.size(); ++c) {
      text += "  " + PadLeft(table.lines[i][c], widths[c]);
    }
    out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
    for (std::size_t l = 1; l < label.size(); ++l) out += label[l] + "\n";
  }
  return out;
}

Line Heading(const std::string& table, bool compared, Language language) {
  const bool english = English(language);
  Line line = {TableLabel(table).in(language), english ? "mean" : "media",
               english ? "95 % CI" : "IC 95 %", english ? "one year" : "un año"};
  if (compared) {
    line.insert(line.end(),
                {english ? "amended" : "enmienda", english ? "difference" : "diferencia",
                 english ? "95 % CI" : "IC 95 %"});
  }
  return line;
}

Line Row(const year::Forecast& forecast, std::size_t i, std::size_t regulation, Language language) {
  const year::Cell& cell = forecast.cells[i];
  const year::Statistics& base = forecast.regulations[0].statistics[i];
  Line line = {fmt::format("{} ({})", cell.label.in(language), UnitLabel(cell.unit).in(language)),
               FormatCell(cell, base.mean, language),
               FormatCellInterval(cell, base.ci_low, base.ci_high, language),
               FormatCellInterval(cell, base.year_low, base.year_high, language)};
  if (regulation > 0) {
    const year::RegulationResult& amended = forecast.regulations[regulation];
    const year::Statistics& difference = amended.difference[i];
    line.push_back(FormatCell(cell, amended.statistics[i].mean, language));
    line.push_back(FormatCellChange(cell, difference.mean, language));
    line.push_back(FormatCellChangeInterval(cell, difference.ci_low, difference.ci_high, language));
  }
  return line;
}

// A dash has its reason beside it: what the report says of it is not on the terminal.
std::string WhyDashes(const year::Forecast& forecast, Language language) {
  const auto hidden = [](const year::Statistics& statistics) {
    return std::isnan(statistics.mean);
  };
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    if (forecast.cells[i].detail) continue;
    for (const year::RegulationResult& regulation : forecast.regulations) {
      if (!hidden(regulation.statistics[i])) continue;
      return English(language)
                 ? "—: not shown, for it is of very few people, or would give them away "
                   "(--smallest-group)\n"
                 : "—: no se muestra, porque es de muy pocas personas o las delataría "
                   "(--grupo-minimo)\n";
    }
  }
  return "";
}

// No figure holds without them, and they are many: whoever reads these learns where they are.
std::string Assumed(const year::Forecast& forecast, Language language) {
  if (forecast.assumptions.empty()) return "";
  return fmt::format(
      fmt::runtime(English(language)
                       ? "assumptions on which these figures rest: {}; --output and “cotejo "
                         "report” list them\n"
                       : "supuestos en que descansan estas cifras: {}; los enumeran --salida y "
                         "«cotejo informe»\n"),
      FormatInteger(static_cast<std::int64_t>(forecast.assumptions.size()), language));
}

std::string Tables(const year::Forecast& forecast, std::size_t regulation,
                   const TerminalOptions& options) {
  std::string out;
  for (std::size_t i = 0; i < forecast.cells.size();) {
    const std::string& name = forecast.cells[i].table;
    TextTable table;
    table.lines.push_back(Heading(name, regulation > 0, options.language));
    table.totals.push_back(false);
    for (; i < forecast.cells.size() && forecast.cells[i].table == name; ++i) {
      if (forecast.cells[i].detail) continue;
      table.lines.push_back(Row(forecast, i, regulation, options.language));
      table.totals.push_back(forecast.cells[i].total);
    }
    out += Layout(table, options.width) + "\n";
  }
  return out;
}

}  // namespace

std::string FormatForecast(const year::Forecast& forecast, const TerminalOptions& options) {
  const bool english = English(options.language);
  std::string out = fmt::format(
      fmt::runtime(english ? "forecast: year {}, {} people ({}), {} replications, seed {}\n"
                           : "pronóstico: gestión {}, {} personas ({}), {} repeticiones, semilla "
                             "{}\n"),
      forecast.gestion, FormatInteger(forecast.staff, options.language), forecast.population,
      FormatInteger(forecast.replications, options.language), forecast.seed);
  if (forecast.draws > 0) {
    out += fmt::format(
        fmt::runtime(english ? "what the population assumes was drawn {} times: intervals hold "
                               "chance and that doubt\n"
                             : "lo que la población supone se sorteó {} veces: los intervalos "
                               "recogen el azar y esa duda\n"),
        forecast.draws);
  }
  if (forecast.regulations.empty()) return out;
  const std::string notes =
      WhyDashes(forecast, options.language) + Assumed(forecast, options.language);
  if (forecast.regulations.size() == 1) return out + "\n" + Tables(forecast, 0, options) + notes;
  for (std::size_t r = 1; r < forecast.regulations.size(); ++r) {
    out += fmt::format(fmt::runtime(english ? "\ntext in force, and with the amendment “{}”\n"
                                            : "\ntexto vigente, y con la enmienda «{}»\n"),
                       forecast.regulations[r].title.in(options.language));
    const base::Text& unseen = forecast.regulations[r].unseen;
    const auto room = static_cast<std::size_t>(options.width);
    for (const std::string& line : Wrap(unseen.in(options.language), room)) out += line + "\n";
    out += Tables(forecast, r, options);
  }
  out += english ? "differences are paired: both texts live the same simulated year\n"
                 : "las diferencias son pareadas: ambos textos viven el mismo año simulado\n";
  return out + notes;
}

std::string FormatSensitivity(const study::SensitivityReport& report,
                              const TerminalOptions& options) {
  const bool english = English(options.language);
  std::string out = fmt::format(
      fmt::runtime(english ? "sensitivity of “{}” in {}: {} simulations of {} years each, seed {}\n"
                           : "sensibilidad de «{}» en {}: {} simulaciones de {} años cada una, "
                             "semilla {}\n"),
      report.label.in(options.language), report.gestion,
      FormatInteger(report.runs, options.language), report.replications, report.seed);
  out += fmt::format(fmt::runtime(english ? "under: {} · population: {}, {} people\n\n"
                                          : "bajo: {} · población: {}, {} personas\n\n"),
                     report.regulation.in(options.language), report.population,
                     FormatInteger(report.staff, options.language));
  TextTable table;
  table.lines.push_back(
      english ? Line{"assumption", "effect", "|effect|", "spread", "alone", "in all"}
              : Line{"supuesto", "efecto", "|efecto|", "dispersión", "solo", "en total"});
  table.totals.push_back(false);
  const auto share = [&](const study::FactorEffect& effect, const study::Share& s) {
    if (!effect.studied) return std::string("—");
    const auto per_cent = [&](double part) {
      return FormatNumber(100 * part, 0, options.language);
    };
    return fmt::format(fmt::runtime(english ? "{} % ({} to {})" : "{} % ({} a {})"),
                       per_cent(s.value), per_cent(s.low), per_cent(s.high));
  };
  for (const study::FactorEffect& effect : report.effects) {
    const auto number = [&](double value) { return FormatNumber(value, 2, options.language); };
    table.lines.push_back({effect.factor.in(options.language), number(effect.mean),
                           number(effect.mean_abs), number(effect.sd), share(effect, effect.first),
                           share(effect, effect.total)});
    table.totals.push_back(false);
  }
  out += Layout(table, options.width);
  out += english
             ? "\neffect: how much the result moves, on average, when the assumption goes from two "
               "standard deviations below to two above;\nspread: how much that changes with where "
               "the assumption itself is, for it need not act in proportion, and with the others.\n"
               "alone, in all: the part of the variance that it explains by itself, and with all "
               "it combines with (95 % interval).\nThose with a dash hardly move it.\n"
             : "\nefecto: cuánto se mueve el resultado, en promedio, cuando el supuesto va de dos "
               "desvíos por debajo a dos por encima;\ndispersión: cuánto cambia eso según dónde "
               "esté el supuesto mismo, que puede no actuar en proporción, y según los demás.\n"
               "solo, en total: la parte de la varianza que explica por sí mismo, y con todo lo "
               "que se combina (intervalo del 95 %).\nLos que llevan raya casi no lo mueven.\n";
  // An estimate is unbiased, and is not cut to what a share can be.
  const bool impossible = std::any_of(
      report.effects.begin(), report.effects.end(), [](const study::FactorEffect& effect) {
        return effect.studied && (effect.first.value < 0 || effect.total.value > 1 ||
                                  effect.first.value > effect.total.value);
      });
  if (impossible)
    out += english ? "A share below 0 or above 100 %, or larger alone than in all, is sampling "
                     "error: read it with its interval.\n"
                   : "Una parte menor que 0 o mayor que 100 %, o mayor sola que en total, es error "
                     "de muestreo: léala con su intervalo.\n";
  return out;
}

}  // namespace cotejo::reports
