// The working days of a person as far as absence goes: which of them say something.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "scenarios/calibration/shifts.h"

namespace cotejo::calibration {

// What a working day lets one suppose: that the person was away the whole day; that they were
// absent from no shift; in how many of the shifts of the longest day they may have been absent
// from that one alone.
struct DayCode {
  bool away = false;
  bool present = false;
  std::int32_t one = 0;
  friend auto operator<=>(const DayCode&, const DayCode&) = default;
};

// The working days of one person, those that say nothing too, from the day after their first
// record to the day of their last one, or to where the study ends.
struct Days {
  std::vector<DayCode> codes;
  bool fresh = false;  // the day before was one with a record
  bool seen = false;   // the last one is that of the last record: of it, only that they were there
};

// One that says nothing.
DayCode Unknown(std::int32_t most_shifts);

std::int32_t MostShifts(const Hours& hours);
Days CodeDays(const PersonShifts& person, const Timetable& timetable, std::int32_t most_shifts,
              base::Date from, base::Date to);

// What rates are counted in.
struct Working {
  std::int32_t most_shifts = 2;
  double days_a_year = 0;
};

}  // namespace cotejo::calibration
