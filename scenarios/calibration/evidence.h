// What everybody did, as evidence of who is of which class and of how people of a class differ.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <vector>

#include "scenarios/calibration/classes.h"
#include "scenarios/calibration/effects.h"

namespace cotejo::calibration {

std::vector<Tally> LateTallies(const Layout& layout, const std::vector<PersonCounts>& people);
std::vector<Tally> OmittedTallies(const std::vector<PersonCounts>& people);

// Least deviations that are told from none.
inline constexpr double kLeastLateness = 0.07;
inline constexpr double kLeastForgetting = 0.25;
// Of the shifts of somebody: what a population file takes.
inline constexpr double kMostOmissions = 0.5;
// Of a correlation: beyond it the two are one trait.
inline constexpr double kMostTogether = 0.95;

class Evidence {
 public:
  // Layout and people must outlive it. What `dispersion` has no deviation of tells nothing of how
  // people differ, and of omissions, nothing at all.
  Evidence(const Layout& layout, const std::vector<PersonCounts>& people,
           const Dispersion& dispersion);

  // Person × class: logarithm of how likely it all is, the weight of the class included.
  [[nodiscard]] Eigen::MatrixXd Logs(const Model& model) const;
  // The dispersion of the model with what is sought made likelier, the people being of the classes
  // in those parts: a step of expectation and maximisation.
  [[nodiscard]] Dispersion Likelier(const Model& model, const Eigen::MatrixXd& parts,
                                    const Sought& sought) const;
  // Person × class: how often they are late, if of it.
  [[nodiscard]] Eigen::MatrixXd Lateness(const Model& model) const;
  // Node of lateness × node of forgetting: how likely a person of the class is to be there, but for
  // a constant; of somebody who was not seen, as the class alone says.
  [[nodiscard]] Eigen::MatrixXd Posterior(const Model& model, std::size_t of_class,
                                          std::optional<std::size_t> person) const;
  // Logarithms of the chances of the nodes.
  [[nodiscard]] const Eigen::VectorXd& late_logs() const { return late_.logs; }
  [[nodiscard]] const Eigen::VectorXd& omission_logs() const { return omitted_.logs; }

 private:
  // One of the two things: one node where people of a class are alike.
  struct Side {
    std::optional<RandomEffect> effect;
    Eigen::VectorXd logs;
    std::vector<Likelihood> likelihood;  // by person
  };
  static Side SideOf(std::optional<RandomEffect> effect, std::size_t people);
  // Lateness × forgetting, of one class: how much each pair of nodes counts.
  [[nodiscard]] Eigen::MatrixXd Weights(const Model& model, std::size_t k) const;
  [[nodiscard]] double LateLocation(const Model& model, std::size_t k) const;
  [[nodiscard]] double OmissionLocation(const Model& model, std::size_t k) const;
  // Of each person, but for the largest of each side.
  [[nodiscard]] Eigen::VectorXd Likely(const Eigen::MatrixXd& weights) const;

  const Layout& layout_;
  const std::vector<PersonCounts>& people_;
  std::vector<Tally> tallies_;  // of late arrivals
  Side late_, omitted_;
};

}  // namespace cotejo::calibration
