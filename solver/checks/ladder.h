// The ladder of recidivism: what is answered to the first, the second … commission of one
// conduct, as the interpreter gives it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "solver/checks/histories.h"
#include "solver/checks/severity.h"

namespace cotejo::checks {

// One conduct that is counted: a kind of fact, or a kind with one value of a field.
struct Recidivism {
  rules::FactKindId fact;  // primitive: what happens
  rules::FieldId field;    // invalid: the kind itself is the conduct
  int value = -1;
  bool by_month = false;      // counted inside a month
  bool arises = false;        // rules establish it: its first step is theirs
  base::Citation provision;   // that describes it, when the value is a citation
  base::Citation counted_by;  // of the measure
  std::string name;           // "RIP:43.II.a", "omisión"
};

struct RecidivismStep {
  Severity severity;
  Severity heaviest;  // … and of those that contradict each other, only the heaviest
  std::vector<rules::RuleId> rules;  // that order it
};

// Counts that some sanction looks at.
std::vector<rules::MeasureId> SanctionedCounts(const rules::Ruleset& rules);

std::vector<Recidivism> RecidivismsOf(const rules::Ruleset& rules);

// The first `steps` commissions, in one month or spread over the gestión.
std::optional<evaluation::History> Commissions(const CheckContext& context, const Layout& layout,
                                               const Recidivism& ladder, int steps);
// What each is answered; `applied` gathers every rule seen.
std::vector<RecidivismStep> Climb(Bench& bench, const Recidivism& ladder, int steps,
                                  std::set<rules::RuleId>& applied);

// Steps that only whoever was already removed reaches: the conduct arises from what another
// count removes for. One task a family that has any; the tasks record what they asked.
void PlanStepsAfterRemoval(const CheckContext& context, std::vector<Task>& tasks);

}  // namespace cotejo::checks
