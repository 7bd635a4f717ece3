// Cost of the checks: the whole regulation, and one scale of many bands swept or solved.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>

#include "model/rules/resolve.h"
#include "solver/checks/check.h"
#include "solver/checks/sweep.h"
#include "tests/benchmarks/generated_code.h"
#include "tests/rules/ruleset_builder.h"

namespace cotejo {
namespace {

void BM_CheckRip(benchmark::State& state) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation = rules::LoadRegulation(
      sources, std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025", {}, diagnostics);
  if (!regulation.rules) {
    state.SkipWithError("the regulation does not load");
    return;
  }
  const rules::Families families = rules::BuildFamilies(*regulation.rules);
  for (auto _ : state) {
    benchmark::DoNotOptimize(checks::Check(*regulation.rules, families, {}));
  }
}
BENCHMARK(BM_CheckRip)->Unit(benchmark::kMillisecond);

// The whole catalogue over a made-up code; what counts is how the counters stay put as it grows.
void BM_CheckGenerated(benchmark::State& state) {
  namespace fs = std::filesystem;
  const auto size = static_cast<int>(state.range(0));
  const fs::path folder = fs::temp_directory_path() / ("cotejo_codigo_" + std::to_string(size) +
                                                       "_" + std::to_string(::getpid()));
  WriteCode(folder.string(), size);
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation = rules::LoadRegulation(sources, folder.string(), {}, diagnostics);
  fs::remove_all(folder);
  if (!regulation.rules) {
    state.SkipWithError("the generated code does not load");
    return;
  }
  const rules::Families families = rules::BuildFamilies(*regulation.rules);
  const checks::CheckInput input{*regulation.rules, families, &regulation.files, nullptr, nullptr};
  checks::CheckOptions options;
  options.threads = 0;
  base::CheckReport report;
  for (auto _ : state) report = checks::Check(input, options);
  const auto rules = static_cast<double>(regulation.rules->rules.size());
  state.counters["questions_per_rule"] = static_cast<double>(report.queries.size()) / rules;
  state.counters["findings_per_rule"] = static_cast<double>(report.findings.size()) / rules;
  state.counters["rules_per_second"] =
      benchmark::Counter(rules, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(BM_CheckGenerated)
    ->Arg(100)
    ->Arg(1000)
    ->Arg(10000)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// A monthly scale of n bands with one gap in the middle.
struct Bands : rules::RulesetBuilder {
  explicit Bands(int n) {
    const rules::NormId norm = AddNorm("REG", 0);
    const rules::FactKindId kind = AddKind("falta", rules::Placement::Day, {});
    const rules::MeasureId count = AddMeasure("veces", rules::Window::Month,
                                              rules::Aggregate::Count, kind, rules::Base::Count);
    const rules::Subject subject{kind, rules::Window::Month};
    std::vector<rules::RuleId> rows;
    for (int band = 0; band < n; ++band) {
      if (band == n / 2) continue;
      const rules::ExprId guard =
          Between(Read(count), rules::Base::Count, 10 * band + 1, 10 * band + 10);
      rows.push_back(AddRule("fila" + std::to_string(band), norm, "REG:1", subject, guard,
                             {Deduct(band + 1)}));
    }
    AddScale("escala", subject, {}, rules::HitPolicy::Unique, rows);
  }
};

void BM_SweepBands(benchmark::State& state) {
  const Bands bands(static_cast<int>(state.range(0)));
  const rules::Families families = rules::BuildFamilies(bands.rules);
  for (auto _ : state) {
    const checks::Sweep sweep = checks::MakeSweep(bands.rules, families.families[0]);
    benchmark::DoNotOptimize(checks::FindGaps(sweep, checks::Grid::Norm, 100'000));
  }
}
BENCHMARK(BM_SweepBands)->Arg(10)->Arg(100)->Arg(400)->Unit(benchmark::kMicrosecond);

void BM_SolveBands(benchmark::State& state) {
  const Bands bands(static_cast<int>(state.range(0)));
  const rules::Families families = rules::BuildFamilies(bands.rules);
  const checks::Sweep sweep = checks::MakeSweep(bands.rules, families.families[0]);
  for (auto _ : state) {
    encoding::MeasureQuery query(checks::DomainsOf(bands.rules, sweep), {});
    benchmark::DoNotOptimize(query.Uncovered("hueco", sweep.boxes));
  }
}
BENCHMARK(BM_SolveBands)->Arg(10)->Arg(100)->Arg(400)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cotejo
