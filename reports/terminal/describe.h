// The interpreter's result in the words `cotejo aplicar` prints.
#pragma once

#include "model/evaluation/evaluate.h"
#include "reports/terminal/terminal.h"
#include "scenarios/year/results.h"

namespace cotejo::reports {

AppliedPerson DescribeResult(const rules::Ruleset& rules, const evaluation::History& history,
                             const evaluation::Result& result);

Diary DescribeYear(const rules::Ruleset& rules, const evaluation::History& history,
                   const evaluation::Result& result);

// Adds what sanctions had the person leave undone that year.
void AddRestraint(const year::Restraint& restraint, int gestion, Diary& diary);

// Adds the steps of the procedures that rules began, each on its day.
void AddProcedures(const std::vector<year::Begun>& begun, Diary& diary);

}  // namespace cotejo::reports
