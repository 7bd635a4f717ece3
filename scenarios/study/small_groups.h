// Results of groups of so few people that they would tell of somebody: taken out of what is
// shown, with as many others as it takes for the totals not to give them away.
#pragma once

#include <string>
#include <vector>

#include "model/base/source.h"
#include "scenarios/study/results.h"
#include "scenarios/study/touched.h"
#include "scenarios/year/results.h"

namespace cotejo::study {

// By cell, whether it must not be shown: a group with fewer people than `smallest`, and the next
// smallest of those it adds up with until what the total leaves unsaid is of `smallest` people,
// without those who may be known to have nothing, or to be counted each in every year. When all of
// them are too few, the total goes too. 0 hides nothing.
std::vector<bool> SmallCells(const year::Forecast& forecast, int smallest);

// That nothing is said of a cell, and why.
base::Diagnostic SmallCell(const std::string& key);

// Empties those cells, and says in the assumptions what was done.
void HideSmallGroups(year::Forecast& forecast, int smallest);

// Empties, of each amendment, what it changes for somebody but for fewer people than `smallest`:
// beside the other text it is what those people have. What changes by what happens to people goes
// with its table. Says so in the assumptions.
void HideChangesOfFew(const std::vector<std::vector<Touched>>& touched, int smallest,
                      year::Forecast& forecast);

// Tells the cells that they are of fewer people than their group, or than everybody: those to whom
// they give something when nothing happens.
void TellReach(const Reached& reached, year::Forecast& forecast);

}  // namespace cotejo::study
