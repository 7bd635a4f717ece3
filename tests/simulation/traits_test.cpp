// `[rasgos]`: people of one class who are not alike, and what that makes of a year.
#include "scenarios/population/traits.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <sstream>

#include "scenarios/population/staff_list.h"
#include "scenarios/year/behavior.h"
#include "scenarios/year/lateness.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::population {
namespace {

constexpr double kBound = 3.2905;  // two-sided 99.9 % of a normal
constexpr std::size_t kPeople = 20'000;
constexpr double kAll = 4294967296.0;
constexpr double kNoCeiling = std::numeric_limits<double>::infinity();

std::size_t At(Trait trait) { return static_cast<std::size_t>(trait); }

double MeanOf(const std::vector<double>& all) {
  return std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
}

// Of (a - mean of a)(b - mean of b): its mean, and the standard error of that.
std::pair<double, double> Covariance(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean_a = MeanOf(a);
  const double mean_b = MeanOf(b);
  std::vector<double> products(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) products[i] = (a[i] - mean_a) * (b[i] - mean_b);
  const double mean = MeanOf(products);
  double square = 0;
  for (const double p : products) square += (p - mean) * (p - mean);
  return {mean, std::sqrt(square) / static_cast<double>(a.size())};
}

Traits SomeTraits() {
  Traits traits;
  traits.deviation = {0.4, 0.3, 0.5, 0.6};
  traits.correlation = {
      {{1, 0.3, 0.5, -0.2}, {0.3, 1, 0.1, 0}, {0.5, 0.1, 1, 0.4}, {-0.2, 0, 0.4, 1}}};
  return traits;
}

// Of one class: a tenth of its entries is late, one to ten minutes.
Population OneClass(std::size_t people) {
  Population p;
  p.classes.emplace_back();
  p.classes[0].arrival = Discrete({{-5, 0, 90, {}}, {1, 10, 10, {}}});
  p.classes[0].missing_record = {static_cast<std::uint64_t>(0.01 * kAll)};
  p.traits = SomeTraits();
  p.staff.group.assign(people, 0);
  p.staff.behaviour.assign(people, 0);
  p.staff.opening_half_days.assign(people, 0);
  return p;
}

void Give(Population& p, std::uint64_t seed = 7) {
  AddTraits(p, [&](std::size_t person) {
    return Draw(seed, 0, static_cast<std::uint32_t>(person), 0, 5);
  });
}

// ---- what is drawn ---------------------------------------------------------------

TEST(TraitsTest, FactorsHaveTheMeanTheDeviationAndTheCorrelationsAsked) {
  Population p = OneClass(kPeople);
  Give(p);
  const Traits asked = SomeTraits();
  const double n = kPeople;
  std::array<std::vector<double>, kTraits> logs;
  for (std::size_t t = 0; t < kTraits; ++t) {
    const double deviation = asked.deviation[t];
    const std::vector<double> factors(p.staff.traits[t].begin(), p.staff.traits[t].end());
    EXPECT_NEAR(MeanOf(factors), 1, kBound * std::sqrt(std::expm1(deviation * deviation) / n));
    for (const double f : factors) logs[t].push_back(std::log(f));
    EXPECT_NEAR(MeanOf(logs[t]), -deviation * deviation / 2, kBound * deviation / std::sqrt(n));
    EXPECT_NEAR(std::sqrt(Covariance(logs[t], logs[t]).first), deviation,
                kBound * deviation / std::sqrt(2 * n));
  }
  for (std::size_t a = 0; a < kTraits; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const double r =
          Covariance(logs[a], logs[b]).first /
          std::sqrt(Covariance(logs[a], logs[a]).first * Covariance(logs[b], logs[b]).first);
      EXPECT_NEAR(std::atanh(r), std::atanh(asked.correlation[a][b]), kBound / std::sqrt(n - 3));
    }
  }
}

