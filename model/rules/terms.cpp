#include "model/rules/terms.h"

#include <algorithm>

namespace cotejo::rules {

Subject Vantage::SubjectAt(std::size_t level) const {
  return level == 0 ? subject : rules->qualification(through[level - 1]).subject;
}

Place Follow(const Vantage& vantage, Place place) {
  while (true) {
    const Expr& expr = vantage.rules->expr(place.expr);
    if (expr.op != Op::Field || place.level >= vantage.through.size()) {
      return place;
    }
    const Qualification& by = vantage.rules->qualification(vantage.through[place.level]);
    const auto given = std::find_if(by.fields.begin(), by.fields.end(),
                                    [&](const FieldValue& f) { return f.field.value == expr.ref; });
    if (given == by.fields.end()) {
      return place;
    }
    place = {given->value, place.level + 1};
  }
}

Op Mirrored(Op op) {
  switch (op) {
    case Op::Lt:
      return Op::Gt;
    case Op::Le:
      return Op::Ge;
    case Op::Ge:
      return Op::Le;
    case Op::Gt:
      return Op::Lt;
    default:
      return op;
  }
}

bool IsComparison(Op op) {
  switch (op) {
    case Op::Lt:
    case Op::Le:
    case Op::Eq:
    case Op::Ne:
    case Op::Ge:
    case Op::Gt:
      return true;
    default:
      return false;
  }
}

namespace {

Date AsDate(Rational value) { return Date(static_cast<std::int32_t>(value.floor())); }

Rational Fold(std::span<const Rational> args, Rational (*combine)(Rational, Rational)) {
  Rational result = args[0];
  for (std::size_t i = 1; i < args.size(); ++i) {
    result = combine(result, args[i]);
  }
  return result;
}

Rational Compare(Op op, Rational a, Rational b) {
  switch (op) {
    case Op::Lt:
      return Rational(a < b ? 1 : 0);
    case Op::Le:
      return Rational(a <= b ? 1 : 0);
    case Op::Eq:
      return Rational(a == b ? 1 : 0);
    case Op::Ne:
      return Rational(a != b ? 1 : 0);
    case Op::Ge:
      return Rational(a >= b ? 1 : 0);
    default:
      return Rational(a > b ? 1 : 0);
  }
}

}  // namespace

Rational Compute(Op op, std::span<const Rational> args) {
  switch (op) {
    case Op::Neg:
      return -args[0];
    case Op::Not:
      return Rational(args[0].zero() ? 1 : 0);
    case Op::Add:
      return Fold(args, [](Rational a, Rational b) { return a + b; });
    case Op::Sub:
      return Fold(args, [](Rational a, Rational b) { return a - b; });
    case Op::Mul:
      return Fold(args, [](Rational a, Rational b) { return a * b; });
    case Op::Div:
      return Fold(args, [](Rational a, Rational b) { return a / b; });
    case Op::Min:
      return Fold(args, [](Rational a, Rational b) { return a < b ? a : b; });
    case Op::Max:
      return Fold(args, [](Rational a, Rational b) { return a < b ? b : a; });
    case Op::Floor:
      return Rational(args[0].floor());
    case Op::Ceil:
      return Rational(args[0].ceil());
    case Op::And:
      return Fold(args, [](Rational a, Rational b) { return a.zero() ? a : b; });
    case Op::Or:
      return Fold(args, [](Rational a, Rational b) { return a.zero() ? b : a; });
    case Op::If:
      return args[0].zero() ? args[2] : args[1];
    case Op::InSet:
      return Rational(std::find(args.begin() + 1, args.end(), args[0]) != args.end() ? 1 : 0);
    case Op::YearsBetween:
      return base::YearsBetween(AsDate(args[0]), AsDate(args[1]));
    case Op::MonthsSinceAnniversary:
      return Rational(base::MonthsSinceAnniversary(AsDate(args[0]), AsDate(args[1])));
    case Op::FirstOfNextMonth:
      return Rational(AsDate(args[0]).first_of_next_month().days());
    default:
      break;
  }
  if (IsComparison(op)) {
    return Compare(op, args[0], args[1]);
  }
  throw base::ArithmeticError("operator without a value of its own");
}

namespace {

// Short circuits matter: a guard is constant when one conjunct is constantly false.
std::optional<Rational> ConstantConnective(const Vantage& vantage, const Expr& expr,
                                           std::size_t level) {
  const bool absorbing = expr.op == Op::Or;
  bool all = true;
  for (ExprId arg : expr.args) {
    const std::optional<Rational> value = Constant(vantage, {arg, level});
    if (value && value->zero() != absorbing) {
      return Rational(absorbing ? 1 : 0);
    }
    all = all && value.has_value();
  }
  return all ? std::optional<Rational>(Rational(absorbing ? 0 : 1)) : std::nullopt;
}

std::optional<Rational> ConstantOperator(const Vantage& vantage, const Expr& expr,
                                         std::size_t level) {
  std::vector<Rational> args;
  for (ExprId arg : expr.args) {
    const std::optional<Rational> value = Constant(vantage, {arg, level});
    if (!value) {
      return std::nullopt;
    }
    args.push_back(*value);
  }
  try {
    return Compute(expr.op, args);
  } catch (const base::ArithmeticError&) {
    return std::nullopt;  // left as it is; evaluation reports it where it happens
  }
}

}  // namespace

std::optional<Rational> Constant(const Vantage& vantage, Place place) {
  place = Follow(vantage, place);
  const Expr& expr = vantage.rules->expr(place.expr);
  switch (expr.op) {
    case Op::Literal:
      return expr.literal;
    case Op::Parameter: {
      if (vantage.on) return vantage.rules->ParameterOn(ParameterId(expr.ref), *vantage.on);
      // What changes on some date is not constant: the date of the subject decides.
      const auto& values = vantage.rules->parameter(ParameterId(expr.ref)).values;
      return values.size() == 1 ? std::optional<Rational>(values.front().value) : std::nullopt;
    }
    case Op::And:
    case Op::Or:
      return ConstantConnective(vantage, expr, place.level);
    case Op::If: {
      const std::optional<Rational> condition = Constant(vantage, {expr.args[0], place.level});
      if (!condition) {
        return std::nullopt;
      }
      return Constant(vantage, {expr.args[condition->zero() ? 2 : 1], place.level});
    }
    case Op::Field:
    case Op::Attribute:
    case Op::Measure:
    case Op::FactDate:
    case Op::ScheduledEntry:
    case Op::ScheduledExit:
    case Op::Shift:
    case Op::Has:
      return std::nullopt;
    default:
      return ConstantOperator(vantage, expr, place.level);
  }
}

std::optional<Rational> ConstantValue(const Ruleset& rules, ExprId id, std::optional<Date> on) {
  return Constant(Vantage{&rules, {}, {}, on}, {id, 0});
}

bool LooksAt(const Ruleset& rules, ExprId id, MeasureId measure) {
  if (!id.valid()) return false;
  const Expr& expr = rules.expr(id);
  if (expr.op == Op::Measure) return MeasureId(expr.ref) == measure;
  if (expr.op == Op::If) {
    if (const auto condition = ConstantValue(rules, expr.args[0]))
      return LooksAt(rules, expr.args[condition->zero() ? 2 : 1], measure);
  }
  return std::any_of(expr.args.begin(), expr.args.end(),
                     [&](ExprId arg) { return LooksAt(rules, arg, measure); });
}

bool MayBeAbsent(const Vantage& vantage, Place place) {
  place = Follow(vantage, place);
  const Expr& expr = vantage.rules->expr(place.expr);
  if (expr.op == Op::Attribute) {
    const Attribute& attribute = vantage.rules->attribute(AttributeId(expr.ref));
    return attribute.optional && !attribute.initial && attribute.type.base != Base::Boolean;
  }
  if (expr.op == Op::Has) {
    return false;
  }
  return std::any_of(expr.args.begin(), expr.args.end(), [&](ExprId arg) {
    return MayBeAbsent(vantage, {arg, place.level});
  });
}

namespace {

bool Contains(const Ruleset& rules, ExprId root, ExprId wanted) {
  if (!root.valid()) {
    return false;
  }
  if (root == wanted) {
    return true;
  }
  const Expr& expr = rules.expr(root);
  return std::any_of(expr.args.begin(), expr.args.end(),
                     [&](ExprId arg) { return Contains(rules, arg, wanted); });
}

bool ReadsField(const Ruleset& rules, ExprId id) {
  const Expr& expr = rules.expr(id);
  return expr.op == Op::Field || std::any_of(expr.args.begin(), expr.args.end(),
                                             [&](ExprId arg) { return ReadsField(rules, arg); });
}

bool InExceptions(const Ruleset& rules, const std::vector<Exception>& exceptions, ExprId id) {
  return std::any_of(exceptions.begin(), exceptions.end(),
                     [&](const Exception& e) { return Contains(rules, e.condition, id); });
}

bool Owns(const Ruleset& rules, const Rule& rule, ExprId id) {
  return Contains(rules, rule.guard, id) || InExceptions(rules, rule.exceptions, id) ||
         std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [&](const Consequence& c) { return Contains(rules, c.quantity, id); });
}

bool Owns(const Ruleset& rules, const Qualification& by, ExprId id) {
  return Contains(rules, by.guard, id) || InExceptions(rules, by.exceptions, id) ||
         std::any_of(by.fields.begin(), by.fields.end(),
                     [&](const FieldValue& f) { return Contains(rules, f.value, id); });
}

}  // namespace

FactKindId OwnerKind(const Ruleset& rules, ExprId id) {
  if (!id.valid() || !ReadsField(rules, id)) {
    return FactKindId();
  }
  for (const Rule& rule : rules.rules) {
    if (Owns(rules, rule, id)) {
      return rule.subject.kind;
    }
  }
  for (const Qualification& by : rules.qualifications) {
    if (Owns(rules, by, id)) {
      return by.subject.kind;
    }
  }
  for (const Measure& measure : rules.measures) {
    if (Contains(rules, measure.value, id) || Contains(rules, measure.filter, id)) {
      return measure.kind;
    }
  }
  for (const Scale& scale : rules.scales) {
    if (Contains(rules, scale.measure, id)) {
      return scale.subject.kind;
    }
  }
  return FactKindId();
}

}  // namespace cotejo::rules
