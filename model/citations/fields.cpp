#include "model/citations/fields.h"

#include <algorithm>
#include <optional>

namespace cotejo::citations {
namespace {

using rules::Op;

using Values = std::set<std::int64_t>;
using Allowed = std::map<rules::FieldId, Values>;

bool IsField(const rules::Expr& expr) {
  return expr.op == Op::Field && expr.type.base == rules::Base::Enumeration;
}

// "campo = valor" and "campo en {valores}".
std::optional<std::pair<rules::FieldId, Values>> Fixed(const rules::Ruleset& rules,
                                                       const rules::Expr& expr) {
  if ((expr.op != Op::Eq && expr.op != Op::InSet) || expr.args.empty()) return std::nullopt;
  const rules::Expr& field = rules.expr(expr.args[0]);
  if (!IsField(field)) return std::nullopt;
  Values values;
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    const rules::Expr& value = rules.expr(expr.args[i]);
    if (value.op != Op::Literal) return std::nullopt;
    values.insert(value.literal.floor());
  }
  return std::pair{rules::FieldId(field.ref), values};
}

// What a condition allows: of a conjunction what both sides do, of a disjunction the union
// where both sides fix the field.
Allowed AllowedBy(const rules::Ruleset& rules, rules::ExprId id) {
  Allowed allowed;
  if (!id.valid()) return allowed;
  const rules::Expr& expr = rules.expr(id);
  if (const auto fixed = Fixed(rules, expr)) {
    allowed.insert(*fixed);
    return allowed;
  }
  if (expr.op != Op::And && expr.op != Op::Or) return allowed;
  bool first = true;
  for (const rules::ExprId arg : expr.args) {
    const Allowed side = AllowedBy(rules, arg);
    if (expr.op == Op::And) {
      for (const auto& one : side) {
        const auto [it, added] = allowed.insert(one);
        if (!added) std::erase_if(it->second, [&](auto v) { return !one.second.contains(v); });
      }
    } else if (first) {
      allowed = side;
    } else {
      std::erase_if(allowed, [&side](const auto& entry) { return !side.contains(entry.first); });
      for (auto& [field, values] : allowed)
        values.insert(side.at(field).begin(), side.at(field).end());
    }
    first = false;
  }
  return allowed;
}

}  // namespace

FactsJudged JudgedBy(const rules::Ruleset& rules, rules::FactKindId kind, rules::ExprId guard) {
  return {kind, AllowedBy(rules, guard)};
}

bool MayProduce(const rules::Ruleset& rules, const rules::Qualification& qualification,
                const FactsJudged& judged) {
  if (qualification.target != judged.kind) return false;
  return std::none_of(qualification.fields.begin(), qualification.fields.end(),
                      [&](const rules::FieldValue& given) {
                        const auto allowed = judged.allowed.find(given.field);
                        if (allowed == judged.allowed.end()) return false;
                        const rules::Expr& value = rules.expr(given.value);
                        return value.op == Op::Literal &&
                               !allowed->second.contains(value.literal.floor());
                      });
}

}  // namespace cotejo::citations
