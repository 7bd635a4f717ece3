// People of a class who differ, drawn with known deviations and correlations, and fitted.
#include "scenarios/calibration/differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>
#include <random>

#include "scenarios/population/traits.h"
#include "tests/base/sanitized.h"

namespace cotejo::calibration {
namespace {

using population::Trait;

std::vector<ClassTable> TwoClasses() {
  return {{"puntual", 0.6, {{-20, 0, 0.92}, {1, 5, 0.05}, {6, 30, 0.03}}, 0.01, 0.4},
          {"impuntual", 0.4, {{-10, 0, 0.6}, {1, 5, 0.25}, {6, 60, 0.15}}, 0.03, 0.5}};
}

std::vector<ClassTable> OneClass() {
  auto tables = TwoClasses();
  tables.erase(tables.begin());
  tables[0].weight = 1;
  return tables;
}

std::vector<ClassTable> Library() {
  base::Diagnostics diagnostics;
  return *ReadTables(std::string(COTEJO_SOURCE_DIR) + "/scenarios/library/defensoria-2025.toml",
                     diagnostics);
}

TraitTable Named() {
  TraitTable traits;
  traits.deviation[static_cast<std::size_t>(Trait::Punctuality)] = 0.3;
  traits.deviation[static_cast<std::size_t>(Trait::Forgetting)] = 0.3;
  traits.pairs = {{Trait::Punctuality, Trait::Forgetting, 0.0}};
  return traits;
}

// Factors of mean one that no chance goes beyond, as the simulator draws them.
double FactorOf(double deviation, double ceiling, double z) {
  if (deviation == 0) return 1;
  return std::min(population::MedianFor(deviation, ceiling) * std::exp(deviation * z), ceiling);
}

std::vector<PersonCounts> Live(const std::vector<ClassTable>& tables, const Dispersion& truth,
                               int people, int shifts, std::mt19937_64& random) {
  const Layout layout = LayOut(tables, Cells(tables));
  const Model model = ModelOf(tables);
  std::discrete_distribution<std::size_t> classes(model.weight.begin(), model.weight.end());
  std::normal_distribution<double> normal;
  std::vector<PersonCounts> all;
  for (int i = 0; i < people; ++i) {
    const std::size_t k = classes(random);
    const double z = normal(random);
    const double other =
        truth.together * z + std::sqrt(1 - truth.together * truth.together) * normal(random);
    std::vector<double> shares = CellChances(layout, model)[k];
    const double late = LateChance(layout, model, k);
    const double factor = FactorOf(truth.lateness, 1 / late, z);
    for (std::size_t c = 0; c < shares.size(); ++c)
      shares[c] *= c < layout.late_from ? (1 - factor * late) / (1 - late) : factor;
    const double omission =
        tables[k].omission * FactorOf(truth.forgetting, 0.5 / tables[k].omission, other);
    PersonCounts person{
        std::to_string(i), std::vector<std::int64_t>(shares.size()), shifts, 0, 0, 0, {}};
    std::discrete_distribution<std::size_t> cells(shares.begin(), shares.end());
    for (int s = 0; s < shifts; ++s) {
      if (std::bernoulli_distribution(omission)(random)) {
        ++person.omitted;
        if (std::bernoulli_distribution(tables[k].missing_entry)(random)) {
          ++person.missing_entry;
          continue;
        }
      }
      ++person.cells[cells(random)];
    }
    all.push_back(std::move(person));
  }
  return all;
}

// ---- the integral over what a person is like --------------------------------------------

// A log-normal of that mean cut at one; the last part is those at the cut.
template <typename Function>
double Averaged(double mean, double deviation, const Function& of_chance) {
  const double location = std::log(mean * population::MedianFor(deviation, 1 / mean));
  const double cut = -location / deviation;
  const auto density = [&](double z) {
    return std::exp(-z * z / 2) / std::sqrt(2 * M_PI) *
           of_chance(std::exp(location + deviation * z));
  };
  double sum = std::erfc(cut / std::sqrt(2.0)) / 2 * of_chance(1.0);
  // In pieces, so that a narrow likelihood is not missed.
  for (double from = -8; from < cut; from += 0.25) {
    sum += boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
        density, from, std::min(from + 0.25, cut));
  }
  return sum;
}

TEST(RandomEffect, NodesGiveTheIntegral) {
  for (const Tally& tally : {Tally{3, 40}, {0, 200}, {180, 460}}) {
    const RandomEffect effect({tally}, 1, 0.07);
    for (const double mean : {0.05, 0.2, 0.5}) {
      for (const double deviation : {0.1, 0.5, 1.2}) {
        const Eigen::VectorXd weights =
            effect.Weights(effect.LocationOf(mean, deviation), deviation);
        EXPECT_NEAR(weights.dot(effect.logs().array().exp().matrix()), mean, 0.002 * mean);
        const Likelihood& likely = effect.likelihood()[0];
        const double found = likely.of(weights).sum();
        const double exact = Averaged(mean, deviation, [&](double p) {
          const double none = std::log(std::max(1 - p, 1e-12));
          return std::exp(tally.hits * std::log(p) + (tally.trials - tally.hits) * none -
                          effect.log_largest()(0));
        });
        EXPECT_NEAR(found, exact, 0.005 * exact + 1e-7)
            << tally.hits << " " << mean << " " << deviation;
      }
    }
  }
}

// Of one class alone, how often each is late is the mean of what they may be, given what they did.
TEST(Differences, HowOftenSomebodyIsLateIsTheirsInPart) {
  const auto tables = OneClass();
  const Layout layout = LayOut(tables, Cells(tables));
  std::mt19937_64 random(5);
  const auto people = Live(tables, {0.5, 0, 0}, 60, 100, random);
  Model model = ModelOf(tables);
  model.dispersion.lateness = 0.5;
  const Assignment a = Assign(tables, layout, people, std::vector<int>(60, 1), model);
  const double mean = LateChance(layout, a.model, 0);
  const std::vector<Tally> late = LateTallies(layout, people);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const boost::math::binomial_distribution<double> any(late[i].trials, 0.5);
    const auto likely = [&](double p) {
      return boost::math::pdf(boost::math::binomial_distribution<double>(late[i].trials, p),
                              late[i].hits);
    };
    const double expected =
        Averaged(mean, 0.5, [&](double p) { return p * likely(p); }) / Averaged(mean, 0.5, likely);
    EXPECT_NEAR(a.late(static_cast<Eigen::Index>(i), 0), expected, 0.003 * expected);
  }
}

