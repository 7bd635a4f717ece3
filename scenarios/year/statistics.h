// Mean, intervals and paired differences of one cell over the replications.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/year/results.h"

namespace cotejo::year {

// Of `values` divided by `scale`; two or more values.
Statistics Describe(const std::vector<std::int64_t>& values, std::int64_t scale);

// Of amended − base, replication by replication: exactly 0 when nothing changed.
Statistics DescribeDifference(const std::vector<std::int64_t>& base,
                              const std::vector<std::int64_t>& amended, std::int64_t scale);

}  // namespace cotejo::year
