// What of a plan is run, and the facts that it looks at: all of it for a person's diary, or only
// what the result tables can notice.
#pragma once

#include <vector>

#include "scenarios/year/plan.h"
#include "scenarios/year/procedures.h"

namespace cotejo::year {

struct Agenda {
  std::vector<PlanStep> steps;
  std::vector<bool> kinds;  // by kind: something that is run looks at its facts
};

Agenda Everything(const Plan& plan);

// A rule that no table counts, that begins no procedure, that cannot clash with another and that
// fills no gap is left out, with the facts and qualifications that only it looks at. What revisions
// added to the plan is not run, but what it looks at is.
Agenda ForTables(const Plan& plan, const population::Names& names, const Procedures& procedures);

// Whether an application of the rule is counted in some cell by itself.
bool IsCounted(const rules::Rule& rule, const population::Names& names);

}  // namespace cotejo::year