// ---- the fit ---------------------------------------------------------------------------

struct Tallied {
  int held = 0, seen = 0;
  double sum = 0;
  void Look(const Estimate& e, double truth) {
    ++seen;
    sum += e.value;
    held += e.low <= truth && truth <= e.high ? 1 : 0;
  }
  [[nodiscard]] double share() const { return static_cast<double>(held) / seen; }
  [[nodiscard]] double mean() const { return sum / seen; }
};

struct Studies {
  Tallied lateness, forgetting, together, weights, bands, omissions;
};

Studies Study(const std::vector<ClassTable>& tables, const Dispersion& truth, int people,
              int studies, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Studies all;
  for (int study = 0; study < studies; ++study) {
    const auto lived = Live(tables, truth, people, tests::Fewer(440, 4), random);
    const Calibration c = Fit(tables, lived,
                              {.resamples = tests::Fewer(100, 20),
                               .seed = static_cast<std::uint64_t>(study),
                               .traits = Named()});
    all.lateness.Look(c.traits.at(0).deviation, truth.lateness);
    all.forgetting.Look(c.traits.at(1).deviation, truth.forgetting);
    if (c.pairs.at(0).told) all.together.Look(c.pairs[0].correlation, truth.together);
    for (std::size_t k = 0; k < tables.size(); ++k) {
      all.weights.Look(c.classes[k].weight, tables[k].weight);
      if (!c.classes[k].fitted) continue;
      for (std::size_t b = 0; b < tables[k].bands.size(); ++b)
        all.bands.Look(c.classes[k].bands[b].share, tables[k].bands[b].share);
      all.omissions.Look(c.classes[k].omission, tables[k].omission);
    }
  }
  return all;
}

