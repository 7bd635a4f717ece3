// The behaviour tables of a population file as it writes them, and the file with other figures.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "model/base/source.h"
#include "scenarios/calibration/results.h"
#include "scenarios/population/population.h"

namespace cotejo::calibration {

struct Band {
  std::int32_t from = 0, to = 0;  // minutes after the fixed hour
  double share = 0;
};

struct AbsenceRate {
  std::int32_t half_days = 0;  // 1: one shift of a day; even: whole days in a row
  double per_year = 0;
};

struct ClassTable {
  std::string name;
  double weight = 0;  // share of the staff
  std::vector<Band> bands;
  double omission = 0;
  double missing_entry = 0;
  std::vector<AbsenceRate> absences = {};
};

// `[rasgos]` as written: what it does not name is not fitted.
struct TraitTable {
  struct Pair {
    population::Trait first, second;
    double value = 0;
  };
  std::array<std::optional<double>, population::kTraits> deviation;  // of logarithms
  std::vector<Pair> pairs;                                           // of correlations

  [[nodiscard]] const std::optional<double>& of(population::Trait trait) const {
    return deviation[static_cast<std::size_t>(trait)];
  }
};

// Of a file that population::LoadPopulation took without mistakes. One that has the tables of
// another is an error that names it.
std::optional<std::vector<ClassTable>> ReadTables(const std::string& path,
                                                  base::Diagnostics& diagnostics);
// Nothing written: an empty one. With `puntualidad`, bands that hold arrivals both before and after
// the fixed hour are errors: of those it would not be known which half a person does more.
std::optional<TraitTable> ReadTraits(const std::string& path, base::Diagnostics& diagnostics);

// The attributes that the file gives to the first people of an office, whoever they are.
std::vector<std::string> ReadFixed(const std::string& path, base::Diagnostics& diagnostics);

// "2025-03 a 2025-04 y 2025-06", of "2025-03" … in order: no month that is not among them. It goes
// into a source, which is Spanish.
std::string ShowMonths(const std::vector<std::string>& months);

// The text of the same file with the figures of the calibration, each under a source that says so;
// nothing else changes, comments included.
std::optional<std::string> WriteCalibrated(const std::string& path, const Calibration& calibration,
                                           const base::Text& source,
                                           base::Diagnostics& diagnostics);

}  // namespace cotejo::calibration
