// What began before the year and goes on in it.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "scenarios/year/behavior.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

using population::Discrete;

constexpr int kGestion = 2026;
constexpr double kBound = 3.29;  // of a normal: 99.9 %
constexpr std::uint32_t kReplications = 60;

class GoingOnTest : public RipTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    Quiet();
    population_.turnover.reset();
  }

  population::Occurrence& Add(const std::string& kind, double per_year, std::int32_t half_days) {
    population::Occurrence o;
    o.name = kind;
    o.kind = kind;
    o.per_year = per_year;
    o.reached = {std::uint64_t{1} << 32};
    o.away = Discrete({{half_days, half_days, 1, {}}});
    o.variants.push_back({1, {}});
    o.variant = Discrete({{0, 0, 1, {}}});
    population_.occurrences.push_back(std::move(o));
    return population_.occurrences.back();
  }

  void Make(int gestion = kGestion) {
    auto setting = Prepare({regulation_.rules.get()}, population_, gestion, diagnostics_);
    ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
    setting_ = std::make_unique<Setting>(std::move(*setting));
    behavior_ = std::make_unique<Behavior>(population_, setting_->eligibility, setting_->year,
                                           setting_->shifts, 5);
  }

  template <typename Look>
  void EachYear(Look look, std::uint32_t replications = kReplications) {
    years_ = 0;
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      if (HiredOn(person) > base::Date(2024, 1, 1)) continue;
      for (std::uint32_t replication = 0; replication < replications; ++replication) {
        const WorkDays& work = *setting_->work[person];
        ++years_;
        look(work.days, behavior_->Live(person, work, replication, kNever));
      }
    }
  }

  [[nodiscard]] base::Date HiredOn(std::size_t person) const {
    const population::Column* hired = population_.staff.Find(population_.hired_attribute);
    return hired->values[static_cast<std::size_t>(hired->of[person])].date;
  }

  // Monday to Friday, the last one before the year first.
  [[nodiscard]] std::vector<base::Date> WeekdaysBefore(std::size_t count) const {
    std::vector<base::Date> days;
    for (int day = -1; days.size() < count; --day) {
      if (setting_->year.date(day).weekday() <= 5) days.push_back(setting_->year.date(day));
    }
    return days;
  }

  static void ExpectShare(double times, double of, double share) {
    EXPECT_NEAR(times / of, share, kBound * std::sqrt(share * (1 - share) / of));
  }

  std::unique_ptr<Setting> setting_;
  std::unique_ptr<Behavior> behavior_;
  double years_ = 0;
};

// Ten working days in a row, the last of which may be half a one, twice in five years: on any of
// the year's days ten chances of that day or of the nine before are somebody's leave, on the first
// one too. Whoever goes on is on the second to the tenth day of it, each as likely; it ends when it
// has ten, and the next day tells of it.
TEST_F(GoingOnTest, AsManyAreAwayOnTheFirstDayAsOnAnother) {
  population::Occurrence& leave = Add("día_de_incapacidad", 0.4, 20);
  leave.each_day = true;
  leave.counted = "día_de_baja";
  leave.back_kind = "reincorporación";
  for (const std::int32_t half_days : {20, 19}) {
    population_.occurrences[0].away = Discrete({{half_days, half_days, 1, {}}});
    Make();
    std::map<int, double> on_first;  // by day of the leave; 11: it is over
    double away_in_may = 0;
    EachYear([&](const std::vector<std::int32_t>& days, const std::vector<Event>& events) {
      for (const Event& event : events) {
        if (event.day == days[90] && event.what == Happening::Occurrence) ++away_in_may;
        if (event.day != days[0]) continue;
        const int day = event.what == Happening::Return ? 11 : event.count;
        ++on_first[day];
        // What is left of it, one working day after another.
        for (int left = day + 1; left <= 11; ++left) {
          const std::int32_t then = days[static_cast<std::size_t>(left - day)];
          EXPECT_TRUE(std::any_of(events.begin(), events.end(),
                                  [&](const Event& e) {
                                    return e.day == then &&
                                           (left == 11 ? e.what == Happening::Return
                                                       : e.count == left);
                                  }))
              << day << " " << left;
        }
      }
    });
    const double each = 0.4 / static_cast<double>(setting_->work[0]->days.size());
    for (int day = 1; day <= 11; ++day) ExpectShare(on_first[day], years_, each);
    ExpectShare(away_in_may, years_, 10 * each);
    EXPECT_GT(years_, 5000);
  }
}

