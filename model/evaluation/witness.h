// The histories that findings carry, read back.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "model/evaluation/history.h"

namespace cotejo::evaluation {

// From the facts CSV of a witness; nothing when it cannot be read under these rules. One of data
// alone has no dates from which to take its horizon.
std::optional<History> ParseHistory(const rules::Ruleset& rules, const std::string& csv,
                                    std::optional<std::pair<Date, Date>> horizon = std::nullopt);

}  // namespace cotejo::evaluation
