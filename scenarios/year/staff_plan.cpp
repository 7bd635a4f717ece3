#include "scenarios/year/staff_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "model/evaluation/history.h"
#include "model/rules/terms.h"
#include "scenarios/year/evaluator.h"

namespace cotejo::year {
namespace {

using rules::Expr;
using rules::ExprId;
using rules::Op;
using rules::Value;

std::size_t At(std::int32_t index) { return static_cast<std::size_t>(index); }

// A situation in which arrivals mean the same: a stretch of dates without changes in the
// text, a schedule, and the attributes that the qualifications of an arrival look at.
struct Context {
  std::int32_t day = 0;  // any day of the stretch
  std::int32_t schedule = -1;
  std::size_t person = 0;  // anybody with those attributes
};

// An arrival of a known minute, in a context.
struct Arrival {
  const Context* context = nullptr;
  std::int32_t shift = 1;
  base::Rational time;
  bool justified = false;
};

// Evaluates the Ruleset's own expressions with what is known of an arrival; nothing when the
// result depends on anything else.
class Partial {
 public:
  Partial(const Plan& plan, const YearDays& year) : plan_(plan), rules_(*plan.rules), year_(year) {}

  std::optional<Value> Eval(ExprId id, const Arrival& arrival) const {
    const Expr& expr = rules_.expr(id);
    switch (expr.op) {
      case Op::Literal:
        return Value{expr.literal, false};
      case Op::Field:
        return Field(expr, arrival);
      case Op::Attribute:
        return Attribute(expr, arrival);
      case Op::Parameter: {
        const auto value =
            rules_.ParameterOn(rules::ParameterId(expr.ref), year_.date(arrival.context->day));
        if (!value) return std::nullopt;
        return Value{*value, false};
      }
      case Op::ScheduledEntry:
        return Value{Hours(arrival).entry, false};
      case Op::ScheduledExit:
        return Value{Hours(arrival).exit, false};
      case Op::Shift:
        return Value{arrival.shift, false};
      case Op::Measure:
      case Op::FactDate:
      case Op::Has:
        return std::nullopt;
      case Op::And:
      case Op::Or:
        return Connective(expr, arrival);
      case Op::If: {
        const auto condition = Eval(expr.args[0], arrival);
        if (!condition) return std::nullopt;
        return Eval(expr.args[IsTrue(*condition) ? 1 : 2], arrival);
      }
      default:
        return Operator(expr, arrival);
    }
  }

  enum class Truth { No, Yes, Unknown };

  Truth Holds(ExprId guard, const std::vector<rules::Exception>& exceptions,
              const Arrival& arrival) const {
    Truth holds = guard.valid() ? TruthOf(Eval(guard, arrival)) : Truth::Yes;
    for (const rules::Exception& exception : exceptions) {
      const Truth excepted = TruthOf(Eval(exception.condition, arrival));
      if (excepted == Truth::Yes) return Truth::No;
      if (excepted == Truth::Unknown && holds == Truth::Yes) holds = Truth::Unknown;
    }
    return holds;
  }

 private:
  static bool IsTrue(const Value& value) { return !value.absent && !value.number.zero(); }

  static Truth TruthOf(const std::optional<Value>& value) {
    if (!value) return Truth::Unknown;
    return IsTrue(*value) ? Truth::Yes : Truth::No;
  }

  const rules::Shift& Hours(const Arrival& arrival) const {
    return rules_.schedules[At(arrival.context->schedule)].shifts[At(arrival.shift) - 1];
  }

  std::optional<Value> Field(const Expr& expr, const Arrival& arrival) const {
    const KindBinding& bound = plan_.binding.of(Happening::Arrival);
    if (expr.ref == bound.amount.value) return Value{arrival.time, false};
    if (expr.ref == bound.flag.value) return Value{arrival.justified ? 1 : 0, false};
    return rules_.kind(bound.kind).fields[At(expr.ref)].initial.value_or(Value{{}, true});
  }

  std::optional<Value> Attribute(const Expr& expr, const Arrival& arrival) const {
    const auto id = At(expr.ref);
    const rules::Attribute& attribute = rules_.attributes[id];
    const Value value =
        ValueOf(rules_, plan_.binding, arrival.context->person, rules::AttributeId(expr.ref));
    if (!value.absent) return value;
    if (!attribute.optional) return std::nullopt;
    return attribute.type.base == rules::Base::Boolean ? Value{{}, false} : value;
  }