// Three months from each of the weekdays of the last ones (those of 1 to 3 October end on
// holidays, and the person is back on the first day of work): those that end in the year
// do so on the day that the calendar says, and the text is told when the person is back.
TEST_F(GoingOnTest, MonthsThatBeganBeforeEndOnTheirDay) {
  population::Occurrence& trip = Add("comisión", 0.5, 0);
  trip.months = Discrete({{3, 3, 1, {}}});
  trip.counted = "meses";
  trip.counts_months = true;
  trip.back_kind = "fin_de_comisión";
  Make();
  std::set<std::int32_t> ends;
  double starts = 0, at_once = 0;
  const std::vector<base::Date> weekdays = WeekdaysBefore(80);
  for (const base::Date start : weekdays) {
    const std::int32_t end = start.plus_months(3).days();
    if (end <= weekdays.front().days()) continue;
    ++starts;
    ends.insert(std::max(0, end - setting_->year.first));
    at_once += end - setting_->year.first <= setting_->work[0]->days[0] ? 1 : 0;
  }
  EXPECT_EQ(at_once, 3);  // of 1 to 3 October: nobody works before the 5th
  double back = 0, back_at_once = 0;
  EachYear(
      [&](const std::vector<std::int32_t>& days, const std::vector<Event>& events) {
        const bool begins = std::any_of(events.begin(), events.end(), [](const Event& event) {
          return event.what == Happening::Occurrence;
        });
        if (begins || events.empty()) return;
        ++back;
        ASSERT_EQ(events.size(), 1U);
        const std::int32_t day = events.front().day;
        back_at_once += day == days[0] ? 1 : 0;
        const auto at = std::lower_bound(days.begin(), days.end(), day);
        const std::int32_t before = at == days.begin() ? -1 : *(at - 1);
        const auto end = ends.upper_bound(before);
        EXPECT_TRUE(end != ends.end() && *end <= day) << day;
        // All the working days until then.
        int away = 0;
        for (const std::int32_t month : behavior_->ShiftsAway(INT32_MAX)) away += month;
        EXPECT_EQ(away, (at - days.begin()) * setting_->shifts);
      },
      1000);
  const double each = 0.5 / static_cast<double>(setting_->work[0]->days.size());
  // And nothing else of the sort begins in the year, nor is under way at its end.
  const double quiet = std::exp(-0.5);
  EXPECT_NEAR(back / years_, starts * each * quiet, 0.15 * starts * each * quiet);
  EXPECT_NEAR(back_at_once / back, at_once / starts, kBound * std::sqrt(at_once / starts / back));
}

// Forty days after it began, in this year: whether that was before the year or not.
TEST_F(GoingOnTest, WhatFollowsMayComeInTheYear) {
  Add("cumpleaños", 0.5, 0);
  population::Occurrence& after = Add("parto", 0, 0);
  after.follows = {0, Discrete({{40, 40, 1, {}}})};
  population::Occurrence& hour = Add("jornada_de_lactancia", 0, 0);
  hour.follows = {1, Discrete({{46, 46, 1, {}}})};
  hour.months = Discrete({{6, 6, 1, {}}});
  hour.at_post = true;
  hour.each_day = true;
  Make();
  double births = 0, of_before = 0, nursing = 0;
  const std::vector<base::Date> weekdays = WeekdaysBefore(400);
  EachYear([&](const std::vector<std::int32_t>& days, const std::vector<Event>& events) {
    std::map<std::size_t, std::vector<std::int32_t>> told;
    bool early = false;
    for (const Event& event : events) {
      told[OccurrenceOf(event.value)].push_back(event.day);
      early = early || (event.day == days[0] && event.count > 1);
    }
    births += static_cast<double>(told[1].size());
    of_before += told[1].empty() || told[1][0] >= 40 ? 0 : 1;
    nursing += early ? 1 : 0;
  });
  const auto& work = *setting_->work[0];
  const double each = 0.5 / static_cast<double>(work.days.size());
  double before = 0, under_way = 0;
  for (const base::Date start : weekdays) {
    const std::int32_t birth = start.days() - setting_->year.first + 40;
    if (birth >= 0) ++before;
    base::Date first = setting_->year.date(birth + 46);
    while (first.weekday() > 5) first = base::Date(first.days() + 1);
    const bool begun = first.days() < setting_->year.first;
    if (begun && first.plus_months(6) > setting_->year.date(work.days[0])) ++under_way;
  }
  ExpectShare(of_before, years_, before * each);
  ExpectShare(nursing, years_, under_way * each);
  double in_year = 0;
  for (const std::int32_t day : work.days) in_year += day + 40 <= work.days.back() ? 1 : 0;
  const double mean = (before + in_year) * each;
  EXPECT_NEAR(births / years_, mean, kBound * std::sqrt(mean / years_));
  EXPECT_GT(before, 25);
  EXPECT_GT(under_way, 100);
}

