// What a forecast rests on, in words: what is synthetic, what is left out, and why.
#pragma once

#include <vector>

#include "scenarios/year/setting.h"
#include "scenarios/year/simulate.h"

namespace cotejo::year {

std::vector<base::Text> Assumptions(const Setting& setting,
                                    const population::Population& population,
                                    const Options& options, int finished);
// The assumption that no longer holds when what the population is unsure of is drawn.
base::Text OnlyChance();

}  // namespace cotejo::year