  std::optional<Value> Connective(const Expr& expr, const Arrival& arrival) const {
    const bool decisive = expr.op == Op::Or;
    bool known = true;
    for (const ExprId arg : expr.args) {
      const auto value = Eval(arg, arrival);
      if (value && IsTrue(*value) == decisive) return Value{decisive ? 1 : 0, false};
      known = known && value.has_value();
    }
    if (!known) return std::nullopt;
    return Value{decisive ? 0 : 1, false};
  }

  std::optional<Value> Operator(const Expr& expr, const Arrival& arrival) const {
    std::vector<base::Rational> args;
    for (const ExprId arg : expr.args) {
      const auto value = Eval(arg, arrival);
      if (!value) return std::nullopt;
      if (value->absent) {
        const bool boolean = expr.type.base == rules::Base::Boolean;
        return boolean ? Value{expr.op == Op::Not ? 1 : 0, false} : *value;
      }
      args.push_back(value->number);
    }
    try {
      return Value{rules::Compute(expr.op, args), false};
    } catch (const base::ArithmeticError&) {
      return std::nullopt;  // left to the evaluation, which reports it
    }
  }

  const Plan& plan_;
  const rules::Ruleset& rules_;
  const YearDays& year_;
};

// The days of the year on which a fact comes round from a date, scaled.
std::vector<std::int32_t> DaysFrom(const Plan& plan, const YearDays& year,
                                   const rules::FactKind& kind, std::int64_t origin) {
  std::vector<std::int32_t> days;
  if (origin == kAbsent) return days;
  const base::Date from(static_cast<std::int32_t>(origin / plan.unit));
  for (int years = 1; years <= year.year - from.year() + 1; ++years) {
    const std::int32_t day =
        from.plus_years(years).plus_days(kind.periodic_plus_days).days() - year.first;
    if (day < 0 || day >= year.count || (!days.empty() && day == days.back())) continue;
    days.push_back(day);
  }
  return days;
}

// Attributes that a term looks at.
void Watch(const rules::Ruleset& rules, ExprId id, std::set<std::int32_t>& watched) {
  if (!id.valid()) return;
  const Expr& expr = rules.expr(id);
  if (expr.op == Op::Attribute) watched.insert(expr.ref);
  for (const ExprId arg : expr.args) Watch(rules, arg, watched);
}

// Those that judge arrivals.
std::set<std::int32_t> WatchedByArrivals(const rules::Ruleset& rules, const Binding& binding) {
  std::set<std::int32_t> watched;
  const KindBinding& arrival = binding.of(Happening::Arrival);
  for (const rules::Qualification& q : rules.qualifications) {
    if (q.subject.kind != arrival.kind) continue;
    Watch(rules, q.guard, watched);
    for (const rules::Exception& e : q.exceptions) Watch(rules, e.condition, watched);
    for (const rules::FieldValue& field : q.fields) Watch(rules, field.value, watched);
    if (!q.from_rule.valid()) continue;
    Watch(rules, rules.rule(q.from_rule).guard, watched);
    for (const rules::Exception& e : rules.rule(q.from_rule).exceptions)
      Watch(rules, e.condition, watched);
  }
  return watched;
}

class StaffPlanner {
 public:
  StaffPlanner(StaffPlan& staff, const YearDays& year, std::int32_t lowest, std::int32_t highest)
      : staff_(staff),
        plan_(staff.plan),
        rules_(*staff.plan.rules),
        year_(year),
        partial_(staff.plan, year),
        evaluator_(staff.plan, {{}, std::vector<bool>(staff.plan.kinds.size())}, year) {
    plan_.arrivals.lowest = lowest;
    plan_.arrivals.highest = highest;
    for (const rules::Schedule& schedule : rules_.schedules)
      plan_.arrivals.shifts =
          std::max(plan_.arrivals.shifts, static_cast<std::int32_t>(schedule.shifts.size()));
  }

  void Run(const std::vector<const WorkDays*>& work) {
    FindEpochs();
    ScaleAttributes();
    FindPeriodic();
    FindWatchedAttributes();
    for (std::size_t person = 0; person < work.size(); ++person) AddPerson(person, work[person]);
    FillTables();
  }

 private:
  // ---- where the year changes

