// The attendance loop against two baselines, and the whole year of the library's staff.
#include <benchmark/benchmark.h>
#include <hwy/highway.h>

#include <array>
#include <optional>

#include "model/evaluation/evaluate.h"
#include "model/rules/resolve.h"
#include "scenarios/amendments/apply.h"
#include "scenarios/year/attendance.h"
#include "scenarios/year/calendar.h"
#include "scenarios/year/person_year.h"
#include "scenarios/year/simulate.h"
#include "scenarios/year/tables.h"
#include "tests/benchmarks/baseline_attendance.h"

namespace cotejo::benchmarks {
namespace {

constexpr std::uint32_t kPeople = 220;
constexpr std::uint64_t kSeed = 20250217;
constexpr int kGestion = 2026;

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
void RunAttendance(benchmark::State& state, Year year) {
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
  RunAttendance(state, [&](std::uint32_t r, std::uint32_t p, AttendanceSums& sums) {
    IdiomaticYear(attendance.task, kSeed, r, p, sums);
  });
}
BENCHMARK(BM_AttendanceIdiomatic)->Unit(benchmark::kMicrosecond);

void BM_AttendanceScalarPhilox(benchmark::State& state) {
  const Attendance attendance;
  RunAttendance(state, [&](std::uint32_t r, std::uint32_t p, AttendanceSums& sums) {
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
  RunAttendance(state, [&](std::uint32_t r, std::uint32_t p, AttendanceSums& sums) {
    loop.Year(kSeed, r, p, sums);
  });
  state.SetLabel(year::ScanEngine());
}
BENCHMARK(BM_AttendanceCotejo)->Unit(benchmark::kMicrosecond);

// Eight amendments as proposals are: a row, a threshold, an amount, a rule taken away.
constexpr std::array<const char*, 8> kAmendments = {
    R"(sustituye escala atraso_mensual cita RIP:45.I sobre atraso por mes
  según minutos_de_atraso falta leve política única
  | 1 .. 30   | sin sanción       |
  | 31 .. 45  | descuento 1/2 día |
  | 46 .. 60  | descuento 1 día   |
  | 61 .. 90  | descuento 1 día   |
  | 91 .. 120 | descuento 3 días  |
  | 121 ..    | descuento 4 días  | cuando vez_de_atraso_extremo = 1)",
    "sustituye parámetro descuento_de_falta_grave cita RIP:46.III = 3 días",
    "sustituye parámetro descuento_de_falta_gravísima cita RIP:47.I = 5 días",
    R"(sustituye regla abandono_por_días_discontinuos cita RIP:48.2
  sobre inasistencia_injustificada por mes
  cuando días_de_inasistencia >= 5 entonces retiro)",
    R"(sustituye regla inasistencia_de_dos_días_continuos cita RIP:46.IV.2
  sobre inasistencia_injustificada por mes falta grave
  cuando racha_de_inasistencia = 2 entonces descuento 3 días
  establece conducta con inciso = RIP:46.IV.2)",
    R"(sustituye escala omisión_mensual cita RIP:45.III sobre omisión_sin_regularizar por mes
  bajo cómputo_de_omisiones.por_total_del_mes
  según omisiones_del_mes
  | 1    | descuento 1/2 día    | falta leve
  | 2    | descuento 2 días     | falta leve
  | 3    | descuento 2 días     | falta grave cita RIP:46.IV.4 establece conducta con inciso = RIP:46.IV.4
  | 4 .. | proceso, destitución | falta gravísima cita RIP:47.III.4)",
    "deroga abandono_por_días_consecutivos",
    R"(sustituye escala ausencia_mensual cita RIP:45.II sobre ausencia_injustificada por mes
  según días_de_ausencia falta leve
  | 1/2 | descuento 1/2 día |
  | 1   | descuento 2 días  |)",
};

// The RIP, its amendments and the library's staff, who may leave and be replaced or not.
class Regulations {
 public:
  explicit Regulations(bool turnover = true) {
    const std::string root = COTEJO_SOURCE_DIR;
    rip_ = rules::LoadRegulation(sources_, root + "/regulations/rip-2025", {}, diagnostics_);
    staff_ = population::LoadPopulation(sources_, root + "/scenarios/library/defensoria-2025.toml",
                                        diagnostics_);
    if (!turnover) staff_.turnover.reset();
    inputs_.push_back({"base", {"base", "base"}, rip_.rules});
  }

  void Amend(const std::string& edits) {
    const std::string name = "e" + std::to_string(inputs_.size());
    const std::string text =
        "```norma\nenmienda " + name + " \"" + name + "\" sobre RIP\n\n" + edits + "\n```\n";
    Add(name, amendments::ParseAmendment(sources_, sources_.Add(name, text), diagnostics_));
  }

  void Read(const std::string& file) {
    Add(file, amendments::ReadAmendment(sources_, COTEJO_SOURCE_DIR "/scenarios/library/" + file,
                                        diagnostics_));
  }

  [[nodiscard]] const population::Population& staff() const { return staff_; }
  [[nodiscard]] const rules::Ruleset& rules() const { return *rip_.rules; }
  std::optional<year::Setting> Prepare(int gestion) {
    return year::Prepare({rip_.rules.get()}, staff_, gestion, diagnostics_);
  }

  // One simulation with so many threads; false when something is wrong.
  bool Simulate(const year::Options& options) {
    if (!rip_.rules || diagnostics_.has_errors()) return false;
    const auto forecast = year::Simulate(inputs_, staff_, options, diagnostics_);
    if (!forecast) return false;
    benchmark::DoNotOptimize(forecast->cells.data());
    return true;
  }

