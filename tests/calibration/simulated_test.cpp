// Years of the simulator as a clock would have recorded them, and the absences that made them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "model/evaluation/history.h"
#include "model/rules/resolve.h"
#include "scenarios/backtest/backtest.h"
#include "scenarios/backtest/person.h"
#include "scenarios/calibration/authorised.h"
#include "scenarios/calibration/records.h"
#include "scenarios/year/behavior.h"
#include "tests/base/sanitized.h"

namespace cotejo::backtest {
namespace {

using base::Date;
using year::Happening;

struct Lived {
  std::vector<calibration::Punch> punches;
  calibration::Authorised authorised;
};

class SimulatedTest : public testing::Test {
 protected:
  [[nodiscard]] virtual std::string File() const { return "defensoria-2025.toml"; }

  void SetUp() override {
    const std::string root = COTEJO_SOURCE_DIR;
    const std::string file = root + "/scenarios/library/" + File();
    regulation_ = rules::LoadRegulation(sources_, root + "/regulations/rip-2025", {}, diagnostics_);
    population_ = population::LoadPopulation(sources_, file, diagnostics_);
    tables_ =
        calibration::ReadTables(root + "/scenarios/library/defensoria-2025.toml", diagnostics_)
            .value();
    ASSERT_FALSE(diagnostics_.has_errors());
    // Of what else happens, illness alone: each of its days away is an event.
    std::erase_if(population_.occurrences,
                  [](const auto& occurrence) { return occurrence.name != "enfermedad"; });
    ASSERT_EQ(population_.occurrences.size(), 1);
    population_.conduct.clear();
    binding_ = year::Bind(*regulation_.rules, population_, false, diagnostics_);
    ASSERT_TRUE(binding_);
    hours_ = HoursOf(*regulation_.rules, population_, *binding_, {}, Date(2025, 1, 1),
                     Date(2025, 12, 31), diagnostics_);
    ASSERT_TRUE(hours_);
  }

  // A whole year of everybody, as the clock of an office that hides nothing.
  Lived Live(std::uint32_t replication) {
    const year::YearDays days = year::DaysOf(2025);
    const auto history = PersonOf(*regulation_.rules, *binding_, hours_->anybody, Date(2025, 1, 1),
                                  Date(2025, 12, 31));
    const std::string scope =
        evaluation::HolidayScope(*regulation_.rules, history, Date(2025, 6, 2));
    const year::WorkDays work = year::WorkDaysOf(*regulation_.rules, days, scope);
    const year::Eligibility everybody{{{0}}, std::vector<std::uint32_t>(population_.staff.size())};
    year::Behavior behavior(population_, everybody, days, 2, 31);
    Lived lived;
    for (std::size_t p = 0; p < population_.staff.size(); ++p)
      Record(PersonId(population_.staff, p), behavior.Live(p, work, replication, -1000), *hours_,
             days, lived);
    return lived;
  }

