// How much of a result's variance each input explains: Sobol indices (Saltelli et al. 2010 for
// the first order, Jansen 1999 for the total), over a Latin hypercube.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace cotejo::sensitivity {

struct IndexDesign {
  int inputs = 0;
  int base = 0;            // points of each of the two samples
  Eigen::MatrixXd points;  // A, B, then A with each column of B: base · (inputs + 2) rows
};

// A function of its arguments alone.
IndexDesign DesignIndices(int inputs, int base, std::uint64_t seed);

struct Interval {
  double value = 0;
  double low = 0, high = 0;  // 95 %, bootstrap over the points
};
struct SobolIndex {
  Interval first;  // of the input alone
  Interval total;  // with all its interactions
};

// By input; `results` has one value a row of the design. All zero when the result never varies.
std::vector<SobolIndex> EstimateIndices(const IndexDesign& design, const Eigen::VectorXd& results,
                                        std::uint64_t seed);

}  // namespace cotejo::sensitivity
