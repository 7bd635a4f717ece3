#include "scenarios/study/touched.h"

#include <algorithm>
#include <bit>

#include "scenarios/year/quiet.h"
#include "scenarios/year/tables.h"

namespace cotejo::study {
namespace {

using year::Places;

// Those of a block to whom two regulations give other figures of a cell.
Places Differ(const year::Totals& totals, std::size_t later, std::size_t earlier,
              std::size_t cell) {
  if (totals.touched[later][cell] == 0 && totals.touched[earlier][cell] == 0) return 0;
  const std::int64_t* a = &totals.values[later][cell * year::kBlock];
  const std::int64_t* b = &totals.values[earlier][cell * year::kBlock];
  Places places = 0;
  for (std::size_t place = 0; place < year::kBlock; ++place) {
    if (a[place] != b[place]) places |= Places{1} << place;
  }
  return places;
}

void CountTouched(const std::vector<year::Cell>& cells, const year::Totals& totals,
                  std::size_t later, std::size_t earlier, Touched& touched) {
  std::map<std::string, Places> by_table;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const Places other = Differ(totals, later, earlier, c);
    if (other == 0) continue;
    touched.cells[cells[c].key] += std::popcount(other);
    by_table[cells[c].table] |= other;
  }
  for (const auto& [table, places] : by_table) touched.tables[table] += std::popcount(places);
}

void TellTheRest(const std::vector<year::Cell>& cells, Reached& reached) {
  std::map<std::string, int> fewest;  // by table
  for (const year::Cell& cell : cells) {
    const auto found = reached.cells.find(cell.key);
    if (cell.people >= 0 || found == reached.cells.end()) continue;
    const auto [table, added] = fewest.emplace(cell.table, found->second);
    if (!added) table->second = std::min(table->second, found->second);
  }
  for (const year::Cell& cell : cells) {
    const auto table = fewest.find(cell.table);
    if (cell.people < 0 && table != fewest.end()) reached.cells.emplace(cell.key, table->second);
  }
}

}  // namespace

Reached ReachedBy(const std::vector<year::RegulationInput>& regulations,
                  const population::Population& population, const year::Options& options) {
  std::vector<const rules::Ruleset*> rules;
  for (const year::RegulationInput& regulation : regulations)
    rules.push_back(regulation.rules.get());
  base::Diagnostics said;  // when they were simulated
  const auto setting = year::Prepare(rules, population, options.gestion, said);
  if (!setting) return {};
  const year::Tables tables(*setting, population);
  const std::vector<year::Cell>& cells = tables.cells();
  Reached reached;
  for (std::size_t k = 0; k < rules.size(); ++k) reached.touched.emplace_back(k);
  std::vector<int> people(cells.size());
  year::LiveQuietly(*setting, tables, population, options.threads, [&](const year::Totals& totals) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      Places some = 0;
      for (std::size_t k = 0; k < rules.size(); ++k) some |= year::Having(totals, k, c);
      people[c] += std::popcount(some);
    }
    for (std::size_t later = 1; later < rules.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier)
        CountTouched(cells, totals, later, earlier, reached.touched[later][earlier]);
    }
  });
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (people[c] > 0) reached.cells[cells[c].key] = people[c];
  }
  TellTheRest(cells, reached);
  return reached;
}

}  // namespace cotejo::study
