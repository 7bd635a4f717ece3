#include "solver/checks/term_replay.h"

#include <algorithm>

namespace cotejo::checks {

using base::Date;
using BoundKind = rules::Milestone::Bound;

Stepper::Stepper(const rules::Ruleset& rules, const Office& office)
    : rules_(rules), person_(office.person()) {
  scope_ = evaluation::HolidayScope(rules, person_, office.first());
}

Minute Stepper::Bound(BoundKind bound, const rules::Term& term, Minute since) const {
  const bool back = bound == BoundKind::Before;
  if (term.unit == rules::TermUnit::Hours) {
    const base::Rational minutes = term.amount * base::Rational(60);
    return since + (back ? -1 : 1) * minutes.floor();
  }
  const int way = back ? -1 : 1;
  const auto left = static_cast<int>(term.amount.floor());
  Date date = DateOf(since);
  if (term.unit == rules::TermUnit::Months) {
    date = date.plus_months(way * left);
  } else {
    for (int counted = 0; counted < left;) {
      date = date.plus_days(way);
      const bool counts =
          term.unit == rules::TermUnit::CalendarDays || rules_.calendar.IsWorkingDay(date, scope_);
      counted += counts ? 1 : 0;
    }
  }
  const Minute midnight = static_cast<Minute>(date.days()) * kMinutesPerDay;
  return bound == BoundKind::AtLeast ? midnight : midnight + kMinutesPerDay - 1;
}

Minute Stepper::Worked(Minute from, Minute to) const {
  Minute worked = 0;
  Date day;
  int schedule = -1;
  for (Minute minute = from; minute < to; ++minute) {
    const Date date = DateOf(minute);
    if (minute == from || date != day) {
      day = date;
      const bool works = rules_.calendar.IsWorkingDay(date, scope_);
      schedule = works ? evaluation::ScheduleOn(rules_, person_, date) : -1;
    }
    if (schedule < 0) continue;
    const base::Rational clock(minute - static_cast<Minute>(date.days()) * kMinutesPerDay);
    const auto& shifts = rules_.schedules[static_cast<std::size_t>(schedule)].shifts;
    worked += std::count_if(shifts.begin(), shifts.end(), [&](const rules::Shift& shift) {
      return shift.entry <= clock && clock < shift.exit;
    });
  }
  return worked;
}

bool Stepper::Keeps(const Limit& limit, Minute event, Minute since) const {
  const Minute end = Bound(limit.bound, limit.term, since) + limit.plus;
  return limit.upper ? event <= end : event >= end;
}

bool Stepper::Keeps(const std::vector<Limit>& limits, const Times& story) const {
  return std::all_of(limits.begin(), limits.end(), [&](const Limit& limit) {
    const auto event = story.at[static_cast<std::size_t>(limit.event)];
    const auto since = story.at[static_cast<std::size_t>(limit.since)];
    return event && since && Keeps(limit, *event, *since);
  });
}

bool Stepper::Impossible(std::size_t events, const std::vector<Limit>& limits,
                         const std::vector<Given>& given) const {
  Minute first = given.front().time;
  Minute latest = first;
  for (const Given& one : given) {
    first = std::min(first, one.time);
    latest = std::max(latest, one.time);
  }
  constexpr Minute kYear = 366 * kMinutesPerDay;
  latest += kYear;
  for (const Limit& limit : limits) {
    latest += Bound(BoundKind::AtMost, limit.term, latest) - latest;
  }
  // What is not given begins a year before, and moves as far as it must.
  std::vector<Minute> time(events, first - kYear);
  for (const Given& one : given) time[static_cast<std::size_t>(one.event)] = one.time;
  const auto push = [&](int event, Minute to) {
    Minute& at = time[static_cast<std::size_t>(event)];
    if (at >= to) return false;
    at = to;
    return true;
  };
  const auto beyond = [&] {
    return std::any_of(time.begin(), time.end(), [&](Minute at) { return at > latest; });
  };
  const auto moved = [&] {
    return std::any_of(given.begin(), given.end(), [&](const Given& one) {
      return time[static_cast<std::size_t>(one.event)] != one.time;
    });
  };
  for (bool pushed = true; pushed && !beyond() && !moved();) {
    pushed = false;
    for (const Limit& limit : limits) {
      const Minute event = time[static_cast<std::size_t>(limit.event)];
      Minute since = time[static_cast<std::size_t>(limit.since)];
      if (!limit.upper) {
        pushed |= push(limit.event, Bound(limit.bound, limit.term, since) + limit.plus);
        continue;
      }
      // The term must begin late enough to reach the event: by the clock, or day by day.
      if (limit.term.unit == rules::TermUnit::Hours) {
        since += std::max<Minute>(0, event - Bound(limit.bound, limit.term, since) - limit.plus);
      } else {
        while (!Keeps(limit, event, since)) {
          since = static_cast<Minute>(DateOf(since).plus_days(1).days()) * kMinutesPerDay;
        }
      }
      pushed |= push(limit.since, since);
    }
  }
  return beyond() || moved();
}

}  // namespace cotejo::checks
