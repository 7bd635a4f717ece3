// One regulation made ready for a whole staff: schedules and attributes of each person, and
// the arrival tables for every situation in which somebody may arrive.
#pragma once

#include <vector>

#include "scenarios/year/plan.h"

namespace cotejo::year {

struct StaffPlan {
  Plan plan;
  std::vector<PersonPlan> people;
};

// `work` has one entry for each person. Offsets of arrivals lie in [lowest, highest].
StaffPlan PlanStaff(const rules::Ruleset& rules, Binding binding, const YearDays& year,
                    std::int64_t unit, const std::vector<const WorkDays*>& work,
                    std::int32_t lowest, std::int32_t highest);

// Shifts of a person's schedule on a day; 0 without a schedule.
std::int32_t ShiftsOn(const StaffPlan& staff, std::size_t person, std::int32_t day);

}  // namespace cotejo::year
