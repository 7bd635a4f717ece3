// The values that a field of a fact may have, between its bounds.
#pragma once

#include <optional>

#include "model/rules/ruleset.h"

namespace cotejo::rules {

// Why a value given to a field is none of those that the checks take it to have, which are the
// multiples of the step it declares or else of its type's; nothing when it is one. What a rule
// derives is as fine as what it is derived from: of a derived kind only a declared step counts.
std::optional<base::Text> WhyBetweenSteps(const Ruleset& rules, const FactKind& kind,
                                          const Field& field, Rational number);
// What to do about it.
base::Text StepsHint(const Field& field);

}  // namespace cotejo::rules
