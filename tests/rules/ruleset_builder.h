// Builds small Rulesets by hand, so that tests of the model need neither parser nor resolver.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/rules/ruleset.h"

namespace cotejo::rules {

struct RulesetBuilder {
  Ruleset rules;

  // ---- Expressions
  ExprId Add(Op op, Base base, std::vector<ExprId> args, std::int32_t ref = -1) {
    return AddTyped(op, {base, {}}, std::move(args), ref);
  }
  ExprId AddTyped(Op op, Type type, std::vector<ExprId> args, std::int32_t ref = -1) {
    Expr expr;
    expr.op = op;
    expr.type = type;
    expr.args = std::move(args);
    expr.ref = ref;
    rules.exprs.push_back(std::move(expr));
    return ExprId(static_cast<std::int64_t>(rules.exprs.size()) - 1);
  }
  ExprId Number(Base base, Rational value) {
    const ExprId id = Add(Op::Literal, base, {});
    rules.exprs[id.index()].literal = value;
    return id;
  }
  ExprId EnumLiteral(EnumId enumeration, const std::string& name) {
    const ExprId id = AddTyped(Op::Literal, {Base::Enumeration, enumeration}, {});
    rules.exprs[id.index()].literal = rules.FindEnumValue(enumeration, name);
    return id;
  }
  ExprId Read(FactKindId kind, const std::string& field) {
    const FieldId id = rules.FindField(kind, field);
    return AddTyped(Op::Field, rules.kind(kind).fields[id.index()].type, {}, id.value);
  }
  ExprId Read(AttributeId id) {
    return AddTyped(Op::Attribute, rules.attribute(id).type, {}, id.value);
  }
  ExprId Read(ParameterId id) {
    return AddTyped(Op::Parameter, rules.parameter(id).type, {}, id.value);
  }
  ExprId Read(MeasureId id) { return AddTyped(Op::Measure, rules.measure(id).type, {}, id.value); }
  ExprId Compare(Op op, ExprId a, ExprId b) { return Add(op, Base::Boolean, {a, b}); }
  ExprId All(std::vector<ExprId> args) { return Add(Op::And, Base::Boolean, std::move(args)); }
  ExprId Any(std::vector<ExprId> args) { return Add(Op::Or, Base::Boolean, std::move(args)); }
  ExprId Not(ExprId arg) { return Add(Op::Not, Base::Boolean, {arg}); }
  // low <= term <= high
  ExprId Between(ExprId term, Base base, Rational low, Rational high) {
    return All(
        {Compare(Op::Ge, term, Number(base, low)), Compare(Op::Le, term, Number(base, high))});
  }

