// Which of the rules that applied to one thing stand, by the order between norms.
#pragma once

#include <vector>

#include "model/evaluation/evaluate.h"

namespace cotejo::evaluation {

// Fills stands, defeated_by, why and conflicts of every application, from scratch. Only a
// rule that itself stands defeats another; where defeats go round in a circle nothing
// decides and all of them stand in conflict.
void SettleConflicts(const rules::Ruleset& rules, const rules::Families& families,
                     const std::vector<EvaluatedFact>& facts, const std::vector<Root>& roots,
                     std::vector<Application>& applications);

}  // namespace cotejo::evaluation
