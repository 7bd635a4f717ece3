// The list of authorised absences: its rows, and what it excuses.
#include "scenarios/calibration/authorised.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/calibration/records.h"

namespace cotejo::calibration {
namespace {

using base::Date;

const std::string kKey(64, '7');

// Of which nobody knows anything.
Hours NoHours() {
  Hours hours;
  hours.timetables.emplace_back();
  return hours;
}

std::optional<Authorised> Read(const std::string& text, base::Diagnostics& diagnostics,
                               const Hours& hours = NoHours()) {
  const auto path = std::filesystem::path(testing::TempDir()) /
                    ("ausencias " + std::to_string(::getpid()) + ".csv");
  std::ofstream(path) << text;
  auto read = ReadAuthorised(path.string(), kKey, hours, diagnostics);
  std::filesystem::remove(path);
  return read;
}

// A vacation of three weeks would be one of a day, and what is left of it absence.
TEST(Authorised, TheLastDayUnderAnotherNameIsNotPassedOver) {
  base::Diagnostics diagnostics;
  EXPECT_FALSE(Read(
      "CI;Desde;Hasta el;Motivo\n8812345;03/03/2025;21/03/2025;vacación\n8812346;03/03/2025;;\n",
      diagnostics));
  ASSERT_EQ(diagnostics.errors(), 1U);
  EXPECT_EQ(diagnostics.all()[0].code, "calibrar-ausencias");
  EXPECT_THAT(diagnostics.all()[0].message.es,
              testing::HasSubstr("de «Hasta el», que tiene fechas"));
  // Whatever else there is does not matter where the last day is known, and is named.
  const auto list = Read(
      "CI;Desde;Hasta;Autorizado el;Motivo;\n8812345;03/03/2025;21/03/2025;01/02/2025;vacación;\n",
      diagnostics);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->absences[0].to, Date(2025, 3, 21));
  EXPECT_THAT(list->preview.read_as.es, testing::EndsWith("; no se lee: Autorizado el, Motivo"));
  // One without any, of single days.
  EXPECT_TRUE(Read("CI;Desde;Motivo\n8812345;03/03/2025;asueto\n", diagnostics));
}

TEST(Authorised, AQuoteLeftOpenIsToldByItsLine) {
  base::Diagnostics diagnostics;
  EXPECT_FALSE(
      Read("documento;desde;hasta;motivo\n8812345;2025-03-03;2025-03-07;viaje\n"
           "8812346;2025-03-03;2025-03-07;\"viaje\n8812347;2025-03-03;2025-03-07;viaje\n",
           diagnostics));
  ASSERT_EQ(diagnostics.errors(), 1U);
  EXPECT_EQ(diagnostics.all()[0].code, "calibrar-ausencias");
  EXPECT_THAT(diagnostics.all()[0].message.es,
              testing::EndsWith(".csv: la fila 3 abre unas comillas que no se cierran"));
  EXPECT_FALSE(Read("documento;desde\n8812\"345;2025-03-03\n", diagnostics));
  EXPECT_THAT(diagnostics.all()[1].message.es, testing::HasSubstr("la fila 2 tiene unas comillas"));
  for (const base::Diagnostic& told : diagnostics.all())
    EXPECT_THAT(told.message.es, testing::Not(testing::HasSubstr("8812")));
}

TEST(Authorised, ADocumentThatASpreadsheetSpoiltIsNobodys) {
  base::Diagnostics diagnostics;
  const auto list = Read(
      "documento;desde;hasta\n8812345.0;2025-03-03;2025-03-07\n8,81E+06;2025-03-03;2025-03-07\n"
      "8.812.345;2025-03-03;2025-03-07\n",
      diagnostics);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->preview.count(Outcome::Rejected), 2);
  ASSERT_EQ(list->absences.size(), 1);
  EXPECT_EQ(list->absences[0].person, PersonOfDocument(kKey, "8812345"));
}

TEST(Authorised, RowsAreReadOrRefusedAndNeverShown) {
  base::Diagnostics diagnostics;
  const auto list = Read(
      "Documento;Nombre;Fecha de inicio;Hasta;Tramo\n"
      "008812345;Ana;03/03/2025;07/03/2025;\n"
      "8812346;Eva;2025-03-10;2025-03-10;2\n"
      "8812346;Eva;2025-03-12;;\n"
      "8812346;Eva;2025-03-14;2025-03-13;\n"   // backwards
      "8812346;Eva;2025-03-14;2025-03-17;1\n"  // a shift of several days
      "8812346;Eva;2025-02-30;2025-03-13;\n"   // no such day
      ";Eva;2025-03-14;2025-03-14;\n",         // nobody
      diagnostics);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->preview.rows, 7);
  EXPECT_EQ(list->preview.count(Outcome::Accepted), 2);
  EXPECT_EQ(list->preview.count(Outcome::Inferred), 1);
  EXPECT_EQ(list->preview.count(Outcome::Rejected), 4);
  for (const RowTally& tally : list->preview.tallies) {
    for (const RowExample& example : tally.examples) EXPECT_EQ(example.shown, "");
  }
  ASSERT_EQ(list->absences.size(), 3);
  const std::string eva = PersonOfDocument(kKey, "8812346");
  const auto of_eva = std::count_if(list->absences.begin(), list->absences.end(),
                                    [&](const auto& absence) { return absence.person == eva; });
  EXPECT_EQ(of_eva, 2);
  for (const AuthorisedAbsence& absence : list->absences) {
    EXPECT_EQ(absence.shift, absence.from == Date(2025, 3, 10) ? 2 : 0);
    if (absence.person == eva) continue;
    // Padded or not, the clock's person.
    EXPECT_EQ(absence.person, PersonOfDocument(kKey, "8.812.345"));
    EXPECT_EQ(absence.to, Date(2025, 3, 7));
  }
}

