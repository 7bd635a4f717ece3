#include "scenarios/year/agenda.h"

#include <algorithm>

#include "scenarios/year/effects.h"

namespace cotejo::year {
namespace {

std::size_t At(std::int32_t index) { return static_cast<std::size_t>(index); }

// What some rules look at, and what that looks at in turn.
class Cone {
 public:
  explicit Cone(const Plan& plan)
      : plan_(plan),
        kinds_(plan.kinds.size()),
        rules_(plan.plan_rules.size()),
        measures_(plan.measures.size()) {}

  void AddRule(std::size_t id) {
    if (rules_[id]) return;
    rules_[id] = true;
    const PlanRule& rule = plan_.plan_rules[id];
    LookAtConditions(rule);
    for (const PlanQuantity& consequence : rule.consequences) Look(consequence.node);
  }

  void AddKind(int kind) {
    if (kind < 0 || kinds_[At(kind)]) return;
    kinds_[At(kind)] = true;
    for (const PlanQualification& q : plan_.qualifications) {
      if (q.target != kind) continue;
      AddKind(plan_.subjects[At(q.subject)].kind.value);
      Look(q.condition);
      for (const std::int32_t field : q.fields) Look(field);
      if (q.from_rule >= 0) LookAtConditions(plan_.plan_rules[At(q.from_rule)]);
    }
    if (kind != plan_.sanction_kind) return;
    for (std::size_t i = 0; i < plan_.plan_rules.size(); ++i) {
      if (plan_.plan_rules[i].deducts) AddRule(i);
    }
  }

  Agenda Taken() {
    Agenda agenda;
    for (const PlanStep& step : plan_.steps) {
      if (step.rule >= 0 ? rules_[At(step.rule)]
                         : kinds_[At(plan_.qualifications[At(step.qualification)].target)])
        agenda.steps.push_back(step);
    }
    agenda.kinds = std::move(kinds_);
    return agenda;
  }

 private:
  void LookAtConditions(const PlanRule& rule) {
    AddKind(plan_.subjects[At(rule.subject)].kind.value);
    Look(rule.condition);
    for (const int row : rule.earlier) Look(plan_.plan_rules[At(row)].condition);
  }

  // An expression, or a condition.
  template <typename Asked>
  void Look(const Asked& asked) {
    EachMeasure(plan_, asked, [&](std::int32_t id) {
      if (measures_[At(id)]) return;
      measures_[At(id)] = true;
      const PlanMeasure& measure = plan_.measures[At(id)];
      AddKind(measure.kind);
      Look(measure.value);
      Look(measure.filter);
    });
  }

