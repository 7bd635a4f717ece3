#include "scenarios/year/calendar.h"

#include "scenarios/year/attendance.h"

namespace cotejo::year {

YearDays DaysOf(int year) {
  YearDays out;
  out.year = year;
  out.first = base::Date(year, 1, 1).days();
  out.count = base::Date(year, 12, 31).days() - out.first + 1;
  for (std::int32_t day = 0; day < out.count; ++day) {
    const base::Date date = out.date(day);
    const auto month = static_cast<std::int16_t>(date.month() - 1);
    out.month.push_back(month);
    if (date.day() == 1) {
      out.month_first.push_back(day);
      out.month_last.push_back(date.last_of_month().days() - out.first);
    }
  }
  return out;
}

std::optional<std::int32_t> DayOf(const YearDays& year, const population::Occasion& occasion) {
  if (occasion.year != 0 && occasion.year != year.year) return std::nullopt;
  const base::Date date(year.year, occasion.month, occasion.day);
  if (date.day() != occasion.day) return std::nullopt;  // 29 February
  return date.days() - year.first;
}

WorkDays WorkDaysOf(const rules::Ruleset& rules, const YearDays& year, const std::string& scope) {
  WorkDays out;
  out.scope = scope;
  out.before.push_back(0);
  for (std::int32_t day = 0; day < year.count; ++day) {
    const bool works = rules.calendar.IsWorkingDay(year.date(day), scope);
    if (works) {
      out.days.push_back(day);
      out.counters.push_back(static_cast<std::uint32_t>(year.first + day));
    }
    out.before.push_back(out.before.back() + (works ? 1 : 0));
  }
  out.counters.resize(PaddedDays(out.counters.size()) + kDayPadding);
  for (std::size_t month = 0; month < year.month_first.size(); ++month) {
    out.in_month.push_back(out.before[static_cast<std::size_t>(year.month_last[month]) + 1] -
                           out.before[static_cast<std::size_t>(year.month_first[month])]);
  }
  return out;
}

}  // namespace cotejo::year
