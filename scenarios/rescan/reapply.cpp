// From what amendments change of the kept months to a forecast.
#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/rescan/changes.h"
#include "scenarios/rescan/rescan.h"
#include "scenarios/rescan/scan.h"
#include "scenarios/year/reach.h"
#include "scenarios/year/statistics.h"
#include "scenarios/year/unseen.h"

namespace cotejo::rescan {
namespace {

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

using Values = std::vector<std::vector<std::int64_t>>;  // by cell and replication

class Reapplication {
 public:
  Reapplication(const MonthFacts& facts, const std::vector<year::RegulationInput>& regulations,
                const population::Population& population, base::Diagnostics& diagnostics)
      : facts_(facts),
        regulations_(regulations),
        population_(population),
        diagnostics_(diagnostics) {}

  std::optional<year::Forecast> Run() {
    std::vector<const rules::Ruleset*> rules;
    for (const year::RegulationInput& regulation : regulations_)
      rules.push_back(regulation.rules.get());
    setting_ = year::Prepare(rules, population_, facts_.gestion, diagnostics_);
    if (!setting_) return std::nullopt;
    const year::Tables tables(*setting_, population_);
    cells_ = tables.cells();
    year::TellReachOfTables(year::ReachOf(*setting_, tables, population_, 0), cells_);
    TakeBase();
    differences_.resize(regulations_.size());
    bool all = true;
    for (std::size_t k = 1; k < regulations_.size(); ++k) all = Amend(k) && all;
    if (!all) return std::nullopt;
    return Report();
  }

 private:
  // What was kept, in the cells of all the regulations: an article that only an amendment has
  // counts nothing under the text in force.
  void TakeBase() {
    std::map<std::string, const Result*> kept;
    for (const Result& result : facts_.results) kept[result.key] = &result;
    Values base;
    for (const year::Cell& cell : cells_) {
      const auto found = kept.find(cell.key);
      std::vector<std::int64_t> values(At(facts_.replications));
      if (found != kept.end()) {
        values = found->second->values;
        for (std::int64_t& value : values) value *= cell.scale / found->second->scale;
      }
      base.push_back(std::move(values));
    }
    values_.push_back(std::move(base));
  }

  bool Amend(std::size_t k) {
    const std::string& name = regulations_[k].id;
    const auto effects = EffectsOf(facts_, *setting_, k, name, cells_, population_, diagnostics_);
    if (!effects) return false;
    const auto scan = Scan::Prepare(facts_, *effects, setting_->unit, cells_, population_);
    if (!scan) {
      RefuseToReapply(name,
                      {"un descuento es demasiado grande para sumarlo",
                       "a deduction is too large to be added up"},
                      {}, diagnostics_);
      return false;
    }
    differences_[k] = scan->Run();
    Values values = values_.front();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const std::vector<std::int64_t> changed = Changed(k, i);
      for (std::size_t r = 0; r < changed.size(); ++r) values[i][r] += changed[r];
    }
    values_.push_back(std::move(values));
    return true;
  }

  // What regulation `k` changes of a cell, by replication.
  [[nodiscard]] std::vector<std::int64_t> Changed(std::size_t k, std::size_t cell) const {
    const auto first = differences_[k].values.begin() +
                       static_cast<std::ptrdiff_t>(cell * At(facts_.replications));
    return {first, first + facts_.replications};
  }

  // What each person is deducted in a month is not kept, but by article.
  [[nodiscard]] bool IsOverTheCap(std::size_t cell) const {
    return cells_[cell].key.starts_with("descuentos/sobre_el_tope/");
  }

  // As in a simulation: what nobody ever met says nothing. Of the steps of procedures nothing is
  // kept, so there is nothing to say.
  [[nodiscard]] bool Hidden(std::size_t cell) const {
    const std::string& table = cells_[cell].table;
    if (table == "trámites" || IsOverTheCap(cell)) return true;
    if (cells_[cell].total || (table != "contradicciones" && table != "huecos")) return false;
    return std::all_of(values_.begin(), values_.end(), [&](const Values& values) {
      return std::all_of(values[cell].begin(), values[cell].end(),
                         [](std::int64_t value) { return value == 0; });
    });
  }