// A trait may be another one, or its opposite.
TEST(TraitsTest, CorrelationsMayBeWhole) {
  Population p = OneClass(500);
  p.traits->deviation = {0.5, 0.5, 0.5, 0};
  p.traits->correlation = {{{1, 1, -1, 0}, {1, 1, -1, 0}, {-1, -1, 1, 0}, {0, 0, 0, 1}}};
  Give(p);
  const double mean_log = -0.5 * 0.5 / 2;
  for (std::size_t i = 0; i < p.staff.size(); ++i) {
    const double log = std::log(p.staff.factor(Trait::Punctuality, i));
    EXPECT_NEAR(std::log(p.staff.factor(Trait::Attendance, i)), log, 1e-5);
    EXPECT_NEAR(std::log(p.staff.factor(Trait::Forgetting, i)), 2 * mean_log - log, 1e-5);
  }
  EXPECT_TRUE(p.staff.traits[At(Trait::Conduct)].empty());
}

TEST(TraitsTest, WhatAPersonDrawsDoesNotDependOnTheOthers) {
  Population few = OneClass(50);
  Population many = OneClass(700);
  Give(few);
  Give(many);
  for (std::size_t t = 0; t < kTraits; ++t) {
    for (std::size_t i = 0; i < few.staff.size(); ++i)
      EXPECT_EQ(few.staff.traits[t][i], many.staff.traits[t][i]);
  }
}

// ---- ceilings --------------------------------------------------------------------

TEST(TraitsTest, TheMeanIsOneUnderAnyCeiling) {
  for (const double deviation : {0.1, 0.5, 1.0, 2.0}) {
    EXPECT_NEAR(MedianFor(deviation, kNoCeiling), std::exp(-deviation * deviation / 2), 1e-12);
    for (const double ceiling : {1.05, 1.5, 4.0, 30.0}) {
      const double median = MedianFor(deviation, ceiling);
      // The mean by the trapezoidal rule over the normal.
      constexpr double kStep = 1e-4;
      double mean = 0;
      for (double z = -12; z < 12; z += kStep) {
        mean += kStep * std::min(ceiling, median * std::exp(deviation * z)) * std::exp(-z * z / 2) /
                std::sqrt(2 * M_PI);
      }
      EXPECT_NEAR(mean, 1, 1e-7) << deviation << ' ' << ceiling;
    }
  }
}

TEST(TraitsTest, NobodyIsLateMoreThanAlwaysAndTheClassKeepsItsMean) {
  Population p = OneClass(kPeople);
  p.classes[0].arrival = Discrete({{-5, 0, 60, {}}, {1, 10, 40, {}}});
  p.traits->deviation = {1, 0, 0, 0};
  EXPECT_NEAR(CeilingOf(p, p.classes[0], Trait::Punctuality), 2.5, 1e-8);
  Give(p);
  const std::vector<double> factors(p.staff.traits[0].begin(), p.staff.traits[0].end());
  const auto at_most = *std::max_element(factors.begin(), factors.end());
  EXPECT_NEAR(at_most, 2.5, 1e-6);
  const double deviation = std::sqrt(Covariance(factors, factors).first);
  EXPECT_NEAR(MeanOf(factors), 1, kBound * deviation / std::sqrt(static_cast<double>(kPeople)));
  // A class that is always late, or that leaves out all that a file may say, has no room.
  p.classes[0].arrival = Discrete({{1, 10, 1, {}}});
  p.classes[0].missing_record = {std::uint64_t{1} << 31};
  p.traits->deviation = {1, 0, 1, 0};
  Give(p);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(p.staff.factor(Trait::Punctuality, i), 1);
    EXPECT_EQ(p.staff.factor(Trait::Forgetting, i), 1);
  }
}

