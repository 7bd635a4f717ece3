// Everything fixed before the first draw: the year, each person's working days, and each
// regulation compiled for the whole staff.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/year/behavior.h"
#include "scenarios/year/effects.h"
#include "scenarios/year/evaluator.h"
#include "scenarios/year/procedures.h"
#include "scenarios/year/staff_plan.h"

namespace cotejo::year {

struct Setting {
  YearDays year;
  std::vector<std::unique_ptr<WorkDays>> calendars;  // one a holiday scope
  std::vector<const WorkDays*> work;                 // by person
  std::vector<StaffPlan> plans;                      // by regulation
  std::vector<Agenda> agendas;                       // by regulation: what the tables notice
  std::vector<Revision> revisions;                   // by regulation, of the first; of itself, none
  std::vector<std::vector<RuleEffects>> effects;     // by regulation and rule
  std::vector<Procedures> procedures;                // by regulation
  Eligibility eligibility;
  // Whom a newcomer to a post may be like: those of its group and office. With turnover only.
  std::vector<std::vector<std::uint32_t>> peers;
  std::vector<std::uint32_t> peers_of;  // by post: into peers
  std::vector<std::int32_t> first_day;  // by post: of who holds it first
  std::int64_t unit = 1;
  std::int32_t shifts = 0;        // most shifts in a day of any regulation
  std::int64_t notices_from = 0;  // smallest arrival offset that matters
  Noticed noticed;                // occurrences that do
};

// `plans.front()` holds, besides its own, what the revisions add to it.
//
// Nothing, with diagnostics, when a name is missing or a rule cannot be computed exactly.
std::optional<Setting> Prepare(const std::vector<const rules::Ruleset*>& regulations,
                               const population::Population& population, int gestion,
                               base::Diagnostics& diagnostics);

// Gives an evaluator the person and the events of the year until they leave, in whatever order, as
// facts of its regulation.
void Feed(const StaffPlan& staff, const Tenure& tenure, std::span<const Event> events,
          Evaluator& evaluator);
inline void Feed(const StaffPlan& staff, std::size_t person, std::span<const Event> events,
                 Evaluator& evaluator) {
  Feed(staff, Tenure{person, person}, events, evaluator);
}

}  // namespace cotejo::year
