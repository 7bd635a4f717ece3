#include "scenarios/exposure/measure.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "scenarios/exposure/look_for.h"
#include "scenarios/exposure/possible.h"
#include "scenarios/exposure/readings.h"
#include "scenarios/year/living.h"
#include "scenarios/year/statistics.h"

namespace cotejo::exposure {
namespace {

constexpr double kThousand = 1000;

// Staff-years that met each thing that is looked for, by thing and replication.
using Counts = std::vector<std::vector<std::int64_t>>;

const base::Text kNotRead = {"no se dio el texto leído del otro modo",
                             "the text read the other way was not given"};

// What is looked for in each year: first the sights, and then what each reading changes.
struct Wanted {
  std::vector<const Sight*> sights;
  std::vector<const ReadOtherwise*> readings;
  [[nodiscard]] std::size_t size() const { return sights.size() + readings.size(); }
};

class Run {
 public:
  Run(const rules::Ruleset& rules, const year::Setting& setting,
      const population::Population& population, const year::Options& options, const Terms& terms,
      const Wanted& things, const std::vector<int>& numbers)
      : rules_(rules),
        setting_(setting),
        population_(population),
        options_(options),
        terms_(terms),
        things_(things),
        numbers_(numbers),
        wanted_(rules.rules.size()),
        counts_(things.size(), std::vector<std::int64_t>(At(options.replications))),
        done_(At(options.replications)) {
    for (const Sight* sight : things.sights) {
      for (const rules::RuleId rule : LookedAt(*sight)) wanted_[rule.index()] = true;
    }
  }

  void All() {
    const unsigned machine = std::max(1U, std::thread::hardware_concurrency());
    const int wanted = options_.threads > 0 ? options_.threads : static_cast<int>(machine);
    std::vector<std::thread> others;
    for (int i = 1; i < wanted; ++i) others.emplace_back([this] { Work(); });
    Work();
    for (std::thread& other : others) other.join();
  }

  // Replications that were finished: the first ones, with none left out.
  [[nodiscard]] int Finished() const {
    return static_cast<int>(std::find(done_.begin(), done_.end(), false) - done_.begin());
  }
  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] const std::optional<base::Text>& fault() const { return fault_; }

 private:
  static std::size_t At(int index) { return static_cast<std::size_t>(index); }

  // What one thread uses again and again.
  struct Worker {
    explicit Worker(const Run& of)
        : succession(of.setting_, of.population_, of.options_.seed),
          behavior(of.population_, of.setting_.eligibility, of.setting_.year, of.setting_.shifts,
                   of.options_.seed),
          living(of.setting_, of.population_, succession, behavior, of.NoticesFrom()),
          evaluator(of.setting_.plans.front().plan,
                    year::Everything(of.setting_.plans.front().plan), of.setting_.year) {
      for (const ReadOtherwise* reading : of.things_.readings)
        others.emplace_back(*reading, of.population_, of.options_.seed);
    }

    year::Succession succession;
    year::Behavior behavior;
    year::Living living;
    year::Evaluator evaluator;
    std::deque<OtherJudge> others;  // by reading
    Received received;              // of the stay being lived
    std::vector<bool> met;          // by thing: in the year of the post
  };

  // A replication is done whole by one thread: nothing that is written is shared.
  void Work() {
    Worker worker(*this);
    while (!failed_) {
      const int replication = next_++;
      if (replication >= options_.replications) return;
      for (std::size_t post = 0; post < population_.staff.size(); ++post) {
        if (options_.stop != nullptr && *options_.stop) return;
        Live(post, replication, worker);
        if (const year::Evaluator* failed = Failed(worker)) return Fail(failed->fault());
        if (options_.progress != nullptr) ++*options_.progress;
      }
      const std::lock_guard lock(ending_);
      done_[At(replication)] = true;
    }
  }

  // The earliest arrival of which some text makes something.
  [[nodiscard]] std::int64_t NoticesFrom() const {
    std::int64_t from = setting_.notices_from;
    for (const ReadOtherwise* reading : things_.readings)
      from = std::min(from, reading->setting().notices_from);
    return from;
  }

