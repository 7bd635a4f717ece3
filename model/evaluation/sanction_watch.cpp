#include "model/evaluation/sanction_watch.h"

#include <algorithm>

namespace cotejo::evaluation {

using rules::ExprId;
using rules::FactKindId;
using rules::Rule;

SanctionWatch::SanctionWatch(const rules::Ruleset& rules) : rules_(rules) {
  for (std::size_t i = 0; i < rules.fact_kinds.size(); ++i) {
    if (rules.fact_kinds[i].is_sanction) {
      kind_ = FactKindId(static_cast<std::int64_t>(i));
    }
  }
  counted_ = std::any_of(rules.measures.begin(), rules.measures.end(),
                         [&](const rules::Measure& m) { return m.kind == kind_; });
}

bool SanctionWatch::Sees(const rules::Step& step) const {
  if (!kind_.valid()) {
    return false;
  }
  if (step.rule.valid()) {
    return SeesRule(rules_.rule(step.rule));
  }
  const rules::Qualification& by = rules_.qualification(step.qualification);
  if (!counted_ && !by.from_rule.valid()) {
    return by.subject.kind == kind_;
  }
  return by.subject.kind == kind_ || Reads(by.guard) || Reads(by.exceptions) ||
         std::any_of(by.fields.begin(), by.fields.end(),
                     [&](const rules::FieldValue& field) { return Reads(field.value); }) ||
         (by.from_rule.valid() && SeesRule(rules_.rule(by.from_rule)));
}

bool SanctionWatch::SeesRule(const Rule& rule) const {
  if (!counted_) {
    return rule.subject.kind == kind_;
  }
  return rule.subject.kind == kind_ || Reads(rule.guard) || Reads(rule.exceptions) ||
         std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [&](const rules::Consequence& c) { return Reads(c.quantity); });
}

bool SanctionWatch::Reads(const std::vector<rules::Exception>& exceptions) const {
  return std::any_of(exceptions.begin(), exceptions.end(),
                     [&](const rules::Exception& e) { return Reads(e.condition); });
}

bool SanctionWatch::Reads(ExprId id) const {
  if (!id.valid()) {
    return false;
  }
  const rules::Expr& expr = rules_.expr(id);
  if (expr.op == rules::Op::Measure) {
    const rules::Measure& measure = rules_.measure(rules::MeasureId(expr.ref));
    return measure.kind == kind_ || Reads(measure.value) || Reads(measure.filter);
  }
  return std::any_of(expr.args.begin(), expr.args.end(), [&](ExprId arg) { return Reads(arg); });
}

}  // namespace cotejo::evaluation
