// Where the norm files declare each article, and how a path is shown.
#pragma once

#include <map>
#include <string>

#include "app/session.h"
#include "reports/sarif/sarif.h"

namespace cotejo::app {

// Relative to the working folder, or, outside it, to the folder that holds the regulation:
// what is published does not tell where it was made.
std::string ShownPath(const std::string& path, const std::string& regulation);

// The first declaration of each citation; an article that only has a heading, its heading.
std::map<base::Citation, reports::SourcePlace> PlacesOf(const Session& session,
                                                        const Loaded& loaded,
                                                        const std::string& regulation);

}  // namespace cotejo::app
