#include "scenarios/year/reach.h"

#include <algorithm>
#include <bit>

#include "scenarios/year/evaluator.h"

namespace cotejo::year {
namespace {

static_assert(kBlock <= 64);  // a bit for each place

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
    std::vector<std::uint64_t> tells(names_.size());  // of a block of people, by table: of whom
    for (std::size_t first = 0; first < population_.staff.size(); first += kBlock) {
      const std::size_t end = std::min(first + kBlock, population_.staff.size());
      totals_.Clear();
      for (std::size_t post = first; post < end; ++post) {
        for (std::size_t k = 0; k < setting_.plans.size(); ++k)
          Live(post, k, static_cast<std::uint32_t>(post - first));
      }
      std::fill(tells.begin(), tells.end(), 0);
      for (std::size_t k = 0; k < setting_.plans.size(); ++k) Find(k, tells);
      for (std::size_t t = 0; t < people.size(); ++t) people[t] += std::popcount(tells[t]);
    }
    std::map<std::string, int> reach;
    for (std::size_t t = 0; t < people.size(); ++t) {
      if (people[t] > 0) reach[names_[t]] = people[t];
    }
    return reach;
  }

 private:
  // Each person of a block has the place that a replication of it would have.
  void Live(std::size_t post, std::size_t regulation, std::uint32_t place) {
    Occupant occupant;
    occupant.tenure = {post, post, setting_.first_day[post], setting_.year.count - 1, false};
    Evaluator& evaluator = evaluators_[regulation];
    const Stay stay = succession_.Judge(regulation, occupant, {}, evaluator);
    Year year;
    year.regulation = year.into = regulation;
    year.place = place;
    year.stay = &stay;
    year.vacant_until = setting_.year.count;
    // What has no value is said of the years that are lived.
    if (!evaluator.failed()) tables_.Add(year, evaluator, totals_);
  }

  void Find(std::size_t regulation, std::vector<std::uint64_t>& tells) const {
    for (std::size_t c = 0; c < table_of_.size(); ++c) {
      if (totals_.touched[regulation][c] == 0) continue;
      const std::int64_t* values = &totals_.values[regulation][c * kBlock];
      for (int place = 0; place < kBlock; ++place) {
        if (values[place] != 0) tells[table_of_[c]] |= std::uint64_t{1} << place;
      }
    }
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
