#include "scenarios/study/study.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "scenarios/sensitivity/indices.h"
#include "scenarios/sensitivity/screening.h"
#include "scenarios/study/small_groups.h"
#include "scenarios/year/assumptions.h"
#include "scenarios/year/statistics.h"

namespace cotejo::study {
namespace {

using population::Factors;
using population::kFactors;
using year::Forecast;

// The seed of a draw: years of different draws share nothing.
std::uint64_t SeedOf(std::uint64_t seed, int draw) {
  return seed + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(draw);
}

std::vector<std::int64_t> ValuesOf(const Forecast& forecast, std::size_t regulation,
                                   const std::string& key) {
  for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
    if (forecast.cells[c].key == key) return forecast.regulations[regulation].values[c];
  }
  // A cell that nobody ever met is not shown.
  return std::vector<std::int64_t>(static_cast<std::size_t>(forecast.replications));
}

// Cells of any of the runs, in the order of the tables: a run leaves out what nobody met.
std::vector<year::Cell> CellsOf(const std::vector<Forecast>& runs) {
  std::vector<year::Cell> cells = runs.front().cells;
  for (const Forecast& run : runs) {
    std::size_t at = 0;
    for (const year::Cell& cell : run.cells) {
      const auto same = [&](const year::Cell& other) { return other.key == cell.key; };
      const auto known = std::find_if(cells.begin(), cells.end(), same);
      if (known != cells.end()) {
        at = static_cast<std::size_t>(known - cells.begin()) + 1;
      } else {
        cells.insert(cells.begin() + static_cast<std::ptrdiff_t>(at++), cell);
      }
    }
  }
  return cells;
}

double Mean(const std::vector<Forecast>& runs,
            const std::function<double(const Forecast&)>& value) {
  double sum = 0;
  for (const Forecast& run : runs) sum += value(run);
  return sum / static_cast<double>(runs.size());
}

// Runs of the same length, one for each draw, as one forecast.
Forecast Join(const std::vector<Forecast>& runs) {
  Forecast all = runs.front();
  const int draws = static_cast<int>(runs.size());
  all.draws = draws;
  all.replications = runs.front().replications * draws;
  std::replace(all.assumptions.begin(), all.assumptions.end(), year::OnlyChance(),
               base::Text{"los intervalos recogen el azar del año y la incertidumbre que la "
                          "población declara de sus frecuencias",
                          "intervals hold the chance of the year and the uncertainty that the "
                          "population declares of its rates"});
  all.cells = CellsOf(runs);
  for (std::size_t r = 0; r < all.regulations.size(); ++r) {
    year::RegulationResult& result = all.regulations[r];
    result.values.clear();
    result.statistics.clear();
    result.difference.clear();
    for (std::size_t c = 0; c < all.cells.size(); ++c) {
      std::vector<std::int64_t> values;
      for (const Forecast& run : runs) {
        const auto some = ValuesOf(run, r, all.cells[c].key);
        values.insert(values.end(), some.begin(), some.end());
      }
      result.values.push_back(std::move(values));
      const std::int64_t scale = all.cells[c].scale;
      result.statistics.push_back(year::Describe(result.values[c], scale, draws));
      if (r == 0) continue;
      result.difference.push_back(
          year::DescribeDifference(all.regulations[0].values[c], result.values[c], scale, draws));
    }
  }
  for (std::size_t s = 0; s < all.series.size(); ++s) {
    for (std::size_t m = 0; m < all.series[s].base.size(); ++m) {
      all.series[s].base[m] = Mean(runs, [&](const Forecast& f) { return f.series[s].base[m]; });
      for (std::size_t a = 0; a < all.series[s].amended.size(); ++a) {
        all.series[s].amended[a][m] =
            Mean(runs, [&](const Forecast& f) { return f.series[s].amended[a][m]; });
      }
    }
  }
  return all;
}

const year::Statistics* Watched(const Forecast& forecast, const std::string& key) {
  for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
    if (forecast.cells[c].key == key) return &forecast.regulations[0].statistics[c];
  }
  return nullptr;
}

bool Stopped(const Options& options) { return options.year.stop != nullptr && *options.year.stop; }