  void FindEpochs() {
    std::set<std::int32_t> starts = {0};
    const auto add = [&](const Validity& validity) {
      starts.insert(validity.from);
      if (validity.to != INT32_MAX) starts.insert(validity.to + 1);
    };
    for (const PlanRule& rule : plan_.plan_rules) add(rule.condition.validity);
    for (const PlanQualification& q : plan_.qualifications) add(q.condition.validity);
    for (const auto& values : plan_.parameters) {
      for (const DatedNumber& value : values) starts.insert(value.from);
    }
    std::int32_t epoch = -1;
    for (std::int32_t day = 0; day < year_.count; ++day) {
      if (day == 0 || starts.contains(day)) ++epoch;
      epochs_.push_back(epoch);
    }
  }

  // ---- people

  void FindWatchedAttributes() {
    std::set<std::int32_t> watched = WatchedByArrivals(rules_, plan_.binding);
    watched_.assign(watched.begin(), watched.end());
    for (const rules::Schedule& schedule : rules_.schedules) Watch(rules_, schedule.guard, watched);
    day_attributes_.assign(watched.begin(), watched.end());
  }

  void ScaleAttributes() {
    for (const rules::Attribute& attribute : rules_.attributes) {
      const Value value = attribute.initial.value_or(Value{{}, true});
      staff_.initial.push_back(value.absent ? kAbsent : Scaled(plan_, value.number));
    }
    for (const BoundColumn& column : plan_.binding.columns) {
      StaffPlan::Column scaled{column.attribute.index(), {}};
      for (const Value& value : column.values)
        scaled.values.push_back(value.absent ? kAbsent : Scaled(plan_, value.number));
      staff_.columns.push_back(std::move(scaled));
    }
  }

  // People of one place whose hours, and what judges their arrivals, are the same share a plan.
  void AddPerson(std::size_t index, const WorkDays* work) {
    evaluator_.Begin(staff_, index);
    const std::vector<std::int64_t>& attributes = evaluator_.person().attributes;
    std::vector<std::int64_t> key;
    for (const std::int32_t attribute : day_attributes_) key.push_back(attributes[At(attribute)]);
    const auto next = static_cast<std::uint32_t>(staff_.days.size());
    const auto [place, added] = known_days_.try_emplace({work, std::move(key)}, next);
    staff_.days_of.push_back(place->second);
    if (!added) return;
    DayPlan days;
    days.work = work;
    for (std::int32_t day = 0; day < year_.count; ++day)
      days.schedule.push_back(static_cast<std::int16_t>(ScheduleOn(day)));
    for (const std::int16_t schedule : days.schedule)
      days.shifts.push_back(
          static_cast<std::int8_t>(schedule < 0 ? 0 : plan_.hours[At(schedule)].size()));
    for (std::int32_t day = 0; day < year_.count; ++day)
      days.context.push_back(ContextOf(attributes, days.schedule[At(day)], index, day));
    staff_.days.push_back(std::move(days));
  }

  std::int32_t ScheduleOn(std::int32_t day) {
    const base::Date date = year_.date(day);
    for (std::size_t i = 0; i < rules_.schedules.size(); ++i) {
      const rules::Schedule& schedule = rules_.schedules[i];
      if (!evaluation::InForce(rules_, schedule.norm, schedule.from, schedule.to, date)) continue;
      if (!schedule.guard.valid()) return static_cast<std::int32_t>(i);
      const std::int64_t holds = evaluator_.Value(schedule.guard.value, day);
      if (holds != kAbsent && holds != 0) return static_cast<std::int32_t>(i);
    }
    return -1;
  }

  void FindPeriodic() {
    for (std::size_t i = 0; i < rules_.fact_kinds.size(); ++i) {
      const rules::FactKind& kind = rules_.fact_kinds[i];
      const int id = static_cast<int>(i);
      switch (kind.periodicity) {
        case rules::Periodicity::None:
          break;
        case rules::Periodicity::EachMonth:
          staff_.monthly.push_back(id);
          for (const std::int32_t day : year_.month_last) staff_.periodic.emplace_back(id, day);
          break;
        case rules::Periodicity::EachGestion:
          staff_.periodic.emplace_back(id, year_.count - 1);
          break;
        case rules::Periodicity::YearlyFromAttribute:
          AddAnniversaries(kind, id);
          break;
      }
    }
  }

