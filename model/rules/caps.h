// What limits what an entity may do to somebody.
#pragma once

#include "model/rules/ruleset.h"

namespace cotejo::rules {

// A cap: a prohibition that judges sanctions, and is none itself.
bool IsCap(const Ruleset& rules, const Rule& rule);

}  // namespace cotejo::rules
