// What sets the people of one class apart, as far as a clock tells it: `[rasgos]` of the population
// file, fitted (decision 0019).
#pragma once

#include <Eigen/Dense>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "scenarios/calibration/absences.h"
#include "scenarios/calibration/classes.h"
#include "scenarios/calibration/effects.h"
#include "scenarios/calibration/evidence.h"
#include "scenarios/calibration/tables.h"

namespace cotejo::calibration {

// How often somebody does each thing, as a multiple of what their class does.
struct OwnFactors {
  double lateness = 1, omissions = 1, absences = 1;
};

// Fits the people to their classes, each once; and how people of a class differ in how often they
// are late and leave records out, when `traits` names it.
Assignment AssignDiffering(const std::vector<ClassTable>& tables, const Layout& layout,
                           const std::vector<PersonCounts>& people, const TraitTable& traits);

class Differences {
 public:
  // What the people did, as assigned by AssignDiffering. `spells`: of each, days on which a spell
  // of absence began, and `rates`, how often one begins in each class; none when absences are not
  // fitted. Tables, layout and people must outlive it.
  Differences(const std::vector<ClassTable>& tables, const Layout& layout,
              const std::vector<PersonCounts>& people, const TraitTable& traits, Assignment best,
              const std::vector<Tally>& spells, const std::vector<SpellRates>& rates);

  // In the order of the file, with 95 % intervals. `resampled`: as fitted to the people drawn
  // again.
  [[nodiscard]] std::vector<FittedTrait> Deviations(const std::vector<Dispersion>& resampled) const;
  [[nodiscard]] std::vector<FittedPair> Correlations(
      const std::vector<Dispersion>& resampled) const;

  // Drawn for somebody of a class given what they did before, if they were seen; the classes are as
  // `model` says. Absences are drawn apart from the rest. `uniform`: in (0, 1).
  [[nodiscard]] OwnFactors Draw(std::optional<std::size_t> person, std::size_t of_class,
                                const Model& model, const std::array<double, 3>& uniform) const;

 private:
  struct Interval {
    double low = 0, high = 0;
  };

  [[nodiscard]] Interval DeviationInterval(double Dispersion::*figure,
                                           const std::vector<Dispersion>& resampled) const;
  [[nodiscard]] Interval CorrelationInterval(const std::vector<Dispersion>& resampled) const;
  [[nodiscard]] double LogLikelihoodWith(double Dispersion::*figure, double value) const;
  [[nodiscard]] double LogLikelihood(const Dispersion& dispersion) const;
  [[nodiscard]] double AbsenceLogLikelihood(double deviation) const;
  [[nodiscard]] double LikeliestAbsences() const;
  // The correlations of the file, with the one that is fitted.
  [[nodiscard]] population::Traits AsFitted() const;
  // Nothing: it is fitted.
  [[nodiscard]] base::Text WhyNot(population::Trait trait) const;
  [[nodiscard]] base::Text WhyNot(const TraitTable::Pair& pair) const;

  const std::vector<ClassTable>& tables_;
  const Layout& layout_;
  const std::vector<PersonCounts>& people_;
  TraitTable file_;
  Assignment best_;
  Evidence evidence_;
  std::optional<RandomEffect> absences_;  // none: they are not fitted, or the file does not name it
  std::vector<double> absence_means_;     // by class
  bool absences_sought_ = false;
  double absence_deviation_ = 0;
};

}  // namespace cotejo::calibration