TEST(Differences, WhatMadeTheRecordsComesBack) {
  constexpr int kStudies = tests::Fewer(60, 30);
  const Studies s = Study(TwoClasses(), {0.5, 0.6, 0.5}, tests::Fewer(220, 5), kStudies, 7);
  if (tests::kSanitized) return;
  for (const auto& [name, tallied] : {std::pair("puntualidad", s.lateness),
                                      {"olvido", s.forgetting},
                                      {"correlación", s.together},
                                      {"pesos", s.weights},
                                      {"franjas", s.bands},
                                      {"omisiones", s.omissions}}) {
    SCOPED_TRACE(name);
    EXPECT_NEAR(tallied.share(), 0.95, 0.08);
  }
  EXPECT_NEAR(s.lateness.mean(), 0.5, 0.05);
  EXPECT_NEAR(s.forgetting.mean(), 0.6, 0.06);
  EXPECT_NEAR(s.together.mean(), 0.5, 0.06);
}

// Four classes that lie on one another: how much is the class's and how much the person's, the
// intervals say a little too surely (seven in eight hold it).
TEST(Differences, ClassesHardToTellApartAreToldLessSurely) {
  constexpr int kStudies = tests::Fewer(12, 12);
  const Studies s = Study(Library(), {0.5, 0.6, 0.4}, tests::Fewer(220, 5), kStudies, 11);
  const auto together = [](const std::vector<Tallied>& of) {
    Tallied all;
    for (const Tallied& one : of) {
      all.held += one.held;
      all.seen += one.seen;
    }
    return all.share();
  };
  if (tests::kSanitized) return;
  EXPECT_GE(together({s.lateness, s.forgetting, s.together}), 0.75);
  EXPECT_GE(together({s.weights, s.bands, s.omissions}), 0.75);
}

TEST(Differences, PeopleAlikeAreNotToldApart) {
  std::mt19937_64 random(3);
  for (int study = 0; study < tests::Fewer(10, 5); ++study) {
    const auto people = Live(TwoClasses(), {}, 150, 400, random);
    const Calibration c =
        Fit(TwoClasses(), people, {.resamples = 40, .seed = 1, .traits = Named()});
    EXPECT_EQ(c.traits.at(0).deviation.low, 0);
    EXPECT_LT(c.traits.at(0).deviation.value, 0.15);
    EXPECT_LT(c.traits.at(0).deviation.high, 0.3);
    EXPECT_EQ(c.traits.at(1).deviation.low, 0);
    if (c.traits[0].deviation.value > 0 && c.traits[1].deviation.value > 0) continue;
    EXPECT_FALSE(c.pairs.at(0).told);
    EXPECT_THAT(c.pairs[0].why_not.es, testing::HasSubstr("no se apartan"));
  }
}

// Of few people alike, some deviation is often likeliest; that there be none is in its interval.
TEST(Differences, ADeviationThatMayBeNoneReachesNone) {
  std::mt19937_64 random(3);
  TraitTable traits;
  traits.deviation[static_cast<std::size_t>(Trait::Punctuality)] = 0.3;
  int some = 0;
  int told_from_none = 0;
  constexpr int kStudies = 60;
  for (int study = 0; study < kStudies; ++study) {
    const auto people = Live(OneClass(), {}, 30, 60, random);
    const Calibration c = Fit(OneClass(), people, {.resamples = 20, .seed = 1, .traits = traits});
    some += c.traits.at(0).deviation.value > 0 ? 1 : 0;
    told_from_none += c.traits[0].deviation.low > 0 ? 1 : 0;
  }
  EXPECT_GT(some, kStudies / 6);
  EXPECT_LE(told_from_none, kStudies / 10);
}

TEST(Differences, WhatTheFileDoesNotNameIsNotFitted) {
  std::mt19937_64 random(3);
  const auto people = Live(TwoClasses(), {0.5, 0.5, 0}, 80, 200, random);
  TraitTable traits;
  traits.deviation[static_cast<std::size_t>(Trait::Conduct)] = 0.4;
  traits.deviation[static_cast<std::size_t>(Trait::Attendance)] = 0.2;
  const Calibration c = Fit(TwoClasses(), people, {.resamples = 20, .seed = 1, .traits = traits});
  ASSERT_EQ(c.traits.size(), 2);
  EXPECT_EQ(c.traits[0].trait, "asistencia");
  EXPECT_FALSE(c.traits[0].told);
  EXPECT_THAT(c.traits[0].why_not.es, testing::HasSubstr("lista de ausencias"));
  EXPECT_EQ(c.traits[1].trait, "conducta");
  EXPECT_EQ(c.traits[1].deviation.value, 0.4);
  EXPECT_THAT(c.traits[1].why_not.es, testing::HasSubstr("un reloj no dice nada"));
  // The classes are as without them.
  const Calibration plain = Fit(TwoClasses(), people, {.resamples = 20, .seed = 1});
  EXPECT_TRUE(plain.traits.empty());
  EXPECT_EQ(plain.classes[1].weight.value, c.classes[1].weight.value);
}

