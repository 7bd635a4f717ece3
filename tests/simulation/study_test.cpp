// Studies: intervals that hold the truth, precision reached, draws told apart from chance.
#include "scenarios/study/study.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cmath>

#include "scenarios/study/small_groups.h"
#include "scenarios/study/touched.h"
#include "scenarios/year/statistics.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::study {
namespace {

#ifdef COTEJO_SANITIZED
constexpr int kStudies = 200;
#else
constexpr int kStudies = 2000;
#endif

class StudyTest : public year::RipTest {
 protected:
  // One person of every `step`.
  void Keep(std::size_t step) {
    population::Staff& staff = population_.staff;
    const auto thin = [&](auto& all) {
      std::size_t kept = 0;
      for (std::size_t i = 0; i < all.size(); i += step) all[kept++] = all[i];
      all.resize(kept);
    };
    for (population::Column& column : staff.columns) thin(column.of);
    thin(staff.group);
    thin(staff.behaviour);
    thin(staff.opening_half_days);
  }

  year::Options Years(int replications, std::uint64_t seed = 2025) const {
    year::Options options;
    options.gestion = 2026;
    options.seed = seed;
    options.replications = replications;
    options.threads = 2;
    return options;
  }

  std::vector<std::int64_t> Values(const year::Forecast& forecast, const std::string& key) const {
    for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
      if (forecast.cells[c].key == key) return forecast.regulations[0].values[c];
    }
    ADD_FAILURE() << key;
    return {};
  }
};

// ---- statistics ------------------------------------------------------------------

// In 200 years without one, a mean of 0,0184 a year still leaves none with a chance of 2.5 %:
// exp(-200 m) = 0.025. What is not a count has no such bound, nor what was seen once.
TEST(Unseen, ACountThatWasNeverSeenIsBounded) {
  const std::vector<std::int64_t> none(200, 0);
  std::vector<std::int64_t> one = none;
  one[7] = 1;
  year::Cell cell;
  const auto high = [&](const std::vector<std::int64_t>& values) {
    year::Statistics s = year::Describe(values, 1);
    year::BoundTheUnseen(cell, 200, s);
    EXPECT_LE(s.ci_low, 0);
    return s.ci_high;
  };
  EXPECT_NEAR(std::exp(-200 * high(none)), 0.025, 1e-12);
  EXPECT_EQ(high(one), year::Describe(one, 1).ci_high);
  cell.unit = year::CellUnit::Days;
  EXPECT_EQ(high(none), 0);
}

TEST_F(StudyTest, APrecisionThatIsNotReachedIsSaid) {
  Keep(10);
  Options options;
  options.year = Years(2);
  options.precision = 0.01;
  options.most = 20;
  const auto run = [&](const std::string& watched) {
    options.watched = watched;
    base::Diagnostics diagnostics;
    const bool done = study::Run({{"base", {"en vigor", "in force"}, regulation_.rules}},
                                 population_, options, diagnostics)
                          .has_value();
    std::string codes = done ? "" : "-";
    for (const base::Diagnostic& d : diagnostics.all()) codes += d.code;
    return codes;
  };
  EXPECT_EQ(run("descuentos/centavos/total"), "precisión-no-alcanzada");
  // Nobody of so few is removed in two years; nothing says that nobody ever is.
  EXPECT_EQ(run("procesos/RIP:47.III.4"), "precisión-no-alcanzada");
  options.precision = 0.2;
  EXPECT_EQ(run("servicio/días/01/total"), "");
  options.smallest_group = 23;  // the staff is of 22
  EXPECT_EQ(run("servicio/días/01/total"), "-grupo-pequeño");
}

TEST(Draws, VarianceIsToldApartInChanceAndInput) {
  // Three draws of two years: means 10, 20 and 30; within each, ±1.
  const std::vector<std::int64_t> values = {9, 11, 19, 21, 29, 31};
  const year::Statistics s = year::Describe(values, 1, 3);
  EXPECT_DOUBLE_EQ(s.mean, 20);
  // Between means 100; within a draw the variance is 2, of a mean of two 1: 100 − 1.
  EXPECT_NEAR(s.sd_input, std::sqrt(99.0), 1e-12);
  // t(2, 97.5 %) = 4.302653; standard error √(100 / 3).
  EXPECT_NEAR(s.ci_high - s.mean, 4.302653 * std::sqrt(100.0 / 3), 1e-5);
}

