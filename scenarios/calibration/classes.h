// Latent classes of people: what each is like, and who is of which.
#pragma once

#include <Eigen/Dense>
#include <memory>
#include <vector>

#include "scenarios/calibration/fit.h"

namespace cotejo::calibration {

// How the bands of each class and the cells lie on each other.
struct Layout {
  std::size_t cells = 0;
  std::size_t late_from = 0;                   // first cell after the fixed hour
  std::vector<std::vector<std::size_t>> band;  // [class][cell]
  std::vector<std::vector<double>> part;       // [class][cell]: of its band
};
Layout LayOut(const std::vector<ClassTable>& tables, const std::vector<std::int32_t>& cuts);

// How far the logarithms of what people of a class do are spread, in how often they are late and
// leave a record out, and the correlation of the two; a deviation of 0: they are alike.
struct Dispersion {
  double lateness = 0, forgetting = 0, together = 0;
};

// Which of them are sought; the others are known beforehand.
struct Sought {
  bool lateness = false, forgetting = false, together = false;
  [[nodiscard]] bool any() const { return lateness || forgetting || together; }
};

struct Model {
  std::vector<double> weight;              // by class
  std::vector<std::vector<double>> share;  // [class][band]
  std::vector<double> omission;            // by class: of shifts with any record
  Dispersion dispersion = {};
};
Model ModelOf(const std::vector<ClassTable>& tables);

struct Assignment {
  Model model;
  Eigen::MatrixXd chance;    // person × class: that the person is of it
  std::vector<bool> fitted;  // by class: it has people enough for figures of its own
  // Person × class: how often they are late, if of it. Without rows: as the class is.
  Eigen::MatrixXd late = {};
  double log_likelihood = 0;
  Sought sought = {};  // of how people of a class differ
};

// `times[i]`: how many times person i counts. Classes of few people keep the shares of `tables`.
// People of a class differ as `from` says, but for what is sought from there.
Assignment Assign(const std::vector<ClassTable>& tables, const Layout& layout,
                  const std::vector<PersonCounts>& people, const std::vector<int>& times,
                  Model from, const Sought& sought = {});

// The same fit with each person counted so many times, as a first-order change of the best one: a
// step from it, and what the steps that would follow add up to. Where people of a class differ they
// would be hundreds, each shorter by a hair.
class Resampling {
 public:
  // The best of everybody once. Tables, layout and people must outlive it.
  Resampling(const std::vector<ClassTable>& tables, const Layout& layout,
             const std::vector<PersonCounts>& people, Assignment best);
  ~Resampling();

  [[nodiscard]] Assignment With(const std::vector<int>& times) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// Chance of an arrival in each cell, by class; and of one after the fixed hour.
std::vector<std::vector<double>> CellChances(const Layout& layout, const Model& model);
double LateChance(const Layout& layout, const Model& model, std::size_t k);
std::vector<double> LateChances(const Layout& layout, const Model& model);

}  // namespace cotejo::calibration