  // ---- Declarations
  NormId AddNorm(const std::string& name, int rank, std::optional<Date> from = {}) {
    Norm norm;
    norm.name = name;
    norm.rank = rank;
    norm.in_force_from = from;
    rules.norms.push_back(norm);
    return NormId(static_cast<std::int64_t>(rules.norms.size()) - 1);
  }
  EnumId AddEnum(const std::string& name, std::vector<std::string> values) {
    rules.enumerations.push_back({name, std::move(values)});
    return EnumId(static_cast<std::int64_t>(rules.enumerations.size()) - 1);
  }
  AttributeId AddAttribute(const std::string& name, Type type, std::optional<Rational> initial = {},
                           bool optional = false) {
    Attribute attribute;
    attribute.name = name;
    attribute.type = type;
    attribute.optional = optional;
    if (initial) attribute.initial = Value{*initial, false};
    rules.attributes.push_back(attribute);
    return AttributeId(static_cast<std::int64_t>(rules.attributes.size()) - 1);
  }
  FactKindId AddKind(const std::string& name, Placement placement, std::vector<Field> fields,
                     bool derived = false) {
    FactKind kind;
    kind.name = name;
    kind.placement = placement;
    kind.fields = std::move(fields);
    kind.derived = derived;
    rules.fact_kinds.push_back(kind);
    return FactKindId(static_cast<std::int64_t>(rules.fact_kinds.size()) - 1);
  }
  static Field MakeField(const std::string& name, Type type, std::optional<Rational> initial = {}) {
    Field field;
    field.name = name;
    field.type = type;
    if (initial) field.initial = Value{*initial, false};
    return field;
  }
  void AddSchedule(const std::string& name, std::vector<Shift> shifts, ExprId guard = {}) {
    Schedule schedule;
    schedule.name = name;
    schedule.shifts = std::move(shifts);
    schedule.guard = guard;
    rules.schedules.push_back(schedule);
  }
  ParameterId AddParameter(const std::string& name, Base base, std::vector<DatedValue> values) {
    Parameter parameter;
    parameter.name = name;
    parameter.type = {base, {}};
    parameter.values = std::move(values);
    rules.parameters.push_back(parameter);
    return ParameterId(static_cast<std::int64_t>(rules.parameters.size()) - 1);
  }
  MeasureId AddMeasure(const std::string& name, Window window, Aggregate aggregate, FactKindId kind,
                       Base base, ExprId value = {}, ExprId filter = {}) {
    Measure measure;
    measure.name = name;
    measure.window = window;
    measure.aggregate = aggregate;
    measure.kind = kind;
    measure.type = {base, {}};
    measure.value = value;
    measure.filter = filter;
    measure.step = 1;
    rules.measures.push_back(measure);
    return MeasureId(static_cast<std::int64_t>(rules.measures.size()) - 1);
  }
  QualificationId AddQualification(const std::string& name, Subject subject, FactKindId target,
                                   ExprId guard, std::vector<FieldValue> fields) {
    Qualification by;
    by.name = name;
    by.subject = subject;
    by.target = target;
    by.guard = guard;
    by.fields = std::move(fields);
    rules.qualifications.push_back(by);
    const QualificationId id(static_cast<std::int64_t>(rules.qualifications.size()) - 1);
    rules.steps.push_back({id, {}});
    return id;
  }
  RuleId AddRule(const std::string& name, NormId norm, const std::string& citation, Subject subject,
                 ExprId guard, std::vector<Consequence> consequences) {
    Rule rule;
    rule.name = name;
    rule.norm = norm;
    rule.citation = base::ParseCitation(citation);
    rule.subject = subject;
    rule.guard = guard;
    rule.consequences = std::move(consequences);
    rules.rules.push_back(rule);
    const RuleId id(static_cast<std::int64_t>(rules.rules.size()) - 1);
    rules.steps.push_back({{}, id});
    return id;
  }
  ScaleId AddScale(const std::string& name, Subject subject, ExprId measure, HitPolicy policy,
                   std::vector<RuleId> rows) {
    Scale scale;
    scale.name = name;
    scale.subject = subject;
    scale.measure = measure;
    scale.policy = policy;
    scale.rows = rows;
    rules.scales.push_back(scale);
    const ScaleId id(static_cast<std::int64_t>(rules.scales.size()) - 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rules.rules[rows[i].index()].scale = id;
      rules.rules[rows[i].index()].row = static_cast<int>(i);
    }
    return id;
  }
  // `establece`: the rule's own subject and guard.
  QualificationId AddEstablish(RuleId rule, FactKindId target, std::vector<FieldValue> fields) {
    const QualificationId id =
        AddQualification(rules.rule(rule).name + " establece", rules.rule(rule).subject, target,
                         rules.rule(rule).guard, std::move(fields));
    rules.qualifications[id.index()].from_rule = rule;
    return id;
  }

  // ---- Consequences
  static Consequence Simple(ConsequenceKind kind) {
    Consequence consequence;
    consequence.kind = kind;
    return consequence;
  }
  Consequence Deduct(Rational days) {
    Consequence consequence = Simple(ConsequenceKind::PayDeduction);
    consequence.quantity = Number(Base::Days, days);
    return consequence;
  }
  Consequence Entitle(const std::string& thing, ExprId quantity) {
    Consequence consequence = Simple(ConsequenceKind::Entitlement);
    consequence.thing = thing;
    consequence.quantity = quantity;
    return consequence;
  }
  static Consequence Duty(ConsequenceKind kind, const std::string& actor,
                          const std::string& action) {
    Consequence consequence = Simple(kind);
    consequence.actor = actor;
    consequence.action = action;
    return consequence;
  }
};

}  // namespace cotejo::rules
