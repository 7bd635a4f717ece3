// Small groups are not shown, and what is shown does not give them away.
#include "scenarios/study/small_groups.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <set>

namespace cotejo::study {
namespace {

year::Cell CellOf(const std::string& key, int people, const std::string& group, bool total) {
  year::Cell cell;
  cell.key = key;
  cell.table = "personas";
  cell.unit = year::CellUnit::Persons;
  cell.total = total;
  cell.group = group;
  cell.people = people;
  return cell;
}

// Groups of so many people, their values in one year, and their total.
year::Forecast ForecastOf(const std::vector<int>& people, const std::vector<std::int64_t>& values) {
  year::Forecast forecast;
  year::RegulationResult regulation;
  std::int64_t sum = 0;
  const auto add = [&](const year::Cell& cell, std::int64_t value) {
    forecast.cells.push_back(cell);
    regulation.values.push_back({value});
    year::Statistics statistics;
    statistics.mean = static_cast<double>(value);
    regulation.statistics.push_back(statistics);
  };
  for (std::size_t g = 0; g < people.size(); ++g) {
    add(CellOf("grupo " + std::to_string(g), people[g], "g", false), values[g]);
    forecast.staff += people[g];
    sum += values[g];
  }
  add(CellOf("total", -1, "g", true), sum);
  forecast.regulations.push_back(std::move(regulation));
  return forecast;
}

std::vector<bool> Hidden(const std::vector<int>& people, const std::vector<std::int64_t>& values,
                         int smallest = 10) {
  return SmallCells(ForecastOf(people, values), smallest);
}

using Bools = std::vector<bool>;

TEST(SmallGroups, NothingIsHiddenWithoutOne) {
  EXPECT_EQ(Hidden({10, 30}, {1, 2}), Bools({false, false, false}));
}

TEST(SmallGroups, TheOptionTurnsItOff) {
  EXPECT_EQ(Hidden({1, 30}, {1, 2}, 0), Bools({false, false, false}));
}

TEST(SmallGroups, AnotherGoesWithTheSmallOneSoThatTheTotalDoesNotGiveItAway) {
  EXPECT_EQ(Hidden({40, 4, 20, 30}, {8, 1, 2, 9}), Bools({false, true, true, false, false}));
}

TEST(SmallGroups, SmallOnesHideOneAnotherOnlyWhenTheyAreEnoughPeople) {
  EXPECT_EQ(Hidden({4, 7, 30}, {1, 2, 9}), Bools({true, true, false, false}));
  EXPECT_EQ(Hidden({4, 5, 30}, {1, 2, 9}), Bools({true, true, true, false}));
}

TEST(SmallGroups, ASumThatCanBeSharedOutInOneWayOnlyHidesMore) {
  EXPECT_EQ(Hidden({4, 20, 30}, {0, 0, 9}), Bools({true, true, true, false}));
  EXPECT_EQ(Hidden({4, 20, 30}, {4, 20, 9}), Bools({true, true, true, false}));
  EXPECT_EQ(Hidden({4, 20, 30}, {0, 0, 0}), Bools({true, true, true, true}));
}

// Those of the other part are known to have nothing: what is left is what four people have.
TEST(SmallGroups, WhatCanHaveNothingIsNoCover) {
  EXPECT_EQ(Hidden({4, 40}, {3, 0}), Bools({true, true, true}));
  EXPECT_EQ(Hidden({4, 20, 30}, {3, 0, 9}), Bools({true, true, true, false}));
}

TEST(SmallGroups, AStaffThatIsSmallItselfShowsNothing) {
  EXPECT_EQ(Hidden({4, 5}, {1, 2}), Bools({true, true, true}));
}

TEST(SmallGroups, AGroupOfNobodyIsNoCover) {
  EXPECT_EQ(Hidden({0, 4, 20, 30}, {0, 1, 2, 9}), Bools({false, true, true, false, false}));
}

TEST(SmallGroups, AnAmendedTextThatGivesThemAwayHidesMoreInAll) {
  year::Forecast forecast = ForecastOf({4, 20, 30}, {1, 2, 9});
  forecast.regulations.push_back(ForecastOf({4, 20, 30}, {0, 0, 9}).regulations.front());
  EXPECT_EQ(SmallCells(forecast, 10), Bools({true, true, true, false}));
}

TEST(SmallGroups, WhatIsHiddenHasNoFigureLeftAndTheReportSaysSo) {
  year::Forecast forecast = ForecastOf({4, 20, 30}, {1, 2, 9});
  HideSmallGroups(forecast, 10);
  const year::RegulationResult& regulation = forecast.regulations.front();
  for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
    EXPECT_EQ(std::isnan(regulation.statistics[c].mean), c < 2) << c;
    EXPECT_EQ(std::isnan(regulation.statistics[c].year_high), c < 2) << c;
    EXPECT_EQ(regulation.values[c].empty(), c < 2) << c;
  }
  ASSERT_EQ(forecast.assumptions.size(), 1U);
  EXPECT_NE(forecast.assumptions[0].es.find("no se muestran 2 casillas"), std::string::npos);

