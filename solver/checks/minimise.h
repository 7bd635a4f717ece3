// Witnesses made smaller and plainer, each step replayed.
#pragma once

#include "solver/checks/realise.h"

namespace cotejo::checks {

// Leaves out facts and attributes and rounds times to whole minutes as long as the
// interpreter still sees what the question asks.
void Minimise(const CheckContext& context, const rules::Family& family, const Question& question,
              Found& found);

// Whether the measures the interpreter read lie in the question's region, as far as the
// region speaks of measures.
bool InRegion(const Question& question, const evaluation::GapHit& gap);

}  // namespace cotejo::checks
