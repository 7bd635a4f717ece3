// A year that was judged by the text in force, compared with what an amendment makes of it.
#include <algorithm>

#include "scenarios/year/evaluator.h"

namespace cotejo::year {
namespace {

std::size_t At(int index) { return static_cast<std::size_t>(index); }

}  // namespace

Difference Evaluator::Compare(const Revision& revision, const StaffPlan& amended, Order& order,
                              Patch& patch) {
  if (revision.apart || OtherFacts(revision, amended)) return Difference::Facts;
  const bool dropped = std::any_of(revision.dropped_rules.begin(), revision.dropped_rules.end(),
                                   [&](int rule) { return rule_ran_[At(rule)] == run_; });
  const bool added = AddedApplies(revision);
  if (!dropped && !added) return Difference::None;
  if (revision.chained) return Difference::Facts;
  touched_.clear();
  for (const Applied& a : applied_) {
    if (revision.own_rule[At(a.rule)] < 0) touched_.push_back(a.root);
  }
  for (const Applied& a : added_) touched_.push_back(a.root);
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  patch.before.Clear();
  patch.after.Clear();
  for (const int root : touched_) TakeRoot(root, revision, amended.plan, order, patch);
  return Difference::Patch;
}

// ---- facts -----------------------------------------------------------------------

// Whether what the revision drops or adds derives something: in order, so that each is asked of
// facts that so far are the same.
bool Evaluator::OtherFacts(const Revision& revision, const StaffPlan& amended) {
  for (const int id : revision.dropped_qualifications) {
    if (qualification_ran_[At(id)] != run_) continue;
    const bool replaced =
        std::any_of(revision.qualifications.begin(), revision.qualifications.end(),
                    [&](const Revision::Added& added) { return added.replaces == id; });
    if (!replaced) return true;
  }
  for (const Revision::Added& added : revision.qualifications) {
    if (added.table >= 0) {
      if (OtherArrivals(added, amended)) return true;
      continue;
    }
    if (added.twin >= 0) continue;  // the dropped one did not hold
    const PlanQualification& q = plan_.qualifications[At(added.shared)];
    if (reads_arrivals_ && !arrivals_.empty() &&
        plan_.subjects[At(q.subject)].kind == plan_.binding.of(Happening::Arrival).kind)
      return true;  // they are not all there to be asked
    for (const Instance& instance : Instances(q.subject)) {
      if (q.from_rule >= 0 ? Applies(q.from_rule, instance.scope)
                           : Holds(q.condition, instance.scope))
        return true;
    }
  }
  return false;
}

// Whether some arrival means another thing to a qualification than to the one it replaces.
bool Evaluator::OtherArrivals(const Revision::Added& added, const StaffPlan& amended) {
  const ArrivalTables& now = plan_.arrivals;
  const ArrivalTables& then = amended.plan.arrivals;
  const std::vector<std::int32_t>& contexts = amended.days[amended.days_of[index_]].context;
  const Pile<Placed>& facts = by_kind_[plan_.binding.of(Happening::Arrival).kind.index()];
  if (std::any_of(facts.begin(), facts.end(),
                  [&](const Placed& placed) { return !facts_[At(placed.fact)].arrival; }))
    return true;
  for (const SeenArrival& fact : arrivals_) {
    const std::int32_t after =
        then.cell(added.table, contexts[At(fact.day)], fact.shift, fact.justified, fact.offset);
    std::int32_t before = ArrivalTables::kNo;
    if (added.replaces >= 0)
      before =
          now.cell(plan_.qualifications[At(added.replaces)].table,
                   person_.days->context[At(fact.day)], fact.shift, fact.justified, fact.offset);
    if (before == ArrivalTables::kNo && after == ArrivalTables::kNo) continue;
    if (before < 0 || after < 0 || now.fields[At(before)] != then.fields[At(after)]) return true;
  }
  return false;
}

// ---- rules -----------------------------------------------------------------------

// Fills added_ with what the revision's rules say of this year.
bool Evaluator::AddedApplies(const Revision& revision) {
  added_.clear();
  for (const Revision::Added& added : revision.rules) {
    if (added.twin >= 0) {
      if (rule_ran_[At(added.twin)] != run_) continue;
      for (const Applied& a : applied_) {
        if (a.rule == added.twin) Apply(added.shared, {a.day, a.fact}, a.root, nullptr, added_);
      }
      continue;
    }
    const int lead = lead_of_[At(added.shared)];
    const PlanRule& rule = plan_.plan_rules[At(added.shared)];
    if (lead >= 0) {
      const Test& first = rule.condition.tests.front();
      if (RuledOut(lead, first.low, first.high)) continue;
    }
    const int subject = rule.subject;
    for (Instance& instance : Instances(subject)) {
      if (!Applies(added.shared, instance.scope)) continue;
      Apply(added.shared, instance.scope, RootOf(subject, instance), nullptr, added_);
    }
  }
  return !added_.empty();
}

// What stands of one thing under each text.
void Evaluator::TakeRoot(int root, const Revision& revision, const Plan& amended, Order& order,
                         Patch& patch) {
  Patch::Side& before = patch.before;
  Patch::Side& after = patch.after;
  const std::size_t first_before = before.applied.size();
  const std::size_t first_after = after.applied.size();
  std::int32_t day = 0;
  members_.clear();
  const auto keep = [&](const Applied& applied) {
    const int own = revision.own_rule[At(applied.rule)];
    if (own < 0) return;
    members_.push_back(static_cast<int>(after.applied.size()));
    after.applied.push_back(applied);
    after.applied.back().rule = own;
    after.applied.back().stands = true;
    after.applied.back().in_conflict = false;
  };
  for (const Applied& applied : applied_) {
    if (applied.root != root) continue;
    day = applied.day;
    before.applied.push_back(applied);
    keep(applied);
  }
  for (const Applied& applied : added_) {
    if (applied.root != root) continue;
    day = applied.day;
    keep(applied);
  }
  for (const auto& [a, b] : conflicts_) {
    if (applied_[At(a)].root == root)
      before.conflicts.emplace_back(applied_[At(a)].rule, applied_[At(b)].rule);
  }
  const int subject = roots_[At(root)].subject;
  const int own_subject = subject < 0 ? -1 : revision.own_subject[At(subject)];
  const int family = own_subject < 0 ? -1 : amended.family_of[At(own_subject)];
  positions_.clear();
  SettleRoot(after.applied, members_, family, order, positions_);
  for (const auto& [a, b] : positions_)
    after.conflicts.emplace_back(after.applied[At(a)].rule, after.applied[At(b)].rule);
  AddGaps(plan_, subject, day, std::span(before.applied).subspan(first_before), before);
  AddGaps(amended, own_subject, day, std::span(after.applied).subspan(first_after), after);
}

void Evaluator::AddGaps(const Plan& plan, int subject, std::int32_t day,
                        std::span<const Applied> applied, Patch::Side& side) {
  for (const GapScale& gap : plan.gaps) {
    if (gap.subject == subject && LeavesAGap(gap, applied, day)) side.gaps.push_back(gap.family);
  }
}

}  // namespace cotejo::year