  const Plan& plan_;
  std::vector<bool> kinds_, rules_, measures_;
};

// What a test looks at, when it lets through an interval or a set of its values.
struct Looked {
  Test::Kind kind = Test::Kind::Node;
  std::int32_t ref = -1;
  friend bool operator==(const Looked&, const Looked&) = default;
};

Looked LookedAt(const Plan& plan, const Test& test) {
  if (test.kind != Test::Kind::Among) return {test.kind, test.ref};
  const Node& node = plan.nodes[At(test.ref)];
  if (node.op == rules::Op::Field) return {Test::Kind::Field, node.ref};
  if (node.op == rules::Op::Measure) return {Test::Kind::Measure, node.ref};
  return {Test::Kind::Term, test.ref};
}

// No value passes both.
bool Disjoint(const Test& a, const Test& b) {
  const auto outside = [](const Test& interval, const Test& set) {
    return std::none_of(set.values.begin(), set.values.end(), [&](std::int64_t value) {
      return interval.low <= value && value <= interval.high;
    });
  };
  const bool set_a = a.kind == Test::Kind::Among;
  const bool set_b = b.kind == Test::Kind::Among;
  if (!set_a && !set_b) return a.high < b.low || b.high < a.low;
  if (set_a != set_b) return set_a ? outside(b, a) : outside(a, b);
  return std::none_of(a.values.begin(), a.values.end(), [&](std::int64_t value) {
    return std::binary_search(b.values.begin(), b.values.end(), value);
  });
}

// Whether something must hold for a guard to hold: one of its conjuncts, or all of some of them.
bool Asks(const Plan& plan, std::int32_t guard, std::int32_t something) {
  if (guard < 0 || guard == something) return guard == something;
  const Node& node = plan.nodes[At(guard)];
  const std::int32_t* args = plan.args.data() + node.first;
  return node.op == rules::Op::And && std::any_of(args, args + node.count, [&](std::int32_t arg) {
           return Asks(plan, arg, something);
         });
}

// One of the tests of a rule is that what the other asks for does not hold.
bool Denies(const Plan& plan, const PlanRule& rule, const PlanRule& other) {
  return std::any_of(rule.condition.tests.begin(), rule.condition.tests.end(),
                     [&](const Test& test) {
                       if (test.kind != Test::Kind::Node) return false;
                       const Node& node = plan.nodes[At(test.ref)];
                       return node.op == rules::Op::Not &&
                              Asks(plan, other.condition.guard, plan.args[At(node.first)]);
                     });
}

// Both judge the same things, one by one, and what the one asks of them the other excludes. Of a
// kind that is derived, two facts may come of one thing, and each rule be met by one of them.
bool NeverTogether(const Plan& plan, const PlanRule& a, const PlanRule& b) {
  if (a.subject != b.subject) return false;
  const rules::Subject& subject = plan.subjects[At(a.subject)];
  const bool derived =
      std::any_of(plan.qualifications.begin(), plan.qualifications.end(),
                  [&](const PlanQualification& q) { return q.target == subject.kind.value; });
  if (subject.window == rules::Window::Fact && derived) return false;
  if (Denies(plan, a, b) || Denies(plan, b, a)) return true;
  for (const Test& test : a.condition.tests) {
    if (test.kind == Test::Kind::Node) continue;
    for (const Test& other : b.condition.tests) {
      if (other.kind != Test::Kind::Node && LookedAt(plan, test) == LookedAt(plan, other) &&
          Disjoint(test, other))
        return true;
    }
  }
  return false;
}

}  // namespace

Agenda Everything(const Plan& plan) {
  return {plan.steps, std::vector<bool>(plan.kinds.size(), true)};
}

Agenda ForTables(const Plan& plan, const population::Names& names, const Procedures& procedures) {
  Cone cone(plan);
  cone.AddKind(plan.binding.series_kind.value);
  for (std::size_t i = 0; i < plan.rules->rules.size(); ++i) {
    if (IsCounted(plan.rules->rules[i], names) || !procedures.begun_by(i).empty()) cone.AddRule(i);
  }
  for (std::size_t i = plan.rules->rules.size(); i < plan.plan_rules.size(); ++i) cone.AddRule(i);
  for (const GapScale& gap : plan.gaps) cone.AddKind(plan.subjects[At(gap.subject)].kind.value);
  for (const rules::Family& family : plan.families.families) {
    for (const rules::Coverage& coverage : family.coverages) {
      for (const rules::RuleId rule : coverage.answering) cone.AddRule(rule.index());
    }
    for (const rules::ExpandedRule& a : family.rules) {
      for (const rules::ExpandedRule& b : family.rules) {
        if (!(a.rule < b.rule) ||
            !rules::OutcomesClash(*plan.rules, a.rule, plan.outcomes[a.rule.index()], b.rule,
                                  plan.outcomes[b.rule.index()]) ||
            NeverTogether(plan, plan.plan_rules[a.rule.index()], plan.plan_rules[b.rule.index()]))
          continue;
        cone.AddRule(a.rule.index());
        cone.AddRule(b.rule.index());
      }
    }
  }
  return cone.Taken();
}

bool IsCounted(const rules::Rule& rule, const population::Names& names) {
  const auto is = [](const std::string& thing, const std::string& name) {
    return base::Fold(thing) == base::Fold(name);
  };
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [&](const rules::Consequence& c) {
                       if (PaysVacation(c, names)) return true;
                       if (c.kind != rules::ConsequenceKind::Entitlement)
                         return rules::IsSanction(c.kind);
                       return is(c.thing, names.vacation_right) ||
                              is(c.thing, names.earned_right) || is(c.thing, names.meal_right) ||
                              (!names.lapsed_right.empty() && is(c.thing, names.lapsed_right)) ||
                              (!names.bonus_right.empty() && is(c.thing, names.bonus_right));
                     });
}

}  // namespace cotejo::year
