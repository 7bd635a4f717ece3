// Staff fitted to tables: margins met, impossible ones named, and nothing else made up.
#include "scenarios/population/fitting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace cotejo::population {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Variable kContract{"contrato", {"permanente", "consultor"}};
const Variable kOffice{"oficina", {"nacional", "oruro", "beni"}};
const Variable kSex{"sexo", {"mujer", "hombre"}};

FittingOptions Seeded(std::uint64_t seed) {
  FittingOptions options;
  options.seed = seed;
  options.pool = 4096;
  return options;
}

std::map<std::vector<int>, double> Count(const Fitted& fitted, std::vector<std::size_t> variables) {
  std::map<std::vector<int>, double> counts;
  for (std::size_t p = 0; p < fitted.size(); ++p) {
    std::vector<int> key;
    for (const std::size_t v : variables) key.push_back(fitted.at(p, v));
    counts[key] += 1;
  }
  return counts;
}

TEST(Fitting, WholeMarginsAreMetToThePerson) {
  const Margins margins{{kContract, kOffice, kSex},
                        {{"plazas", {0, 1}, {60, 9, 5, 32, 9, 5}},
                         {"sexo por oficina", {1, 2}, {50, 42, 10, 8, 3, 7}}},
                        {}};
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Fitted fitted = Fit(margins, 120, Seeded(seed));
    ASSERT_THAT(fitted.faults, IsEmpty()) << fitted.faults[0].es;
    ASSERT_EQ(fitted.size(), 120U);
    EXPECT_EQ(fitted.worst, 0) << seed;
    EXPECT_EQ(Count(fitted, {0, 1}).at({0, 0}), 60);
    EXPECT_EQ(Count(fitted, {0, 1}).at({1, 2}), 5);
    EXPECT_EQ(Count(fitted, {1, 2}).at({2, 0}), 3);
    EXPECT_EQ(Count(fitted, {1, 2}).at({0, 1}), 42);
  }
}

