// The files an order reads and those it writes are not the same.
#pragma once

#include <optional>
#include <string>

#include "app/commands.h"

namespace cotejo::app {

// False when a file of results would take the place of one that is read, of another of results or
// of a device: diagnosed and printed, before anything is read or written.
bool KeepFilesApart(Session& session, const Options& options);

// False, diagnosed, when `path` is one of the files read so far: also those that the regulation
// brings from other folders (`usa`), which the order does not name.
bool ApartFromWhatWasRead(Session& session, const std::string& path);

// Where a file written under that name belongs: what a link names, there already or not. Nothing
// when links lead in a circle.
std::optional<std::string> LeadsTo(const std::string& path);

}  // namespace cotejo::app
