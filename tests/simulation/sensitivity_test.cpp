// Screening and Sobol indices against functions whose answers are known in closed form.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "scenarios/sensitivity/indices.h"
#include "scenarios/sensitivity/screening.h"
#include "tests/base/sanitized.h"

namespace cotejo::sensitivity {
namespace {

template <typename Function>
Eigen::VectorXd Results(const Eigen::MatrixXd& points, Function function) {
  Eigen::VectorXd results(points.rows());
  for (Eigen::Index i = 0; i < points.rows(); ++i) results[i] = function(points.row(i));
  return results;
}

TEST(Screening, OfALinearFunctionGivesItsCoefficients) {
  const ScreeningDesign design = DesignScreening(4, 12, 6, 3);
  const auto effects = EstimateEffects(
      design, Results(design.points, [](const auto& x) { return 3 * x[0] - 5 * x[2] + x[3] + 7; }));
  const double expected[] = {3, 0, -5, 1};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(effects[i].mean, expected[i], 1e-9);
    EXPECT_NEAR(effects[i].mean_abs, std::abs(expected[i]), 1e-9);
    EXPECT_NEAR(effects[i].sd, 0, 1e-9);
  }
}

TEST(Screening, AnInteractionShowsInTheSpread) {
  const ScreeningDesign design = DesignScreening(3, 40, 4, 5);
  const auto effects =
      EstimateEffects(design, Results(design.points, [](const auto& x) { return x[0] * x[1]; }));
  EXPECT_GT(effects[0].sd, 0.1);
  EXPECT_GT(effects[1].sd, 0.1);
  EXPECT_EQ(effects[2].mean_abs, 0);
}

TEST(Screening, PointsStayInTheirRangeAndMoveOneInputAtATime) {
  const ScreeningDesign design = DesignScreening(5, 20, 4, 9);
  EXPECT_GE(design.points.minCoeff(), -1e-12);
  EXPECT_LE(design.points.maxCoeff(), 1 + 1e-12);
  for (int t = 0; t < 20; ++t) {
    Eigen::VectorXd moved = Eigen::VectorXd::Zero(5);
    for (Eigen::Index i = t * 6; i < t * 6 + 5; ++i) {
      const Eigen::VectorXd step = (design.points.row(i + 1) - design.points.row(i)).transpose();
      EXPECT_NEAR(step.cwiseAbs().sum(), design.step, 1e-12);
      moved += step.cwiseAbs();
    }
    EXPECT_NEAR(moved.minCoeff(), design.step, 1e-12);
  }
}

// Ishigami and Homma (1990) with a = 7, b = 0.1: the variances are known.
TEST(SobolIndices, OfIshigamisFunctionAreThoseOfTheBook) {
  const IndexDesign design = DesignIndices(3, tests::Fewer(8192, 2), 11);
  const double pi = std::numbers::pi;
  const Eigen::VectorXd results = Results(design.points, [&](const auto& u) {
    const double x = pi * (2 * u[0] - 1), y = pi * (2 * u[1] - 1), z = pi * (2 * u[2] - 1);
    return std::sin(x) + 7 * std::sin(y) * std::sin(y) + 0.1 * std::pow(z, 4) * std::sin(x);
  });
  const double b = 0.1;
  const double v1 = 0.5 * std::pow(1 + b * std::pow(pi, 4) / 5, 2);
  const double v2 = 49.0 / 8;
  const double v13 = b * b * std::pow(pi, 8) * 8 / 225;
  const double v = v1 + v2 + v13;
  const auto indices = EstimateIndices(design, results, 1);
  const double first[] = {v1 / v, v2 / v, 0};
  const double total[] = {(v1 + v13) / v, v2 / v, v13 / v};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(indices[i].first.value, first[i], 0.03) << i;
    EXPECT_NEAR(indices[i].total.value, total[i], 0.03) << i;
    EXPECT_LE(indices[i].first.low, first[i] + 0.01);
    EXPECT_GE(indices[i].first.high, first[i] - 0.01);
    EXPECT_LT(indices[i].total.high - indices[i].total.low, 0.1);
  }
}

TEST(SobolIndices, OfAConstantAreZero) {
  const IndexDesign design = DesignIndices(2, 64, 1);
  for (const SobolIndex& index :
       EstimateIndices(design, Eigen::VectorXd::Constant(design.points.rows(), 4), 1)) {
    EXPECT_EQ(index.first.value, 0);
    EXPECT_EQ(index.total.value, 0);
  }
}

}  // namespace
}  // namespace cotejo::sensitivity
