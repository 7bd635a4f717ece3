// Another scale asked of kept months: vectorised, and as one would first write it.
#include <benchmark/benchmark.h>
#include <hwy/highway.h>

#include <map>
#include <memory>

#include "model/rules/resolve.h"
#include "scenarios/amendments/apply.h"
#include "scenarios/rescan/rescan.h"
#include "scenarios/rescan/scan.h"
#include "scenarios/year/tables.h"

namespace cotejo::benchmarks {
namespace {

// Every row of the RIP's scale of late minutes is another.
constexpr const char* kScale = R"(
sustituye escala atraso_mensual cita RIP:45.I sobre atraso por mes
  según minutos_de_atraso falta leve política única
  | 1 .. 20   | sin sanción       |
  | 21 .. 40  | descuento 1/4 día |
  | 41 .. 65  | descuento 1/2 día |
  | 66 .. 95  | descuento 1 día   |
  | 96 .. 130 | descuento 2 días  |
  | 131 ..    | descuento 5 días  | cuando vez_de_atraso_extremo = 1)";

// The RIP, the amendment and the months kept of a staff of the library.
class Kept {
 public:
  Kept(const std::string& staff, int replications) {
    const std::string root = COTEJO_SOURCE_DIR;
    rip_ = rules::LoadRegulation(sources_, root + "/regulations/rip-2025", {}, diagnostics_);
    population_ =
        population::LoadPopulation(sources_, root + "/scenarios/library/" + staff, diagnostics_);
    population_.turnover.reset();  // the plain walk knows of one person a post
    program_ = rules::BuildProgram(sources_, rip_.files);
    const std::string text =
        std::string("```norma\nenmienda e \"e\" sobre RIP\n") + kScale + "\n```\n";
    amendment_ = amendments::ParseAmendment(sources_, sources_.Add("e", text), diagnostics_);
    amended_program_ = amendments::Apply(program_, amendment_, diagnostics_);
    const auto amended = rules::Resolve(sources_, amended_program_, {}, diagnostics_);
    if (diagnostics_.has_errors()) return;
    year::Options options;
    options.gestion = 2026;
    options.replications = replications;
    const year::RegulationInput base{"base", {"base", "base"}, rip_.rules};
    const auto forecast = year::Simulate({base}, population_, options, diagnostics_);
    if (!forecast) return;
    facts_ = rescan::Keep(base, population_, "", options, *forecast, diagnostics_);
    setting_ = year::Prepare({rip_.rules.get(), amended.get()}, population_, options.gestion,
                             diagnostics_);
    amended_ = amended;
    if (!facts_ || !setting_) return;
    cells_ = year::Tables(*setting_, population_).cells();
    effects_ = rescan::EffectsOf(*facts_, *setting_, 1, "e", cells_, population_, diagnostics_);
    if (!effects_) return;
    auto scan = rescan::Scan::Prepare(*facts_, *effects_, setting_->unit, cells_, population_);
    if (scan) scan_.emplace(std::move(*scan));
  }

  [[nodiscard]] bool ready() const { return scan_.has_value(); }
  [[nodiscard]] std::int64_t years() const {
    return static_cast<std::int64_t>(facts_->staff) * facts_->replications;
  }
  [[nodiscard]] rescan::Differences Scan() const { return scan_->Run(); }
  [[nodiscard]] rescan::Differences Plainly() const;

 private:
  [[nodiscard]] int CellOf(const std::string& key) const {
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].key == key) return static_cast<int>(i);
    }
    return -1;
  }

  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  rules::Regulation rip_;
  population::Population population_;
  rules::Program program_, amended_program_;
  amendments::Amendment amendment_;
  std::shared_ptr<const rules::Ruleset> amended_;
  std::optional<rescan::MonthFacts> facts_;
  std::optional<year::Setting> setting_;
  std::vector<year::Cell> cells_;
  std::optional<rescan::Effects> effects_;
  std::optional<rescan::Scan> scan_;
};

