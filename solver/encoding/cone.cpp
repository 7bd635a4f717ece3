#include "solver/encoding/cone.h"

#include <algorithm>

namespace cotejo::encoding {

using rules::Ruleset;

namespace {

void Widen(Cone& cone, rules::Window window) { cone.widest = std::max(cone.widest, window); }

void AddExceptions(const Ruleset& rules, const std::vector<rules::Exception>& exceptions,
                   Cone& cone) {
  for (const rules::Exception& exception : exceptions) AddExpr(rules, exception.condition, cone);
}

void AddKind(const Ruleset& rules, rules::FactKindId id, Cone& cone);
void AddRule(const Ruleset& rules, rules::RuleId id, Cone& cone);

void AddBeginning(const Ruleset& rules, Cone& cone) {
  if (rules.constitutive.valid()) cone.attributes[rules.constitutive.index()] = true;
}

void AddQualification(const Ruleset& rules, std::size_t index, Cone& cone) {
  if (cone.qualifications[index]) return;
  cone.qualifications[index] = true;
  const rules::Qualification& qualification = rules.qualifications[index];
  if (qualification.from_rule.valid()) AddRule(rules, qualification.from_rule, cone);
  Widen(cone, qualification.subject.window);
  AddKind(rules, qualification.subject.kind, cone);
  AddExpr(rules, qualification.guard, cone);
  AddExceptions(rules, qualification.exceptions, cone);
  for (const rules::FieldValue& field : qualification.fields) AddExpr(rules, field.value, cone);
}

void AddKind(const Ruleset& rules, rules::FactKindId id, Cone& cone) {
  if (!id.valid() || cone.kinds[id.index()]) return;
  cone.kinds[id.index()] = true;
  const rules::FactKind& kind = rules.kind(id);
  if (kind.is_sanction) cone.sanctions = true;
  if (kind.periodic_from.valid()) cone.attributes[kind.periodic_from.index()] = true;
  if (kind.periodicity != rules::Periodicity::None) AddBeginning(rules, cone);
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    if (rules.qualifications[i].target == id) AddQualification(rules, i, cone);
  }
}

void AddRule(const Ruleset& rules, rules::RuleId id, Cone& cone) {
  if (cone.rules[id.index()]) return;
  cone.rules[id.index()] = true;
  const rules::Rule& rule = rules.rule(id);
  Widen(cone, rule.subject.window);
  AddKind(rules, rule.subject.kind, cone);
  AddExpr(rules, rule.guard, cone);
  AddExceptions(rules, rule.exceptions, cone);
  if (!rule.scale.valid()) return;
  const rules::Scale& scale = rules.scale(rule.scale);
  if (scale.policy != rules::HitPolicy::First) return;
  for (int row = 0; row < rule.row; ++row) {
    AddRule(rules, scale.rows[static_cast<std::size_t>(row)], cone);
  }
}

// Kinds from which qualifications lead to `id`, itself included.
void AddNear(const Ruleset& rules, rules::FactKindId id, std::vector<bool>& near) {
  if (near[id.index()]) return;
  near[id.index()] = true;
  for (const rules::Qualification& qualification : rules.qualifications) {
    if (qualification.target == id) AddNear(rules, qualification.subject.kind, near);
  }
}

Cone EmptyCone(const Ruleset& rules) {
  Cone cone;
  cone.kinds.resize(rules.fact_kinds.size());
  cone.qualifications.resize(rules.qualifications.size());
  cone.attributes.resize(rules.attributes.size());
  cone.measures.resize(rules.measures.size());
  cone.rules.resize(rules.rules.size());
  cone.near_kinds.resize(rules.fact_kinds.size());
  return cone;
}

}  // namespace

