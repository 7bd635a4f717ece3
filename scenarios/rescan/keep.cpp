// Living the years and keeping what the rules about a month can tell of each.
#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <tuple>

#include "model/rules/content_hash.h"
#include "scenarios/rescan/consequences.h"
#include "scenarios/rescan/facts.h"
#include "scenarios/year/living.h"

namespace cotejo::rescan {
namespace {

using rules::Op;
using rules::Window;
using year::Plan;

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

// A state as a list of numbers, whose order is the order of states: what applied, each as rule,
// number of qualifications, those, number of quantities and those, and then the measures.
using Flat = std::vector<std::int64_t>;

// What is looked at in one subject.
struct Watched {
  int subject = -1;
  std::vector<int> rules;
  std::vector<int> measures;
  std::vector<std::int32_t> nodes;  // by measure: an expression that reads it
};

class Finder {
 public:
  Finder(const Plan& plan, const year::Agenda& agenda) : plan_(plan) {
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
      if (plan.nodes[i].op == Op::Measure)
        node_of_.try_emplace(plan.nodes[i].ref, static_cast<std::int32_t>(i));
    }
    for (const year::PlanStep& step : agenda.steps) {
      if (step.rule >= 0) AddRule(step.rule);
    }
    for (const year::GapScale& gap : plan.gaps) {
      if (ByMonth(gap.subject)) seen_[gap.subject];
    }
  }

  [[nodiscard]] std::vector<Watched> Found() const {
    std::vector<Watched> all;
    for (const auto& [subject, measures] : seen_) {
      Watched watched{subject, {}, {measures.begin(), measures.end()}, {}};
      if (const auto rules = rules_.find(subject); rules != rules_.end())
        watched.rules = rules->second;
      for (const int measure : watched.measures) watched.nodes.push_back(node_of_.at(measure));
      all.push_back(std::move(watched));
    }
    return all;
  }

 private:
  [[nodiscard]] bool ByMonth(int subject) const {
    return plan_.subjects[At(subject)].window == Window::Month;
  }

  void AddRule(int id) {
    const year::PlanRule& rule = plan_.plan_rules[At(id)];
    if (!ByMonth(rule.subject)) return;
    rules_[rule.subject].push_back(id);
    std::set<int>& measures = seen_[rule.subject];
    Look(rule.condition, measures);
    for (const int row : rule.earlier) Look(plan_.plan_rules[At(row)].condition, measures);
  }

  void Look(const year::Condition& condition, std::set<int>& measures) const {
    Look(condition.guard, measures);
    for (const std::int32_t exception : condition.exceptions) Look(exception, measures);
  }

  // A measure "del mismo" has no value for a month.
  void Look(std::int32_t id, std::set<int>& measures) const {
    if (id < 0) return;
    const year::Node& node = plan_.nodes[At(id)];
    for (std::int32_t i = 0; i < node.count; ++i) Look(plan_.args[At(node.first + i)], measures);
    if (node.op == Op::Measure && plan_.measures[At(node.ref)].same_field < 0)
      measures.insert(node.ref);
  }

  const Plan& plan_;
  std::map<int, std::int32_t> node_of_;    // by measure
  std::map<int, std::set<int>> seen_;      // measures by subject
  std::map<int, std::vector<int>> rules_;  // by subject
};

// One thread's people.
class Keeper {
 public:
  Keeper(const year::Setting& setting, const population::Population& population,
         const year::Options& options, const std::vector<Watched>& watched,
         const std::vector<RuleTally>& tallies, MonthFacts& facts,
         std::vector<std::vector<std::uint16_t>>& codes)
      : setting_(setting),
        staff_(setting.plans.front()),
        options_(options),
        watched_(watched),
        tallies_(tallies),
        facts_(facts),
        codes_(codes),
        succession_(setting, population, options.seed),
        behavior_(population, setting.eligibility, setting.year, setting.shifts, options.seed),
        living_(setting, population, succession_, behavior_, setting.notices_from),
        evaluator_(staff_.plan, setting.agendas.front(), setting.year),
        column_of_(staff_.plan.subjects.size(), -1),
        found_(watched.size()),
        now_(watched.size()) {
    for (std::size_t c = 0; c < watched.size(); ++c) {
      column_of_[At(watched[c].subject)] = static_cast<int>(c);
      found_[c].try_emplace(Flat{}, std::uint16_t{0});
    }
  }

