// Functions of a date nobody knows, held against the same functions of each date there is.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "model/base/calendar.h"
#include "model/base/date.h"
#include "solver/encoding/algebra.h"
#include "tests/base/sanitized.h"

namespace cotejo::encoding {
namespace {

using base::Date;

struct Case {
  const char* name;
  std::function<Rational(std::int64_t)> function;
  std::vector<Rational> bounds;
};

Date Of(std::int64_t day) { return Date(static_cast<std::int32_t>(day)); }

std::vector<Case> Cases() {
  const Date judged(2024, 2, 29);
  const Date end(2025, 3, 31);
  return {
      {"years",
       [=](std::int64_t day) { return base::YearsBetween(Of(day), judged); },
       {0, {1, 366}, 1, {5, 2}, 3, {732, 366}, {1097, 366}, 40}},
      {"months",
       [=](std::int64_t day) { return Rational(base::MonthsSinceAnniversary(Of(day), judged)); },
       {0, 5, {11, 2}, 6, 11, 12}},
      {"first of the next month",
       [](std::int64_t day) { return Rational(Of(day).first_of_next_month().days()); },
       {judged.days(), Date(2020, 3, 1).days(), Date(1990, 1, 1).days()}},
      {"working days until",
       [=](std::int64_t day) {
         base::Calendar calendar;
         return Rational(calendar.CountWorkingDays(std::max(Of(day), Date(2025, 3, 1)), end, ""));
       },
       {0, 1, 5, {11, 2}, 20, 21}},
      {"no function", [](std::int64_t) { return Rational(7); }, {6, 7, 8}}};
}

class FunctionsOfDates : public ::testing::TestWithParam<std::size_t> {};

TEST_P(FunctionsOfDates, AreWhatTheyAreOfEachDate) {
  const Case tried = Cases()[GetParam()];
  SCOPED_TRACE(tried.name);
  const Date first(2018, 11, 30);
  const Date last(2026, 3, 2);
  smt::Context context;
  Algebra algebra(context);
  smt::Solver solver(context, {});
  const smt::Int day = context.IntVar("día");
  const Num date = algebra.Var(day, 1, first.days(), last.days());
  const std::optional<Num> result = algebra.Function(date, tried.function);
  ASSERT_TRUE(result);
  struct Compared {
    Cond cond;
    std::function<bool(Rational)> holds;
  };
  std::vector<Compared> all;
  for (Rational bound : tried.bounds) {
    const Num other = Algebra::Const(bound);
    all.push_back({algebra.Le(*result, other), [=](Rational x) { return x <= bound; }});
    all.push_back({algebra.Lt(*result, other), [=](Rational x) { return x < bound; }});
    all.push_back({algebra.Le(other, *result), [=](Rational x) { return bound <= x; }});
    all.push_back({algebra.Lt(other, *result), [=](Rational x) { return bound < x; }});
    all.push_back({algebra.Eq(other, *result), [=](Rational x) { return bound == x; }});
    // Of what is made from it only the term is left.
    all.push_back({algebra.Lt(algebra.Add({*result, date}), algebra.Add({other, date})),
                   [=](Rational x) { return x < bound; }});
  }
  constexpr int kEvery = tests::kSanitized ? 5 : 1;
  int seen = 0, asked = 0;
  for (std::int64_t x = first.days(); x <= last.days(); ++x) {
    const bool near = x < first.days() + 3 || x > last.days() - 3 || Of(x).day() <= 2 ||
                      Of(x).day() >= 28 || x % 11 == 0 || Of(x) >= Date(2025, 2, 27);
    if (!near || seen++ % kEvery != 0) continue;
    solver.Push();
    solver.Assert(context.Eq(day, context.IntConst(x)));
    ASSERT_EQ(solver.Check("fecha").answer, smt::Answer::Sat);
    const Rational value = tried.function(x);
    ASSERT_GE(value, *result->low);
    ASSERT_LE(value, *result->high);
    ASSERT_EQ(result->fixed ? result->value : result->unit * solver.Value(result->term), value)
        << Of(x).str();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Cond& cond = all[i].cond;
      ASSERT_EQ(cond.fixed ? *cond.fixed : solver.Value(cond.term), all[i].holds(value))
          << Of(x).str() << ", comparison " << i;
    }
    solver.Pop();
    ++asked;
  }
  EXPECT_GT(asked, tests::Fewer(900, kEvery));
}

INSTANTIATE_TEST_SUITE_P(All, FunctionsOfDates, ::testing::Range<std::size_t>(0, 5));

// What has parts, or no end, is not gone through.
TEST(FunctionsOfNumbers, NeedBoundsAndWholeValues) {
  smt::Context context;
  Algebra algebra(context);
  const auto zero = [](std::int64_t) { return Rational(0); };
  const Num halves = algebra.Var(context.IntVar("mitades"), {1, 2}, 0, 10);
  EXPECT_FALSE(algebra.Function(halves, zero));
  EXPECT_FALSE(algebra.Function(*algebra.Mul(halves, halves), zero));
  Num unbounded = algebra.Var(context.IntVar("cualquiera"), 1, 0, 10);
  unbounded.high.reset();
  EXPECT_FALSE(algebra.Function(unbounded, zero));
  const Num endless = algebra.Var(context.IntVar("lejos"), 1, 0, Rational(1'000'000'000'000));
  EXPECT_FALSE(algebra.Function(endless, zero));
  // Every second one.
  const Num even = algebra.Scale(algebra.Var(context.IntVar("par"), 1, 0, 10), 2);
  const auto same = algebra.Function(even, [](std::int64_t x) { return Rational(x); });
  ASSERT_TRUE(same);
  EXPECT_TRUE(algebra.Le(*same, Algebra::Const(20)).IsTrue());
  EXPECT_TRUE(algebra.Lt(Algebra::Const(20), *same).IsFalse());
}

}  // namespace
}  // namespace cotejo::encoding