TEST(Authorised, AShiftThatTheDayHasNotIsRejected) {
  Hours hours = NoHours();
  hours.timetables[0] = {{Date(2025, 3, 5), {{510, 750}, {870, 1110}}},
                         {Date(2025, 3, 6), {{510, 990}}},
                         {Date(2025, 3, 10), {{510, 990}}}};
  hours.unknown = {Date(2025, 3, 7)};
  base::Diagnostics diagnostics;
  const auto list = Read(
      "documento;desde;hasta;tramo\n"
      "1;2025-03-05;2025-03-05;2\n"
      "1;2025-03-05;2025-03-05;3\n"  // it has two
      "1;2025-03-06;;2\n"            // it has one
      "1;2025-03-08;2025-03-08;1\n"  // a Saturday: it has none
      "1;2025-03-07;2025-03-07;3\n"  // nobody knows
      "1;2025-03-11;2025-03-11;3\n"  // beyond the hours known
      "1;2025-03-08;2025-03-08;\n",  // no shift is named
      diagnostics, hours);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->preview.rows, 7);
  EXPECT_EQ(list->preview.count(Outcome::Accepted), 4);
  ASSERT_EQ(list->preview.tallies.size(), 2);
  EXPECT_EQ(list->preview.tallies[1].rows, 3);
  EXPECT_EQ(list->preview.tallies[1].reason.es, "ese día no tiene ese tramo");
  EXPECT_EQ(list->absences.size(), 4);
}

TEST(Authorised, AListWithoutAHeadingIsInTheOrderOfTheDocumentation) {
  base::Diagnostics diagnostics;
  const auto list =
      Read("8812345,2025-03-03,2025-03-07\n8812345,2025-03-10,2025-03-10,1\n", diagnostics);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->absences.size(), 2);
  EXPECT_EQ(list->absences[1].shift, 1);
  EXPECT_FALSE(Read("esto,no,es\n", diagnostics));
  EXPECT_EQ(diagnostics.all().back().code, "calibrar-ausencias");
}

// Two shifts a day of the first fortnights of March and April; both people miss everything.
Attendance Missed() {
  Attendance attendance;
  for (const char* person : {"p-1", "p-2"}) {
    PersonShifts& of = attendance.people.emplace_back();
    of.person = person;
    for (const unsigned month : {3U, 4U}) {
      for (unsigned day = 1; day <= 14; ++day) {
        for (const std::int32_t shift : {1, 2})
          of.shifts.push_back({Date(2025, month, day), shift, false, false, 0, false});
      }
    }
  }
  return attendance;
}

int Excused(const PersonShifts& person, unsigned month) {
  return static_cast<int>(std::count_if(
      person.shifts.begin(), person.shifts.end(),
      [month](const ShiftRecord& shift) { return shift.date.month() == month && shift.excused; }));
}

TEST(Authorised, OnlyWhatTheListNamesIsExcusedAndNothingOfAMonthItDoesNotReach) {
  Attendance attendance = Missed();
  attendance.people[0].shifts[9].entry = true;  // 5 March, second shift
  Authorised list;
  list.absences = {{"p-1", Date(2025, 3, 3), Date(2025, 3, 7), 0},
                   {"p-1", Date(2025, 3, 10), Date(2025, 3, 10), 2},
                   {"p-9", Date(2025, 4, 1), Date(2025, 4, 1), 0}};
  EXPECT_TRUE(Excuse(attendance, list));
  EXPECT_EQ(Excused(attendance.people[0], 3), 5 * 2 + 1);
  EXPECT_EQ(Excused(attendance.people[1], 3), 0);
  // Nobody with records is in the list in April: it may not have got there.
  EXPECT_EQ(Excused(attendance.people[0], 4), 28);
  EXPECT_EQ(Excused(attendance.people[1], 4), 28);
  const auto& issues = attendance.quality.issues;
  ASSERT_EQ(issues.size(), 3);
  EXPECT_EQ(issues[0].count, 1);  // punched on an authorised shift
  EXPECT_EQ(issues[1].count, 1);  // p-9
  EXPECT_THAT(issues[2].examples, testing::ElementsAre("2025-04"));
}

TEST(Authorised, AListOfOtherPeopleExcusesNobody) {
  Attendance attendance = Missed();
  Authorised list;
  list.absences = {{"p-9", Date(2025, 3, 3), Date(2025, 3, 7), 0}};
  EXPECT_FALSE(Excuse(attendance, list));
}

}  // namespace
}  // namespace cotejo::calibration
