// The rules over one history worked out in the plainest way: everything looked at again each
// time, days stepped one by one. It shares no code with the interpreter but exact numbers and
// civil dates.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "model/evaluation/history.h"
#include "model/rules/ruleset.h"

namespace cotejo::naive {

using base::Date;
using base::Rational;
using rules::ExprId;
using rules::Op;
using rules::Value;
using rules::Window;

// What applied to what: the rule, the subject's date, the shift of the fact that gave rise to it
// (0 for a window) and how many qualifications led from there.
using Applied = std::tuple<int, Date, int, int>;

class Evaluation {
 public:
  Evaluation(const rules::Ruleset& rules, const evaluation::History& history)
      : rules_(rules), history_(history) {
    for (const evaluation::Fact& fact : history.facts) {
      if (rules.kind(fact.kind).extinctive && (!ended_ || fact.date < *ended_)) ended_ = fact.date;
    }
    for (const evaluation::Fact& fact : history.facts) {
      if (ended_ && fact.date > *ended_) continue;
      facts_.push_back({fact.kind, fact.date, fact.shift, fact.shift, fact.fields, fact.shift, 0});
    }
    for (std::size_t k = 0; k < rules.fact_kinds.size(); ++k) {
      for (Date day = history.from; day <= history.to && !(ended_ && day > *ended_);
           day = day.plus_days(1)) {
        if (!ComesRound(rules.fact_kinds[k], day) || !Entered(day, day)) continue;
        facts_.push_back({rules::FactKindId(static_cast<std::int64_t>(k)), day, 0, 0, {}, 0, 0});
      }
    }
    std::stable_sort(facts_.begin(), facts_.end(), Before);
    for (const rules::Step& step : rules.steps) {
      if (step.rule.valid()) {
        Judge(step.rule);
      } else {
        Qualify(rules.qualification(step.qualification));
      }
    }
  }

  [[nodiscard]] const std::multiset<Applied>& applied() const { return applied_; }

 private:
  struct Fact {
    rules::FactKindId kind;
    Date date;
    int shift = 0;
    int place = 0;  // in the day
    std::vector<Value> fields;
    int root_shift = 0;  // of the history's own fact behind it; 0 for a window
    int steps = 0;       // qualifications since then
  };
  struct View {
    Date date;
    const Fact* fact = nullptr;
  };

  static bool Before(const Fact& a, const Fact& b) {
    return std::tie(a.date, a.place) < std::tie(b.date, b.place);
  }

  static Date First(Window window, Date date) {
    Date day = date;
    if (window == Window::Month) {
      while (day.day() != 1) day = day.plus_days(-1);
    } else if (window == Window::Gestion) {
      while (day.day() != 1 || day.month() != 1) day = day.plus_days(-1);
    } else if (window == Window::Career) {
      day = Date(1, 1, 1);
    }
    return day;
  }
  [[nodiscard]] Date Last(Window window, Date date) const {
    Date day = date;
    if (window == Window::Month) {
      while (day.plus_days(1).day() != 1 && day != ended_) day = day.plus_days(1);
    } else if (window == Window::Gestion) {
      while (day.plus_days(1).month() != 1 || day.plus_days(1).day() != 1) day = day.plus_days(1);
    }
    return day;
  }

  [[nodiscard]] bool Works(Date day) const {
    if (day.weekday() >= 6) return false;
    for (const base::Holiday& holiday : rules_.calendar.holidays()) {
      if (holiday.date == day) return false;
    }
    return true;
  }

  // ---- Values

  static bool True(const Value& value) { return !value.absent && !value.number.zero(); }
  static Value Truth(bool truth) { return {truth ? 1 : 0, false}; }

  // As given last before or on the date, or else as declared; may be absent.
  [[nodiscard]] Value Given(rules::AttributeId id, Date date) const {
    Value value = rules_.attribute(id).initial.value_or(Value{0, true});
    for (const evaluation::DatedAttribute& dated : history_.attributes[id.index()]) {
      if (!dated.from || *dated.from <= date) value = dated.value;
    }
    return value;
  }

  // Whether somebody, by what is known of them on a date, had entered by the day.
  [[nodiscard]] bool Entered(Date day, Date date) const {
    if (!rules_.constitutive.valid()) return true;
    const Value entered = Given(rules_.constitutive, date);
    return entered.absent || entered.number <= Rational(day.days());
  }