  void Do(std::size_t first, std::size_t last) {
    for (std::size_t person = first; person < last && fault_.empty(); ++person) {
      for (int r = 0; r < facts_.replications && fault_.empty(); ++r) {
        if (options_.stop != nullptr && *options_.stop) return;
        Live(person, r);
      }
    }
  }

  [[nodiscard]] const base::Text& fault() const { return fault_; }
  [[nodiscard]] std::vector<Stay>& stays() { return stays_; }
  // By column: the states met, with the numbers they were given here.
  [[nodiscard]] const std::vector<std::map<Flat, std::uint16_t>>& found() const { return found_; }

 private:
  // Everybody who holds the post that year, one after the other.
  void Live(std::size_t post, int replication) {
    const std::size_t first = stays_.size();
    std::optional<year::Occupant> now =
        succession_.First(post, static_cast<std::uint32_t>(replication));
    while (now && fault_.empty()) {
      const year::Stay stay = living_.Live(0, *now, evaluator_).stay;
      for (std::size_t c = 0; c < watched_.size(); ++c) Begin(c);
      for (const year::Applied& applied : evaluator_.applied()) Apply(applied);
      Stand(post, replication, stay.tenure);
      for (std::size_t c = 0; c < watched_.size(); ++c) End(c, stays_.back());
      if (evaluator_.failed()) fault_ = evaluator_.fault();
      now = succession_.Next(*now, stay.tenure.last);
    }
    if (stays_.size() != first + 1 || !stays_.back().closing.empty())
      return Part(post, replication);
    for (std::size_t s = 0; s < kStandings; ++s)
      facts_.standings[s][At(replication) * facts_.rows() + post] = stays_.back().standings[s];
    stays_.pop_back();
  }

  // The post has several people, or part of a month: none of them is in the standings by row.
  void Part(std::size_t post, int replication) {
    for (auto& standing : facts_.standings)
      standing[At(replication) * facts_.rows() + post] = kSeveral;
  }

  void Begin(std::size_t c) {
    for (Month& month : now_[c]) month = {};
    for (const std::int32_t day : evaluator_.JudgedOn(watched_[c].subject)) {
      Month& month = now_[c][At(setting_.year.month[At(day)])];
      month.judged = day;
      month.applied = {0};
    }
  }

  void Apply(const year::Applied& applied) {
    const int subject = evaluator_.subject_of_root(applied.root);
    if (subject < 0 || column_of_[At(subject)] < 0) return;
    const std::size_t number = At(setting_.year.month[At(applied.day)]);
    Month& month = now_[At(column_of_[At(subject)])][number];
    if (applied.day != month.judged || applied.day != evaluator_.MonthLast(number)) {
      fault_ = {"lo que se juzga de un mes no se juzga cuando se cierra",
                "what is judged of a month is not judged when it closes"};
      return;
    }
    Flat& flat = month.applied;
    ++flat.front();
    flat.push_back(applied.rule);
    const std::size_t count = flat.size();
    flat.push_back(0);
    const std::vector<year::ChainLink>& chains = evaluator_.chains();
    for (int link = applied.chain; link != 0; link = chains[At(link)].parent) {
      flat.push_back(chains[At(link)].qualification);
      ++flat[count];
    }
    const std::size_t quantities = staff_.plan.plan_rules[At(applied.rule)].consequences.size();
    flat.push_back(static_cast<std::int64_t>(quantities));
    for (std::size_t q = 0; q < quantities; ++q) flat.push_back(evaluator_.quantity(applied, q));
  }

  void End(std::size_t c, Stay& stay) {
    for (int m = 0; m < kMonths; ++m) {
      Month& month = now_[c][At(m)];
      if (month.judged < 0) continue;
      for (const std::int32_t node : watched_[c].nodes)
        month.applied.push_back(evaluator_.Value(node, month.judged));
      const std::size_t next = found_[c].size();
      if (next > UINT16_MAX) {
        fault_ = {"los meses son demasiado distintos entre sí para guardarlos",
                  "months are too different from one another to be kept"};
        return;
      }
      const auto place =
          found_[c].try_emplace(std::move(month.applied), static_cast<std::uint16_t>(next)).first;
      if (month.judged < setting_.year.month_last[At(m)]) {
        stay.closing[c] = place->second;
        continue;
      }
      const std::size_t line = At(stay.replication) * kMonths + At(m);
      codes_[c][line * facts_.rows() + stay.row] = place->second;
    }
  }

