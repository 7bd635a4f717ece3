// The days of one simulated year, and which of them a person works.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/rules/ruleset.h"
#include "scenarios/population/population.h"

namespace cotejo::year {

// Days of the year are numbered from 0 = 1 January.
struct YearDays {
  int year = 0;
  std::int32_t first = 0;                 // days since the epoch
  std::int32_t count = 0;                 // 365 or 366
  std::vector<std::int16_t> month;        // by day, 0 .. 11
  std::vector<std::int32_t> month_first;  // by month, as a day of the year
  std::vector<std::int32_t> month_last;

  [[nodiscard]] base::Date date(std::int32_t day) const { return base::Date(first + day); }
};

YearDays DaysOf(int year);
// The day of the year; nothing when this year has it not.
std::optional<std::int32_t> DayOf(const YearDays& year, const population::Occasion& occasion);

// Working days of one holiday scope.
struct WorkDays {
  std::string scope;
  std::vector<std::int32_t> days;       // working days of the year, ascending
  std::vector<std::uint32_t> counters;  // the same since the epoch, padded for ScanDays
  std::vector<std::int32_t> before;     // by day: working days before it; one more at the end
  std::vector<std::int32_t> in_month;   // by month
  [[nodiscard]] std::int32_t between(std::int32_t from, std::int32_t to) const {
    return before[static_cast<std::size_t>(to) + 1] - before[static_cast<std::size_t>(from)];
  }
  [[nodiscard]] bool works(std::int32_t day) const {
    return before[static_cast<std::size_t>(day) + 1] > before[static_cast<std::size_t>(day)];
  }
};

WorkDays WorkDaysOf(const rules::Ruleset& rules, const YearDays& year, const std::string& scope);

}  // namespace cotejo::year
