// Mends of the findings of the text in force, tried with the settings of the run.
#pragma once

#include "app/commands.h"

namespace cotejo::app {

// For every finding the plainest mend that does or, without any, what was tried and why it does
// not; shows its progress.
void MendAll(Session& session, const Loaded& loaded, const Options& options,
             base::CheckReport& report);

}  // namespace cotejo::app
