// The histories that findings carry, read back.
#pragma once

#include <optional>
#include <string>

#include "model/evaluation/history.h"

namespace cotejo::evaluation {

// From the facts CSV of a witness; nothing when it cannot be read under these rules.
std::optional<History> ParseHistory(const rules::Ruleset& rules, const std::string& csv);

}  // namespace cotejo::evaluation
