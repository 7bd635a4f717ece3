// Punches against hours: what each shift had, and what is wrong with the records.
#include "scenarios/calibration/shifts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/calibration/coverage.h"

namespace cotejo::calibration {
namespace {

using base::Date;

// Monday to Friday, 8:30 to 12:30 and 14:30 to 18:30, of January to June 2025.
Hours TwoShifts() {
  Hours hours;
  Timetable& days = hours.timetables.emplace_back();
  for (Date day(2025, 1, 1); day <= Date(2025, 6, 30); day = day.plus_days(1)) {
    if (day.weekday() <= 5) days.push_back({day, {{510, 750}, {870, 1110}}});
  }
  return hours;
}

Punch At(Date date, std::int32_t hour, std::int32_t minute, Direction direction,
         const std::string& person = "p-1") {
  return {person, date, hour * 3600 + minute * 60, direction};
}

void FullDay(Date date, std::vector<Punch>& punches, const std::string& person = "p-1") {
  punches.push_back(At(date, 8, 25, Direction::Unknown, person));
  punches.push_back(At(date, 12, 31, Direction::Unknown, person));
  punches.push_back(At(date, 14, 29, Direction::Unknown, person));
  punches.push_back(At(date, 18, 32, Direction::Unknown, person));
}

// Every working day of those months.
std::vector<Punch> Months(unsigned from, unsigned to) {
  std::vector<Punch> punches;
  const Hours hours = TwoShifts();
  for (const WorkDay& day : hours.timetables[0]) {
    if (day.date.month() >= from && day.date.month() <= to) FullDay(day.date, punches);
  }
  return punches;
}

// Puts these in the place of that day's.
void Instead(std::vector<Punch>& punches, Date date, const std::vector<Punch>& with) {
  std::erase_if(punches, [&](const Punch& punch) { return punch.date == date; });
  punches.insert(punches.end(), with.begin(), with.end());
  std::stable_sort(punches.begin(), punches.end(), [](const Punch& a, const Punch& b) {
    return std::pair(a.date, a.second) < std::pair(b.date, b.second);
  });
}

std::vector<ShiftRecord> Of(const Attendance& attendance, Date date) {
  std::vector<ShiftRecord> found;
  for (const ShiftRecord& shift : attendance.people.at(0).shifts) {
    if (shift.date == date) found.push_back(shift);
  }
  return found;
}

const QualityIssue& Issue(const Attendance& attendance, const std::string& part) {
  for (const QualityIssue& issue : attendance.quality.issues) {
    if (issue.what.es.find(part) != std::string::npos) return issue;
  }
  throw std::runtime_error("no issue of " + part);
}

TEST(Shifts, WithoutCodesTheFirstIsTheEntryAndTheLastTheExit) {
  const Date day(2025, 3, 12);
  struct Row {
    std::vector<Punch> punches;
    std::vector<std::tuple<bool, bool, int>> shifts;  // entry, exit, minutes late
  };
  const auto u = Direction::Unknown;
  const std::vector<Row> rows = {
      {{At(day, 8, 41, u), At(day, 12, 30, u), At(day, 14, 20, u), At(day, 18, 30, u)},
       {{true, true, 11}, {true, true, -10}}},
      // Half way between the shifts, 13:30, is of the second one.
      {{At(day, 8, 30, u), At(day, 13, 29, u), At(day, 13, 30, u), At(day, 18, 30, u)},
       {{true, true, 0}, {true, true, -60}}},
      // A single one is whichever it is nearer to: 10:29 an entry, 10:31 an exit.
      {{At(day, 10, 29, u), At(day, 18, 0, u)}, {{true, false, 119}, {false, true, 0}}},
      {{At(day, 10, 31, u)}, {{false, true, 0}, {false, false, 0}}},
      // Twice the same thing, up to five minutes apart: 18:31 is no entry of four hours late.
      {{At(day, 8, 28, u), At(day, 8, 30, u), At(day, 18, 31, u), At(day, 18, 36, u)},
       {{true, false, -2}, {false, true, 0}}},
      {{At(day, 8, 30, Direction::In), At(day, 8, 33, u), At(day, 18, 27, u),
        At(day, 18, 30, Direction::Out)},
       {{true, false, 0}, {false, true, 0}}},
      {{At(day, 8, 28, u), At(day, 8, 34, u)}, {{true, true, -2}, {false, false, 0}}},
      // With codes it does not matter where in the day they are.
      {{At(day, 8, 30, Direction::In), At(day, 13, 20, Direction::Out),
        At(day, 13, 25, Direction::In), At(day, 18, 30, Direction::Out)},
       {{true, true, 0}, {true, true, -65}}},
      {{At(day, 16, 0, Direction::In), At(day, 18, 30, Direction::Out)},
       {{false, false, 0}, {true, true, 90}}},
  };
  for (const Row& row : rows) {
    auto punches = Months(3, 3);
    Instead(punches, day, row.punches);
    const auto shifts = Of(MatchShifts(punches, TwoShifts()), day);
    ASSERT_EQ(shifts.size(), 2);
    for (std::size_t i = 0; i < 2; ++i) {
      const auto& [entry, exit, late] = row.shifts[i];
      EXPECT_EQ(shifts[i].entry, entry);
      EXPECT_EQ(shifts[i].exit, exit);
      EXPECT_EQ(shifts[i].late, late);
    }
  }
}

TEST(Shifts, NothingOfAnOpenMonthIsCounted) {
  // The machine was emptied on 27 March: the rest of the month is not absence, and what there is of
  // the month would be of a part of it alone.
  auto punches = Months(1, 3);
  std::erase_if(punches, [](const Punch& punch) { return Date(2025, 3, 27) < punch.date; });
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  EXPECT_THAT(attendance.quality.full, testing::ElementsAre("2025-01", "2025-02"));
  EXPECT_THAT(Issue(attendance, "abiertos").examples, testing::ElementsAre("2025-03"));
  for (const ShiftRecord& shift : attendance.people.at(0).shifts) {
    EXPECT_LT(shift.date, Date(2025, 3, 1));
    EXPECT_TRUE(shift.entry && shift.exit);
  }
  // One more day would close it: Monday 31 March is its last working day.
  const Attendance closed = MatchShifts(Months(1, 3), TwoShifts());
  EXPECT_THAT(closed.quality.full, testing::ElementsAre("2025-01", "2025-02", "2025-03"));
}

TEST(Shifts, AMonthThatBeginsLateIsOpenToo) {
  auto punches = Months(2, 3);
  std::erase_if(punches, [](const Punch& punch) { return punch.date < Date(2025, 2, 4); });
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  EXPECT_THAT(attendance.quality.full, testing::ElementsAre("2025-03"));
}

// The records begin on 11 February, and on 12 and 13 March the clock of half the staff said 3 and 4
// January 2000. February, of which most days are covered, is still open; and the one of them hired
// on 10 March was nobody's absence before.
TEST(Shifts, AClockThatLostItsDateIsOfNoMonthAndNobodysFirstDay) {
  Hours hours = TwoShifts();
  for (unsigned day = 3; day <= 28; ++day) {
    if (Date(2000, 1, day).weekday() <= 5) hours.unknown.insert(Date(2000, 1, day));
  }
  std::vector<Punch> punches;
  for (int person = 0; person < 10; ++person) {
    const std::string name = "p-" + std::to_string(person);
    for (const WorkDay& day : hours.timetables[0]) {
      const Date first = person == 0 ? Date(2025, 3, 10) : Date(2025, 2, 11);
      if (day.date < first || Date(2025, 4, 30) < day.date) continue;
      const bool lost =
          person < 5 && Date(2025, 3, 12) <= day.date && day.date <= Date(2025, 3, 13);
      FullDay(lost ? Date(2000, 1, day.date.day() - 9) : day.date, punches, name);
    }
  }
  const Attendance attendance = MatchShifts(punches, hours);
  EXPECT_THAT(attendance.quality.full, testing::ElementsAre("2025-03", "2025-04"));
  // Five people, two days, four punches.
  EXPECT_EQ(Issue(attendance, "sueltas").count, 40);
  EXPECT_EQ(Issue(attendance, "no se conoce").count, 0);
  ASSERT_EQ(attendance.people.size(), 10);
  EXPECT_EQ(attendance.people[0].person, "p-0");
  EXPECT_EQ(attendance.people[0].first, Date(2025, 3, 10));
  EXPECT_EQ(attendance.people[0].shifts.front().date, Date(2025, 3, 11));
  // With no better month anywhere, what there is stays.
  std::erase_if(punches, [](const Punch& punch) { return Date(2001, 1, 1) < punch.date; });
  EXPECT_THAT(Issue(MatchShifts(punches, hours), "abiertos").examples,
              testing::ElementsAre("2000-01"));
}

TEST(Shifts, AClockThatWentBackMakesNoMonthOfIt) {
  auto punches = Months(2, 3);
  punches.insert(punches.begin(), At(Date(2000, 1, 1), 0, 5, Direction::Unknown));
  std::erase_if(punches, [](const Punch& punch) {
    return Date(2025, 1, 1) < punch.date && punch.date < Date(2025, 2, 20);
  });
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  EXPECT_THAT(attendance.quality.full, testing::ElementsAre("2025-03"));
  EXPECT_THAT(Issue(attendance, "abiertos").examples, testing::ElementsAre("2000-01", "2025-02"));
}

TEST(Shifts, DaysBeforeComingAndAfterLeavingAreNotAbsences) {
  auto punches = Months(1, 3);
  const auto others = punches;
  for (Punch& punch : punches) punch.person = "p-2";
  // This one came on 10 January, was away on the 20th and left on 5 March.
  for (const Punch& punch : others) {
    if (punch.date >= Date(2025, 1, 10) && punch.date <= Date(2025, 3, 5) &&
        punch.date != Date(2025, 1, 20))
      punches.push_back(punch);
  }
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  ASSERT_EQ(attendance.people.size(), 2);
  std::vector<Date> away;
  for (const ShiftRecord& shift : attendance.people[0].shifts) {
    if (!shift.entry && !shift.exit) away.push_back(shift.date);
  }
  EXPECT_THAT(away, testing::ElementsAre(Date(2025, 1, 20), Date(2025, 1, 20)));
  EXPECT_EQ(attendance.people[0].shifts.front().date, Date(2025, 1, 13));
  EXPECT_EQ(attendance.people[0].shifts.back().date, Date(2025, 3, 4));
}

TEST(Shifts, AMonthWithoutARecordIsSetAside) {
  auto punches = Months(1, 5);
  const auto others = punches;
  for (Punch& punch : punches) punch.person = "p-2";
  // This one was elsewhere in March, and in April came on two days; p-3 was hired in May.
  for (const Punch& punch : others) {
    const bool april = punch.date == Date(2025, 4, 3) || punch.date == Date(2025, 4, 4);
    if (punch.date.month() != 3 && (punch.date.month() != 4 || april)) punches.push_back(punch);
  }
  for (const Punch& punch : others) {
    if (punch.date.month() != 5) continue;
    punches.push_back(punch);
    punches.back().person = "p-3";
  }
  const auto days_of = [](const Attendance& attendance, unsigned month) {
    const auto& shifts = attendance.people.at(0).shifts;
    return std::count_if(
               shifts.begin(), shifts.end(),
               [month](const ShiftRecord& shift) { return shift.date.month() == month; }) /
           2;
  };
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  EXPECT_EQ(days_of(attendance, 3), 0);
  EXPECT_EQ(days_of(attendance, 4), 22);
  // March of p-1, and January to April of p-3.
  const QualityIssue& aside = Issue(attendance, "sin ninguna marcación");
  EXPECT_EQ(aside.count, 5);
  EXPECT_EQ(aside.examples.front(), "p-1 2025-03");
  const Attendance stricter = MatchShifts(punches, TwoShifts(), 3);
  EXPECT_EQ(days_of(stricter, 4), 0);
  EXPECT_EQ(Issue(stricter, "menos de 3 días con marcación").count, 6);
}

TEST(Shifts, WhatIsWrongIsNamedAndLeftOut) {
  auto punches = Months(3, 3);
  const auto u = Direction::Unknown;
  Instead(punches, Date(2025, 3, 5), {});                                // nobody punched
  Instead(punches, Date(2025, 3, 6), {At(Date(2025, 3, 6), 8, 30, u)});  // no partner
  Instead(punches, Date(2025, 3, 7),                                     // 20 hours
          {At(Date(2025, 3, 7), 3, 0, u), At(Date(2025, 3, 7), 23, 0, u)});
  Instead(
      punches, Date(2025, 3, 10),  // out before in
      {At(Date(2025, 3, 10), 8, 30, Direction::Out), At(Date(2025, 3, 10), 8, 40, Direction::In)});
  Instead(punches, Date(2025, 3, 8), {At(Date(2025, 3, 8), 9, 0, u)});  // a Saturday
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  EXPECT_THAT(Issue(attendance, "nadie").examples, testing::ElementsAre("2025-03-05"));
  EXPECT_THAT(Issue(attendance, "una sola").examples, testing::ElementsAre("p-1 2025-03-06"));
  EXPECT_THAT(Issue(attendance, "imposibles").examples,
              testing::ElementsAre("p-1 2025-03-07", "p-1 2025-03-10"));
  EXPECT_EQ(Issue(attendance, "en días sin horario").count, 1);
  EXPECT_TRUE(Of(attendance, Date(2025, 3, 5)).empty());
  EXPECT_TRUE(Of(attendance, Date(2025, 3, 7)).empty());
  EXPECT_TRUE(Of(attendance, Date(2025, 3, 10)).empty());
  EXPECT_TRUE(Of(attendance, Date(2025, 3, 6)).at(0).entry);
  EXPECT_FALSE(Of(attendance, Date(2025, 3, 6)).at(0).exit);
}

// Halfway between 18:30 and 8:30 of the next day is 1:30.
TEST(Shifts, WhoStaysPastMidnightLeavesOnTheDayBefore) {
  const auto u = Direction::Unknown;
  auto punches = Months(3, 3);
  const auto without_exit = [&](Date day) {
    Instead(punches, day, {At(day, 8, 25, u), At(day, 12, 31, u), At(day, 14, 29, u)});
  };
  const auto at_night = [&](Date day, int hour, int minute, Direction direction) {
    punches.push_back(At(day, hour, minute, direction));
    std::stable_sort(punches.begin(), punches.end(), [](const Punch& a, const Punch& b) {
      return std::pair(a.date, a.second) < std::pair(b.date, b.second);
    });
  };
  without_exit(Date(2025, 3, 12));
  at_night(Date(2025, 3, 13), 0, 20, u);
  without_exit(Date(2025, 3, 14));  // a Friday
  at_night(Date(2025, 3, 15), 0, 40, Direction::Out);
  without_exit(Date(2025, 3, 18));
  at_night(Date(2025, 3, 19), 1, 29, u);
  without_exit(Date(2025, 3, 20));
  at_night(Date(2025, 3, 21), 1, 30, u);  // too late for an exit
  without_exit(Date(2025, 3, 25));
  at_night(Date(2025, 3, 26), 0, 20, Direction::In);
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  for (const unsigned day : {12U, 14U, 18U}) {
    const auto shifts = Of(attendance, Date(2025, 3, day));
    ASSERT_EQ(shifts.size(), 2);
    EXPECT_TRUE(shifts[1].entry && shifts[1].exit) << day;
    EXPECT_EQ(shifts[1].late, -1);
  }
  for (const unsigned day : {13U, 19U}) EXPECT_EQ(Of(attendance, Date(2025, 3, day))[0].late, -5);
  EXPECT_FALSE(Of(attendance, Date(2025, 3, 20))[1].exit);
  EXPECT_EQ(Of(attendance, Date(2025, 3, 21))[0].late, 90 - 510);
  EXPECT_FALSE(Of(attendance, Date(2025, 3, 25))[1].exit);
  EXPECT_EQ(Of(attendance, Date(2025, 3, 26))[0].late, 20 - 510);
  const QualityIssue& nights = Issue(attendance, "de madrugada");
  EXPECT_EQ(nights.count, 3);
  EXPECT_THAT(nights.examples,
              testing::ElementsAre("p-1 2025-03-13", "p-1 2025-03-15", "p-1 2025-03-19"));
  EXPECT_EQ(Issue(attendance, "(feriado").count, 0);
}

// The same of twelve people.
std::vector<Punch> OfTwelve(const std::vector<Punch>& one) {
  std::vector<Punch> all;
  for (int i = 1; i <= 12; ++i) {
    for (Punch punch : one) {
      punch.person = "p-" + std::to_string(i);
      all.push_back(punch);
    }
  }
  return all;
}

TEST(Shifts, ADayOnWhichAlmostNobodyPunchedIsNoAbsenceOfTheOthers) {
  auto punches = OfTwelve(Months(3, 3));
  std::erase_if(punches, [](const Punch& punch) {
    const bool alone = punch.date == Date(2025, 3, 12) && punch.person != "p-7";
    const bool half = punch.date == Date(2025, 3, 19) && punch.person > "p-4";
    return alone || half;
  });
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  EXPECT_THAT(Issue(attendance, "casi nadie marcó").examples, testing::ElementsAre("2025-03-12"));
  EXPECT_EQ(Issue(attendance, "en que nadie marcó").count, 0);
  EXPECT_EQ(Issue(attendance, "sueltas").count, 4);
  ASSERT_EQ(attendance.people.size(), 12);
  EXPECT_TRUE(Of(attendance, Date(2025, 3, 12)).empty());
  // p-1, p-10, p-11, p-12, p-2, p-3 and p-4 came on the 19th; the others were absent.
  int absent = 0;
  for (const PersonShifts& person : attendance.people) {
    for (const ShiftRecord& shift : person.shifts) absent += !shift.entry && !shift.exit ? 1 : 0;
  }
  EXPECT_EQ(absent, 5 * 2);
}

// Six of one office have no record of a week, and the others do: their clock's are missing. Four of
// another, all away on one day, may well be.
TEST(Shifts, AWeekOfOneOfficeMissingIsNoAbsenceOfItsPeople) {
  Hours hours = TwoShifts();
  for (int i = 1; i <= 12; ++i) {
    const std::string person = "p-" + std::to_string(i);
    hours.office[person] = i <= 6 ? "beni" : i <= 8 ? "oruro" : "pando";
  }
  const Date from(2025, 3, 10);
  const Date to(2025, 3, 14);
  const Date day(2025, 3, 19);
  auto punches = OfTwelve(Months(3, 4));
  std::erase_if(punches, [&](const Punch& punch) {
    const std::string& office = hours.office.at(punch.person);
    return (office == "beni" && from <= punch.date && punch.date <= to) ||
           (office == "pando" && punch.date == day);
  });
  const Attendance attendance = MatchShifts(punches, hours);
  const QualityIssue& closed = Issue(attendance, "de una oficina marcó");
  EXPECT_EQ(closed.count, 5);
  EXPECT_EQ(closed.examples.front(), "beni 2025-03-10");
  int absent = 0;
  for (const PersonShifts& person : attendance.people) {
    for (const ShiftRecord& shift : person.shifts) {
      if (shift.entry || shift.exit) continue;
      ++absent;
      EXPECT_EQ(shift.date, day);
    }
  }
  EXPECT_EQ(absent, 4 * 2);
  // p-1, of that office: her days before and after are there.
  EXPECT_TRUE(Of(attendance, Date(2025, 3, 12)).empty());
  EXPECT_EQ(Of(attendance, Date(2025, 3, 7)).size(), 2);
  EXPECT_EQ(Of(attendance, Date(2025, 3, 17)).size(), 2);
}

TEST(Shifts, AWrongDateClosesNoMonthAndKeepsNobodyInTheStaff) {
  auto punches = OfTwelve(Months(2, 4));
  std::erase_if(punches, [](const Punch& punch) {
    const bool gone = punch.person == "p-12" && Date(2025, 3, 5) < punch.date;
    return gone || Date(2025, 4, 10) < punch.date;
  });
  punches.push_back(At(Date(2025, 4, 30), 8, 25, Direction::Unknown, "p-12"));
  punches.push_back(At(Date(2077, 12, 30), 8, 25, Direction::Unknown, "p-2"));
  const Attendance attendance = MatchShifts(punches, TwoShifts());
  EXPECT_THAT(attendance.quality.full, testing::ElementsAre("2025-02", "2025-03"));
  EXPECT_EQ(attendance.quality.last, Date(2025, 4, 10));
  const QualityIssue& strays = Issue(attendance, "sueltas");
  EXPECT_EQ(strays.count, 2);
  EXPECT_THAT(strays.examples, testing::ElementsAre("p-12 2025-04-30", "p-2 2077-12-30"));
  const PersonShifts& left = attendance.people.at(3);
  ASSERT_EQ(left.person, "p-12");
  EXPECT_EQ(left.last, Date(2025, 3, 5));
  for (const ShiftRecord& shift : left.shifts) EXPECT_TRUE(shift.entry && shift.exit);
}

TEST(Shifts, AMonthWhoseHoursArePartlyUnknownIsOpen) {
  Hours hours = TwoShifts();
  std::erase_if(hours.timetables[0],
                [](const WorkDay& day) { return day.date < Date(2025, 2, 17); });
  for (Date day(2025, 2, 3); day <= Date(2025, 2, 14); day = day.plus_days(1)) {
    if (day.weekday() <= 5) hours.unknown.insert(day);
  }
  const Attendance attendance = MatchShifts(OfTwelve(Months(2, 3)), hours);
  EXPECT_THAT(attendance.quality.full, testing::ElementsAre("2025-03"));
  EXPECT_THAT(Issue(attendance, "abiertos").examples, testing::ElementsAre("2025-02"));
  EXPECT_EQ(Issue(attendance, "cuyo horario no se conoce").count, 12 * 10 * 4);
  EXPECT_EQ(Issue(attendance, "(feriado").count, 0);
  EXPECT_EQ(Issue(attendance, "sueltas").count, 0);
}

TEST(Shifts, ADayWithARowRefusedIsNotLookedAt) {
  auto punches = Months(3, 3);
  const auto others = punches;
  for (Punch punch : others) {
    punch.person = "p-2";
    punches.push_back(punch);
  }
  std::erase_if(punches, [](const Punch& punch) {
    return punch.person == "p-1" && punch.date == Date(2025, 3, 12);
  });
  const Attendance attendance =
      MatchShifts(punches, TwoShifts(), kFewestDays,
                  {{"p-1", Date(2025, 3, 12)}, {"p-1", Date(2025, 3, 15)}, {"p-9", {}}});
  EXPECT_TRUE(Of(attendance, Date(2025, 3, 12)).empty());
  const QualityIssue& refused = Issue(attendance, "con una fila rechazada");
  EXPECT_EQ(refused.count, 1);
  EXPECT_THAT(refused.examples, testing::ElementsAre("p-1 2025-03-12"));
}

TEST(Coverage, SoFewThatItIsNotByChance) {
  struct Row {
    std::int64_t due, usual, punched;
    bool almost_empty;
  };
  const std::vector<Row> rows = {
      {200, 190, 18, true},                                      // fewer than a tenth of 190 …
      {200, 190, 19, false},                                     // … and not
      {20, 18, 1, true},                                         // 20 · 0.9 · 0.1^19
      {20, 18, 2, false},    {5, 5, 1, true}, {4, 4, 1, false},  // fewer than five usually come
      {8, 5, 1, false},  // 0.375^8 + 8 · 0.625 · 0.375^7 = 0.0056
  };
  for (const Row& row : rows) {
    std::vector<DayCount> days;
    for (std::int32_t i = 0; i < 30; ++i) days.push_back({Date(100 + i), row.due, row.usual});
    // Whatever its place: the first, one of the middle, the last.
    for (const std::size_t at : {0U, 13U, 29U}) {
      auto with = days;
      with[at].punched = row.punched;
      EXPECT_EQ(AlmostEmptyDays(with) == std::set<Date>{with[at].date}, row.almost_empty)
          << row.due << " " << row.punched << " " << at;
    }
    EXPECT_TRUE(AlmostEmptyDays(days).empty());
  }
  EXPECT_TRUE(AlmostEmptyDays({{Date(1), 12, 1}}).empty());
  // A staff that grows from 6 to 120 in half a year has no day almost empty.
  std::vector<DayCount> growing;
  for (std::int32_t i = 0; i < 120; ++i) growing.push_back({Date(i), 120, 6 + i * 114 / 119});
  EXPECT_TRUE(AlmostEmptyDays(growing).empty());
}

TEST(Shifts, RecordsOfNobodyOnTheListAreLeftOut) {
  auto punches = Months(3, 3);
  const std::size_t mine = punches.size();
  FullDay(Date(2025, 3, 12), punches, "p-9");
  Hours hours = TwoShifts();
  hours.of["p-1"] = 0;
  hours.known_only = true;
  const Attendance attendance = MatchShifts(punches, hours);
  EXPECT_EQ(attendance.people.size(), 1);
  EXPECT_EQ(Issue(attendance, "no está en la lista").count,
            static_cast<std::int64_t>(punches.size() - mine));
  hours.known_only = false;
  EXPECT_EQ(MatchShifts(punches, hours).quality.issues.front().count, 0);
}

// The afternoon of Wednesday 12 March was given off. Of six people, one did not come all day.
TEST(Shifts, AnAfternoonOnWhichNobodyOfSeveralPunchedIsNobodysAbsence) {
  const Date off(2025, 3, 12);
  const Hours hours = TwoShifts();
  const auto with = [&](int people) {
    std::vector<Punch> punches;
    for (int person = 0; person < people; ++person) {
      const std::string name = "p-" + std::to_string(person);
      for (const WorkDay& day : hours.timetables[0]) {
        if (day.date.month() != 3 || (person == 0 && day.date == off)) continue;
        FullDay(day.date, punches, name);
        if (day.date == off) punches.resize(punches.size() - 2);
      }
    }
    return MatchShifts(punches, hours);
  };
  const auto excused = [&](const Attendance& attendance) {
    std::vector<std::pair<std::string, std::int32_t>> found;
    for (const PersonShifts& person : attendance.people) {
      for (const ShiftRecord& shift : person.shifts) {
        if (shift.excused) found.emplace_back(person.person, shift.shift);
        EXPECT_TRUE(!shift.excused || shift.date == off);
      }
    }
    return found;
  };
  const Attendance several = with(6);
  EXPECT_THAT(Issue(several, "en otro del mismo día").examples,
              testing::ElementsAre("2025-03-12 2"));
  const auto found = excused(several);
  ASSERT_EQ(found.size(), 6);
  for (const auto& [person, shift] : found) EXPECT_EQ(shift, 2);
  // Four who left at noon may be four who left at noon.
  EXPECT_TRUE(excused(with(5)).empty());
}

// Three listed, of whom one has records.
TEST(Shifts, WhoeverIsListedAndNeverSeenIsCounted) {
  Hours hours = TwoShifts();
  hours.of = {{"p-1", 0}, {"p-2", 0}, {"p-3", 0}};
  const auto never_seen = [&] {
    const Attendance attendance = MatchShifts(Months(3, 3), hours);
    std::vector<std::string> examples;
    for (const QualityIssue& issue : attendance.quality.issues) {
      if (issue.what.es.find("sin ninguna marcación") != std::string::npos &&
          issue.what.es.starts_with("personas de la lista"))
        examples = issue.examples;
    }
    return examples;
  };
  EXPECT_TRUE(never_seen().empty());  // without a list it is not asked
  hours.known_only = true;
  EXPECT_THAT(never_seen(), testing::ElementsAre("p-2", "p-3"));
}

TEST(Shifts, NobodyKnownIsNoAttendance) {
  Hours hours = TwoShifts();
  hours.known_only = true;
  EXPECT_TRUE(MatchShifts(Months(3, 3), hours).people.empty());
}

}  // namespace
}  // namespace cotejo::calibration
