#include "model/base/rational.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace cotejo::base {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

TEST(Rational, IsKeptInLowestTermsWithAPositiveDenominator) {
  const Rational r(6, -4);
  EXPECT_EQ(r.num(), -3);
  EXPECT_EQ(r.den(), 2);
  EXPECT_EQ(Rational(0, -7).den(), 1);
  EXPECT_TRUE(Rational(8, 4).whole());
  EXPECT_EQ(Rational(kMin, kMin), Rational(1));
  EXPECT_THROW(Rational(1, 0), ArithmeticError);
}

TEST(Rational, AddsSubtractsMultipliesAndDividesExactly) {
  EXPECT_EQ(Rational(1, 3) + Rational(1, 6), Rational(1, 2));
  EXPECT_EQ(Rational(1, 2) - Rational(3, 4), Rational(-1, 4));
  EXPECT_EQ(Rational(2, 3) * Rational(9, 4), Rational(3, 2));
  EXPECT_EQ(Rational(1, 2) / Rational(-1, 4), Rational(-2));
  EXPECT_EQ(-Rational(1, 2), Rational(-1, 2));
  EXPECT_THROW(Rational(1) / Rational(0), ArithmeticError);
}

TEST(Rational, AnOverflowIsAnErrorAndItsEdgeIsNot) {
  EXPECT_EQ(Rational(kMax) + Rational(0), Rational(kMax));
  EXPECT_THROW(Rational(kMax) + Rational(1), ArithmeticError);
  EXPECT_EQ(Rational(kMin) + Rational(kMax), Rational(-1));
  EXPECT_THROW(-Rational(kMin), ArithmeticError);
  EXPECT_THROW(Rational(kMax) * Rational(2), ArithmeticError);
  EXPECT_THROW(Rational(1, kMax) * Rational(1, 2), ArithmeticError);
  // The products pass through 126 bits and come back.
  EXPECT_EQ(Rational(kMax, 2) * Rational(2, kMax), Rational(1));
  EXPECT_EQ(Rational(kMax, 3) - Rational(kMax, 3), Rational(0));
  EXPECT_EQ(Rational(kMin) / Rational(kMin), Rational(1));
}

TEST(Rational, ComparesWithoutRounding) {
  // 1/3 against its sixteen-digit decimal: equal as doubles.
  EXPECT_GT(Rational(1, 3), Rational(3333333333333333, 10000000000000000));
  EXPECT_LT(Rational(kMax - 1, kMax), Rational(1));
  EXPECT_LT(Rational(kMin), Rational(-kMax));
  EXPECT_LT(Rational(-1, 2), Rational(-1, 3));
}

TEST(Rational, FloorAndCeilGoTheirOwnWayBelowZero) {
  EXPECT_EQ(Rational(7, 2).floor(), 3);
  EXPECT_EQ(Rational(7, 2).ceil(), 4);
  EXPECT_EQ(Rational(-7, 2).floor(), -4);
  EXPECT_EQ(Rational(-7, 2).ceil(), -3);
  EXPECT_EQ(Rational(-4).floor(), -4);
  EXPECT_EQ(Rational(-4).ceil(), -4);
  EXPECT_DOUBLE_EQ(Rational(-7, 2).approximate(), -3.5);
}

TEST(Rational, IsWrittenAsAMixedNumber) {
  EXPECT_EQ(Rational(3).str(), "3");
  EXPECT_EQ(Rational(1, 2).str(), "1/2");
  EXPECT_EQ(Rational(7, 2).str(), "3 1/2");
  EXPECT_EQ(Rational(-7, 2).str(), "-3 1/2");
  EXPECT_EQ(Rational(-1, 2).str(), "-1/2");
  EXPECT_EQ(Rational(kMin).str(), "-9223372036854775808");
  EXPECT_EQ(Rational(kMin, 3).str(), "-3074457345618258602 2/3");
}

TEST(Rational, GcdDividesBothAWholeNumberOfTimes) {
  EXPECT_EQ(Gcd(Rational(1, 2), Rational(1, 3)), Rational(1, 6));
  EXPECT_EQ(Gcd(Rational(3, 4), Rational(1, 2)), Rational(1, 4));
  EXPECT_EQ(Gcd(Rational(30), Rational(45)), Rational(15));
  EXPECT_EQ(Gcd(Rational(-4), Rational(6)), Rational(2));
  EXPECT_EQ(Gcd(Rational(0), Rational(-5, 2)), Rational(5, 2));
  EXPECT_EQ(Gcd(Rational(0), Rational(0)), Rational(0));
  EXPECT_EQ(Gcd(Rational(1, 60), Rational(1)), Rational(1, 60));
  EXPECT_EQ(Gcd(Rational(kMin), Rational(3)), Rational(1));
}

struct Written {
  const char* text;
  Rational value;
};

TEST(ParseRational, ReadsTheSixWaysOfWritingANumber) {
  const std::vector<Written> cases = {
      {"12", 12},        {"0", 0},          {"1/2", {1, 2}},
      {"0.5", {1, 2}},   {"0,5", {1, 2}},   {"½", {1, 2}},
      {"1½", {3, 2}},    {"6/4", {3, 2}},   {"12,25", {49, 4}},
      {"0.05", {1, 20}}, {"-3", -3},        {"-1/2", {-1, 2}},
      {"-0,5", {-1, 2}}, {"-½", {-1, 2}},   {"-1½", {-3, 2}},
      {"007", 7},        {"2.500", {5, 2}}, {"9223372036854775807", kMax},
  };
  for (const Written& c : cases) EXPECT_EQ(ParseRational(c.text), c.value) << c.text;
}

TEST(ParseRational, RefusesEverythingElse) {
  for (const char* text : {"",
                           "-",
                           "--1",
                           "+1",
                           "1/",
                           "/2",
                           "1/0",
                           "0/0",
                           "1/-2",
                           ".5",
                           "5.",
                           "1,",
                           "1.2.3",
                           "1/2/3",
                           "½½",
                           "½1",
                           "1 1/2",
                           " 1",
                           "1 ",
                           "1e3",
                           "0x10",
                           "uno",
                           "¼",
                           "9223372036854775808",
                           "99999999999999999999/3",
                           "0.00000000000000000000001",
                           "\xC2",
                           "1\xC2"}) {
    EXPECT_EQ(ParseRational(text), std::nullopt) << text;
  }
}

TEST(ParseRational, WhatItWritesAsAFractionItReads) {
  for (std::int64_t num = -20; num <= 20; ++num) {
    for (std::int64_t den = 1; den <= 12; ++den) {
      const Rational r(num, den);
      EXPECT_EQ(ParseRational(std::to_string(r.num()) + "/" + std::to_string(r.den())), r);
    }
  }
}

}  // namespace
}  // namespace cotejo::base
