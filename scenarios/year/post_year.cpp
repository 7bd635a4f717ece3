#include "scenarios/year/post_year.h"

#include <algorithm>

namespace cotejo::year {
namespace {

bool GivesTwelfths(const RuleEffects& rule) {
  return rule.at_year_end &&
         std::any_of(rule.rights.begin(), rule.rights.end(),
                     [](const auto& right) { return right.second == Right::Earned; });
}

// Whether an amendment changes, adds or drops a rule that gives twelfths of vacation at the
// year's end.
bool HasOwnTwelfths(const Setting& setting, std::size_t k) {
  const std::vector<RuleEffects>& before = setting.effects.front();
  const std::vector<RuleEffects>& after = setting.effects[k];
  for (std::size_t rule = 0; rule < before.size(); ++rule) {
    if (GivesTwelfths(before[rule]) && setting.revisions[k].own_rule[rule] < 0) return true;
  }
  return std::count_if(before.begin(), before.end(), GivesTwelfths) !=
         std::count_if(after.begin(), after.end(), GivesTwelfths);
}

}  // namespace

PostYear::PostYear(const Setting& setting, const Tables& tables,
                   const population::Population& population, std::uint64_t seed)
    : setting_(setting),
      tables_(tables),
      population_(population),
      succession_(setting, population, seed),
      behavior_(population, setting.eligibility, setting.year, setting.shifts, seed),
      living_(setting, population, succession_, behavior_, setting.notices_from, &setting.noticed),
      of_first_(MakeJudges()),
      beside_(setting.plans.size()),
      seed_(seed) {
  if (population.turnover) of_newcomers_ = MakeJudges();
  for (std::size_t k = 0; k < setting.plans.size(); ++k) {
    const bool apart = setting.revisions[k].apart;
    own_twelfths_.push_back(k > 0 && !apart && HasOwnTwelfths(setting, k));
    std::vector<bool>& uneven = uneven_.emplace_back();
    for (const DayPlan& days : setting.plans[k].days) {
      uneven.push_back(
          std::any_of(days.work->days.begin(), days.work->days.end(), [&](std::int32_t day) {
            return days.shifts[static_cast<std::size_t>(day)] < setting.shifts;
          }));
    }
  }
}

PostYear::Judges PostYear::MakeJudges() const {
  Judges judges;
  for (std::size_t k = 0; k < setting_.plans.size(); ++k) {
    const Plan& plan = setting_.plans[k].plan;
    judges.evaluators.emplace_back(plan, setting_.agendas[k], setting_.year);
    judges.orders.emplace_back(plan, &setting_.revisions[k].own_qualification);
  }
  return judges;
}

bool PostYear::Fail(const Evaluator& evaluator) {
  fault_ = evaluator.fault();
  return false;
}

Stay PostYear::LiveStay(std::size_t k, const Occupant& occupant) {
  const Lived lived = living_.Live(k, occupant, JudgesOf(occupant).evaluators[k]);
  events_ = lived.events;
  return lived.stay;
}

Year PostYear::YearOf(std::size_t regulation, std::size_t into, std::int64_t sign,
                      const Occupant& occupant, const Stay& stay,
                      const std::optional<Occupant>& next) const {
  Year year;
  year.regulation = regulation;
  year.into = into;
  year.sign = sign;
  year.place = place_;
  year.key = {seed_, occupant.replication, occupant.tenure.post};
  year.stay = &stay;
  const StaffPlan& staff = setting_.plans[regulation];
  const std::uint32_t days = staff.days_of[stay.tenure.person];
  year.away = uneven_[regulation][days]
                  ? behavior_.ShiftsAway(stay.tenure.last, staff.days[days].shifts)
                  : behavior_.ShiftsAway(stay.tenure.last);
  year.postponed = behavior_.postponed() * (setting_.unit / 2);
  year.vacant_until = next ? next->tenure.first : setting_.year.count;
  year.vacant_before = occupant.number == 0 ? occupant.tenure.first : 0;
  return year;
}

bool PostYear::Live(std::size_t post, std::uint32_t replication, std::uint32_t place,
                    Totals& totals) {
  place_ = place;
  for (Beside& beside : beside_) beside.parted = false;
  if (!LiveBase(post, replication, totals)) return false;
  for (std::size_t k = 1; k < beside_.size(); ++k) {
    if (beside_[k].parted && !LiveOwn(k, totals)) return false;
  }
  return true;
}

// The text in force, and beside it each amendment as long as the people are the same.
bool PostYear::LiveBase(std::size_t post, std::uint32_t replication, Totals& totals) {
  std::optional<Occupant> now = succession_.First(post, replication);
  while (now) {
    Evaluator& base = JudgesOf(*now).evaluators.front();
    const Stay stay = LiveStay(0, *now);
    if (base.failed()) return Fail(base);
    const std::optional<Occupant> next = succession_.Next(*now, stay.tenure.last);
    Year year = YearOf(0, 0, 1, *now, stay, next);
    const Standing standing = tables_.Add(year, base, totals);
    for (std::size_t k = 1; k < beside_.size() && !base.failed(); ++k) {
      if (!beside_[k].parted) {
        if (!Amend(k, *now, stay, standing, totals)) return false;
        continue;
      }
      year.into = k;
      year.sign = -1;
      tables_.Add(year, base, totals);
    }
    if (base.failed()) return Fail(base);
    now = next;
  }
  return true;
}

// What an amendment changes of a stay that the text in force has judged.
bool PostYear::Amend(std::size_t k, const Occupant& occupant, const Stay& stay,
                     const Standing& standing, Totals& totals) {
  Judges& judges = JudgesOf(occupant);
  Evaluator& base = judges.evaluators.front();
  const Difference difference =
      base.Compare(setting_.revisions[k], setting_.plans[k], judges.orders[k], patch_);
  if ((population_.deterrence || population_.vacation.acquired) && difference != Difference::None)
    return Part(k, occupant, stay, totals);
  const bool leaves = stay.leaving != Leaving::No;
  const bool told = leaves || setting_.plans[0].plan.binding.balance.kind.valid();
  switch (difference) {
    case Difference::None:
      if (leaves && OtherTwelfths(k, occupant, stay)) return JudgeAgain(k, occupant, stay, totals);
      if (tables_.HasOtherCap(k))
        tables_.AddOtherCap(YearOf(k, k, 1, occupant, stay, {}), standing, base, totals);
      return true;
    case Difference::Patch: {
      const bool removes = population_.turnover && population_.turnover->removal;
      if ((removes && tables_.Removes(k, patch_)) || (told && tables_.Settles(k, patch_)) ||
          (leaves && OtherTwelfths(k, occupant, stay)))
        return JudgeAgain(k, occupant, stay, totals);
      Year year = YearOf(k, k, 1, occupant, stay, {});
      tables_.AddPatch(year, patch_, standing, base, totals);
      return true;
    }
    case Difference::Facts:
      break;
  }
  return JudgeAgain(k, occupant, stay, totals);
}

// What people are told otherwise has other answers: the amendment lives this stay, and what comes
// after it, by itself. Where it says the same of the stay as the text in force, that stay is its
// own too (living.cpp: there is only one).
bool PostYear::Part(std::size_t k, const Occupant& occupant, const Stay& stay, Totals& totals) {
  Evaluator& base = JudgesOf(occupant).evaluators.front();
  const std::optional<Occupant> next = succession_.Next(occupant, stay.tenure.last);
  tables_.Add(YearOf(0, k, -1, occupant, stay, next), base, totals);
  beside_[k] = {true, occupant};
  return !base.failed() || Fail(base);
}

// The rules on the year's end judge nobody who left before: what they would give at that point
// is asked apart.
bool PostYear::OtherTwelfths(std::size_t k, const Occupant& occupant, const Stay& stay) {
  if (!own_twelfths_[k]) return false;
  Evaluator& own = JudgesOf(occupant).evaluators[k];
  own.Begin(setting_.plans[k], stay.tenure);
  return succession_.EarnedOn(k, stay.tenure.last, own) != stay.earned || own.failed();
}

// The whole stay by the amended text, which may end it on another day.
bool PostYear::JudgeAgain(std::size_t k, const Occupant& occupant, const Stay& stay,
                          Totals& totals) {
  Judges& judges = JudgesOf(occupant);
  Evaluator& own = judges.evaluators[k];
  const Stay again = succession_.Judge(k, occupant, *events_, own);
  if (own.failed()) return Fail(own);
  const std::optional<Occupant> next = succession_.Next(occupant, again.tenure.last);
  tables_.Add(YearOf(k, k, 1, occupant, again, next), own, totals);
  if (own.failed()) return Fail(own);
  const std::optional<Occupant> before = succession_.Next(occupant, stay.tenure.last);
  tables_.Add(YearOf(0, k, -1, occupant, stay, before), judges.evaluators.front(), totals);
  if (again.tenure.last != stay.tenure.last) beside_[k] = {true, next};
  return true;
}

// The rest of the year of a post that an amendment gave other people.
bool PostYear::LiveOwn(std::size_t k, Totals& totals) {
  std::optional<Occupant> now = beside_[k].next;
  while (now) {
    Evaluator& own = JudgesOf(*now).evaluators[k];
    const Stay stay = LiveStay(k, *now);
    if (own.failed()) return Fail(own);
    const std::optional<Occupant> next = succession_.Next(*now, stay.tenure.last);
    tables_.Add(YearOf(k, k, 1, *now, stay, next), own, totals);
    if (own.failed()) return Fail(own);
    now = next;
  }
  return true;
}

}  // namespace cotejo::year
