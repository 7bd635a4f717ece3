// How a check puts its questions: planned, run and recorded so that the totals add up.
#pragma once

#include <string>
#include <vector>

#include "solver/checks/realise.h"

namespace cotejo::checks {

// A question answered by the sweep alone.
void RecordProved(const CheckContext& context, base::CheckReport& report, std::string name,
                  const std::string& check);

// Puts the questions to the solver, which answers in order. Nothing is recorded: what the
// answers mean is for the check to say.
std::vector<Reply> Inquire(const CheckContext& context, const rules::Family& family,
                           const std::vector<Question>& questions);
// … and records each reply: a history found is a refutation.
std::vector<Reply> Put(const CheckContext& context, const rules::Family& family,
                       const std::vector<Question>& questions, base::CheckReport& report);

// What a solver of this run is given. `script` names what it was asked, and is unique.
smt::Options SolverOptions(const CheckContext& context, std::string script);

// ---- Task::depends ---------------------------------------------------------------
// All are empty when no results are kept. A task that reads more than it depends on gives
// yesterday's answers: when in doubt, DependsOnAll.

// The declarations listed, and what every history is made of.
std::string DependsOn(const CheckContext& context, const rules::Declarations& part);
// What a task about one family depends on: its cone, and everything a witness of it shows.
std::string DependsOnFamily(const CheckContext& context, const rules::Family& family);
rules::Declarations DeclarationsOf(const CheckContext& context, const rules::Family& family);
// … and one that also asks what becomes of the family's facts: the rules that judge them in
// the end, whatever they are called by then.
std::string DependsOnOutcomes(const CheckContext& context, const rules::Family& family);
// … and one about everything the ruleset says; not the files nor the imported text.
std::string DependsOnAll(const CheckContext& context);

}  // namespace cotejo::checks
