// Latent classes of people: what each is like, and who is of which.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "scenarios/calibration/fit.h"

namespace cotejo::calibration {

// How the bands of each class and the cells lie on each other.
struct Layout {
  std::size_t cells = 0;
  std::vector<std::vector<std::size_t>> band;  // [class][cell]
  std::vector<std::vector<double>> part;       // [class][cell]: of its band
};
Layout LayOut(const std::vector<ClassTable>& tables, const std::vector<std::int32_t>& cuts);

struct Model {
  std::vector<double> weight;              // by class
  std::vector<std::vector<double>> share;  // [class][band]
};
Model ModelOf(const std::vector<ClassTable>& tables);

struct Assignment {
  Model model;
  Eigen::MatrixXd chance;    // person × class: that the person is of it
  std::vector<bool> fitted;  // by class: it has people enough for figures of its own
};

// `times[i]`: how many times person i counts. Classes of few people keep the shares of `tables`.
Assignment Assign(const std::vector<ClassTable>& tables, const Layout& layout,
                  const std::vector<PersonCounts>& people, const std::vector<int>& times,
                  Model from);

// Chance of an arrival in each cell, by class.
std::vector<std::vector<double>> CellChances(const Layout& layout, const Model& model);
// By class: that the person is of it.
Eigen::VectorXd ChancesOf(const PersonCounts& person, const Model& model,
                          const std::vector<std::vector<double>>& cell_chances);

}  // namespace cotejo::calibration
