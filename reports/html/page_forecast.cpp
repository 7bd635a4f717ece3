#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "reports/format.h"
#include "reports/html/page_data.h"
#include "reports/labels.h"

namespace cotejo::reports {

namespace {

using Kind = PageData::type;
using base::Language;

bool English(Language language) { return language == Language::English; }

// Lines break after the middle word of an interval, never before it.
std::string Interval(std::string text) {
  for (const std::string_view middle : {" a ", " to "}) {
    if (const std::size_t at = text.find(middle); at != std::string::npos) {
      text.replace(at, 1, "\u00A0");
    }
  }
  return text;
}

enum class Change { None, Unclear, Clear, Hidden };

// Whether a paired difference can be told from zero.
Change Judge(const year::Statistics& difference) {
  if (std::isnan(difference.mean)) return Change::Hidden;
  const double low = difference.ci_low;
  const double high = difference.ci_high;
  if (difference.mean == 0 && (low == 0 || !std::isfinite(low)) &&
      (high == 0 || !std::isfinite(high))) {
    return Change::None;
  }
  return low > 0 || high < 0 ? Change::Clear : Change::Unclear;
}

std::string Note(Change change, Language language) {
  switch (change) {
    case Change::None:
      return English(language) ? "no change in the years simulated"
                               : "sin cambio en los años simulados";
    case Change::Unclear:
      return English(language) ? "cannot be told from zero" : "no se distingue de cero";
    case Change::Clear:
    case Change::Hidden:
      return "";
  }
  return "";
}

std::string Mark(Change change) {
  if (change == Change::Clear) return "clear";
  return change == Change::None ? "same" : "";
}

std::string RegulationTitle(const year::RegulationResult& regulation, Language language) {
  return Capitalised(regulation.title.in(language));
}

// The cell that stands for each table in the summary: its total in Bs, else its first
// amount in Bs, else its total, else its first row of no group, else its first row. One of many
// totals, as of the months, stands for nothing, nor does a detail.
std::vector<std::size_t> HeadlineCells(const year::Forecast& forecast) {
  const auto only_total = [&](const year::Cell& cell) {
    return cell.total &&
           std::none_of(forecast.cells.begin(), forecast.cells.end(), [&](const year::Cell& other) {
             return other.total && other.key != cell.key && other.table == cell.table &&
                    other.unit == cell.unit;
           });
  };
  const auto stands = [&](const year::Cell& cell) {
    return !cell.detail && (!cell.total || only_total(cell));
  };
  const auto weight = [&](const year::Cell& cell) {
    return (cell.unit == year::CellUnit::Centavos ? 4 : 0) + (only_total(cell) ? 2 : 0) +
           (cell.group.empty() ? 1 : 0);
  };
  std::vector<std::size_t> chosen;
  std::map<std::string, std::size_t> place;  // table → position in `chosen`
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    if (!stands(forecast.cells[i])) continue;
    const auto [at, added] = place.emplace(forecast.cells[i].table, chosen.size());
    if (added) {
      chosen.push_back(i);
    } else if (weight(forecast.cells[i]) > weight(forecast.cells[chosen[at->second]])) {
      chosen[at->second] = i;
    }
  }
  return chosen;
}

// What clashing rules ask for is in no total: an amendment that contradicts itself deducts less,
// and that is no saving.
std::string InContradiction(const year::Forecast& forecast, const year::Cell& of,
                            const year::RegulationResult& regulation, Language language) {
  if (of.key != "descuentos/centavos/total") return "";
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    const year::Cell& cell = forecast.cells[i];
    if (cell.key != "descuentos/contradicción/centavos") continue;
    const double more = regulation.difference[i].mean;
    if (std::isnan(more) || more == 0) return "";
    return fmt::format(
        fmt::runtime(English(language)
                         ? "left out of it, what contradictory rules ask for: {} Bs"
                         : "fuera de él, lo que piden reglas que se contradicen: {} Bs"),
        FormatCellChange(cell, more, language));
  }
  return "";
}

PageData Headline(const year::Forecast& forecast, Language language) {
  PageData list{Kind::list};
  for (const std::size_t i : HeadlineCells(forecast)) {
    const year::Cell& cell = forecast.cells[i];
    PageData tile;
    tile.set("label", Capitalised(cell.label.in(language)));
    tile.set("unit", UnitLabel(cell.unit).in(language));
    tile.set("mean", FormatCell(cell, forecast.regulations[0].statistics[i].mean, language));
    PageData changes{Kind::list};
    for (std::size_t r = 1; r < forecast.regulations.size(); ++r) {
      const year::Statistics& difference = forecast.regulations[r].difference[i];
      PageData change;
      change.set("title", RegulationTitle(forecast.regulations[r], language));
      change.set("change", FormatCellChange(cell, difference.mean, language));
      change.set("interval",
                 FormatCellChangeInterval(cell, difference.ci_low, difference.ci_high, language));
      std::string note = Note(Judge(difference), language);
      const std::string aside = InContradiction(forecast, cell, forecast.regulations[r], language);
      if (!note.empty() && !aside.empty()) note += "; ";
      change.set("note", TextOrFalse(note + aside));
      changes << change;
    }
    tile.set("changes", changes);
    list << tile;
  }
  return list;
}

