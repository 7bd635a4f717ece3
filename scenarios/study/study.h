// Studies made of several simulations: draws of what the population is unsure of, as many
// replications as a precision asks for, and which of its assumptions a result hangs on.
#pragma once

#include <string>
#include <vector>

#include "scenarios/study/checkpoint.h"
#include "scenarios/study/results.h"
#include "scenarios/year/simulate.h"

namespace cotejo::study {

struct Options {
  year::Options year;
  // Draws of the population's factors, each lived for `year.replications`; 0: none.
  int draws = 0;
  // Half-width asked of the interval of `watched`, as a part of its mean; 0: none. More
  // replications (with draws, more draws) are done until it is reached or `most` are done.
  double precision = 0;
  std::string watched = "descuentos/centavos/total";
  int most = 100'000;
  // People: a cell of fewer is not watched, nor shown what an amendment changes for fewer
  // (small_groups.h).
  int smallest_group = 0;
  // File in which what is finished is kept, and from which an earlier run goes on; empty: none.
  std::string resume;
  // What the result depends on besides the regulations and these options: the file, the program.
  std::vector<Dependence> inputs;
};

// As year::Simulate, whose results it gives when nothing more is asked for. With other processes
// (year::Options::ranks) it leads them: each must be in Serve.
std::optional<year::Forecast> Run(const std::vector<year::RegulationInput>& regulations,
                                  const population::Population& population, const Options& options,
                                  base::Diagnostics& diagnostics);

// In a process that does not lead: lives what the one that does asks for, until it is over. The
// results are the leading one's. One whose regulations, options or inputs are others is refused.
void Serve(const std::vector<year::RegulationInput>& regulations,
           const population::Population& population, const Options& options);
// In one that cannot, and why.
void Decline(ranks::Ranks& ranks, const base::Text& reason);
// In the one that leads, when there will be no other run: the others end.
void Dismiss(ranks::Ranks& ranks);

struct SensitivityOptions {
  year::Options year;
  std::string watched = "descuentos/centavos/total";
  int trajectories = 12;   // of the screening
  int base = 64;           // points of each sample of the indices
  int smallest_group = 0;  // people; nothing is said of a cell of fewer (small_groups.h)
  double matters = 0.05;   // a factor goes on to the indices with this part of the largest μ*
  // As those of Options: point by point.
  std::string resume;
  std::vector<Dependence> inputs;
};

// Person-years that an analysis lives, at most.
std::int64_t YearsOf(const population::Population& population, const SensitivityOptions& options);

// Screening of all the factors the population is unsure of, then indices of those that matter,
// on the mean of a cell under one regulation; every point lives the same years.
std::optional<SensitivityReport> Analyse(const year::RegulationInput& regulation,
                                         const population::Population& population,
                                         const SensitivityOptions& options,
                                         base::Diagnostics& diagnostics);

}  // namespace cotejo::study
