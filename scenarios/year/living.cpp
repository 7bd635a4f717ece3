#include "scenarios/year/living.h"

#include <map>
#include <stdexcept>

namespace cotejo::year {
namespace {

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

Living::Living(const Setting& setting, const population::Population& population,
               const Succession& succession, Behavior& behavior, std::int64_t notices_from,
               const Noticed* noticed)
    : setting_(setting),
      population_(population),
      succession_(succession),
      behavior_(behavior),
      notices_from_(notices_from),
      noticed_(noticed),
      expected_(setting.plans.size()) {}

// The year is lived and judged whole, and again with what it answers to what was judged, until that
// is what it was lived with. That year is the one to be had by living day after day, and there is
// only one:
// - what happens until a day hangs on what was answered until then, for nothing that begins later
//   takes a day from what began earlier; vacations are set first, one balance after the other, and
//   hang on nothing but when each was given and how much it is; what is used of one given later is
//   of the days after that, and takes none from those given before (behavior.cpp);
// - what is judged on a day, and whether it stands, hangs on what happened until that day: a
//   measure counts nothing later, what goes by month or gestión is judged on its last day, and
//   all that applies to one thing applies on one day. Judging the rest of the year as well, or
//   until somebody is removed, changes nothing of it;
// - a month is restrained by sanctions of the months before alone, and vacation is used after the
//   day on which it was given.
// So each time one more day at least is as it will stay, whatever was expected at first.
Lived Living::Live(std::size_t regulation, const Occupant& occupant, Evaluator& evaluator) {
  const Tenure& tenure = occupant.tenure;
  Lived lived;
  Expected& expected = expected_[regulation];
  const bool same = expected.person == tenure.person && expected.newcomer == tenure.newcomer;
  if (population_.vacation.acquired && same) {
    lived.answer.acquired = expected.acquired;
    std::erase_if(lived.answer.acquired, [&](const Acquired& a) { return a.day > tenure.last; });
  }
  for (int time = 0; time <= setting_.year.count; ++time) {
    lived.events = &behavior_.Happen(tenure, *setting_.work[tenure.person], occupant.replication,
                                     notices_from_, noticed_, lived.answer);
    lived.stay = succession_.Judge(regulation, occupant, *lived.events, evaluator);
    if ((!population_.deterrence && !population_.vacation.acquired) || evaluator.failed())
      return lived;
    Answer answer = AnswerTo(regulation, evaluator);
    if (answer == lived.answer) {
      expected = {tenure.person, tenure.newcomer, std::move(answer.acquired)};
      return lived;
    }
    lived.answer = std::move(answer);
  }
  throw std::logic_error("what was judged of a day hangs on what comes after it");
}

Answer Living::AnswerTo(std::size_t regulation, const Evaluator& evaluator) const {
  Answer answer;
  if (population_.deterrence) answer.restrained = AfterSanctions(regulation, evaluator);
  if (population_.vacation.acquired) answer.acquired = Acquisitions(regulation, evaluator);
  return answer;
}

// Whatever the tables count as a sanction: all that stands, in conflict or not, and on its day.
Months Living::AfterSanctions(std::size_t regulation, const Evaluator& evaluator) const {
  constexpr Months kAll = (1U << 12) - 1;
  const Months following = (1U << population_.deterrence->months) - 1;
  Months restrained = 0;
  for (const Applied& applied : evaluator.applied()) {
    if (!applied.stands || !setting_.effects[regulation][At(applied.rule)].sanctions) continue;
    const std::int32_t month = setting_.year.month[At(applied.day)];
    restrained |= following << (month + 1);
  }
  return restrained & kAll;
}

// What the tables count as acquired, in whole half days a day.
std::vector<Acquired> Living::Acquisitions(std::size_t regulation,
                                           const Evaluator& evaluator) const {
  std::map<std::int32_t, std::int64_t> given;  // by day
  for (const Applied& applied : evaluator.applied()) {
    if (!applied.stands || applied.in_conflict) continue;
    for (const auto& [consequence, right] : setting_.effects[regulation][At(applied.rule)].rights) {
      if (right == Right::Vacation) given[applied.day] += evaluator.quantity(applied, consequence);
    }
  }
  std::vector<Acquired> all;
  for (const auto& [day, quantity] : given) {
    const auto half_days = static_cast<std::int32_t>(quantity / (setting_.unit / 2));
    if (half_days > 0) all.push_back({day, half_days});
  }
  return all;
}

}  // namespace cotejo::year