PageData Row(const year::Forecast& forecast, std::size_t i, std::size_t regulation,
             Language language) {
  const year::Cell& cell = forecast.cells[i];
  const year::Statistics& base = forecast.regulations[0].statistics[i];
  PageData row;
  row.set("label", Capitalised(cell.label.in(language)));
  row.set("unit", UnitLabel(cell.unit).in(language));
  row.set("total", cell.total);
  row.set("mean", FormatCell(cell, base.mean, language));
  row.set("ci", Interval(FormatCellInterval(cell, base.ci_low, base.ci_high, language)));
  row.set("range", Interval(FormatCellInterval(cell, base.year_low, base.year_high, language)));
  row.set("compared", regulation > 0);
  if (regulation > 0) {
    const year::RegulationResult& amended = forecast.regulations[regulation];
    const year::Statistics& difference = amended.difference[i];
    row.set("amended", FormatCell(cell, amended.statistics[i].mean, language));
    row.set("change", FormatCellChange(cell, difference.mean, language));
    row.set("change_ci", Interval(FormatCellChangeInterval(cell, difference.ci_low,
                                                           difference.ci_high, language)));
    row.set("mark", Mark(Judge(difference)));
  }
  return row;
}

// One table for each table name and amendment: more columns would not fit on paper.
PageData Tables(const year::Forecast& forecast, Language language) {
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::size_t>> cells;
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    if (forecast.cells[i].detail) continue;
    std::vector<std::size_t>& of_table = cells[forecast.cells[i].table];
    if (of_table.empty()) names.push_back(forecast.cells[i].table);
    of_table.push_back(i);
  }
  const std::size_t first = forecast.regulations.size() > 1 ? 1 : 0;
  PageData list{Kind::list};
  for (const std::string& name : names) {
    for (std::size_t r = first; r < forecast.regulations.size(); ++r) {
      PageData rows{Kind::list};
      for (const std::size_t i : cells[name]) rows << Row(forecast, i, r, language);
      PageData table;
      table.set("label", Capitalised(TableLabel(name).in(language)));
      table.set("amendment", r == 0
                                 ? PageData{false}
                                 : TextOrFalse(RegulationTitle(forecast.regulations[r], language)));
      table.set("rows", rows);
      list << table;
    }
  }
  return list;
}

PageData FactsTable(const year::Forecast& forecast, Language language) {
  const bool english = English(language);
  std::vector<std::pair<const char*, std::string>> facts = {
      {english ? "year" : "gestión", std::to_string(forecast.gestion)},
      {english ? "population" : "población", forecast.population},
      {english ? "people" : "personas", FormatInteger(forecast.staff, language)},
      {english ? "replications" : "repeticiones", FormatInteger(forecast.replications, language)},
      {english ? "seed" : "semilla", std::to_string(forecast.seed)},
  };
  if (forecast.draws > 0) {
    facts.emplace_back(english ? "draws of what is assumed" : "sorteos de lo que se supone",
                       FormatInteger(forecast.draws, language));
  }
  PageData list{Kind::list};
  for (const auto& [name, value] : facts) {
    PageData row;
    row.set("name", std::string(name));
    row.set("value", value);
    list << row;
  }
  return list;
}

// Draws are told: of two runs of as many replications, the one with them doubts more.
std::string Scope(const year::Forecast& forecast, Language language) {
  const bool english = English(language);
  std::string scope =
      fmt::format(fmt::runtime(english ? "year {} · {} people · {} replications · seed {}"
                                       : "gestión {} · {} personas · {} repeticiones · semilla {}"),
                  forecast.gestion, FormatInteger(forecast.staff, language),
                  FormatInteger(forecast.replications, language), forecast.seed);
  if (forecast.draws > 0) {
    scope += fmt::format(fmt::runtime(english ? " · {} draws of what is assumed"
                                              : " · {} sorteos de lo que se supone"),
                         FormatInteger(forecast.draws, language));
  }
  return scope;
}

}  // namespace

void SetForecast(PageData& page, const year::Forecast& forecast, Language language) {
  page.set("forecast_scope", Scope(forecast, language));
  SetList(page, "headline", Headline(forecast, language));
  PageData unseen{Kind::list};
  for (const year::RegulationResult& regulation : forecast.regulations) {
    if (!regulation.unseen.empty()) unseen << PageData{Capitalised(regulation.unseen.in(language))};
  }
  page.set("unseen", unseen);
  page.set("tables", Tables(forecast, language));
  page.set("facts_table", FactsTable(forecast, language));
  PageData assumptions{Kind::list};
  for (const base::Text& assumption : forecast.assumptions) {
    assumptions << PageData{Capitalised(assumption.in(language))};
  }
  page.set("assumptions", assumptions);
  page.set("no_assumptions", forecast.assumptions.empty());
}

}  // namespace cotejo::reports
