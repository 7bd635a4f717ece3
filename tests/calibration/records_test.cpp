// Every form and encoding in which clocks leave their records, and what becomes of each row.
#include "scenarios/calibration/records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/calibration/forms.h"
#include "scenarios/population/pseudonyms.h"

namespace cotejo::calibration {
namespace {

const std::string kKey(64, '7');

class RecordsTest : public testing::Test {
 protected:
  RecordsTest()
      : folder_(std::filesystem::path(testing::TempDir()) /
                ("marcaciones " + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~RecordsTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& bytes) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  Records Read(const std::string& bytes) {
    const auto records = ReadRecords({Write("a.txt", bytes)}, kKey, diagnostics_);
    EXPECT_TRUE(records.has_value());
    return records.value_or(Records{{{"", {}, 0, {}}}, {}});
  }

  std::filesystem::path folder_;
  base::Diagnostics diagnostics_;
};

std::string Utf16(const std::string& ascii) {
  std::string bytes = "\xFF\xFE";
  for (const char c : ascii) {
    // "ñ" is the only sign of the tests that is not ASCII, and is written as '~'.
    bytes += c == '~' ? '\xF1' : c;
    bytes += '\0';
  }
  return bytes;
}

struct Case {
  std::string name;
  std::string bytes;
  std::string read_as;  // part of it
  int rows, accepted, inferred, rejected;
  std::size_t punches;
};

// Worked out by hand: what each row is worth.
std::vector<Case> Cases() {
  const std::string attlog =
      "      101\t2025-03-03 08:29:11\t1\t0\t1\t0\n"
      "      101\t2025-03-03 18:31:40\t1\t1\t1\t0\n"
      "      102\t2025-03-03 08:41:02\t1\t0\t1\t0\n"
      "      102\t2025-03-03 18:30:00\t1\t1\t1\t0\n"
      "      101\t2025-03-04 08:30:00\t1\t0\t1\t0\n"
      "      101\t2025-03-04 18:30:00\t1\t1\t1\t0\n"
      "      101\t2025-03-05 08:30:00\t1\t255\t1\t0\n"
      "      101\t2025-02-30 08:30:00\t1\t0\t1\t0\n"
      "         \t2025-03-05 08:30:00\t1\t0\t1\t0\n"
      "      101\n";
  const std::string events =
      "documento,reloj,E/S,fecha hora\n"
      "101,1,E,03/03/2025 08:29\n"
      "101,1,S,03/03/2025 18:31\n"
      "102,1,?,03/03/2025 08:40\n"
      "102,1,S,31/02/2025 18:31\n";
  const std::string daily =
      "ID;Fecha;Entrada;Salida;Entrada 2;Salida 2\n"
      "101;03/03/2025;08:29;12:31;14:28;18:35\n"
      "101;04/03/2025;08:29;;;18:35\n"
      "102;03/03/2025;;;;\n"
      "102;04/03/2025;08:61;;;\n";
  return {
      {"attlog", attlog, "columna 4; separador «tab»; UTF-8", 10, 6, 1, 3, 7},
      // The keys were never pressed: no column tells, and everything is inferred.
      {"attlog sin teclas",
       "1\t2025-03-03 08:29:11\t1\t0\n1\t2025-03-03 18:29:11\t1\t0\n1\t2025-03-04 08:00:00\t1\t0\n",
       "sin columna fiable", 3, 0, 3, 0, 3},
      {"attlog con «;» y DD/MM/AAAA", "101;03/03/2025 08:29:11;1;0\n101;03/03/2025 18:00;1;1\n",
       "separador «;»", 2, 0, 2, 0, 2},
      {"eventos", events, "planilla de eventos", 4, 2, 1, 1, 3},
      {"eventos con marca", "\xEF\xBB\xBF" + events,
       "planilla de eventos, una marcación por fila; "
       "separador «,»; UTF-8",
       4, 2, 1, 1, 3},
      {"eventos en UTF-16LE", Utf16(events), "UTF-16LE", 4, 2, 1, 1, 3},
      {"eventos sin cabecera", events.substr(events.find('\n') + 1), "sin cabecera", 4, 2, 1, 1, 3},
      {"eventos con día y hora aparte, en Windows-1252",
       "A\xF1o;N\xFAmero de empleado;D\xED"
       "a;Hora;Estado\r\n"
       "2025;101;03/03/2025;08:29:00;C/In\r\n"
       "2025;101;03/03/2025;18:29:00;C/Out\r\n",
       "Windows-1252", 2, 2, 0, 0, 2},
      // Nobody punched on a day: the row is read, and says just that.
      {"diaria", daily, "planilla diaria", 4, 3, 0, 1, 6},
      {"diaria de varias horas en una casilla",
       "Fecha,ID,Marcaciones\n03/03/2025,101,08:29 12:31 14:28 18:35\n03/03/2025,102,8h\n",
       "planilla diaria", 2, 0, 1, 1, 4},
      {"comillas fuera de lugar", "documento,fecha hora,E/S\n101,2025-03-03 08:29,E\n10\"1,x,E\n",
       "planilla de eventos", 2, 1, 0, 1, 1},
      // Pressed twice; the second time 59 seconds later, and once more after a minute.
      {"repetidas",
       "documento,fecha hora,E/S\n101,2025-03-03 08:29:00,E\n101,2025-03-03 08:29:59,E\n"
       "101,2025-03-03 08:30:00,E\n101,2025-03-03 08:30:10,S\n",
       "planilla de eventos", 4, 3, 1, 0, 3},
  };
}

TEST_F(RecordsTest, EveryFormAndEncodingIsReadAndEveryRowIsCounted) {
  for (const Case& c : Cases()) {
    SCOPED_TRACE(c.name);
    const Records records = Read(c.bytes);
    const FilePreview& preview = records.files.front();
    EXPECT_THAT(preview.read_as.es, testing::HasSubstr(c.read_as));
    EXPECT_EQ(preview.rows, c.rows);
    EXPECT_EQ(preview.count(Outcome::Accepted), c.accepted);
    EXPECT_EQ(preview.count(Outcome::Inferred), c.inferred);
    EXPECT_EQ(preview.count(Outcome::Rejected), c.rejected);
    EXPECT_EQ(c.accepted + c.inferred + c.rejected, c.rows);
    EXPECT_EQ(records.punches.size(), c.punches);
    for (const RowTally& tally : preview.tallies) {
      EXPECT_FALSE(tally.reason.es.empty());
      EXPECT_FALSE(tally.reason.en.empty());
      EXPECT_EQ(tally.examples.size(), std::min<std::size_t>(3, tally.rows));
    }
  }
}

TEST_F(RecordsTest, NoNumberOfMisplacedQuotesEndsTheReading) {
  std::string bytes = "documento,nombre,fecha hora,E/S\n";
  for (int day = 1; day <= 25; ++day) {
    const std::string date = std::string("2025-03-") + (day < 10 ? "0" : "") + std::to_string(day);
    bytes += "101,Juan \"Pepe\" Perez," + date + " 08:29,E\n102,Ana," + date + " 08:29,E\n";
  }
  const Records records = Read(bytes);
  const FilePreview& preview = records.files.front();
  EXPECT_EQ(preview.rows, 50);
  EXPECT_EQ(preview.count(Outcome::Accepted), 25);
  EXPECT_EQ(preview.count(Outcome::Rejected), 25);
  EXPECT_EQ(records.punches.size(), 25U);
  ASSERT_FALSE(preview.tallies.empty());
  EXPECT_EQ(preview.tallies.back().reason.es, "comillas fuera de lugar");
  ASSERT_EQ(preview.tallies.back().examples.size(), 3U);
  EXPECT_EQ(preview.tallies.back().examples.front().line, 2);
}

// The quote of line 3 would close on line 5, and line 4 be neither read nor counted.
TEST_F(RecordsTest, AnOpenQuoteTakesNoOtherRowAlong) {
  const Records records = Read(
      "documento,nombre,fecha hora,E/S\n101,Ana,2025-03-03 08:29,E\n101,\"Ana,2025-03-03 18:29,S\n"
      "102,Eva,2025-03-03 08:29,E\n102,Eva\",2025-03-03 18:29,S\n101,Ana,2025-03-04 08:29,E\n");
  const FilePreview& preview = records.files.front();
  EXPECT_EQ(preview.rows, 5);
  EXPECT_EQ(preview.count(Outcome::Accepted), 3);
  EXPECT_EQ(records.punches.size(), 3U);
  ASSERT_EQ(preview.tallies.size(), 3U);
  EXPECT_EQ(preview.tallies[1].reason.es, "abre unas comillas que no cierra en su línea");
  EXPECT_EQ(preview.tallies[1].examples.front().line, 3);
  EXPECT_EQ(preview.tallies[2].reason.es, "comillas fuera de lugar");
  EXPECT_EQ(preview.tallies[2].examples.front().line, 5);
}

TEST_F(RecordsTest, ColumnsNotReadAreNamed) {
  const auto read_as = [&](const std::string& bytes) { return Read(bytes).files[0].read_as.es; };
  const std::string rows = "101,Ana,2,03/03/2025 08:29,E,\n101,Ana,2,03/03/2025 18:29,S,x\n";
  EXPECT_THAT(read_as("documento,nombre,Reloj,fecha hora,E/S,\n" + rows),
              testing::EndsWith("UTF-8; no se lee: nombre, Reloj, #6"));
  EXPECT_THAT(read_as("documento,fecha hora,E/S\n101,03/03/2025 08:29,E\n"),
              testing::EndsWith("UTF-8"));
  // The moment is read, and with it neither the day nor the time apart.
  EXPECT_THAT(read_as("documento,fecha hora,fecha,hora\n101,03/03/2025 08:29,03/03/2025,08:29\n"),
              testing::EndsWith("; no se lee: fecha, hora"));
}

TEST_F(RecordsTest, TimesOfTwelveHoursAreRefused) {
  const std::string heading = "documento,fecha,hora,AM/PM,E/S\n";
  for (const char* pm : {"PM", "p. m.", "p.m."}) {
    base::Diagnostics diagnostics;
    const std::string bytes = heading + "101,17/02/2025,08:31:10,AM,E\n101,17/02/2025,06:31:10," +
                              pm + ",S\n101,18/02/2025,08:31:10,,E\n";
    EXPECT_FALSE(ReadRecords({Write("x", bytes)}, kKey, diagnostics));
    ASSERT_EQ(diagnostics.all().size(), 1);
    EXPECT_EQ(diagnostics.all()[0].code, "marcaciones-doce-horas");
    EXPECT_THAT(diagnostics.all()[0].message.es, testing::HasSubstr("columna «AM/PM»"));
  }
  // Of 24 hours, it only says again what they say; and without a heading it is known too.
  EXPECT_EQ(Read(heading + "101,17/02/2025,18:31:10,PM,S\n").punches[0].second, 66670);
  base::Diagnostics diagnostics;
  EXPECT_FALSE(ReadRecords({Write("x", "101\t2025-02-17 06:31:10\tPM\n")}, kKey, diagnostics));
  EXPECT_THAT(diagnostics.all().front().message.es, testing::HasSubstr("columna «#3»"));
}

TEST_F(RecordsTest, ADashIsACellWithoutAPunch) {
  const Records records = Read(
      "ID;Fecha;Entrada;Salida;Entrada 2;Salida 2\n"
      "101;03/03/2025;08:29;-;--:--;18:35\n"
      "101;04/03/2025;N/A;\u2014;--;18:35\n"
      "101;05/03/2025;08:29;:;;18:35\n"
      "101;06/03/2025;08:29;F;;18:35\n");
  EXPECT_EQ(records.files[0].count(Outcome::Accepted), 2);
  EXPECT_EQ(records.files[0].count(Outcome::Rejected), 2);
  EXPECT_EQ(records.punches.size(), 3);
  // What somebody did on a day that could not be read is not known.
  const std::string person = PersonOfDocument(kKey, "101");
  EXPECT_THAT(records.unread, testing::ElementsAre(std::pair(person, base::Date(2025, 3, 5)),
                                                   std::pair(person, base::Date(2025, 3, 6))));
}

TEST_F(RecordsTest, TheDayOfAnEventThatCouldNotBeReadIsKept) {
  const Records records = Read(
      "documento,fecha hora,E/S\n101,2025-03-03 08:29,E\n101,2025-03-04 28:29,E\n"
      "101,2025-03-35 08:29,E\n,2025-03-05 28:29,E\n");
  EXPECT_THAT(records.unread, testing::ElementsAre(std::pair(PersonOfDocument(kKey, "101"),
                                                             base::Date(2025, 3, 4))));
}

TEST_F(RecordsTest, SeveralMidnightsAndNoOtherTimeNearAreNoPunches) {
  const std::string rows =
      "ID;Fecha;Entrada;Salida\n101;03/03/2025;08:29;00:00\n101;04/03/2025;00:00;18:35\n"
      "102;03/03/2025;08:29;18:31\n";
  const Records records = Read(rows);
  EXPECT_EQ(records.files[0].count(Outcome::Accepted), 1);
  EXPECT_EQ(records.files[0].count(Outcome::Inferred), 2);
  EXPECT_EQ(records.punches.size(), 4);
  EXPECT_THAT(records.files[0].tallies[1].reason.es, testing::HasSubstr("con 00:00"));
  // One is a punch; and so are all, where others are near.
  EXPECT_EQ(Read("ID;Fecha;Entrada;Salida\n101;03/03/2025;08:29;00:00\n").punches.size(), 2);
  EXPECT_EQ(Read(rows + "102;04/03/2025;08:29;00:07\n").punches.size(), 8);
}

TEST_F(RecordsTest, ARowIsARepetitionOnlyWhenAllOfItIs) {
  const Records records = Read(
      "Fecha,ID,Marcaciones\n03/03/2025,101,08:29 08:29 12:31 14:28 18:35\n"
      "04/03/2025,101,08:29 12:31\n04/03/2025,101,08:29\n");
  EXPECT_EQ(records.punches.size(), 4 + 2);
  const auto& tallies = records.files[0].tallies;
  ASSERT_EQ(tallies.size(), 3);
  for (const RowTally& tally : tallies) EXPECT_EQ(tally.rows, 1);
  EXPECT_THAT(tallies[0].reason.es, testing::StartsWith("una de sus horas repite otra"));
  EXPECT_THAT(tallies[1].reason.es, testing::StartsWith("sin código"));
  EXPECT_THAT(tallies[2].reason.es, testing::StartsWith("repite otra"));
}

// Ten days of three people, one exit in three after midnight: the first code of those days is an
// exit, but of the day before.
TEST_F(RecordsTest, ExitsAfterMidnightDoNotHideTheColumnOfCodes) {
  std::string bytes;
  for (int day = 3; day < 13; ++day) {
    const auto date = [](int d) {
      return "2025-03-" + std::string(d < 10 ? "0" : "") + std::to_string(d);
    };
    for (int person = 1; person <= 3; ++person) {
      const std::string id = std::to_string(100 + person);
      const bool night = (day + person) % 3 == 0;
      bytes += id + "\t" + date(day) + " 08:2" + std::to_string(person) + ":00\t1\t0\n";
      bytes += id + "\t" + date(day + (night ? 1 : 0)) + (night ? " 00:20:00" : " 18:31:00") +
               "\t1\t1\n";
    }
  }
  const Records records = Read(bytes);
  EXPECT_THAT(records.files[0].read_as.es, testing::HasSubstr("en la columna 4"));
  EXPECT_EQ(records.files[0].count(Outcome::Accepted), 60);
}

TEST_F(RecordsTest, TheSamePersonIsTheSameWhateverThePadding) {
  const auto records =
      ReadRecords({Write("a.dat", "   000101\t2025-03-03 08:29:11\t1\t0\n"),
                   Write("b.csv", "documento,fecha hora,E/S\n101,2025-03-03 18:29,S\n")},
                  kKey, diagnostics_);
  ASSERT_TRUE(records);
  ASSERT_EQ(records->punches.size(), 2);
  EXPECT_EQ(records->punches[0].person, population::Pseudonym(kKey, "101"));
  EXPECT_EQ(records->punches[0].person, records->punches[1].person);
}

// Four days of one person. Whatever the column is called, a word or a number that is the same in
// the morning and in the evening does not say entry from exit.
TEST_F(RecordsTest, AColumnThatDoesNotTellEntryFromExitIsNotTaken) {
  const auto sheet = [](const std::string& entry, const std::string& exit) {
    std::string bytes = "ID;Fecha;Hora;Tipo\n";
    for (int day = 3; day < 7; ++day) {
      const std::string date = "101;0" + std::to_string(day) + "/03/2025;";
      bytes += date + "08:29:00;" + entry + "\n" + date + "18:31:00;" + exit + "\n";
    }
    return bytes;
  };
  struct Row {
    std::string entry, exit;
    Direction first, second;
  };
  const auto unknown = Direction::Unknown;
  for (const Row& row :
       {Row{"1", "1", unknown, unknown}, Row{"Entrada", "Entrada", unknown, unknown},
        Row{"0", "1", Direction::In, Direction::Out}, Row{"E", "S", Direction::In, Direction::Out},
        Row{"E", "?", Direction::In, unknown}}) {
    SCOPED_TRACE(row.entry + row.exit);
    const Records records = Read(sheet(row.entry, row.exit));
    ASSERT_EQ(records.punches.size(), 8);
    EXPECT_EQ(records.punches[0].direction, row.first);
    EXPECT_EQ(records.punches[1].direction, row.second);
    const std::string& read_as = records.files[0].read_as.es;
    const bool left_out = row.first == unknown;
    EXPECT_EQ(read_as.find("sin columna fiable") != std::string::npos, left_out);
    EXPECT_EQ(read_as.ends_with("no se lee: Tipo"), left_out);
    EXPECT_EQ(records.files[0].count(Outcome::Inferred), left_out ? 8 : row.exit == "?" ? 4 : 0);
  }
}

// "0:10" late is no punch at ten past midnight; the afternoon's entry is one.
TEST_F(RecordsTest, HowLateSomebodyWasIsNoPunch) {
  const Records records = Read(
      "ID;Fecha;Entrada mañana;Salida mañana;Entrada tarde;Salida tarde;Entrada tardía;"
      "Salida temprana;Entrada programada\n"
      "101;03/03/2025;08:40;12:31;14:28;18:20;0:10;0:10;08:30\n");
  EXPECT_THAT(records.files[0].read_as.es,
              testing::EndsWith("no se lee: Entrada tardía, Salida temprana, Entrada programada"));
  std::vector<std::int32_t> minutes;
  for (const Punch& punch : records.punches) minutes.push_back(punch.second / 60);
  EXPECT_THAT(minutes, testing::ElementsAre(520, 751, 868, 1100));
}

// Two people whose documents a spreadsheet rounded off to 1,23E+06 would be one; 101.0 would be
// 1010.
TEST_F(RecordsTest, ADocumentThatASpreadsheetSpoiltIsNobodys) {
  const Records records = Read(
      "documento;fecha hora;E/S\n1,23E+06;2025-03-03 08:29;E\n101.0;2025-03-03 08:29;E\n"
      "1234567,00;2025-03-03 08:29;E\n1234567.000;2025-03-03 08:29;E\n"
      "1.234.000;2025-03-03 08:29;E\n 12E5;2025-03-03 08:29;E\n");
  EXPECT_EQ(records.files[0].count(Outcome::Rejected), 4);
  ASSERT_EQ(records.punches.size(), 2);
  for (const char* document : {"1234000", "12e5"}) {
    const std::string person = population::Pseudonym(kKey, document);
    EXPECT_TRUE(std::any_of(records.punches.begin(), records.punches.end(),
                            [&](const Punch& punch) { return punch.person == person; }));
  }
  // When it is all of them, the error says why.
  EXPECT_FALSE(ReadRecords({Write("x", "documento;fecha hora\n101.0;2025-03-03 08:29\n")}, kKey,
                           diagnostics_));
  EXPECT_EQ(diagnostics_.all().back().code, "marcaciones-ninguna");
  EXPECT_THAT(diagnostics_.all().back().hint.es, testing::HasSubstr("formato de texto"));
}

TEST_F(RecordsTest, NoIdentifierIsEverShown) {
  const Records records = Read(
      "documento,fecha hora,E/S\n7654321,2025-03-03 08:29,E\n7654321,7654321,E\n"
      "7654321,7654321-1A,E\n7654321,2025-03-33 08:29,S\n");
  std::string shown;
  for (const RowTally& tally : records.files.front().tallies) {
    for (const RowExample& example : tally.examples) shown += example.shown + "\n";
  }
  EXPECT_THAT(shown, testing::Not(testing::HasSubstr("7654321")));
  EXPECT_THAT(shown, testing::HasSubstr("2025-03-33 08:29"));
}

TEST_F(RecordsTest, WhatIsNoClockRecordIsAnErrorThatSaysSo) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"hola,mundo\n1,2\n", "marcaciones-forma"},
      {std::string("\xFF\xFE\x00\xD8", 4), "marcaciones-codificación"},
      {"documento,fecha hora,E/S\n101,ayer,E\n", "marcaciones-ninguna"},
      {"", "marcaciones-forma"},
  };
  for (const auto& [bytes, code] : wrong) {
    base::Diagnostics diagnostics;
    EXPECT_FALSE(ReadRecords({Write("x", bytes)}, kKey, diagnostics));
    ASSERT_FALSE(diagnostics.all().empty());
    EXPECT_EQ(diagnostics.all().front().code, code);
  }
}

TEST(Forms, DaysAndTimesThatDoNotExistAreNotRead) {
  EXPECT_EQ(ReadDay("31/03/2025"), base::Date(2025, 3, 31));
  EXPECT_EQ(ReadDay("2025-3-1"), base::Date(2025, 3, 1));
  EXPECT_FALSE(ReadDay("29/02/2025"));
  EXPECT_FALSE(ReadDay("03/14/2025"));
  EXPECT_FALSE(ReadDay("3/3/25"));
  EXPECT_FALSE(ReadDay("-1/03/2025"));
  EXPECT_EQ(ReadTime("08:31:07"), 8 * 3600 + 31 * 60 + 7);
  EXPECT_FALSE(ReadTime("24:00"));
  EXPECT_FALSE(ReadTime("08:31 pm"));
  EXPECT_FALSE(ReadTime("8"));
}

}  // namespace
}  // namespace cotejo::calibration
