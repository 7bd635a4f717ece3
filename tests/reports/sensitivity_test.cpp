// The table of a sensitivity analysis.
#include <gtest/gtest.h>

#include "reports/terminal/terminal.h"
#include "scenarios/study/results.h"

namespace cotejo::reports {
namespace {

TEST(Sensitivity, NegativesHaveTheMinusOfTheOtherTables) {
  study::SensitivityReport report;
  study::FactorEffect late;
  late.factor = {"atrasos", "lateness"};
  late.mean = -3.5;
  late.mean_abs = 3.5;
  late.studied = true;
  late.first = {-0.012, -0.06, 0.04};
  late.total = {0.5, 0.4, 0.6};
  study::FactorEffect other;
  other.factor = {"omisiones", "omissions"};
  report.effects = {late, other};
  TerminalOptions options;
  options.width = 100;
  const std::string table = FormatSensitivity(report, options);
  EXPECT_NE(table.find("−3,50"), std::string::npos) << table;
  EXPECT_NE(table.find("−1 % (−6 a 4)"), std::string::npos) << table;
  EXPECT_EQ(table.find("-1"), std::string::npos) << table;
  EXPECT_EQ(table.find("-6"), std::string::npos) << table;
  // What was not studied has a dash.
  EXPECT_NE(table.find("—"), std::string::npos) << table;
}

}  // namespace
}  // namespace cotejo::reports
