// Mends of the findings of the text in force, tried with the settings of the run.
#pragma once

#include "app/commands.h"
#include "scenarios/mends/mends.h"

namespace cotejo::app {

// What was tried for one finding and what came of it. The checks of the official text are left
// out: no mend edits it.
mends::Trial TryMends(Session& session, const Loaded& loaded, const Options& options,
                      const base::CheckReport& report, const base::Finding& finding);

// The same for every finding, each with the mends that did; shows its progress.
void MendAll(Session& session, const Loaded& loaded, const Options& options,
             base::CheckReport& report);

}  // namespace cotejo::app
