// Expressions and measures of the rules as solver terms.
#include <algorithm>

#include "solver/encoding/history_encoding.h"

namespace cotejo::encoding {

using rules::Op;
using rules::Window;

namespace {

Date AsDate(Rational value) { return Date(static_cast<std::int32_t>(value.num())); }

Rational ApplyToDates(Op op, Rational a, Rational b) {
  switch (op) {
    case Op::YearsBetween:
      return base::YearsBetween(AsDate(a), AsDate(b));
    case Op::MonthsSinceAnniversary:
      return base::MonthsSinceAnniversary(AsDate(a), AsDate(b));
    default:
      return AsDate(a).first_of_next_month().days();
  }
}

bool IsDateFunction(Op op) {
  return op == Op::YearsBetween || op == Op::MonthsSinceAnniversary || op == Op::FirstOfNextMonth;
}

}  // namespace

Cond HistoryEncoding::Truth(rules::ExprId id, View view) {
  if (!id.valid()) return Algebra::Fixed(true);
  const rules::Expr& expr = rules_.expr(id);
  const auto num = [&](std::size_t i) { return Number(expr.args[i], view); };
  switch (expr.op) {
    case Op::Not:
      return algebra_.Not(Truth(expr.args[0], view));
    case Op::And:
    case Op::Or: {
      std::vector<Cond> parts;
      for (rules::ExprId arg : expr.args) parts.push_back(Truth(arg, view));
      return expr.op == Op::And ? algebra_.And(parts) : algebra_.Or(parts);
    }
    case Op::Lt:
      return algebra_.Lt(num(0), num(1));
    case Op::Le:
      return algebra_.Le(num(0), num(1));
    case Op::Gt:
      return algebra_.Lt(num(1), num(0));
    case Op::Ge:
      return algebra_.Le(num(1), num(0));
    case Op::Eq:
      return algebra_.Eq(num(0), num(1));
    case Op::Ne: {
      const Num a = num(0);
      const Num b = num(1);
      return algebra_.And({a.present, b.present, algebra_.Not(algebra_.Eq(a, b))});
    }
    case Op::InSet: {
      const Num value = num(0);
      std::vector<Cond> any;
      for (std::size_t i = 1; i < expr.args.size(); ++i) {
        any.push_back(algebra_.Eq(value, num(i)));
      }
      return algebra_.Or(any);
    }
    case Op::Has:
      return num(0).present;
    case Op::If: {
      const Cond when = Truth(expr.args[0], view);
      return algebra_.Or({algebra_.And({when, Truth(expr.args[1], view)}),
                          algebra_.And({algebra_.Not(when), Truth(expr.args[2], view)})});
    }
    default:
      return algebra_.Eq(Number(id, view), Algebra::Const(1));
  }
}

Num HistoryEncoding::Number(rules::ExprId id, View view) {
  if (!id.valid()) return Algebra::Const(0);
  const rules::Expr& expr = rules_.expr(id);
  switch (expr.op) {
    case Op::Literal:
      return Algebra::Const(expr.literal);
    case Op::Field: {
      const auto index = static_cast<std::size_t>(expr.ref);
      if (view.fact < 0) break;
      const SymbolicFact& fact = facts_[static_cast<std::size_t>(view.fact)];
      if (index >= fact.fields.size()) break;
      return fact.fields[index];
    }
    case Op::Attribute:
      return AttributeOn(static_cast<std::size_t>(expr.ref), view.date);
    case Op::Parameter: {
      const rules::ParameterId parameter(expr.ref);
      const auto value = rules_.ParameterOn(parameter, view.date);
      if (value) return Algebra::Const(*value);
      const std::string& name = rules_.parameter(parameter).name;
      Unsupported({"el parámetro «" + name + "» no tiene valor el " + view.date.str(),
                   "parameter '" + name + "' has no value on " + view.date.str()});
      return Algebra::Const(0);
    }
    case Op::Measure:
      return MeasureNumber(rules::MeasureId(expr.ref), view);
    case Op::FactDate:
      return Algebra::Const(view.date.days());
    case Op::ScheduledEntry:
    case Op::ScheduledExit:
      return ScheduledTime(view, expr.op == Op::ScheduledEntry);
    case Op::Shift:
      if (view.fact < 0) break;
      return Algebra::Const(facts_[static_cast<std::size_t>(view.fact)].shift);
    default:
      return Operation(expr, view);
  }
  Unsupported({"una expresión lee del hecho lo que una ventana no tiene",
               "an expression reads from the fact what a window does not have"});
  return Algebra::Const(0);
}

Num HistoryEncoding::Operation(const rules::Expr& expr, View view) {
  if (IsDateFunction(expr.op)) return CalendarFunction(expr, view);
  std::vector<Num> args;
  if (expr.op == Op::If) {
    return algebra_.Ite(Truth(expr.args[0], view), Number(expr.args[1], view),
                        Number(expr.args[2], view));
  }
  if (expr.type.base == rules::Base::Boolean) {
    switch (expr.op) {
      case Op::Not:
      case Op::And:
      case Op::Or:
      case Op::Lt:
      case Op::Le:
      case Op::Eq:
      case Op::Ne:
      case Op::Ge:
      case Op::Gt:
      case Op::InSet:
      case Op::Has:
        // A Boolean as a value, e.g. given to a field of a derived fact.
        return algebra_.FromCond(Truth(rules::ExprId(&expr - rules_.exprs.data()), view));
      default:
        break;
    }
  }
  for (rules::ExprId arg : expr.args) args.push_back(Number(arg, view));
  std::optional<Num> result;
  switch (expr.op) {
    case Op::Neg:
      return algebra_.Scale(args[0], -1);
    case Op::Add:
      return algebra_.Add(args);
    case Op::Sub:
      return algebra_.Sub(args[0], args[1]);
    case Op::Mul:
      result = algebra_.Mul(args[0], args[1]);
      break;
    case Op::Div:
      result = algebra_.Div(args[0], args[1]);
      break;
    case Op::Min:
    case Op::Max:
      result = args[0];
      for (std::size_t i = 1; i < args.size(); ++i) {
        result =
            expr.op == Op::Min ? algebra_.Min(*result, args[i]) : algebra_.Max(*result, args[i]);
      }
      break;
    case Op::Floor:
      return algebra_.Floor(args[0]);
    case Op::Ceil:
      return algebra_.Ceil(args[0]);
    default:
      break;
  }
  if (result) return *result;
  Unsupported({"una división entre un valor que no es constante no se codifica",
               "a division by a value that is not constant is not encoded"});
  return Algebra::Const(0);
}

// Of dates all but one of which are known.
Num HistoryEncoding::CalendarFunction(const rules::Expr& expr, View view) {
  std::vector<Num> args;
  for (rules::ExprId arg : expr.args) args.push_back(Number(arg, view));
  if (args.size() < 2) args.push_back(Algebra::Const(0));
  const bool first = !args[0].fixed;
  const Num& open = args[first ? 0 : 1];
  const Rational other = args[first ? 1 : 0].value;
  const auto key = std::make_tuple(expr.op, other, first, open.term.id, open.unit);
  const auto known = calendar_.find(key);
  std::optional<Num> result;
  if (known != calendar_.end()) {
    result = known->second;
  } else if (!first || args[1].fixed) {
    result = algebra_.Function(open, [&](std::int64_t day) {
      return first ? ApplyToDates(expr.op, day, other) : ApplyToDates(expr.op, other, day);
    });
    if (result && !result->fixed) calendar_.emplace(key, *result);
  }
  if (!result) {
    Unsupported(
        {"una función de dos fechas que no se conocen, o de una calculada sin límites, no "
         "se codifica",
         "a function of two dates that are not known, or of one computed without bounds, "
         "is not encoded"});
    return Algebra::Const(0);
  }
  result->present = algebra_.And({args[0].present, args[1].present});
  return *result;
}

Num HistoryEncoding::ScheduledTime(View view, bool entry) {
  if (view.fact < 0) return Algebra::Const(0);
  const auto shift = static_cast<std::size_t>(facts_[static_cast<std::size_t>(view.fact)].shift);
  Num time = Algebra::Const(0);
  const auto schedules = SchedulesOn(view.date);
  for (auto it = schedules.rbegin(); it != schedules.rend(); ++it) {
    const auto& shifts = rules_.schedules[static_cast<std::size_t>(it->second)].shifts;
    if (shift == 0 || shift > shifts.size()) continue;
    const Rational value = entry ? shifts[shift - 1].entry : shifts[shift - 1].exit;
    time = it == schedules.rbegin() ? Algebra::Const(value)
                                    : algebra_.Ite(it->first, Algebra::Const(value), time);
  }
  return time;
}

// ---- Measures --------------------------------------------------------------------

// From the day of entry on.
Num HistoryEncoding::WorkingDays(Date first, Date last) {
  const auto from = [&](Date day) {
    return Rational(rules_.calendar.CountWorkingDays(std::max(first, day), last, scope_name_));
  };
  if (!rules_.constitutive.valid()) return Algebra::Const(from(first));
  const Num& beginning = attributes_[rules_.constitutive.index()];
  const Num days = *algebra_.Function(
      beginning, [&](std::int64_t day) { return from(Date(static_cast<std::int32_t>(day))); });
  Num result = algebra_.Ite(beginning.present, days, Algebra::Const(from(first)));
  result.present = Algebra::Fixed(true);
  return result;
}

bool HistoryEncoding::NotAfter(int fact, int subject) const {
  const SymbolicFact& a = facts_[static_cast<std::size_t>(fact)];
  const SymbolicFact& b = facts_[static_cast<std::size_t>(subject)];
  return std::tie(a.date, a.place, fact) <= std::tie(b.date, b.place, subject);
}

Num HistoryEncoding::MeasureNumber(rules::MeasureId id, View view) {
  const rules::Measure& measure = rules_.measure(id);
  const bool of_fact = view.fact >= 0;
  const bool same_kind =
      of_fact && facts_[static_cast<std::size_t>(view.fact)].kind == measure.kind;
  const bool by_fact =
      of_fact && (same_kind || measure.same_field.valid() || measure.window == Window::Fact);
  const auto key = std::make_tuple(id.value, view.date, by_fact ? view.fact : -1);
  const auto known = measures_.find(key);
  if (known != measures_.end()) return known->second;
  if ((measure.window == Window::Fact || measure.same_field.valid()) && !same_kind) {
    Unsupported({"la medida «" + measure.name + "» se mira desde un sujeto que no es de su hecho",
                 "measure '" + measure.name + "' is read from a subject that is not of its kind"});
    return Algebra::Const(0);
  }
  const Date first = WindowStart(measure.window, view.date);
  Num value;
  if (measure.aggregate == rules::Aggregate::WorkingDays) {
    // The calendar is known beforehand: the whole window counts, save for a career.
    const bool career = measure.window == Window::Career;
    value = WorkingDays(career ? Date(shape_.year, 1, 1) : first,
                        career ? view.date : WindowEnd(measure.window, view.date));
  } else {
    std::vector<int> facts;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const SymbolicFact& fact = facts_[i];
      const auto index = static_cast<int>(i);
      if (fact.kind != measure.kind || fact.date < first || fact.date > view.date) continue;
      if (measure.window == Window::Fact && index != view.fact) continue;
      if (same_kind && !NotAfter(index, view.fact)) continue;
      facts.push_back(index);
    }
    value = measure.aggregate == rules::Aggregate::Run ? LongestRun(measure, view, facts)
                                                       : AggregateOver(measure, view, facts);
  }
  measures_[key] = value;
  return value;
}

