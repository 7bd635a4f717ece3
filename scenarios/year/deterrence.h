// Somebody's stay in a post under one regulation, when what they do answers to the sanctions it
// gave them.
#pragma once

#include "scenarios/year/succession.h"

namespace cotejo::year {

struct Lived {
  Stay stay;
  const std::vector<Event>* events = nullptr;  // in no order; until the behavior lives another
  Months restrained = 0;                       // those that follow a sanction
};

// What it takes to live one; all of it outlives this.
struct Living {
  const Setting& setting;
  const population::Population& population;
  const Succession& succession;
  Behavior& behavior;
  std::int64_t notices_from = 0;
  const Noticed* noticed = nullptr;

  // Has the evaluator judge what came of it. When it fails nothing of this may be used.
  [[nodiscard]] Lived Live(std::size_t regulation, const Occupant& occupant,
                           Evaluator& evaluator) const;

 private:
  [[nodiscard]] Months AfterSanctions(std::size_t regulation, const Evaluator& evaluator) const;
};

}  // namespace cotejo::year