  // What stands of a stay, and the months that ended in it.
  void Stand(std::size_t post, int replication, const year::Tenure& tenure) {
    Stay stay;
    stay.replication = replication;
    stay.row = static_cast<std::uint32_t>(post);
    stay.person = static_cast<std::uint32_t>(tenure.person);
    const std::vector<std::int32_t>& ends = setting_.year.month_last;
    stay.first =
        static_cast<int>(std::lower_bound(ends.begin(), ends.end(), tenure.first) - ends.begin());
    stay.last =
        static_cast<int>(std::upper_bound(ends.begin(), ends.end(), tenure.last) - ends.begin()) -
        1;
    std::array<std::int64_t, kStandings> counts{};
    for (const year::Applied& applied : evaluator_.applied()) {
      if (applied.stands) tallies_[At(applied.rule)].AddTo(counts, applied.in_conflict);
    }
    for (std::size_t s = 0; s < kStandings; ++s) {
      if (counts[s] >= kSeveral)
        fault_ = {"una persona tiene demasiadas sanciones en un año para guardarlas",
                  "somebody has too many sanctions in a year to be kept"};
      stay.standings[s] = static_cast<std::uint16_t>(counts[s]);
    }
    int months = stay.last;
    if (stay.last + 1 < kMonths && tenure.last >= setting_.year.month_first[At(stay.last + 1)]) {
      stay.closing.resize(watched_.size());
      ++months;
    }
    for (int m = stay.first; m <= months; ++m) {
      const std::int64_t pay = evaluator_.DayPay(evaluator_.MonthLast(At(m)));
      if (pay != facts_.pay[facts_.pay_of[tenure.person]][At(m)])
        fault_ = {"la paga de un día depende de cuándo se ingresó o se dejó el puesto",
                  "a day's pay depends on when somebody was hired or left the post"};
    }
    stays_.push_back(stay);
  }

  struct Month {
    std::int32_t judged = -1;  // the day
    Flat applied;
  };

