#include "model/base/date.h"

#include <gtest/gtest.h>

namespace cotejo::base {
namespace {

TEST(Date, KnowsItsPartsAndItsWeekday) {
  const Date date(2025, 8, 6);  // a Wednesday
  EXPECT_EQ(date.year(), 2025);
  EXPECT_EQ(date.month(), 8U);
  EXPECT_EQ(date.day(), 6U);
  EXPECT_EQ(date.weekday(), 3U);
  EXPECT_EQ(date.str(), "2025-08-06");
  EXPECT_EQ(Date(1970, 1, 1).days(), 0);
  EXPECT_EQ(Date(1969, 12, 31).days(), -1);
  EXPECT_EQ(Date(2025, 3, 2).weekday(), 7U);  // a Sunday
  EXPECT_EQ(Date(476, 9, 4).str(), "0476-09-04");
}

TEST(Date, AddingMonthsStopsAtTheEndOfTheMonth) {
  EXPECT_EQ(Date(2025, 1, 31).plus_months(1), Date(2025, 2, 28));
  EXPECT_EQ(Date(2024, 1, 31).plus_months(1), Date(2024, 2, 29));
  EXPECT_EQ(Date(2025, 8, 31).plus_months(1), Date(2025, 9, 30));
  EXPECT_EQ(Date(2025, 1, 31).plus_months(2), Date(2025, 3, 31));  // the clamp does not stick
  EXPECT_EQ(Date(2025, 11, 15).plus_months(2), Date(2026, 1, 15));
  EXPECT_EQ(Date(2025, 12, 1).plus_months(12), Date(2026, 12, 1));
  EXPECT_EQ(Date(2025, 3, 31).plus_months(-1), Date(2025, 2, 28));
  EXPECT_EQ(Date(2025, 1, 15).plus_months(-1), Date(2024, 12, 15));
  EXPECT_EQ(Date(2025, 1, 15).plus_months(-13), Date(2023, 12, 15));
  EXPECT_EQ(Date(2025, 1, 15).plus_months(0), Date(2025, 1, 15));
}

TEST(Date, AddingYearsTo29FebruaryGives28) {
  EXPECT_EQ(Date(2024, 2, 29).plus_years(1), Date(2025, 2, 28));
  EXPECT_EQ(Date(2024, 2, 29).plus_years(4), Date(2028, 2, 29));
  EXPECT_EQ(Date(2024, 2, 28).plus_years(-1), Date(2023, 2, 28));
}

TEST(Date, YearsOutsideTheCalendarAreAnError) {
  EXPECT_THROW((void)Date(2025, 1, 1).plus_years(40000), ArithmeticError);
  EXPECT_THROW((void)Date(2025, 1, 1).plus_years(2000000000), ArithmeticError);
  EXPECT_THROW((void)Date(2025, 1, 1).plus_months(-2000000000), ArithmeticError);
}

TEST(Date, FindsTheEndsOfItsMonth) {
  EXPECT_EQ(Date(2024, 2, 10).first_of_month(), Date(2024, 2, 1));
  EXPECT_EQ(Date(2024, 2, 10).last_of_month(), Date(2024, 2, 29));
  EXPECT_EQ(Date(2025, 12, 31).first_of_next_month(), Date(2026, 1, 1));
  EXPECT_EQ(Date(2025, 12, 1).last_of_month(), Date(2025, 12, 31));
}

TEST(ParseDate, ReadsOnlyDatesThatExist) {
  EXPECT_EQ(ParseDate("2025-03-31"), Date(2025, 3, 31));
  EXPECT_EQ(ParseDate("2024-02-29"), Date(2024, 2, 29));
  for (const char* text : {"2025-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-00", "",
                           "2025-3-31", "31-03-2025", "2025/03/31", "2025-03-31 ", " 2025-03-31",
                           "2025-03-3a", "-025-03-31", "2025--3-31", "2025-03-31T00"}) {
    EXPECT_EQ(ParseDate(text), std::nullopt) << text;
  }
}

TEST(YearsBetween, CountsWholeYearsAndTheDaysSinceTheLast) {
  EXPECT_EQ(YearsBetween(Date(2020, 5, 10), Date(2025, 5, 10)), Rational(5));
  EXPECT_EQ(YearsBetween(Date(2020, 5, 10), Date(2025, 5, 11)), Rational(5) + Rational(1, 366));
  // 10 May 2024 to 9 May 2025: 364 days, and not yet a year.
  EXPECT_EQ(YearsBetween(Date(2024, 5, 10), Date(2025, 5, 9)), Rational(364, 366));
  EXPECT_EQ(YearsBetween(Date(2025, 5, 10), Date(2025, 5, 10)), Rational(0));
  EXPECT_EQ(YearsBetween(Date(2025, 5, 10), Date(2025, 5, 9)), Rational(0));
}

TEST(YearsBetween, AStartOn29FebruaryReturnsOn28) {
  const Date start(2024, 2, 29);
  EXPECT_EQ(YearsBetween(start, Date(2025, 2, 27)), Rational(364, 366));
  EXPECT_EQ(YearsBetween(start, Date(2025, 2, 28)), Rational(1));
  EXPECT_EQ(YearsBetween(start, Date(2025, 3, 1)), Rational(1) + Rational(1, 366));
  // The fourth year ends on the 29th: the 28th is still 3 years and 365 days.
  EXPECT_EQ(YearsBetween(start, Date(2028, 2, 28)), Rational(3) + Rational(365, 366));
  EXPECT_EQ(YearsBetween(start, Date(2028, 2, 29)), Rational(4));
}

TEST(YearsBetween, KeepsTheOrderOfTime) {
  for (const Date start : {Date(2024, 2, 29), Date(2023, 2, 28), Date(2023, 12, 31)}) {
    Rational before(-1);
    for (int day = 0; day < 3000; ++day) {
      const Rational now = YearsBetween(start, start.plus_days(day));
      ASSERT_LT(before, now) << start.plus_days(day).str();
      before = now;
    }
  }
}

TEST(MonthsSinceAnniversary, GoesFrom0To11AndStartsAgain) {
  const Date start(2020, 1, 31);
  EXPECT_EQ(MonthsSinceAnniversary(start, Date(2025, 1, 31)), 0);
  EXPECT_EQ(MonthsSinceAnniversary(start, Date(2025, 2, 27)), 0);
  EXPECT_EQ(MonthsSinceAnniversary(start, Date(2025, 2, 28)), 1);
  EXPECT_EQ(MonthsSinceAnniversary(start, Date(2025, 3, 30)), 1);
  EXPECT_EQ(MonthsSinceAnniversary(start, Date(2025, 3, 31)), 2);
  EXPECT_EQ(MonthsSinceAnniversary(start, Date(2026, 1, 30)), 11);
  EXPECT_EQ(MonthsSinceAnniversary(start, Date(2026, 1, 31)), 0);
  EXPECT_EQ(MonthsSinceAnniversary(start, Date(2019, 12, 31)), 0);
  EXPECT_EQ(MonthsSinceAnniversary(Date(2024, 2, 29), Date(2025, 3, 28)), 0);
  EXPECT_EQ(MonthsSinceAnniversary(Date(2024, 2, 29), Date(2025, 3, 29)), 1);
}

}  // namespace
}  // namespace cotejo::base
