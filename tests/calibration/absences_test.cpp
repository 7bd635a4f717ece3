// Known absences, lived among vacations and seen by a clock: their rates come back, and the
// intervals hold them as often as they say.
#include "scenarios/calibration/absences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "scenarios/calibration/fit.h"

namespace cotejo::calibration {
namespace {

using base::Date;

constexpr double kDaysAYear = 250;
constexpr Working kWorking{2, kDaysAYear};

std::vector<ClassTable> File() {
  return {{"puntual", 0.6, {{-20, 0, 0.9}, {1, 30, 0.1}}, 0, 0, {{1, 2}, {2, 4}, {6, 1}}},
          {"impuntual", 0.4, {{-10, 0, 0.6}, {1, 60, 0.4}}, 0, 0, {{1, 4}, {2, 3}, {6, 2}}}};
}

std::vector<ClassTable> Truth() {
  return {{"puntual", 0.5, {{-20, 0, 0.95}, {1, 30, 0.05}}, 0, 0, {{1, 3}, {2, 2.5}, {6, 1.6}}},
          {"impuntual", 0.5, {{-10, 0, 0.6}, {1, 60, 0.4}}, 0, 0, {{1, 6}, {2, 5}, {6, 2.5}}}};
}

// Consecutive days: what is counted is working days.
Hours Office(int days) {
  Hours hours;
  Timetable& timetable = hours.timetables.emplace_back();
  for (int d = 0; d < days; ++d)
    timetable.push_back({Date(2025, 1, 1).plus_days(d), {{510, 750}, {870, 1110}}});
  hours.days_a_year = kDaysAYear;
  return hours;
}

template <typename Random>
bool Hit(double p, Random& random) {
  return std::uniform_real_distribution<double>()(random) < p;
}

// The day before the first one they were there: a clock knows nothing before. One spell at most
// begins in a day, on vacation or not, and goes on for its days.
PersonShifts LiveOne(const std::vector<AbsenceRate>& rates, const Hours& hours, double vacation,
                     std::mt19937_64& random) {
  const Timetable& days = hours.timetables[0];
  PersonShifts person{"p", {}, {}, {}};
  int away = 0;
  int resting = 0;
  std::vector<ShiftRecord> all;
  for (const WorkDay& day : days) {
    int one = 0;
    double draw = std::uniform_real_distribution<double>()(random) * kDaysAYear;
    for (const AbsenceRate& rate : rates) {
      if (draw < rate.per_year) {
        if (rate.half_days == 1) one = 1 + static_cast<int>(random() % 2);
        away = std::max(away, rate.half_days / 2);
        break;
      }
      draw -= rate.per_year;
    }
    if (Hit(vacation, random)) resting = 1 + static_cast<int>(random() % 15);
    const int half = Hit(vacation, random) ? 1 + static_cast<int>(random() % 2) : 0;
    for (std::int32_t shift = 1; shift <= 2; ++shift) {
      const bool excused = resting > 0 || half == shift;
      const bool there = away == 0 && one != shift && !excused;
      all.push_back({day.date, shift, there, there, 0, excused});
    }
    away = std::max(away - 1, 0);
    resting = std::max(resting - 1, 0);
  }
  for (const ShiftRecord& record : all) {
    if (!record.entry) continue;
    if (person.first == Date{}) person.first = record.date;
    person.last = record.date;
  }
  for (const ShiftRecord& record : all) {
    if (person.first < record.date && record.date < person.last) person.shifts.push_back(record);
  }
  return person;
}

std::vector<PersonCounts> Live(const std::vector<ClassTable>& truth, int people, int days,
                               double vacation, std::mt19937_64& random) {
  const Hours hours = Office(days);
  std::vector<PersonCounts> all;
  for (int i = 0; i < people; ++i) {
    const ClassTable& table = truth[Hit(truth[0].weight, random) || truth.size() == 1 ? 0 : 1];
    const PersonShifts person = LiveOne(table.absences, hours, vacation, random);
    PersonCounts counts{std::to_string(i),
                        {0, 0},
                        0,
                        0,
                        0,
                        0,
                        CodeDays(person, hours.timetables[0], 2, Date(2025, 1, 1),
                                 Date(2025, 1, 1).plus_days(days))};
    for (const ShiftRecord& shift : person.shifts) {
      ++counts.scheduled;
      if (shift.entry) ++counts.cells[Hit(table.bands[1].share, random) ? 1 : 0];
    }
    all.push_back(std::move(counts));
  }
  return all;
}

struct Held {
  int held = 0, seen = 0;
  double sum = 0;
  void Look(const Estimate& e, double truth) {
    ++seen;
    sum += e.value / truth;
    if (e.low <= truth && truth <= e.high) ++held;
  }
  [[nodiscard]] double share() const { return static_cast<double>(held) / seen; }
};

TEST(Absences, IntervalsHoldTheTruthAsOftenAsTheySay) {
#ifdef COTEJO_SANITIZED
  constexpr int kStudies = 40;
  constexpr double kWider = 3;  // bounds, for fewer studies
#else
  constexpr int kStudies = 250;
  constexpr double kWider = 1;
#endif
  const auto truth = Truth();
  std::mt19937_64 random(7);
  Held lengths, all;
  double spells = 0;
  for (const ClassTable& table : truth) {
    for (const AbsenceRate& rate : table.absences) spells += table.weight * rate.per_year;
  }
  for (int study = 0; study < kStudies; ++study) {
    const auto people = Live(truth, 60, 120, 0.02, random);
    const Calibration c =
        Fit(File(), people,
            {.resamples = 60, .seed = static_cast<std::uint64_t>(study), .working = kWorking});
    ASSERT_TRUE(c.absences.done);
    for (std::size_t k = 0; k < truth.size(); ++k) {
      for (std::size_t j = 0; j < 3; ++j) {
        // Ten spells of each but in a study or two.
        if (c.classes[k].absences[j].told != Told::Own) continue;
        lengths.Look(c.classes[k].absences[j].per_year, truth[k].absences[j].per_year);
      }
    }
    all.Look(c.absences.per_year, spells);
  }
  EXPECT_GE(lengths.seen, 0.99 * 6 * kStudies);
  // Neither too often nor too seldom, whatever the lengths of the spells.
  EXPECT_NEAR(lengths.sum / lengths.seen, 1, 0.02 * kWider);
  EXPECT_NEAR(all.sum / all.seen, 1, 0.01 * kWider);
  EXPECT_NEAR(lengths.share(), 0.95, 0.02 * kWider);
  EXPECT_NEAR(all.share(), 0.95, 0.03 * kWider);
}

// ---- by hand ---------------------------------------------------------------------------

const DayCode kThere{false, true, 0};
const DayCode kAway{true, false, 0};
const DayCode kHalf{false, false, 1};
const DayCode kSilent{true, true, 2};

std::vector<ClassTable> One(std::vector<AbsenceRate> rates) {
  return {{"única", 1, {{-5, 0, 1}}, 0, 0, std::move(rates)}};
}

// `people` of the same days, 100 of which nothing happened after.
StaffAbsences FitTo(const std::vector<ClassTable>& tables, std::vector<DayCode> codes, int people) {
  for (int d = 0; d < 100; ++d) codes.push_back(kThere);
  std::vector<PersonCounts> counts;
  for (int i = 0; i < people; ++i) counts.push_back({"", {10}, 0, 0, 0, 0, {codes, true, false}});
  AbsenceFitting fitting(tables, kWorking, counts);
  const std::vector<int> once(counts.size(), 1);
  const Assignment a = Assign(tables, LayOut(tables, Cells(tables)), counts, once, ModelOf(tables));
  fitting.TellApart(a);
  return fitting.Fit(a, once);
}

TEST(Absences, EachRunIsTheSpellThatExplainsItBest) {
  const auto tables = One({{1, 1}, {2, 1}, {6, 1}});
  // One shift; one day; three days: one of each, of 109 days.
  const StaffAbsences fitted =
      FitTo(tables, {kThere, kHalf, kThere, kAway, kThere, kAway, kAway, kAway, kThere}, 20);
  ASSERT_EQ(fitted.classes[0].starts.size(), 3);
  for (const double starts : fitted.classes[0].starts) EXPECT_NEAR(starts, 20, 1);
  EXPECT_DOUBLE_EQ(fitted.days, 20 * 109);
  // A half day may begin unseen in a longer one.
  EXPECT_NEAR(fitted.classes[0].per_day[0], 1.0 / 109, 3e-4);
  EXPECT_LT(fitted.unexplained, 1e-3);
}

TEST(Absences, ALongRunIsSeveralSpellsAndALengthThatIsNotThereIsSaid) {
  const std::vector<DayCode> run = {kThere, kAway, kAway, kAway, kAway, kThere};
  // Of one day each: four begin, one after the other.
  EXPECT_NEAR(FitTo(One({{2, 1}}), run, 20).classes[0].starts[0], 80, 1e-3);
  // Only half days: nothing of the file takes a whole day.
  const StaffAbsences halves = FitTo(One({{1, 1}}), run, 20);
  EXPECT_NEAR(halves.unexplained, 80, 1);
  EXPECT_LT(halves.classes[0].starts[0], 1);
}

TEST(Absences, DaysThatSayNothingAreNeitherAbsencesNorTheirLack) {
  const auto tables = One({{2, 1}, {6, 1}});
  // Away on the first day, and the next two not known: of one day or of three, as often as those
  // are elsewhere; there, of three days alone there are as many again.
  const StaffAbsences fitted =
      FitTo(tables, {kThere, kAway, kSilent, kSilent, kThere, kAway, kAway, kAway, kThere}, 20);
  EXPECT_NEAR(fitted.classes[0].starts[0] + fitted.classes[0].starts[1], 40, 1.5);
  EXPECT_GT(fitted.classes[0].starts[1], 35);
  // Vacation after vacation: no more of absence than in nothing.
  std::vector<DayCode> resting(300, kSilent);
  resting.insert(resting.begin(), kThere);
  const StaffAbsences nothing = FitTo(tables, resting, 20);
  EXPECT_LT(nothing.classes[0].starts[0] + nothing.classes[0].starts[1], 0.01);
  EXPECT_DOUBLE_EQ(nothing.days, 20 * (1 + 3 + 100));
}

TEST(Absences, RareLengthsShareAFactorOrStayAsInTheFile) {
  // 20 people of 109 days, 8.7 years; each of them half a day away.
  std::vector<DayCode> codes = {kThere, kHalf, kThere};
  for (int d = 0; d < 106; ++d) codes.push_back(kThere);
  const auto told = [&](double rate, int away) {
    const auto file = One({{1, 10}, {2, rate}, {6, rate}});
    std::vector<PersonCounts> people;
    for (int i = 0; i < 20; ++i) {
      auto own = codes;
      if (i < away) own[50] = kAway;
      people.push_back({"", {10}, 0, 0, 0, 0, {own, true, false}});
    }
    const Calibration c = Fit(file, people, {.resamples = 20, .seed = 1, .working = kWorking});
    EXPECT_EQ(c.classes[0].absences[0].told, Told::Own);
    return c.classes[0].absences;
  };
  // 0.7 a year: 6 each, 12 together; 4 seen of one day: a third of what the file has, of both.
  const auto shared = told(0.7, 4);
  EXPECT_EQ(shared[1].told, Told::Shared);
  EXPECT_EQ(shared[2].told, Told::Shared);
  EXPECT_NEAR(shared[1].per_year.value, 0.7 * 4 / 12.2, 0.02);
  EXPECT_NEAR(shared[2].per_year.value, shared[1].per_year.value, 1e-9);
  EXPECT_LT(shared[1].per_year.high, 0.7);
  // 0.2 a year: 3.5 together, and 4 seen: too few to tell.
  EXPECT_EQ(told(0.2, 4)[1].told, Told::File);
  EXPECT_EQ(told(0.2, 4)[1].per_year.value, 0.2);
  // Eleven seen of what the file has hardly any of have their own.
  EXPECT_EQ(told(0.2, 11)[1].told, Told::Own);
}

TEST(Absences, WithoutAListTheFileStays) {
  std::mt19937_64 random(3);
  const Calibration c = Fit(File(), Live(Truth(), 40, 100, 0, random), {.resamples = 20});
  EXPECT_FALSE(c.absences.done);
  EXPECT_EQ(c.classes[0].absences[1].told, Told::File);
  EXPECT_EQ(c.classes[0].absences[1].per_year.value, 4);
}

// ---- days -------------------------------------------------------------------------------

TEST(Days, WhatEachDayLetsOneSuppose) {
  const Hours hours = Office(6);
  const Date first(2025, 1, 1);
  PersonShifts person{"p", {}, first, first.plus_days(5)};
  const auto add = [&](int day, std::int32_t shift, bool there, bool excused) {
    person.shifts.push_back({first.plus_days(day), shift, there, there, 0, excused});
  };
  add(1, 1, false, false);  // away in the morning alone
  add(1, 2, true, false);
  add(2, 1, false, true);  // authorised in the morning, away in the afternoon
  add(2, 2, false, false);
  add(4, 1, true, false);  // there; of the third day there is nothing
  add(4, 2, true, false);
  const Days days = CodeDays(person, hours.timetables[0], 2, first, first.plus_days(9));
  EXPECT_TRUE(days.fresh);
  EXPECT_TRUE(days.seen);
  EXPECT_THAT(days.codes, testing::ElementsAre(kHalf, DayCode{true, false, 1}, kSilent, kThere,
                                               DayCode{false, true, 2}));
  // From a later day, what went before is not known; to an earlier one, nor that they were there.
  const Days part =
      CodeDays(person, hours.timetables[0], 2, first.plus_days(2), first.plus_days(4));
  EXPECT_FALSE(part.fresh);
  EXPECT_FALSE(part.seen);
  EXPECT_EQ(part.codes.size(), 3);
}

// ---- goodness of fit ----------------------------------------------------------------------

TEST(Absences, RunsAreAsLongAsTheFileSaysOrItIsRejected) {
  std::mt19937_64 random(5);
  int rejected = 0;
  int rejected_later = 0;
  int rejected_other = 0;
  constexpr int kStudies = 100;
  for (int study = 0; study < kStudies; ++study) {
    const auto people = Live(Truth(), 60, 240, 0.01, random);
    auto before = people;
    auto after = people;
    for (std::size_t i = 0; i < people.size(); ++i) {
      before[i].days.codes.resize(120);
      before[i].days.seen = after[i].days.fresh = false;
      after[i].days.codes.erase(after[i].days.codes.begin(), after[i].days.codes.begin() + 120);
    }
    const Goodness truth = AbsencesAgainstFile(Truth(), kWorking, people);
    const Goodness later = AbsencesHeldOut(File(), kWorking, before, after);
    const Goodness other = AbsencesAgainstFile(File(), kWorking, people);
    ASSERT_TRUE(truth.done && later.done && other.done);
    rejected += truth.p < 0.05 ? 1 : 0;
    rejected_later += later.p < 0.05 ? 1 : 0;
    rejected_other += other.p < 0.05 ? 1 : 0;
  }
  // 5 expected; the bounds hold 99.9 % of the time.
  EXPECT_LE(rejected, 13);
  EXPECT_LE(rejected_later, 13);
  EXPECT_GT(rejected_other, 60);
}

}  // namespace
}  // namespace cotejo::calibration
