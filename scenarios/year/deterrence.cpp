#include "scenarios/year/deterrence.h"

#include <stdexcept>

namespace cotejo::year {

// The year is lived and judged whole, and again with the months that follow its sanctions
// restrained, until those are the months it was lived with. That year is the one to be had by
// living month after month, and there is only one:
// - what happens until a month ends hangs on that month being restrained and on those before, for
//   nothing that begins later takes a day from what began earlier, and vacations, which are set
//   first, hang on no sanction (behavior.cpp);
// - what is judged on a day, and whether it stands, hangs on what happened until that day: a
//   measure counts nothing later, what goes by month or gestión is judged on its last day, and
//   all that applies to one thing applies on one day. Judging the rest of the year as well, or
//   until somebody is removed, changes nothing of it;
// - a month is restrained by sanctions of the months before alone.
// So each time one more month at least is as it will stay, and the first one always is.
Lived Living::Live(std::size_t regulation, const Occupant& occupant, Evaluator& evaluator) const {
  constexpr int kMost = 13;
  Lived lived;
  for (int time = 0; time < kMost; ++time) {
    lived.events = &behavior.Happen(occupant.tenure, *setting.work[occupant.tenure.person],
                                    occupant.replication, notices_from, noticed, lived.restrained);
    lived.stay = succession.Judge(regulation, occupant, *lived.events, evaluator);
    if (!population.deterrence || evaluator.failed()) return lived;
    const Months after = AfterSanctions(regulation, evaluator);
    if (after == lived.restrained) return lived;
    lived.restrained = after;
  }
  throw std::logic_error("what was judged of a month hangs on what comes after it");
}

// Whatever the tables count as a sanction: all that stands, in conflict or not, and on its day.
Months Living::AfterSanctions(std::size_t regulation, const Evaluator& evaluator) const {
  constexpr Months kAll = (1U << 12) - 1;
  const Months following = (1U << population.deterrence->months) - 1;
  Months restrained = 0;
  for (const Applied& applied : evaluator.applied()) {
    if (!applied.stands ||
        !setting.effects[regulation][static_cast<std::size_t>(applied.rule)].sanctions)
      continue;
    const std::int32_t month = setting.year.month[static_cast<std::size_t>(applied.day)];
    restrained |= following << (month + 1);
  }
  return restrained & kAll;
}

}  // namespace cotejo::year
