#include "scenarios/year/statistics.h"

#include <Eigen/Core>
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace cotejo::year {
namespace {

constexpr double kTail = 0.025;

// Linear interpolation between order statistics (the usual type 7).
double Quantile(const Eigen::VectorXd& sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<Eigen::Index>(std::floor(at));
  const Eigen::Index high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

struct Spread {
  double error = 0;     // standard error of the mean
  double sd_input = 0;  // between draws, chance taken out
};

// Of runs of the same length one after another.
Spread OfDraws(const Eigen::VectorXd& x, int draws) {
  const Eigen::Index length = x.size() / draws;
  const auto runs = Eigen::Map<const Eigen::MatrixXd>(x.data(), length, draws);
  const Eigen::RowVectorXd means = runs.colwise().mean();
  const double between =
      (means.array() - means.mean()).square().sum() / static_cast<double>(draws - 1);
  const double within = length > 1 ? (runs.rowwise() - means).squaredNorm() /
                                         static_cast<double>(draws * (length - 1))
                                   : 0;
  return {std::sqrt(between / draws),
          std::sqrt(std::max(0.0, between - within / static_cast<double>(length)))};
}

}  // namespace

Statistics Describe(const std::vector<std::int64_t>& values, std::int64_t scale, int draws) {
  const auto n = static_cast<Eigen::Index>(values.size());
  Eigen::VectorXd x(n);
  // Divided one by one: the mean of equal values is that value, to the last bit.
  for (Eigen::Index i = 0; i < n; ++i)
    x[i] = static_cast<double>(values[static_cast<std::size_t>(i)]) / static_cast<double>(scale);
  const Spread spread = draws > 1 ? OfDraws(x, draws) : Spread{};
  std::sort(x.begin(), x.end());
  Statistics s;
  s.mean = x[0] == x[n - 1] ? x[0] : x.mean();
  s.sd = x[0] == x[n - 1]
             ? 0
             : std::sqrt((x.array() - s.mean).square().sum() / static_cast<double>(n - 1));
  s.sd_input = spread.sd_input;
  const double error = draws > 1 ? spread.error : s.sd / std::sqrt(static_cast<double>(n));
  const auto free = static_cast<double>(draws > 1 ? draws - 1 : n - 1);
  const double half = boost::math::quantile(boost::math::students_t(free), 1 - kTail) * error;
  s.ci_low = s.mean - half;
  s.ci_high = s.mean + half;
  s.year_low = Quantile(x, kTail);
  s.year_high = Quantile(x, 1 - kTail);
  return s;
}

std::optional<std::int64_t> ReplicationsFor(const Statistics& statistics, std::int64_t done,
                                            double precision) {
  if (statistics.mean == 0 || precision <= 0) return std::nullopt;
  const double half = (statistics.ci_high - statistics.ci_low) / 2;
  const double ratio = half / (precision * std::abs(statistics.mean));
  const double needed = std::ceil(static_cast<double>(done) * ratio * ratio);
  return static_cast<std::int64_t>(std::clamp(needed, 2.0, 9e15));
}

Statistics DescribeDifference(const std::vector<std::int64_t>& base,
                              const std::vector<std::int64_t>& amended, std::int64_t scale,
                              int draws) {
  std::vector<std::int64_t> difference(base.size());
  for (std::size_t i = 0; i < base.size(); ++i) difference[i] = amended[i] - base[i];
  return Describe(difference, scale, draws);
}

}  // namespace cotejo::year
