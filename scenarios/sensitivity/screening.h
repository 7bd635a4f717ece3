// Which inputs matter: elementary effects (Morris 1991, with the absolute mean of Campolongo,
// Cariboni and Saltelli 2007).
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace cotejo::sensitivity {

struct ScreeningDesign {
  int inputs = 0;
  int trajectories = 0;
  double step = 0;         // Δ, in parts of an input's range
  Eigen::MatrixXd points;  // (inputs + 1) rows a trajectory; columns are inputs, within [0, 1]
};

// Trajectories over a grid of `levels` (even, 4 or more), each moving one input at a time in an
// order of its own. A function of its arguments alone.
ScreeningDesign DesignScreening(int inputs, int trajectories, int levels, std::uint64_t seed);

struct ElementaryEffect {
  double mean = 0;      // μ, in units of the result over the whole range of the input
  double mean_abs = 0;  // μ*
  double sd = 0;        // σ: curvature, or interaction with other inputs
};

// By input; `results` has one value a row of the design.
std::vector<ElementaryEffect> EstimateEffects(const ScreeningDesign& design,
                                              const Eigen::VectorXd& results);

}  // namespace cotejo::sensitivity
