#include "reports/html/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include "reports/format.h"
#include "reports/html/gnuplot.h"
#include "reports/labels.h"

namespace cotejo::reports {

namespace {

// The text in force first; the marks differ too, for paper without colour.
constexpr std::array<std::string_view, 6> kColours = {"#243b53", "#b45309", "#1e6b3a",
                                                      "#6b3fa0", "#a3215b", "#0b7285"};
constexpr std::array<int, 6> kPoints = {7, 5, 9, 13, 11, 6};
constexpr std::array<int, 6> kDashes = {1, 2, 4, 3, 5, 1};
constexpr std::size_t kLongestLabel = 52;
// What the key has room for beside labels as long: a name is cut by us, and not by the edge.
constexpr std::size_t kLongestName = 72;
constexpr std::size_t kLongestNarrowName = 40;
// A chart with few rows takes half of the page's width.
constexpr std::size_t kFewRows = 2;
// What each line of the key takes of the height of a chart, and as many as it has room for.
constexpr int kKeyLine = 20;
constexpr int kKeyLines = 2;

// So much higher that the names of many texts do not cover what is drawn.
int KeyHeight(std::size_t names) {
  return kKeyLine * std::max(0, static_cast<int>(names) - kKeyLines);
}

// The colours come round again; the marks and the dashes are then others.
std::size_t Round(std::size_t style) { return style + style / kColours.size(); }

std::string Header(const std::string& id, int width, int height) {
  return fmt::format(
      "set encoding utf8\n"
      "set terminal svg size {},{} dynamic noenhanced font 'sans-serif,12' name {}\n"
      "set border 3 lc rgb '#9aa5b1'\n"
      "set tics nomirror scale 0.5 textcolor rgb '#52606d'\n"
      "set key textcolor rgb '#1f2933' Left reverse samplen 2 spacing 1.1\n",
      width, height, GnuplotQuote(id));
}

// gnuplot reads '%' in the label of a tick as a format.
std::string TickLabel(std::string text) {
  for (std::size_t at = 0; (at = text.find('%', at)) != std::string::npos; at += 2) {
    text.insert(at, "%");
  }
  return GnuplotQuote(text);
}

std::string Ticks(std::string_view axis, const std::vector<double>& ticks,
                  base::Language language) {
  int decimals = 0;
  if (ticks.size() > 1) {
    const double step = ticks[1] - ticks[0];
    while (decimals < 6 && std::fabs(step * std::pow(10, decimals) -
                                     std::round(step * std::pow(10, decimals))) > 1e-6) {
      ++decimals;
    }
  }
  std::string out = fmt::format("set {}tics (", axis);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    out += fmt::format("{}{} {:.10g}", i > 0 ? ", " : "",
                       TickLabel(FormatNumber(ticks[i], decimals, language)), ticks[i]);
  }
  return out + fmt::format(")\nset {}range [{:.10g}:{:.10g}]\n", axis, ticks.front(), ticks.back());
}

// ---- By month ---------------------------------------------------------------------

std::string Title(const year::Forecast& forecast, std::size_t regulation, base::Language language) {
  return Capitalised(forecast.regulations[regulation].title.in(language));
}

Chart MonthChart(const year::Forecast& forecast, const year::MonthSeries& series, std::size_t index,
                 base::Language language) {
  Chart chart{.id = fmt::format("mes{}", index + 1),
              .title = Capitalised(series.label.in(language)),
              .note = language == base::Language::English ? "Mean by month." : "Media de cada mes.",
              .script = "",
              .wide = false};
  std::vector<const std::vector<double>*> lines = {&series.base};
  for (const std::vector<double>& line : series.amended) lines.push_back(&line);
  double high = 0;
  for (const std::vector<double>* line : lines) {
    for (const double value : *line) {
      if (std::isfinite(value)) high = std::max(high, value);
    }
  }
  std::string& script = chart.script;
  script = Header(chart.id, 470, 270 + KeyHeight(lines.size()));
  script +=
      "set key outside top center horizontal maxcols 1\nset grid ytics lc rgb '#e4e7eb' lt 1\n";
  script += "set xrange [0.5:12.5]\nset xtics (";
  for (unsigned month = 1; month <= 12; ++month) {
    script += fmt::format("{}{} {}", month > 1 ? ", " : "",
                          GnuplotQuote(ShortMonth(month, language)), month);
  }
  script += ")\n" + Ticks("y", AxisTicks(0, high), language);
  std::string plot = "plot ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    script += fmt::format("$r{} << FIN\n", i);
    for (std::size_t month = 0; month < lines[i]->size(); ++month) {
      script += fmt::format("{} {:.10g}\n", month + 1, (*lines[i])[month]);
    }
    script += "FIN\n";
    const std::string name =
        i < forecast.regulations.size() ? Title(forecast, i, language) : std::to_string(i);
    plot += fmt::format(
        "{}$r{} using 1:2 with linespoints lc rgb '{}' dt {} lw 2 pt {} ps 0.6 "
        "title {}",
        i > 0 ? ", " : "", i, kColours[i % kColours.size()], kDashes[Round(i) % kDashes.size()],
        kPoints[Round(i) % kPoints.size()], GnuplotQuote(Shorten(name, 60)));
  }
  script += plot + "\n";
  return chart;
}