TEST(Differences, TooFewWhoDidItKeepTheFilesDeviation) {
  std::mt19937_64 random(3);
  auto tables = TwoClasses();
  for (ClassTable& table : tables) table.omission = 0.0005;
  const auto people = Live(tables, {0.5, 0, 0}, 60, 200, random);
  const Calibration c = Fit(tables, people, {.resamples = 20, .seed = 1, .traits = Named()});
  EXPECT_TRUE(c.traits.at(0).told);
  EXPECT_FALSE(c.traits.at(1).told);
  EXPECT_EQ(c.traits[1].deviation.value, 0.3);
  EXPECT_THAT(c.traits[1].why_not.es, testing::HasSubstr("menos de 10 personas"));
  EXPECT_FALSE(c.pairs.at(0).told);
}

// The clock says one thing and the file, of two others, that it cannot be.
TEST(Differences, ACorrelationThatNobodyCouldHaveStaysAsInTheFile) {
  std::mt19937_64 random(3);
  const auto people = Live(TwoClasses(), {0.6, 0.8, -0.7}, 150, 440, random);
  TraitTable traits = Named();
  traits.deviation[static_cast<std::size_t>(Trait::Conduct)] = 0.4;
  traits.pairs = {{Trait::Punctuality, Trait::Forgetting, 0.7},
                  {Trait::Punctuality, Trait::Conduct, 0.8},
                  {Trait::Forgetting, Trait::Conduct, 0.8}};
  const FitOptions options{.resamples = 20, .seed = 1, .traits = traits};
  const Calibration c = Fit(TwoClasses(), people, options);
  EXPECT_FALSE(c.pairs.at(0).told);
  EXPECT_EQ(c.pairs[0].correlation.value, 0.7);
  EXPECT_THAT(c.pairs[0].why_not.es, testing::HasSubstr("nadie podría tener"));
}

// A first-order change stands for the whole fit again.
TEST(Differences, PeopleDrawnAgainAreFittedAsFromTheStart) {
  const auto tables = TwoClasses();
  const Layout layout = LayOut(tables, Cells(tables));
  std::mt19937_64 random(9);
  const auto people = Live(tables, {0.4, 0.6, 0.3}, 220, 440, random);
  const Assignment best = AssignDiffering(tables, layout, people, Named());
  const Resampling resampling(tables, layout, people, best);
  double off = 0;
  double moved = 0;
  constexpr int kDrawn = tests::Fewer(10, 5);
  for (int resample = 0; resample < kDrawn; ++resample) {
    std::vector<int> times(people.size());
    for (std::size_t i = 0; i < people.size(); ++i)
      ++times[std::uniform_int_distribution<std::size_t>(0, people.size() - 1)(random)];
    const Model near = resampling.With(times).model;
    const Model whole = Assign(tables, layout, people, times, best.model, best.sought).model;
    const auto compare = [&](double from, double to, double found) {
      off += (found - to) * (found - to) / (from * from);
      moved += (to - from) * (to - from) / (from * from);
    };
    compare(best.model.weight[1], whole.weight[1], near.weight[1]);
    compare(best.model.share[1][1], whole.share[1][1], near.share[1][1]);
    compare(best.model.omission[0], whole.omission[0], near.omission[0]);
    compare(best.model.dispersion.lateness, whole.dispersion.lateness, near.dispersion.lateness);
    compare(best.model.dispersion.forgetting, whole.dispersion.forgetting,
            near.dispersion.forgetting);
  }
  EXPECT_GT(moved, 0);
  EXPECT_LT(off, 0.1 * moved);
}

// ---- somebody drawn ----------------------------------------------------------------------