TEST(Draws, ThatChangeNothingAddNoVariance) {
  EXPECT_EQ(year::Describe({5, 5, 5, 5}, 1, 2).sd_input, 0);
  EXPECT_EQ(year::Describe({4, 6, 6, 4}, 1, 2).sd_input, 0);
}

TEST(Precision, AsksForReplicationsInTheSquareOfTheRatio) {
  year::Statistics s;
  s.mean = 100;
  s.ci_low = 90;
  s.ci_high = 110;
  EXPECT_EQ(year::ReplicationsFor(s, 50, 0.05), 200);  // from ±10 % to ±5 %: four times
  EXPECT_EQ(year::ReplicationsFor(s, 50, 0.10), 50);
  s.mean = 0;
  EXPECT_FALSE(year::ReplicationsFor(s, 50, 0.05));
}

TEST_F(StudyTest, IntervalsHoldTheTruthAsOftenAsTheySay) {
  constexpr int kYears = 30;
  Keep(11);  // 20 people
  year::Options years = Years(kStudies * kYears, 1);
  years.whole = kStudies * kYears;
  const auto truth = Run({{"base", {}, regulation_.rules}}, years);
  years.seed = 2;
  const auto lived = Run({{"base", {}, regulation_.rules}}, years);
  for (const char* key : {"sanciones/total", "descuentos/centavos/total"}) {
    const double mean = year::Describe(Values(truth, key), 1).mean;
    const auto values = Values(lived, key);
    int held = 0;
    for (int study = 0; study < kStudies; ++study) {
      const auto first = values.begin() + study * kYears;
      const year::Statistics s =
          year::Describe(std::vector<std::int64_t>(first, first + kYears), 1);
      held += static_cast<int>(s.ci_low <= mean && mean <= s.ci_high);
    }
    // 93.5–96.5 % of 2,000: three standard errors of a count that is 95 % sure; as many of fewer.
    const double reach = 3.1 * std::sqrt(0.95 * 0.05 / kStudies);
    EXPECT_NEAR(static_cast<double>(held) / kStudies, 0.95, reach) << key << ": " << held;
  }
}

// ---- runs ------------------------------------------------------------------------

TEST_F(StudyTest, WithoutDrawsOrPrecisionIsTheSimulation) {
  Keep(11);
  const auto plain = Run({{"base", {}, regulation_.rules}}, Years(6));
  Options options;
  options.year = Years(6);
  const auto studied =
      study::Run({{"base", {}, regulation_.rules}}, population_, options, diagnostics_);
  ASSERT_TRUE(studied);
  EXPECT_EQ(plain.regulations[0].values, studied->regulations[0].values);
  EXPECT_EQ(studied->draws, 0);
}

TEST_F(StudyTest, PrecisionIsReachedAndNoMoreIsDone) {
  Keep(11);
  Options options;
  options.year = Years(10);
  options.precision = 0.05;
  const auto studied =
      study::Run({{"base", {}, regulation_.rules}}, population_, options, diagnostics_);
  ASSERT_TRUE(studied);
  EXPECT_GT(studied->replications, 10);
  const year::Statistics s = year::Describe(Values(*studied, "descuentos/centavos/total"), 100);
  EXPECT_LE((s.ci_high - s.ci_low) / 2, 0.055 * s.mean);  // judged from what was done before
  EXPECT_LT(studied->replications, 3000);
}

TEST_F(StudyTest, DrawsWidenTheYearsAndTheirPartIsTold) {
  Keep(11);
  Options options;
  options.year = Years(20);
  options.draws = 24;
  const auto studied =
      study::Run({{"base", {}, regulation_.rules}}, population_, options, diagnostics_);
  ASSERT_TRUE(studied);
  EXPECT_EQ(studied->draws, 24);
  EXPECT_EQ(studied->replications, 480);
  const auto sure = Run({{"base", {}, regulation_.rules}}, Years(480));
  const std::string key = "sanciones/total";
  const year::Statistics with = year::Describe(Values(*studied, key), 1, 24);
  const year::Statistics without = year::Describe(Values(sure, key), 1);
  EXPECT_GT(with.sd, 1.5 * without.sd);
  EXPECT_GT(with.sd_input, without.sd);
  // What the draws add is all that they add: variances, not deviations, add up.
  EXPECT_NEAR(with.sd * with.sd, with.sd_input * with.sd_input + without.sd * without.sd,
              0.35 * with.sd * with.sd);
}

