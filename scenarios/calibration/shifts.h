// Clock records against the hours people have: what is wrong with them, and what became of each
// shift somebody was to work.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/calibration/records.h"

namespace cotejo::calibration {

// Minutes since midnight.
struct Shift {
  std::int32_t entry = 0;
  std::int32_t exit = 0;
};

struct WorkDay {
  base::Date date;
  std::vector<Shift> shifts;
};

// The working days of some people, ascending.
using Timetable = std::vector<WorkDay>;
// Null when they have no hours that day.
const WorkDay* DayOf(const Timetable& timetable, base::Date date);

struct Hours {
  std::vector<Timetable> timetables;
  std::map<std::string, std::size_t> of;  // by pseudonym: into timetables
  std::size_t otherwise = 0;              // of whoever is not there …
  std::size_t anybody = 0;                // … who is like this person, the most typical
  bool known_only = false;                // or of nobody: their records are left out
  double days_a_year = 0;                 // working days of a whole year
  std::set<base::Date> unknown = {};      // working days of which nobody's hours are known
  std::set<std::string> unbound = {};     // listed, and bound to no clock
  // By pseudonym: the office, which has clocks of its own.
  std::map<std::string, std::string> office = {};

  [[nodiscard]] const Timetable& timetable(const std::string& person) const {
    const auto found = of.find(person);
    return timetables[found == of.end() ? otherwise : found->second];
  }
};

// One shift of one person that was to be worked.
struct ShiftRecord {
  base::Date date;
  std::int32_t shift = 0;            // from 1
  bool entry = false, exit = false;  // recorded
  std::int32_t late = 0;             // with its entry: whole minutes after the fixed hour
  bool excused = false;              // whether it was missed is not asked: see Excuse
};

struct PersonShifts {
  std::string person;
  std::vector<ShiftRecord> shifts;  // by date and shift
  base::Date first, last;           // days with a record, whatever the month
};

struct Attendance {
  Quality quality;
  std::vector<base::Date> months;  // the first days of the full months, ascending
  std::vector<PersonShifts> people;
};

// A month in which somebody has fewer days with a record than this is not one of absence: they were
// not there (not yet hired, gone, sent elsewhere), and it is set aside.
inline constexpr int kFewestDays = 1;

// The months the records cover whole, with hours known and somebody on most days, are looked at;
// the others are open, and nothing in them is counted, nor missed. Of a person, the days between
// the first and the last with a record, and neither of those: whoever had not come, or had left,
// was not absent, and a stretch that ends where somebody was seen would see too few absences. Days
// on which nobody has a record, or almost nobody, are left out too, of everybody or of an office of
// five or more, and so are impossible ones and those of `unread`. Punches of the small hours nearer
// to the last exit of the day before than to the next entry are of the day before.
Attendance MatchShifts(const std::vector<Punch>& punches, const Hours& hours,
                       int fewest_days = kFewestDays, const std::vector<PersonDay>& unread = {});

}  // namespace cotejo::calibration
