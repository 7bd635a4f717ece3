// How a run of the checks is powered: threads, kept results, and the second solver.
#pragma once

#include "app/commands.h"
#include "model/base/finding.h"
#include "solver/checks/check.h"

namespace cotejo::app {

// Threads, the folder of the results kept, and the log of queries when something needs it.
// `log` must outlive the run.
void PowerUp(const Options& options, smt::Log& log, checks::CheckOptions& check);

// False, diagnosed, when a second opinion is wanted and its program cannot be run.
bool SecondSolverRuns(Session& session, const Options& options);

// After the run: writes the queries and asks for the second opinion, as the options say. What
// the solver proved by queries that cannot be written is unknown: nobody could repeat it.
void AskForSecondOpinion(const Options& options, const smt::Log& log, base::CheckReport& report);

// "contraste con cvc5: 812 consultas decididas · 810 confirmadas …" and a line for each
// disagreement; empty when nobody asked.
base::Text DescribeSecondOpinion(const base::CheckReport& report);

// Z3 and the second solver gave different answers to some query.
bool SolversDisagree(const base::CheckReport& report);

}  // namespace cotejo::app
