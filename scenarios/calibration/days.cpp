#include "scenarios/calibration/days.h"

#include <algorithm>

namespace cotejo::calibration {
namespace {

// Of the shifts of a day, and those that it has not but others have.
DayCode CodeOf(const ShiftRecord* shifts, std::size_t count, std::int32_t most_shifts) {
  DayCode code{true, true, 0};
  for (std::size_t i = 0; i < count; ++i) {
    if (shifts[i].excused) continue;
    (shifts[i].entry || shifts[i].exit ? code.away : code.present) = false;
  }
  for (std::int32_t one = 1; one <= most_shifts; ++one) {
    const bool fits = std::all_of(shifts, shifts + count, [one](const ShiftRecord& shift) {
      const bool missed = !shift.entry && !shift.exit;
      return shift.excused || missed == (shift.shift == one);
    });
    code.one += fits ? 1 : 0;
  }
  return code;
}

}  // namespace

DayCode Unknown(std::int32_t most_shifts) { return {true, true, most_shifts}; }

std::int32_t MostShifts(const Hours& hours) {
  std::size_t most = 1;
  for (const Timetable& timetable : hours.timetables) {
    for (const WorkDay& day : timetable) most = std::max(most, day.shifts.size());
  }
  return static_cast<std::int32_t>(most);
}

Days CodeDays(const PersonShifts& person, const Timetable& timetable, std::int32_t most_shifts,
              base::Date from, base::Date to) {
  Days days;
  bool before_is_first = false;
  std::size_t at = 0;
  for (const WorkDay& day : timetable) {
    if (day.date <= person.first || day.date < from) {
      before_is_first = day.date == person.first;
      continue;
    }
    if (day.date > person.last || day.date > to) break;
    if (days.codes.empty()) days.fresh = before_is_first;
    days.seen = day.date == person.last;
    if (days.seen) {
      days.codes.push_back({false, true, most_shifts});
      break;
    }
    while (at < person.shifts.size() && person.shifts[at].date < day.date) ++at;
    std::size_t end = at;
    while (end < person.shifts.size() && person.shifts[end].date == day.date) ++end;
    days.codes.push_back(end == at ? Unknown(most_shifts)
                                   : CodeOf(&person.shifts[at], end - at, most_shifts));
  }
  return days;
}

}  // namespace cotejo::calibration