// Whether a fact is there and is one of those the measure counts.
Cond HistoryEncoding::Counts(const rules::Measure& measure, int fact, View view) {
  const SymbolicFact& counted = facts_[static_cast<std::size_t>(fact)];
  Cond cond = counted.present;
  if (measure.filter.valid()) {
    cond = algebra_.And({cond, Truth(measure.filter, {counted.date, fact})});
  }
  if (measure.same_field.valid()) {
    const auto field = measure.same_field.index();
    const SymbolicFact& subject = facts_[static_cast<std::size_t>(view.fact)];
    cond = algebra_.And({cond, algebra_.Eq(counted.fields[field], subject.fields[field])});
  }
  return cond;
}

// What a fact adds to a measure: nothing when it is not counted or its value is absent.
Num HistoryEncoding::Contribution(const rules::Measure& measure, int fact, View view) {
  const Date date = facts_[static_cast<std::size_t>(fact)].date;
  Num value = measure.aggregate == rules::Aggregate::Count ? Algebra::Const(1)
                                                           : Number(measure.value, {date, fact});
  const Cond counts = algebra_.And({Counts(measure, fact, view), value.present});
  value.present = Algebra::Fixed(true);
  return algebra_.Ite(counts, value, Algebra::Const(0));
}

Num HistoryEncoding::AggregateOver(const rules::Measure& measure, View view,
                                   const std::vector<int>& facts) {
  std::vector<Num> terms;
  for (int fact : facts) terms.push_back(Contribution(measure, fact, view));
  return algebra_.Add(terms);
}