  year::Forecast whole = ForecastOf({4, 20, 30}, {1, 2, 9});
  HideSmallGroups(whole, 0);
  EXPECT_EQ(whole.regulations.front().statistics[0].mean, 1);
  ASSERT_EQ(whole.assumptions.size(), 1U);
  EXPECT_NE(whole.assumptions[0].es.find("--grupo-minimo 0"), std::string::npos);
}

// Somebody who knows how many people each group has, and tries every value that each hidden cell
// could have with what is shown: more than one must be left for each.
void Attack(const std::vector<int>& people, const std::vector<std::int64_t>& values, int smallest) {
  year::Forecast forecast = ForecastOf(people, values);
  HideSmallGroups(forecast, smallest);
  const std::vector<year::Statistics>& shown = forecast.regulations.front().statistics;
  std::vector<std::set<int>> possible(people.size());
  std::vector<int> guess(people.size());
  const std::function<void(std::size_t, int)> go_on = [&](std::size_t g, int sum) {
    if (g == people.size()) {
      if (!std::isnan(shown[g].mean) && sum != static_cast<int>(shown[g].mean)) return;
      for (std::size_t i = 0; i < people.size(); ++i) possible[i].insert(guess[i]);
      return;
    }
    const bool hidden = std::isnan(shown[g].mean);
    const int low = hidden ? 0 : static_cast<int>(shown[g].mean);
    const int high = hidden ? people[g] : low;
    for (guess[g] = low; guess[g] <= high; ++guess[g]) go_on(g + 1, sum + guess[g]);
  };
  go_on(0, 0);
  for (std::size_t g = 0; g < people.size(); ++g) {
    if (people[g] > 0 && people[g] < smallest) {
      EXPECT_TRUE(std::isnan(shown[g].mean)) << g;
    }
    if (std::isnan(shown[g].mean)) {
      EXPECT_GT(possible[g].size(), 1U) << g;
    }
  }
  // Nor may what is left unsaid be the sum of too few.
  int unsaid = 0;
  for (std::size_t g = 0; g < people.size(); ++g)
    unsaid += std::isnan(shown[g].mean) ? people[g] : 0;
  if (!std::isnan(shown.back().mean) && unsaid > 0) {
    EXPECT_GE(unsaid, smallest);
  }
}

TEST(SmallGroups, BruteForceDoesNotRecoverWhatIsHidden) {
  std::mt19937 random(2025);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  for (int round = 0; round < 3000 && !testing::Test::HasFailure(); ++round) {
    std::vector<int> people;
    std::vector<std::int64_t> values;
    const int groups = 1 + below(4);
    const int kind = below(4);  // nobody, everybody, few, any
    for (int g = 0; g < groups; ++g) {
      people.push_back(below(12));
      const int n = people.back();
      values.push_back(kind == 0   ? 0
                       : kind == 1 ? n
                       : kind == 2 ? below(2) * (n > 0)
                                   : below(n + 1));
    }
    Attack(people, values, 5);
  }
}

}  // namespace
}  // namespace cotejo::study
