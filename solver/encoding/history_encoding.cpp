#include "solver/encoding/history_encoding.h"

#include <algorithm>
#include <array>
#include <set>

namespace cotejo::encoding {

using rules::Base;
using rules::Periodicity;
using rules::Placement;
using rules::Window;

Date WindowStart(Window window, Date date) {
  switch (window) {
    case Window::Month:
      return date.first_of_month();
    case Window::Gestion:
      return {date.year(), 1, 1};
    case Window::Career:
      return {1, 1, 1};
    default:
      return date;
  }
}

Date WindowEnd(Window window, Date date) {
  switch (window) {
    case Window::Month:
      return date.last_of_month();
    case Window::Gestion:
    case Window::Career:
      return {date.year(), 12, 31};
    default:
      return date;
  }
}

HistoryEncoding::HistoryEncoding(const rules::Ruleset& rules, const rules::Families& families,
                                 const rules::Family& family, const Cone& cone, Shape shape,
                                 smt::Options options)
    : rules_(rules),
      families_(families),
      family_(family),
      cone_(cone),
      shape_(std::move(shape)),
      algebra_(context_),
      solver_(context_, std::move(options)) {
  if (cone.sanctions) {
    Unsupported(
        {"la familia depende de las sanciones que quedan en pie, que aún no se codifican "
         "para el demostrador",
         "the family depends on the sanctions that stand, which are not encoded for the "
         "prover yet"});
    return;
  }
  PickDates();
  MakeAttributes();
  MakeSlots();
  MakePeriodic();
  AssertExclusions();
  EndRelations();
  RunSteps();
  FindTargets();
}

void HistoryEncoding::Unsupported(const base::Text& reason) {
  if (unsupported_.empty()) unsupported_ = reason;
}

void HistoryEncoding::PickDates() {
  scope_name_ = "nacional";
  if (rules_.holiday_scope.valid() && shape_.scope >= 0) {
    const rules::Attribute& attribute = rules_.attribute(rules_.holiday_scope);
    scope_name_ = rules_.enumerations[attribute.type.enumeration.index()]
                      .values[static_cast<std::size_t>(shape_.scope)];
    scope_name_ = base::Fold(scope_name_);
    std::replace(scope_name_.begin(), scope_name_.end(), '_', ' ');
  }
  for (unsigned month : shape_.months) {
    const Date first(shape_.year, month, 1);
    std::vector<Date> working =
        rules_.calendar.WorkingDays(first, first.last_of_month(), scope_name_);
    const bool last = month == shape_.months.back();
    const auto days = static_cast<std::size_t>(last ? shape_.days : shape_.days_before);
    if (last && shape_.last) {
      std::erase_if(working, [&](Date day) { return day > *shape_.last; });
      if (working.size() > days) working.erase(working.begin(), working.end() - shape_.days);
    }
    if (working.size() > days) working.resize(days);
    dates_.insert(dates_.end(), working.begin(), working.end());
  }
  dates_.insert(dates_.end(), shape_.also.begin(), shape_.also.end());
  std::sort(dates_.begin(), dates_.end());
  dates_.erase(std::unique(dates_.begin(), dates_.end()), dates_.end());
}

Date HistoryEncoding::FirstDate() const {
  const Date first(shape_.year, 1, 1);
  return dates_.empty() ? first : std::min(first, dates_.front());
}

Date HistoryEncoding::LastRootDate() const {
  const Date last = dates_.empty() ? Date(shape_.year, shape_.months.back(), 1) : dates_.back();
  switch (rules_.kind(family_.root.kind).periodicity) {
    case Periodicity::EachGestion:
      return WindowEnd(Window::Gestion, last);
    case Periodicity::EachMonth:
      return WindowEnd(Window::Month, last);
    default:
      return WindowEnd(family_.root.window, last);
  }
}

// ---- Attributes ------------------------------------------------------------------

namespace {

Range RangeOf(const rules::Ruleset& rules, const rules::Type& type,
              const std::optional<Rational>& low, const std::optional<Rational>& high) {
  rules::Domain domain = rules::DomainOf(type);
  if (type.base == Base::Enumeration) {
    const auto count = rules.enumerations[type.enumeration.index()].values.size();
    domain = {0, Rational(static_cast<std::int64_t>(count) - 1)};
  }
  return {low.value_or(*domain.low), high ? high : domain.high, rules::DefaultStep(type)};
}

}  // namespace

Num HistoryEncoding::Unknown(const std::string& name, const Range& range) {
  const smt::Int term = context_.IntVar(name);
  solver_.Assert(context_.Le(context_.IntConst((range.low / range.step).ceil()), term));
  if (range.high)
    solver_.Assert(context_.Le(term, context_.IntConst((*range.high / range.step).floor())));
  return algebra_.Var(term, range.step, range.low, range.high);
}

void HistoryEncoding::MakeAttributes() {
  attributes_.resize(rules_.attributes.size());
  for (std::size_t i = 0; i < rules_.attributes.size(); ++i) {
    if (cone_.attributes[i]) MakeAttribute(i);
  }
}

void HistoryEncoding::MakeAttribute(std::size_t index) {
  const rules::Attribute& attribute = rules_.attributes[index];
  const std::string name = "persona." + attribute.name;
  Num& num = attributes_[index];
  if (rules_.holiday_scope.value == static_cast<std::int32_t>(index) && shape_.scope >= 0) {
    num = Algebra::Const(shape_.scope);
    return;
  }
  const Range range = RangeOf(rules_, attribute.type, attribute.low, attribute.high);
  const auto any = [&](const std::string& suffix) {
    Num value = Unknown(name + suffix, range);
    // A history that does not give it leaves its declared initial value, if it has one.
    if (attribute.optional && !attribute.initial)
      value.present = algebra_.Var(context_.BoolVar(name + suffix + ".presente"));
    return value;
  };
  num = any("");
  if (!shape_.changes || attribute.type.base == Base::Date) return;
  const Range year{FirstDate().days(), Rational(Date(shape_.year, 12, 31).days()), 1};
  earlier_[index] = {any(".antes"), Unknown(name + ".desde", year)};
}

Num HistoryEncoding::AttributeOn(std::size_t index, Date date) {
  const auto known = earlier_.find(index);
  if (known == earlier_.end()) return attributes_[index];
  const Cond since = algebra_.Le(known->second.until, Algebra::Const(date.days()));
  return algebra_.Ite(since, attributes_[index], known->second.value);
}

// ---- Facts -----------------------------------------------------------------------

int HistoryEncoding::AddFact(SymbolicFact fact) {
  const auto index = static_cast<int>(facts_.size());
  if (fact.root < 0) {
    fact.root = static_cast<int>(roots_.size());
    roots_.push_back({{fact.kind, Window::Fact}, fact.date, fact.date, index, fact.present});
  }
  facts_.push_back(std::move(fact));
  return index;
}

std::vector<std::pair<Cond, int>> HistoryEncoding::SchedulesOn(Date date) {
  const auto known = schedules_.find(date);
  if (known != schedules_.end()) return known->second;
  std::vector<std::pair<Cond, int>> result;
  Cond none_before = Algebra::Fixed(true);
  for (std::size_t i = 0; i < rules_.schedules.size(); ++i) {
    const rules::Schedule& schedule = rules_.schedules[i];
    if (!InForce(schedule.from, schedule.to, schedule.norm, date)) continue;
    const Cond guard =
        schedule.guard.valid() ? Truth(schedule.guard, {date, -1}) : Algebra::Fixed(true);
    const Cond here = algebra_.And({none_before, guard});
    if (!here.IsFalse()) result.emplace_back(here, static_cast<int>(i));
    none_before = algebra_.And({none_before, algebra_.Not(guard)});
  }
  schedules_[date] = result;
  return result;
}

void HistoryEncoding::MakeSlots() {
  for (Date date : dates_) {
    std::size_t shifts = rules_.schedules.empty() ? 1 : 0;
    for (const auto& [when, index] : SchedulesOn(date)) {
      shifts = std::max(shifts, rules_.schedules[static_cast<std::size_t>(index)].shifts.size());
    }
    for (std::size_t shift = 0; shift <= shifts; ++shift) {
      const Placement placement = shift == 0 ? Placement::Day : Placement::Shift;
      for (std::size_t k = 0; k < rules_.fact_kinds.size(); ++k) {
        const rules::FactKind& kind = rules_.fact_kinds[k];
        if (!cone_.kinds[k] || kind.derived || kind.is_sanction) continue;
        if (kind.periodicity != Periodicity::None || kind.placement != placement) continue;
        if (!shape_.all_kinds && !cone_.near_kinds[k]) continue;
        MakeSlot(rules::FactKindId(static_cast<std::int64_t>(k)), date, static_cast<int>(shift));
      }
    }
  }
  MakeLastSlots();
}

// Who leaves on the day the year closes on is still there for what that day brings.
void HistoryEncoding::MakeLastSlots() {
  const Date close = WindowEnd(Window::Gestion, LastRootDate());
  bool closes = false;
  for (std::size_t k = 0; k < rules_.fact_kinds.size(); ++k) {
    closes |= cone_.kinds[k] && rules_.fact_kinds[k].periodicity == Periodicity::EachGestion;
  }
  if (!closes || (!dates_.empty() && dates_.back() == close)) return;
  for (std::size_t k = 0; k < rules_.fact_kinds.size(); ++k) {
    if (cone_.kinds[k] && rules_.fact_kinds[k].extinctive &&
        (shape_.all_kinds || cone_.near_kinds[k])) {
      MakeSlot(rules::FactKindId(static_cast<std::int64_t>(k)), close, 0);
    }
  }
}

void HistoryEncoding::MakeSlot(rules::FactKindId kind_id, Date date, int shift) {
  const rules::FactKind& kind = rules_.kind(kind_id);
  const std::string name = kind.name + "@" + date.str() + "/" + std::to_string(shift);
  SymbolicFact fact;
  fact.kind = kind_id;
  fact.date = date;
  fact.shift = shift;
  fact.place = shift;
  fact.slot = true;
  fact.present = algebra_.Var(context_.BoolVar(name));
  for (const rules::Field& field : kind.fields) {
    fact.fields.push_back(MakeField(kind, field, name + "." + field.name, date, shift));
  }
  if (shift > 0 && !rules_.schedules.empty()) {
    std::vector<Cond> has_shift;
    for (const auto& [when, index] : SchedulesOn(date)) {
      const rules::Schedule& schedule = rules_.schedules[static_cast<std::size_t>(index)];
      if (schedule.shifts.size() >= static_cast<std::size_t>(shift)) has_shift.push_back(when);
    }
    solver_.Assert(
        algebra_.Term(algebra_.Or({algebra_.Not(fact.present), algebra_.Or(has_shift)})));
  }
  AddFact(std::move(fact));
}

Num HistoryEncoding::MakeField(const rules::FactKind& kind, const rules::Field& field,
                               const std::string& name, Date date, int shift) {
  Range range = RangeOf(rules_, field.type, field.low, field.high);
  if (!field.step.zero()) range.step = field.step;
  // A time that belongs to a shift lies after the shift before it and not after its own end.
  if (field.type.base == Base::TimeOfDay && kind.placement == Placement::Shift) {
    std::optional<Rational> before;
    std::optional<Rational> after;
    for (const auto& [when, index] : SchedulesOn(date)) {
      const auto& shifts = rules_.schedules[static_cast<std::size_t>(index)].shifts;
      const auto at = static_cast<std::size_t>(shift);  // from 1
      if (at >= 2 && at <= shifts.size()) {
        before = before ? std::min(*before, shifts[at - 2].exit) : shifts[at - 2].exit;
      }
      if (at >= 1 && at <= shifts.size()) {
        after = after ? std::max(*after, shifts[at - 1].exit) : shifts[at - 1].exit;
      }
    }
    if (before) range.low = std::max(range.low, *before);
    if (after) range.high = std::min(range.high.value_or(*after), *after);
  }
  if (range.high == range.low) return Algebra::Const(range.low);
  Num num = Unknown(name, range);
  for (Rational value : DerivedValues(kind, field)) {
    solver_.Assert(context_.Not(context_.Eq(num.term, context_.IntConst(value.num()))));
  }
  return num;
}

// Values of an enumeration that the norms themselves give to facts of this kind: a history
// does not bring them in by itself, or a count would see what no rule established.
std::vector<Rational> HistoryEncoding::DerivedValues(const rules::FactKind& kind,
                                                     const rules::Field& field) const {
  std::vector<Rational> values;
  if (field.type.base != Base::Enumeration) return values;
  for (const rules::Qualification& by : rules_.qualifications) {
    if (&rules_.kind(by.target) != &kind) continue;
    for (const rules::FieldValue& given : by.fields) {
      if (&kind.fields[given.field.index()] != &field) continue;
      const rules::Expr& expr = rules_.expr(given.value);
      if (expr.op == rules::Op::Literal) values.push_back(expr.literal);
    }
  }
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

namespace {

// The place of a day in its year, as in those that have a 29th of February.
int DayOfYear(Date date) {
  constexpr int kLeap = 2000;
  return Date(kLeap, date.month(), date.day()).days() - Date(kLeap, 1, 1).days();
}

}  // namespace

// Whether the date that a kind runs from comes round on a day.
Cond HistoryEncoding::ComesRound(const rules::FactKind& kind, Date day) {
  const Num& from = attributes_[kind.periodic_from.index()];
  const auto [known, fresh] = days_of_year_.try_emplace(kind.periodic_from);
  if (fresh) {
    known->second = algebra_.Var(
        context_.IntVar("persona." + rules_.attribute(kind.periodic_from).name + ".día"), 1, 0,
        DayOfYear(Date(2000, 12, 31)));
    const auto day_of_year = algebra_.Function(
        from, [](std::int64_t x) { return DayOfYear(Date(static_cast<std::int32_t>(x))); });
    Num present = *day_of_year;
    present.present = Algebra::Fixed(true);
    solver_.Assert(algebra_.Term(algebra_.Eq(known->second, present)));
  }
  const Date origin = day.plus_days(-kind.periodic_plus_days);
  std::vector<Cond> any{algebra_.Eq(known->second, Algebra::Const(DayOfYear(origin)))};
  const Date next = origin.plus_days(1);
  if (origin.month() == 2 && next.month() == 3) {
    // Of who has a 29th of February.
    any.push_back(algebra_.Eq(known->second, Algebra::Const(DayOfYear(next) - 1)));
  }
  const Num before = Algebra::Const(Date(origin.year() - 1, 12, 31).days());
  return algebra_.And({algebra_.Or(any), algebra_.Le(from, before)});
}

void HistoryEncoding::MakePeriodic() {
  for (std::size_t k = 0; k < rules_.fact_kinds.size(); ++k) {
    const rules::FactKind& kind = rules_.fact_kinds[k];
    if (!cone_.kinds[k] || kind.periodicity == Periodicity::None) continue;
    SymbolicFact fact;
    fact.kind = rules::FactKindId(static_cast<std::int64_t>(k));
    fact.present = Algebra::Fixed(true);
    for (const rules::Field& field : kind.fields) {
      fact.fields.push_back(Algebra::Const(field.initial ? field.initial->number : Rational(0)));
      fact.fields.back().present = Algebra::Fixed(field.initial && !field.initial->absent);
    }
    const Date last = LastRootDate();
    switch (kind.periodicity) {
      case Periodicity::YearlyFromAttribute:
        // Of what is judged, the last one; of what is counted, any.
        fact.date = family_.root.kind == fact.kind ? last : FirstDate();
        for (; fact.date <= last; fact.date = fact.date.plus_days(1)) {
          fact.present = algebra_.And({ComesRound(kind, fact.date), HasEntered(fact.date)});
          if (!fact.present.IsFalse()) AddFact(fact);
        }
        break;
      case Periodicity::EachGestion:
        for (int year = FirstDate().year(); year <= shape_.year; ++year) {
          fact.date = Date(year, 12, 31);
          fact.present = HasEntered(fact.date);
          AddFact(fact);
        }
        break;
      case Periodicity::EachMonth:
        fact.date = FirstDate().last_of_month();
        for (; fact.date.year() <= shape_.year;
             fact.date = fact.date.plus_days(1).last_of_month()) {
          fact.present = HasEntered(fact.date);
          AddFact(fact);
        }
        break;
      case Periodicity::None:
        break;
    }
  }
}

Cond HistoryEncoding::HasEntered(Date date) {
  if (!rules_.constitutive.valid()) return Algebra::Fixed(true);
  const Num& beginning = attributes_[rules_.constitutive.index()];
  return algebra_.Or(
      {algebra_.Not(beginning.present), algebra_.Le(beginning, Algebra::Const(date.days()))});
}

void HistoryEncoding::AssertExclusions() {
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    for (std::size_t j = 0; j < facts_.size(); ++j) {
      const SymbolicFact& a = facts_[i];
      const SymbolicFact& b = facts_[j];
      if (i == j || a.date != b.date || !a.slot || !b.slot) continue;
      if (a.shift > 0 && b.shift > 0 && a.shift != b.shift) continue;
      const auto& excludes = rules_.kind(a.kind).excludes;
      if (std::find(excludes.begin(), excludes.end(), b.kind) == excludes.end()) continue;
      solver_.Assert(
          algebra_.Term(algebra_.Or({algebra_.Not(a.present), algebra_.Not(b.present)})));
    }
  }
}

// Nothing comes after the fact that ends the relation. That the month in course closes on its day
// is not encoded: a window's day would not be known beforehand.
void HistoryEncoding::EndRelations() {
  for (const SymbolicFact& fact : facts_) {
    if (rules_.kind(fact.kind).extinctive)
      goes_on_[fact.date].push_back(algebra_.Not(fact.present));
  }
  if (goes_on_.empty()) return;
  if (LooksAtMonths()) {
    return Unsupported(
        {"la familia mira meses y también el hecho que extingue la relación, y que el mes se "
         "cierre ese día no se codifica",
         "the family looks at months and also at the fact that ends the relation, and that the "
         "month closes on that day is not encoded"});
  }
  for (SymbolicFact& fact : facts_) {
    std::vector<Cond> all = GoesOnUntil(fact.date);
    if (all.empty()) continue;
    if (!fact.slot) {
      all.push_back(fact.present);
      fact.present = algebra_.And(all);
      roots_[static_cast<std::size_t>(fact.root)].exists = fact.present;
    } else {
      solver_.Assert(algebra_.Term(algebra_.Or({algebra_.Not(fact.present), algebra_.And(all)})));
    }
  }
}

std::vector<Cond> HistoryEncoding::GoesOnUntil(Date date) const {
  std::vector<Cond> all;
  for (auto it = goes_on_.begin(); it != goes_on_.end() && it->first < date; ++it)
    all.insert(all.end(), it->second.begin(), it->second.end());
  return all;
}

bool HistoryEncoding::LooksAtMonths() const {
  const auto monthly = [](const rules::Subject& subject) {
    return subject.window == Window::Month;
  };
  for (std::size_t k = 0; k < cone_.kinds.size(); ++k) {
    if (cone_.kinds[k] && rules_.fact_kinds[k].periodicity == Periodicity::EachMonth) return true;
  }
  for (std::size_t m = 0; m < cone_.measures.size(); ++m) {
    if (cone_.measures[m] && rules_.measures[m].aggregate == rules::Aggregate::WorkingDays)
      return true;
  }
  for (std::size_t q = 0; q < cone_.qualifications.size(); ++q) {
    if (cone_.qualifications[q] && monthly(rules_.qualifications[q].subject)) return true;
  }
  for (std::size_t r = 0; r < cone_.rules.size(); ++r) {
    if (cone_.rules[r] && monthly(rules_.rules[r].subject)) return true;
  }
  return false;
}

void HistoryEncoding::FindTargets() {
  const Date last = LastRootDate();
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    if (roots_[i].subject == family_.root && roots_[i].last == last) {
      targets_.push_back(static_cast<int>(i));
    }
  }
}

}  // namespace cotejo::encoding