  const year::Setting& setting_;
  const year::StaffPlan& staff_;
  const year::Options& options_;
  const std::vector<Watched>& watched_;
  const std::vector<RuleTally>& tallies_;
  MonthFacts& facts_;
  std::vector<std::vector<std::uint16_t>>& codes_;
  year::Succession succession_;
  year::Behavior behavior_;
  year::Living living_;
  year::Evaluator evaluator_;
  std::vector<Stay> stays_;     // of years in which a post had several people
  std::vector<int> column_of_;  // by subject
  std::vector<std::map<Flat, std::uint16_t>> found_;
  std::vector<std::array<Month, kMonths>> now_;  // by column, of the year being lived
  base::Text fault_;
};

State Parse(const Flat& flat) {
  State state;
  std::size_t at = 0;
  if (flat.empty()) return state;
  state.applied.resize(At(flat[at++]));
  for (Application& applied : state.applied) {
    applied.rule = static_cast<int>(flat[at++]);
    for (std::int64_t left = flat[at++]; left > 0; --left)
      applied.through.push_back(static_cast<int>(flat[at++]));
    for (std::int64_t left = flat[at++]; left > 0; --left) applied.quantities.push_back(flat[at++]);
  }
  state.measures.assign(flat.begin() + static_cast<std::ptrdiff_t>(at), flat.end());
  return state;
}

// The states in order, whoever met them, and the codes with their numbers.
void Number(const std::vector<std::unique_ptr<Keeper>>& keepers,
            const std::vector<std::size_t>& bounds, std::size_t c, MonthFacts& facts,
            const std::vector<std::uint16_t>& codes, Column& column) {
  std::map<Flat, std::size_t> all;
  for (const auto& keeper : keepers) {
    for (const auto& [flat, number] : keeper->found()[c]) all.try_emplace(flat, 0);
  }
  for (auto& [flat, number] : all) {
    number = column.states.size();
    column.states.push_back(Parse(flat));
  }
  column.wide = all.size() > 256;
  column.codes.resize(codes.size() * column.width());
  const std::size_t lines = At(facts.replications) * kMonths;
  for (std::size_t k = 0; k < keepers.size(); ++k) {
    std::vector<std::uint16_t> number_of(keepers[k]->found()[c].size());
    for (const auto& [flat, number] : keepers[k]->found()[c])
      number_of[number] = static_cast<std::uint16_t>(all.at(flat));
    for (Stay& stay : keepers[k]->stays()) {
      if (!stay.closing.empty()) stay.closing[c] = number_of[stay.closing[c]];
    }
    for (std::size_t line = 0; line < lines; ++line) {
      for (std::size_t person = bounds[k]; person < bounds[k + 1]; ++person) {
        const std::size_t row = line * facts.rows() + person;
        const std::uint16_t code = number_of[codes[row]];
        if (column.wide) {
          std::memcpy(&column.codes[2 * row], &code, 2);
        } else {
          column.codes[row] = static_cast<std::uint8_t>(code);
        }
      }
    }
  }
}

// A day's pay must follow from the person and the date alone.
bool PayIsFixed(const Plan& plan, std::int32_t id) {
  const year::Node& node = plan.nodes[At(id)];
  if (node.op == Op::Measure || node.op == Op::Field) return false;
  for (std::int32_t i = 0; i < node.count; ++i) {
    if (!PayIsFixed(plan, plan.args[At(node.first + i)])) return false;
  }
  return true;
}

bool KeepPay(const year::Setting& setting, year::Evaluator& evaluator, MonthFacts& facts) {
  std::map<std::array<std::int64_t, kMonths>, std::uint32_t> known;
  for (std::size_t person = 0; person < facts.staff; ++person) {
    evaluator.Begin(setting.plans.front(), person);
    std::array<std::int64_t, kMonths> months{};
    for (std::size_t m = 0; m < kMonths; ++m)
      months[m] = evaluator.DayPay(setting.year.month_last[m]);
    if (evaluator.failed()) return false;
    const auto [place, added] =
        known.try_emplace(months, static_cast<std::uint32_t>(facts.pay.size()));
    if (added) facts.pay.push_back(months);
    facts.pay_of.push_back(place->second);
  }
  return true;
}

// Beside an amendment days may be counted in smaller parts than the text in force needs.
void KeepResults(const year::Forecast& forecast, MonthFacts& facts) {
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    const year::Cell& cell = forecast.cells[i];
    Result result{cell.key, cell.scale, forecast.regulations.front().values[i]};
    if (cell.unit == year::CellUnit::Days) {
      result.scale = facts.unit;
      for (std::int64_t& value : result.values) value /= cell.scale / facts.unit;
    }
    facts.results.push_back(std::move(result));
  }
  for (const year::MonthSeries& series : forecast.series)
    facts.series.push_back({series.key, series.label, series.base});
  facts.assumptions = forecast.assumptions;
}

std::nullopt_t Refuse(const base::Text& message, base::Diagnostics& diagnostics) {
  diagnostics.Add({"hechos-no-guardados",
                   base::Severity::Error,
                   {},
                   {"no se pueden guardar los hechos de cada mes: " + message.es,
                    "the facts of each month cannot be kept: " + message.en},
                   {},
                   {}});
  return std::nullopt;
}

// Why the months of such a run cannot be kept, as far as is known before it; empty: they can.
base::Text CannotKeep(const population::Population& population, int draws) {
  if (population.deterrence)
    return {"con «[disuasion]» la gente responde a lo que el texto le hace",
            "with '[disuasion]' people answer to what the text does to them"};
  if (draws > 0)
    return {"con sorteos cada uno tiene otra población",
            "with draws each one has another population"};
  return {};
}

// Why the forecast and the years to be lived are not the same; empty: they are.
base::Text CannotPair(const year::Forecast& forecast, const year::Options& options,
                      const population::Population& population) {
  if (const base::Text why = CannotKeep(population, forecast.draws); !why.empty()) return why;
  if (forecast.replications != options.replications)
    return {"la simulación no hizo las réplicas pedidas",
            "the simulation did not do the replications asked for"};
  const auto& values = forecast.regulations.front().values;
  const auto complete = [&](const std::vector<std::int64_t>& of_cell) {
    return of_cell.size() == At(options.replications);
  };
  if (forecast.staff != static_cast<int>(population.staff.size()) ||
      !std::all_of(values.begin(), values.end(), complete))
    return {"son demasiadas réplicas para tener cada una",
            "there are too many replications to have each of them"};
  return {};
}

