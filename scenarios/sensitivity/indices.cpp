#include "scenarios/sensitivity/indices.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "scenarios/population/philox.h"

namespace cotejo::sensitivity {
namespace {

constexpr int kResamples = 500;

// What each draw decides; part of the key.
enum Decision : std::uint32_t { kPlace = 1, kOrder, kResample };

std::uint32_t Draw(std::uint64_t seed, std::uint32_t row, std::uint32_t column, Decision decision) {
  return population::Draw(seed, 0, row, column, decision)[0];
}

// One point in each of `count` equal strips of every column, in an order of its own.
Eigen::MatrixXd LatinHypercube(int count, int columns, std::uint64_t seed, std::uint32_t first) {
  Eigen::MatrixXd points(count, columns);
  for (int c = 0; c < columns; ++c) {
    const std::uint32_t column = first + static_cast<std::uint32_t>(c);
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t i = order.size(); i > 1; --i) {
      const std::uint32_t draw = Draw(seed, static_cast<std::uint32_t>(i), column, kOrder);
      std::swap(order[i - 1], order[population::Below(draw, static_cast<std::uint32_t>(i))]);
    }
    for (int r = 0; r < count; ++r) {
      const double within =
          (static_cast<double>(Draw(seed, static_cast<std::uint32_t>(r), column, kPlace)) + 0.5) /
          4294967296.0;
      points(r, c) = (order[static_cast<std::size_t>(r)] + within) / count;
    }
  }
  return points;
}

struct Sample {
  Eigen::ArrayXd a, b, mixed;
};

double Variance(const Sample& s) {
  const double mean = 0.5 * (s.a.mean() + s.b.mean());
  return 0.5 * ((s.a - mean).square().mean() + (s.b - mean).square().mean());
}

std::pair<double, double> FirstAndTotal(const Sample& s) {
  const double variance = Variance(s);
  if (!(variance > 0)) return {0, 0};
  return {(s.b * (s.mixed - s.a)).mean() / variance,
          0.5 * (s.a - s.mixed).square().mean() / variance};
}

Interval Around(double value, std::vector<double>& resampled) {
  std::sort(resampled.begin(), resampled.end());
  const auto at = [&](double p) {
    return resampled[static_cast<std::size_t>(p * static_cast<double>(resampled.size() - 1))];
  };
  return {value, at(0.025), at(0.975)};
}

}  // namespace

IndexDesign DesignIndices(int inputs, int base, std::uint64_t seed) {
  IndexDesign design;
  design.inputs = inputs;
  design.base = base;
  const auto columns = static_cast<std::uint32_t>(inputs);
  const Eigen::MatrixXd a = LatinHypercube(base, inputs, seed, 0);
  const Eigen::MatrixXd b = LatinHypercube(base, inputs, seed, columns);
  design.points.resize(static_cast<Eigen::Index>(base) * (inputs + 2), inputs);
  design.points.topRows(base) = a;
  design.points.middleRows(base, base) = b;
  for (int i = 0; i < inputs; ++i) {
    const Eigen::Index first = static_cast<Eigen::Index>(base) * (i + 2);
    design.points.middleRows(first, base) = a;
    design.points.col(i).segment(first, base) = b.col(i);
  }
  return design;
}

std::vector<SobolIndex> EstimateIndices(const IndexDesign& design, const Eigen::VectorXd& results,
                                        std::uint64_t seed) {
  const auto n = static_cast<Eigen::Index>(design.base);
  // Centred: the estimators multiply results, and a large mean would drown the differences.
  const Eigen::ArrayXd centred = results.array() - results.head(2 * n).mean();
  std::vector<SobolIndex> all;
  for (int input = 0; input < design.inputs; ++input) {
    const Sample whole{centred.head(n), centred.segment(n, n), centred.segment(n * (input + 2), n)};
    std::vector<double> firsts, totals;
    for (int r = 0; r < kResamples; ++r) {
      Sample some{Eigen::ArrayXd(n), Eigen::ArrayXd(n), Eigen::ArrayXd(n)};
      for (Eigen::Index i = 0; i < n; ++i) {
        const auto pick = static_cast<Eigen::Index>(population::Below(
            Draw(seed, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(r), kResample),
            static_cast<std::uint32_t>(n)));
        some.a[i] = whole.a[pick];
        some.b[i] = whole.b[pick];
        some.mixed[i] = whole.mixed[pick];
      }
      const auto [first, total] = FirstAndTotal(some);
      firsts.push_back(first);
      totals.push_back(total);
    }
    const auto [first, total] = FirstAndTotal(whole);
    all.push_back({Around(first, firsts), Around(total, totals)});
  }
  return all;
}

}  // namespace cotejo::sensitivity
