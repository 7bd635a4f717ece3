// How many of the simulated staff meet each finding: what joins the checks and the simulator.
#pragma once

#include "app/commands.h"
#include "app/session.h"
#include "reports/report.h"

namespace cotejo::app {

// Into `input`, for the findings of the text in force, when a population was given; false on bad
// input, diagnosed. One that is interrupted before it says anything leaves none.
bool MeasureExposure(Session& session, const Loaded& loaded, const Options& options,
                     reports::ReportInput& input);

}  // namespace cotejo::app
