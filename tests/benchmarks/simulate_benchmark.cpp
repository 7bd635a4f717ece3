// The attendance loop against two baselines, and the whole year of the library's staff.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "model/rules/resolve.h"
#include "scenarios/amendments/apply.h"
#include "scenarios/year/attendance.h"
#include "scenarios/year/calendar.h"
#include "scenarios/year/simulate.h"
#include "tests/benchmarks/baseline_attendance.h"

namespace cotejo::benchmarks {
namespace {

constexpr std::uint32_t kPeople = 220;
constexpr std::uint64_t kSeed = 20250217;

// A person who is late now and then: 5 % of entries matter, as in the library's staff.
struct Attendance {
  population::Discrete arrival{
      {{-15, 0, 8400, {}}, {1, 5, 1100, {}}, {6, 15, 420, {}}, {16, 30, 70, {}}, {31, 90, 10, {}}}};
  AttendanceTask task;

  Attendance() {
    const year::YearDays days = year::DaysOf(2025);
    for (std::int32_t day = 0; day < days.count; ++day) {
      if (days.date(day).weekday() > 5) continue;
      task.days.push_back(static_cast<std::uint32_t>(days.first + day));
      task.month.push_back(days.month[static_cast<std::size_t>(day)]);
    }
    task.arrival = &arrival;
    task.notices_from = 6;
    task.omission_per_day = 0.01;
    task.event_per_day = 0.012;
    task.omission_from = year::kNever - static_cast<std::uint64_t>(0.01 * 4294967296.0);
    task.event_from = year::kNever - static_cast<std::uint64_t>(0.012 * 4294967296.0);
  }
};

class Vectorised {
 public:
  explicit Vectorised(const AttendanceTask& task) : task_(task), days_(task.days) {
    days_.resize(year::PaddedDays(days_.size()));
  }

  void Year(std::uint64_t seed, std::uint32_t replication, std::uint32_t person,
            AttendanceSums& sums) {
    const std::uint64_t late_from = task_.arrival->first_draw_from(task_.notices_from);
    const year::DayScan scan{seed,
                             replication,
                             person,
                             0,
                             days_.data(),
                             task_.days.size(),
                             {late_from, late_from, task_.omission_from, task_.event_from}};
    year::ScanDays(scan, hits_);
    for (std::size_t entry = 0; entry < 2; ++entry) {
      for (std::size_t i = 0; i < hits_[entry].count; ++i) {
        const std::uint64_t hit = hits_[entry].data[i];
        const std::int32_t offset = task_.arrival->value(year::Hits::draw(hit));
        sums.minutes[static_cast<std::size_t>(task_.month[year::Hits::position(hit)])] +=
            offset - task_.notices_from + 1;
      }
    }
    sums.omissions += static_cast<std::int64_t>(hits_[2].count);
    sums.events += static_cast<std::int64_t>(hits_[3].count);
  }

 private:
  const AttendanceTask& task_;
  std::vector<std::uint32_t> days_;
  std::array<year::Hits, 4> hits_;
};

template <typename Year>
void RunYears(benchmark::State& state, Year year) {
  AttendanceSums sums;
  std::uint32_t replication = 0;
  for (auto _ : state) {
    for (std::uint32_t person = 0; person < kPeople; ++person) year(replication, person, sums);
    ++replication;
    benchmark::DoNotOptimize(sums);
  }
  state.SetItemsProcessed(state.iterations() * kPeople);  // person-years
}

void BM_AttendanceIdiomatic(benchmark::State& state) {
  const Attendance attendance;
  RunYears(state, [&](std::uint32_t r, std::uint32_t p, AttendanceSums& sums) {
    IdiomaticYear(attendance.task, kSeed, r, p, sums);
  });
}
BENCHMARK(BM_AttendanceIdiomatic)->Unit(benchmark::kMicrosecond);

void BM_AttendanceScalarPhilox(benchmark::State& state) {
  const Attendance attendance;
  RunYears(state, [&](std::uint32_t r, std::uint32_t p, AttendanceSums& sums) {
    ScalarPhiloxYear(attendance.task, kSeed, r, p, sums);
  });
}
BENCHMARK(BM_AttendanceScalarPhilox)->Unit(benchmark::kMicrosecond);

void BM_AttendanceCotejo(benchmark::State& state) {
  const Attendance attendance;
  Vectorised loop(attendance.task);
  AttendanceSums expected;
  AttendanceSums found;
  for (std::uint32_t person = 0; person < kPeople; ++person) {
    ScalarPhiloxYear(attendance.task, kSeed, 1, person, expected);
    loop.Year(kSeed, 1, person, found);
  }
  if (expected != found) {
    state.SkipWithError("the vectorised loop and the scalar one do not do the same work");
    return;
  }
  RunYears(state, [&](std::uint32_t r, std::uint32_t p, AttendanceSums& sums) {
    loop.Year(kSeed, r, p, sums);
  });
  state.SetLabel(year::ScanEngine());
}
BENCHMARK(BM_AttendanceCotejo)->Unit(benchmark::kMicrosecond);

// The whole thing: the library's staff, 200 replications, the RIP and one amendment.
void BM_SimulateRipAndAmendment(benchmark::State& state) {
  const std::string root = COTEJO_SOURCE_DIR;
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const rules::Regulation rip =
      rules::LoadRegulation(sources, root + "/regulations/rip-2025", {}, diagnostics);
  const population::Population staff = population::LoadPopulation(
      sources, root + "/scenarios/library/defensoria-2025.toml", diagnostics);
  const amendments::Amendment amendment = amendments::ReadAmendment(
      sources, root + "/scenarios/library/tolerancia-10.enmienda.norma.md", diagnostics);
  if (!rip.rules || diagnostics.has_errors()) {
    state.SkipWithError("the regulation, the amendment or the population has errors");
    return;
  }
  const rules::Program base = rules::BuildProgram(sources, rip.files);
  const rules::Program program = amendments::Apply(base, amendment, diagnostics);
  const auto amended = rules::Resolve(sources, program, {}, diagnostics);
  if (!amended) {
    state.SkipWithError("the amended regulation has errors");
    return;
  }
  year::Options options;
  options.threads = static_cast<int>(state.range(0));
  for (auto _ : state) {
    const auto forecast = year::Simulate(
        {{"base", {"base", "base"}, rip.rules}, {"tolerancia_10", {"10", "10"}, amended}}, staff,
        options, diagnostics);
    if (!forecast) {
      state.SkipWithError("the simulation failed");
      return;
    }
    benchmark::DoNotOptimize(forecast->cells.data());
  }
  state.SetItemsProcessed(state.iterations() * kPeople * options.replications * 2);
}
BENCHMARK(BM_SimulateRipAndAmendment)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace cotejo::benchmarks
