#include "solver/encoding/date_classes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "model/evaluation/read_back.h"

namespace cotejo::encoding {

using base::Date;
using rules::ExprId;
using rules::Op;

namespace {

// The parts of what a cone looks at that only the calendar decides.
class CalendarParts {
 public:
  CalendarParts(const rules::Ruleset& rules, const Cone& cone) : rules_(rules) {
    const auto add_all = [&](ExprId guard, const std::vector<rules::Exception>& exceptions) {
      Add(guard);
      for (const rules::Exception& exception : exceptions) Add(exception.condition);
    };
    for (std::size_t i = 0; i < cone.rules.size(); ++i) {
      if (cone.rules[i]) add_all(rules.rules[i].guard, rules.rules[i].exceptions);
    }
    for (std::size_t i = 0; i < cone.qualifications.size(); ++i) {
      if (!cone.qualifications[i]) continue;
      const rules::Qualification& by = rules.qualifications[i];
      add_all(by.guard, by.exceptions);
      for (const rules::FieldValue& field : by.fields) Add(field.value);
    }
    for (std::size_t i = 0; i < cone.measures.size(); ++i) {
      if (!cone.measures[i]) continue;
      Add(rules.measures[i].value);
      Add(rules.measures[i].filter);
    }
  }

  [[nodiscard]] const std::vector<ExprId>& all() const { return all_; }

 private:
  enum class Kind { Constant, Calendar, Open };

  void Add(ExprId id) {
    if (id.valid() && Look(id) == Kind::Calendar) Take(id);
  }

  // The date itself is no part: it only counts how far from another.
  void Take(ExprId id) {
    const bool date = rules_.expr(id).type.base == rules::Base::Date;
    if (!date && std::find(all_.begin(), all_.end(), id) == all_.end()) all_.push_back(id);
  }

  // Takes the greatest parts of an expression that is not one itself.
  Kind Look(ExprId id) {
    const rules::Expr& expr = rules_.expr(id);
    switch (expr.op) {
      case Op::Literal:
        return Kind::Constant;
      case Op::FactDate:
        return Kind::Calendar;
      case Op::Parameter: {
        const auto& values = rules_.parameter(rules::ParameterId(expr.ref)).values;
        return values.size() > 1 ? Kind::Calendar : Kind::Constant;
      }
      case Op::Measure: {
        const rules::Measure& measure = rules_.measure(rules::MeasureId(expr.ref));
        const bool days = measure.aggregate == rules::Aggregate::WorkingDays;
        return days ? Kind::Calendar : Kind::Open;
      }
      case Op::Field:
      case Op::Attribute:
      case Op::Shift:
      case Op::ScheduledEntry:
      case Op::ScheduledExit:
        return Kind::Open;
      default:
        break;
    }
    std::vector<ExprId> parts;
    Kind kind = Kind::Constant;
    for (ExprId arg : expr.args) {
      const Kind of = Look(arg);
      kind = std::max(kind, of);
      if (of == Kind::Calendar) parts.push_back(arg);
    }
    if (kind == Kind::Open) {
      for (ExprId part : parts) Take(part);
    }
    return kind;
  }

  const rules::Ruleset& rules_;
  std::vector<ExprId> all_;
};

struct Validity {
  rules::NormId norm;
  std::optional<Date> from, to;

  [[nodiscard]] bool On(const rules::Ruleset& rules, Date date) const {
    return evaluation::InForce(rules, norm, from, to, date);
  }
};

// What a day looks like to the rules.
class Looks {
 public:
  Looks(const rules::Ruleset& rules, const Cone& cone, int year, int scope)
      : rules_(rules), parts_(rules, cone), back_(rules, history_, result_) {
    history_.from = Date(year, 1, 1);
    history_.to = Date(year, 12, 31);
    history_.attributes.resize(rules.attributes.size());
    if (rules.holiday_scope.valid() && scope >= 0)
      history_.attributes[rules.holiday_scope.index()] = {{std::nullopt, {scope, false}}};
    const auto add = [&](const auto& item) {
      const Validity validity{item.norm, item.from, item.to};
      const bool always = validity.On(rules, history_.from) && validity.On(rules, history_.to);
      if (!always) passing_.push_back(validity);
    };
    for (std::size_t i = 0; i < cone.rules.size(); ++i) {
      if (cone.rules[i]) add(rules.rules[i]);
    }
    for (std::size_t i = 0; i < cone.qualifications.size(); ++i) {
      if (cone.qualifications[i]) add(rules.qualifications[i]);
    }
    for (const rules::Schedule& schedule : rules.schedules) add(schedule);
  }

  [[nodiscard]] bool Alike() const { return parts_.all().empty() && passing_.empty(); }

  [[nodiscard]] const evaluation::History& history() const { return history_; }

  std::string Of(Date date) {
    std::string look;
    for (ExprId part : parts_.all()) {
      const auto value = back_.On(date, part);
      look += value && !value->absent ? value->number.str() + "|" : "-|";
    }
    for (const Validity& item : passing_) look += item.On(rules_, date) ? '1' : '0';
    return look;
  }

 private:
  const rules::Ruleset& rules_;
  CalendarParts parts_;
  std::vector<Validity> passing_;  // not in force all the year
  evaluation::History history_;
  evaluation::Result result_;
  evaluation::ReadBack back_;
};

}  // namespace

DateClasses ClassesOf(const rules::Ruleset& rules, const Cone& cone, int year, int scope) {
  Looks looks(rules, cone, year, scope);
  const std::string where = evaluation::HolidayScope(rules, looks.history(), Date(year, 1, 1));
  DateClasses classes;
  if (looks.Alike()) return classes;
  std::map<std::string, std::size_t> days;
  std::map<std::pair<std::string, std::set<std::string>>, unsigned> months;
  for (unsigned month = 1; month <= 12; ++month) {
    const Date first(year, month, 1);
    std::set<std::string> in_month;
    for (Date day : rules.calendar.WorkingDays(first, first.last_of_month(), where)) {
      std::string look = looks.Of(day);
      const auto [known, fresh] = days.try_emplace(look, classes.days.size());
      if (fresh) classes.days.push_back({day, day});
      classes.days[known->second].last = day;
      in_month.insert(std::move(look));
    }
    months[{looks.Of(first.last_of_month()), std::move(in_month)}] = month;
  }
  for (const auto& [look, month] : months) classes.months.push_back(month);
  std::sort(classes.months.begin(), classes.months.end());
  return classes;
}

}  // namespace cotejo::encoding