// Somebody hired in the months before has nothing of an earlier day, and who comes in the year has
// nothing at all.
TEST_F(GoingOnTest, NobodyBringsWhatBeganBeforeTheyCame) {
  population::Occurrence& study = Add("jornada_de_lactancia", 3, 0);
  study.months = Discrete({{12, 12, 1, {}}});
  study.at_post = true;
  study.each_day = true;
  Make(2025);
  const std::vector<base::Date> weekdays = WeekdaysBefore(400);
  int lately = 0, theirs = 0, others = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const WorkDays& work = *setting_->work[person];
    for (std::uint32_t replication = 0; replication < 40; ++replication) {
      for (const Event& event : behavior_->Live(person, work, replication, kNever)) {
        if (event.day != work.days[0] || event.count == 1) continue;
        const base::Date start = weekdays[static_cast<std::size_t>(event.count) - 2];
        EXPECT_LE(HiredOn(person), start);
        (HiredOn(person) > base::Date(2024, 7, 1) ? theirs : others) += 1;
      }
      const Tenure newcomer = {person, person, 0, INT32_MAX, true};
      for (const Event& event : behavior_->Live(newcomer, work, replication, kNever))
        EXPECT_TRUE(event.day != work.days[0] || event.count == 1);
    }
    lately += HiredOn(person) > base::Date(2024, 7, 1) ? 1 : 0;
  }
  EXPECT_GT(lately, 0);
  EXPECT_GT(theirs, 0);
  EXPECT_GT(others, 3000);
}

// A course from 4 November: whoever takes it in the last weeks of a year goes on with it in the
// next, until the calendar says so.
TEST_F(GoingOnTest, ADateOfTheYearBeforeReachesTheSame) {
  population::Occurrence& course = Add("tolerancia_académica", 0, 0);
  course.dates = {{0, 11, 4}};
  course.reached = {std::uint64_t{1} << 31};
  course.months = Discrete({{3, 3, 1, {}}});
  course.at_post = true;
  course.each_day = true;
  Make(2025);
  std::set<std::size_t> reached;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    for (const Event& event : behavior_->Live(person, *setting_->work[person], 0, kNever)) {
      if (event.day > 300) reached.insert(person);
    }
  }
  Make(2026);
  const std::int32_t last = base::Date(2026, 2, 4).days() - setting_->year.first;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const WorkDays& work = *setting_->work[person];
    std::vector<std::int32_t> told, expected;
    for (const Event& event : behavior_->Live(person, work, 0, kNever)) {
      if (event.day < 300) told.push_back(event.day);
    }
    for (const std::int32_t day : work.days) {
      if (reached.contains(person) && HiredOn(person) <= base::Date(2025, 11, 4) && day < last)
        expected.push_back(day);
    }
    EXPECT_EQ(told, expected);
  }
  EXPECT_GT(reached.size(), 80U);
  EXPECT_LT(reached.size(), 140U);
}

}  // namespace
}  // namespace cotejo::year
