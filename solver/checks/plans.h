// The plan of each check: the tasks it is made of. The catalogue lists them.
#pragma once

#include <vector>

#include "solver/checks/check.h"

namespace cotejo::checks {

void PlanContradictions(const CheckContext& context, std::vector<Task>& tasks);
void PlanGaps(const CheckContext& context, std::vector<Task>& tasks);
void PlanOverlaps(const CheckContext& context, std::vector<Task>& tasks);
void PlanRoundings(const CheckContext& context, std::vector<Task>& tasks);
void PlanInversions(const CheckContext& context, std::vector<Task>& tasks);
// … of rights, by years of service; part of the same.
void PlanFallingRights(const CheckContext& context, std::vector<Task>& tasks);
void PlanCaps(const CheckContext& context, std::vector<Task>& tasks);
void PlanProcesses(const CheckContext& context, std::vector<Task>& tasks);
void PlanIncentives(const CheckContext& context, std::vector<Task>& tasks);
void PlanHoursAndDays(const CheckContext& context, std::vector<Task>& tasks);
void PlanIncompatibleTerms(const CheckContext& context, std::vector<Task>& tasks);
void PlanLapsingRights(const CheckContext& context, std::vector<Task>& tasks);
void PlanTermCycles(const CheckContext& context, std::vector<Task>& tasks);
// … of the rules against those of the procedures; part of the incompatible ones.
void PlanTermsOfRules(const CheckContext& context, std::vector<Task>& tasks);
void PlanTermsWithoutConsequence(const CheckContext& context, std::vector<Task>& tasks);
void PlanTermsWithoutStart(const CheckContext& context, std::vector<Task>& tasks);
void PlanSuperseded(const CheckContext& context, std::vector<Task>& tasks);
void PlanDutiesWithoutSanction(const CheckContext& context, std::vector<Task>& tasks);
void PlanSanctionsWithoutDuty(const CheckContext& context, std::vector<Task>& tasks);
void PlanUndefinedTerms(const CheckContext& context, std::vector<Task>& tasks);
void PlanBrokenReferences(const CheckContext& context, std::vector<Task>& tasks);
void PlanCircularReferences(const CheckContext& context, std::vector<Task>& tasks);
void PlanDifferentDates(const CheckContext& context, std::vector<Task>& tasks);
void PlanForeignOrgans(const CheckContext& context, std::vector<Task>& tasks);
void PlanNumbering(const CheckContext& context, std::vector<Task>& tasks);
void PlanLadders(const CheckContext& context, std::vector<Task>& tasks);
void PlanChangedPassages(const CheckContext& context, std::vector<Task>& tasks);
void PlanLoopholes(const CheckContext& context, std::vector<Task>& tasks);
void PlanAmbiguities(const CheckContext& context, std::vector<Task>& tasks);
void PlanSchedules(const CheckContext& context, std::vector<Task>& tasks);
// … and whom each one reaches; part of the same.
void PlanWhoseHours(const CheckContext& context, std::vector<Task>& tasks);
void PlanResolved(const CheckContext& context, std::vector<Task>& tasks);
void PlanDoublePunishment(const CheckContext& context, std::vector<Task>& tasks);
void PlanCategories(const CheckContext& context, std::vector<Task>& tasks);
void PlanIdleRules(const CheckContext& context, std::vector<Task>& tasks);
void PlanVacuous(const CheckContext& context, std::vector<Task>& tasks);

}  // namespace cotejo::checks