  static const year::Evaluator* Failed(const Worker& worker) {
    if (worker.evaluator.failed()) return &worker.evaluator;
    for (const OtherJudge& other : worker.others) {
      if (other.evaluator().failed()) return &other.evaluator();
    }
    return nullptr;
  }

  // A staff-year is that of a post: whoever of those who hold it in turn may meet something.
  void Live(std::size_t post, int replication, Worker& worker) {
    worker.met.assign(things_.size(), false);
    std::optional<year::Occupant> now =
        worker.succession.First(post, static_cast<std::uint32_t>(replication));
    while (now) {
      const year::Lived lived = worker.living.Live(0, *now, worker.evaluator);
      if (worker.evaluator.failed()) return;
      Look(worker);
      Read(*now, *lived.events, worker);
      now = worker.succession.Next(*now, lived.stay.tenure.last);
    }
    for (std::size_t s = 0; s < things_.size(); ++s) {
      if (worker.met[s]) ++counts_[s][At(replication)];
    }
  }

  // The same facts, read otherwise.
  void Read(const year::Occupant& occupant, const std::vector<year::Event>& events,
            Worker& worker) {
    if (worker.others.empty()) return;
    Receive(setting_.plans.front().plan, setting_.year, numbers_, worker.evaluator,
            worker.received);
    for (std::size_t r = 0; r < worker.others.size(); ++r) {
      const std::size_t thing = things_.sights.size() + r;
      if (!worker.met[thing] &&
          worker.others[r].Differs(occupant, events, worker.received, setting_.unit))
        worker.met[thing] = true;
    }
  }

  void Look(Worker& worker) {
    const Lived lived = FromSimulator(setting_.plans.front().plan, setting_.year, terms_, wanted_,
                                      worker.evaluator);
    for (std::size_t s = 0; s < things_.sights.size(); ++s) {
      if (!worker.met[s] && Met(*things_.sights[s], rules_, lived)) worker.met[s] = true;
    }
  }

  void Fail(const base::Text& fault) {
    const std::lock_guard lock(ending_);
    failed_ = true;
    if (!fault_) fault_ = fault;
  }

  const rules::Ruleset& rules_;
  const year::Setting& setting_;
  const population::Population& population_;
  const year::Options& options_;
  const Terms& terms_;
  const Wanted& things_;
  const std::vector<int>& numbers_;  // of rules, as the readings have them
  std::vector<bool> wanted_;
  Counts counts_;
  std::mutex ending_;  // of the next two
  std::vector<bool> done_;
  std::optional<base::Text> fault_;
  std::atomic<int> next_ = 0;
  std::atomic<bool> failed_ = false;
};

// The mean over replications and its interval. When no year met it, or all did, the replications
// do not differ and Student's interval would be a point: it is then the exact one of a proportion.
Figure Describe(std::vector<std::int64_t> counts, int replications, std::int64_t staff) {
  counts.resize(static_cast<std::size_t>(replications));
  Figure figure;
  for (const std::int64_t count : counts) figure.met += count;
  const std::int64_t years = staff * replications;
  const double one_sided = kThousand * std::pow(0.025, 1.0 / static_cast<double>(years));
  if (figure.met == 0) {
    figure.high = kThousand - one_sided;
    return figure;
  }
  const year::Statistics statistics = year::Describe(counts, staff);
  figure.per_thousand = kThousand * statistics.mean;
  figure.low = figure.met == years ? one_sided : std::max(0.0, kThousand * statistics.ci_low);
  figure.high = std::min(kThousand, kThousand * statistics.ci_high);
  return figure;
}

base::Text TooFew(int smallest) {
  const std::string few = std::to_string(smallest);
  return {"el personal tiene menos de " + few + " personas",
          "the staff has fewer than " + few + " people"};
}

// What becomes of each finding: a plan, and for an ambiguity the text read otherwise.
struct Planned {
  std::vector<Plan> plans;
  std::map<std::size_t, std::unique_ptr<ReadOtherwise>> readings;  // by finding
  std::vector<int> numbers;                                        // of the rules of the text

