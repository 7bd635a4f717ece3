#include <algorithm>
#include <map>

#include "model/evaluation/history.h"
#include "scenarios/backtest/backtest.h"
#include "scenarios/backtest/person.h"
#include "scenarios/population/specification.h"

namespace cotejo::backtest {
namespace {

using calibration::Timetable;

Timetable TimetableOf(const rules::Ruleset& rules, const evaluation::History& history,
                      base::Date from, base::Date to) {
  Timetable days;
  for (base::Date date = from; date <= to; date = date.plus_days(1)) {
    if (!rules.calendar.IsWorkingDay(date, evaluation::HolidayScope(rules, history, date)))
      continue;
    const int schedule = evaluation::ScheduleOn(rules, history, date);
    if (schedule < 0) continue;
    calibration::WorkDay day{date, {}};
    for (const rules::Shift& shift : rules.schedules[static_cast<std::size_t>(schedule)].shifts) {
      day.shifts.push_back({static_cast<std::int32_t>(shift.entry.floor()),
                            static_cast<std::int32_t>(shift.exit.floor())});
    }
    days.push_back(std::move(day));
  }
  return days;
}

// Of the years whose holidays are known; 0 when none are. As the simulator counts them: a day
// without hours is one of them.
double DaysAYear(const rules::Ruleset& rules, const year::Binding& binding, std::size_t person,
                 int first, int last) {
  double days = 0;
  int years = 0;
  for (int year = first; year <= last; ++year) {
    if (!rules.calendar.years().contains(year)) continue;
    ++years;
    const base::Date to(year, 12, 31);
    const auto history = PersonOf(rules, binding, person, base::Date(year, 1, 1), to);
    for (base::Date date(year, 1, 1); date <= to; date = date.plus_days(1)) {
      const std::string scope = evaluation::HolidayScope(rules, history, date);
      if (rules.calendar.IsWorkingDay(date, scope)) ++days;
    }
  }
  return years > 0 ? days / years : 0;
}

bool Same(const Timetable& a, const Timetable& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const calibration::WorkDay& x, const calibration::WorkDay& y) {
                      return x.date == y.date &&
                             std::equal(
                                 x.shifts.begin(), x.shifts.end(), y.shifts.begin(), y.shifts.end(),
                                 [](const calibration::Shift& s, const calibration::Shift& t) {
                                   return s.entry == t.entry && s.exit == t.exit;
                                 });
                    });
}

bool Has(const population::Staff& staff, std::size_t person, const Where& where) {
  for (const population::Column& column : staff.columns) {
    if (column.attribute != where.attribute || column.of[person] < 0) continue;
    return population::Show(column.values[static_cast<std::size_t>(column.of[person])]) ==
           where.value;
  }
  return false;
}

// The one whose values are, column by column, those that most of these people have: the first of a
// list may be its head, whom no clock binds.
std::size_t MostTypical(const population::Staff& staff, const std::vector<std::size_t>& people) {
  std::vector<std::size_t> score(people.size());
  for (const population::Column& column : staff.columns) {
    std::map<std::int32_t, std::size_t> times;
    for (const std::size_t person : people) ++times[column.of[person]];
    for (std::size_t i = 0; i < people.size(); ++i) score[i] += times[column.of[people[i]]];
  }
  const auto best = std::max_element(score.begin(), score.end());
  return people[static_cast<std::size_t>(best - score.begin())];
}

}  // namespace

std::optional<calibration::Hours> HoursOf(const rules::Ruleset& rules,
                                          const population::Population& population,
                                          const year::Binding& binding,
                                          const std::optional<Where>& where, base::Date from,
                                          base::Date to, base::Diagnostics& diagnostics) {
  const population::Staff& staff = population.staff;
  const auto refuse = [&](base::Text message) {
    diagnostics.Add({"calibrar-horario", base::Severity::Error, {}, std::move(message), {}, {}});
    return std::nullopt;
  };
  const population::Column* offices = staff.Find(population.office_attribute);
  calibration::Hours hours;
  hours.known_only = !staff.persons.empty();
  std::vector<std::vector<std::size_t>> people;  // by timetable: of those it may be of, who has it
  for (std::size_t person = 0; person < staff.size(); ++person) {
    if (where && !Has(staff, person, *where)) continue;
    Timetable days = TimetableOf(rules, PersonOf(rules, binding, person, from, to), from, to);
    const auto same = std::find_if(hours.timetables.begin(), hours.timetables.end(),
                                   [&](const Timetable& other) { return Same(days, other); });
    const auto at = static_cast<std::size_t>(same - hours.timetables.begin());
    if (same == hours.timetables.end()) {
      hours.timetables.push_back(std::move(days));
      people.emplace_back();
    }
    people[at].push_back(person);
    if (!hours.known_only) continue;
    hours.of[staff.persons[person]] = at;
    if (offices != nullptr && offices->of[person] >= 0) {
      hours.office[staff.persons[person]] =
          population::Show(offices->values[static_cast<std::size_t>(offices->of[person])]);
    }
  }
  if (people.empty()) {
    const std::string named = where ? where->attribute + "=" + where->value : "";
    return refuse({"nadie de la población tiene «" + named + "»",
                   "nobody of the population has '" + named + "'"});
  }
  const auto most =
      std::max_element(people.begin(), people.end(),
                       [](const auto& a, const auto& b) { return a.size() < b.size(); });
  hours.otherwise = static_cast<std::size_t>(most - people.begin());
  hours.anybody = MostTypical(staff, *most);
  hours.days_a_year = DaysAYear(rules, binding, hours.anybody, from.year(), to.year());
  if (hours.timetables[hours.otherwise].empty()) {
    return refuse({"la regulación no tiene horario entre " + from.str() + " y " + to.str(),
                   "the regulation has no hours between " + from.str() + " and " + to.str()});
  }
  return hours;
}

}  // namespace cotejo::backtest