  [[nodiscard]] bool ComesRound(const rules::FactKind& kind, Date day) const {
    const bool new_month = day.plus_days(1).day() == 1;
    switch (kind.periodicity) {
      case rules::Periodicity::None:
        return false;
      case rules::Periodicity::EachMonth:
        return new_month || day == ended_;
      case rules::Periodicity::EachGestion:
        return new_month && day.month() == 12;
      case rules::Periodicity::YearlyFromAttribute:
        break;
    }
    const Value from = Given(kind.periodic_from, day);
    if (from.absent) return false;
    const Date origin(static_cast<std::int32_t>(from.number.num()));
    for (int years = 1; origin.year() + years <= day.year(); ++years) {
      if (Anniversary(origin, years).plus_days(kind.periodic_plus_days) == day) return true;
    }
    return false;
  }

  // Years and days since, counted by walking from anniversary to anniversary.
  static Rational Years(Date from, Date to) {
    if (to < from) return 0;
    int years = 0;
    while (Anniversary(from, years + 1) <= to) ++years;
    int days = 0;
    for (Date day = Anniversary(from, years); day < to; day = day.plus_days(1)) ++days;
    return Rational(years) + Rational(days, 366);
  }
  static Date Anniversary(Date from, int years) {
    const unsigned day =
        from.month() == 2 && from.day() == 29 && !Leap(from.year() + years) ? 28 : from.day();
    return {from.year() + years, from.month(), day};
  }
  static bool Leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
  static Date MonthsAfter(Date from, int months) {
    int year = from.year();
    int month = static_cast<int>(from.month()) + months;
    while (month > 12) {
      month -= 12;
      ++year;
    }
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int length = kDays[month - 1] + (month == 2 && Leap(year) ? 1 : 0);
    length = std::min(length, static_cast<int>(from.day()));
    return {year, static_cast<unsigned>(month), static_cast<unsigned>(length)};
  }
  static int MonthsSince(Date from, Date to) {
    if (to < from) return 0;
    int years = 0;
    while (Anniversary(from, years + 1) <= to) ++years;
    int months = 0;
    while (months < 11 && MonthsAfter(from, 12 * years + months + 1) <= to) ++months;
    return months;
  }
  static std::int64_t FloorOf(Rational x) {
    std::int64_t whole = x.num() / x.den();
    while (Rational(whole) > x) --whole;
    while (Rational(whole + 1) <= x) ++whole;
    return whole;
  }

  Value Eval(ExprId id, View view) const {
    const rules::Expr& expr = rules_.expr(id);
    const auto arg = [&](std::size_t i) { return Eval(expr.args[i], view); };
    switch (expr.op) {
      case Op::Literal:
        return {expr.literal, false};
      case Op::Field:
        return view.fact->fields[static_cast<std::size_t>(expr.ref)];
      case Op::Attribute: {
        const rules::AttributeId id(expr.ref);
        const Value value = Given(id, view.date);
        const bool boolean = rules_.attribute(id).type.base == rules::Base::Boolean;
        return value.absent && boolean ? Truth(false) : value;
      }
      case Op::Parameter: {
        Value value{0, true};
        for (const rules::DatedValue& dated :
             rules_.parameter(rules::ParameterId(expr.ref)).values) {
          if (!dated.from || *dated.from <= view.date) value = {dated.value, false};
        }
        return value;
      }
      case Op::Measure:
        return {Measured(rules_.measure(rules::MeasureId(expr.ref)), view), false};
      case Op::FactDate:
        return {view.date.days(), false};
      case Op::Shift:
        return {view.fact->shift, false};
      case Op::ScheduledEntry:
      case Op::ScheduledExit: {
        const rules::Shift& hours =
            rules_.schedules[0].shifts[static_cast<std::size_t>(view.fact->shift) - 1];
        return {expr.op == Op::ScheduledEntry ? hours.entry : hours.exit, false};
      }
      case Op::And:
        for (std::size_t i = 0; i < expr.args.size(); ++i) {
          if (!True(arg(i))) return Truth(false);
        }
        return Truth(true);
      case Op::Or:
        for (std::size_t i = 0; i < expr.args.size(); ++i) {
          if (True(arg(i))) return Truth(true);
        }
        return Truth(false);
      case Op::Not:
        return Truth(!True(arg(0)));
      case Op::If:
        return True(arg(0)) ? arg(1) : arg(2);
      case Op::Has: {
        const rules::AttributeId attribute(rules_.expr(expr.args[0]).ref);
        return Truth(!Given(attribute, view.date).absent);
      }
      default:
        return Operate(expr, view);
    }
  }

