// Faults counted by what they are («del mismo inciso»): how many of different sorts, or on both
// sides of the new year, never reach what as many of one sort in one window do.
#pragma once

#include <vector>

#include "solver/checks/escapes.h"

namespace cotejo::checks {

// The first time at which one value of the field brings the consequence.
struct Ladder {
  rules::Value value;
  int times = 0;
  rules::RuleId by;
};

struct LadderEscape {
  Reach reach = Reach::Sanction;
  std::vector<Ladder> ladders;  // values that escape, by times and value
  Measured free;
  Measured caught;
};

struct LadderAsked {
  Reach reach = Reach::Sanction;
  base::Verdict verdict = base::Verdict::Proved;
  base::Text reason;
  std::optional<LadderEscape> escape;
};

// Values of the field put together, in one window.
std::vector<LadderAsked> AskValuesApart(const CheckContext& context, rules::MeasureId measure);
// One value, in two windows that follow one another.
std::vector<LadderAsked> AskLadderReset(const CheckContext& context, rules::MeasureId measure);

// Most commissions of one value that are looked at, one a month.
int MostCommissions();

}  // namespace cotejo::checks