  [[nodiscard]] Wanted Things() const {
    Wanted things;
    for (const Plan& plan : plans) {
      if (plan.why_not.empty() && plan.sight) things.sights.push_back(&*plan.sight);
    }
    for (const auto& [finding, reading] : readings) things.readings.push_back(reading.get());
    return things;
  }
};

Planned PlanAll(const rules::Ruleset& rules, const std::vector<base::Finding>& findings,
                const population::Population& population, const Options& options,
                const year::Setting& setting, const Terms& terms) {
  const bool few = static_cast<int>(population.staff.size()) < options.smallest_group;
  Planned planned;
  RuleNumbers numbers;
  planned.numbers = numbers.Of(rules);
  for (std::size_t f = 0; f < findings.size(); ++f) {
    planned.plans.push_back(LookFor(rules, setting.plans.front().plan.families, terms,
                                    setting.procedures.front(), findings[f]));
    Plan& plan = planned.plans.back();
    if (!plan.why_not.empty()) continue;
    if (few) {
      plan.why_not = TooFew(options.smallest_group);
    } else if (const auto* begun = plan.sight ? std::get_if<Begun>(&*plan.sight) : nullptr) {
      std::set<rules::FactKindId> kinds = begun->kinds;
      for (const rules::RuleId rule : begun->rules) kinds.insert(rules.rule(rule).subject.kind);
      plan.why_not = NeverHappens(setting, population, kinds);
    } else if (plan.sight) {
      plan.why_not = NeverHappens(setting, population, plan.facts);
    } else {
      const auto other =
          std::find_if(options.readings.begin(), options.readings.end(),
                       [&](const OtherReading& r) { return r.finding == findings[f].id; });
      plan.why_not = kNotRead;
      if (other == options.readings.end()) continue;
      plan.why_not = {};
      auto made = ReadOtherwise::Make(rules, other->rules, population, options.year.gestion,
                                      numbers, plan.why_not);
      if (made) planned.readings[f] = std::move(made);
    }
  }
  return planned;
}

}  // namespace

std::optional<ExposureReport> Measure(const rules::Ruleset& rules,
                                      const std::vector<base::Finding>& findings,
                                      const population::Population& population,
                                      const Options& options, base::Diagnostics& diagnostics) {
  const auto setting = year::Prepare({&rules}, population, options.year.gestion, diagnostics);
  if (!setting) return std::nullopt;
  const Terms terms = TermsOf(setting->plans.front().plan.families);
  const Planned planned = PlanAll(rules, findings, population, options, *setting, terms);
  const Wanted things = planned.Things();
  Run run(rules, *setting, population, options.year, terms, things, planned.numbers);
  if (things.size() > 0) run.All();
  if (run.fault()) {
    diagnostics.Add({"simulación-sin-valor", base::Severity::Error, {}, *run.fault(), {}, {}});
    return std::nullopt;
  }
  ExposureReport report;
  report.population = population.name;
  report.gestion = options.year.gestion;
  report.seed = options.year.seed;
  report.replications = things.size() == 0 ? options.year.replications : run.Finished();
  report.staff = static_cast<int>(population.staff.size());
  if (report.replications < 2) {
    diagnostics.Add({"simulación-interrumpida",
                     base::Severity::Error,
                     {},
                     {"la simulación se interrumpió antes de terminar dos réplicas",
                      "the simulation was interrupted before two replications were done"},
                     {},
                     {}});
    return std::nullopt;
  }
  std::size_t sight = 0;
  std::size_t reading = things.sights.size();
  for (std::size_t f = 0; f < findings.size(); ++f) {
    const Plan& plan = planned.plans[f];
    Exposure exposure;
    exposure.finding = findings[f].id;
    exposure.why_not = plan.why_not;
    if (plan.why_not.empty()) {
      exposure.counted = plan.counted;
      exposure.figure = Describe(run.counts()[plan.sight ? sight++ : reading++],
                                 report.replications, report.staff);
      if (exposure.figure->met == 0) exposure.why_not = NobodyHas(*setting, findings[f].witness);
      if (!exposure.why_not.empty()) exposure.figure.reset();
    }
    report.findings.push_back(std::move(exposure));
  }
  return report;
}

}  // namespace cotejo::exposure
