#include "scenarios/year/reach.h"

#include <algorithm>
#include <bit>

#include "scenarios/year/quiet.h"

namespace cotejo::year {

std::map<std::string, int> ReachOf(const Setting& setting, const Tables& tables,
                                   const population::Population& population, int threads) {
  std::vector<std::string> names;     // of tables
  std::vector<std::size_t> table_of;  // by cell
  for (const Cell& cell : tables.cells()) {
    const auto known = std::find(names.begin(), names.end(), cell.table);
    table_of.push_back(static_cast<std::size_t>(known - names.begin()));
    if (known == names.end()) names.push_back(cell.table);
  }
  std::vector<int> people(names.size());
  LiveQuietly(setting, tables, population, threads, [&](const Totals& totals) {
    std::vector<Places> reached(names.size());
    for (std::size_t k = 0; k < setting.plans.size(); ++k) {
      for (std::size_t c = 0; c < table_of.size(); ++c)
        reached[table_of[c]] |= Having(totals, k, c);
    }
    for (std::size_t t = 0; t < names.size(); ++t) people[t] += std::popcount(reached[t]);
  });
  std::map<std::string, int> reach;
  for (std::size_t t = 0; t < names.size(); ++t) {
    if (people[t] > 0) reach[names[t]] = people[t];
  }
  return reach;
}

void TellReachOfTables(const std::map<std::string, int>& reach, std::vector<Cell>& cells) {
  for (Cell& cell : cells) {
    const auto of = reach.find(cell.table);
    if (cell.people < 0 && of != reach.end()) cell.people = of->second;
  }
}

}  // namespace cotejo::year