// ---- Rows with an interval ----------------------------------------------------------

struct Mark {
  double value = 0;
  double low = 0, high = 0;              // thick: the mean's interval
  double outer_low = 0, outer_high = 0;  // thin: one year; equal to low and high when unused
};

struct Rows {
  std::vector<std::string> labels;
  std::vector<std::vector<Mark>> marks;  // [regulation shown][row]
  std::vector<std::string> names;
  std::vector<std::size_t> styles;  // index into kColours
  bool zero_line = false;
};

std::string RowsScript(const std::string& id, const Rows& rows, base::Language language) {
  const auto count = static_cast<int>(rows.labels.size());
  double low = 0;
  double high = 0;
  for (const auto& marks : rows.marks) {
    for (const Mark& mark : marks) {
      for (const double x : {mark.value, mark.low, mark.high, mark.outer_low, mark.outer_high}) {
        if (!std::isfinite(x)) continue;
        low = std::min(low, x);
        high = std::max(high, x);
      }
    }
  }
  const int row_height = rows.marks.size() > 2 ? 30 : 24;
  const bool narrow = rows.labels.size() <= kFewRows;
  std::string script =
      Header(id, narrow ? 470 : 860, 90 + row_height * count + KeyHeight(rows.names.size()));
  script += "set key outside top left horizontal maxcols 1\nset grid xtics lc rgb '#e4e7eb' lt 1\n";
  script += Ticks("x", AxisTicks(low, high), language);
  script += fmt::format("set yrange [{}:0.4]\nset ytics (", count + 0.6);
  for (int i = 0; i < count; ++i) {
    script += fmt::format("{}{} {}", i > 0 ? ", " : "",
                          TickLabel(Shorten(rows.labels[static_cast<std::size_t>(i)],
                                            narrow ? kLongestLabel / 2 : kLongestLabel)),
                          i + 1);
  }
  script += ")\nset bars 0\n";
  if (rows.zero_line) {
    script += "set arrow from 0,graph 0 to 0,graph 1 nohead lc rgb '#52606d' lw 1 back\n";
  }
  std::string plot = "plot ";
  const auto shown = static_cast<double>(rows.marks.size());
  for (std::size_t r = 0; r < rows.marks.size(); ++r) {
    const double shift = shown < 2 ? 0 : (static_cast<double>(r) - (shown - 1) / 2) * 0.5 / shown;
    script += fmt::format("$r{} << FIN\n", r);
    for (std::size_t i = 0; i < rows.marks[r].size(); ++i) {
      const Mark& mark = rows.marks[r][i];
      script += fmt::format("{:.10g} {:.10g} {:.10g} {:.10g} {:.10g} {:.10g}\n", mark.value,
                            static_cast<double>(i + 1) + shift, mark.low, mark.high, mark.outer_low,
                            mark.outer_high);
    }
    script += "FIN\n";
    const std::size_t style = rows.styles[r];
    const std::string_view colour = kColours[style % kColours.size()];
    plot += fmt::format(
        "{0}$r{1} using 1:2:5:6 with xerrorbars lc rgb '{2}' lw 1 pt 0 notitle, "
        "$r{1} using 1:2:3:4 with xerrorbars lc rgb '{2}' lw 3 pt {3} ps 0.7 "
        "title {4}",
        r > 0 ? ", " : "", r, colour, kPoints[Round(style) % kPoints.size()],
        GnuplotQuote(Shorten(rows.names[r], narrow ? kLongestNarrowName : kLongestName)));
  }
  return script + plot + "\n";
}

