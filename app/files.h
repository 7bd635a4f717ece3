// The files an order reads and those it writes are not the same.
#pragma once

#include "app/commands.h"

namespace cotejo::app {

// False when a file of results would take the place of one that is read, of another of results or
// of a device: diagnosed and printed, before anything is read or written.
bool KeepFilesApart(Session& session, const Options& options);

}  // namespace cotejo::app
