#include "model/base/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace cotejo::base {
namespace {

using testing::ElementsAre;

class CalendarTest : public testing::Test {
 protected:
  Calendar Read(std::string_view content) {
    const auto folder = std::filesystem::path(COTEJO_BINARY_DIR) / "calendar_test";
    std::filesystem::create_directories(folder);
    const auto path = folder / testing::UnitTest::GetInstance()->current_test_info()->name();
    std::ofstream(path, std::ios::binary) << content;
    Calendar calendar = ReadHolidays(sources_, path.string(), diagnostics_);
    std::filesystem::remove(path);
    return calendar;
  }
  std::vector<std::string> Messages() const {
    std::vector<std::string> out;
    for (const Diagnostic& d : diagnostics_.all()) out.push_back(d.message.es);
    return out;
  }

  SourceMap sources_;
  Diagnostics diagnostics_;
};

TEST_F(CalendarTest, ANationalHolidayIsForAllAndADepartmentalOneForItsScope) {
  const Calendar calendar = Read(
      "fecha,ambito,nombre,base,nota\n"
      "2025-08-06,NACIONAL,Independencia,DS 2750,\n"
      "2025-07-16,LA PAZ,16 de julio,efeméride,\n"
      "2026-09-14,Pando,\"14 de julio, movido\",efeméride,nota\n");
  EXPECT_TRUE(diagnostics_.all().empty());
  EXPECT_FALSE(calendar.IsWorkingDay(Date(2025, 8, 6), "la paz"));
  EXPECT_FALSE(calendar.IsWorkingDay(Date(2025, 8, 6), "otro"));
  EXPECT_FALSE(calendar.IsWorkingDay(Date(2025, 7, 16), "La_Paz"));
  EXPECT_FALSE(calendar.IsWorkingDay(Date(2025, 7, 16), "LA PAZ"));
  EXPECT_TRUE(calendar.IsWorkingDay(Date(2025, 7, 16), "oruro"));
  EXPECT_TRUE(calendar.IsWorkingDay(Date(2025, 8, 7), "la paz"));
  EXPECT_FALSE(calendar.IsWorkingDay(Date(2025, 8, 9), "la paz"));   // Saturday
  EXPECT_FALSE(calendar.IsWorkingDay(Date(2025, 8, 10), "la paz"));  // Sunday
  EXPECT_THAT(calendar.years(), ElementsAre(2025));                  // no national holiday of 2026
  ASSERT_EQ(calendar.holidays().size(), 3U);
  EXPECT_EQ(calendar.holidays()[1].scope, "la paz");
  EXPECT_EQ(calendar.holidays()[2].name, "14 de julio, movido");
}

TEST_F(CalendarTest, WorkingDaysIncludeBothEnds) {
  Calendar calendar;
  calendar.Add({Date(2025, 8, 6), "Nacional", "Independencia", ""});
  // Monday 4 to Monday 11 August 2025: 4, 5, 7, 8 and 11.
  EXPECT_THAT(calendar.WorkingDays(Date(2025, 8, 4), Date(2025, 8, 11), "la paz"),
              ElementsAre(Date(2025, 8, 4), Date(2025, 8, 5), Date(2025, 8, 7), Date(2025, 8, 8),
                          Date(2025, 8, 11)));
  EXPECT_EQ(calendar.CountWorkingDays(Date(2025, 8, 4), Date(2025, 8, 11), "la paz"), 5);
  EXPECT_EQ(calendar.CountWorkingDays(Date(2025, 8, 4), Date(2025, 8, 4), "la paz"), 1);
  EXPECT_EQ(calendar.CountWorkingDays(Date(2025, 8, 5), Date(2025, 8, 4), "la paz"), 0);
}

TEST_F(CalendarTest, EachBadRowIsNamedAndTheGoodOnesRemain) {
  const Calendar calendar = Read(
      "\xEF\xBB\xBF"
      "fecha,ámbito,nombre,base\n"
      "2025-02-30,NACIONAL,No existe,\n"
      "\n"
      "2025-01-01,NACIONAL,Año Nuevo,DS 2750\n"
      "2025-01-02,NACIONAL\n"
      "2025-01-03,,Sin ámbito,\n"
      "2025-01-06,ORURO,,\n"
      "2025-01-01,nacional,Otra vez,\n"
      "2025-01-07,NACIONAL,Uno, dos,x\n");
  EXPECT_THAT(Messages(), ElementsAre("fila 2: «2025-02-30» no es una fecha",
                                      "fila 5: tiene 2 campos y el encabezado 4",
                                      "fila 6: el campo «ambito» está vacío",
                                      "fila 7: el campo «nombre» está vacío",
                                      "fila 8: el 2025-01-01 ya es feriado en «nacional»",
                                      "fila 9: tiene 5 campos y el encabezado 4"));
  EXPECT_EQ(calendar.holidays().size(), 1U);
  for (const Diagnostic& d : diagnostics_.all()) {
    EXPECT_FALSE(d.message.en.empty());
    const std::string line = std::to_string(sources_.place(d.span).line);
    EXPECT_NE(d.message.es.find("fila " + line + ":"), std::string::npos);
  }
}

TEST_F(CalendarTest, AnotherHeaderIsRefused) {
  EXPECT_TRUE(Read("date,scope,name,basis\n2025-01-01,NACIONAL,x,y\n").holidays().empty());
  ASSERT_EQ(diagnostics_.all().size(), 1U);
  EXPECT_EQ(diagnostics_.all()[0].code, "feriados-encabezado");
}

TEST_F(CalendarTest, AFileOfBlankLinesHasNoHeader) {
  EXPECT_TRUE(Read("\n\n").holidays().empty());
  ASSERT_EQ(diagnostics_.all().size(), 1U);
  EXPECT_EQ(diagnostics_.all()[0].code, "feriados-encabezado");
}

}  // namespace
}  // namespace cotejo::base
