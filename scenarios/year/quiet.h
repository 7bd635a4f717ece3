// A year in which nothing happens to anybody: what the texts give each for being there.
#pragma once

#include <functional>

#include "scenarios/year/tables.h"

namespace cotejo::year {

// The people to whom something holds, of a block of them.
using Places = std::uint64_t;
static_assert(kBlock <= 64);  // a bit for each place

// Lives it under each regulation, a block of people after another, each in the place that a
// replication of the block would have, and visits the sums of each. `visit` is called by one
// thread at a time, in any order. What has no value under a text is in no sum: it is said of the
// years that are lived. threads 0: as many as the machine has.
void LiveQuietly(const Setting& setting, const Tables& tables,
                 const population::Population& population, int threads,
                 const std::function<void(const Totals&)>& visit);

// Those of a block to whom a regulation gives a figure of a cell.
Places Having(const Totals& totals, std::size_t regulation, std::size_t cell);

}  // namespace cotejo::year
