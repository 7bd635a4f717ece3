// Mean, intervals and paired differences of one cell over the replications.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scenarios/year/results.h"
#include "scenarios/year/sample.h"

namespace cotejo::year {

// Of `values` divided by `scale`; two or more values. With `draws` of 2 or more the values are
// that many runs of the same length, each under one draw of what is assumed: then the interval
// of the mean is over the draws, and the variance is told apart in what comes from chance and
// from the draws (one-way analysis of variance).
Statistics Describe(const std::vector<std::int64_t>& values, std::int64_t scale, int draws = 0);
// The same of a sample, to the last bit while it is whole.
Statistics Describe(Sample sample, std::int64_t scale, int draws = 0);

// Of a cell that counts things or people, of which none was seen in so many years: that does not
// tell that there is none. The interval of its mean goes up to the exact one of a Poisson count
// (Garwood 1936), which is -ln(0.025) in those years.
void BoundTheUnseen(const Cell& cell, std::int64_t years, Statistics& statistics);

// Of a figure that no year takes below zero, the interval of the mean begins at zero. The lines of
// the vacation ledger that are taken away are below it.
void CutAtZero(const Cell& cell, Statistics& statistics);

// Replications after which the half-width of the interval would be `precision` times the mean,
// judged from `done` of them; nothing when the mean is 0.
std::optional<std::int64_t> ReplicationsFor(const Statistics& statistics, std::int64_t done,
                                            double precision);

}  // namespace cotejo::year