TEST(Fitting, WhatNoTableSaysIsLeftToChanceGivenWhatTheySay) {
  // Contract and sex meet only in the office: of those of one office, they are independent.
  const Margins margins{
      {kContract, kOffice, kSex},
      {{"plazas", {0, 1}, {6, 2, 1, 2, 4, 5}}, {"sexo", {1, 2}, {4, 4, 1, 5, 3, 3}}},
      {}};
  const Fitted fitted = Fit(margins, 20'000, Seeded(7));
  ASSERT_THAT(fitted.faults, IsEmpty());
  const auto counts = Count(fitted, {0, 1, 2});
  // nacional: 8 of 20 in all, 6 of them permanent and 4 women: 6·4/8 = 3 of 20.
  EXPECT_NEAR(counts.at({0, 0, 0}), 3000, 4 * std::sqrt(3000));
  // oruro: 2·1/6 of 20 are permanent women; beni: 5·3/6 are men and consultants.
  EXPECT_NEAR(counts.at({0, 1, 0}), 20'000 * (2.0 / 6) / 20, 4 * std::sqrt(334));
  EXPECT_NEAR(counts.at({1, 2, 1}), 20'000 * (15.0 / 6) / 20, 4 * std::sqrt(2500));
}

TEST(Fitting, ScaledMarginsAreMetWithinHalfAPerCent) {
  // 19 offices as the entity has them, on another total.
  Margins margins{{{"contrato", {"a", "b"}}, {"oficina", {}}, {"edad", {"1", "2", "3", "4", "5"}}},
                  {{"plazas", {0, 1}, {}},
                   {"edad por contrato", {0, 2}, {20, 50, 40, 15, 3, 40, 30, 15, 6, 1}}},
                  {}};
  const std::vector<double> posts = {60, 9, 5, 5, 5, 7, 8, 5, 5, 4, 2, 2, 3, 2, 2, 2, 2};
  const std::vector<double> other = {32, 9, 4, 4, 4, 7, 8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2};
  for (std::size_t o = 0; o < posts.size(); ++o) {
    margins.variables[1].categories.push_back("o" + std::to_string(o));
  }
  margins.margins[0].people = posts;
  margins.margins[0].people.insert(margins.margins[0].people.end(), other.begin(), other.end());
  const Fitted fitted = Fit(margins, 2000, Seeded(3));
  ASSERT_THAT(fitted.faults, IsEmpty()) << fitted.faults[0].es;
  ASSERT_EQ(fitted.size(), 2000U);
  EXPECT_LE(fitted.worst, 10);  // half a per cent of 2,000
  EXPECT_LT(fitted.worst, 1);   // and no whole person is out of place
}

TEST(Fitting, NobodyHasAnImpossibleProfile) {
  Margins margins{{kContract, kOffice},
                  {{"contrato", {0}, {12, 8}}, {"oficina", {1}, {10, 6, 4}}},
                  [](const std::vector<std::uint16_t>& p) { return p[0] == 1 && p[1] == 2; }};
  const Fitted fitted = Fit(margins, 20, Seeded(1));
  ASSERT_THAT(fitted.faults, IsEmpty());
  EXPECT_EQ(fitted.worst, 0);
  EXPECT_FALSE(Count(fitted, {0, 1}).contains({1, 2}));
  EXPECT_EQ(Count(fitted, {0, 1}).at({0, 2}), 4);
}

TEST(Fitting, TheSameSeedGivesTheSamePeople) {
  const Margins margins{{kContract, kSex}, {{"todo", {0, 1}, {3, 4, 5, 8}}}, {}};
  EXPECT_EQ(Fit(margins, 500, Seeded(4)).people, Fit(margins, 500, Seeded(4)).people);
}

// ---- margins that cannot be

std::string Fault(const Margins& margins, std::size_t total) {
  const Fitted fitted = Fit(margins, total, Seeded(1));
  EXPECT_THAT(fitted.faults, SizeIs(1));
  EXPECT_EQ(fitted.size(), 0U);
  return fitted.faults.empty() ? "" : fitted.faults[0].es;
}

TEST(Fitting, MarginsOfDifferentTotalsAreNamed) {
  EXPECT_EQ(
      Fault({{kContract, kSex}, {{"contratos", {0}, {6, 4}}, {"sexos", {1}, {6, 5}}}, {}}, 10),
      "«contratos» suma 10 personas y «sexos» suma 11");
}

TEST(Fitting, MarginsThatDisagreeOnWhatTheyShareAreNamed) {
  EXPECT_EQ(Fault({{kContract, kOffice, kSex},
                   {{"plazas", {0, 1}, {3, 1, 1, 2, 2, 1}}, {"sexo", {1, 2}, {2, 2, 2, 2, 1, 1}}},
                   {}},
                  10),
            "«plazas» pide 5 de «nacional» y «sexo» pide 4");
}

TEST(Fitting, PairwiseMarginsThatNoStaffMeetsAreNamed) {
  // The first two want the ends alike in 8 of 10 at least; the third, in 2 of 10.
  const Variable a{"a", {"0", "1"}}, b{"b", {"0", "1"}}, c{"c", {"0", "1"}};
  EXPECT_EQ(Fault({{a, b, c},
                   {{"ab", {0, 1}, {4.5, 0.5, 0.5, 4.5}},
                    {"bc", {1, 2}, {4.5, 0.5, 0.5, 4.5}},
                    {"ac", {0, 2}, {1, 4, 4, 1}}},
                   {}},
                  10),
            "no hay personal que cumpla a la vez «ab», «bc», «ac»");
}

TEST(Fitting, ACellThatOnlyImpossibleProfilesFillIsNamed) {
  const std::string fault = Fault({{kContract, kOffice},
                                   {{"contratos", {0}, {6, 4}}, {"oficinas", {1}, {4, 3, 3}}},
                                   [](const std::vector<std::uint16_t>& p) { return p[1] == 2; }},
                                  10);
  EXPECT_EQ(fault, "«oficinas» pide personas de «beni», y los demás cuadros no dejan que las haya");
}

}  // namespace
}  // namespace cotejo::population