MonthFacts Origin(const year::RegulationInput& regulation, const population::Population& population,
                  const std::string& people, const year::Options& options, std::int64_t unit) {
  MonthFacts facts;
  facts.regulation = DigestOf(*regulation.rules);
  facts.population = people;
  facts.population_name = population.name;
  facts.gestion = options.gestion;
  facts.seed = options.seed;
  facts.replications = options.replications;
  facts.staff = population.staff.size();
  facts.unit = unit;
  for (auto& standing : facts.standings) standing.resize(At(facts.replications) * facts.rows());
  return facts;
}

// Lives the years, each thread those of some people, and fills the columns and standings.
base::Text LiveAll(const year::Setting& setting, const population::Population& population,
                   const year::Options& options, MonthFacts& facts) {
  const Plan& plan = setting.plans.front().plan;
  const std::vector<Watched> watched = Finder(plan, setting.agendas.front()).Found();
  const std::vector<RuleTally> tallies = TalliesOf(*plan.rules);
  std::vector<std::vector<std::uint16_t>> codes(
      watched.size(), std::vector<std::uint16_t>(At(facts.replications) * kMonths * facts.rows()));
  const std::size_t machine = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t threads =
      std::min(facts.staff, options.threads > 0 ? At(options.threads) : machine);
  std::vector<std::unique_ptr<Keeper>> keepers;
  std::vector<std::size_t> bounds;
  for (std::size_t k = 0; k < threads; ++k) {
    bounds.push_back(facts.staff * k / threads);
    keepers.push_back(
        std::make_unique<Keeper>(setting, population, options, watched, tallies, facts, codes));
  }
  bounds.push_back(facts.staff);
  std::vector<std::thread> others;
  for (std::size_t k = 1; k < threads; ++k)
    others.emplace_back([&, k] { keepers[k]->Do(bounds[k], bounds[k + 1]); });
  keepers[0]->Do(bounds[0], bounds[1]);
  for (std::thread& other : others) other.join();
  for (const auto& keeper : keepers) {
    if (!keeper->fault().empty()) return keeper->fault();
  }
  if (options.stop != nullptr && *options.stop)
    return {"se interrumpió antes de vivirlos todos", "it was interrupted before all were lived"};
  for (std::size_t c = 0; c < watched.size(); ++c) {
    Column column;
    column.subject = watched[c].subject;
    column.rules = watched[c].rules;
    column.measures = watched[c].measures;
    Number(keepers, bounds, c, facts, codes[c], column);
    codes[c] = {};
    facts.columns.push_back(std::move(column));
  }
  for (const auto& keeper : keepers)
    facts.stays.insert(facts.stays.end(), keeper->stays().begin(), keeper->stays().end());
  std::stable_sort(facts.stays.begin(), facts.stays.end(), [](const Stay& a, const Stay& b) {
    return std::tie(a.replication, a.row) < std::tie(b.replication, b.row);
  });
  return {};
}

}  // namespace

std::string DigestOf(const rules::Ruleset& rules) { return rules::ContentHash(rules).Whole(); }

bool CanKeep(const population::Population& population, int draws, base::Diagnostics& diagnostics) {
  const base::Text why = CannotKeep(population, draws);
  if (!why.empty()) Refuse(why, diagnostics);
  return why.empty();
}

std::optional<MonthFacts> Keep(const year::RegulationInput& regulation,
                               const population::Population& population, const std::string& people,
                               const year::Options& options, const year::Forecast& forecast,
                               base::Diagnostics& diagnostics) {
  base::Text why = CannotPair(forecast, options, population);
  if (!why.empty()) return Refuse(why, diagnostics);
  const auto setting =
      year::Prepare({regulation.rules.get()}, population, options.gestion, diagnostics);
  if (!setting) return std::nullopt;
  const Plan& plan = setting->plans.front().plan;
  if (!PayIsFixed(plan, plan.rules->definitions[At(plan.binding.day_pay)].body.value))
    return Refuse({"la paga de un día depende de lo que ocurre", "a day's pay depends on facts"},
                  diagnostics);
  MonthFacts facts = Origin(regulation, population, people, options, setting->unit);
  year::Evaluator evaluator(plan, setting->agendas.front(), setting->year);
  if (!KeepPay(*setting, evaluator, facts)) return Refuse(evaluator.fault(), diagnostics);
  why = LiveAll(*setting, population, options, facts);
  if (!why.empty()) return Refuse(why, diagnostics);
  KeepResults(forecast, facts);
  return facts;
}

}  // namespace cotejo::rescan