std::nullopt_t UnknownCell(const std::string& key, base::Diagnostics& diagnostics) {
  diagnostics.Add({"simulación-opciones",
                   base::Severity::Error,
                   {},
                   {"«" + key + "» no es una casilla de los resultados",
                    "'" + key + "' is not a cell of the results"},
                   {},
                   {}});
  return std::nullopt;
}

std::nullopt_t SmallCell(const std::string& key, base::Diagnostics& diagnostics) {
  diagnostics.Add({"grupo-pequeño",
                   base::Severity::Error,
                   {},
                   {"«" + key + "» es de un grupo con muy pocas personas",
                    "'" + key + "' is of a group of very few people"},
                   {"mire otra casilla, o dé --grupo-minimo 0",
                    "look at another cell, or give --smallest-group 0"},
                   {}});
  return std::nullopt;
}

// `count` years, or draws of years.
std::optional<Forecast> Live(const std::vector<year::RegulationInput>& regulations,
                             const population::Population& population, const Options& options,
                             int count, base::Diagnostics& diagnostics) {
  year::Options year = options.year;
  if (options.draws == 0) {
    year.replications = count;
    return year::Simulate(regulations, population, year, diagnostics);
  }
  std::vector<Forecast> runs;
  for (int draw = 0; draw < count && !(Stopped(options) && runs.size() > 1); ++draw) {
    const auto number = static_cast<std::uint32_t>(draw);
    const Factors factors = population::DrawFactors(population, options.year.seed, number);
    year.seed = SeedOf(options.year.seed, draw);
    auto run =
        year::Simulate(regulations, population::Scaled(population, factors), year, diagnostics);
    if (!run) return std::nullopt;
    // An unfinished run is not of the same length.
    if (run->replications == year.replications) runs.push_back(std::move(*run));
  }
  if (runs.size() < 2) return std::nullopt;
  Forecast all = Join(runs);
  all.seed = options.year.seed;
  return all;
}

}  // namespace

std::optional<Forecast> Run(const std::vector<year::RegulationInput>& regulations,
                            const population::Population& population, const Options& options,
                            base::Diagnostics& diagnostics) {
  constexpr int kRounds = 6;
  int count = options.draws > 0 ? options.draws : options.year.replications;
  auto forecast = Live(regulations, population, options, count, diagnostics);
  for (int round = 0; forecast && options.precision > 0 && round < kRounds; ++round) {
    if (Stopped(options)) break;
    const year::Statistics* watched = Watched(*forecast, options.watched);
    if (watched == nullptr) return UnknownCell(options.watched, diagnostics);
    const auto needed = year::ReplicationsFor(*watched, count, options.precision);
    if (!needed || *needed <= count || count >= options.most) break;
    count = static_cast<int>(std::min<std::int64_t>(*needed, options.most));
    forecast = Live(regulations, population, options, count, diagnostics);
  }
  return forecast;
}

// ---- sensitivity -----------------------------------------------------------------

namespace {

class Sensitivity {
 public:
  Sensitivity(const year::RegulationInput& regulation, const population::Population& population,
              const SensitivityOptions& options, base::Diagnostics& diagnostics)
      : regulation_(regulation),
        population_(population),
        options_(options),
        diagnostics_(diagnostics) {}

  std::optional<SensitivityReport> Run() {
    for (std::size_t f = 0; f < kFactors; ++f) {
      if (population_.uncertainty[f] > 0) inputs_.push_back(f);
    }
    if (inputs_.empty()) {
      diagnostics_.Add({"simulación-opciones",
                        base::Severity::Error,
                        {},
                        {"la población no dice de qué no está segura: falta «[incertidumbre]»",
                         "the population does not say what it is unsure of: no '[incertidumbre]'"},
                        {},
                        {}});
      return std::nullopt;
    }
    report_.watched = options_.watched;
    report_.gestion = options_.year.gestion;
    report_.replications = options_.year.replications;
    report_.seed = options_.year.seed;
    if (!Screen() || !Index()) return std::nullopt;
    std::stable_sort(
        report_.effects.begin(), report_.effects.end(),
        [](const FactorEffect& a, const FactorEffect& b) { return a.mean_abs > b.mean_abs; });
    return std::move(report_);
  }

