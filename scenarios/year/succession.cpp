#include "scenarios/year/succession.h"

#include <algorithm>

#include "scenarios/population/philox.h"

namespace cotejo::year {
namespace {

// Of those of behavior.cpp, which are part of the key: never renumber.
constexpr std::uint32_t kEndOfStay = 21;
enum Word { kDepartureWord, kDayWord, kVacantWord, kSuccessorWord };

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

Succession::Succession(const Setting& setting, const population::Population& population,
                       std::uint64_t seed)
    : setting_(setting), population_(population), seed_(seed) {
  for (const std::vector<RuleEffects>& effects : setting.effects) {
    Ending& ending = endings_.emplace_back();
    for (std::size_t rule = 0; rule < effects.size(); ++rule) {
      ending.removes.push_back(effects[rule].destitutes || effects[rule].retires ? 1 : 0);
      if (!effects[rule].at_year_end) continue;
      for (const auto& [consequence, right] : effects[rule].rights) {
        if (right == Right::Earned)
          ending.twelfths.emplace_back(rule, static_cast<std::size_t>(consequence));
      }
    }
  }
}

// ---- who holds the post ----------------------------------------------------------

Occupant Succession::First(std::size_t post, std::uint32_t replication) const {
  Occupant occupant;
  occupant.tenure = {post, post, setting_.first_day[post], setting_.year.count - 1, false};
  occupant.replication = replication;
  if (population_.turnover) Decide(occupant);
  return occupant;
}

std::optional<Occupant> Succession::Next(const Occupant& before, std::int32_t last) const {
  const std::int32_t first = last + 1 + before.vacant;
  if (first >= setting_.year.count) return std::nullopt;
  const std::size_t post = before.tenure.post;
  const std::vector<std::uint32_t>& peers = setting_.peers[setting_.peers_of[post]];
  Occupant occupant;
  occupant.tenure.post = post;
  occupant.tenure.person =
      peers[population::Below(before.successor, static_cast<std::uint32_t>(peers.size()))];
  occupant.tenure.first = first;
  occupant.tenure.last = setting_.year.count - 1;
  occupant.tenure.newcomer = true;
  occupant.replication = before.replication;
  occupant.number = before.number + 1;
  Decide(occupant);
  return occupant;
}

// The chance is of a whole year: a day of it is drawn, and whoever came later has escaped it.
void Succession::Decide(Occupant& occupant) const {
  const auto draw = population::Draw(
      seed_, occupant.replication, static_cast<std::uint32_t>(occupant.tenure.post),
      static_cast<std::uint32_t>(setting_.year.first + occupant.number), kEndOfStay);
  occupant.vacant = population_.turnover->vacant.value(draw[kVacantWord]);
  occupant.successor = draw[kSuccessorWord];
  const auto day = static_cast<std::int32_t>(
      population::Below(draw[kDayWord], static_cast<std::uint32_t>(setting_.year.count)));
  if (day < occupant.tenure.first) return;
  const std::size_t group = population_.staff.group[occupant.tenure.post];
  const auto& departures = population_.turnover->departures[group];
  std::uint64_t below = 0;
  for (std::size_t d = 0; d < departures.size(); ++d) {
    below += departures[d].chance.below;
    if (draw[kDepartureWord] >= below) continue;
    occupant.departure = static_cast<int>(d);
    occupant.tenure.last = day;
    return;
  }
}

// ---- what came of it -------------------------------------------------------------

Stay Succession::Judge(std::size_t regulation, const Occupant& occupant,
                       std::span<const Event> events, Evaluator& evaluator) const {
  const StaffPlan& staff = setting_.plans[regulation];
  Stay stay;
  stay.tenure = occupant.tenure;
  if (occupant.departure >= 0) stay.leaving = Leaving::Departure;
  Feed(staff, stay.tenure, events, evaluator);
  evaluator.Run();
  if (population_.turnover && population_.turnover->removal) {
    const std::int32_t last = stay.tenure.last;
    FindRemoval(regulation, occupant, evaluator, stay);
    if (stay.tenure.last < last) {
      Feed(staff, stay.tenure, events, evaluator);
      evaluator.Run();
    }
  }
  const std::int64_t half = setting_.unit / 2;
  for (const Event& event : events) {
    if (event.what != Happening::Vacation || event.day > stay.tenure.last) continue;
    const std::int64_t days = event.value * half;
    stay.used += days;
    const auto use = static_cast<VacationUse>(event.count);
    if (use == VacationUse::Reprogrammed) stay.reprogrammed += days;
    if (use == VacationUse::Collective) stay.together += days;
  }
  if (!stay.tenure.newcomer)
    stay.opening = population_.staff.opening_half_days[stay.tenure.person] * half;
  const Binding& binding = staff.plan.binding;
  const bool stays = stay.leaving == Leaving::No;
  if ((stays && !binding.balance.kind.valid()) || evaluator.failed()) return stay;
  if (!stays) stay.earned = EarnedOn(regulation, stay.tenure.last, evaluator);
  stay.left = stay.opening + Given(regulation, evaluator) + stay.earned - stay.used;
  if (stays && !evaluator.looks_at(binding.balance.kind.value)) return stay;
  if (!stays) {
    AddEnd(regulation, occupant, stay, evaluator);
    if (evaluator.Resume()) return stay;
  }
  FeedStay(regulation, occupant, stay, events, evaluator);
  evaluator.Run();
  return stay;
}

// The first removal to take effect. A rule only looks back, and what is judged on a day does not
// change when what comes after the stay is left out.
void Succession::FindRemoval(std::size_t regulation, const Occupant& occupant, Evaluator& evaluator,
                             Stay& stay) const {
  const auto take = [&](const Applied& applied, bool after_process, Leaving leaving) {
    const auto last = after_process ? ProcessEnd(regulation, occupant, applied) : applied.day;
    if (!last || *last >= stay.tenure.last) return;
    stay.tenure.last = *last;
    stay.leaving = leaving;
  };
  const std::vector<std::uint8_t>& removes = endings_[regulation].removes;
  for (const Applied& applied : evaluator.applied()) {
    if (removes[At(applied.rule)] == 0 || !applied.stands || applied.in_conflict) continue;
    const RuleEffects& effects = setting_.effects[regulation][At(applied.rule)];
    if (effects.destitutes) take(applied, effects.destitutes_after_process, Leaving::Destitution);
    if (effects.retires) take(applied, effects.retires_after_process, Leaving::Retirement);
  }
}

// An amendment may have done away with the procedure: nothing is waited for then.
std::optional<std::int32_t> Succession::ProcessEnd(std::size_t regulation, const Occupant& occupant,
                                                   const Applied& applied) const {
  if (const auto& days = population_.turnover->removal->process_days) return applied.day + *days;
  const Procedures& procedures = setting_.procedures[regulation];
  const Procedures::Procedure* process = procedures.of_process();
  if (process == nullptr) return applied.day;
  const Course course = procedures.Run(*process, At(applied.rule), applied.day,
                                       {seed_, occupant.replication, occupant.tenure.post},
                                       setting_.year, *setting_.work[occupant.tenure.person]);
  return course.annulled ? std::nullopt : course.finished;
}

std::int64_t Succession::EarnedOn(std::size_t regulation, std::int32_t day,
                                  Evaluator& evaluator) const {
  const Plan& plan = setting_.plans[regulation].plan;
  std::int64_t earned = 0;
  for (const auto& [rule, consequence] : endings_[regulation].twelfths) {
    if (!evaluator.Holds(plan.plan_rules[rule].condition, day)) continue;
    const std::int64_t days =
        evaluator.Value(plan.plan_rules[rule].consequences[consequence].node, day);
    if (days != kAbsent) earned += days;
  }
  return earned;
}

const std::vector<OccurrenceBinding::Given>& SeparationFields(
    const SeparationBinding& bound, const population::Population& population,
    const Occupant& occupant, Leaving leaving) {
  if (leaving == Leaving::Destitution) return bound.destitution;
  if (leaving == Leaving::Retirement) return bound.retirement;
  return bound.departures[population.staff.group[occupant.tenure.post]][At(occupant.departure)];
}

void Succession::FeedStay(std::size_t regulation, const Occupant& occupant, const Stay& stay,
                          std::span<const Event> events, Evaluator& evaluator) const {
  Feed(setting_.plans[regulation], stay.tenure, events, evaluator);
  AddEnd(regulation, occupant, stay, evaluator);
}

void Succession::AddEnd(std::size_t regulation, const Occupant& occupant, const Stay& stay,
                        Evaluator& evaluator) const {
  const StaffPlan& staff = setting_.plans[regulation];
  if (stay.leaving == Leaving::No) {
    const BalanceBinding& balance = staff.plan.binding.balance;
    if (!balance.kind.valid() || !evaluator.looks_at(balance.kind.value)) return;
    evaluator.Add(balance.kind.value, stay.tenure.last, 0)[balance.days.index()] = stay.left;
    return;
  }
  const SeparationBinding& bound = staff.plan.binding.separation;
  if (!evaluator.looks_at(bound.kind.value)) return;
  std::int64_t* fields = evaluator.Add(bound.kind.value, stay.tenure.last, 0);
  for (const auto& [field, value] : SeparationFields(bound, population_, occupant, stay.leaving))
    fields[field.index()] = value.absent ? kAbsent : Scaled(staff.plan, value.number);
  fields[bound.left.index()] = stay.left;
}

// What stands of what the rules give and take away.
std::int64_t Succession::Given(std::size_t regulation, const Evaluator& evaluator) const {
  std::int64_t given = 0;
  for (const Applied& applied : evaluator.applied()) {
    if (!applied.stands || applied.in_conflict) continue;
    for (const auto& [consequence, right] : setting_.effects[regulation][At(applied.rule)].rights) {
      if (right == Right::Vacation) given += evaluator.quantity(applied, consequence);
      if (right == Right::Lapsed) given -= evaluator.quantity(applied, consequence);
    }
  }
  return given;
}

}  // namespace cotejo::year
