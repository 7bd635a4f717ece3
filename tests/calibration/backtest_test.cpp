// From a clock's file to predicted sanctions, under the real regulation.
#include "scenarios/backtest/backtest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "model/rules/resolve.h"
#include "scenarios/calibration/records.h"

namespace cotejo::backtest {
namespace {

using base::Date;
using calibration::ClassTable;

class BackTestTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string root = COTEJO_SOURCE_DIR;
    const std::string file = root + "/scenarios/library/defensoria-2025.toml";
    regulation_ = rules::LoadRegulation(sources_, root + "/regulations/rip-2025", {}, diagnostics_);
    population_ = population::LoadPopulation(sources_, file, diagnostics_);
    tables_ = calibration::ReadTables(file, diagnostics_).value_or(std::vector<ClassTable>{});
    ASSERT_FALSE(diagnostics_.has_errors());
    binding_ = year::Bind(*regulation_.rules, population_, false, diagnostics_);
    ASSERT_TRUE(binding_);
    hours_ = Between({});
    // Half the staff of the third class, which the file takes for one in ten.
    truth_ = tables_;
    const std::vector<double> weights = {0.1, 0.4, 0.5, 0};
    for (std::size_t k = 0; k < truth_.size(); ++k) {
      truth_[k].weight = weights[k];
      truth_[k].omission *= 2;
    }
  }

  calibration::Hours Between(const std::optional<Where>& where) {
    auto hours = HoursOf(*regulation_.rules, population_, *binding_, where, Date(2025, 3, 1),
                         Date(2025, 8, 31), diagnostics_);
    return hours ? std::move(*hours) : calibration::Hours{};
  }

  // A clock's file of March to August 2025. From July on everybody is `later` minutes later.
  std::string Clock(int people, int later, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<double> weights;
    for (const ClassTable& table : truth_) weights.push_back(table.weight);
    std::string text;
    for (int i = 0; i < people; ++i) {
      const ClassTable& table =
          truth_[std::discrete_distribution<std::size_t>(weights.begin(), weights.end())(random)];
      std::vector<double> shares;
      const double forgets = std::exp(forgetting_ * std::normal_distribution<double>()(random) -
                                      forgetting_ * forgetting_ / 2);
      const double factor = std::exp(lateness_ * std::normal_distribution<double>()(random));
      for (const calibration::Band& band : table.bands)
        shares.push_back(band.share * (band.from > 0 ? factor : 1));
      std::discrete_distribution<std::size_t> bands(shares.begin(), shares.end());
      for (const calibration::WorkDay& day : hours_.timetables[hours_.otherwise]) {
        for (const calibration::Shift& shift : day.shifts) {
          const calibration::Band& band = table.bands[bands(random)];
          int entry = shift.entry + std::uniform_int_distribution<int>(band.from, band.to)(random);
          if (day.date >= Date(2025, 7, 1)) entry += later;
          const bool omitted =
              std::bernoulli_distribution(std::min(table.omission * forgets, 0.5))(random);
          const bool no_entry = std::bernoulli_distribution(table.missing_entry)(random);
          if (!omitted || !no_entry) text += Row(i, day.date, entry, 0);
          if (!omitted || no_entry) text += Row(i, day.date, shift.exit + 2, 1);
        }
      }
    }
    return text;
  }

  static std::string Row(int person, Date date, int minute, int code) {
    char row[64];
    std::snprintf(row, sizeof row, "%9d\t%s %02d:%02d:00\t1\t%d\t1\t0\n", 1000 + person,
                  date.str().c_str(), minute / 60, minute % 60, code);
    return row;
  }

  calibration::Attendance Read(const std::string& text) {
    const auto path = std::filesystem::path(testing::TempDir()) /
                      ("attlog " + std::to_string(::getpid()) + ".dat");
    std::ofstream(path) << text;
    const auto records =
        calibration::ReadRecords({path.string()}, std::string(64, '7'), diagnostics_);
    std::filesystem::remove(path);
    EXPECT_TRUE(records);
    return calibration::MatchShifts(records->punches, hours_);
  }