TEST_F(StudyTest, ANullAmendmentDiffersByZeroInEveryDraw) {
  Keep(22);
  const auto null = Amended("enmienda-nula.enmienda.norma.md");
  ASSERT_TRUE(null);
  Options options;
  options.year = Years(4);
  options.draws = 5;
  const auto studied = study::Run({{"base", {}, regulation_.rules}, {"nula", {}, null}},
                                  population_, options, diagnostics_);
  ASSERT_TRUE(studied);
  EXPECT_EQ(studied->regulations[0].values, studied->regulations[1].values);
  for (const year::Statistics& s : studied->regulations[1].difference) {
    EXPECT_EQ(s.mean, 0);
    EXPECT_EQ(s.ci_low, 0);
    EXPECT_EQ(s.ci_high, 0);
  }
}

// ---- factors ---------------------------------------------------------------------

TEST_F(StudyTest, FactorsScaleWhatTheySay) {
  using population::Factor;
  population::Factors factors = population::kAsTheFileSays;
  factors[static_cast<std::size_t>(Factor::Lateness)] = 2;
  factors[static_cast<std::size_t>(Factor::Absences)] = 0.5;
  const auto scaled = population::Scaled(population_, factors);
  for (std::size_t c = 0; c < population_.classes.size(); ++c) {
    const auto chance = [](const population::Discrete& d, std::int32_t from) {
      return 1 - static_cast<double>(d.first_draw_from(from)) / 4294967296.0;
    };
    const population::Discrete& before = population_.classes[c].arrival;
    const population::Discrete& after = scaled.classes[c].arrival;
    for (const std::int32_t minutes : {1, 6, 16, 31}) {
      EXPECT_NEAR(chance(after, minutes), std::min(1.0, 2 * chance(before, minutes)), 1e-6);
    }
    EXPECT_EQ(scaled.classes[c].absences[0].per_year,
              population_.classes[c].absences[0].per_year / 2);
    EXPECT_EQ(scaled.classes[c].missing_record.below, population_.classes[c].missing_record.below);
  }
  EXPECT_EQ(
      population::Scaled(population_, population::kAsTheFileSays).classes[0].arrival.steps().size(),
      population_.classes[0].arrival.steps().size());
}

TEST_F(StudyTest, DrawsOfFactorsHaveTheSpreadTheFileSays) {
  population_.uncertainty = {0.5, 0, 0.2, 0, 0, 0};
  double sum = 0, squares = 0;
  constexpr int kDraws = 4000;
  for (std::uint32_t d = 0; d < kDraws; ++d) {
    const auto factors = population::DrawFactors(population_, 9, d);
    EXPECT_EQ(factors[1], 1);
    sum += std::log(factors[0]);
    squares += std::log(factors[0]) * std::log(factors[0]);
  }
  EXPECT_NEAR(sum / kDraws, 0, 4 * 0.5 / std::sqrt(kDraws));
  EXPECT_NEAR(std::sqrt(squares / kDraws), 0.5, 0.03);
}

// ---- what an amendment changes for few people

class ChangesOfFew : public StudyTest {
 protected:
  void SetUp() override {
    StudyTest::SetUp();
    Keep(5);
    Quiet();
    population_.turnover.reset();
  }

  year::RegulationInput Amendment(const std::string& id, const std::string& edits) {
    const auto file = std::filesystem::path(COTEJO_BINARY_DIR) /
                      (id + std::to_string(::getpid()) + ".enmienda.norma.md");
    std::ofstream(file) << "```norma\nenmienda " << id << " \"" << id << "\" sobre LEY2027\n"
                        << edits << "```\n";
    auto rules = AmendedBy(file.string());
    std::filesystem::remove(file);
    return {id, {id, id}, rules};
  }

  year::Forecast Of(const std::vector<year::RegulationInput>& regulations, int smallest) {
    Options options;
    options.year = Years(2);
    options.smallest_group = smallest;
    auto forecast = study::Run(regulations, population_, options, diagnostics_);
    EXPECT_TRUE(forecast) << year::Messages(sources_, diagnostics_);
    return forecast ? *forecast : year::Forecast{};
  }

