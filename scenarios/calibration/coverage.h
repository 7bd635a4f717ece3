// Which working days the records cover: a stray punch, or one with a wrong date, covers none.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "model/base/date.h"

namespace cotejo::calibration {

// A working day, how many people it was one of, and how many of them punched.
struct DayCount {
  base::Date date;
  std::int64_t due = 0;
  std::int64_t punched = 0;
};

// Of days ascending, on each of which somebody punched, those on which almost nobody did: one
// person where five or more usually do, or fewer than a tenth of those who usually do; and so few
// that it would not happen by chance once in a thousand days. Usual is the median share of the
// nearest days, so that a staff may grow.
std::set<base::Date> AlmostEmptyDays(const std::vector<DayCount>& days);

}  // namespace cotejo::calibration