TEST(TraitsTest, WhatHappensInAYearLeavesRoomForTheRest) {
  Population p = OneClass(1);
  BehaviourClass& c = p.classes[0];
  c.absences = {{1, 3, {}}};
  c.post_absences = {{1, 7, {}}};
  c.conduct_factor = 2;
  p.conduct = {{"x", 10}};
  p.occurrences.resize(1);
  p.occurrences[0].per_year = 50;
  // 10 + 20 + 50 of 120: 40 more of either.
  EXPECT_DOUBLE_EQ(CeilingOf(p, c, Trait::Attendance), 5);
  EXPECT_DOUBLE_EQ(CeilingOf(p, c, Trait::Conduct), 3);
  EXPECT_DOUBLE_EQ(CeilingOf(p, c, Trait::Forgetting),
                   0.5 * kAll / static_cast<double>(c.missing_record.below));
}

// ---- the draws of arrivals -------------------------------------------------------

TEST(OwnLatenessTest, EachArrivalIsAsLikelyAsItsFactorSays) {
  const Discrete arrival({{-5, 0, 70, {}}, {1, 4, 20, {}}, {5, 9, 0, {}}, {10, 20, 10, {}}});
  const double late = kAll - static_cast<double>(arrival.first_draw_from(1));
  for (const double factor : {1e-6, 0.31, 0.999, 1.7, 3.2, 40.0, 1e9}) {
    const year::OwnLateness own(arrival, factor);
    const double scale = std::min(factor, kAll / late);
    std::uint64_t before = 0;
    for (int minute = -4; minute <= 21; ++minute) {
      const std::uint64_t of_class = arrival.first_draw_from(minute);
      const std::uint64_t first = own.FirstFrom(of_class);
      const double from_top = kAll - static_cast<double>(of_class);
      const double expected =
          minute > 0 ? from_top * scale
                     : kAll - (kAll - late * scale) * static_cast<double>(of_class) / (kAll - late);
      EXPECT_NEAR(kAll - static_cast<double>(first), expected, 2) << factor << ' ' << minute;
      EXPECT_GE(first, before);
      before = first;
      if (first < std::uint64_t{1} << 32) {
        EXPECT_GE(own.OfClass(static_cast<std::uint32_t>(first)), of_class) << factor;
      }
      if (first > 0) {
        EXPECT_LT(own.OfClass(static_cast<std::uint32_t>(first - 1)), of_class) << factor;
      }
    }
  }
}

TEST(OwnLatenessTest, WhoIsAsTheClassDrawsAsIt) {
  const Discrete arrival({{-5, 0, 70, {}}, {1, 4, 30, {}}});
  const Discrete always({{1, 4, 30, {}}});
  const Discrete never({{-4, 0, 30, {}}});
  for (const year::OwnLateness& own :
       {year::OwnLateness(), year::OwnLateness(arrival, 1), year::OwnLateness(always, 0.5),
        year::OwnLateness(never, 3)}) {
    for (const std::uint64_t draw :
         {std::uint64_t{0}, std::uint64_t{77}, std::uint64_t{4294967295}}) {
      EXPECT_EQ(own.OfClass(static_cast<std::uint32_t>(draw)), draw);
      EXPECT_EQ(own.FirstFrom(draw), draw);
    }
  }
}

}  // namespace
}  // namespace cotejo::population

namespace cotejo::year {
namespace {

using population::Draw;
using population::Population;
using population::Trait;

// ---- a year of people who are not alike ------------------------------------------

// All the days from Monday to Friday, and two shifts.
struct Lived {
  explicit Lived(Population all) : people(std::move(all)), calendar(DaysOf(2026)) {
    for (std::int32_t day = 0; day < calendar.count; ++day) {
      work.before.push_back(static_cast<std::int32_t>(work.days.size()));
      if ((calendar.first + day + 3) % 7 >= 5) continue;
      work.days.push_back(day);
      work.counters.push_back(static_cast<std::uint32_t>(calendar.first + day));
    }
    work.before.push_back(static_cast<std::int32_t>(work.days.size()));
    work.counters.resize(PaddedDays(work.counters.size()) + kDayPadding);
    eligibility.sets.emplace_back();
    eligibility.of.assign(people.staff.size(), 0);
  }

