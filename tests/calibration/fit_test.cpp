// Known behaviour, drawn and fitted: the intervals hold it as often as they say.
#include "scenarios/calibration/fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/base/sanitized.h"

namespace cotejo::calibration {
namespace {

// As in the population files: the first and last bands differ, the cuts are the same.
std::vector<ClassTable> File() {
  return {{"puntual", 0.6, {{-20, 0, 0.9}, {1, 5, 0.07}, {6, 30, 0.03}}, 0.01, 0.4},
          {"impuntual", 0.4, {{-10, 0, 0.6}, {1, 5, 0.25}, {6, 60, 0.15}}, 0.03, 0.5}};
}

// What the staff in truth does: neither the weights nor the shares of the file.
std::vector<ClassTable> Truth() {
  return {{"puntual", 0.5, {{-20, 0, 0.93}, {1, 5, 0.05}, {6, 30, 0.02}}, 0.02, 0.35},
          {"impuntual", 0.5, {{-10, 0, 0.55}, {1, 5, 0.33}, {6, 60, 0.12}}, 0.05, 0.6}};
}

constexpr double kUnrecorded = 0.03;

template <typename Random>
std::size_t Pick(const std::vector<double>& shares, Random& random) {
  return std::discrete_distribution<std::size_t>(shares.begin(), shares.end())(random);
}

// `spread`: how much people of one class differ, as the deviation of the logit of being on time.
std::vector<PersonCounts> Live(const std::vector<ClassTable>& tables, int people, int shifts,
                               double spread, std::mt19937_64& random) {
  std::vector<PersonCounts> all;
  std::vector<double> weights;
  for (const ClassTable& table : tables) weights.push_back(table.weight);
  for (int i = 0; i < people; ++i) {
    const ClassTable& table = tables[Pick(weights, random)];
    PersonCounts person{std::to_string(i), std::vector<std::int64_t>(3), shifts, 0, 0, 0};
    std::vector<double> shares;
    for (const Band& band : table.bands) shares.push_back(band.share);
    const double factor = std::exp(spread * std::normal_distribution<double>()(random));
    for (std::size_t b = 1; b < shares.size(); ++b) shares[b] *= factor;
    const auto hit = [&](double p) { return std::bernoulli_distribution(p)(random); };
    for (int s = 0; s < shifts; ++s) {
      if (hit(kUnrecorded)) {
        ++person.unrecorded;
        continue;
      }
      if (hit(table.omission)) {
        ++person.omitted;
        if (hit(table.missing_entry)) {
          ++person.missing_entry;
          continue;
        }
      }
      ++person.cells[Pick(shares, random)];
    }
    all.push_back(std::move(person));
  }
  return all;
}

struct Held {
  int held = 0, seen = 0;
  void Look(const Estimate& e, double truth) {
    ++seen;
    if (e.low <= truth && truth <= e.high) ++held;
  }
  [[nodiscard]] double share() const { return static_cast<double>(held) / seen; }
};

TEST(Fit, IntervalsHoldTheTruthAsOftenAsTheySay) {
#ifdef COTEJO_SANITIZED
  constexpr int kStudies = 100;
  constexpr double kReach = 0.07;
#else
  constexpr int kStudies = 1000;
  constexpr double kReach = 0.02;
#endif
  const auto truth = Truth();
  std::mt19937_64 random(7);
  Held weights, bands, omissions, entries, all;
  for (int study = 0; study < kStudies; ++study) {
    const auto people = Live(truth, 60, 120, 0, random);
    const Calibration c =
        Fit(File(), people, {.resamples = 100, .seed = static_cast<std::uint64_t>(study)});
    double late = 0;
    double omission = 0;
    for (std::size_t k = 0; k < truth.size(); ++k) {
      ASSERT_TRUE(c.classes[k].fitted);
      weights.Look(c.classes[k].weight, truth[k].weight);
      for (std::size_t b = 0; b < truth[k].bands.size(); ++b) {
        bands.Look(c.classes[k].bands[b].share, truth[k].bands[b].share);
        if (b > 0) late += truth[k].weight * truth[k].bands[b].share;
      }
      omissions.Look(c.classes[k].omission, truth[k].omission);
      entries.Look(c.classes[k].missing_entry, truth[k].missing_entry);
      all.Look(c.classes[k].unrecorded, kUnrecorded);
      omission += truth[k].weight * truth[k].omission;
    }
    all.Look(c.late, late);
    all.Look(c.omission, omission);
    all.Look(c.unrecorded, kUnrecorded);
  }
  for (const auto& [name, held] : {std::pair("pesos", weights),
                                   {"franjas", bands},
                                   {"omisiones", omissions},
                                   {"ingresos omitidos", entries},
                                   {"totales", all}}) {
    SCOPED_TRACE(name);
    EXPECT_NEAR(held.share(), 0.95, kReach);
  }
}

// Everybody is late about twice as often as the file has it, so that the third class does what the
// file has of the fourth. Each person is exactly as their class: the classes come out as they are,
// and not with two in one and another empty.
TEST(Fit, ClassesAreToldApartInAStaffLaterThanTheFile) {
  const std::vector<ClassTable> file = {
      {"puntual", 0.55, {{-20, 0, 0.965}, {1, 5, 0.028}, {6, 30, 0.007}}, 0.002, 0.4},
      {"regular", 0.33, {{-15, 0, 0.86}, {1, 5, 0.105}, {6, 30, 0.035}}, 0.005, 0.4},
      {"impuntual", 0.10, {{-10, 0, 0.65}, {1, 5, 0.21}, {6, 60, 0.14}}, 0.01, 0.45},
      {"habitual", 0.02, {{-5, 0, 0.54}, {1, 5, 0.26}, {6, 60, 0.20}}, 0.02, 0.5}};
  // People of each class, and of 400 arrivals of each person those of each band.
  const std::vector<int> people_of = {100, 60, 28, 12};
  const std::vector<std::vector<std::int64_t>> arrivals = {
      {372, 20, 8}, {320, 52, 28}, {220, 100, 80}, {160, 120, 120}};
  std::vector<PersonCounts> people;
  for (std::size_t k = 0; k < arrivals.size(); ++k) {
    for (int i = 0; i < people_of[k]; ++i)
      people.push_back({std::to_string(k) + "-" + std::to_string(i), arrivals[k], 400, 0, 0, 0});
  }
  const Calibration c = Fit(file, people, {.resamples = 100, .seed = 5});
  for (std::size_t k = 0; k < arrivals.size(); ++k) {
    SCOPED_TRACE(file[k].name);
    ASSERT_TRUE(c.classes[k].fitted);
    EXPECT_NEAR(c.classes[k].weight.value, people_of[k] / 200.0, 0.005);
    for (std::size_t b = 0; b < 3; ++b) {
      EXPECT_NEAR(c.classes[k].bands[b].share.value, static_cast<double>(arrivals[k][b]) / 400,
                  0.005);
    }
  }
}

// People of a class who differ: intervals that took records for independent would be too narrow.
TEST(Fit, PeopleWhoDifferWidenTheIntervals) {
  std::mt19937_64 random(11);
  const std::vector<ClassTable> one = {File()[1]};
  double alike = 0;
  double differing = 0;
  for (int study = 0; study < 20; ++study) {
    for (const auto& [spread, width] : {std::pair(0.0, &alike), {0.8, &differing}}) {
      const Calibration c =
          Fit(one, Live(one, 40, 200, spread, random), {.resamples = 60, .seed = 1});
      *width += c.late.high - c.late.low;
    }
  }
  EXPECT_GT(differing, 3 * alike);
}

TEST(Fit, TheSameSeedGivesTheSameIntervals) {
  std::mt19937_64 random(3);
  const auto people = Live(Truth(), 50, 100, 0, random);
  const Calibration a = Fit(File(), people, {.resamples = 30, .seed = 5});
  std::atomic<std::int64_t> done{0};
  const Calibration b = Fit(File(), people, {.resamples = 30, .seed = 5, .progress = &done});
  EXPECT_EQ(done, 30);
  EXPECT_EQ(a.late.low, b.late.low);
  EXPECT_EQ(a.classes[1].bands[2].share.high, b.classes[1].bands[2].share.high);
}

TEST(Fit, FewPeopleKeepTheFilesFigures) {
  std::mt19937_64 random(3);
  auto truth = Truth();
  truth[0].weight = 0.97;
  truth[1].weight = 0.03;
  const auto people = Live(truth, 100, 200, 0, random);
  const Calibration c = Fit(File(), people, {.resamples = 30, .seed = 5});
  EXPECT_LT(c.classes[1].people, kFewestPeople);
  EXPECT_FALSE(c.classes[1].fitted);
  EXPECT_EQ(c.classes[1].bands[0].share.value, 0.6);
  EXPECT_EQ(c.classes[1].omission.value, 0.03);
  EXPECT_EQ(c.classes[1].unrecorded.weight, 0);
  EXPECT_LT(c.classes[1].weight.high, 0.12);
  EXPECT_TRUE(c.classes[0].fitted);
}

TEST(Fit, WhatNobodyDoesHasAnUpperBoundAlone) {
  const std::vector<ClassTable> one = {{"única", 1, {{-5, 0, 0.9}, {1, 5, 0.1}}, 0.01, 0.5}};
  const std::vector<PersonCounts> people(20, {"", {50, 0}, 50, 0, 0, 0});
  const Calibration c = Fit(one, people, {.resamples = 30, .seed = 5});
  EXPECT_EQ(c.late.value, 0);
  EXPECT_EQ(c.late.low, 0);
  // Jeffreys' bound for none of 1,000: the 97.5 % quantile of Beta(1/2, 1000.5) is 0.00251.
  EXPECT_NEAR(c.late.high, 0.00251, 0.00001);
  // Nothing was left out, so which record it would be is not known.
  EXPECT_EQ(c.classes[0].missing_entry.value, 0.5);
  EXPECT_EQ(c.classes[0].missing_entry.weight, 0);
}

TEST(Fit, BandsAreCutWhereAnyClassCutsThem) {
  const std::vector<ClassTable> tables = {{"a", 1, {{-20, 0, 1}, {1, 10, 1}}, 0, 0},
                                          {"b", 1, {{-5, 4, 1}, {5, 9, 1}, {10, 30, 1}}, 0, 0}};
  EXPECT_THAT(Cells(tables), testing::ElementsAre(1, 5, 10));
  EXPECT_EQ(CellOf(Cells(tables), -60), 0);
  EXPECT_EQ(CellOf(Cells(tables), 0), 0);
  EXPECT_EQ(CellOf(Cells(tables), 1), 1);
  EXPECT_EQ(CellOf(Cells(tables), 9), 2);
  EXPECT_EQ(CellOf(Cells(tables), 500), 3);
}

// ---- goodness of fit -----------------------------------------------------------------

TEST(Goodness, TheFileThatMadeTheRecordsIsRejectedOneTimeInTwenty) {
  std::mt19937_64 random(5);
  int rejected_file = 0;
  int rejected_later = 0;
  int rejected_other = 0;
  constexpr int kStudies = tests::Fewer(400, 4);
  for (int study = 0; study < kStudies; ++study) {
    const auto people = Live(Truth(), 60, 240, 0, random);
    // The same people, in two halves: classes are of people, not of months.
    auto before = people;
    auto after = people;
    for (std::size_t i = 0; i < people.size(); ++i) {
      for (std::size_t c = 0; c < 3; ++c) {
        std::int64_t& n = before[i].cells[c];
        n = std::binomial_distribution<std::int64_t>(people[i].cells[c], 0.5)(random);
        after[i].cells[c] -= n;
      }
    }
    const Goodness file = AgainstFile(Truth(), people);
    const Goodness later = HeldOut(File(), before, after);
    const Goodness other = AgainstFile(File(), people);
    ASSERT_TRUE(file.done && later.done && other.done);
    EXPECT_EQ(file.degrees, 2);
    rejected_file += file.p < 0.05 ? 1 : 0;
    rejected_later += later.p < 0.05 ? 1 : 0;
    rejected_other += other.p < 0.05 ? 1 : 0;
  }
  // 20 expected, and 5 of the fewer; the bounds hold 99.9 % of the time, and an approximation is
  // allowed for.
  constexpr int kMost = tests::kSanitized ? 14 : 36;
  EXPECT_LE(rejected_file, kMost);
  EXPECT_GE(rejected_file, tests::Fewer(8, 8));
  EXPECT_LE(rejected_later, kMost);
  EXPECT_GE(rejected_later, tests::Fewer(4, 4));
  EXPECT_GT(4 * rejected_other, kStudies);
}

TEST(Goodness, AChangeOfBehaviourShowsInTheMonthsHeldOut) {
  std::mt19937_64 random(5);
  const auto before = Live(Truth(), 60, 240, 0, random);
  // Each of the same people, one arrival in twenty later than before.
  auto after = before;
  for (PersonCounts& person : after) {
    const std::int64_t moved = person.cells[0] / 20;
    person.cells[0] -= moved;
    person.cells[1] += moved;
  }
  EXPECT_GT(HeldOut(File(), before, before).p, 0.05);
  const Goodness g = HeldOut(File(), before, after);
  ASSERT_TRUE(g.done);
  EXPECT_LT(g.p, 0.001);
  EXPECT_GT(std::abs(g.largest_gap), 0.03);
}

TEST(Goodness, PeopleOfAClassWhoDifferAreSeen) {
  std::mt19937_64 random(9);
  const std::vector<ClassTable> one = {Truth()[1]};
  const Goodness alike = AlikeWithin(one, Live(one, 60, 200, 0, random));
  EXPECT_EQ(alike.degrees, 59);
  EXPECT_GT(alike.p, 0.001);
  const Goodness differing = AlikeWithin(one, Live(one, 60, 200, 0.6, random));
  EXPECT_LT(differing.p, 1e-6);
}

// Two of the file's classes have nobody, and the others come far later than it says: the people are
// held against the classes that the fit finds, and each is as its class.
TEST(Goodness, PeopleFarFromTheFileAreHeldAgainstWhatWasFitted) {
  std::mt19937_64 random(11);
  std::vector<ClassTable> lived = {Truth()[0], Truth()[1]};
  const std::vector<std::vector<double>> shares = {{0.5, 0.3, 0.2}, {0.1, 0.2, 0.7}};
  for (std::size_t k = 0; k < lived.size(); ++k) {
    for (std::size_t b = 0; b < shares[k].size(); ++b) lived[k].bands[b].share = shares[k][b];
  }
  // Nobody in it is as the file's first two.
  std::vector<ClassTable> file = File();
  for (const double late : {0.02, 0.9}) {
    file.push_back(file[1]);
    file.back().name += std::to_string(file.size());
    file.back().weight = 0.2;
    file.back().bands = {{-10, 0, 1 - late}, {1, 5, late / 2}, {6, 60, late / 2}};
  }
  const Goodness g = AlikeWithin(file, Live(lived, 60, 300, 0, random));
  EXPECT_GT(g.p, 0.01);
}

TEST(Goodness, TooLittleToCompareIsSaid) {
  const std::vector<PersonCounts> people = {{"a", {3, 0, 0}, 3, 0, 0, 0}};
  const Goodness g = AgainstFile(File(), people);
  EXPECT_FALSE(g.done);
  EXPECT_FALSE(g.why_not.es.empty());
}

}  // namespace
}  // namespace cotejo::calibration
