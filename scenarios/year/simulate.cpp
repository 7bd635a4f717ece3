#include "scenarios/year/simulate.h"

#include <algorithm>
#include <thread>

#include "scenarios/year/assumptions.h"
#include "scenarios/year/statistics.h"
#include "scenarios/year/tables.h"

namespace cotejo::year {
namespace {

// Replications are done some at a time, so that an interrupted run has finished ones.
constexpr int kBlock = 4;

class Run {
 public:
  Run(const Setting& setting, const Tables& tables, const population::Population& population,
      const Options& options)
      : setting_(setting),
        tables_(tables),
        population_(population),
        options_(options),
        blocks_((options.replications + kBlock - 1) / kBlock),
        finished_(static_cast<std::size_t>(blocks_)) {}

  // The sums of all threads.
  Totals All() {
    const unsigned machine = std::max(1U, std::thread::hardware_concurrency());
    const auto wanted = static_cast<std::size_t>(options_.threads > 0 ? options_.threads
                                                                      : static_cast<int>(machine));
    std::vector<Totals> sums(wanted, tables_.Empty());
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < wanted; ++i) others.emplace_back([&, i] { Work(sums[i]); });
    Work(sums[0]);
    for (std::thread& other : others) other.join();
    for (std::size_t i = 1; i < wanted; ++i) sums[0].Add(sums[i]);
    return std::move(sums[0]);
  }

  // Replications of which every person was done: the first ones, with none left out.
  [[nodiscard]] int Finished() const {
    int blocks = 0;
    while (blocks < blocks_ && finished_[static_cast<std::size_t>(blocks)] ==
                                   static_cast<std::int64_t>(population_.staff.size()))
      ++blocks;
    return std::min(blocks * kBlock, options_.replications);
  }

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] const base::Text& fault() const { return fault_; }

 private:
  // What one thread uses again and again.
  struct Worker {
    Behavior behavior;
    std::vector<Evaluator> evaluators;  // by regulation
    std::vector<Order> orders;          // by regulation, with the numbers of its revision
    Patch patch;
  };

  void Work(Totals& totals) {
    Worker worker{
        {population_, setting_.eligibility, setting_.year, setting_.shifts, options_.seed},
        {},
        {},
        {}};
    for (std::size_t k = 0; k < setting_.plans.size(); ++k) {
      const Plan& plan = setting_.plans[k].plan;
      worker.evaluators.emplace_back(plan, setting_.agendas[k], setting_.year);
      worker.orders.emplace_back(plan, &setting_.revisions[k].own_qualification);
    }
    const auto people = static_cast<std::int64_t>(population_.staff.size());
    while (!failed_) {
      if (options_.stop != nullptr && *options_.stop) return;
      const std::int64_t item = next_++;
      if (item >= people * blocks_) return;
      const auto block = static_cast<int>(item / people);
      const auto person = static_cast<std::size_t>(item % people);
      const int last = std::min((block + 1) * kBlock, options_.replications);
      for (int r = block * kBlock; r < last; ++r)
        Live(person, static_cast<std::uint32_t>(r), worker, totals);
      ++finished_[static_cast<std::size_t>(block)];
      if (options_.progress != nullptr) *options_.progress += last - block * kBlock;
    }
  }

  // One year of one person, judged by each regulation.
  void Live(std::size_t person, std::uint32_t replication, Worker& worker, Totals& totals) {
    const std::vector<Event>& events =
        worker.behavior.Live(person, *setting_.work[person], replication, setting_.notices_from);
    std::vector<Evaluator>& evaluators = worker.evaluators;
    Evaluator& base = evaluators.front();
    Feed(setting_, setting_.plans.front(), person, events, base);
    base.Run();
    const Year year{0, 0, 1, person, replication, events};
    const Standing standing = base.failed() ? Standing{} : tables_.Add(year, base, totals);
    for (std::size_t k = 1; k < evaluators.size() && !base.failed(); ++k) {
      switch (
          base.Compare(setting_.revisions[k], setting_.plans[k], worker.orders[k], worker.patch)) {
        case Difference::None:
          break;
        case Difference::Patch:
          tables_.AddPatch({k, k, 1, person, replication, events}, worker.patch, standing, base,
                           totals);
          break;
        case Difference::Facts:
          Feed(setting_, setting_.plans[k], person, events, evaluators[k]);
          evaluators[k].Run();
          if (evaluators[k].failed()) return Fail(evaluators[k].fault());
          tables_.Add({k, k, 1, person, replication, events}, evaluators[k], totals);
          if (evaluators[k].failed()) return Fail(evaluators[k].fault());
          tables_.Add({0, k, -1, person, replication, events}, base, totals);
          break;
      }
    }
    if (base.failed()) Fail(base.fault());
  }

  void Fail(const base::Text& fault) {
    if (!failed_.exchange(true)) fault_ = fault;
  }

