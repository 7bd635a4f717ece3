// What the rules of a regulation do to whomever they apply to, as far as the tables and the
// occupants of a post are concerned.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "scenarios/population/population.h"
#include "scenarios/year/plan.h"

namespace cotejo::year {

enum class Right { Vacation, Earned, Lapsed, Meal, Bonus };

struct RuleEffects {
  std::vector<std::pair<std::size_t, Right>> rights;  // by consequence
  bool sanctions = false;
  bool destitutes = false, retires = false;
  // The text asks for an internal process before it.
  bool destitutes_after_process = false, retires_after_process = false;
  bool pays_vacation = false;  // that somebody who leaves did not use
  bool at_year_end = false;    // its subject comes round at the end of the year and has no fields
};

// By rule of the plan's own text.
std::vector<RuleEffects> EffectsOf(const Plan& plan, const population::Names& names);

// The obligation by which vacation not used is paid to somebody who left.
bool PaysVacation(const rules::Consequence& consequence, const population::Names& names);

}  // namespace cotejo::year
