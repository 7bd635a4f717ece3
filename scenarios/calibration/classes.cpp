#include "scenarios/calibration/classes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace cotejo::calibration {
std::vector<std::int32_t> Cells(const std::vector<ClassTable>& tables) {
  std::set<std::int32_t> cuts;
  for (const ClassTable& table : tables) {
    for (std::size_t b = 1; b < table.bands.size(); ++b) cuts.insert(table.bands[b].from);
  }
  return {cuts.begin(), cuts.end()};
}

std::size_t CellOf(const std::vector<std::int32_t>& cuts, std::int32_t minutes) {
  return static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), minutes) -
                                  cuts.begin());
}

Layout LayOut(const std::vector<ClassTable>& tables, const std::vector<std::int32_t>& cuts) {
  Layout layout;
  layout.cells = cuts.size() + 1;
  layout.late_from = CellOf(cuts, 1);
  for (const ClassTable& table : tables) {
    std::vector<std::size_t> band(layout.cells);
    std::vector<double> width(layout.cells);
    std::vector<double> total(table.bands.size());
    for (std::size_t c = 0; c < layout.cells; ++c) {
      while (band[c] + 1 < table.bands.size() && c > 0 &&
             table.bands[band[c] + 1].from <= cuts[c - 1])
        ++band[c];
      if (c + 1 < layout.cells) band[c + 1] = band[c];
      const Band& b = table.bands[band[c]];
      const std::int32_t low = c == 0 ? b.from : std::max(b.from, cuts[c - 1]);
      const std::int32_t high = c + 1 == layout.cells ? b.to : std::min(b.to, cuts[c] - 1);
      width[c] = std::max(high - low + 1, 0);
      total[band[c]] += width[c];
    }
    std::vector<double> part(layout.cells);
    for (std::size_t c = 0; c < layout.cells; ++c) part[c] = width[c] / total[band[c]];
    layout.band.push_back(std::move(band));
    layout.part.push_back(std::move(part));
  }
  return layout;
}

Model ModelOf(const std::vector<ClassTable>& tables) {
  Model model;
  for (const ClassTable& table : tables) {
    model.weight.push_back(table.weight);
    std::vector<double>& shares = model.share.emplace_back();
    for (const Band& band : table.bands) shares.push_back(band.share);
    model.omission.push_back(table.omission);
  }
  return model;
}

std::vector<std::vector<double>> CellChances(const Layout& layout, const Model& model) {
  std::vector<std::vector<double>> chances;
  for (std::size_t k = 0; k < model.weight.size(); ++k) {
    std::vector<double>& of = chances.emplace_back(layout.cells);
    for (std::size_t c = 0; c < layout.cells; ++c)
      of[c] = model.share[k][layout.band[k][c]] * layout.part[k][c];
  }
  return chances;
}

double LateChance(const Layout& layout, const Model& model, std::size_t k) {
  double late = 0;
  for (std::size_t c = layout.late_from; c < layout.cells; ++c)
    late += model.share[k][layout.band[k][c]] * layout.part[k][c];
  return late;
}

std::vector<double> LateChances(const Layout& layout, const Model& model) {
  std::vector<double> late;
  for (std::size_t k = 0; k < model.weight.size(); ++k)
    late.push_back(LateChance(layout, model, k));
  return late;
}

}  // namespace cotejo::calibration