  const Setting& setting_;
  const Tables& tables_;
  const population::Population& population_;
  const Options& options_;
  int blocks_;
  std::atomic<std::int64_t> next_ = 0;
  std::vector<std::atomic<std::int64_t>> finished_;  // by block: people done
  std::atomic<bool> failed_ = false;
  base::Text fault_;
};

// ---- from sums to a forecast -----------------------------------------------------

std::vector<std::int64_t> Cut(const std::vector<std::int64_t>& values, std::size_t line,
                              std::size_t stride, std::size_t count) {
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(line * stride);
  return {first, first + static_cast<std::ptrdiff_t>(count)};
}

double MonthMean(const Totals& totals, std::size_t regulation, int series, int month,
                 std::size_t stride, std::size_t count, double scale) {
  std::int64_t sum = 0;
  for (const std::int64_t value :
       Cut(totals.months[regulation],
           static_cast<std::size_t>(series) * kMonths + static_cast<std::size_t>(month), stride,
           count))
    sum += value;
  return static_cast<double>(sum) / scale / static_cast<double>(count);
}

void AddSeries(const Setting& setting, const population::Population& population,
               const Totals& totals, std::size_t stride, std::size_t count, Forecast& forecast) {
  const auto unit = static_cast<double>(setting.unit);
  const std::string& kind = population.names.series_kind;
  const std::string& field = population.names.series_field;
  const struct {
    std::string key;
    base::Text label;
    double scale;
  } all[kSeriesCount] = {
      {"atrasos", {field + " de " + kind + " al mes", field + " of " + kind + " a month"}, unit},
      {"descuentos/días", {"días descontados al mes", "days deducted a month"}, unit},
      {"descuentos/Bs", {"Bs descontados al mes", "Bs deducted a month"}, 100},
  };
  for (int s = 0; s < kSeriesCount; ++s) {
    MonthSeries series{all[s].key, all[s].label, {}, {}};
    for (std::size_t r = 0; r < totals.months.size(); ++r) {
      std::vector<double> months;
      for (int m = 0; m < kMonths; ++m)
        months.push_back(MonthMean(totals, r, s, m, stride, count, all[s].scale));
      if (r == 0) {
        series.base = std::move(months);
      } else {
        series.amended.push_back(std::move(months));
      }
    }
    forecast.series.push_back(std::move(series));
  }
}

void AddResults(const std::vector<RegulationInput>& regulations, const Tables& tables,
                const Totals& totals, std::size_t stride, std::size_t count, Forecast& forecast) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < tables.cells().size(); ++i) {
    if (tables.Hidden(i, totals)) continue;
    shown.push_back(i);
    forecast.cells.push_back(tables.cells()[i]);
  }
  for (std::size_t r = 0; r < regulations.size(); ++r) {
    RegulationResult result;
    result.id = regulations[r].id;
    result.title = regulations[r].title;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const std::int64_t scale = forecast.cells[i].scale;
      result.values.push_back(Cut(totals.values[r], shown[i], stride, count));
      result.statistics.push_back(Describe(result.values.back(), scale));
      if (r > 0)
        result.difference.push_back(
            DescribeDifference(forecast.regulations[0].values[i], result.values.back(), scale));
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

std::optional<Forecast> Simulate(const std::vector<RegulationInput>& regulations,
                                 const population::Population& population, const Options& options,
                                 base::Diagnostics& diagnostics) {
  if (!CheckOptions(regulations, population, options, diagnostics)) return std::nullopt;
  std::vector<const rules::Ruleset*> rules;
  for (const RegulationInput& regulation : regulations) rules.push_back(regulation.rules.get());
  const auto setting = Prepare(rules, population, options.gestion, diagnostics);
  if (!setting) return std::nullopt;
  const Tables tables(*setting, population, options.replications);
  Run run(*setting, tables, population, options);
  Totals totals = run.All();
  Tables::Finish(totals);
  if (run.failed()) {
    diagnostics.Add({"simulación-sin-valor", base::Severity::Error, {}, run.fault(), {}, {}});
    return std::nullopt;
  }
  const int finished = run.Finished();
  if (finished < 2) {
    diagnostics.Add({"simulación-interrumpida",
                     base::Severity::Error,
                     {},
                     {"la simulación se interrumpió antes de terminar dos réplicas",
                      "the simulation was interrupted before two replications were done"},
                     {},
                     {}});
    return std::nullopt;
  }
  Forecast forecast;
  forecast.gestion = options.gestion;
  forecast.seed = options.seed;
  forecast.replications = finished;
  forecast.staff = static_cast<int>(population.staff.size());
  forecast.population = population.name;
  forecast.engine = ScanEngine();
  forecast.assumptions = Assumptions(*setting, population, options, finished);
  const auto stride = static_cast<std::size_t>(options.replications);
  const auto count = static_cast<std::size_t>(finished);
  AddResults(regulations, tables, totals, stride, count, forecast);
  AddSeries(*setting, population, totals, stride, count, forecast);
  return forecast;
}

}  // namespace cotejo::year
