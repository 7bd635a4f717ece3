// Real people in the place of those a population file draws: what a list of them may say.
#pragma once

#include <optional>
#include <string>

#include "app/commands.h"
#include "scenarios/population/population.h"
#include "scenarios/population/staff_list.h"

namespace cotejo::app {

// The population asked for: drawn from its file or, with --personal, with the people of the list.
// `last`: the last day that anything said of them may have. Nothing on bad input, diagnosed.
// `listed`: given the list as it was read, if there is one; what it comes from may be a pipe, which
// cannot be read again, or change.
std::optional<population::Population> ReadPopulation(Session& session, const Loaded& loaded,
                                                     const Options& options, base::Date last,
                                                     std::string* listed = nullptr);

// The list of --personal alone, as it says; the same limits.
std::optional<population::StaffList> ReadStaffList(Session& session, const Loaded& loaded,
                                                   const Options& options, base::Date last);

// The file of the key of pseudonyms: --llave, or beside the workspace.
std::string KeyPath(const Options& options);

}  // namespace cotejo::app