// What is not shown is not drawn.
bool Moves(const year::Statistics& statistics) {
  if (std::isnan(statistics.mean)) return false;
  return statistics.mean != 0 || statistics.ci_low != 0 || statistics.ci_high != 0;
}

// The cells of one table and unit that may be shown; rows where nothing happens are left to the
// table.
std::vector<std::size_t> CellsOf(const year::Forecast& forecast, const std::string& table,
                                 year::CellUnit unit) {
  std::vector<std::size_t> cells;
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    const year::Cell& cell = forecast.cells[i];
    const bool shown = !std::isnan(forecast.regulations.front().statistics[i].mean);
    if (cell.table == table && cell.unit == unit && shown && !cell.detail) cells.push_back(i);
  }
  return cells;
}

std::vector<Chart> DifferenceCharts(const year::Forecast& forecast, base::Language language) {
  std::vector<Chart> charts;
  std::set<std::pair<std::string, year::CellUnit>> seen;
  for (const year::Cell& first : forecast.cells) {
    if (!seen.emplace(first.table, first.unit).second) continue;
    Rows rows;
    rows.zero_line = true;
    std::vector<std::size_t> shown;
    for (const std::size_t cell : CellsOf(forecast, first.table, first.unit)) {
      bool moves = false;
      for (std::size_t r = 1; r < forecast.regulations.size(); ++r) {
        moves = moves || Moves(forecast.regulations[r].difference[cell]);
      }
      if (moves) shown.push_back(cell);
    }
    if (shown.empty()) continue;
    for (const std::size_t cell : shown) {
      rows.labels.push_back(forecast.cells[cell].label.in(language));
    }
    for (std::size_t r = 1; r < forecast.regulations.size(); ++r) {
      std::vector<Mark> marks;
      for (const std::size_t cell : shown) {
        const year::Statistics& d = forecast.regulations[r].difference[cell];
        marks.push_back({d.mean, d.ci_low, d.ci_high, d.ci_low, d.ci_high});
      }
      rows.marks.push_back(std::move(marks));
      rows.names.push_back(Title(forecast, r, language));
      rows.styles.push_back(r);
    }
    const std::string id = fmt::format("diferencia{}", charts.size() + 1);
    const bool english = language == base::Language::English;
    charts.push_back(
        {.id = id,
         .title =
             fmt::format(fmt::runtime(english ? "Difference: {} ({})" : "Diferencia: {} ({})"),
                         TableLabel(first.table).in(language), UnitLabel(first.unit).in(language)),
         .note = english ? "Amendment less text in force, with its 95 % interval; rows without "
                           "any difference are not drawn."
                         : "Enmienda menos texto vigente, con su intervalo de 95 %; no se dibujan "
                           "las filas sin diferencia alguna.",
         .script = RowsScript(id, rows, language),
         .wide = rows.labels.size() > kFewRows});
  }
  return charts;
}

std::vector<Chart> SanctionCharts(const year::Forecast& forecast, base::Language language) {
  Rows rows;
  std::vector<std::size_t> shown;
  for (const std::size_t cell : CellsOf(forecast, "sanciones", year::CellUnit::Count)) {
    bool happens = false;
    for (const year::RegulationResult& regulation : forecast.regulations) {
      happens = happens || regulation.statistics[cell].mean != 0;
    }
    if (happens && !forecast.cells[cell].total) shown.push_back(cell);
  }
  if (shown.empty()) return {};
  for (const std::size_t cell : shown) {
    rows.labels.push_back(forecast.cells[cell].label.in(language));
  }
  for (std::size_t r = 0; r < forecast.regulations.size(); ++r) {
    std::vector<Mark> marks;
    for (const std::size_t cell : shown) {
      const year::Statistics& s = forecast.regulations[r].statistics[cell];
      // Student's interval of a rare count can reach below zero; the count cannot.
      marks.push_back(
          {s.mean, std::max(0.0, s.ci_low), s.ci_high, std::max(0.0, s.year_low), s.year_high});
    }
    rows.marks.push_back(std::move(marks));
    rows.names.push_back(Title(forecast, r, language));
    rows.styles.push_back(r);
  }
  const bool english = language == base::Language::English;
  return {{.id = "sanciones",
           .title = english ? "Sanctions by article" : "Sanciones por artículo",
           .note = english
                       ? "Point: mean. Thick bar: 95 % interval of the mean. Thin bar: range of "
                         "one year. Rows without any case are not drawn."
                       : "Punto: media. Barra gruesa: intervalo de 95 % de la media. Barra fina: "
                         "rango de un año. No se dibujan las filas sin casos.",
           .script = RowsScript("sanciones", rows, language),
           .wide = rows.labels.size() > kFewRows}};
}

