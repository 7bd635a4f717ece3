// Exposure: how many staff-years in a thousand meet each finding, in the simulated year.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "scenarios/exposure/results.h"
#include "scenarios/population/population.h"
#include "scenarios/year/simulate.h"

namespace cotejo::exposure {

// The text read as an ambiguity says that it may be.
struct OtherReading {
  std::string finding;  // its id
  std::shared_ptr<const rules::Ruleset> rules;
};

struct Options {
  year::Options year;
  int smallest_group = 0;  // people; of a smaller staff nothing is said
  std::vector<OtherReading> readings = {};
};

// One exposure for each finding, in its order; `rules` is the text they were found in. Nothing,
// with diagnostics, when the year cannot be simulated. Results depend on the inputs, the gestión,
// the seed and the number of replications only.
std::optional<ExposureReport> Measure(const rules::Ruleset& rules,
                                      const std::vector<base::Finding>& findings,
                                      const population::Population& population,
                                      const Options& options, base::Diagnostics& diagnostics);

}  // namespace cotejo::exposure