void AddExpr(const Ruleset& rules, rules::ExprId id, Cone& cone) {
  if (!id.valid()) return;
  const rules::Expr& expr = rules.expr(id);
  switch (expr.op) {
    case rules::Op::Attribute:
      cone.attributes[static_cast<std::size_t>(expr.ref)] = true;
      if (rules.holiday_scope.value == expr.ref) cone.scope_in_rules = true;
      break;
    case rules::Op::Measure: {
      const auto index = static_cast<std::size_t>(expr.ref);
      if (cone.measures[index]) break;
      cone.measures[index] = true;
      const rules::Measure& measure = rules.measures[index];
      Widen(cone, measure.window);
      if (measure.aggregate == rules::Aggregate::WorkingDays) AddBeginning(rules, cone);
      AddKind(rules, measure.kind, cone);
      AddExpr(rules, measure.value, cone);
      AddExpr(rules, measure.filter, cone);
      break;
    }
    default:
      break;
  }
  for (rules::ExprId arg : expr.args) AddExpr(rules, arg, cone);
}

Cone ConeOf(const Ruleset& rules, const rules::Family& family) {
  Cone cone = EmptyCone(rules);
  cone.judged = {family.root};
  Widen(cone, family.root.window);
  AddKind(rules, family.root.kind, cone);
  AddNear(rules, family.root.kind, cone.near_kinds);
  for (const rules::ExpandedRule& rule : family.rules) {
    AddRule(rules, rule.rule, cone);
    for (rules::QualificationId id : rule.through) AddQualification(rules, id.index(), cone);
  }
  for (rules::QualificationId id : family.qualifications) {
    AddQualification(rules, id.index(), cone);
  }
  // Which shifts there are depends on the schedule, whatever the rules look at.
  const bool scope_in_rules = cone.scope_in_rules;
  for (const rules::Schedule& schedule : rules.schedules) AddExpr(rules, schedule.guard, cone);
  cone.scope_in_rules = scope_in_rules;
  return cone;
}

bool AttributesMayChange(const Ruleset& rules, const Cone& cone) {
  if (cone.widest <= rules::Window::Day) return false;
  Cone read = EmptyCone(rules);
  for (std::size_t i = 0; i < cone.measures.size(); ++i) {
    if (!cone.measures[i]) continue;
    AddExpr(rules, rules.measures[i].value, read);
    AddExpr(rules, rules.measures[i].filter, read);
  }
  for (std::size_t i = 0; i < cone.qualifications.size(); ++i) {
    if (cone.qualifications[i]) AddQualification(rules, i, read);
  }
  for (std::size_t i = 0; i < read.attributes.size(); ++i) {
    const bool scope = rules.holiday_scope.value == static_cast<std::int32_t>(i);
    if (read.attributes[i] && !scope && rules.attributes[i].type.base != rules::Base::Date)
      return true;
  }
  return false;
}

void Join(Cone& cone, const Cone& other) {
  const auto add = [](std::vector<bool>& into, const std::vector<bool>& from) {
    for (std::size_t i = 0; i < into.size(); ++i) into[i] = into[i] || from[i];
  };
  add(cone.kinds, other.kinds);
  add(cone.qualifications, other.qualifications);
  add(cone.attributes, other.attributes);
  add(cone.measures, other.measures);
  add(cone.rules, other.rules);
  cone.scope_in_rules = cone.scope_in_rules || other.scope_in_rules;
  cone.sanctions = cone.sanctions || other.sanctions;
  Widen(cone, other.widest);
  cone.judged.insert(other.judged.begin(), other.judged.end());
}

std::vector<rules::Step> StepsOf(const Ruleset& rules, const Cone& cone) {
  if (cone.sanctions) return rules.steps;  // any rule may deduct
  std::vector<rules::Step> steps;
  for (const rules::Step& step : rules.steps) {
    const bool wanted = step.rule.valid() ? cone.rules[step.rule.index()]
                                          : cone.qualifications[step.qualification.index()];
    if (wanted) steps.push_back(step);
  }
  return steps;
}

}  // namespace cotejo::encoding