// ---- A calibration ------------------------------------------------------------------

Chart BackTestChart(const calibration::BackTest& test, base::Language language) {
  const bool english = language == base::Language::English;
  Rows rows;
  rows.marks.resize(2);
  for (const calibration::MonthTest& month : test.months) {
    rows.labels.push_back(month.month);
    rows.marks[0].push_back({month.mean, month.low, month.high, month.low, month.high});
    const double seen = month.observed;
    rows.marks[1].push_back({seen, seen, seen, seen, seen});
  }
  rows.names = english ? std::vector<std::string>{"predicted, with their 95 % range", "observed"}
                       : std::vector<std::string>{"previstas, con su rango de 95 %", "observadas"};
  rows.styles = {0, 1};
  return {
      .id = "prueba_meses",
      .title = english ? "Sanctions of the months held out" : "Sanciones de los meses apartados",
      .note = english ? "As fitted to the months before." : "Con lo ajustado a los anteriores.",
      .script = RowsScript("prueba_meses", rows, language),
      .wide = rows.labels.size() > kFewRows};
}

Chart BandChart(const calibration::FittedClass& one, std::size_t index, base::Language language) {
  const bool english = language == base::Language::English;
  Rows rows;
  rows.marks.resize(2);
  for (const calibration::FittedBand& band : one.bands) {
    rows.labels.push_back(
        fmt::format(fmt::runtime(english ? "{} to {} min" : "{} a {} min"), band.from, band.to));
    const calibration::Estimate& e = band.share;
    rows.marks[0].push_back({100 * e.value, 100 * e.low, 100 * e.high, 100 * e.low, 100 * e.high});
    const double file = 100 * e.file;
    rows.marks[1].push_back({file, file, file, file, file});
  }
  rows.names = english ? std::vector<std::string>{"fitted, with its 95 % interval", "file"}
                       : std::vector<std::string>{"ajuste, con su intervalo de 95 %", "archivo"};
  rows.styles = {0, 1};
  const std::string id = fmt::format("franjas{}", index + 1);
  return {.id = id,
          .title = fmt::format(fmt::runtime(english ? "Arrivals of class “{}”, in per cent"
                                                    : "Llegadas de la clase «{}», en porcentaje"),
                               one.name),
          .note = english ? "Minutes after the fixed hour." : "Minutos tras la hora fijada.",
          .script = RowsScript(id, rows, language),
          .wide = rows.labels.size() > kFewRows};
}

}  // namespace

std::vector<Chart> PlanCharts(const calibration::Calibration& fitted, base::Language language) {
  std::vector<Chart> charts;
  if (fitted.back_test.done) charts.push_back(BackTestChart(fitted.back_test, language));
  for (std::size_t i = 0; i < fitted.classes.size(); ++i) {
    if (fitted.classes[i].fitted && !fitted.classes[i].bands.empty())
      charts.push_back(BandChart(fitted.classes[i], i, language));
  }
  return charts;
}

std::vector<double> AxisTicks(double low, double high) {
  if (!(high > low)) high = low + 1;
  const double rough = (high - low) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * 0.999) {
      step = factor * power;
      break;
    }
  }
  const auto first = static_cast<std::int64_t>(std::floor(low / step + 1e-9));
  const auto last = static_cast<std::int64_t>(std::ceil(high / step - 1e-9));
  std::vector<double> ticks;
  for (std::int64_t i = first; i <= last; ++i) ticks.push_back(static_cast<double>(i) * step);
  return ticks;
}

std::vector<Chart> PlanCharts(const year::Forecast& forecast, base::Language language) {
  std::vector<Chart> charts;
  if (forecast.regulations.empty()) return charts;
  for (std::size_t i = 0; i < forecast.series.size(); ++i) {
    charts.push_back(MonthChart(forecast, forecast.series[i], i, language));
  }
  for (Chart& chart : DifferenceCharts(forecast, language)) charts.push_back(std::move(chart));
  for (Chart& chart : SanctionCharts(forecast, language)) charts.push_back(std::move(chart));
  return charts;
}

}  // namespace cotejo::reports
