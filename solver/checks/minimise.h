// Witnesses made smaller and plainer, each step replayed.
#pragma once

#include "solver/checks/realise.h"

namespace cotejo::checks {

// Leaves out facts and attributes, gives fields their plain values, and brings numbers and
// times down as far as the interpreter still sees what the question asks. `steps` are those
// the question depends on: trials run them alone, and the last one runs them all.
void Minimise(const CheckContext& context, const rules::Family& family, const Question& question,
              const std::vector<rules::Step>& steps, Found& found);

}  // namespace cotejo::checks
