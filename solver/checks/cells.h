// What the parts of the sweep share about elementary cells.
#pragma once

#include <optional>

#include "solver/checks/sweep.h"

namespace cotejo::checks {

struct Domain {
  std::optional<Rational> low, high;
  bool low_open = false;
};

// What the declarations alone say of a term's values.
Domain DomainOf(const rules::Ruleset& rules, const rules::Family& family, rules::ExprId id);

// Whether some multiple of the step lies in the cell; always, for no known step.
bool HasMultiple(Rational step, const Elementary& cell);

// Whether the whole cell satisfies the atom (a cell never does so in part).
bool Covers(const rules::Atom& atom, const Elementary& cell);

}  // namespace cotejo::checks