  // Of each person in one replication: how many of each, and the minutes of arrivals.
  std::array<std::vector<double>, 4> Years(Happening first, Happening second) {
    Behavior behavior(people, eligibility, calendar, 2, 11);
    std::array<std::vector<double>, 4> all;
    for (std::size_t person = 0; person < people.staff.size(); ++person) {
      std::array<double, 4> one = {};
      for (const Event& event : behavior.Live(person, work, 0, 1)) {
        if (event.what == first) one[0] += 1;
        if (event.what == second) one[1] += 1;
        if (event.what == Happening::Arrival) one[2] += event.value;
        one[3] += 1;
      }
      for (std::size_t i = 0; i < 4; ++i) all[i].push_back(one[i]);
    }
    return all;
  }

  Population people;
  YearDays calendar;
  WorkDays work;
  Eligibility eligibility;
};

// Counts of a year that are binomial, of `draws` with a chance of `p` times the person's factor:
// more apart than binomial ones of the same mean, as the mixture says.
void ExpectMixed(const std::vector<double>& counts, double draws, double p, double deviation) {
  const double v = std::expm1(deviation * deviation);  // variance of the factor
  const double variance = draws * p - draws * p * p * (1 + v) + draws * draws * p * p * v;
  const double n = static_cast<double>(counts.size());
  EXPECT_NEAR(population::MeanOf(counts), draws * p, population::kBound * std::sqrt(variance / n));
  const auto [spread, error] = population::Covariance(counts, counts);
  EXPECT_NEAR(spread, variance, population::kBound * error);
  EXPECT_GT(spread - population::kBound * error, draws * p * (1 - p));
}

TEST(TraitsYearTest, LateArrivalsAndOmissionsAreMixedBinomials) {
  Population p = population::OneClass(population::kPeople);
  population::Give(p);
  Lived lived(std::move(p));
  const auto years = lived.Years(Happening::Arrival, Happening::Omission);
  const double days = static_cast<double>(lived.work.days.size());
  ASSERT_EQ(days, 261);
  ExpectMixed(years[0], 2 * days, 0.1, 0.4);
  ExpectMixed(years[1], days, 0.02, 0.5);
  // Together, as far as the traits are: the draws of a day are independent.
  const auto [together, error] = population::Covariance(years[0], years[1]);
  EXPECT_NEAR(together, 2 * days * 0.1 * days * 0.02 * std::expm1(0.5 * 0.4 * 0.5),
              population::kBound * error);
  EXPECT_GT(together, population::kBound * error);
  // Given the factors drawn, the minutes are those of the factor and the class: 1 to 10.
  double expected = 0;
  double variance = 0;
  for (std::size_t i = 0; i < population::kPeople; ++i) {
    const double late = 0.1 * lived.people.staff.factor(Trait::Punctuality, i);
    expected += 2 * days * late * 5.5;
    variance += 2 * days * (late * 38.5 - late * late * 5.5 * 5.5);
  }
  EXPECT_NEAR(population::MeanOf(years[2]) * population::kPeople, expected,
              population::kBound * std::sqrt(variance));
}

TEST(TraitsYearTest, AbsencesAndConductsAreMixedBinomials) {
  Population p = population::OneClass(population::kPeople);
  p.classes[0].arrival = population::Discrete({{0, 0, 1, {}}});
  p.classes[0].missing_record = {};
  p.classes[0].absences = {{1, 4, {}}};
  p.conduct = {{"x", 3}};
  population::Give(p);
  Lived lived(std::move(p));
  const auto years = lived.Years(Happening::Absence, Happening::Conduct);
  ExpectMixed(years[0], 261, 4.0 / 261, 0.3);
  ExpectMixed(years[1], 261, 3.0 / 261, 0.6);
}

// Whoever takes a post up brings their own factors, not those of the post.
TEST(TraitsYearTest, ANewcomerHasTheirOwn) {
  Population p = population::OneClass(2);
  for (auto& of : p.staff.traits) of = {1e-6F, 5};
  Lived lived(std::move(p));
  Behavior behavior(lived.people, lived.eligibility, lived.calendar, 2, 3);
  EXPECT_LE(behavior.Live(0, lived.work, 0, 1).size(), 1U);
  const Tenure tenure{0, 1, 0, INT32_MAX, true};
  EXPECT_GT(behavior.Live(tenure, lived.work, 0, 1).size(), 150U);
}

// ---- the file --------------------------------------------------------------------

class TraitsFileTest : public RipTest {
 protected:
  Population Load(const std::string& traits) {
    std::ifstream file(root_ + "/scenarios/library/defensoria-2025.toml");
    std::stringstream text;
    text << file.rdbuf();
    const auto path = std::filesystem::path(COTEJO_BINARY_DIR) /
                      ("rasgos de prueba " + std::to_string(::getpid()) + ".toml");
    std::ofstream(path) << text.str() << "\n[rasgos]\nfuente = \"sintético\"\n" << traits;
    Population loaded = population::LoadPopulation(sources_, path.string(), diagnostics_);
    std::filesystem::remove(path);
    return loaded;
  }