  void AddAnniversaries(const rules::FactKind& kind, int id) {
    StaffPlan::Anniversaries all;
    all.kind = id;
    all.column = plan_.binding.column_of[kind.periodic_from.index()];
    all.initial = DaysFrom(plan_, year_, kind, staff_.initial[kind.periodic_from.index()]);
    if (all.column >= 0) {
      for (const std::int64_t origin : staff_.columns[At(all.column)].values)
        all.days.push_back(DaysFrom(plan_, year_, kind, origin));
    }
    staff_.anniversaries.push_back(std::move(all));
  }

  std::int32_t ContextOf(const std::vector<std::int64_t>& attributes, std::int32_t schedule,
                         std::size_t index, std::int32_t day) {
    if (schedule < 0) return -1;
    std::vector<std::int64_t> key = {epochs_[At(day)], schedule};
    for (const std::int32_t attribute : watched_) key.push_back(attributes[At(attribute)]);
    const auto [it, added] =
        context_ids_.try_emplace(std::move(key), static_cast<std::int32_t>(contexts_.size()));
    if (added) contexts_.push_back({day, schedule, index});
    return it->second;
  }

  // ---- tables

  void FillTables() {
    ArrivalTables& tables = plan_.arrivals;
    tables.contexts = static_cast<std::int32_t>(contexts_.size());
    for (std::size_t q = 0; q < plan_.qualifications.size(); ++q) {
      if (plan_.qualifications[q].table < 0) continue;
      for (const Context& context : contexts_) FillContext(q, context);
    }
    if (OthersWatch()) tables.notices_from = tables.lowest;
    FillTogether();
  }

  void FillTogether() {
    ArrivalTables& tables = plan_.arrivals;
    if (tables.cells.empty()) return;
    std::map<std::vector<std::int32_t>, std::int32_t> known;
    std::vector<std::int32_t> saying(tables.cells.size() / tables.size());
    for (std::size_t place = 0; place < tables.size(); ++place) {
      for (std::size_t q = 0; q < saying.size(); ++q)
        saying[q] = tables.cells[q * tables.size() + place];
      const auto [it, added] =
          known.try_emplace(saying, static_cast<std::int32_t>(tables.sayings.size()));
      if (added) tables.sayings.push_back(saying);
      tables.together.push_back(it->second);
    }
  }

  void FillContext(std::size_t q, const Context& context) {
    ArrivalTables& tables = plan_.arrivals;
    const std::vector<rules::Shift>& shifts = rules_.schedules[At(context.schedule)].shifts;
    for (std::int32_t shift = 1; shift <= tables.shifts; ++shift) {
      for (const bool justified : {false, true}) {
        for (std::int32_t offset = tables.lowest; offset <= tables.highest; ++offset) {
          std::int32_t cell = ArrivalTables::kNo;
          if (At(shift) <= shifts.size()) {
            const base::Rational time = shifts[At(shift) - 1].entry + base::Rational(offset);
            cell = CellOf(q, {&context, shift, time, justified});
          }
          if (cell != ArrivalTables::kNo)
            tables.notices_from = std::min(tables.notices_from, offset);
          tables.cells.push_back(cell);
        }
      }
    }
  }

  std::int32_t CellOf(std::size_t index, const Arrival& arrival) {
    const rules::Qualification& q = rules_.qualifications[index];
    if (q.from_rule.valid()) {
      const rules::Rule& rule = rules_.rule(q.from_rule);
      const Validity& validity = plan_.plan_rules[q.from_rule.index()].condition.validity;
      const bool never = !validity.holds(arrival.context->day) ||
                         partial_.Holds(rule.guard, rule.exceptions, arrival) == Partial::Truth::No;
      return never ? ArrivalTables::kNo : ArrivalTables::kEvaluate;
    }
    if (!plan_.qualifications[index].condition.validity.holds(arrival.context->day))
      return ArrivalTables::kNo;
    const Partial::Truth holds = partial_.Holds(q.guard, q.exceptions, arrival);
    if (holds == Partial::Truth::Unknown) return ArrivalTables::kEvaluate;
    if (holds == Partial::Truth::No) return ArrivalTables::kNo;
    return FieldsOf(index, arrival);
  }

  std::int32_t FieldsOf(std::size_t index, const Arrival& arrival) {
    const rules::Qualification& q = rules_.qualifications[index];
    std::vector<std::int64_t> fields = plan_.kinds[q.target.index()].initial;
    for (const rules::FieldValue& field : q.fields) {
      const auto value = partial_.Eval(field.value, arrival);
      if (!value) return ArrivalTables::kEvaluate;
      fields[field.field.index()] = value->absent ? kAbsent : Scaled(plan_, value->number);
    }
    const auto [it, added] =
        known_fields_.try_emplace(fields, static_cast<std::int32_t>(plan_.arrivals.fields.size()));
    if (added) plan_.arrivals.fields.push_back(std::move(fields));
    return it->second;
  }