  static std::size_t Place(const year::Forecast& forecast, const std::string& key) {
    for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
      if (forecast.cells[c].key == key) return c;
    }
    ADD_FAILURE() << key;
    return 0;
  }

  static bool Shows(const year::Forecast& forecast, std::size_t regulation,
                    const std::string& key) {
    const std::size_t c = Place(forecast, key);
    const year::RegulationResult& result = forecast.regulations[regulation];
    EXPECT_EQ(std::isnan(result.statistics[c].mean), std::isnan(result.difference[c].mean));
    return !std::isnan(result.statistics[c].mean);
  }

  year::RegulationInput InForce() const {
    return {"base", {"vigente", "in force"}, regulation_.rules};
  }

  // Two days more for those of more than ten years: in a year in which nothing happens, the
  // difference is twice as many days as there are such people.
  static constexpr const char* kOfTheOld =
      "sustituye parámetro días_de_vacación_3 cita LEY2027:49.I.3 = 32 días\n";
  static constexpr const char* kOfTheNew =
      "sustituye parámetro días_de_vacación_1 cita LEY2027:49.I.1 = 16 días\n";
};

// The difference in days, and that of the liability in Bs, are what one of them is paid a day.
TEST_F(ChangesOfFew, AreNotShown) {
  const std::vector<year::RegulationInput> texts = {InForce(), Amendment("antiguos", kOfTheOld)};
  const year::Forecast open = Of(texts, 0);
  const std::string acquired = "vacaciones/saldo/adquirida";
  const std::size_t at = Place(open, acquired);
  const double days = open.regulations[1].difference[at].mean;
  const int people = static_cast<int>(days / 2);
  ASSERT_EQ(days, 2 * people);
  ASSERT_TRUE(people > 1 && people < 10) << people;
  EXPECT_EQ(ReachedBy(texts, population_, Years(2)).touched[1][0].cells.at(acquired), people);
  // Whoever has a figure under either text counts, whichever comes first.
  const std::vector<year::RegulationInput> none = {
      Amendment("sin_antiguos",
                "sustituye parámetro días_de_vacación_3 cita LEY2027:49.I.3 = 0 días\n"),
      InForce()};
  const int all = ReachedBy({InForce()}, population_, Years(2)).cells.at(acquired);
  EXPECT_EQ(ReachedBy(none, population_, Years(2)).cells.at(acquired), all);
  EXPECT_EQ(ReachedBy({none[0]}, population_, Years(2)).cells.at(acquired), all - people);

  const year::Forecast closed = Of(texts, people + 1);
  for (const char* key :
       {"vacaciones/saldo/adquirida", "vacaciones/saldo/final", "vacaciones/ganada",
        "vacaciones/pasivo/saldo", "vacaciones/pasivo/total"})
    EXPECT_FALSE(Shows(closed, 1, key)) << key;
  // What it does not change, it may be said that it does not; and the text in force is as it was.
  EXPECT_TRUE(Shows(closed, 1, "vacaciones/saldo/inicial"));
  EXPECT_TRUE(Shows(closed, 1, "aguinaldo/centavos/total"));
  EXPECT_EQ(closed.regulations[0].statistics[at].mean, open.regulations[0].statistics[at].mean);
  EXPECT_THAT(closed.assumptions.back().es, testing::HasSubstr("de la enmienda «antiguos»"));

  EXPECT_TRUE(Shows(Of(texts, people), 1, acquired));
}

// Each of the two changes enough people; one less the other, few.
TEST_F(ChangesOfFew, NorAreThoseBetweenTwoAmendments) {
  const year::RegulationInput base = InForce();
  const year::RegulationInput some = Amendment("nuevos", kOfTheNew);
  const year::RegulationInput all = Amendment("todos", std::string(kOfTheNew) + kOfTheOld);
  EXPECT_TRUE(Shows(Of({base, all}, 10), 1, "vacaciones/saldo/adquirida"));
  const year::Forecast three = Of({base, some, all}, 10);
  EXPECT_TRUE(Shows(three, 1, "vacaciones/saldo/adquirida"));
  EXPECT_FALSE(Shows(three, 2, "vacaciones/saldo/adquirida"));
}