  year::Forecast Report() {
    year::Forecast forecast;
    forecast.gestion = facts_.gestion;
    forecast.seed = facts_.seed;
    forecast.replications = facts_.replications;
    forecast.staff = static_cast<int>(facts_.staff);
    forecast.population = facts_.population_name;
    forecast.engine = ScanEngine();
    forecast.assumptions = facts_.assumptions;
    forecast.assumptions.push_back(
        {"las enmiendas se aplicaron a los hechos guardados de cada mes, sin simular a nadie",
         "amendments were applied to the facts kept of each month, without simulating anybody"});
    if (!population_.procedures.empty())
      forecast.assumptions.push_back(
          {"de los trámites no se guarda nada: su cuadro sólo sale con simular y comparar",
           "nothing is kept of procedures: their table comes only with simulate and compare"});
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (!IsOverTheCap(i)) continue;
      forecast.assumptions.push_back(
          {"cuánto de lo descontado pasa del tope de un mes sólo sale con simular y comparar",
           "how much of the deductions is over the cap of a month comes only with simulate and "
           "compare"});
      break;
    }
    for (const auto& regulation : regulations_)
      forecast.regulations.push_back({regulation.id, regulation.title, {}, {}, {}, {}});
    for (std::size_t k = 1; k < regulations_.size(); ++k) {
      year::TellUnseen(year::Unseen(*setting_, population_.names, k, regulations_[k].title), k,
                       forecast);
    }
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (Hidden(i)) continue;
      forecast.cells.push_back(cells_[i]);
      for (std::size_t k = 0; k < regulations_.size(); ++k) {
        year::RegulationResult& result = forecast.regulations[k];
        result.values.push_back(values_[k][i]);
        result.statistics.push_back(year::Describe(values_[k][i], cells_[i].scale));
        year::BoundTheUnseen(cells_[i], facts_.replications, result.statistics.back());
        if (k > 0) result.difference.push_back(year::Describe(Changed(k, i), cells_[i].scale));
      }
    }
    for (const Series& series : facts_.series) forecast.series.push_back(Amended(series));
    return forecast;
  }

  // Means by month: the sums they come from are whole, and so is what the amendment adds.
  [[nodiscard]] year::MonthSeries Amended(const Series& series) const {
    year::MonthSeries amended{series.key, series.label, series.months, {}};
    const bool of_days = series.key == "descuentos/días";
    const bool of_pay = series.key == "descuentos/Bs";
    const double scale = of_pay ? 100 : static_cast<double>(setting_->unit);
    for (std::size_t k = 1; k < regulations_.size(); ++k) {
      std::vector<double> months = series.months;
      for (std::size_t m = 0; (of_days || of_pay) && m < kMonths; ++m) {
        const double sum = std::round(months[m] * scale * facts_.replications);
        const std::int64_t added = of_pay ? differences_[k].centavos[m] : differences_[k].days[m];
        months[m] = (sum + static_cast<double>(added)) / scale / facts_.replications;
      }
      amended.amended.push_back(std::move(months));
    }
    return amended;
  }

  const MonthFacts& facts_;
  const std::vector<year::RegulationInput>& regulations_;
  const population::Population& population_;
  base::Diagnostics& diagnostics_;
  std::optional<year::Setting> setting_;
  std::vector<year::Cell> cells_;
  std::vector<Values> values_;  // by regulation
  std::vector<Differences> differences_;
};

std::nullopt_t Foreign(const base::Text& what, base::Diagnostics& diagnostics) {
  diagnostics.Add(
      {"hechos-ajenos",
       base::Severity::Error,
       {},
       {"los hechos guardados son de otra cosa: no es " + what.es + " de entonces",
        "the facts were kept of something else: it is not the " + what.en + " of that time"},
       {"guárdelos otra vez con simular --guardar-hechos",
        "keep them again with simulate --keep-facts"},
       {}});
  return std::nullopt;
}

}  // namespace

std::optional<year::Forecast> Reapply(const MonthFacts& facts,
                                      const std::vector<year::RegulationInput>& regulations,
                                      const population::Population& population,
                                      const std::string& people, base::Diagnostics& diagnostics) {
  if (population.deterrence) {
    for (std::size_t k = 1; k < regulations.size(); ++k)
      RefuseToReapply(regulations[k].id,
                      {"con «[disuasion]» la gente responde a lo que el texto le hace",
                       "with '[disuasion]' people answer to what the text does to them"},
                      {}, diagnostics);
    return std::nullopt;
  }
  if (facts.regulation != DigestOf(*regulations.front().rules))
    return Foreign({"la regulación (o sus lecturas)", "regulation (or its readings)"}, diagnostics);
  if (facts.population != people || facts.staff != population.staff.size())
    return Foreign({"la población", "population"}, diagnostics);
  return Reapplication(facts, regulations, population, diagnostics).Run();
}

}  // namespace cotejo::rescan
