// A year of a synthetic staff under several regulations at once, with its uncertainty.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/rules/ruleset.h"
#include "scenarios/population/population.h"
#include "scenarios/year/results.h"

namespace cotejo::year {

struct RegulationInput {
  std::string id;  // "base", or the amendment's name
  base::Text title;
  std::shared_ptr<const rules::Ruleset> rules;
};

struct Options {
  int gestion = 2025;
  std::uint64_t seed = 1;
  int replications = 200;  // 2 or more: one year alone has no interval
  int threads = 0;         // 0: as many as the machine has
  // When given: person-years done so far, of staff × replications, for whoever polls it.
  std::atomic<std::int64_t>* progress = nullptr;
  // When given and set: the replications finished by then are kept and reported.
  const std::atomic<bool>* stop = nullptr;
};

// Regulation 0 is the text in force; the others are compared with it on the same years.
// Results depend on the inputs, the gestión, the seed and the number of replications only.
std::optional<Forecast> Simulate(const std::vector<RegulationInput>& regulations,
                                 const population::Population& population, const Options& options,
                                 base::Diagnostics& diagnostics);

}  // namespace cotejo::year
