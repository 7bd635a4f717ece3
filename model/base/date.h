// Calendar dates; adding months or years clamps to the last day of the month.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/base/rational.h"

namespace cotejo::base {

class Date {
 public:
  constexpr Date() = default;
  constexpr explicit Date(std::int32_t days_since_epoch) : days_(days_since_epoch) {}
  constexpr Date(int year, unsigned month, unsigned day)
      : days_(static_cast<std::int32_t>(
            std::chrono::sys_days(std::chrono::year{year} / static_cast<int>(month) /
                                  static_cast<int>(day))
                .time_since_epoch()
                .count())) {}

  [[nodiscard]] constexpr std::int32_t days() const { return days_; }
  [[nodiscard]] int year() const;
  [[nodiscard]] unsigned month() const;    // 1 .. 12
  [[nodiscard]] unsigned day() const;      // 1 .. 31
  [[nodiscard]] unsigned weekday() const;  // ISO: 1 = Monday .. 7 = Sunday
  [[nodiscard]] std::string str() const;   // 2025-03-31

  [[nodiscard]] constexpr Date plus_days(std::int32_t n) const { return Date(days_ + n); }
  // Throw ArithmeticError when the year leaves -32767 .. 32767.
  [[nodiscard]] Date plus_months(int n) const;  // 31 Jan + 1 month = 28 or 29 Feb
  [[nodiscard]] Date plus_years(int n) const;   // 29 Feb + 1 year = 28 Feb
  [[nodiscard]] Date first_of_month() const;
  [[nodiscard]] Date last_of_month() const;
  [[nodiscard]] Date first_of_next_month() const;

  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  std::int32_t days_ = 0;
};

// "2025-03-31" only; a day that does not exist is refused.
std::optional<Date> ParseDate(std::string_view text);

// Elapsed time from one date to another as y + d/366 years: y whole years (with the
// end-of-month clamp) and d days since the last of them. The order of elapsed times is
// kept, and "un año y un día" is the number 1 + 1/366. Negative spans give 0.
Rational YearsBetween(Date from, Date to);

// Whole months since the last yearly return of `from` (0 .. 11); 0 before `from`.
int MonthsSinceAnniversary(Date from, Date to);

inline constexpr std::int64_t kDayPartsPerYear = 366;

}  // namespace cotejo::base
