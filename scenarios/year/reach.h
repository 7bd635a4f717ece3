// Of how many people each table tells, for the figures that are of everybody to be hidden when they
// are of few.
#pragma once

#include <map>
#include <string>

#include "scenarios/year/tables.h"

namespace cotejo::year {

// By table, the people to whom it counts anything at all in a year in which nothing happens to
// them, under any of the regulations: those of a contract without vacation have no balance, and a
// balance of all is then one of the others. A table that counts only what happens is not there.
std::map<std::string, int> ReachOf(const Setting& setting, const Tables& tables,
                                   const population::Population& population, int threads);

// Says it of the cells that are of everybody.
void TellReachOfTables(const std::map<std::string, int>& reach, std::vector<Cell>& cells);

}  // namespace cotejo::year