// Everybody acquires vacation, and one person had some left: the opening balance, and what is used
// of it, are that person's.
TEST_F(ChangesOfFew, NorIsAFigureOfEverybodyThatIsOfOne) {
  std::vector<std::int16_t>& balances = population_.staff.opening_half_days;
  const auto one = std::max_element(balances.begin(), balances.end());
  ASSERT_GT(*one, 0);
  for (auto at = balances.begin(); at != balances.end(); ++at)
    *at = static_cast<std::int16_t>(at == one ? 75 : 0);
  year::Forecast forecast = Of({InForce()}, 10);
  const auto mean = [&](const char* key) {
    return forecast.regulations[0].statistics[Place(forecast, key)].mean;
  };
  EXPECT_EQ(mean("vacaciones/saldo/inicial"), 37.5);
  EXPECT_EQ(forecast.cells[Place(forecast, "vacaciones/saldo/inicial")].people, 1);
  const double closing = mean("vacaciones/saldo/final");
  HideSmallGroups(forecast, 10);
  for (const char* key :
       {"vacaciones/saldo/inicial", "vacaciones/saldo/usada", "vacaciones/saldo/adquirida"})
    EXPECT_TRUE(std::isnan(mean(key))) << key;
  EXPECT_EQ(mean("vacaciones/saldo/final"), closing);
}

// A group of fewer people than one there is not: with 1, everything is shown, and it is said.
TEST(SmallestGroup, OfOneHidesNothingAndSaysIt) {
  year::Forecast forecast;
  forecast.staff = 1;
  forecast.cells.emplace_back();
  forecast.regulations.emplace_back();
  forecast.regulations[0].values.emplace_back();
  forecast.regulations[0].statistics.push_back({7});
  HideSmallGroups(forecast, 1);
  EXPECT_EQ(forecast.regulations[0].statistics[0].mean, 7);
  ASSERT_EQ(forecast.assumptions.size(), 1U);
  EXPECT_THAT(forecast.assumptions[0].es,
              testing::HasSubstr("(--grupo-minimo 1): este informe puede hablar de alguien"));
}

// Thirty-one people are touched in all, and thirty of them in the part that is shown.
TEST(ChangesOfFewInParts, ATotalDoesNotGiveAwayThoseOfAPartThatIsNotShown) {
  year::Forecast forecast;
  forecast.staff = 50;
  forecast.regulations.resize(2);
  const auto add = [&](const std::string& key, int people, bool total) {
    year::Cell cell;
    cell.key = key;
    cell.table = "aguinaldo";
    cell.unit = year::CellUnit::Centavos;
    cell.group = "aguinaldo";
    cell.people = people;
    cell.total = total;
    forecast.cells.push_back(cell);
    for (year::RegulationResult& regulation : forecast.regulations) {
      regulation.values.emplace_back();
      regulation.statistics.push_back({100});
    }
    forecast.regulations[1].difference.push_back({1, 1, 1, 1, 1});
  };
  add("a", 8, false);
  add("b", 12, false);
  add("c", 30, false);
  add("total", -1, true);
  const auto shows_total = [&](const std::map<std::string, int>& touched) {
    year::Forecast shown = forecast;
    HideChangesOfFew({{}, {Touched{touched, {{"aguinaldo", 40}}}}}, 10, shown);
    return !std::isnan(shown.regulations[1].difference[3].mean);
  };
  // «a» is small, and «b» hides with it.
  EXPECT_FALSE(shows_total({{"a", 1}, {"c", 30}, {"total", 31}}));
  EXPECT_FALSE(shows_total({{"a", 1}, {"b", 8}, {"c", 30}, {"total", 39}}));
  EXPECT_TRUE(shows_total({{"a", 1}, {"b", 9}, {"c", 30}, {"total", 40}}));
}

// ---- sensitivity -----------------------------------------------------------------

TEST_F(StudyTest, DeductionsHangOnLatenessAndNotOnWhatIsNotSanctioned) {
  Keep(4);
  population_.uncertainty = {0.5, 0.1, 0, 0, 0, 0.3};
  SensitivityOptions options;
  options.year = Years(12);
  options.watched = "descuentos/días/RIP:45.I";
  options.trajectories = 6;
  options.base = 24;
  const auto report = Analyse({"base", {}, regulation_.rules}, population_, options, diagnostics_);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->effects.size(), 3U);
  EXPECT_EQ(report->effects[0].key, "atrasos");
  EXPECT_TRUE(report->effects[0].studied);
  EXPECT_GT(report->effects[0].total.value, 0.8);
  EXPECT_GT(report->effects[0].mean, 5 * report->effects[1].mean_abs);
}

TEST_F(StudyTest, APopulationThatIsSureOfAllHasNothingToAnalyse) {
  population_.uncertainty = {};
  EXPECT_FALSE(Analyse({"base", {}, regulation_.rules}, population_, {}, diagnostics_));
  EXPECT_TRUE(diagnostics_.has_errors());
}

}  // namespace
}  // namespace cotejo::study
