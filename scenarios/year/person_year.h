// One simulated person-year: as a history for the reference interpreter, and as the
// simulator's own plan judges it, so that a test holds the one to the other.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "model/evaluation/history.h"
#include "scenarios/year/results.h"
#include "scenarios/year/setting.h"

namespace cotejo::year {

// Which person-year, under which of the setting's regulations.
struct PersonYearKey {
  std::size_t regulation = 0;
  std::size_t person = 0;  // the post, which goes by who holds it first
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  int occupant = 0;  // of those who hold the post in turn
};

// How many people hold the post in turn.
int Occupants(const Setting& setting, const population::Population& population,
              const PersonYearKey& key);

// The facts only, with every arrival after the fixed hour, noticed by a rule or not; from the
// first day in the post to the last.
evaluation::History PersonYear(const Setting& setting, const population::Population& population,
                               const PersonYearKey& key);

// What their sanctions had them leave undone.
Restraint RestraintOf(const Setting& setting, const population::Population& population,
                      const PersonYearKey& key);

// Those that rules which stand began, each on a day.
std::vector<Begun> ProceduresOf(const Setting& setting, const population::Population& population,
                                const PersonYearKey& key,
                                const std::vector<std::pair<rules::RuleId, base::Date>>& standing);

struct Consequences {
  struct Application {
    rules::RuleId rule;
    base::Date date;
    std::vector<base::Rational> quantities;  // one for each consequence; 0 where it has none
    bool stands = true;
    bool in_conflict = false;
    friend bool operator==(const Application&, const Application&) = default;
  };
  struct Gap {
    rules::Subject subject;
    base::Date date;
    rules::ScaleId scale;
    friend bool operator==(const Gap&, const Gap&) = default;
  };
  std::vector<Application> applications;  // sorted
  std::vector<Gap> gaps;                  // sorted
};

// By date, rule and the rest; whoever compares two of them sorts both.
void SortConsequences(Consequences& consequences);

// Nothing, with a diagnostic, when something has no exact value.
std::optional<Consequences> Judge(const Setting& setting, const population::Population& population,
                                  const PersonYearKey& key, base::Diagnostics& diagnostics);

}  // namespace cotejo::year
