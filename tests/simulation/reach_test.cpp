// Of how many people each table tells, and that those of few are not shown.
#include "scenarios/year/reach.h"

#include <algorithm>
#include <cmath>

#include "scenarios/study/small_groups.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

class ReachTest : public RipTest {
 protected:
  // Only so many people of each of the groups are left.
  void Keep(const std::vector<std::size_t>& of_group) {
    population::Staff& staff = population_.staff;
    std::vector<std::size_t> left = of_group;
    std::vector<bool> stays;
    for (const std::uint16_t group : staff.group) {
      stays.push_back(left[group] > 0);
      if (stays.back()) --left[group];
    }
    const auto cut = [&](auto& all) {
      std::size_t at = 0;
      std::erase_if(all, [&](const auto& /*value*/) { return !stays[at++]; });
    };
    for (population::Column& column : staff.columns) cut(column.of);
    cut(staff.behaviour);
    cut(staff.opening_half_days);
    cut(staff.group);
  }

  Forecast Year() {
    Options options;
    options.gestion = 2026;
    options.replications = 2;
    options.threads = 1;
    return Run({{"base", {"texto vigente", "text in force"}, regulation_.rules}}, options);
  }

  static std::size_t CellOf(const Forecast& forecast, const std::string& key) {
    const auto found = std::find_if(forecast.cells.begin(), forecast.cells.end(),
                                    [&](const Cell& cell) { return cell.key == key; });
    EXPECT_NE(found, forecast.cells.end()) << key;
    return static_cast<std::size_t>(found - forecast.cells.begin());
  }
};

// Of the library 128 are permanent; the other 92, on contracts of service, have neither vacation
// (LEY2027:49) nor a year-end bonus.
TEST_F(ReachTest, TablesTellOfWhomTheTextGivesAnything) {
  const Forecast forecast = Year();
  const auto people = [&](const std::string& key) {
    return forecast.cells[CellOf(forecast, key)].people;
  };
  EXPECT_EQ(people("vacaciones/saldo/inicial"), 128);
  EXPECT_EQ(people("vacaciones/pasivo/total"), 128);
  EXPECT_EQ(people("aguinaldo/centavos/total"), 128);
  EXPECT_EQ(people("aguinaldo/centavos/consultor_de_línea"), 92);
  EXPECT_EQ(people("servicio/días/01/total"), 220);
  EXPECT_EQ(people("sanciones/total"), -1);
}

// What is paid to one person alone is their pay, and the rest are known to have none.
TEST_F(ReachTest, WhatIsOfFewAmongManyIsNotShown) {
  Keep({5, 40});
  Forecast forecast = Year();
  study::HideSmallGroups(forecast, 10);
  const auto hidden = [&](const std::string& key) {
    return std::isnan(forecast.regulations.front().statistics[CellOf(forecast, key)].mean);
  };
  EXPECT_TRUE(hidden("aguinaldo/centavos/permanente"));
  EXPECT_TRUE(hidden("aguinaldo/centavos/consultor_de_línea"));
  EXPECT_TRUE(hidden("aguinaldo/centavos/total"));
  EXPECT_TRUE(hidden("vacaciones/saldo/inicial"));
  EXPECT_TRUE(hidden("vacaciones/saldo/usada"));
  EXPECT_TRUE(hidden("vacaciones/saldo/final"));
  EXPECT_TRUE(hidden("vacaciones/pasivo/total"));
  EXPECT_FALSE(hidden("sanciones/total"));
  EXPECT_FALSE(hidden("descuentos/centavos/total"));
}

}  // namespace
}  // namespace cotejo::year
