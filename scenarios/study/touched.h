// Of how many people a figure is, and how many of them an amendment touches: what is of very few
// tells of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/population/population.h"
#include "scenarios/year/simulate.h"

namespace cotejo::study {

// The people to whom two texts give other figures in a year in which nothing happens to them: by
// key of a cell and, in any cell of it, by table. Where there are none, nothing.
struct Touched {
  std::map<std::string, int> cells, tables;
};

struct Reached {
  // By key of a cell: to whom some text gives a figure in it at all in such a year. A cell of
  // everybody that then gives none is of as many as the one of its table that has fewest: what is
  // used of a balance is of those who have one.
  std::map<std::string, int> cells;
  // By regulation, and by each of those before it.
  std::vector<std::vector<Touched>> touched;
};

// Of regulations that can be simulated.
Reached ReachedBy(const std::vector<year::RegulationInput>& regulations,
                  const population::Population& population, const year::Options& options);

}  // namespace cotejo::study
