// The plan of each check: the tasks it is made of. The catalogue lists them.
#pragma once

#include <vector>

#include "solver/checks/check.h"

namespace cotejo::checks {

void PlanContradictions(const CheckContext& context, std::vector<Task>& tasks);
void PlanGaps(const CheckContext& context, std::vector<Task>& tasks);
void PlanOverlaps(const CheckContext& context, std::vector<Task>& tasks);

}  // namespace cotejo::checks
