#include "tests/benchmarks/baseline_attendance.h"

#include <random>

#include "scenarios/population/philox.h"

namespace cotejo::benchmarks {

void IdiomaticYear(const AttendanceTask& task, std::uint64_t seed, std::uint32_t replication,
                   std::uint32_t person, AttendanceSums& sums) {
  std::seed_seq key{static_cast<std::uint32_t>(seed), replication, person};
  std::mt19937_64 engine(key);
  std::vector<double> weights;
  const std::vector<population::Discrete::Step>& steps = task.arrival->steps();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double next = i + 1 < steps.size() ? steps[i + 1].first : 4294967296.0;
    weights.push_back(next - steps[i].first);
  }
  std::discrete_distribution<std::size_t> arrival(weights.begin(), weights.end());
  std::bernoulli_distribution omits(task.omission_per_day);
  std::bernoulli_distribution happens(task.event_per_day);
  for (std::size_t i = 0; i < task.days.size(); ++i) {
    for (int entry = 0; entry < 2; ++entry) {
      const std::int32_t offset = steps[arrival(engine)].value;
      if (offset >= task.notices_from)
        sums.minutes[static_cast<std::size_t>(task.month[i])] += offset - task.notices_from + 1;
    }
    sums.omissions += omits(engine) ? 1 : 0;
    sums.events += happens(engine) ? 1 : 0;
  }
}

void ScalarPhiloxYear(const AttendanceTask& task, std::uint64_t seed, std::uint32_t replication,
                      std::uint32_t person, AttendanceSums& sums) {
  const std::uint64_t late_from = task.arrival->first_draw_from(task.notices_from);
  for (std::size_t i = 0; i < task.days.size(); ++i) {
    const population::Block draws = population::Draw(seed, replication, person, task.days[i], 0);
    for (std::size_t entry = 0; entry < 2; ++entry) {
      if (draws[entry] < late_from) continue;
      const std::int32_t offset = task.arrival->value(draws[entry]);
      sums.minutes[static_cast<std::size_t>(task.month[i])] += offset - task.notices_from + 1;
    }
    sums.omissions += draws[2] >= task.omission_from ? 1 : 0;
    sums.events += draws[3] >= task.event_from ? 1 : 0;
  }
}

}  // namespace cotejo::benchmarks
