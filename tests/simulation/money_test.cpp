#include "scenarios/year/money.h"

#include <gtest/gtest.h>

#include <vector>

#include "scenarios/year/pile.h"

namespace cotejo::year {
namespace {

TEST(MoneyTest, DaysAtSoManyBolivianosAreCentavos) {
  const Money money(4);                            // figures in quarters
  EXPECT_EQ(money.Centavos(2 * 4, 18 * 4), 3600);  // two days at 18 Bs
  EXPECT_EQ(money.Centavos(2, 18 * 4), 900);       // half a day
  EXPECT_EQ(money.Centavos(3), 75);                // ¾ Bs
}

// With a unit of 200, half a centavo can be told.
TEST(MoneyTest, HalfACentavoGoesUp) {
  const Money money(200);
  EXPECT_EQ(money.Centavos(1), 1);   // 0.5 centavos
  EXPECT_EQ(money.Centavos(3), 2);   // 1.5
  EXPECT_EQ(money.Centavos(-1), 0);  // −0.5
  EXPECT_EQ(money.Centavos(-3), -1);
  EXPECT_EQ(money.Centavos(100, 1), 0);  // 0.25
  EXPECT_EQ(money.Centavos(-200, 3), -1);
}

// What does not fit in 64 bits on the way gives the same as what does: n days at 30 Bs are 3,000 n
// centavos whatever the unit is.
TEST(MoneyTest, LargeUnitsAreExact) {
  for (const std::int64_t unit : {720'000LL, 3'000'000'000LL, 40'000'000'000LL}) {
    const Money money(unit);
    EXPECT_EQ(money.Centavos(7 * unit, 30 * unit), 21'000) << unit;
    EXPECT_EQ(money.Centavos(-7 * unit, 30 * unit), -21'000) << unit;
    EXPECT_EQ(money.Centavos(unit / 2, unit / 100), 1) << unit;  // half a centavo
  }
}

TEST(PileTest, KeepsWhatItHasWhenItGrows) {
  Pile<int> pile;
  for (int i = 0; i < 100; ++i) pile.Next() = i;
  ASSERT_EQ(pile.size(), 100U);
  for (std::size_t i = 0; i < pile.size(); ++i) EXPECT_EQ(pile[i], static_cast<int>(i));
  EXPECT_EQ(pile.back(), 99);
  pile.Shrink(3);
  EXPECT_EQ(pile.end() - pile.begin(), 3);
  pile.Next() = 7;
  EXPECT_EQ(pile.back(), 7);
  const std::vector<int> others(50, 4);
  pile.assign(others.data(), others.size());
  EXPECT_EQ(std::vector<int>(pile.begin(), pile.end()), others);
  pile.clear();
  EXPECT_TRUE(pile.empty());
}

}  // namespace
}  // namespace cotejo::year
