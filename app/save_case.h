// The witness of a finding as a case of the norm language, to be kept in a norm file.
#pragma once

#include "app/commands.h"

namespace cotejo::app {

// Says that no finding has that id, and which are the nearest.
ExitStatus UnknownFinding(Session& session, const reports::ReportInput& input,
                          const std::string& id);

// Writes the case of --guardar-caso, and that of the history it is compared with, to --salida
// or to standard output, in a block that can be added to a norm file.
ExitStatus SaveCase(Session& session, const Loaded& loaded, const Options& options,
                    const reports::ReportInput& input);

}  // namespace cotejo::app
