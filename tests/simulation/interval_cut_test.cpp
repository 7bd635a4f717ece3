// Where an interval may begin: a liability in Bs is no less than nothing, and the lines of the
// vacation ledger that are taken away are.
#include <gtest/gtest.h>

#include <utility>

#include "scenarios/year/statistics.h"

namespace cotejo::year {
namespace {

TEST(CutAtZeroTest, AllButTheLinesOfTheLedger) {
  // 0 and 10: mean 5, standard error 5, and 12.706 of them on each side with one degree of freedom.
  for (const auto& [group, low] : {std::pair{"vacaciones/pasivo", 0.0},
                                   {"", 0.0},
                                   {"descuentos/centavos", 0.0},
                                   {"vacaciones/saldo", -58.53}}) {
    Cell cell;
    cell.table = "vacaciones";
    cell.group = group;
    Statistics statistics = Describe({0, 10}, 1);
    CutAtZero(cell, statistics);
    EXPECT_NEAR(statistics.ci_low, low, 0.01) << group;
    EXPECT_NEAR(statistics.ci_high, 68.53, 0.01) << group;
  }
}

}  // namespace
}  // namespace cotejo::year
