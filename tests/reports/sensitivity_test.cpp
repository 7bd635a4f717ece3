// The table of a sensitivity analysis.
#include "reports/json/sensitivity.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/terminal/terminal.h"
#include "scenarios/study/results.h"

namespace cotejo::reports {
namespace {

study::SensitivityReport Example() {
  study::SensitivityReport report;
  report.regulation = {"texto vigente", "text in force"};
  report.population = "oficina";
  report.staff = 12;
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
  return report;
}

TEST(Sensitivity, NegativesHaveTheMinusOfTheOtherTables) {
  const study::SensitivityReport report = Example();
  TerminalOptions options;
  options.width = 100;
  const std::string table = FormatSensitivity(report, options);
  EXPECT_NE(table.find("−3,50"), std::string::npos) << table;
  EXPECT_NE(table.find("−1 % (−6 a 4)"), std::string::npos) << table;
  EXPECT_EQ(table.find("-1"), std::string::npos) << table;
  EXPECT_EQ(table.find("-6"), std::string::npos) << table;
  // What was not studied has a dash.
  EXPECT_NE(table.find("—"), std::string::npos) << table;
  EXPECT_NE(table.find("bajo: texto vigente · población: oficina, 12 personas"), std::string::npos)
      << table;
}

// With two standard deviations of 0.5 on each side, what is as exp(x) moves 1.54 from the first
// point of the grid to the third and 3.00 from the second to the fourth: it has spread, of itself.
TEST(Sensitivity, SpreadIsNotSaidToBeOfTheOthersOnly) {
  TerminalOptions options;
  EXPECT_NE(FormatSensitivity(Example(), options)
                .find("según dónde esté el supuesto mismo, que puede no actuar en proporción, y "
                      "según los demás"),
            std::string::npos);
}

TEST(Sensitivity, TheFileHasWhatTheTableHas) {
  ReportInput run;
  run.title = "Reglamento";
  run.command = "cotejo sensibilidad";
  const auto json = nlohmann::json::parse(WriteSensitivityJson(run, Example()));
  EXPECT_EQ(json["esquema"], "cotejo-sensibilidad/1");
  EXPECT_EQ(json["titulo"], "Reglamento");
  EXPECT_EQ(json["texto"]["en"], "text in force");
  EXPECT_EQ(json["personas"], 12);
  const auto& late = json["supuestos"][0];
  EXPECT_EQ(late["efecto"], -3.5);
  EXPECT_EQ(late["solo"]["ic_bajo"], -0.06);
  EXPECT_EQ(late["en_total"]["valor"], 0.5);
  // What was not studied has no parts.
  EXPECT_TRUE(json["supuestos"][1]["solo"].is_null());
}

}  // namespace
}  // namespace cotejo::reports
