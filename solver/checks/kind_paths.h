// Which kinds of fact become which, and what expressions mention.
#pragma once

#include <vector>

#include "model/rules/ruleset.h"

namespace cotejo::checks {

// Whether a history gives its facts, and neither the calendar nor the rules.
bool Primitive(const rules::FactKind& kind);

// Kinds that lead to those marked by qualifications of facts, themselves included.
std::vector<bool> LeadingTo(const rules::Ruleset& rules, std::vector<bool> kinds);
// Kinds that those marked can become, of facts or of windows, themselves included.
std::vector<bool> ReachedFrom(const rules::Ruleset& rules, std::vector<bool> kinds);

bool Mentions(const rules::Ruleset& rules, rules::ExprId id, rules::Op op);

}  // namespace cotejo::checks
