// Random effects: how much the people of one class differ in how often they do something.
#pragma once

#include <Eigen/Dense>
#include <vector>

namespace cotejo::calibration {

// Of one person: how many times they did it, of those they could have.
struct Tally {
  double hits = 0, trials = 0;
};

// What is not nearly nothing of a likelihood: from a node on.
struct Likelihood {
  Eigen::Index from = 0;
  Eigen::VectorXd at;
  [[nodiscard]] Eigen::Index size() const { return at.size(); }
  [[nodiscard]] Eigen::VectorXd of(const Eigen::VectorXd& weights) const {
    return weights.segment(from, size()).cwiseProduct(at);
  }
};

// The chance of a person is log-normal about what their class does on average, cut at the greatest
// that there can be (decision 0016). How likely a tally is hangs on the chance alone, so it is
// worked out once, at nodes a step apart in logarithm: a class is how much each node counts.
class RandomEffect {
 public:
  // No deviation less than `step` can be told from none.
  RandomEffect(const std::vector<Tally>& people, double greatest, double step);

  // Of the logarithms of a class's chances, for these to average so much.
  [[nodiscard]] double LocationOf(double mean, double deviation) const;
  // How much each node counts; they add up to one. The deviation is not less than `step`.
  [[nodiscard]] Eigen::VectorXd Weights(double location, double deviation) const;
  // Logarithms of the chances, ascending to the greatest.
  [[nodiscard]] const Eigen::VectorXd& logs() const { return logs_; }
  // By person: how likely the tally is at each node, over the likeliest; the logarithm of that one.
  [[nodiscard]] const std::vector<Likelihood>& likelihood() const { return likelihood_; }
  [[nodiscard]] const Eigen::VectorXd& log_largest() const { return log_largest_; }

 private:
  double greatest_, step_;
  Eigen::VectorXd logs_, log_largest_;
  std::vector<Likelihood> likelihood_;
};

}  // namespace cotejo::calibration