TEST(Differences, SomebodyNeverSeenIsDrawnAsTheClassSays) {
  const auto tables = TwoClasses();
  const Layout layout = LayOut(tables, Cells(tables));
  std::mt19937_64 random(9);
  const auto people = Live(tables, {0.5, 0.6, 0.5}, 100, 300, random);
  Assignment best = AssignDiffering(tables, layout, people, Named());
  best.model.dispersion = {0.5, 0.6, 0.5};
  best.model.weight = {0.6, 0.4};
  const Differences differences(tables, layout, people, Named(), best, {}, {});
  constexpr int kDraws = tests::Fewer(20000, 300);
  std::uniform_real_distribution<double> uniform;
  double sum[2] = {}, logs[2] = {}, squares[2] = {}, both = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    const OwnFactors own =
        differences.Draw({}, 0, best.model, {uniform(random), uniform(random), uniform(random)});
    EXPECT_EQ(own.absences, 1);
    const double factor[2] = {own.lateness, own.omissions};
    for (int j = 0; j < 2; ++j) {
      sum[j] += factor[j];
      logs[j] += std::log(factor[j]);
      squares[j] += std::log(factor[j]) * std::log(factor[j]);
    }
    both += std::log(factor[0]) * std::log(factor[1]);
  }
  if (kDraws < 10000) return;
  const auto variance = [&](int j) {
    return squares[j] / kDraws - logs[j] / kDraws * logs[j] / kDraws;
  };
  EXPECT_NEAR(sum[0] / kDraws, 1, 0.02);
  EXPECT_NEAR(sum[1] / kDraws, 1, 0.025);
  EXPECT_NEAR(std::sqrt(variance(0)), 0.5, 0.015);
  EXPECT_NEAR(std::sqrt(variance(1)), 0.6, 0.02);
  const double covariance = both / kDraws - logs[0] / kDraws * logs[1] / kDraws;
  EXPECT_NEAR(covariance / std::sqrt(variance(0) * variance(1)), 0.5, 0.025);
}

TEST(Differences, SomebodySeenIsDrawnAsTheyWere) {
  const auto tables = OneClass();
  const Layout layout = LayOut(tables, Cells(tables));
  std::mt19937_64 random(9);
  const auto people = Live(tables, {0.5, 0, 0}, 60, 200, random);
  TraitTable traits = Named();
  traits.deviation[static_cast<std::size_t>(Trait::Forgetting)].reset();
  traits.pairs.clear();
  const Assignment best = AssignDiffering(tables, layout, people, traits);
  const Differences differences(tables, layout, people, traits, best, {}, {});
  const double mean = LateChance(layout, best.model, 0);
  constexpr int kDraws = 2000;
  for (const std::size_t person : {0U, 17U, 42U}) {
    double sum = 0;
    for (int draw = 0; draw < kDraws; ++draw)
      sum += differences.Draw(person, 0, best.model, {(draw + 0.5) / kDraws, 0.5, 0.5}).lateness;
    EXPECT_NEAR(sum / kDraws * mean, best.late(static_cast<Eigen::Index>(person), 0), 0.002);
  }
}

// Spells of 200 working days, of people who differ; what else they do says nothing.
TEST(Differences, HowMuchPeopleDifferInAbsenceComesBack) {
  const auto tables = OneClass();
  const Layout layout = LayOut(tables, Cells(tables));
  constexpr double kMean = 0.02;
  constexpr double kDays = 200;
  TraitTable traits;
  traits.deviation[static_cast<std::size_t>(Trait::Attendance)] = 0.3;
  std::mt19937_64 random(21);
  std::normal_distribution<double> normal;
  const auto people = Live(tables, {}, 250, 100, random);
  const Assignment best = AssignDiffering(tables, layout, people, traits);
  const std::vector<SpellRates> rates = {{{0, 1}, {kMean / 2, kMean / 2}}};
  Tallied all;
  constexpr int kStudies = tests::Fewer(100, 25);
  for (int study = 0; study < kStudies; ++study) {
    std::vector<Tally> spells;
    for (std::size_t i = 0; i < people.size(); ++i) {
      const double chance = kMean * FactorOf(0.6, 1 / kMean, normal(random));
      spells.push_back(
          {static_cast<double>(std::binomial_distribution<int>(kDays, chance)(random)), kDays});
    }
    const Differences differences(tables, layout, people, traits, best, spells, rates);
    const auto fitted = differences.Deviations({});
    ASSERT_TRUE(fitted.at(0).told);
    all.Look(fitted[0].deviation, 0.6);
    EXPECT_GT(fitted[0].deviation.low, 0);
    if (study > 0) continue;
    // Whoever was never absent is drawn less often so than the class, and the other way round.
    const auto [fewest, most] =
        std::minmax_element(spells.begin(), spells.end(),
                            [](const Tally& a, const Tally& b) { return a.hits < b.hits; });
    const auto drawn = [&](std::optional<std::size_t> person) {
      double sum = 0;
      for (int draw = 0; draw < 500; ++draw)
        sum += differences.Draw(person, 0, best.model, {0.5, 0.5, (draw + 0.5) / 500}).absences;
      return sum / 500;
    };
    EXPECT_NEAR(drawn({}), 1, 0.01);
    EXPECT_LT(drawn(fewest - spells.begin()), 0.7);
    EXPECT_GT(drawn(most - spells.begin()), 1.5);
  }
  EXPECT_NEAR(all.mean(), 0.6, kStudies < 100 ? 0.2 : 0.04);
  EXPECT_NEAR(all.share(), 0.95, kStudies < 100 ? 1 : 0.06);
}