  Value Operate(const rules::Expr& expr, View view) const {
    std::vector<Rational> x;
    for (ExprId id : expr.args) {
      const Value value = Eval(id, view);
      if (value.absent) {
        // A comparison with what is not there is false, and any other result is not there.
        return expr.type.base == rules::Base::Boolean ? Truth(false) : Value{0, true};
      }
      x.push_back(value.number);
    }
    const auto date = [&](std::size_t i) { return Date(static_cast<std::int32_t>(x[i].num())); };
    switch (expr.op) {
      case Op::Neg:
        return {Rational(0) - x[0], false};
      case Op::Add: {
        Rational sum = 0;
        for (Rational term : x) sum += term;
        return {sum, false};
      }
      case Op::Sub:
        return {x[0] - x[1], false};
      case Op::Mul:
        return {x[0] * x[1], false};
      case Op::Div:
        return {x[0] / x[1], false};
      case Op::Min:
        return {*std::min_element(x.begin(), x.end()), false};
      case Op::Max:
        return {*std::max_element(x.begin(), x.end()), false};
      case Op::Floor:
        return {FloorOf(x[0]), false};
      case Op::Ceil:
        return {-FloorOf(Rational(0) - x[0]), false};
      case Op::Lt:
        return Truth(x[0] < x[1]);
      case Op::Le:
        return Truth(x[0] <= x[1]);
      case Op::Eq:
        return Truth(x[0] == x[1]);
      case Op::Ne:
        return Truth(x[0] != x[1]);
      case Op::Ge:
        return Truth(x[0] >= x[1]);
      case Op::Gt:
        return Truth(x[0] > x[1]);
      case Op::InSet:
        return Truth(std::count(x.begin(), x.end(), x[0]) > 1);
      case Op::YearsBetween:
        return {Years(date(0), date(1)), false};
      case Op::MonthsSinceAnniversary:
        return {MonthsSince(date(0), date(1)), false};
      case Op::FirstOfNextMonth:
        return {First(Window::Month, MonthsAfter(First(Window::Month, date(0)), 1)).days(), false};
      default:
        ADD_FAILURE() << "operator not known here: " << static_cast<int>(expr.op);
        return {};
    }
  }

  // ---- Measures

  [[nodiscard]] bool InReach(const rules::Measure& measure, const Fact& fact, View view) const {
    if (fact.kind != measure.kind) return false;
    if (measure.window == Window::Fact) return &fact == view.fact;
    if (fact.date < First(measure.window, view.date) || fact.date > view.date) return false;
    // The facts of the subject's own kind count up to itself.
    if (view.fact != nullptr && view.fact->kind == measure.kind && &fact > view.fact) return false;
    if (!measure.same_field.valid()) return true;
    const auto field = measure.same_field.index();
    return fact.fields[field] == view.fact->fields[field];
  }

  [[nodiscard]] Rational AddedBy(const rules::Measure& measure, const Fact& fact) const {
    const View own{fact.date, &fact};
    if (measure.filter.valid() && !True(Eval(measure.filter, own))) return 0;
    if (measure.aggregate == rules::Aggregate::Count) return 1;
    const Value value = Eval(measure.value, own);
    return value.absent ? Rational(0) : value.number;
  }

  [[nodiscard]] Rational Measured(const rules::Measure& measure, View view) const {
    if (measure.aggregate == rules::Aggregate::WorkingDays) {
      int days = 0;
      const Date last = Last(measure.window, view.date);
      for (Date day = First(measure.window, view.date); day <= last; day = day.plus_days(1)) {
        days += Works(day) && !(ended_ && day > *ended_) && Entered(day, view.date) ? 1 : 0;
      }
      return days;
    }
    if (measure.aggregate == rules::Aggregate::Run) return Run(measure, view);
    Rational sum = 0;
    for (const Fact& fact : facts_) {
      if (InReach(measure, fact, view)) sum += AddedBy(measure, fact);
    }
    return sum;
  }