Num HistoryEncoding::LongestRun(const rules::Measure& measure, View view,
                                const std::vector<int>& facts) {
  if (measure.at_least <= Rational(0)) {
    Unsupported({"la racha «" + measure.name + "» no pide nada a cada día",
                 "the run '" + measure.name + "' asks nothing of each day"});
    return Algebra::Const(0);
  }
  std::map<Date, std::vector<Num>> by_day;
  for (int fact : facts) {
    by_day[facts_[static_cast<std::size_t>(fact)].date].push_back(
        Contribution(measure, fact, view));
  }
  if (by_day.empty()) return Algebra::Const(0);
  Num run = Algebra::Const(0);
  Num longest = Algebra::Const(0);
  for (Date day : rules_.calendar.WorkingDays(by_day.begin()->first, view.date, scope_name_)) {
    const auto facts_of_day = by_day.find(day);
    if (facts_of_day == by_day.end()) {
      run = Algebra::Const(0);
      continue;
    }
    const Cond reached =
        algebra_.Le(Algebra::Const(measure.at_least), algebra_.Add(facts_of_day->second));
    run = algebra_.Ite(reached, algebra_.Add({run, Algebra::Const(1)}), Algebra::Const(0));
    longest = algebra_.Max(longest, run);
  }
  return longest;
}

}  // namespace cotejo::encoding