// ---- goodness of fit -----------------------------------------------------------------

TEST(Differences, PeopleWhoDifferAsFittedAreNotRejected) {
  std::mt19937_64 random(5);
  int rejected = 0;
  constexpr int kStudies = tests::Fewer(60, 20);
  for (int study = 0; study < kStudies; ++study) {
    const Goodness g =
        AlikeWithin(TwoClasses(), Live(TwoClasses(), {0.5, 0.5, 0.3}, 150, 300, random), Named());
    ASSERT_TRUE(g.done) << g.why_not.es;
    EXPECT_EQ(g.degrees, 9);
    rejected += g.p < 0.05 ? 1 : 0;
  }
  EXPECT_LE(rejected, std::max(1, kStudies / 15));
}

// Half of a class hardly ever late, the other half as often as not: no log-normal is like that.
TEST(Differences, PeopleWhoDifferOtherwiseAreSeen) {
  std::mt19937_64 random(5);
  const auto tables = OneClass();
  auto people = Live(tables, {}, 200, 300, random);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const double late = i % 2 == 0 ? 0.3 : 0.55;
    auto& cells = people[i].cells;
    cells[1] = std::binomial_distribution<std::int64_t>(300, late)(random);
    cells[2] = 0;
    cells[0] = 300 - cells[1];
  }
  const Goodness g = AlikeWithin(tables, people, Named());
  ASSERT_TRUE(g.done);
  EXPECT_LT(g.p, 0.001);
  EXPECT_THAT(g.where.es, testing::HasSubstr("de menos a más"));
}

// The same people in two halves of the year, of whom only those who were late most are left in the
// second: what each did in the first tells of it, and their class alone does not.
TEST(Differences, MonthsHeldOutArePredictedPersonByPerson) {
  std::mt19937_64 random(5);
  const auto tables = OneClass();
  int rejected = 0;
  int rejected_alike = 0;
  constexpr int kStudies = tests::Fewer(60, 20);
  for (int study = 0; study < kStudies; ++study) {
    auto before = Live(tables, {0.5, 0, 0}, 120, 400, random);
    auto after = before;
    for (std::size_t i = 0; i < before.size(); ++i) {
      for (std::size_t c = 0; c < 3; ++c) {
        std::int64_t& n = before[i].cells[c];
        n = std::binomial_distribution<std::int64_t>(n, 0.5)(random);
        after[i].cells[c] -= n;
      }
    }
    std::vector<PersonCounts> left;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i].cells[0] < 120) left.push_back(after[i]);
    }
    ASSERT_GT(left.size(), 20);
    TraitTable traits = Named();
    traits.deviation[static_cast<std::size_t>(Trait::Forgetting)].reset();
    traits.pairs.clear();
    const Goodness g = HeldOut(tables, before, left, traits);
    ASSERT_TRUE(g.done);
    rejected += g.p < 0.05 ? 1 : 0;
    rejected_alike += HeldOut(tables, before, left).p < 0.05 ? 1 : 0;
  }
  EXPECT_LE(rejected, std::max(1, kStudies / 6));
  EXPECT_EQ(rejected_alike, kStudies);
}

}  // namespace
}  // namespace cotejo::calibration
