// How a check puts its questions: planned, run and recorded so that the totals add up.
#pragma once

#include <string>
#include <vector>

#include "solver/checks/realise.h"

namespace cotejo::checks {

// A question answered by the sweep alone.
void RecordProved(const CheckContext& context, base::CheckReport& report, std::string name,
                  const std::string& check);

// Puts the questions to the solver and records each reply, in order.
std::vector<Reply> Put(const CheckContext& context, const rules::Family& family,
                       const std::vector<Question>& questions, base::CheckReport& report);

// What a task about one family depends on, for Task::depends.
std::string DependsOnFamily(const CheckContext& context, const rules::Family& family);
// … and one about everything.
std::string DependsOnAll(const CheckContext& context);

}  // namespace cotejo::checks
