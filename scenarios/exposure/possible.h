// Whether the simulated staff can live the facts of a history at all.
#pragma once

#include <vector>

#include "model/evaluation/history.h"
#include "scenarios/population/population.h"
#include "scenarios/year/setting.h"

namespace cotejo::exposure {

// Why not: the first of the facts of a kind, or with a value of an enumeration, that nothing in
// the population brings about. Empty when all can happen.
base::Text NeverHappens(const year::Setting& setting, const population::Population& population,
                        const std::vector<evaluation::Fact>& facts);

}  // namespace cotejo::exposure
