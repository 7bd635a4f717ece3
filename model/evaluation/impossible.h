// What a history tells that cannot have happened.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/evaluation/history.h"

namespace cotejo::evaluation {

// The schedule of its day, by index, when that has not the shift of the fact; -1: it has it, or no
// schedule applies, which evaluation says where one is needed.
int ScheduleWithoutShift(const rules::Ruleset& rules, const History& history, const Fact& fact);

// Whether one excludes the other where they are: in one shift, or one of them in the whole day.
bool Exclude(const rules::Ruleset& rules, const Fact& a, const Fact& b);

// The given facts that the calendar produces, and on another day.
std::vector<std::size_t> OffTheCalendar(const rules::Ruleset& rules, const History& history);

// Of a history in order: its first fact that cannot be, and why; nothing when all may be.
std::optional<base::Text> WhyImpossible(const rules::Ruleset& rules, const History& history);

}  // namespace cotejo::evaluation
