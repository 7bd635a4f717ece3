#include "solver/checks/conditions.h"

#include <algorithm>
#include <array>

#include "model/rules/terms.h"

namespace cotejo::checks {

using base::Rational;
using rules::Expr;
using rules::ExprId;
using rules::Op;
using rules::Value;

namespace {

bool IsTrue(const Value& value) { return !value.absent && !value.number.zero(); }

Value TruthValue(bool value) { return {Rational(value ? 1 : 0), false}; }

// As the interpreter does: comparisons with an absent value are false, the rest pass it on.
Value Operate(Op op, bool boolean, const std::vector<Value>& values) {
  std::vector<Rational> numbers;
  for (const Value& value : values) {
    if (value.absent) return boolean ? TruthValue(op == Op::Not) : Value{Rational(0), true};
    numbers.push_back(value.number);
  }
  return {rules::Compute(op, numbers), false};
}

// The same for what is asked most: one number against another.
Value OperateTwo(Op op, bool boolean, const Value& a, const Value& b) {
  if (a.absent || b.absent) return boolean ? TruthValue(false) : Value{Rational(0), true};
  const std::array<Rational, 2> numbers{a.number, b.number};
  return {rules::Compute(op, numbers), false};
}

}  // namespace

Conditions::Conditions(const rules::Ruleset& rules, const evaluation::History& person,
                       std::vector<bool> reachable)
    : rules_(rules),
      person_(person),
      reachable_(std::move(reachable)),
      looks_(rules.exprs.size()) {}

bool Conditions::LooksAtCounts(ExprId id) const {
  if (!id.valid()) return false;
  Looks& known = looks_[id.index()];
  if (known == Looks::Unknown) {
    const Expr& expr = rules_.expr(id);
    const bool looks =
        expr.op == Op::Measure ||
        std::any_of(expr.args.begin(), expr.args.end(), [&](ExprId a) { return LooksAtCounts(a); });
    known = looks ? Looks::AtCounts : Looks::Elsewhere;
  }
  return known == Looks::AtCounts;
}

// ---- What is known ---------------------------------------------------------------

Value Conditions::Known(ExprId id, const Scope& scope) const {
  const Expr& expr = rules_.expr(id);
  switch (expr.op) {
    case Op::Literal:
      return {expr.literal, false};
    case Op::And:
    case Op::Or: {
      const bool decisive = expr.op == Op::Or;
      for (ExprId arg : expr.args) {
        if (IsTrue(Known(arg, scope)) == decisive) return TruthValue(decisive);
      }
      return TruthValue(!decisive);
    }
    case Op::If:
      return Known(expr.args[IsTrue(Known(expr.args[0], scope)) ? 1 : 2], scope);
    case Op::Field:
    case Op::Attribute:
    case Op::Parameter:
    case Op::FactDate:
    case Op::ScheduledEntry:
    case Op::ScheduledExit:
    case Op::Shift:
    case Op::Has:
      return KnownLeaf(expr, scope);
    default:
      break;
  }
  std::vector<Value> values;
  for (ExprId arg : expr.args) values.push_back(Known(arg, scope));
  return Operate(expr.op, expr.type.base == rules::Base::Boolean, values);
}

Value Conditions::KnownLeaf(const Expr& expr, const Scope& scope) const {
  switch (expr.op) {
    case Op::Field:
      if (scope.fact == nullptr) break;
      return scope.fact->fields[static_cast<std::size_t>(expr.ref)];
    case Op::Attribute: {
      const rules::AttributeId id(expr.ref);
      const Value value = evaluation::AttributeOn(rules_, person_, id, scope.date);
      const rules::Attribute& attribute = rules_.attribute(id);
      if (!value.absent) return value;
      if (!attribute.optional) {
        throw Untold{{"falta el dato «" + attribute.name + "»",
                      "the attribute '" + attribute.name + "' is missing"}};
      }
      const bool boolean = attribute.type.base == rules::Base::Boolean;
      return boolean ? TruthValue(false) : Value{Rational(0), true};
    }
    case Op::Has: {
      const rules::AttributeId id(rules_.expr(expr.args[0]).ref);
      return TruthValue(!evaluation::AttributeOn(rules_, person_, id, scope.date).absent);
    }
    case Op::Parameter: {
      const rules::ParameterId id(expr.ref);
      if (const auto value = rules_.ParameterOn(id, scope.date)) return {*value, false};
      const std::string name = rules_.parameter(id).name;
      throw Untold{{"el parámetro «" + name + "» no tiene valor el " + scope.date.str(),
                    "the parameter '" + name + "' has no value on " + scope.date.str()}};
    }
    case Op::FactDate:
      return {Rational(scope.date.days()), false};
    default:
      if (scope.fact != nullptr && scope.fact->shift > 0) return KnownShift(expr.op, scope);
      break;
  }
  throw Untold{{"una condición mira lo que su sujeto no tiene",
                "a condition looks at what its subject does not have"}};
}

Value Conditions::KnownShift(Op op, const Scope& scope) const {
  const int shift = scope.fact->shift;
  if (op == Op::Shift) return {Rational(shift), false};
  if (!schedule_ || schedule_->first != scope.date) {
    schedule_ = {scope.date, evaluation::ScheduleOn(rules_, person_, scope.date)};
  }
  const int schedule = schedule_->second;
  const auto at = static_cast<std::size_t>(schedule < 0 ? 0 : schedule);
  if (schedule < 0 || static_cast<std::size_t>(shift) > rules_.schedules[at].shifts.size()) {
    throw Untold{
        {"no hay horario el " + scope.date.str(), "there is no schedule on " + scope.date.str()}};
  }
  const rules::Shift& hours = rules_.schedules[at].shifts[static_cast<std::size_t>(shift) - 1];
  return {op == Op::ScheduledEntry ? hours.entry : hours.exit, false};
}

// ---- What is left open -----------------------------------------------------------

int Conditions::Add(Node node) {
  nodes_.push_back(std::move(node));
  return static_cast<int>(nodes_.size()) - 1;
}

int Conditions::Constant(Value value) {
  Node node;
  node.value = value;
  return Add(std::move(node));
}

std::optional<bool> Conditions::Settled(int condition) const {
  const Node& open = node(condition);
  if (open.op != Op::Literal) return std::nullopt;
  return IsTrue(open.value);
}

int Conditions::Not(int negated) {
  if (const auto settled = Settled(negated)) return Truth(!*settled);
  Node made;
  made.op = Op::Not;
  made.boolean = true;
  made.args = {negated};
  return Add(std::move(made));
}

int Conditions::And(const std::vector<int>& parts) {
  Node made;
  made.op = Op::And;
  made.boolean = true;
  for (int part : parts) {
    const auto settled = Settled(part);
    if (settled && !*settled) return Truth(false);
    if (!settled) made.args.push_back(part);
  }
  if (made.args.empty()) return Truth(true);
  if (made.args.size() == 1) return made.args[0];
  return Add(std::move(made));
}

int Conditions::Fold(ExprId id, const Scope& scope) {
  if (!LooksAtCounts(id)) return Constant(Known(id, scope));
  const Expr& expr = rules_.expr(id);
  switch (expr.op) {
    case Op::Measure:
      return FoldMeasure(rules::MeasureId(expr.ref), scope);
    case Op::And:
    case Op::Or:
      return FoldConnective(expr, scope);
    case Op::If: {
      const int condition = Fold(expr.args[0], scope);
      if (const auto settled = Settled(condition)) return Fold(expr.args[*settled ? 1 : 2], scope);
      Node made;
      made.op = Op::If;
      made.args = {condition, Fold(expr.args[1], scope), Fold(expr.args[2], scope)};
      return Add(std::move(made));
    }
    default:
      break;
  }
  Node made;
  made.op = expr.op;
  made.boolean = expr.type.base == rules::Base::Boolean;
  bool known = true;
  for (ExprId arg : expr.args) {
    made.args.push_back(Fold(arg, scope));
    known = known && node(made.args.back()).op == Op::Literal;
  }
  if (!known) return Add(std::move(made));
  std::vector<Value> values;
  for (int arg : made.args) values.push_back(node(arg).value);
  return Constant(Operate(made.op, made.boolean, values));
}

// One argument at a time: what comes after a decisive one is not looked at.
int Conditions::FoldConnective(const Expr& expr, const Scope& scope) {
  const bool decisive = expr.op == Op::Or;
  Node made;
  made.op = expr.op;
  made.boolean = true;
  for (ExprId arg : expr.args) {
    const int part = Fold(arg, scope);
    const auto settled = Settled(part);
    if (settled && *settled == decisive) return Truth(decisive);
    if (!settled) made.args.push_back(part);
  }
  if (made.args.empty()) return Truth(!decisive);
  if (made.args.size() == 1) return made.args[0];
  return Add(std::move(made));
}

int Conditions::FoldMeasure(rules::MeasureId id, const Scope& scope) {
  const rules::Measure& measure = rules_.measure(id);
  const auto refuse = [&](const char* es, const char* en) {
    throw Untold{{"«" + measure.name + "» " + es, "'" + measure.name + "' " + en}};
  };
  if (measure.aggregate == rules::Aggregate::WorkingDays || measure.window == rules::Window::Fact) {
    refuse("no es una cuenta de hechos que se acumulen", "is no count of facts that add up");
  }
  if (measure.aggregate == rules::Aggregate::Run && measure.at_least <= Rational(0)) {
    refuse("cuenta también los días sin hechos", "counts the days without facts too");
  }
  if (rules_.kind(measure.kind).is_sanction) {
    refuse("cuenta sanciones, que nacen de todas las reglas",
           "counts sanctions, which every rule may give rise to");
  }
  const bool same_kind = scope.fact != nullptr && scope.fact->kind == measure.kind;
  Count count{id, std::nullopt};
  if (measure.same_field.valid()) {
    if (!same_kind) refuse("compara con el hecho juzgado", "compares with the fact judged");
    count.key = scope.fact->fields[measure.same_field.index()];
  }
  if (!reachable_[measure.kind.index()]) return Constant({Rational(0), false});
  auto known = std::find(counts_.begin(), counts_.end(), count);
  if (known == counts_.end()) known = counts_.insert(counts_.end(), count);
  Node made;
  made.op = Op::Measure;
  made.count = static_cast<int>(known - counts_.begin());
  made.own = same_kind;
  return Add(std::move(made));
}

int Conditions::OfGuard(ExprId guard, const std::vector<rules::Exception>& exceptions,
                        const Scope& scope) {
  std::vector<int> parts;
  if (guard.valid()) parts.push_back(Fold(guard, scope));
  for (const rules::Exception& exception : exceptions) {
    if (!parts.empty() && Settled(parts.back()) == std::optional(false)) return Truth(false);
    parts.push_back(Not(Fold(exception.condition, scope)));
  }
  return And(parts);
}

int Conditions::OfRow(const rules::Rule& rule, const Scope& scope) {
  if (!evaluation::InForce(rules_, rule.norm, rule.from, rule.to, scope.date)) return Truth(false);
  return OfGuard(rule.guard, rule.exceptions, scope);
}

int Conditions::OfRule(rules::RuleId id, const Scope& scope) {
  const rules::Rule& rule = rules_.rule(id);
  std::vector<int> parts{OfRow(rule, scope)};
  if (rule.scale.valid() && rules_.scale(rule.scale).policy == rules::HitPolicy::First) {
    for (rules::RuleId row : rules_.scale(rule.scale).rows) {
      if (row == id || Settled(parts[0]) == std::optional(false)) break;
      parts.push_back(Not(OfRow(rules_.rule(row), scope)));
    }
  }
  return And(parts);
}

int Conditions::OfQualification(rules::QualificationId id, const Scope& scope) {
  const rules::Qualification& by = rules_.qualification(id);
  if (by.from_rule.valid()) return OfRule(by.from_rule, scope);
  if (!evaluation::InForce(rules_, by.norm, by.from, by.to, scope.date)) return Truth(false);
  return OfGuard(by.guard, by.exceptions, scope);
}

// ---- Asking ----------------------------------------------------------------------

bool Conditions::Holds(int condition, const CountReader& counts) const {
  return IsTrue(Ask(condition, counts));
}

Value Conditions::Ask(int index, const CountReader& counts) const {
  const Node& open = node(index);
  switch (open.op) {
    case Op::Literal:
      return open.value;
    case Op::Measure:
      return {counts.Value(open.count, open.own), false};
    case Op::And:
    case Op::Or: {
      const bool decisive = open.op == Op::Or;
      for (int arg : open.args) {
        if (IsTrue(Ask(arg, counts)) == decisive) return TruthValue(decisive);
      }
      return TruthValue(!decisive);
    }
    case Op::If:
      return Ask(open.args[IsTrue(Ask(open.args[0], counts)) ? 1 : 2], counts);
    default:
      break;
  }
  if (open.args.size() == 2) {
    return OperateTwo(open.op, open.boolean, Ask(open.args[0], counts), Ask(open.args[1], counts));
  }
  std::vector<Value> values;
  for (int arg : open.args) values.push_back(Ask(arg, counts));
  return Operate(open.op, open.boolean, values);
}

void Conditions::Mark(int condition, smt::Digest& mark) const {
  const Node& open = node(condition);
  mark.Add(static_cast<std::uint64_t>(open.op));
  mark.Add((open.boolean ? 1U : 0U) + (open.own ? 2U : 0U) + (open.value.absent ? 4U : 0U));
  mark.Add(static_cast<std::uint64_t>(open.value.number.num()));
  mark.Add(static_cast<std::uint64_t>(open.value.number.den()));
  mark.Add(static_cast<std::uint64_t>(open.count));
  mark.Add(open.args.size());
  for (int arg : open.args) Mark(arg, mark);
}

std::vector<std::optional<Rational>> Conditions::Thresholds() const {
  std::vector<std::optional<Rational>> most(counts_.size(), Rational(0));
  for (const Node& open : nodes_) {
    for (int arg : open.args) {
      if (node(arg).op != Op::Measure) continue;
      auto& bound = most[static_cast<std::size_t>(node(arg).count)];
      const bool compares = rules::IsComparison(open.op) || open.op == Op::InSet;
      for (int other : open.args) {
        if (other == arg || !bound) continue;
        const Node& against = node(other);
        if (!compares || against.op != Op::Literal) {
          bound.reset();
        } else if (!against.value.absent) {
          bound = std::max(*bound, against.value.number);
        }
      }
      if (!compares) bound.reset();
    }
  }
  return most;
}

std::optional<Conditions::Values> Conditions::ValuesOfComparison(const Node& open,
                                                                 std::int64_t scale) const {
  if (!rules::IsComparison(open.op)) return std::nullopt;
  const Node& count = node(open.args[0]);
  const Node& against = node(open.args[1]);
  if (count.op != Op::Measure || against.op != Op::Literal) return std::nullopt;
  if (against.value.absent) return Values{};  // never
  const rules::Measure& measure =
      rules_.measure(counts_[static_cast<std::size_t>(count.count)].measure);
  const bool sum = measure.aggregate == rules::Aggregate::Sum;
  const Rational limit = against.value.number * Rational(sum ? scale : 1);
  const auto from = [](std::int64_t least) {
    return WholeRanges{{std::max<std::int64_t>(least, 0), WholeRange::kEndless}};
  };
  const WholeRanges least = from(limit.ceil());
  const WholeRanges more = from(limit.floor() + 1);
  switch (open.op) {
    case Op::Ge:
      return Values{count.count, least};
    case Op::Gt:
      return Values{count.count, more};
    case Op::Le:
      return Values{count.count, ComplementOf(more)};
    case Op::Lt:
      return Values{count.count, ComplementOf(least)};
    case Op::Eq:
      return Values{count.count, IntersectionOf(least, ComplementOf(more))};
    case Op::Ne:
      return Values{count.count, UnionOf(ComplementOf(least), more)};
    default:
      return std::nullopt;
  }
}

std::optional<Conditions::Values> Conditions::ValuesOf(int condition, std::int64_t scale) const {
  const WholeRanges all{WholeRange{}};
  const Node& open = node(condition);
  switch (open.op) {
    case Op::Literal:
      return Values{-1, IsTrue(open.value) ? all : WholeRanges{}};
    case Op::Not: {
      auto values = ValuesOf(open.args[0], scale);
      if (values) values->ranges = ComplementOf(values->ranges);
      return values;
    }
    case Op::And:
    case Op::Or:
      break;
    default:
      return ValuesOfComparison(open, scale);
  }
  Values joined{-1, open.op == Op::And ? all : WholeRanges{}};
  for (int arg : open.args) {
    auto values = ValuesOf(arg, scale);
    if (!values) return std::nullopt;
    if (values->count >= 0) {
      if (joined.count >= 0 && joined.count != values->count) return std::nullopt;
      joined.count = values->count;
    }
    joined.ranges = open.op == Op::And ? IntersectionOf(joined.ranges, values->ranges)
                                       : UnionOf(std::move(joined.ranges), values->ranges);
  }
  return joined;
}

std::vector<std::pair<int, Rational>> Conditions::Floors(int condition) const {
  const Node& open = node(condition);
  const std::vector<int> single{condition};
  std::vector<std::pair<int, Rational>> floors;
  for (int part : open.op == Op::And ? open.args : single) {
    const Node& asked = node(part);
    const bool least = asked.op == Op::Ge && node(asked.args[0]).op == Op::Measure &&
                       node(asked.args[1]).op == Op::Literal;
    if (!least || node(asked.args[1]).value.absent) return {};
    floors.emplace_back(node(asked.args[0]).count, node(asked.args[1]).value.number);
  }
  return floors;
}

}  // namespace cotejo::checks
