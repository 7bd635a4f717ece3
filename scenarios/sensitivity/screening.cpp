#include "scenarios/sensitivity/screening.h"

#include <cmath>
#include <numeric>
#include <utility>

#include "scenarios/population/philox.h"

namespace cotejo::sensitivity {
namespace {

// What each draw decides; part of the key.
enum Decision : std::uint32_t { kStart = 1, kOrder };

std::uint32_t Draw(std::uint64_t seed, int trajectory, int input, Decision decision) {
  return population::Draw(seed, 0, static_cast<std::uint32_t>(trajectory),
                          static_cast<std::uint32_t>(input), decision)[0];
}

}  // namespace

ScreeningDesign DesignScreening(int inputs, int trajectories, int levels, std::uint64_t seed) {
  ScreeningDesign design;
  design.inputs = inputs;
  design.trajectories = trajectories;
  const int half = levels / 2;
  design.step = static_cast<double>(half) / (levels - 1);
  design.points.resize(static_cast<Eigen::Index>(trajectories) * (inputs + 1), inputs);
  Eigen::Index row = 0;
  for (int t = 0; t < trajectories; ++t) {
    Eigen::RowVectorXd at(inputs);
    std::vector<int> order(static_cast<std::size_t>(inputs));
    std::iota(order.begin(), order.end(), 0);
    // From the lower half of the grid up, or from the upper half down.
    std::vector<double> move(order.size());
    for (int i = 0; i < inputs; ++i) {
      const std::uint32_t level =
          population::Below(Draw(seed, t, i, kStart), static_cast<std::uint32_t>(levels));
      at[i] = static_cast<double>(level) / (levels - 1);
      move[static_cast<std::size_t>(i)] =
          level < static_cast<std::uint32_t>(half) ? design.step : -design.step;
    }
    for (std::size_t i = order.size(); i > 1; --i) {
      const std::uint32_t draw = Draw(seed, t, static_cast<int>(i), kOrder);
      std::swap(order[i - 1], order[population::Below(draw, static_cast<std::uint32_t>(i))]);
    }
    design.points.row(row++) = at;
    for (const int input : order) {
      at[input] += move[static_cast<std::size_t>(input)];
      design.points.row(row++) = at;
    }
  }
  return design;
}

std::vector<ElementaryEffect> EstimateEffects(const ScreeningDesign& design,
                                              const Eigen::VectorXd& results) {
  Eigen::MatrixXd effects(design.trajectories, design.inputs);
  for (int t = 0; t < design.trajectories; ++t) {
    const Eigen::Index first = static_cast<Eigen::Index>(t) * (design.inputs + 1);
    for (Eigen::Index i = first; i < first + design.inputs; ++i) {
      Eigen::Index input = 0;
      const Eigen::RowVectorXd moved = design.points.row(i + 1) - design.points.row(i);
      moved.cwiseAbs().maxCoeff(&input);
      effects(t, input) = (results[i + 1] - results[i]) / moved[input];
    }
  }
  std::vector<ElementaryEffect> all;
  for (int input = 0; input < design.inputs; ++input) {
    const Eigen::ArrayXd one = effects.col(input).array();
    ElementaryEffect effect;
    effect.mean = one.mean();
    effect.mean_abs = one.abs().mean();
    effect.sd = design.trajectories > 1
                    ? std::sqrt((one - effect.mean).square().sum() / (design.trajectories - 1))
                    : 0;
    all.push_back(effect);
  }
  return all;
}

}  // namespace cotejo::sensitivity