  // Whether anything but a qualification looks at arrivals: then each of them matters.
  bool OthersWatch() const {
    const rules::FactKindId kind = plan_.binding.of(Happening::Arrival).kind;
    const auto judges = [&](const rules::Subject& s) {
      return s.kind == kind && s.window != rules::Window::Fact;
    };
    return std::any_of(rules_.rules.begin(), rules_.rules.end(),
                       [&](const rules::Rule& r) { return r.subject.kind == kind; }) ||
           std::any_of(rules_.qualifications.begin(), rules_.qualifications.end(),
                       [&](const rules::Qualification& q) { return judges(q.subject); }) ||
           std::any_of(rules_.measures.begin(), rules_.measures.end(),
                       [&](const rules::Measure& m) { return m.kind == kind; });
  }

  StaffPlan& staff_;
  Plan& plan_;
  const rules::Ruleset& rules_;
  const YearDays& year_;
  Partial partial_;
  Evaluator evaluator_;                       // of expressions about people: no step is run
  std::vector<std::int32_t> epochs_;          // by day
  std::vector<std::int32_t> watched_;         // attributes that judge arrivals
  std::vector<std::int32_t> day_attributes_;  // those, and the ones that give a schedule
  std::map<std::pair<const WorkDays*, std::vector<std::int64_t>>, std::uint32_t> known_days_;
  std::map<std::vector<std::int64_t>, std::int32_t> context_ids_;
  std::vector<Context> contexts_;
  std::map<std::vector<std::int64_t>, std::int32_t> known_fields_;
};

}  // namespace

StaffPlan PlanStaff(const rules::Ruleset& rules, Binding binding, const YearDays& year,
                    std::int64_t unit, const std::vector<const WorkDays*>& work,
                    std::int32_t lowest, std::int32_t highest) {
  StaffPlan staff;
  staff.plan = Compile(rules, std::move(binding), year, unit);
  StaffPlanner(staff, year, lowest, highest).Run(work);
  return staff;
}

void StaffPlan::Take(const Tenure& tenure, const YearDays& year, PersonPlan& into) const {
  const std::size_t person = tenure.person;
  const std::vector<population::Column>& given = plan.binding.staff->columns;
  into.attributes = initial;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::int32_t value = given[c].of[person];
    if (value >= 0) into.attributes[columns[c].attribute] = columns[c].values[At(value)];
  }
  const rules::AttributeId hired = plan.binding.hired;
  if (tenure.newcomer) into.attributes[hired.index()] = (year.first + tenure.first) * plan.unit;
  const rules::AttributeId began = plan.rules->constitutive;
  const std::int64_t first = began.valid() ? into.attributes[began.index()] : kAbsent;
  into.beginning =
      first == kAbsent ? INT32_MIN : static_cast<std::int32_t>(first / plan.unit - year.first);
  into.periodic = periodic;
  for (const Anniversaries& all : anniversaries) {
    const std::int32_t value = all.column < 0 ? -1 : given[At(all.column)].of[person];
    const rules::FactKind& kind = plan.rules->kind(rules::FactKindId(all.kind));
    if (tenure.newcomer && kind.periodic_from == hired) {
      for (const std::int32_t day : DaysFrom(plan, year, kind, into.attributes[hired.index()]))
        into.periodic.emplace_back(all.kind, day);
      continue;
    }
    for (const std::int32_t day : value < 0 ? all.initial : all.days[At(value)])
      into.periodic.emplace_back(all.kind, day);
  }
  std::erase_if(into.periodic, [&](const auto& p) { return p.second < into.beginning; });
  into.days = person < days_of.size() ? &days[days_of[person]] : nullptr;
}

bool IsWatched(const rules::Ruleset& rules, const Binding& binding, rules::AttributeId attribute) {
  std::set<std::int32_t> watched = WatchedByArrivals(rules, binding);
  for (const rules::Schedule& schedule : rules.schedules) Watch(rules, schedule.guard, watched);
  return watched.contains(attribute.value);
}

std::int32_t ShiftsOn(const StaffPlan& staff, std::size_t person, std::int32_t day) {
  return staff.days[staff.days_of[person]].shifts[At(day)];
}

}  // namespace cotejo::year
