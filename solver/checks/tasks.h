// Tasks run, on as many threads as asked for, into one report that does not depend on them.
#pragma once

#include <vector>

#include "solver/checks/realise.h"

namespace cotejo::checks {

// Adds to the report what each task gives, in the order of the tasks. A task that fails, or
// that was not begun when the run was stopped, is an unknown query with the reason.
void RunTasks(const CheckContext& context, const std::vector<Task>& tasks,
              base::CheckReport& report);

}  // namespace cotejo::checks