 private:
  void Add(const std::string& name, const amendments::Amendment& amendment) {
    const rules::Program base = rules::BuildProgram(sources_, rip_.files);
    const rules::Program program = amendments::Apply(base, amendment, diagnostics_);
    inputs_.push_back({name, {name, name}, rules::Resolve(sources_, program, {}, diagnostics_)});
  }

  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  rules::Regulation rip_;
  population::Population staff_;
  std::vector<year::RegulationInput> inputs_;
};

// Years of people a second, each judged by all the regulations. 2026: the whole year has hours. So
// many that reading, preparing and telling, which are done once, do not count for much.
void RunYears(benchmark::State& state, Regulations& regulations, int threads) {
  year::Options options;
  options.gestion = kGestion;
  options.replications = 4000;
  options.threads = threads;
  for (auto _ : state) {
    if (!regulations.Simulate(options)) {
      state.SkipWithError("the regulations, the staff or the simulation have errors");
      return;
    }
  }
  state.SetItemsProcessed(state.iterations() * kPeople * options.replications);
}

// The instructions of one target alone; before it ends the processor's own are chosen again.
class Instructions {
 public:
  explicit Instructions(std::int64_t target) { Choose(target); }
  ~Instructions() { Choose(0); }
  Instructions(const Instructions&) = delete;
  Instructions& operator=(const Instructions&) = delete;

 private:
  static void Choose(std::int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

// The text in force and as many amendments as the argument says, which change no fact.
void BM_Simulate(benchmark::State& state) {
  Regulations regulations(state.range(2) != 0);
  for (std::size_t i = 1; i < static_cast<std::size_t>(state.range(0)); ++i)
    regulations.Amend(kAmendments[i - 1]);
  RunYears(state, regulations, static_cast<int>(state.range(1)));
}
BENCHMARK(BM_Simulate)
    ->ArgNames({"regulations", "threads", "turnover"})
    ->ArgsProduct({{1, 3, 9}, {1}, {0, 1}})
    ->ArgsProduct({{1, 9}, {2}, {1}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void BM_SimulateAvx2(benchmark::State& state) {
  if ((hwy::SupportedTargets() & HWY_AVX2) == 0)
    return state.SkipWithError("the processor has no AVX2");
  Regulations regulations(state.range(0) != 0);
  const Instructions avx2(HWY_AVX2);
  RunYears(state, regulations, 1);
}
BENCHMARK(BM_SimulateAvx2)
    ->ArgName("turnover")
    ->Arg(0)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// ---- the whole year against two plain ways of living it ------------------------------

// One person after another, every rule of the plan, nothing remembered from one year to the
// next, and the scalar loop: the same tables.
void BM_WholeYearPlain(benchmark::State& state) {
  Regulations regulations;
  const auto setting = regulations.Prepare(kGestion);
  if (!setting) return state.SkipWithError("the regulations or the staff have errors");
  const Instructions scalar(HWY_EMU128);
  const population::Population& staff = regulations.staff();
  const year::Tables tables(*setting, staff);
  const year::Succession succession(*setting, staff, kSeed);
  const year::Plan& plan = setting->plans[0].plan;
  year::Behavior behavior(staff, setting->eligibility, setting->year, setting->shifts, kSeed);
  year::Evaluator evaluator(plan, year::Everything(plan), setting->year);
  year::Totals totals = tables.Empty();
  std::uint32_t replication = 0;
  for (auto _ : state) {
    for (std::size_t post = 0; post < staff.staff.size(); ++post) {
      std::optional<year::Occupant> now = succession.First(post, replication);
      while (now) {
        const auto& events = behavior.Happen(now->tenure, *setting->work[now->tenure.person],
                                             replication, setting->notices_from);
        const year::Stay stay = succession.Judge(0, *now, events, evaluator);
        const auto next = succession.Next(*now, stay.tenure.last);
        year::Year lived;
        lived.stay = &stay;
        lived.away = behavior.ShiftsAway(stay.tenure.last);
        lived.vacant_until = next ? next->tenure.first : setting->year.count;
        lived.vacant_before = now->number == 0 ? now->tenure.first : 0;
        tables.Add(lived, evaluator, totals);
        now = next;
      }
    }
    ++replication;
  }
  benchmark::DoNotOptimize(totals);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(staff.staff.size()));
}
BENCHMARK(BM_WholeYearPlain)->Unit(benchmark::kMillisecond);

// Only judging, and of years drawn before: what the reference interpreter takes.
void BM_WholeYearInterpreter(benchmark::State& state) {
  Regulations regulations;
  const auto setting = regulations.Prepare(kGestion);
  if (!setting) return state.SkipWithError("the regulations or the staff have errors");
  std::vector<evaluation::History> years;
  for (std::size_t post = 0; post < regulations.staff().staff.size(); ++post)
    years.push_back(year::PersonYear(*setting, regulations.staff(), {0, post, kSeed, 1, 0}));
  const rules::Families& families = setting->plans[0].plan.families;
  for (auto _ : state) {
    for (const evaluation::History& history : years)
      benchmark::DoNotOptimize(evaluation::Evaluate(regulations.rules(), families, history));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(years.size()));
}
BENCHMARK(BM_WholeYearInterpreter)->Unit(benchmark::kMillisecond);

// An amendment of what happens to nearly everybody: every late arrival is another fact.
void BM_SimulateWithTolerance(benchmark::State& state) {
  Regulations regulations;
  regulations.Read("tolerancia-10.enmienda.norma.md");
  RunYears(state, regulations, 1);
}
BENCHMARK(BM_SimulateWithTolerance)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_SimulateWithNullAmendment(benchmark::State& state) {
  Regulations regulations;
  regulations.Read("enmienda-nula.enmienda.norma.md");
  RunYears(state, regulations, 1);
}
BENCHMARK(BM_SimulateWithNullAmendment)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace cotejo::benchmarks
