// Facts that the calendar itself produces: anniversaries, ends of month and of gestión.
#pragma once

#include <vector>

#include "model/evaluation/history.h"

namespace cotejo::evaluation {

// Periodic facts inside the horizon that the history does not already give. An
// anniversary is counted from the first year after the person's date on.
// `of`: of these kinds alone, by FactKindId; of all when not given.
std::vector<Fact> PeriodicFacts(const rules::Ruleset& rules, const History& history,
                                const std::vector<bool>* of = nullptr);

}  // namespace cotejo::evaluation
