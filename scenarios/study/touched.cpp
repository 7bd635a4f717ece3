#include "scenarios/study/touched.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "scenarios/year/evaluator.h"
#include "scenarios/year/succession.h"
#include "scenarios/year/tables.h"

namespace cotejo::study {
namespace {

static_assert(year::kBlock <= 64);  // a bit for each place

using Places = std::uint64_t;  // some of those of a block

class Reaching {
 public:
  Reaching(const year::Setting& setting, const population::Population& population)
      : setting_(setting),
        population_(population),
        tables_(setting, population),
        succession_(setting, population, 0),
        totals_(tables_.Empty()) {
    for (std::size_t k = 0; k < setting.plans.size(); ++k) {
      evaluators_.emplace_back(setting.plans[k].plan, setting.agendas[k], setting.year);
      reached_.touched.emplace_back(k);
    }
  }

  Reached Run() {
    for (std::size_t first = 0; first < population_.staff.size(); first += year::kBlock) {
      const std::size_t end = std::min(first + year::kBlock, population_.staff.size());
      totals_.Clear();
      for (std::size_t post = first; post < end; ++post) {
        for (std::size_t k = 0; k < setting_.plans.size(); ++k)
          Live(post, k, static_cast<std::uint32_t>(post - first));
      }
      Count();
      for (std::size_t later = 1; later < setting_.plans.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) Count(later, earlier);
      }
    }
    TellTheRest();
    return std::move(reached_);
  }

 private:
  // Each person of a block has the place that a replication of it would have.
  void Live(std::size_t post, std::size_t regulation, std::uint32_t place) {
    year::Occupant occupant;
    occupant.tenure = {post, post, setting_.first_day[post], setting_.year.count - 1, false};
    year::Evaluator& evaluator = evaluators_[regulation];
    const year::Stay stay = succession_.Judge(regulation, occupant, {}, evaluator);
    year::Year year;
    year.regulation = year.into = regulation;
    year.place = place;
    year.stay = &stay;
    year.vacant_until = setting_.year.count;
    if (!evaluator.failed()) tables_.Add(year, evaluator, totals_);
  }

  void TellTheRest() {
    std::map<std::string, int> fewest;  // by table
    for (const year::Cell& cell : tables_.cells()) {
      const auto found = reached_.cells.find(cell.key);
      if (cell.people >= 0 || found == reached_.cells.end()) continue;
      const auto [table, added] = fewest.emplace(cell.table, found->second);
      if (!added) table->second = std::min(table->second, found->second);
    }
    for (const year::Cell& cell : tables_.cells()) {
      const auto table = fewest.find(cell.table);
      if (cell.people < 0 && table != fewest.end()) reached_.cells.emplace(cell.key, table->second);
    }
  }

  void Count() {
    for (std::size_t c = 0; c < tables_.cells().size(); ++c) {
      Places some = 0;
      for (std::size_t k = 0; k < setting_.plans.size(); ++k) {
        if (totals_.touched[k][c] == 0) continue;
        for (std::size_t place = 0; place < year::kBlock; ++place) {
          if (totals_.values[k][c * year::kBlock + place] != 0) some |= Places{1} << place;
        }
      }
      if (some != 0) reached_.cells[tables_.cells()[c].key] += std::popcount(some);
    }
  }

  void Count(std::size_t later, std::size_t earlier) {
    Touched& touched = reached_.touched[later][earlier];
    std::map<std::string, Places> by_table;
    for (std::size_t c = 0; c < tables_.cells().size(); ++c) {
      const Places other = Differ(later, earlier, c);
      if (other == 0) continue;
      const year::Cell& cell = tables_.cells()[c];
      touched.cells[cell.key] += std::popcount(other);
      by_table[cell.table] |= other;
    }
    for (const auto& [table, places] : by_table) touched.tables[table] += std::popcount(places);
  }

  [[nodiscard]] Places Differ(std::size_t later, std::size_t earlier, std::size_t cell) const {
    if (totals_.touched[later][cell] == 0 && totals_.touched[earlier][cell] == 0) return 0;
    Places places = 0;
    for (std::size_t place = 0; place < year::kBlock; ++place) {
      const std::size_t at = cell * year::kBlock + place;
      if (totals_.values[later][at] != totals_.values[earlier][at]) places |= Places{1} << place;
    }
    return places;
  }

  const year::Setting& setting_;
  const population::Population& population_;
  year::Tables tables_;
  year::Succession succession_;
  std::vector<year::Evaluator> evaluators_;
  year::Totals totals_;
  Reached reached_;
};

}  // namespace

Reached ReachedBy(const std::vector<year::RegulationInput>& regulations,
                  const population::Population& population, int gestion) {
  std::vector<const rules::Ruleset*> rules;
  for (const year::RegulationInput& regulation : regulations)
    rules.push_back(regulation.rules.get());
  base::Diagnostics said;  // when they were simulated
  const auto setting = year::Prepare(rules, population, gestion, said);
  if (!setting) return {};
  return Reaching(*setting, population).Run();
}

}  // namespace cotejo::study
