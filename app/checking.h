// Steps shared by the commands that check: running with a progress bar, describing the run.
#pragma once

#include "app/commands.h"
#include "model/base/finding.h"
#include "reports/terminal/terminal.h"
#include "solver/checks/check.h"

namespace cotejo::app {

base::CheckReport CheckWithProgress(const Session& session, const rules::Ruleset& rules,
                                    const Options& options);

// Title, norms, readings, command line and the amendments with what they edit.
reports::ReportInput DescribeRun(const Session& session, const Loaded& loaded);

// Checks the base and every amendment into `input`.
void CheckAll(const Session& session, const Loaded& loaded, const Options& options,
              reports::ReportInput& input);

reports::TerminalOptions Terminal(const Session& session);

}  // namespace cotejo::app
