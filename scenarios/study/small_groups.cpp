#include "scenarios/study/small_groups.h"

#include <algorithm>
#include <cmath>
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
                       [&](const auto& regulation) {
                         return !ShowsTotal(regulation, sum) || EnoughPeople(regulation, parts);
                       });
  }

  // Not where it is of an amendment, and what that changes is of few.
  static bool ShowsTotal(const year::RegulationResult& regulation, const Sum& sum) {
    return std::any_of(sum.totals.begin(), sum.totals.end(), [&](std::size_t total) {
      return !std::isnan(regulation.statistics[total].mean);
    });
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
      if (mean != 0 && !std::isnan(mean) && !all) people += People(c);
    }
    return people >= smallest_;
  }

  const year::Forecast& forecast_;
  int smallest_;
  std::vector<bool> hidden_;
};

// No group has fewer people than one.
bool HidesNothing(int smallest) { return smallest <= 1; }

void Empty(year::RegulationResult& regulation, std::size_t c) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const year::Statistics none = {kNone, kNone, kNone, kNone, kNone, kNone, kNone};
  regulation.values[c].clear();
  regulation.statistics[c] = none;
  if (!regulation.difference.empty()) regulation.difference[c] = none;
}

base::Text Explanation(int smallest, std::int64_t cells) {
  if (HidesNothing(smallest)) {
    const std::string given = std::to_string(smallest);
    return {"se muestran también los resultados de grupos con pocas personas (--grupo-minimo " +
                given + "): este informe puede hablar de alguien en particular",
            "results of groups of few people are shown too (--smallest-group " + given +
                "): this report may tell of somebody in particular"};
  }
  const std::string count = std::to_string(cells);
  const std::string few = std::to_string(smallest);
  return {"no se muestran " + count + " casillas: son de grupos de menos de " + few +
              " personas, o harían falta para que el total no los delate",
          count + " cells are not shown: they are of groups of fewer than " + few +
              " people, or it takes them for the total not to give those away"};
}

int Of(const std::map<std::string, int>& people, const std::string& key) {
  const auto found = people.find(key);
  return found == people.end() ? 0 : found->second;
}

// What one amendment changes of another text, for few people.
class Changes {
 public:
  Changes(const year::Forecast& forecast, const std::vector<bool>& small, int smallest,
          std::size_t later, std::size_t earlier, const Touched& touched)
      : forecast_(forecast),
        small_(small),
        smallest_(smallest),
        later_(later),
        earlier_(earlier),
        touched_(touched) {}

  void Mark(std::vector<bool>& few) const {
    std::map<std::string, int> unsaid;  // by group: the people whose change is in no part shown
    for (std::size_t c = 0; c < forecast_.cells.size(); ++c) {
      const year::Cell& cell = forecast_.cells[c];
      if (IsFew(People(c))) few[c] = true;
      const bool part = !cell.group.empty() && !cell.total;
      if (part && (few[c] || small_[c])) unsaid[cell.group] += Of(touched_.cells, cell.key);
    }
    for (std::size_t c = 0; c < forecast_.cells.size(); ++c) {
      const year::Cell& cell = forecast_.cells[c];
      if (cell.total && IsFew(Of(unsaid, cell.group))) few[c] = true;
    }
  }

 private:
  [[nodiscard]] bool IsFew(int people) const { return people > 0 && people < smallest_; }

  [[nodiscard]] int People(std::size_t c) const {
    const year::Cell& cell = forecast_.cells[c];
    const int own = Of(touched_.cells, cell.key);
    return own > 0 || Same(c) ? own : Of(touched_.tables, cell.table);
  }

  [[nodiscard]] bool Same(std::size_t c) const {
    const year::RegulationResult& later = forecast_.regulations[later_];
    if (earlier_ == 0) return later.difference[c].mean == 0 && later.difference[c].sd == 0;
    const year::Statistics& a = later.statistics[c];
    const year::Statistics& b = forecast_.regulations[earlier_].statistics[c];
    return a.mean == b.mean && a.sd == b.sd;
  }

  const year::Forecast& forecast_;
  const std::vector<bool>& small_;
  int smallest_;
  std::size_t later_, earlier_;
  const Touched& touched_;
};

base::Text ChangesExplanation(const base::Text& title, int smallest, std::int64_t cells) {
  const std::string count = std::to_string(cells);
  const std::string few = std::to_string(smallest);
  return {"de la enmienda «" + title.es + "» no se muestran " + count +
              " casillas: lo que cambia en ellas es de menos de " + few + " personas",
          "of the amendment '" + title.in(base::Language::English) + "' " + count +
              " cells are not shown: what changes in them is of fewer than " + few + " people"};
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
  if (count > 0 || HidesNothing(smallest))
    forecast.assumptions.push_back(Explanation(smallest, count));
}

void HideChangesOfFew(const std::vector<std::vector<Touched>>& touched, int smallest,
                      year::Forecast& forecast) {
  if (HidesNothing(smallest)) return;
  const std::vector<bool> small = SmallCells(forecast, smallest);
  std::vector<std::vector<bool>> few(touched.size(), std::vector<bool>(small.size(), false));
  for (std::size_t later = 1; later < touched.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier)
      Changes(forecast, small, smallest, later, earlier, touched[later][earlier]).Mark(few[later]);
  }
  for (std::size_t r = 1; r < touched.size(); ++r) {
    year::RegulationResult& regulation = forecast.regulations[r];
    for (std::size_t c = 0; c < small.size(); ++c) {
      if (few[r][c]) Empty(regulation, c);
    }
    const auto count = std::count(few[r].begin(), few[r].end(), true);
    if (count > 0)
      forecast.assumptions.push_back(ChangesExplanation(regulation.title, smallest, count));
  }
}

void TellReach(const Reached& reached, year::Forecast& forecast) {
  for (year::Cell& cell : forecast.cells) {
    const int people = Of(reached.cells, cell.key);
    if (people > 0) cell.people = cell.people < 0 ? people : std::min(cell.people, people);
  }
}

}  // namespace cotejo::study
