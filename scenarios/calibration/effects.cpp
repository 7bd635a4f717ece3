#include "scenarios/calibration/effects.h"

#include <algorithm>
#include <boost/math/constants/constants.hpp>
#include <cmath>

#include "scenarios/population/traits.h"

namespace cotejo::calibration {
namespace {

constexpr double kLeastLog = -11;         // one in sixty thousand
constexpr double kFarthest = 6;           // deviations: beyond them there is nobody
constexpr double kLeastLikelihood = -18;  // logarithm of what counts, over the likeliest
constexpr double kMostOfAll = 0.999;      // of the greatest chance, as a mean

// Of a class nobody does it in, or everybody always does.
double Inside(double mean, double greatest) {
  return std::min(std::max(mean, std::exp(kLeastLog)), kMostOfAll * greatest);
}

}  // namespace

RandomEffect::RandomEffect(const std::vector<Tally>& people, double greatest, double step)
    : greatest_(greatest), step_(step) {
  const double last = std::log(greatest);
  const auto steps = static_cast<Eigen::Index>((last - kLeastLog) / step);
  logs_ = Eigen::VectorXd::LinSpaced(steps + 1, last - static_cast<double>(steps) * step, last);
  // Always, it is never left undone: as good as always, for what was left once.
  const Eigen::VectorXd none = (1 - logs_.array().exp()).max(1e-12).log();
  log_largest_.resize(static_cast<Eigen::Index>(people.size()));
  for (const Tally& tally : people) {
    const Eigen::VectorXd row = tally.hits * logs_ + (tally.trials - tally.hits) * none;
    const double largest = row.maxCoeff();
    log_largest_(static_cast<Eigen::Index>(likelihood_.size())) = largest;
    Eigen::Index first = 0;
    Eigen::Index last = row.size() - 1;
    while (row(first) < largest + kLeastLikelihood) ++first;
    while (row(last) < largest + kLeastLikelihood) --last;
    likelihood_.push_back({first, (row.segment(first, last - first + 1).array() - largest).exp()});
  }
}

double RandomEffect::LocationOf(double mean, double deviation) const {
  const double inside = Inside(mean, greatest_);
  return std::log(inside * population::MedianFor(deviation, greatest_ / inside));
}

Eigen::VectorXd RandomEffect::Weights(double location, double deviation) const {
  const Eigen::Index last = logs_.size() - 1;
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(logs_.size());
  const auto node = [&](double log) {
    const double at = (log - logs_(0)) / step_;
    return std::clamp<Eigen::Index>(static_cast<Eigen::Index>(at), 0, last);
  };
  const Eigen::Index from = node(location - kFarthest * deviation);
  const Eigen::Index count = node(location + kFarthest * deviation) - from + 1;
  weights.segment(from, count) =
      (((logs_.segment(from, count).array() - location) / deviation).square() / -2).exp();
  weights *= step_ / deviation * boost::math::constants::one_div_root_two_pi<double>();
  // Whoever would be beyond is at the greatest: half its step lies below it.
  weights(last) =
      weights(last) / 2 + std::erfc((logs_(last) - location) / deviation / std::sqrt(2.0)) / 2;
  return weights / weights.sum();
}

}  // namespace cotejo::calibration