  // By cell, in the first eight replications; a contradiction that nobody meets has none.
  std::map<std::string, std::vector<std::int64_t>> Values(Population people, int threads,
                                                          int replications) {
    population_ = std::move(people);
    Options options;
    options.gestion = 2026;
    options.seed = 3;
    options.replications = replications;
    options.threads = threads;
    const Forecast forecast = Run({{"base", {}, regulation_.rules}}, options);
    std::map<std::string, std::vector<std::int64_t>> values;
    for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
      auto of = forecast.regulations[0].values[c];
      of.resize(8);
      if (std::any_of(of.begin(), of.end(), [](std::int64_t v) { return v != 0; }))
        values[forecast.cells[c].key] = std::move(of);
    }
    return values;
  }
};

TEST_F(TraitsFileTest, WithoutDeviationNothingChanges) {
  const auto before = Values(population_, 1, 8);
  Population none = Load(
      "puntualidad = 0\nasistencia = 0.0\nolvido = 0\nconducta = 0\n"
      "correlacion = [{ de = [\"puntualidad\", \"olvido\"], valor = 0.9 }]\n");
  ASSERT_FALSE(diagnostics_.has_errors()) << Messages(sources_, diagnostics_);
  EXPECT_EQ(Values(std::move(none), 1, 8), before);
  // Nor with factors of 1 that are there.
  Population ones = population_;
  for (auto& of : ones.staff.traits) of.assign(ones.staff.size(), 1);
  EXPECT_EQ(Values(std::move(ones), 1, 8), before);
  EXPECT_NE(Values(Load("puntualidad = 0.5\n"), 1, 8), before);
}

TEST_F(TraitsFileTest, AnyThreadsAndBlocksGiveTheSame) {
  const Population some = Load(
      "puntualidad = 0.5\nasistencia = 0.4\nolvido = 0.5\nconducta = 0.6\n"
      "correlacion = [{ de = [\"olvido\", \"puntualidad\"], valor = 0.5 }]\n");
  EXPECT_EQ(some.traits->correlation[0][2], 0.5);
  EXPECT_EQ(some.traits->correlation[2][0], 0.5);
  const auto one = Values(some, 1, 8);
  EXPECT_EQ(Values(some, 2, 20), one);
}

TEST_F(TraitsFileTest, TheLibraryHasTheSamePeopleWithTraits) {
  const Population with = population::LoadPopulation(
      sources_, root_ + "/scenarios/library/defensoria-2025-rasgos.toml", diagnostics_);
  ASSERT_FALSE(diagnostics_.has_errors()) << Messages(sources_, diagnostics_);
  EXPECT_EQ(with.staff.behaviour, population_.staff.behaviour);
  EXPECT_EQ(with.staff.opening_half_days, population_.staff.opening_half_days);
  for (const auto& of : with.staff.traits) EXPECT_EQ(of.size(), 220U);
  EXPECT_FALSE(population_.traits);
  EXPECT_TRUE(population_.staff.traits[0].empty());
}

TEST_F(TraitsFileTest, MistakesAreToldTogether) {
  const auto codes = [&](const std::string& traits) {
    diagnostics_ = {};
    EXPECT_TRUE(Load(traits).staff.empty());
    std::vector<std::string> all;
    for (const base::Diagnostic& d : diagnostics_.all()) all.push_back(d.code);
    return all;
  };
  const std::string four = "puntualidad = 0.5\nasistencia = 0.5\nolvido = 0.5\n";
  EXPECT_THAT(codes(four + "correlacion = [\n"
                           "{ de = [\"puntualidad\", \"puntualidad\"], valor = 0.5 },\n"
                           "{ de = [\"puntualidad\", \"olvido\"], valor = 0.5 },\n"
                           "{ de = [\"olvido\", \"puntualidad\"], valor = 0.4 },\n"
                           "{ de = [\"puntualidad\", \"conducta\"], valor = 0.4 },\n"
                           "{ de = [\"puntualidad\", \"humor\"], valor = 0.4 },\n"
                           "{ de = [\"puntualidad\"], valor = 0.4 },\n"
                           "{ de = [\"puntualidad\", \"asistencia\"], valor = 1.4 }]\n"),
              testing::ElementsAre("población-rasgos", "población-rasgos", "población-rasgos",
                                   "población-rasgos", "población-rasgos", "población-tipo"));
  EXPECT_THAT(codes("puntualidad = 2.5\nhumor = 1\n"),
              testing::UnorderedElementsAre("población-tipo", "población-clave-desconocida"));
  EXPECT_THAT(codes("correlacion = 3\npuntualidad = -1\n"),
              testing::UnorderedElementsAre("población-tipo", "población-tipo"));
}

// Two that go with a third, and against one another. By hand: the least eigenvalue of 0.9, 0.9
// and -0.9 is 1 - 2 * 0.9 = -0.8, so 1 / 1.8 of each is the most.
TEST_F(TraitsFileTest, CorrelationsOfNobodyAreNamedAndMended) {
  const auto load = [&](const std::string& value) {
    diagnostics_ = {};
    return Load(
        "puntualidad = 0.5\nolvido = 0.5\nconducta = 0.5\ncorrelacion = [\n"
        "{ de = [\"puntualidad\", \"olvido\"], valor = " +
        value +
        " },\n"
        "{ de = [\"puntualidad\", \"conducta\"], valor = " +
        value +
        " },\n"
        "{ de = [\"olvido\", \"conducta\"], valor = -" +
        value + " }]\n");
  };
  EXPECT_TRUE(load("0.9").staff.empty());
  ASSERT_EQ(diagnostics_.all().size(), 1U);
  const base::Diagnostic& d = diagnostics_.all().front();
  EXPECT_EQ(d.code, "población-rasgos");
  EXPECT_THAT(d.message.es, testing::HasSubstr("puntualidad, olvido y conducta"));
  EXPECT_THAT(d.hint.es, testing::HasSubstr("por 0.55 "));
  EXPECT_FALSE(load("0.495").staff.empty()) << Messages(sources_, diagnostics_);  // 0.55 of 0.9
  EXPECT_FALSE(load("0.5").staff.empty()) << "at the limit";
  EXPECT_TRUE(load("0.51").staff.empty());
}

}  // namespace
}  // namespace cotejo::year