  static void Record(const std::string& person, const std::vector<year::Event>& events,
                     const calibration::Hours& hours, const year::YearDays& days, Lived& lived) {
    std::set<std::int32_t> authorised;
    std::set<std::pair<std::int32_t, std::int32_t>> absent, omitted;
    std::map<std::pair<std::int32_t, std::int32_t>, std::int32_t> arrivals;
    for (const year::Event& event : events) {
      if (event.what == Happening::Vacation || event.what == Happening::Occurrence)
        authorised.insert(event.day);
      if (event.what == Happening::Absence) absent.emplace(event.day, event.shift);
      if (event.what == Happening::Omission) omitted.emplace(event.day, event.shift);
      if (event.what == Happening::Arrival) arrivals[{event.day, event.shift}] = event.value;
    }
    for (const std::int32_t day : authorised)
      lived.authorised.absences.push_back({person, days.date(day), days.date(day), 0});
    for (const calibration::WorkDay& day : hours.timetables[hours.otherwise]) {
      const std::int32_t of_year = day.date.days() - days.first;
      if (authorised.contains(of_year)) continue;
      for (std::size_t i = 0; i < day.shifts.size(); ++i) {
        const std::pair key(of_year, static_cast<std::int32_t>(i + 1));
        if (absent.contains(key)) continue;
        const auto arrived = arrivals.find(key);
        if (arrived != arrivals.end()) {
          lived.punches.push_back({person, day.date, (day.shifts[i].entry + arrived->second) * 60,
                                   calibration::Direction::In});
          if (omitted.contains(key)) continue;
        }
        lived.punches.push_back(
            {person, day.date, day.shifts[i].exit * 60, calibration::Direction::Out});
      }
    }
  }

  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  rules::Regulation regulation_;
  population::Population population_;
  std::vector<calibration::ClassTable> tables_;
  std::optional<year::Binding> binding_;
  std::optional<calibration::Hours> hours_;
};

TEST_F(SimulatedTest, TheAbsencesOfTheFileComeBackFromItsClock) {
  const Lived lived = Live(0);
  const auto fit = [&](bool excuse) {
    calibration::Attendance attendance = calibration::MatchShifts(lived.punches, *hours_);
    // The regulation has hours from February on.
    EXPECT_EQ(attendance.months.size(), 11);
    EXPECT_TRUE(!excuse || calibration::Excuse(attendance, lived.authorised));
    const auto people = calibration::CountShifts(attendance.people, calibration::Cells(tables_),
                                                 Date(2025, 1, 1), Date(2025, 12, 31), &*hours_);
    return calibration::Fit(
        tables_, people,
        {.resamples = 60,
         .seed = 1,
         .working = calibration::Working{calibration::MostShifts(*hours_), hours_->days_a_year}});
  };
  const calibration::Calibration fitted = fit(true);
  int seen = 0;
  int held = 0;
  for (std::size_t k = 0; k < tables_.size(); ++k) {
    for (std::size_t j = 0; j < tables_[k].absences.size(); ++j) {
      const calibration::FittedSpell& spell = fitted.classes[k].absences[j];
      if (spell.told == calibration::Told::File) continue;
      ++seen;
      const double truth = tables_[k].absences[j].per_year;
      held += spell.per_year.low <= truth && truth <= spell.per_year.high ? 1 : 0;
    }
  }
  // Two classes have three lengths each; the third two that can be told, and two that are too rare.
  // More than two of eight outside would happen once in 170.
  EXPECT_EQ(seen, 8);
  EXPECT_GE(held, 6);
  EXPECT_EQ(fitted.classes[2].absences[2].told, calibration::Told::File);
  EXPECT_EQ(fitted.classes[3].absences[0].told, calibration::Told::File);
  const calibration::Estimate& all = fitted.absences.per_year;
  EXPECT_LE(all.low, all.file);
  EXPECT_GE(all.high, all.file);
  EXPECT_LT(fitted.absences.unexplained, 1);
  // Without the list, vacations and illness would be absences.
  EXPECT_GT(fit(false).absences.per_year.low, 2 * all.file);
}

// The same staff in which everybody has factors of their own.
class TraitsSimulatedTest : public SimulatedTest {
 protected:
  [[nodiscard]] std::string File() const override { return "defensoria-2025-rasgos.toml"; }
};

TEST_F(TraitsSimulatedTest, TheTraitsOfTheFileComeBackFromItsClock) {
  // One year of few people, when it is the code that is looked at and not the figures.
  constexpr std::uint32_t kYears = tests::Fewer(4, 4);
  calibration::FitOptions options{
      .resamples = tests::Fewer(100, 20),
      .seed = 1,
      .working = calibration::Working{calibration::MostShifts(*hours_), hours_->days_a_year}};
  // The fit begins far from what made the clock.
  for (const population::Trait trait : population::kAllTraits)
    options.traits.deviation[static_cast<std::size_t>(trait)] = 0.2;
  options.traits.pairs = {{population::Trait::Punctuality, population::Trait::Forgetting, -0.3}};
  const population::Traits& truth = *population_.traits;
  int held = 0;
  int told = 0;
  const auto look = [&](const calibration::Estimate& e, double value) {
    ++told;
    held += e.low <= value && value <= e.high ? 1 : 0;
  };
  for (std::uint32_t year = 0; year < kYears; ++year) {
    const Lived lived = Live(year);
    calibration::Attendance attendance = calibration::MatchShifts(lived.punches, *hours_);
    ASSERT_TRUE(calibration::Excuse(attendance, lived.authorised));
    auto people = calibration::CountShifts(attendance.people, calibration::Cells(tables_),
                                           Date(2025, 1, 1), Date(2025, 12, 31), &*hours_);
    if (tests::kSanitized) people.erase(people.begin() + 40, people.end());
    const calibration::Calibration fitted = calibration::Fit(tables_, people, options);
    ASSERT_EQ(fitted.traits.size(), 4);
    if (tests::kSanitized) continue;
    for (std::size_t t = 0; t < 3; ++t) {
      EXPECT_TRUE(fitted.traits[t].told) << fitted.traits[t].trait;
      look(fitted.traits[t].deviation, truth.deviation[t]);
    }
    EXPECT_FALSE(fitted.traits[3].told);
    if (fitted.pairs.at(0).told) look(fitted.pairs[0].correlation, 0.4);
    EXPECT_GT(fitted.traits[0].deviation.value, 0.3);
    EXPECT_GT(fitted.traits[0].deviation.low, 0);
    if (year > 0) continue;
    // They are not taken for alike, nor for anything else than log-normal.
    EXPECT_GT(calibration::AlikeWithin(tables_, people, options.traits).p, 0.001);
    EXPECT_LT(calibration::AlikeWithin(tables_, people).p, 1e-6);
  }
  // With classes that lie on one another, some seven of eight.
  EXPECT_GE(held, told * 3 / 4) << held << " of " << told;
}

}  // namespace
}  // namespace cotejo::backtest
