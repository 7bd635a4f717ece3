// What comes round each year: the facts, and what they alone lead to, worked out once for all the
// replications that a person lives in a row.
#include <algorithm>

#include "scenarios/year/evaluator.h"

namespace cotejo::year {
namespace {

std::size_t At(int index) { return static_cast<std::size_t>(index); }

}  // namespace

void Evaluator::Begin(const StaffPlan& staff, const Tenure& tenure) {
  ++run_;
  for (const int subject : rooted_) window_roots_[At(subject)].clear();
  rooted_.clear();
  arrivals_.clear();
  applied_.clear();
  crowded_.clear();
  quantities_.clear();
  gaps_.clear();
  conflicts_.clear();
  counted_.clear();
  sanctions_born_ = false;
  fault_ = nullptr;
  tied_ = false;
  const bool same = staff_ == &staff && tenure_.person == tenure.person &&
                    tenure_.newcomer == tenure.newcomer && tenure_.first == tenure.first;
  const bool known = staff_ == &staff && tenure_.person == tenure.person && !tenure_.newcomer;
  const bool until_then = same && tenure_.last == tenure.last;
  if (!same && (!known || tenure.newcomer)) staff.Take(tenure, year_, person_);
  staff_ = &staff;
  index_ = tenure.person;
  tenure_ = tenure;
  if (!same) TakeUp();
  if (!until_then) CutShort();
  TakeUpAgain();
  CloseMonth();
}

// The month in which the stay ends is closed on its last day.
void Evaluator::CloseMonth() {
  if (tenure_.last >= year_.count - 1) return;
  const std::int32_t last = year_.month_last[At(year_.month[At(tenure_.last)])];
  if (tenure_.last == last) return;
  for (const int kind : staff_->monthly) {
    if (looks_at(kind)) Add(kind, tenure_.last, 0);
  }
}

// The facts that come round each year, and nothing known yet of what they alone lead to: all that
// fall in the year, for the same person may stay until another day in another replication.
void Evaluator::TakeUp() {
  for (const int kind : grown_) by_kind_[At(kind)].clear();
  for (const int kind : steady_kinds_) by_kind_[At(kind)].clear();
  for (const int kind : steady_kinds_) steady_count_[At(kind)] = 0;
  facts_.clear();
  used_blocks_ = 1;
  used_fields_ = 0;
  roots_.clear();
  for (const auto& [kind, day] : person_.periodic) {
    if (looks_at(kind) && tenure_.first <= day) Add(kind, day, 0);
  }
  tied_ = false;  // what comes round does so in the same order each year
  steady_facts_ = facts_.size();
  steady_blocks_ = used_blocks_;
  steady_fields_ = used_fields_;
  steady_roots_ = roots_.size();
  grown_.clear();
  for (const int kind : steady_kinds_) steady_by_kind_[At(kind)].clear();
  steady_kinds_.clear();
  for (const PlanFact& fact : facts_) {
    if (!steady_by_kind_[At(fact.kind)].empty()) continue;
    steady_kinds_.push_back(fact.kind);
    const Pile<Placed>& same = by_kind_[At(fact.kind)];
    steady_by_kind_[At(fact.kind)].assign(same.begin(), same.end());
    steady_count_[At(fact.kind)] = same.size();
  }
  give_nothing_.clear();
  ++taken_;
}

// Those of the stay are the first of each kind.
void Evaluator::CutShort() {
  std::fill(steady_due_.begin(), steady_due_.end(), 0);
  for (const int kind : steady_kinds_) {
    const std::vector<Placed>& all = steady_by_kind_[At(kind)];
    const auto end = std::partition_point(
        all.begin(), all.end(), [&](const Placed& placed) { return placed.day() <= tenure_.last; });
    const auto count = static_cast<std::size_t>(end - all.begin());
    if (count != steady_count_[At(kind)]) grown_.push_back(kind);
    steady_count_[At(kind)] = count;
    if (count > 0) AddDue(kind, steady_due_);
  }
  for (const int rule : give_nothing_) {
    const SteadyRule& steady = steady_rules_[At(rule)];
    if (tenure_.last <= steady.until) NotDue(steady.step, steady_due_);
  }
}

// Back to the facts that come round.
void Evaluator::TakeUpAgain() {
  for (const int kind : grown_) {
    by_kind_[At(kind)].assign(steady_by_kind_[At(kind)].data(), steady_count_[At(kind)]);
  }
  grown_.clear();
  std::copy(steady_due_.begin(), steady_due_.end(), due_.begin());
  facts_.Shrink(steady_facts_);
  used_blocks_ = steady_blocks_;
  used_fields_ = steady_fields_;
  roots_.Shrink(steady_roots_);
  for (Root& root : roots_) root.count = 0;
}

void Evaluator::AddDue(int kind, std::vector<std::uint64_t>& due) const {
  const std::vector<std::uint64_t>& steps = judging_[At(kind)];
  for (std::size_t word = 0; word < due.size(); ++word) due[word] |= steps[word];
}

// ---- what they lead to ------------------------------------------------------------

void Evaluator::RunRule(int id) {
  SteadyRule& steady = steady_rules_[At(id)];
  if (!steady.may || by_kind_[steady.kind].size() != steady_count_[steady.kind] ||
      std::any_of(steady.others.begin(), steady.others.end(),
                  [&](int kind) { return !by_kind_[At(kind)].empty(); }))
    return Judge(id);
  if (steady.taken == taken_ && tenure_.last <= steady.until && ApplyAgain(id)) return;
  const std::size_t applied = applied_.size();
  const std::size_t quantities = quantities_.size();
  Judge(id);
  if (!steady.same && !steady.by_month) return;
  steady.applied.assign(applied_.begin() + applied, applied_.end());
  for (Applied& a : steady.applied) a.quantities -= quantities;
  steady.quantities.assign(quantities_.begin() + quantities, quantities_.end());
  if (fault_ != nullptr) return;
  steady.taken = taken_;
  steady.until = tenure_.last;
  // One that looks at other facts is asked whether there are any.
  if (!steady.applied.empty() || !steady.others.empty()) return;
  give_nothing_.push_back(id);
  NotDue(steady.step, steady_due_);
}

// What it said of this person's facts that come round each year, as far as the stay goes. False
// when what it gives is not the same again, and cannot be worked out for all of them at once.
bool Evaluator::ApplyAgain(int id) {
  const SteadyRule& steady = steady_rules_[At(id)];
  auto end = steady.applied.end();
  while (end != steady.applied.begin() && end[-1].day > tenure_.last) --end;
  if (end == steady.applied.begin()) return true;
  const std::size_t quantities = quantities_.size();
  if (steady.same) {
    const auto all = steady.quantities.begin();
    const auto last = end == steady.applied.end()
                          ? steady.quantities.end()
                          : all + static_cast<std::ptrdiff_t>(end->quantities);
    std::for_each(all, last, [&](std::int64_t quantity) { quantities_.Next() = quantity; });
  } else {
    const PlanRule& rule = plan_.plan_rules[At(id)];
    ByMonth months;
    if (!EvalMonthsOf(rule.subject, rule.consequences[0].node, months)) return false;
    for (auto a = steady.applied.begin(); a != end; ++a)
      quantities_.Next() = months[At(MonthOf(a->day))];
  }
  for (auto a = steady.applied.begin(); a != end; ++a) {
    Applied& applied = applied_.Next();
    applied = *a;
    applied.quantities += quantities;
    CountAt(a->root);
  }
  rule_ran_[At(id)] = run_;
  return true;
}

}  // namespace cotejo::year
