// A calibration put to the test: sanctions of months held out, predicted from the months before
// and compared with those the regulation gives the records themselves.
#pragma once

#include <atomic>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/rules/ruleset.h"
#include "scenarios/calibration/fit.h"
#include "scenarios/calibration/results.h"
#include "scenarios/calibration/shifts.h"
#include "scenarios/population/population.h"
#include "scenarios/year/binding.h"

namespace cotejo::backtest {

// The hours of each person of the population that has a pseudonym, from one day to another; of
// anybody else, those most of the staff has, `where` (an attribute and its value) apart when given.
// Nothing, with diagnostics, when nobody has that value or there are no hours.
struct Where {
  std::string attribute, value;
};
std::optional<calibration::Hours> HoursOf(const rules::Ruleset& rules,
                                          const population::Population& population,
                                          const year::Binding& binding,
                                          const std::optional<Where>& where, base::Date from,
                                          base::Date to, base::Diagnostics& diagnostics);

// Those of the list whom the regulation would sanction for coming late or leaving records out, but
// for what the population says of them under one of these attributes: they are bound to no clock.
std::set<std::string> UnboundByList(const rules::Ruleset& rules,
                                    const population::Population& population,
                                    const year::Binding& binding, const calibration::Hours& hours,
                                    const std::vector<std::string>& attributes);

struct Options {
  int months = 3;  // held out: the last full ones
  int replications = 100;
  std::uint64_t seed = 2025;
  bool absences = false;  // the absences that are not authorised are known, and lived too
  calibration::TraitTable traits = {};            // how people of a class differ, as in the file
  std::atomic<std::int64_t>* progress = nullptr;  // replications lived
};

// Each replication draws the people again, fits the months before, and lives the months held out:
// the same shifts attended, with other arrivals and omissions; with absences, the same shifts to be
// attended, with other absences too; people who differ from their class, as they were before. What
// they did before goes before, as it was, for whatever counts back. In what was seen as in what is
// predicted no arrival or absence is justified, no omission mended, and whoever has no pseudonym in
// the population is as `Hours::anybody`.
calibration::BackTest TestMonths(const rules::Ruleset& rules,
                                 const population::Population& population,
                                 const year::Binding& binding, const calibration::Hours& hours,
                                 const calibration::Attendance& attendance,
                                 const std::vector<calibration::ClassTable>& tables,
                                 const Options& options);

}  // namespace cotejo::backtest
