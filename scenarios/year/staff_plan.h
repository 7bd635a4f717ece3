// One regulation made ready for a whole staff: schedules and attributes of each person, and
// the arrival tables for every situation in which somebody may arrive.
#pragma once

#include <vector>

#include "scenarios/year/plan.h"
#include "scenarios/year/tenure.h"

namespace cotejo::year {

struct StaffPlan {
  // A column of the staff, scaled; as Binding::columns.
  struct Column {
    std::size_t attribute = 0;
    std::vector<std::int64_t> values;
  };
  // A kind of fact that comes round each year from a date of the person: its days in the year,
  // by value of the column that gives the date.
  struct Anniversaries {
    int kind = -1;
    std::int32_t column = -1;                     // -1: everybody has the initial date
    std::vector<std::vector<std::int32_t>> days;  // by value; one entry without a column
    std::vector<std::int32_t> initial;            // of those the column gives nothing
  };

  Plan plan;
  std::vector<std::int64_t> initial;  // attributes of those no column gives anything
  std::vector<Column> columns;
  std::vector<std::pair<int, std::int32_t>> periodic;  // the same for everybody: kind, day
  std::vector<int> monthly;                            // kinds of those that close a month
  std::vector<Anniversaries> anniversaries;
  std::vector<DayPlan> days;           // all different
  std::vector<std::uint32_t> days_of;  // by person

  // Puts together what is fixed about a person; the buffers of `into` are used again.
  void Take(const Tenure& tenure, const YearDays& year, PersonPlan& into) const;
};

// `work` has one entry for each person. Offsets of arrivals lie in [lowest, highest].
StaffPlan PlanStaff(const rules::Ruleset& rules, Binding binding, const YearDays& year,
                    std::int64_t unit, const std::vector<const WorkDays*>& work,
                    std::int32_t lowest, std::int32_t highest);

// An attribute of the person that arrivals or hours depend on: nobody's can change in the year.
bool IsWatched(const rules::Ruleset& rules, const Binding& binding, rules::AttributeId attribute);

// Shifts of a person's schedule on a day; 0 without a schedule.
std::int32_t ShiftsOn(const StaffPlan& staff, std::size_t person, std::int32_t day);

}  // namespace cotejo::year
