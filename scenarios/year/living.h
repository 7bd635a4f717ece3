// Somebody's stay in a post under one regulation, when what they do answers to what it told them:
// the sanctions it gave them, and the vacation.
#pragma once

#include "scenarios/year/succession.h"

namespace cotejo::year {

struct Lived {
  Stay stay;
  const std::vector<Event>* events = nullptr;  // in no order; until the behavior lives another
  Answer answer;                               // to what was judged of it
};

// Lives them, one after the other; one object a thread. All that it is given outlives it.
class Living {
 public:
  Living(const Setting& setting, const population::Population& population,
         const Succession& succession, Behavior& behavior, std::int64_t notices_from,
         const Noticed* noticed = nullptr);

  // Has the evaluator judge what came of it. When it fails nothing of this may be used.
  [[nodiscard]] Lived Live(std::size_t regulation, const Occupant& occupant, Evaluator& evaluator);

 private:
  // What the last stay of somebody was given, which is as a rule what the next one will be.
  struct Expected {
    std::size_t person = SIZE_MAX;
    bool newcomer = false;
    std::vector<Acquired> acquired;
  };

  [[nodiscard]] Answer AnswerTo(std::size_t regulation, const Evaluator& evaluator) const;
  [[nodiscard]] Months AfterSanctions(std::size_t regulation, const Evaluator& evaluator) const;
  [[nodiscard]] std::vector<Acquired> Acquisitions(std::size_t regulation,
                                                   const Evaluator& evaluator) const;

  const Setting& setting_;
  const population::Population& population_;
  const Succession& succession_;
  Behavior& behavior_;
  std::int64_t notices_from_ = 0;
  const Noticed* noticed_ = nullptr;
  std::vector<Expected> expected_;  // by regulation
};

}  // namespace cotejo::year