  calibration::BackTest Run(const calibration::Attendance& attendance, int replications,
                            bool absences = false) {
    return TestMonths(*regulation_.rules, population_, *binding_, hours_, attendance, tables_,
                      {.months = 3, .replications = replications, .seed = 3, .absences = absences});
  }

  // Whole days missed by anybody on one day in so many, from July on in so many others.
  static void Miss(calibration::Attendance& attendance, double rate, double later) {
    std::mt19937_64 random(11);
    for (calibration::PersonShifts& person : attendance.people) {
      bool missed = false;
      for (calibration::ShiftRecord& shift : person.shifts) {
        if (shift.shift == 1) {
          missed =
              std::bernoulli_distribution(shift.date < Date(2025, 7, 1) ? rate : later)(random);
        }
        if (missed) shift.entry = shift.exit = false;
      }
    }
  }

  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  rules::Regulation regulation_;
  population::Population population_;
  std::optional<year::Binding> binding_;
  std::vector<ClassTable> tables_, truth_;
  // Deviations of the logarithm among the people of a class: of the odds of being late, and of how
  // often a record is left out.
  double lateness_ = 0, forgetting_ = 0;
  calibration::Hours hours_;
};

TEST_F(BackTestTest, HoursAreThoseOfTheRegulation) {
  const auto& days = hours_.timetables[hours_.otherwise];
  ASSERT_FALSE(days.empty());
  EXPECT_EQ(days.back().date, Date(2025, 8, 29));
  EXPECT_EQ(days.front().shifts.at(1).entry, 14 * 60 + 30);
  // In Pando the afternoon begins half an hour later.
  const calibration::Hours pando = Between(Where{"oficina", "pando"});
  EXPECT_EQ(pando.timetables.at(pando.otherwise).front().shifts.at(1).entry, 15 * 60);
  EXPECT_TRUE(Between(Where{"oficina", "ninguna"}).timetables.empty());
  EXPECT_EQ(diagnostics_.all().back().code, "calibrar-horario");
}

TEST_F(BackTestTest, AClocksFileGivesBackWhatMadeIt) {
  const auto attendance = Read(Clock(120, 0, 5));
  ASSERT_EQ(attendance.months.size(), 6);
  const auto people = calibration::CountShifts(attendance.people, calibration::Cells(tables_),
                                               Date(2025, 3, 1), Date(2025, 8, 31));
  const auto fitted = calibration::Fit(tables_, people, {.resamples = 100, .seed = 1});
  int seen = 0;
  int held = 0;
  const auto look = [&](const calibration::Estimate& e, double truth) {
    ++seen;
    held += e.low <= truth && truth <= e.high ? 1 : 0;
  };
  for (const std::size_t k : {1U, 2U}) {
    ASSERT_TRUE(fitted.classes[k].fitted);
    look(fitted.classes[k].weight, truth_[k].weight);
    look(fitted.classes[k].omission, truth_[k].omission);
    look(fitted.classes[k].missing_entry, truth_[k].missing_entry);
    for (std::size_t b = 0; b < truth_[k].bands.size(); ++b)
      look(fitted.classes[k].bands[b].share, truth_[k].bands[b].share);
    EXPECT_EQ(fitted.classes[k].unrecorded.value, 0);
  }
  // 16 figures; more than two outside would happen once in a hundred.
  EXPECT_EQ(seen, 16);
  EXPECT_GE(held, 14);
}

TEST_F(BackTestTest, PredictedMonthsHoldWhatHappenedUnlessPeopleChange) {
  const auto same = Run(Read(Clock(60, 0, 5)), 40);
  ASSERT_TRUE(same.done) << same.why_not.es;
  ASSERT_EQ(same.months.size(), 3);
  int held = 0;
  for (const calibration::MonthTest& month : same.months) {
    EXPECT_GT(month.observed, 10);
    EXPECT_LT(month.high - month.low, month.observed);
    held += month.holds() ? 1 : 0;
  }
  EXPECT_GE(held, 2);
  // From July on, four minutes later: June holds, July and August do not.
  const auto changed = Run(Read(Clock(60, 4, 5)), 40);
  EXPECT_EQ(changed.months[0].month, "2025-06");
  EXPECT_GT(changed.months[1].observed, changed.months[1].high);
  EXPECT_GT(changed.months[2].observed, changed.months[2].high);
}

