// The behaviour tables of a population file as it writes them, and the file with other figures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/base/source.h"
#include "scenarios/calibration/results.h"

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

// Of a file that population::LoadPopulation took without mistakes. One that has the tables of
// another is an error that names it.
std::optional<std::vector<ClassTable>> ReadTables(const std::string& path,
                                                  base::Diagnostics& diagnostics);

// The text of the same file with the figures of the calibration, each under a source that says so;
// nothing else changes, comments included.
std::optional<std::string> WriteCalibrated(const std::string& path, const Calibration& calibration,
                                           const base::Text& source,
                                           base::Diagnostics& diagnostics);

}  // namespace cotejo::calibration