 private:
  // The mean of the cell at each point, inputs within ± 2 standard deviations.
  std::optional<Eigen::VectorXd> Results(const Eigen::MatrixXd& points,
                                         const std::vector<std::size_t>& inputs) {
    constexpr double kReach = 2;
    Eigen::VectorXd results(points.rows());
    for (Eigen::Index row = 0; row < points.rows(); ++row) {
      Factors factors = population::kAsTheFileSays;
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const double at = kReach * (2 * points(row, static_cast<Eigen::Index>(i)) - 1);
        factors[inputs[i]] = std::exp(population_.uncertainty[inputs[i]] * at);
      }
      const auto forecast = year::Simulate({regulation_}, population::Scaled(population_, factors),
                                           options_.year, diagnostics_);
      if (!forecast) return std::nullopt;
      const year::Statistics* watched = Watched(*forecast, options_.watched);
      if (watched == nullptr) return UnknownCell(options_.watched, diagnostics_);
      results[row] = watched->mean;
      ++report_.runs;
      const std::vector<bool> small = SmallCells(*forecast, options_.smallest_group);
      for (std::size_t c = 0; c < forecast->cells.size(); ++c) {
        if (forecast->cells[c].key != options_.watched) continue;
        if (small[c]) return SmallCell(options_.watched, diagnostics_);
        report_.label = forecast->cells[c].label;
      }
    }
    return results;
  }

  bool Screen() {
    constexpr int kLevels = 4;
    const auto design = sensitivity::DesignScreening(
        static_cast<int>(inputs_.size()), options_.trajectories, kLevels, options_.year.seed);
    const auto results = Results(design.points, inputs_);
    if (!results) return false;
    const auto effects = sensitivity::EstimateEffects(design, *results);
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      const auto factor = static_cast<population::Factor>(inputs_[i]);
      FactorEffect effect;
      effect.key = population::KeyOf(factor);
      effect.factor = population::DescribeFactor(factor);
      effect.mean = effects[i].mean;
      effect.mean_abs = effects[i].mean_abs;
      effect.sd = effects[i].sd;
      report_.effects.push_back(std::move(effect));
    }
    return true;
  }

  bool Index() {
    double largest = 0;
    for (const FactorEffect& e : report_.effects) largest = std::max(largest, e.mean_abs);
    std::vector<std::size_t> inputs;
    std::vector<FactorEffect*> studied;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      FactorEffect& effect = report_.effects[i];
      if (largest <= 0 || effect.mean_abs < options_.matters * largest) continue;
      inputs.push_back(inputs_[i]);
      studied.push_back(&effect);
    }
    if (inputs.empty()) return true;
    const auto design = sensitivity::DesignIndices(static_cast<int>(inputs.size()), options_.base,
                                                   options_.year.seed);
    const auto results = Results(design.points, inputs);
    if (!results) return false;
    const auto indices = sensitivity::EstimateIndices(design, *results, options_.year.seed);
    for (std::size_t i = 0; i < studied.size(); ++i) {
      studied[i]->studied = true;
      const auto share = [](const sensitivity::Interval& i) {
        return Share{i.value, i.low, i.high};
      };
      studied[i]->first = share(indices[i].first);
      studied[i]->total = share(indices[i].total);
    }
    return true;
  }

  const year::RegulationInput& regulation_;
  const population::Population& population_;
  const SensitivityOptions& options_;
  base::Diagnostics& diagnostics_;
  std::vector<std::size_t> inputs_;  // factors
  SensitivityReport report_;
};

}  // namespace

std::int64_t YearsOf(const population::Population& population, const SensitivityOptions& options) {
  const auto inputs = std::count_if(population.uncertainty.begin(), population.uncertainty.end(),
                                    [](double sd) { return sd > 0; });
  const std::int64_t points =
      options.trajectories * (inputs + 1) + static_cast<std::int64_t>(options.base) * (inputs + 2);
  return points * options.year.replications * static_cast<std::int64_t>(population.staff.size());
}

std::optional<SensitivityReport> Analyse(const year::RegulationInput& regulation,
                                         const population::Population& population,
                                         const SensitivityOptions& options,
                                         base::Diagnostics& diagnostics) {
  return Sensitivity(regulation, population, options, diagnostics).Run();
}

}  // namespace cotejo::study
