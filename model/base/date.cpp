#include "model/base/date.h"

#include <algorithm>

namespace cotejo::base {
namespace {

std::chrono::year_month_day Civil(Date date) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{date.days()}}};
}

std::string Padded(int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// Whole years from `from` to `to`, counting a return on 28 February for 29 February.
int WholeYears(Date from, Date to) {
  const int years = to.year() - from.year();
  return from.plus_years(years) <= to ? years : years - 1;
}

}  // namespace

int Date::year() const { return static_cast<int>(Civil(*this).year()); }
unsigned Date::month() const { return static_cast<unsigned>(Civil(*this).month()); }
unsigned Date::day() const { return static_cast<unsigned>(Civil(*this).day()); }

unsigned Date::weekday() const {
  return std::chrono::weekday{std::chrono::sys_days{std::chrono::days{days_}}}.iso_encoding();
}

std::string Date::str() const {
  return Padded(year(), 4) + "-" + Padded(static_cast<int>(month()), 2) + "-" +
         Padded(static_cast<int>(day()), 2);
}

Date Date::plus_months(int n) const {
  const auto civil = Civil(*this);
  const std::int64_t years = std::int64_t{static_cast<int>(civil.year())} + n / 12;
  // std::chrono::year wraps silently near the ends of its range.
  if (years <= static_cast<int>(std::chrono::year::min()) + 1 ||
      years >= static_cast<int>(std::chrono::year::max()) - 1) {
    throw ArithmeticError("date out of range");
  }
  const std::chrono::year_month month = civil.year() / civil.month() + std::chrono::months{n};
  const std::chrono::year_month_day_last last = month / std::chrono::last;
  const std::chrono::day day = std::min(civil.day(), last.day());
  return Date(
      static_cast<std::int32_t>(std::chrono::sys_days{month / day}.time_since_epoch().count()));
}

Date Date::plus_years(int n) const {
  if (n > 65536 || n < -65536) throw ArithmeticError("date out of range");
  return plus_months(n * 12);
}

Date Date::first_of_month() const { return plus_days(1 - static_cast<std::int32_t>(day())); }
Date Date::last_of_month() const { return first_of_next_month().plus_days(-1); }
Date Date::first_of_next_month() const { return first_of_month().plus_months(1); }

std::optional<Date> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  int part = 0;
  for (const char c : text) {
    if (c == '-') {
      if (++part > 2) return std::nullopt;
    } else if (c >= '0' && c <= '9') {
      parts[part] = parts[part] * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  const std::chrono::year_month_day civil{std::chrono::year{parts[0]},
                                          std::chrono::month{static_cast<unsigned>(parts[1])},
                                          std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (!civil.ok()) return std::nullopt;
  return Date(parts[0], static_cast<unsigned>(parts[1]), static_cast<unsigned>(parts[2]));
}

// d is at most 365 (28 February 2027 to 28 February 2028 after a start on 29 February), so
// d/366 stays under one year and the order of elapsed times is kept.
Rational YearsBetween(Date from, Date to) {
  if (to < from) return 0;
  const int years = WholeYears(from, to);
  const std::int32_t rest = to.days() - from.plus_years(years).days();
  return Rational(years) + Rational(rest, kDayPartsPerYear);
}

// Months run from the day of `from` itself, not from a clamped return: after 29 February 2024
// the month following 28 February 2025 ends on 29 March, not on the 28th.
int MonthsSinceAnniversary(Date from, Date to) {
  if (to < from) return 0;
  const int start = WholeYears(from, to) * 12;
  int months = 0;
  while (months < 11 && from.plus_months(start + months + 1) <= to) ++months;
  return months;
}

}  // namespace cotejo::base
