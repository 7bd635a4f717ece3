// The cases that the norms and the amendments write, run.
#pragma once

#include "app/session.h"

namespace cotejo::app {

// A warning for each case that an amendment brings and its text does not meet: it does not say what
// its author meant.
void WarnOfFailedCases(Session& session, const Loaded& loaded);

}  // namespace cotejo::app
