#include "scenarios/year/simulate.h"

#include <algorithm>

#include "scenarios/year/assumptions.h"
#include "scenarios/year/attendance.h"
#include "scenarios/year/reach.h"
#include "scenarios/year/statistics.h"
#include "scenarios/year/unseen.h"

namespace cotejo::year {
namespace {

void AddSeries(const Setting& setting, const population::Population& population, const Sums& sums,
               Forecast& forecast) {
  const auto unit = static_cast<double>(setting.unit);
  const std::string& kind = population.names.series_kind;
  const std::string& field = population.names.series_field;
  const struct {
    std::string key;
    base::Text label;
    double scale;
  } all[kSeriesCount] = {
      // Names of the vocabulary, which has them in one language.
      {"atrasos",
       {field + " de " + kind + " al mes", "'" + field + "' of '" + kind + "' a month"},
       unit},
      {"descuentos/días", {"días descontados al mes", "days deducted a month"}, unit},
      {"descuentos/Bs", {"Bs descontados al mes", "Bs deducted a month"}, 100},
  };
  for (int s = 0; s < kSeriesCount; ++s) {
    MonthSeries series{all[s].key, all[s].label, {}, {}};
    for (std::size_t r = 0; r < sums.months.size(); ++r) {
      std::vector<double> months;
      for (int m = 0; m < kMonths; ++m) {
        const base::Wide sum = sums.months[r][static_cast<std::size_t>(s * kMonths + m)];
        months.push_back(static_cast<double>(sum) / all[s].scale / sums.replications);
      }
      if (r == 0) {
        series.base = std::move(months);
      } else {
        series.amended.push_back(std::move(months));
      }
    }
    forecast.series.push_back(std::move(series));
  }
}

bool Hidden(const Tables& tables, const Sums& sums, std::size_t cell) {
  return tables.MayHide(cell) &&
         std::all_of(sums.values.begin(), sums.values.end(),
                     [&](const auto& samples) { return samples[cell].zero(); });
}

void AddResults(const std::vector<RegulationInput>& regulations, const Tables& tables,
                const Sums& sums, int draws, Forecast& forecast) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < tables.cells().size(); ++i) {
    if (Hidden(tables, sums, i)) continue;
    shown.push_back(i);
    forecast.cells.push_back(tables.cells()[i]);
  }
  for (std::size_t r = 0; r < regulations.size(); ++r) {
    RegulationResult result;
    result.id = regulations[r].id;
    result.title = regulations[r].title;
    for (const std::size_t i : shown) {
      const Sample& sample = sums.Values(r, i);
      const std::int64_t scale = tables.cells()[i].scale;
      result.values.push_back(sample.whole() ? sample.figures() : std::vector<std::int64_t>{});
      if (sums.Same(r, i)) {
        result.statistics.push_back(
            forecast.regulations.front().statistics[result.difference.size()]);
        result.difference.emplace_back();
        continue;
      }
      result.statistics.push_back(Describe(sample, scale, draws));
      BoundTheUnseen(tables.cells()[i], sums.replications, result.statistics.back());
      if (r > 0) result.difference.push_back(Describe(sums.differences[r][i], scale, draws));
    }
    forecast.regulations.push_back(std::move(result));
  }
}

bool CheckOptions(const std::vector<RegulationInput>& regulations,
                  const population::Population& population, const Options& options,
                  base::Diagnostics& diagnostics) {
  const auto refuse = [&](base::Text message) {
    diagnostics.Add({"simulación-opciones", base::Severity::Error, {}, std::move(message), {}, {}});
    return false;
  };
  if (regulations.empty() || population.staff.empty())
    return refuse({"no hay regulación o no hay personal que simular",
                   "there is no regulation or no staff to simulate"});
  if (options.replications < 2 || options.replications > 1'000'000)
    return refuse({"las réplicas van de 2 a 1.000.000: un solo año no tiene intervalo",
                   "replications go from 2 to 1,000,000: one year alone has no interval"});
  if (options.threads < 0 || options.threads > 1024)
    return refuse({"los hilos van de 0 a 1024", "threads go from 0 to 1024"});
  return true;
}

}  // namespace

Simulation::Simulation(const std::vector<RegulationInput>& regulations,
                       const population::Population& population, const Options& options,
                       Setting setting)
    : regulations_(regulations),
      population_(population),
      options_(options),
      setting_(std::move(setting)),
      tables_(setting_, population) {}

std::unique_ptr<Simulation> Simulation::Prepare(const std::vector<RegulationInput>& regulations,
                                                const population::Population& population,
                                                const Options& options,
                                                base::Diagnostics& diagnostics) {
  if (!CheckOptions(regulations, population, options, diagnostics)) return nullptr;
  std::vector<const rules::Ruleset*> rules;
  for (const RegulationInput& regulation : regulations) rules.push_back(regulation.rules.get());
  auto setting = year::Prepare(rules, population, options.gestion, diagnostics);
  if (!setting) return nullptr;
  return std::unique_ptr<Simulation>(
      new Simulation(regulations, population, options, std::move(*setting)));
}

Ledger Simulation::Begin() const {
  return {tables_.Empty(), population_.staff.size(), options_.whole};
}

Forecast Simulation::Report(const Sums& sums, int wanted, int draws) const {
  Forecast forecast;
  forecast.gestion = options_.gestion;
  forecast.seed = options_.seed;
  forecast.replications = sums.replications;
  forecast.draws = draws;
  forecast.staff = static_cast<int>(population_.staff.size());
  forecast.population = population_.name;
  forecast.engine = ScanEngine();
  Options options = options_;
  options.replications = wanted;
  forecast.assumptions = Assumptions(setting_, population_, options, sums.replications);
  AddResults(regulations_, tables_, sums, draws, forecast);
  for (std::size_t r = 1; r < regulations_.size(); ++r) {
    TellUnseen(Unseen(setting_, population_.names, r, regulations_[r].title), r, forecast);
  }
  AddSeries(setting_, population_, sums, forecast);
  TellReachOfTables(ReachOf(setting_, tables_, population_, options_.threads), forecast.cells);
  return forecast;
}

bool CheckFinished(int finished, base::Diagnostics& diagnostics) {
  if (finished >= 2) return true;
  diagnostics.Add({"simulación-interrumpida",
                   base::Severity::Error,
                   {},
                   {"la simulación se interrumpió antes de terminar dos réplicas",
                    "the simulation was interrupted before two replications were done"},
                   {},
                   {}});
  return false;
}

std::optional<Forecast> Simulate(const std::vector<RegulationInput>& regulations,
                                 const population::Population& population, const Options& options,
                                 base::Diagnostics& diagnostics) {
  const auto simulation = Simulation::Prepare(regulations, population, options, diagnostics);
  if (!simulation) return std::nullopt;
  Ledger ledger = simulation->Begin();
  if (!simulation->Live(options.replications, ledger, {}, diagnostics)) return std::nullopt;
  if (!CheckFinished(ledger.sums().replications, diagnostics)) return std::nullopt;
  return simulation->Report(ledger.sums(), options.replications, 0);
}

}  // namespace cotejo::year
