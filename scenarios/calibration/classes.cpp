#include "scenarios/calibration/classes.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace cotejo::calibration {
namespace {

constexpr int kMostSteps = 500;
constexpr double kStill = 1e-7;     // change of every weight and share of one step
constexpr double kLeast = 1e-9;     // of a chance, so that its logarithm is finite
constexpr double kFileRecords = 1;  // the file's shares count as one arrival of each class

}  // namespace

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

Eigen::VectorXd ChancesOf(const PersonCounts& person, const Model& model,
                          const std::vector<std::vector<double>>& cell_chances) {
  Eigen::VectorXd log(static_cast<Eigen::Index>(model.weight.size()));
  for (std::size_t k = 0; k < model.weight.size(); ++k) {
    double sum = std::log(std::max(model.weight[k], kLeast));
    for (std::size_t c = 0; c < person.cells.size(); ++c) {
      if (person.cells[c] > 0)
        sum +=
            static_cast<double>(person.cells[c]) * std::log(std::max(cell_chances[k][c], kLeast));
    }
    log(static_cast<Eigen::Index>(k)) = sum;
  }
  const Eigen::VectorXd chances = (log.array() - log.maxCoeff()).exp();
  return chances / chances.sum();
}

Assignment Assign(const std::vector<ClassTable>& tables, const Layout& layout,
                  const std::vector<PersonCounts>& people, const std::vector<int>& times,
                  Model from) {
  const std::size_t classes = tables.size();
  Assignment a{std::move(from),
               Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(people.size()),
                                     static_cast<Eigen::Index>(classes)),
               std::vector<bool>(classes)};
  double total = 0;
  for (const int t : times) total += t;
  for (int step = 0; step < kMostSteps; ++step) {
    const auto chances = CellChances(layout, a.model);
    Model next = ModelOf(tables);
    std::vector<double> of_class(classes);
    std::vector<std::vector<double>> counts;
    for (const ClassTable& table : tables) counts.emplace_back(table.bands.size());
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (times[i] == 0) continue;
      const Eigen::VectorXd of = ChancesOf(people[i], a.model, chances);
      a.chance.row(static_cast<Eigen::Index>(i)) = of;
      for (std::size_t k = 0; k < classes; ++k) {
        const double r = of(static_cast<Eigen::Index>(k)) * times[i];
        of_class[k] += r;
        for (std::size_t c = 0; c < layout.cells; ++c)
          counts[k][layout.band[k][c]] += r * static_cast<double>(people[i].cells[c]);
      }
    }
    double change = 0;
    for (std::size_t k = 0; k < classes; ++k) {
      next.weight[k] = of_class[k] / total;
      change = std::max(change, std::abs(next.weight[k] - a.model.weight[k]));
      a.fitted[k] = of_class[k] >= kFewestPeople;
      if (a.fitted[k]) {
        double sum = kFileRecords;
        for (const double count : counts[k]) sum += count;
        for (std::size_t b = 0; b < counts[k].size(); ++b)
          next.share[k][b] = (counts[k][b] + kFileRecords * tables[k].bands[b].share) / sum;
      }
      for (std::size_t b = 0; b < counts[k].size(); ++b)
        change = std::max(change, std::abs(next.share[k][b] - a.model.share[k][b]));
    }
    a.model = std::move(next);
    if (change < kStill) break;
  }
  return a;
}

}  // namespace cotejo::calibration
