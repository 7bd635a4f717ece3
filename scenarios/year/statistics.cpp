#include "scenarios/year/statistics.h"

#include <Eigen/Core>
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace cotejo::year {
namespace {

constexpr double kTail = 0.025;

// Linear interpolation between order statistics (the usual type 7), `count` of them.
template <typename InOrder>
double Quantile(InOrder in_order, std::int64_t count, double p) {
  const double at = p * static_cast<double>(count - 1);
  const auto low = static_cast<std::int64_t>(std::floor(at));
  const double first = in_order(low);
  return first + (at - static_cast<double>(low)) * (in_order(std::min(low + 1, count - 1)) - first);
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

// The same from sums: of x and its square, and of the squares of the sums of runs.
Spread OfDraws(const Sample::Moments& moments, std::int64_t count, int draws) {
  const auto n = static_cast<long double>(count);
  const auto runs = static_cast<long double>(draws);
  const long double length = n / runs;
  const auto sum = static_cast<long double>(moments.sum);
  const auto run_squares = static_cast<long double>(moments.run_squares);
  const long double between = (run_squares / length - sum * sum / n) / length / (runs - 1);
  const long double within =
      length > 1 ? (static_cast<long double>(moments.squares) - run_squares / length) / (n - runs)
                 : 0;
  return {static_cast<double>(std::sqrt(std::max(0.0L, between) / runs)),
          static_cast<double>(std::sqrt(std::max(0.0L, between - within / length)))};
}

void AddInterval(const Spread& spread, std::int64_t count, int draws, Statistics& s) {
  s.sd_input = spread.sd_input;
  const double error = draws > 1 ? spread.error : s.sd / std::sqrt(static_cast<double>(count));
  const auto free = static_cast<double>(draws > 1 ? draws - 1 : count - 1);
  const double half = boost::math::quantile(boost::math::students_t(free), 1 - kTail) * error;
  s.ci_low = s.mean - half;
  s.ci_high = s.mean + half;
}

}  // namespace

Statistics Describe(const std::vector<std::int64_t>& values, std::int64_t scale, int draws) {
  const auto n = static_cast<Eigen::Index>(values.size());
  // Divided one by one: the mean of equal values is that value, to the last bit.
  const auto divided = [&](const std::vector<std::int64_t>& figures) {
    Eigen::VectorXd x(n);
    for (Eigen::Index i = 0; i < n; ++i)
      x[i] = static_cast<double>(figures[static_cast<std::size_t>(i)]) / static_cast<double>(scale);
    return x;
  };
  const Spread spread = draws > 1 ? OfDraws(divided(values), draws) : Spread{};
  const Eigen::VectorXd x = divided(Ascending(values));
  Statistics s;
  s.mean = x[0] == x[n - 1] ? x[0] : x.mean();
  s.sd = x[0] == x[n - 1]
             ? 0
             : std::sqrt((x.array() - s.mean).square().sum() / static_cast<double>(n - 1));
  AddInterval(spread, n, draws, s);
  const auto in_order = [&](std::int64_t place) { return x[place]; };
  s.year_low = Quantile(in_order, n, kTail);
  s.year_high = Quantile(in_order, n, 1 - kTail);
  return s;
}

Statistics Describe(Sample sample, std::int64_t scale, int draws) {
  if (sample.whole()) return Describe(sample.figures(), scale, draws);
  sample.Fold();
  const Sample::Moments& moments = sample.moments();
  const std::int64_t count = sample.count();
  const auto n = static_cast<long double>(count);
  const auto unit = static_cast<long double>(scale);
  const auto sum = static_cast<long double>(moments.sum);
  const long double squares = static_cast<long double>(moments.squares) - sum * sum / n;
  Statistics s;
  s.mean = static_cast<double>((static_cast<long double>(moments.centre) + sum / n) / unit);
  s.sd = static_cast<double>(std::sqrt(std::max(0.0L, squares) / (n - 1)) / unit);
  Spread spread = draws > 1 ? OfDraws(moments, count, draws) : Spread{};
  spread.error /= static_cast<double>(scale);
  spread.sd_input /= static_cast<double>(scale);
  AddInterval(spread, count, draws, s);
  const auto in_order = [&](std::int64_t place) {
    return sample.InOrder(place) / static_cast<double>(scale);
  };
  s.year_low = Quantile(in_order, count, kTail);
  s.year_high = Quantile(in_order, count, 1 - kTail);
  return s;
}

void BoundTheUnseen(const Cell& cell, std::int64_t years, Statistics& statistics) {
  const bool counts = cell.unit == CellUnit::Count || cell.unit == CellUnit::Persons;
  if (!counts || statistics.year_high != 0 || statistics.mean != 0) return;
  statistics.ci_high = -std::log(kTail) / static_cast<double>(years);
}

void CutAtZero(const Cell& cell, Statistics& statistics) {
  if (cell.group == "vacaciones/saldo") return;
  if (statistics.ci_low < 0) statistics.ci_low = 0;
}

std::optional<std::int64_t> ReplicationsFor(const Statistics& statistics, std::int64_t done,
                                            double precision) {
  if (statistics.mean == 0 || precision <= 0) return std::nullopt;
  const double half = (statistics.ci_high - statistics.ci_low) / 2;
  const double ratio = half / (precision * std::abs(statistics.mean));
  const double needed = std::ceil(static_cast<double>(done) * ratio * ratio);
  return static_cast<std::int64_t>(std::clamp(needed, 2.0, 9e15));
}

}  // namespace cotejo::year
