#include "model/evaluation/world.h"

#include <algorithm>
#include <array>
#include <limits>

#include "model/rules/terms.h"

namespace cotejo::evaluation {

using rules::Aggregate;
using rules::Expr;
using rules::ExprId;
using rules::Measure;
using rules::MeasureId;
using rules::Op;
using rules::Window;

namespace {

constexpr Value kAbsent{Rational(0), true};

Value Truth(bool value) { return {Rational(value ? 1 : 0), false}; }

bool IsTrue(const Value& value) { return !value.absent && !value.number.zero(); }

}  // namespace

World::World(const rules::Ruleset& rules, const History& history)
    : rules_(rules),
      history_(history),
      last_day_(
          ExtinctionOf(rules, history).value_or(Date(std::numeric_limits<std::int32_t>::max()))),
      by_kind_(rules.fact_kinds.size(), &memory_),
      contributions_(rules.measures.size(), &memory_) {}

DateRange World::WindowOf(Window window, Date date) const {
  switch (window) {
    case Window::Fact:
    case Window::Day:
      return {date, date};
    case Window::Month:
      return {date.first_of_month(), std::min(date.last_of_month(), last_day_)};
    case Window::Gestion:
      return {Date(date.year(), 1, 1), Date(date.year(), 12, 31)};
    case Window::Career:
      return {Date(std::numeric_limits<std::int32_t>::min()), date};
  }
  return {date, date};
}

bool World::Before(DerivedIndex a, DerivedIndex b) const {
  const Date date_a = facts_[Position(a)].fact.date;
  const Date date_b = facts_[Position(b)].fact.date;
  if (date_a != date_b) {
    return date_a < date_b;
  }
  return slot(a) != slot(b) ? slot(a) < slot(b) : a < b;
}

void World::Expect(std::size_t facts) {
  facts_.reserve(facts);
  slots_.reserve(facts);
}

DerivedIndex World::Add(EvaluatedFact fact, int slot) {
  const auto index = static_cast<DerivedIndex>(facts_.size());
  std::pmr::vector<DerivedIndex>& same = by_kind_.Make(fact.fact.kind.index());
  facts_.push_back(std::move(fact));
  slots_.push_back(slot);
  same.insert(std::upper_bound(same.begin(), same.end(), index,
                               [&](DerivedIndex a, DerivedIndex b) { return Before(a, b); }),
              index);
  return index;
}

// ---- Expressions -----------------------------------------------------------------

bool World::Holds(ExprId guard, const Scope& scope) {
  return !guard.valid() || IsTrue(Eval(guard, scope));
}

Value World::Eval(ExprId id, const Scope& scope) {
  const Expr& expr = rules_.expr(id);
  switch (expr.op) {
    case Op::Literal:
      return {expr.literal, false};
    case Op::And:
    case Op::Or:
      return EvalConnective(expr, scope);
    case Op::If:
      return Eval(expr.args[Holds(expr.args[0], scope) ? 1 : 2], scope);
    case Op::Has: {
      const rules::AttributeId attribute(rules_.expr(expr.args[0]).ref);
      return Truth(!AttributeOn(rules_, history_, attribute, scope.date).absent);
    }
    case Op::Field:
    case Op::Attribute:
    case Op::Parameter:
    case Op::Measure:
    case Op::FactDate:
    case Op::ScheduledEntry:
    case Op::ScheduledExit:
    case Op::Shift:
      return EvalLeaf(expr, scope);
    default:
      return EvalOperator(expr, scope);
  }
}

Value World::EvalConnective(const Expr& expr, const Scope& scope) {
  const bool decisive = expr.op == Op::Or;
  for (ExprId arg : expr.args) {
    if (IsTrue(Eval(arg, scope)) == decisive) {
      return Truth(decisive);
    }
  }
  return Truth(!decisive);
}

Value World::EvalOperator(const Expr& expr, const Scope& scope) {
  constexpr std::size_t kUsual = 4;
  std::array<Rational, kUsual> few;
  std::vector<Rational> many;
  const std::size_t count = expr.args.size();
  if (count > kUsual) {
    many.resize(count);
  }
  const std::span<Rational> args(count > kUsual ? many.data() : few.data(), count);
  for (std::size_t i = 0; i < count; ++i) {
    const Value value = Eval(expr.args[i], scope);
    if (value.absent) {
      const bool boolean = expr.type.base == rules::Base::Boolean;
      return boolean ? Truth(expr.op == Op::Not) : kAbsent;
    }
    args[i] = value.number;
  }
  return {rules::Compute(expr.op, args), false};
}

Value World::EvalLeaf(const Expr& expr, const Scope& scope) {
  switch (expr.op) {
    case Op::Field: {
      if (scope.fact < 0) {
        throw Fault{"campo-sin-hecho",
                    {"se pide un campo donde no se juzga un hecho",
                     "a field is read where no fact is judged"},
                    {}};
      }
      return facts_[Position(scope.fact)].fact.fields[static_cast<std::size_t>(expr.ref)];
    }
    case Op::Attribute:
      return EvalAttribute(expr, scope);
    case Op::Parameter: {
      const rules::ParameterId id(expr.ref);
      if (const std::optional<Rational> value = rules_.ParameterOn(id, scope.date)) {
        return {*value, false};
      }
      const std::string name = rules_.parameter(id).name;
      throw Fault{
          "parámetro-sin-valor",
          {"el parámetro «" + name + "» no tiene valor el " + scope.date.str(),
           "the parameter '" + name + "' has no value on " + scope.date.str()},
          {"agregue un valor desde esa fecha o antes", "add a value from that date or before"}};
    }
    case Op::Measure:
      return MeasureOf(MeasureId(expr.ref), scope);
    case Op::FactDate:
      return {Rational(scope.date.days()), false};
    default:
      return {EvalShift(expr, scope), false};
  }
}

Value World::EvalAttribute(const Expr& expr, const Scope& scope) {
  const rules::AttributeId id(expr.ref);
  const Value value = AttributeOn(rules_, history_, id, scope.date);
  if (!value.absent) {
    return value;
  }
  const rules::Attribute& attribute = rules_.attribute(id);
  if (!attribute.optional) {
    throw Fault{
        "dato-ausente",
        {"falta el dato «" + attribute.name + "» de " + history_.person + " el " + scope.date.str(),
         "the attribute '" + attribute.name + "' of " + history_.person + " is missing on " +
             scope.date.str()},
        {"dé el dato en la historia, o un valor inicial o `opcional` en su declaración",
         "give it in the history, or declare an initial value or `opcional`"}};
  }
  return attribute.type.base == rules::Base::Boolean ? Truth(false) : kAbsent;
}

Rational World::EvalShift(const Expr& expr, const Scope& scope) {
  const int shift = scope.fact < 0 ? 0 : facts_[Position(scope.fact)].fact.shift;
  if (shift < 1) {
    throw Fault{"sin-tramo",
                {"un hecho de " + history_.person + " el " + scope.date.str() +
                     " no dice en qué tramo ocurre",
                 "a fact of " + history_.person + " on " + scope.date.str() +
                     " does not say in which shift it happens"},
                {"dé el tramo, desde 1", "give the shift, from 1"}};
  }
  if (expr.op == Op::Shift) {
    return shift;
  }
  const int schedule = ScheduleOn(scope.date);
  const auto index = static_cast<std::size_t>(schedule < 0 ? 0 : schedule);
  if (schedule < 0 || static_cast<std::size_t>(shift) > rules_.schedules[index].shifts.size()) {
    throw Fault{"sin-horario",
                {history_.person + " no tiene horario para el tramo " + std::to_string(shift) +
                     " el " + scope.date.str(),
                 history_.person + " has no schedule for shift " + std::to_string(shift) + " on " +
                     scope.date.str()},
                {"revise los datos que eligen el horario y su vigencia",
                 "check the attributes that pick the schedule and its validity"}};
  }
  const rules::Shift& hours = rules_.schedules[index].shifts[static_cast<std::size_t>(shift) - 1];
  return expr.op == Op::ScheduledEntry ? hours.entry : hours.exit;
}

int World::ScheduleOn(Date date) {
  const auto known = schedules_.find(date.days());
  if (known != schedules_.end()) {
    return known->second;
  }
  int found = -1;
  for (std::size_t i = 0; i < rules_.schedules.size() && found < 0; ++i) {
    const rules::Schedule& schedule = rules_.schedules[i];
    if (!InForce(rules_, schedule.norm, schedule.from, schedule.to, date)) {
      continue;
    }
    try {
      found = Holds(schedule.guard, {date, -1}) ? static_cast<int>(i) : -1;
    } catch (const Fault&) {
      // A missing attribute picks no schedule; whoever needs one reports that.
    } catch (const base::ArithmeticError&) {
    }
  }
  schedules_.emplace(date.days(), found);
  return found;
}

// ---- Measures --------------------------------------------------------------------

Value World::MeasureOf(MeasureId id, const Scope& scope) {
  const Measure& measure = rules_.measure(id);
  const std::size_t known_facts = measure.kind.valid() ? OfKind(measure.kind).size() : 0;
  // Subjects are told apart by their fact, or by their date (which is not negative here).
  const std::uint64_t subject =
      scope.fact >= 0 ? (std::uint64_t{1} << 32U) + static_cast<std::uint32_t>(scope.fact)
                      : static_cast<std::uint32_t>(scope.date.days());
  const std::uint64_t key = (static_cast<std::uint64_t>(id.index()) << 33U) | subject;
  if (last_key_ == key && last_.facts_of_kind == known_facts) {
    return last_.value;
  }
  const auto known = remembered_.find(key);
  if (known == remembered_.end() || known->second.facts_of_kind != known_facts) {
    const Value value = ComputeMeasure(id, scope);  // which may remember others
    remembered_[key] = {known_facts, value};
    last_ = {known_facts, value};
  } else {
    last_ = known->second;
  }
  last_key_ = key;
  return last_.value;
}

Value World::ComputeMeasure(MeasureId id, const Scope& scope) {
  const Measure& measure = rules_.measure(id);
  switch (measure.aggregate) {
    case Aggregate::WorkingDays:
      return {CountWorkingDays(measure, scope), false};
    case Aggregate::Run:
      return {LongestRun(id, scope), false};
    case Aggregate::Sum:
    case Aggregate::Count:
      break;
  }
  Rational total = 0;
  for (DerivedIndex fact : MeasuredFacts(measure, scope)) {
    if (measure.same_field.valid() && !SameField(measure, scope, fact)) {
      continue;
    }
    if (const std::optional<Rational> amount = Contribution(id, fact)) {
      total += *amount;
    }
  }
  return {total, false};
}

// Facts of the window up to the subject's date; of the subject's own kind, up to itself.
std::span<const DerivedIndex> World::MeasuredFacts(const Measure& measure, const Scope& scope) {
  const bool own_kind = scope.fact >= 0 && facts_[Position(scope.fact)].fact.kind == measure.kind;
  if (measure.window == Window::Fact) {
    return {&scope.fact, own_kind ? std::size_t{1} : std::size_t{0}};
  }
  const Date first = WindowOf(measure.window, scope.date).first;
  const std::span<const DerivedIndex> all = OfKind(measure.kind);
  const auto date_of = [&](DerivedIndex f) { return facts_[Position(f)].fact.date; };
  const auto begin = std::partition_point(all.begin(), all.end(),
                                          [&](DerivedIndex f) { return date_of(f) < first; });
  const auto end = std::partition_point(begin, all.end(), [&](DerivedIndex f) {
    return date_of(f) <= scope.date && !(own_kind && Before(scope.fact, f));
  });
  return {begin, end};
}

std::optional<Rational> World::Contribution(MeasureId id, DerivedIndex fact) {
  auto& known = contributions_.Make(id.index());
  if (known.size() <= Position(fact)) {
    known.resize(facts_.size());
  }
  if (known[Position(fact)]) {
    return *known[Position(fact)];
  }
  const Measure& measure = rules_.measure(id);
  const Scope scope{facts_[Position(fact)].fact.date, fact};
  std::optional<Rational> amount;
  if (Holds(measure.filter, scope)) {
    const Value value = measure.aggregate == Aggregate::Count ? Value{Rational(1), false}
                                                              : Eval(measure.value, scope);
    if (!value.absent) {
      amount = value.number;
    }
  }
  known[Position(fact)] = amount;
  return amount;
}

bool World::SameField(const Measure& measure, const Scope& scope, DerivedIndex fact) const {
  const std::size_t field = measure.same_field.index();
  if (scope.fact < 0 || facts_[Position(scope.fact)].fact.kind != measure.kind) {
    throw Fault{"medida-fuera-de-lugar",
                {"«" + measure.name + "» compara con el hecho juzgado, y no se juzga uno de ellos",
                 "'" + measure.name + "' compares with the fact judged, and none is judged"},
                {}};
  }
  return facts_[Position(fact)].fact.fields[field] ==
         facts_[Position(scope.fact)].fact.fields[field];
}

Rational World::LongestRun(MeasureId id, const Scope& scope) {
  const Measure& measure = rules_.measure(id);
  std::pmr::vector<std::pair<Date, Rational>> sums(&memory_);  // by date
  for (DerivedIndex fact : MeasuredFacts(measure, scope)) {
    const std::optional<Rational> amount = Contribution(id, fact);
    const Date date = facts_[Position(fact)].fact.date;
    if (sums.empty() || sums.back().first != date) {
      sums.emplace_back(date, Rational(0));
    }
    sums.back().second += amount.value_or(Rational(0));
  }
  // Days without facts only count when the threshold asks for nothing.
  const bool needs_facts = measure.at_least > Rational(0);
  if (needs_facts && sums.empty()) {
    return 0;
  }
  const Date window_first = WindowOf(measure.window, scope.date).first;
  Date day = needs_facts ? sums.front().first : std::max(window_first, history_.from);
  const Date last = needs_facts ? sums.back().first : scope.date;
  std::int64_t run = 0;
  std::int64_t longest = 0;
  auto sum = sums.begin();
  for (; day <= last; day = day.plus_days(1)) {
    while (sum != sums.end() && sum->first < day) {
      ++sum;
    }
    if (!IsWorkingDay(day)) {
      continue;
    }
    const Rational total = sum != sums.end() && sum->first == day ? sum->second : Rational(0);
    run = total >= measure.at_least ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// The calendar is known beforehand: the whole window counts, save for a career, as far as the
// relation goes.
Rational World::CountWorkingDays(const Measure& measure, const Scope& scope) {
  DateRange range = WindowOf(measure.window, scope.date);
  range.last = std::min(range.last, last_day_);
  if (measure.window == Window::Career) {
    range.first = history_.from;
  }
  const std::optional<Date> beginning = BeginningOn(rules_, history_, scope.date);
  range.first = std::max(range.first, beginning.value_or(range.first));
  std::int64_t count = 0;
  for (Date day = range.first; day <= range.last; day = day.plus_days(1)) {
    count += IsWorkingDay(day) ? 1 : 0;
  }
  return count;
}

bool World::IsWorkingDay(Date date) {
  const int year = date.year();
  const auto month = static_cast<int>(date.month());
  const auto [at, fresh] = working_.try_emplace(std::pair(year, month));
  if (fresh) {
    if (!rules_.calendar.years().contains(year)) {
      unknown_years_.insert(year);
    }
    at->second = WorkingDaysOf(date.first_of_month());
  }
  return (at->second >> date.day() & 1U) != 0;
}

// What asks of one day asks of those around it: a month at once, by stretches in which the
// person's holidays are of one scope, which nearly always is the whole of it.
std::uint32_t World::WorkingDaysOf(Date first) const {
  const Date last = first.last_of_month();
  std::set<Date> changes{last.plus_days(1)};
  if (rules_.holiday_scope.valid() && rules_.holiday_scope.index() < history_.attributes.size()) {
    for (const DatedAttribute& dated : history_.attributes[rules_.holiday_scope.index()]) {
      if (dated.from && *dated.from > first && *dated.from <= last) {
        changes.insert(*dated.from);
      }
    }
  }
  std::uint32_t works = 0;
  Date from = first;
  for (Date change : changes) {
    const std::string scope = HolidayScope(rules_, history_, from);
    for (Date day : rules_.calendar.WorkingDays(from, change.plus_days(-1), scope)) {
      works |= 1U << day.day();
    }
    from = change;
  }
  return works;
}

}  // namespace cotejo::evaluation
