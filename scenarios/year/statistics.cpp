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

}  // namespace

Statistics Describe(const std::vector<std::int64_t>& values, std::int64_t scale) {
  const auto n = static_cast<Eigen::Index>(values.size());
  Eigen::VectorXd x(n);
  // Divided one by one: the mean of equal values is that value, to the last bit.
  for (Eigen::Index i = 0; i < n; ++i)
    x[i] = static_cast<double>(values[static_cast<std::size_t>(i)]) / static_cast<double>(scale);
  std::sort(x.begin(), x.end());
  Statistics s;
  s.mean = x[0] == x[n - 1] ? x[0] : x.mean();
  s.sd = x[0] == x[n - 1]
             ? 0
             : std::sqrt((x.array() - s.mean).square().sum() / static_cast<double>(n - 1));
  const boost::math::students_t student(static_cast<double>(n - 1));
  const double half =
      boost::math::quantile(student, 1 - kTail) * s.sd / std::sqrt(static_cast<double>(n));
  s.ci_low = s.mean - half;
  s.ci_high = s.mean + half;
  s.year_low = Quantile(x, kTail);
  s.year_high = Quantile(x, 1 - kTail);
  return s;
}

Statistics DescribeDifference(const std::vector<std::int64_t>& base,
                              const std::vector<std::int64_t>& amended, std::int64_t scale) {
  std::vector<std::int64_t> difference(base.size());
  for (std::size_t i = 0; i < base.size(); ++i) difference[i] = amended[i] - base[i];
  return Describe(difference, scale);
}

}  // namespace cotejo::year
