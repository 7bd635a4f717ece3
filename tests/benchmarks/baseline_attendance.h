// The attendance loop as one would first write it, twice: what the simulator is compared with.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scenarios/population/population.h"

namespace cotejo::benchmarks {

// One class of people over a list of working days with two entries each.
struct AttendanceTask {
  const population::Discrete* arrival = nullptr;
  std::int32_t notices_from = 0;    // minutes after the fixed hour
  double omission_per_day = 0;      // chance of a missing record
  double event_per_day = 0;         // chance of an absence, conduct …
  std::uint64_t omission_from = 0;  // the same as thresholds of a 32-bit draw
  std::uint64_t event_from = 0;
  std::vector<std::uint32_t> days;
  std::vector<std::int16_t> month;  // by position in `days`
};

struct AttendanceSums {
  std::array<std::int64_t, 12> minutes{};  // past notices_from - 1, by month
  std::int64_t omissions = 0;
  std::int64_t events = 0;
  friend bool operator==(const AttendanceSums&, const AttendanceSums&) = default;
};

// <random>: an engine for each person-year, distributions for each decision.
void IdiomaticYear(const AttendanceTask& task, std::uint64_t seed, std::uint32_t replication,
                   std::uint32_t person, AttendanceSums& sums);

// Scalar Philox4x32-7: the very draws of the simulator, one day at a time.
void ScalarPhiloxYear(const AttendanceTask& task, std::uint64_t seed, std::uint32_t replication,
                      std::uint32_t person, AttendanceSums& sums);

}  // namespace cotejo::benchmarks
