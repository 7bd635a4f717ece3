#include "scenarios/study/small_groups.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <tuple>

namespace cotejo::study {
namespace {

// Cells that add up to a total.
struct Sum {
  std::vector<std::size_t> parts;   // groups with somebody in them
  std::vector<std::size_t> totals;  // one, as the tables are made
};

class Hiding {
 public:
  Hiding(const year::Forecast& forecast, int smallest)
      : forecast_(forecast), smallest_(smallest), hidden_(forecast.cells.size(), false) {}

  std::vector<bool> Run() {
    if (smallest_ <= 0) return hidden_;
    std::map<std::string, Sum> sums;
    for (std::size_t c = 0; c < forecast_.cells.size(); ++c) {
      const year::Cell& cell = forecast_.cells[c];
      hidden_[c] = People(c) > 0 && People(c) < smallest_;
      if (cell.group.empty()) continue;
      Sum& sum = sums[cell.group];
      if (cell.total) sum.totals.push_back(c);
      if (!cell.total && cell.people > 0) sum.parts.push_back(c);
    }
    for (auto& [group, sum] : sums) Complete(sum);
    return hidden_;
  }

 private:
  [[nodiscard]] int People(std::size_t c) const {
    const int people = forecast_.cells[c].people;
    return people < 0 ? forecast_.staff : people;
  }

  void Complete(Sum& sum) {
    std::sort(sum.parts.begin(), sum.parts.end(), [&](std::size_t a, std::size_t b) {
      return std::tuple(People(a), forecast_.cells[a].key) <
             std::tuple(People(b), forecast_.cells[b].key);
    });
    const auto shown = [&](std::size_t c) { return !hidden_[c]; };
    if (std::all_of(sum.parts.begin(), sum.parts.end(), shown)) return;
    while (!Safe(sum)) {
      const auto next = std::find_if(sum.parts.begin(), sum.parts.end(), shown);
      if (next == sum.parts.end()) {
        for (const std::size_t total : sum.totals) hidden_[total] = true;
        return;
      }
      hidden_[*next] = true;
    }
  }

  // What the total and the parts shown say of those hidden is no more than their sum, which must
  // not be of too few people under any of the texts.
  [[nodiscard]] bool Safe(const Sum& sum) const {
    std::vector<std::size_t> parts;
    std::copy_if(sum.parts.begin(), sum.parts.end(), std::back_inserter(parts),
                 [&](std::size_t c) { return hidden_[c]; });
    return std::all_of(forecast_.regulations.begin(), forecast_.regulations.end(),
                       [&](const auto& regulation) { return EnoughPeople(regulation, parts); });
  }

  // Whoever reads it may know of a part that it is nothing at all, as by law those of a contract
  // may have no right, or each person in every year: the sum is then of the others. A mean is 0, or
  // as many as there are, only when every year is.
  [[nodiscard]] bool EnoughPeople(const year::RegulationResult& regulation,
                                  const std::vector<std::size_t>& parts) const {
    int people = 0;
    for (const std::size_t c : parts) {
      const double mean = regulation.statistics[c].mean;
      const bool all = forecast_.cells[c].unit == year::CellUnit::Persons && mean == People(c);
      if (mean != 0 && !all) people += People(c);
    }
    return people >= smallest_;
  }

  const year::Forecast& forecast_;
  int smallest_;
  std::vector<bool> hidden_;
};

void Empty(year::RegulationResult& regulation, std::size_t c) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const year::Statistics none = {kNone, kNone, kNone, kNone, kNone, kNone, kNone};
  regulation.values[c].clear();
  regulation.statistics[c] = none;
  if (!regulation.difference.empty()) regulation.difference[c] = none;
}

base::Text Explanation(int smallest, std::int64_t cells) {
  if (smallest <= 0) {
    return {
        "se muestran también los resultados de grupos con pocas personas (--grupo-minimo 0): "
        "este informe puede hablar de alguien en particular",
        "results of groups of few people are shown too (--smallest-group 0): this report may "
        "tell of somebody in particular"};
  }
  const std::string count = std::to_string(cells);
  const std::string few = std::to_string(smallest);
  return {"no se muestran " + count + " casillas: son de grupos de menos de " + few +
              " personas, o harían falta para que el total no los delate",
          count + " cells are not shown: they are of groups of fewer than " + few +
              " people, or it takes them for the total not to give those away"};
}

}  // namespace

std::vector<bool> SmallCells(const year::Forecast& forecast, int smallest) {
  return Hiding(forecast, smallest).Run();
}

base::Diagnostic SmallCell(const std::string& key) {
  return {"grupo-pequeño",
          base::Severity::Error,
          {},
          {"«" + key + "» es de un grupo con muy pocas personas",
           "'" + key + "' is of a group of very few people"},
          {"mire otra casilla, o dé --grupo-minimo 0",
           "look at another cell, or give --smallest-group 0"},
          {}};
}

void HideSmallGroups(year::Forecast& forecast, int smallest) {
  const std::vector<bool> hidden = SmallCells(forecast, smallest);
  const auto count = std::count(hidden.begin(), hidden.end(), true);
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    if (!hidden[c]) continue;
    for (year::RegulationResult& regulation : forecast.regulations) Empty(regulation, c);
  }
  // They are of everybody.
  if (forecast.staff < smallest) forecast.series.clear();
  if (count > 0 || smallest <= 0) forecast.assumptions.push_back(Explanation(smallest, count));
}

}  // namespace cotejo::study
