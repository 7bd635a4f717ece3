// What the orders that live a year share with the one that asks other rules of it.
#pragma once

#include <string>
#include <vector>

#include "app/commands.h"
#include "scenarios/population/population.h"
#include "scenarios/year/simulate.h"

namespace cotejo::app {

// The text in force and each amendment.
std::vector<year::RegulationInput> Regulations(const Loaded& loaded);

// Of what is never negative: an interval that holds the truth as often as it says still does
// without what is below zero, where the truth cannot be. Differences may be negative, and lines of
// the vacation ledger are.
void CutAtZero(year::Forecast& forecast);

// Whether the months may be kept, as --guardar-hechos asks; false, diagnosed, before anything is
// lived.
bool CanKeepFacts(Session& session, const population::Population& population,
                  const Options& options);
// Writes the file that reaplicar reads (--guardar-hechos). `forecast` shows all groups, `listed` is
// the list of real people as it was read. False when it cannot, diagnosed.
bool KeepFacts(Session& session, const year::RegulationInput& regulation,
               const population::Population& population, year::Options year,
               const year::Forecast& forecast, const std::string& listed, const Options& options);

}  // namespace cotejo::app
