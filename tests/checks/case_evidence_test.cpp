// A case shows nothing of the rules where its facts cannot be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/rip_report.h"

namespace cotejo::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kTwoShifts = R"(
jerarquía reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario partido cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
hecho ida derivado en tramo
)";

std::vector<std::string> TitlesOf(const base::CheckReport& report, const std::string& code) {
  std::vector<std::string> titles;
  for (const base::Finding& finding : Of(report, code)) titles.push_back(finding.title.es);
  return titles;
}

// No day has a third shift: a case that says so does not show the rule at work.
TEST(CaseEvidence, AShiftThatTheDayDoesNotHave) {
  const auto rules = [](const std::string& shift) {
    return kTwoShifts + "regla r cita REG:2 sobre falta cuando tramo = " + shift +
           " entonces descuento 1 día\n"
           "califica falta como ida cita REG:3 cuando tramo = " +
           shift +
           "\n"
           "caso \"ese tramo\" cita REG:2\n  dado falta tramo = " +
           shift + " el 2025-03-10\n  espera descuento 1 día\n";
  };
  const auto third = CheckText(rules("3"));
  ExpectSound(third);
  EXPECT_THAT(TitlesOf(third, "regla-muerta"),
              ElementsAre("REG:2 («r») no se aplica en ninguna historia"));
  EXPECT_THAT(TitlesOf(third, "supuesto-vacío"), ElementsAre("REG:3 nunca cuenta falta como ida"));
  const auto second = CheckText(rules("2"));
  ExpectSound(second);
  EXPECT_THAT(TitlesOf(second, "regla-muerta"), IsEmpty());
  EXPECT_THAT(TitlesOf(second, "supuesto-vacío"), IsEmpty());
}

// A day of one shift holds an absence or a visit, and not both.
TEST(CaseEvidence, FactsThatExcludeEachOther) {
  const auto report = CheckText(R"(
jerarquía reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario seguido cita REG:1 tramos 08:00 a 16:00
hecho falta en tramo
hecho visita en tramo excluye falta
medida visitas por día cita REG:2 = cuenta(visita)
regla r cita REG:2 sobre falta por día cuando visitas >= 1 entonces descuento 1 día
caso "las dos" cita REG:2
  dado falta el 2025-03-10
  dado visita el 2025-03-10
  espera descuento 1 día
)");
  ExpectSound(report);
  EXPECT_THAT(TitlesOf(report, "regla-muerta"),
              ElementsAre("REG:2 («r») no se aplica en ninguna historia"));
}

// ---- ambiguity -------------------------------------------------------------------

// As the day is read: two shifts or one. The absence of the second costs one day, or two.
std::string Readings(bool straight, const std::string& rules) {
  const std::string assumed = " (supuesta)";
  return R"(
jerarquía reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
lectura horas cita REG:1
  partidas)" +
         (straight ? "" : assumed) + R"(: "la jornada es partida"
  seguidas)" +
         (straight ? assumed : "") + R"(: "la jornada es seguida"
horario seguido cita REG:1 tramos 08:00 a 16:00 para bajo horas.seguidas
horario partido cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
)" + rules;
}

TEST(CaseEvidence, AnAmbiguityNeedsACaseThatMayHappenAsTheTextIsRead) {
  const std::string rules = R"(
lectura cuantía cita REG:2
  uno (supuesta): "es un día"
  dos: "son dos días"
regla de_uno cita REG:2 sobre falta bajo cuantía.uno cuando tramo = 2 entonces descuento 1 día
regla de_dos cita REG:2 sobre falta bajo cuantía.dos cuando tramo = 2 entonces descuento 2 días
caso "la tarde" cita REG:2
  dado falta tramo = 2 el 2025-03-10
  espera descuento 1 día
)";
  const auto of = [](const base::CheckReport& report) {
    const auto query =
        std::find_if(report.queries.begin(), report.queries.end(),
                     [](const base::QueryRecord& q) { return q.name == "ambigüedad/cuantía/dos"; });
    return query == report.queries.end() ? base::QueryRecord() : *query;
  };
  const auto split = CheckReadings("ambigüedad", Readings(false, rules));
  EXPECT_EQ(of(split).verdict, base::Verdict::Refuted);
  const auto straight = CheckReadings("ambigüedad", Readings(true, rules));
  EXPECT_EQ(of(straight).verdict, base::Verdict::Unknown);
  EXPECT_THAT(of(straight).reason.es, HasSubstr("ningún caso las distingue (probados: 0)"));
}

// The absence of the second shift is fined where there is one. The case
// of the second shift cannot be told as the day is read otherwise: the whole day can, each its own.
TEST(CaseEvidence, ACaseIsNotToldInAShiftThatTheOtherReadingLacks) {
  const auto report = CheckReadings("ambigüedad", Readings(false, R"(
regla media cita REG:2 sobre falta cuando tramo = 2 y bajo horas.partidas entonces descuento 1 día
caso "la tarde" cita REG:2
  dado falta tramo = 2 el 2025-03-10
  espera descuento 1 día
)"));
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_THAT(report.findings[0].witness.facts, SizeIs(2));
  ASSERT_TRUE(report.findings[0].counterpart);
  EXPECT_THAT(report.findings[0].counterpart->facts, SizeIs(1));
}

}  // namespace
}  // namespace cotejo::checks
