#include "scenarios/year/reach.h"

#include <algorithm>

#include "scenarios/year/evaluator.h"

namespace cotejo::year {
namespace {

class Reach {
 public:
  Reach(const Setting& setting, const Tables& tables, const population::Population& population)
      : setting_(setting),
        tables_(tables),
        population_(population),
        succession_(setting, population, 0),
        totals_(tables.Empty()) {
    for (std::size_t k = 0; k < setting.plans.size(); ++k)
      evaluators_.emplace_back(setting.plans[k].plan, setting.agendas[k], setting.year);
    for (const Cell& cell : tables.cells()) {
      const auto known = std::find(names_.begin(), names_.end(), cell.table);
      table_of_.push_back(static_cast<std::size_t>(known - names_.begin()));
      if (known == names_.end()) names_.push_back(cell.table);
    }
  }

  std::map<std::string, int> Run() {
    std::vector<int> people(names_.size());
    std::vector<std::uint8_t> tells(names_.size());
    for (std::size_t post = 0; post < population_.staff.size(); ++post) {
      totals_.Clear();
      for (std::size_t k = 0; k < setting_.plans.size(); ++k) Live(post, k);
      std::fill(tells.begin(), tells.end(), 0);
      for (const auto& values : totals_.values) {
        for (std::size_t c = 0; c < table_of_.size(); ++c) {
          if (values[c * kBlock] != 0) tells[table_of_[c]] = 1;
        }
      }
      for (std::size_t t = 0; t < people.size(); ++t) people[t] += tells[t];
    }
    std::map<std::string, int> reach;
    for (std::size_t t = 0; t < people.size(); ++t) {
      if (people[t] > 0) reach[names_[t]] = people[t];
    }
    return reach;
  }

 private:
  void Live(std::size_t post, std::size_t regulation) {
    Occupant occupant;
    const std::int32_t first = population_.turnover ? setting_.first_day[post] : 0;
    occupant.tenure = {post, post, first, setting_.year.count - 1, false};
    Evaluator& evaluator = evaluators_[regulation];
    const Stay stay = succession_.Judge(regulation, occupant, {}, evaluator);
    Year year;
    year.regulation = year.into = regulation;
    year.stay = &stay;
    year.vacant_until = setting_.year.count;
    // What has no value is said of the years that are lived.
    if (!evaluator.failed()) tables_.Add(year, evaluator, totals_);
  }

  const Setting& setting_;
  const Tables& tables_;
  const population::Population& population_;
  Succession succession_;
  std::vector<Evaluator> evaluators_;
  Totals totals_;
  std::vector<std::string> names_;     // of tables
  std::vector<std::size_t> table_of_;  // by cell
};

}  // namespace

std::map<std::string, int> ReachOf(const Setting& setting, const Tables& tables,
                                   const population::Population& population) {
  return Reach(setting, tables, population).Run();
}

void TellReach(const std::map<std::string, int>& reach, std::vector<Cell>& cells) {
  for (Cell& cell : cells) {
    const auto of = reach.find(cell.table);
    if (cell.people < 0 && of != reach.end()) cell.people = of->second;
  }
}

}  // namespace cotejo::year
