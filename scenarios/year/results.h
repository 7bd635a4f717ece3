// What a simulation returns: statistics of every figure, by regulation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/base/citation.h"
#include "model/base/date.h"
#include "model/base/text.h"

namespace cotejo::year {

// How a cell's integers read: counts and hours as they are, day quantities and centavos scaled.
enum class CellUnit { Count, Persons, Days, Hours, Centavos };

// One row of the result tables.
struct Cell {
  std::string key;  // stable: "sanciones/RIP:45.I", "descuentos/centavos/total" …
  // Stable: "aguinaldo", "contradicciones", "descuentos", "huecos", "personas", "procesos",
  // "puestos", "refrigerio", "sanciones", "servicio", "trámites", "vacaciones".
  std::string table;
  base::Text label;
  CellUnit unit = CellUnit::Count;
  std::int64_t scale = 1;  // value = integer / scale (Days: e.g. 120)
  bool total = false;      // the sum of the other cells of its `group`
  std::string group;       // cells of one group add up to its total; may be empty
  int people = -1;         // of the staff, those it tells of; -1: all
  bool detail = false;     // one of very many: left out of what is read on a screen
};

struct Statistics {
  double mean = 0;                     // like the rest, not a number where a cell is not shown
  double ci_low = 0, ci_high = 0;      // 95 % confidence interval of the mean (Student t)
  double year_low = 0, year_high = 0;  // 2.5 % and 97.5 % quantiles of one year
  double sd = 0;                       // of one year, for whatever reason
  double sd_input =
      0;  // the part of it that comes from not knowing what is assumed; 0 without draws
};

struct RegulationResult {
  std::string id;  // "base", or the amendment's name
  base::Text title;
  // [cell][replication], exact; nothing of a cell of which only sums are kept.
  std::vector<std::vector<std::int64_t>> values;
  std::vector<Statistics> statistics;  // by cell
  std::vector<Statistics> difference;  // by cell, paired with regulation 0; empty for it
  base::Text unseen;                   // of what the amendment changes, what no cell looks at
};

// What somebody's sanctions had them leave undone in a year; when nobody answers to one, nothing.
struct Restraint {
  struct Forgone {
    base::Date date;
    base::Text what;
  };
  std::vector<int> months;       // 1 .. 12: those that follow a sanction
  std::vector<Forgone> forgone;  // by date
};

// One procedure that a rule began in somebody's year, and what came of it.
struct Begun {
  struct Step {
    enum class State { Done, Lapsed, Pending };
    std::string name;
    State state = State::Done;
    bool late = false, power = false;
    base::Date date;  // when it was taken, or its term passed
  };
  base::Citation article;  // of the rule
  std::string procedure;
  std::vector<Step> steps;
  bool annulled = false;
  std::optional<base::Date> finished;
};

struct MonthSeries {  // for charts: mean by month of one cell
  std::string key;
  base::Text label;
  std::vector<double> base;                  // 12
  std::vector<std::vector<double>> amended;  // by amendment, 12 each
};

struct Forecast {
  int gestion = 0;
  std::uint64_t seed = 0;
  int replications = 0;  // in all
  int draws = 0;         // of what the population is unsure of; 0: taken as it says
  int staff = 0;
  std::string population;                     // name of the population file
  std::vector<base::Text> assumptions;        // what is synthetic, what is left out, sources
  std::vector<Cell> cells;                    // sorted by table, then as listed
  std::vector<RegulationResult> regulations;  // 0 is the text in force
  std::vector<MonthSeries> series;
  std::string engine;  // "AVX3", "AVX2", "SCALAR" …; not part of the results
};

}  // namespace cotejo::year