  [[nodiscard]] Rational Run(const rules::Measure& measure, View view) const {
    int longest = 0;
    int run = 0;
    for (Date day = First(measure.window, view.date); day <= view.date; day = day.plus_days(1)) {
      if (!Works(day)) continue;
      Rational sum = 0;
      for (const Fact& fact : facts_) {
        if (fact.date == day && InReach(measure, fact, view)) sum += AddedBy(measure, fact);
      }
      run = sum >= measure.at_least ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    return longest;
  }

  // ---- Rules

  template <typename Action>
  void ForEachSubject(const rules::Subject& subject, Action action) const {
    if (subject.window == Window::Fact) {
      for (const Fact& fact : facts_) {
        if (fact.kind == subject.kind) action(View{fact.date, &fact});
      }
      return;
    }
    std::set<Date> ends;
    for (const Fact& fact : facts_) {
      if (fact.kind == subject.kind) ends.insert(Last(subject.window, fact.date));
    }
    for (Date end : ends) {
      if (end <= history_.to && !(ended_ && end > *ended_)) action(View{end, nullptr});
    }
  }

  [[nodiscard]] bool Holds(ExprId guard, const std::vector<rules::Exception>& exceptions,
                           View view) const {
    if (guard.valid() && !True(Eval(guard, view))) return false;
    for (const rules::Exception& exception : exceptions) {
      if (True(Eval(exception.condition, view))) return false;
    }
    return true;
  }

  // In force and its own conditions hold.
  template <typename Provision>
  [[nodiscard]] bool Holds(const Provision& provision, View view) const {
    if (provision.from && view.date < *provision.from) return false;
    if (provision.to && view.date > *provision.to) return false;
    return Holds(provision.guard, provision.exceptions, view);
  }

  [[nodiscard]] bool Applies(const rules::Rule& rule, View view) const {
    if (!Holds(rule, view)) return false;
    if (!rule.scale.valid()) return true;
    const rules::Scale& scale = rules_.scale(rule.scale);
    if (scale.policy != rules::HitPolicy::First) return true;
    for (rules::RuleId row : scale.rows) {
      if (rules_.rule(row).row < rule.row && Holds(rules_.rule(row), view)) {
        return false;
      }
    }
    return true;
  }

  void Judge(rules::RuleId id) {
    ForEachSubject(rules_.rule(id).subject, [&](View view) {
      if (!Applies(rules_.rule(id), view)) return;
      const int shift = view.fact == nullptr ? 0 : view.fact->root_shift;
      applied_.insert({id.value, view.date, shift, view.fact == nullptr ? 0 : view.fact->steps});
    });
  }

  void Qualify(const rules::Qualification& by) {
    std::vector<Fact> born;
    ForEachSubject(by.subject, [&](View view) {
      const bool holds =
          by.from_rule.valid() ? Applies(rules_.rule(by.from_rule), view) : Holds(by, view);
      if (!holds) return;
      const rules::FactKind& target = rules_.kind(by.target);
      Fact fact;
      fact.kind = by.target;
      fact.date = view.date;
      fact.place = view.fact == nullptr ? 1000 : view.fact->place;
      fact.root_shift = view.fact == nullptr ? 0 : view.fact->root_shift;
      fact.steps = view.fact == nullptr ? 1 : view.fact->steps + 1;
      if (view.fact != nullptr && target.placement == rules::Placement::Shift) {
        fact.shift = view.fact->shift;
      }
      for (const rules::Field& field : target.fields) {
        fact.fields.push_back(field.initial.value_or(Value{0, true}));
      }
      for (const rules::FieldValue& given : by.fields) {
        fact.fields[given.field.index()] = Eval(given.value, view);
      }
      born.push_back(std::move(fact));
    });
    facts_.insert(facts_.end(), born.begin(), born.end());
    std::stable_sort(facts_.begin(), facts_.end(), Before);
  }

  const rules::Ruleset& rules_;
  const evaluation::History& history_;
  std::optional<Date> ended_;  // the last day of the relation
  std::vector<Fact> facts_;    // in order
  std::multiset<Applied> applied_;
};

}  // namespace cotejo::naive