// Few of a class are late much more than the others, or leave out many more records, and are
// sanctioned each month. All of a class alike, it would be a little of everybody.
class DifferingTest : public BackTestTest {
 protected:
  calibration::BackTest RunWith(const calibration::Attendance& attendance,
                                std::optional<population::Trait> trait) {
    std::atomic<std::int64_t> done{0};
    Options options{.months = 3, .replications = 30, .seed = 3, .progress = &done};
    if (trait) options.traits.deviation[static_cast<std::size_t>(*trait)] = 0.3;
    // Of one class, so that nobody is taken for one of another.
    auto test =
        TestMonths(*regulation_.rules, population_, *binding_, hours_, attendance, truth_, options);
    EXPECT_EQ(done, 30);
    return test;
  }

  void ExpectBetterWith(population::Trait trait) {
    const auto attendance = Read(Clock(200, 0, 5));
    const auto differing = RunWith(attendance, trait);
    const auto alike = RunWith(attendance, {});
    ASSERT_TRUE(differing.done && alike.done);
    int held = 0;
    double off = 0;
    double off_alike = 0;
    for (std::size_t m = 0; m < 3; ++m) {
      const calibration::MonthTest& month = differing.months[m];
      held += month.holds() ? 1 : 0;
      off += month.mean - month.observed;
      off_alike += alike.months[m].mean - alike.months[m].observed;
    }
    EXPECT_GE(held, 2);
    EXPECT_LT(std::abs(off), std::abs(off_alike) / 2) << off << " " << off_alike;
  }
};

TEST_F(DifferingTest, ThoseWhoAreLateMoreAreSanctionedAgain) {
  truth_ = {tables_[1]};
  truth_[0].weight = 1;
  truth_[0].omission = 0;
  lateness_ = 0.8;
  ExpectBetterWith(population::Trait::Punctuality);
}

TEST_F(DifferingTest, ThoseWhoForgetMoreAreSanctionedAgain) {
  // On time always.
  truth_ = {tables_[0]};
  truth_[0].weight = 1;
  truth_[0].bands = {{-20, 0, 1}};
  truth_[0].omission = 0.02;
  forgetting_ = 1.2;
  ExpectBetterWith(population::Trait::Forgetting);
}

TEST_F(BackTestTest, AbsencesArePredictedWithWhatTheyBring) {
  auto attendance = Read(Clock(50, 0, 5));
  const auto without = Run(attendance, 20, true);
  EXPECT_EQ(without.absent[0].observed, 0);
  Miss(attendance, 0.02, 0.02);
  const auto same = Run(attendance, 30, true);
  ASSERT_TRUE(same.done);
  ASSERT_EQ(same.absent.size(), 3);
  int held = 0;
  for (std::size_t m = 0; m < 3; ++m) {
    // 50 people, 20 days, one in fifty.
    EXPECT_NEAR(same.absent[m].observed, 20, 12);
    EXPECT_GT(same.months[m].observed, without.months[m].observed);
    held += same.absent[m].holds() ? 1 : 0;
    held += same.months[m].holds() ? 1 : 0;
  }
  EXPECT_GE(held, 4);
  auto changed = Read(Clock(50, 0, 5));
  Miss(changed, 0.02, 0.08);
  const auto later = Run(changed, 30, true);
  EXPECT_GT(later.absent[1].observed, later.absent[1].high);
  EXPECT_GT(later.months[2].observed, later.months[2].high);
  // Not known to be absences, they are neither counted nor predicted.
  EXPECT_TRUE(Run(changed, 5).absent.empty());
}

TEST_F(BackTestTest, ThreeMonthsLeaveNothingToFit) {
  auto attendance = Read(Clock(5, 0, 5));
  attendance.months.resize(3);
  const auto test = Run(attendance, 5);
  EXPECT_FALSE(test.done);
  EXPECT_THAT(test.why_not.es, testing::HasSubstr("más de 3 meses"));
}

}  // namespace
}  // namespace cotejo::backtest
