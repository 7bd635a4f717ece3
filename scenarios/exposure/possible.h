// Whether the simulated staff can live the facts of a history at all.
#pragma once

#include <set>
#include <vector>

#include "model/base/finding.h"
#include "model/evaluation/history.h"
#include "scenarios/population/population.h"
#include "scenarios/year/setting.h"

namespace cotejo::exposure {

// Why not: the first of the facts of a kind, or with a value of an enumeration, that nothing in
// the population brings about. Empty when all can happen.
base::Text NeverHappens(const year::Setting& setting, const population::Population& population,
                        const std::vector<evaluation::Fact>& facts);
// The same of facts of some kinds, whatever their fields: when none of the kinds can happen.
base::Text NeverHappens(const year::Setting& setting, const population::Population& population,
                        const std::set<rules::FactKindId>& kinds);

// Why nobody met a case: the first datum of its person that is not the initial one and that the
// population gives to nobody. Empty when it lacks none.
base::Text NobodyHas(const year::Setting& setting, const base::Witness& witness);

}  // namespace cotejo::exposure
