#include <algorithm>
#include <bit>
#include <cmath>

#include "model/base/bytes.h"
#include "scenarios/sensitivity/indices.h"
#include "scenarios/sensitivity/screening.h"
#include "scenarios/study/keeping.h"
#include "scenarios/study/small_groups.h"
#include "scenarios/study/study.h"
#include "scenarios/study/watched.h"

namespace cotejo::study {
namespace {

using population::Factors;
using population::kFactors;

std::vector<Dependence> DependencesOf(const year::RegulationInput& regulation,
                                      const SensitivityOptions& options) {
  std::vector<Dependence> all = options.inputs;
  AddYears({regulation}, options.year, all);
  all.push_back({{"el número de trayectorias", "number of trajectories"},
                 std::to_string(options.trajectories)});
  all.push_back({{"el número de puntos", "number of points"}, std::to_string(options.base)});
  all.push_back({{"la parte que importa", "part that matters"}, Exactly(options.matters)});
  all.push_back({{"la casilla", "cell"}, options.watched});
  all.push_back({{"el grupo mínimo", "smallest group"}, std::to_string(options.smallest_group)});
  return all;
}

class Sensitivity {
 public:
  Sensitivity(const year::RegulationInput& regulation, const population::Population& population,
              const SensitivityOptions& options, base::Diagnostics& diagnostics)
      : regulation_(regulation),
        population_(population),
        options_(options),
        diagnostics_(diagnostics),
        keeping_(options.resume, DependencesOf(regulation, options), diagnostics) {}

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
    if (!Restore()) return std::nullopt;
    if (options_.smallest_group > 1)
      reached_ = ReachedBy({regulation_}, population_, options_.year);
    report_.watched = options_.watched;
    report_.regulation = regulation_.title;
    report_.population = population_.name;
    report_.staff = static_cast<int>(population_.staff.size());
    report_.gestion = options_.year.gestion;
    report_.replications = options_.year.replications;
    report_.seed = options_.year.seed;
    const bool whole = Screen() && Index();
    keeping_.Save(state_);
    keeping_.End();
    if (!whole) return std::nullopt;
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
      if (static_cast<std::size_t>(report_.runs) == means_.size() && !Live(factors))
        return std::nullopt;
      results[row] = means_[static_cast<std::size_t>(report_.runs++)];
    }
    return results;
  }

  bool Live(const Factors& factors) {
    auto forecast = year::Simulate({regulation_}, population::Scaled(population_, factors),
                                   options_.year, diagnostics_);
    // One that was stopped did not live all its years.
    if (!forecast || forecast->replications < options_.year.replications) return false;
    const year::Statistics* watched = Watched(*forecast, options_.watched);
    if (watched == nullptr) {
      UnknownCell(options_.watched, diagnostics_);
      return false;
    }
    TellReach(reached_, *forecast);
    const std::vector<bool> small = SmallCells(*forecast, options_.smallest_group);
    for (std::size_t c = 0; c < forecast->cells.size(); ++c) {
      if (forecast->cells[c].key != options_.watched) continue;
      if (small[c]) {
        diagnostics_.Add(SmallCell(options_.watched));
        return false;
      }
      report_.label = forecast->cells[c].label;
    }
    means_.push_back(watched->mean);
    keeping_.SaveNowAndThen(state_);
    return true;
  }

  // ---- what is kept in a file

  bool Restore() {
    if (!keeping_.Begin(state_, [this](std::string_view kept) { return Read(kept); })) return false;
    const std::int64_t years = static_cast<std::int64_t>(means_.size()) *
                               options_.year.replications *
                               static_cast<std::int64_t>(population_.staff.size());
    if (options_.year.progress != nullptr) *options_.year.progress += years;
    keeping_.GoOn(years);
    return true;
  }

  bool Read(std::string_view kept) {
    base::ByteReader reader(kept);
    report_.label.es = reader.Text();
    report_.label.en = reader.Text();
    for (const std::int64_t bits : reader.Numbers()) means_.push_back(std::bit_cast<double>(bits));
    return reader.finished();
  }

  [[nodiscard]] std::string State() const {
    base::ByteWriter writer;
    writer.Text(report_.label.es);
    writer.Text(report_.label.en);
    std::vector<std::int64_t> bits;
    for (const double mean : means_) bits.push_back(std::bit_cast<std::int64_t>(mean));
    writer.Numbers(bits);
    return writer.bytes();
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
  Reached reached_;                  // when few people are not shown
  std::vector<std::size_t> inputs_;  // factors
  SensitivityReport report_;
  std::vector<double> means_;  // of the points lived, in their order
  Keeping keeping_;
  const Keeping::State state_ = [this] { return State(); };
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