// Person by person and month by month, what the stretch of its state says.
rescan::Differences Kept::Plainly() const {
  const rescan::MonthFacts& facts = *facts_;
  const auto replications = static_cast<std::size_t>(facts.replications);
  const std::int64_t unit = setting_->unit;
  const auto total = static_cast<std::size_t>(CellOf("descuentos/centavos/total"));
  const int flags[] = {CellOf("personas/sancionadas/total"), CellOf("personas/con_descuento"),
                       CellOf("personas/con_destitución_o_retiro")};
  std::vector<int> groups;
  for (const std::string& group : population_.groups)
    groups.push_back(CellOf("personas/sancionadas/" + group));
  rescan::Differences differences;
  differences.values.resize(cells_.size() * replications);
  for (std::size_t r = 0; r < replications; ++r) {
    for (std::size_t person = 0; person < facts.staff; ++person) {
      std::int64_t standings[rescan::kStandings] = {};
      const auto add = [&](int cell, std::int64_t amount) {
        differences.values[static_cast<std::size_t>(cell) * replications + r] += amount;
      };
      for (std::size_t c = 0; c < facts.columns.size(); ++c) {
        const rescan::Column& column = facts.columns[c];
        for (int month = 0; month < rescan::kMonths; ++month) {
          const auto m = static_cast<std::size_t>(month);
          const std::uint8_t* codes =
              column.codes.data() + facts.place(column, static_cast<int>(r), month);
          const int code =
              column.wide ? codes[2 * person] + 256 * codes[2 * person + 1] : codes[person];
          for (const rescan::Stretch& stretch : effects_->stretches[c][m]) {
            if (code < stretch.low || code > stretch.high) continue;
            const rescan::Effect& effect = effects_->all[static_cast<std::size_t>(stretch.effect)];
            for (const auto& [cell, amount] : effect.counts) add(cell, amount);
            differences.days[m] += effect.days;
            for (std::size_t s = 0; s < rescan::kStandings; ++s)
              standings[s] += effect.standings[s];
            for (const rescan::Effect::Pay& pay : effect.pays) {
              const std::int64_t day = facts.pay[facts.pay_of[person]][m] * (unit / facts.unit);
              const base::Wide bottom = static_cast<base::Wide>(unit) * unit;
              const auto centavos = static_cast<std::int64_t>(
                  (2 * static_cast<base::Wide>(pay.days) * day * 100 + bottom) / (2 * bottom));
              add(pay.cell, pay.times * centavos);
              if (!pay.counted) continue;
              differences.values[total * replications + r] += pay.times * centavos;
              differences.centavos[m] += pay.times * centavos;
            }
            break;
          }
        }
      }
      for (std::size_t s = 0; s < rescan::kStandings; ++s) {
        const std::int64_t before = facts.standings[s][r * facts.rows() + person];
        const int change = (before + standings[s] > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
        if (change == 0) continue;
        add(flags[s], change);
        if (s == rescan::kSanctions) add(groups[population_.staff.group[person]], change);
      }
    }
  }
  return differences;
}

const char* StaffOf(std::int64_t people) {
  return people == 220 ? "defensoria-2025.toml" : "defensoria-2000.toml";
}

template <typename Rescan>
void RunRescan(benchmark::State& state, Rescan rescan) {
  const auto people = state.range(0);
  static std::map<std::int64_t, std::unique_ptr<Kept>> kept;
  if (!kept[people])
    kept[people] = std::make_unique<Kept>(StaffOf(people), static_cast<int>(110'000 / people));
  const Kept& months = *kept[people];
  if (!months.ready()) {
    state.SkipWithError("the regulation, the staff or the facts have errors");
    return;
  }
  if (months.Scan() != months.Plainly()) {
    state.SkipWithError("the vectorised rescan and the plain one do not say the same");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(rescan(months).values.data());
  state.SetItemsProcessed(state.iterations() * months.years());
}

void BM_RescanPlain(benchmark::State& state) {
  RunRescan(state, [](const Kept& months) { return months.Plainly(); });
}
BENCHMARK(BM_RescanPlain)->ArgName("staff")->Arg(220)->Arg(2000)->Unit(benchmark::kMillisecond);

void BM_RescanCotejo(benchmark::State& state) {
  RunRescan(state, [](const Kept& months) { return months.Scan(); });
  state.SetLabel(rescan::ScanEngine());
}
BENCHMARK(BM_RescanCotejo)->ArgName("staff")->Arg(220)->Arg(2000)->Unit(benchmark::kMillisecond);

// As on a processor without AVX-512.
void BM_RescanAvx2(benchmark::State& state) {
  if ((hwy::SupportedTargets() & HWY_AVX2) == 0) {
    state.SkipWithError("this processor has no AVX2");
    return;
  }
  hwy::SetSupportedTargetsForTest(HWY_AVX2);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  BM_RescanCotejo(state);
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}
BENCHMARK(BM_RescanAvx2)->ArgName("staff")->Arg(220)->Arg(2000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cotejo::benchmarks
