#include "scenarios/exposure/readings.h"

#include <algorithm>
#include <utility>

namespace cotejo::exposure {
namespace {

using base::Text;

constexpr std::size_t kOther = 1;  // of the two that are prepared together

const Text kOtherShifts = {
    "las lecturas dan jornadas con otros tramos, y no ocurriría lo mismo en ellas",
    "the readings give days with other shifts, and the same things would not happen in them"};

// Every fact of a shift is one of both readings.
bool SameShifts(const year::Setting& setting) {
  const year::StaffPlan& own = setting.plans.front();
  const year::StaffPlan& other = setting.plans[kOther];
  for (std::size_t person = 0; person < own.days_of.size(); ++person) {
    if (own.days[own.days_of[person]].shifts != other.days[other.days_of[person]].shifts)
      return false;
  }
  return true;
}

// The words of two readings may be of two rules that say one thing.
std::string WhatItGives(const rules::Rule& rule) {
  std::string gives = rule.citation.str() + " " + std::to_string(static_cast<int>(rule.fault));
  for (const rules::Consequence& c : rule.consequences) {
    gives += "\n" + std::to_string(static_cast<int>(c.kind)) + "\t" + c.thing + "\t" + c.actor +
             "\t" + c.action;
    if (c.term)
      gives += "\t" + c.term->amount.str() + " " + std::to_string(static_cast<int>(c.term->unit));
  }
  return gives;
}

}  // namespace

std::vector<int> RuleNumbers::Of(const rules::Ruleset& rules) {
  std::vector<int> numbers;
  for (const rules::Rule& rule : rules.rules) {
    const auto next = static_cast<int>(known_.size());
    numbers.push_back(known_.try_emplace(WhatItGives(rule), next).first->second);
  }
  return numbers;
}

void Receive(const year::Plan& plan, const year::YearDays& year, const std::vector<int>& numbers,
             year::Evaluator& evaluator, Received& received) {
  const std::int32_t day_pay =
      plan.rules->definitions[static_cast<std::size_t>(plan.binding.day_pay)].body.value;
  received.clear();
  for (const year::Applied& applied : evaluator.applied()) {
    if (!applied.stands) continue;
    const auto rule = static_cast<std::size_t>(applied.rule);
    const std::int32_t month = year.month[static_cast<std::size_t>(applied.day)];
    const auto& consequences = plan.plan_rules[rule].consequences;
    for (std::size_t c = 0; c < consequences.size(); ++c) {
      if (consequences[c].kind == rules::ConsequenceKind::NoSanction) continue;
      received.push_back(
          {numbers[rule], month, static_cast<std::int32_t>(c), evaluator.quantity(applied, c)});
    }
    if (plan.plan_rules[rule].deducts)
      received.push_back({numbers[rule], month, -1, evaluator.Value(day_pay, applied.day)});
  }
  std::sort(received.begin(), received.end());
}

ReadOtherwise::ReadOtherwise(std::shared_ptr<const rules::Ruleset> rules, year::Setting setting)
    : rules_(std::move(rules)), setting_(std::move(setting)) {}

std::unique_ptr<ReadOtherwise> ReadOtherwise::Make(const rules::Ruleset& base,
                                                   std::shared_ptr<const rules::Ruleset> other,
                                                   const population::Population& population,
                                                   int gestion, RuleNumbers& numbers,
                                                   base::Text& why_not) {
  base::Diagnostics diagnostics;
  auto setting = year::Prepare({&base, other.get()}, population, gestion, diagnostics);
  if (!setting) {
    why_not = diagnostics.all().front().message;
    return nullptr;
  }
  if (!SameShifts(*setting)) {
    why_not = kOtherShifts;
    return nullptr;
  }
  std::unique_ptr<ReadOtherwise> made(new ReadOtherwise(std::move(other), std::move(*setting)));
  made->numbers_ = numbers.Of(*made->rules_);
  return made;
}

OtherJudge::OtherJudge(const ReadOtherwise& reading, const population::Population& population,
                       std::uint64_t seed)
    : reading_(reading),
      succession_(reading.setting(), population, seed),
      evaluator_(reading.plan(), year::Everything(reading.plan()), reading.setting().year) {}

bool OtherJudge::Differs(const year::Occupant& occupant, std::span<const year::Event> events,
                         const Received& own, std::int64_t own_unit) {
  succession_.Judge(kOther, occupant, events, evaluator_);
  if (evaluator_.failed()) return false;
  Receive(reading_.plan(), reading_.setting().year, reading_.numbers(), evaluator_, received_);
  // The unit of two texts is a multiple of that of one.
  const std::int64_t times = reading_.setting().unit / own_unit;
  return !std::equal(received_.begin(), received_.end(), own.begin(), own.end(),
                     [&](const Item& a, Item b) {
                       if (b.quantity != year::kAbsent) b.quantity *= times;
                       return a == b;
                     });
}

}  // namespace cotejo::exposure
