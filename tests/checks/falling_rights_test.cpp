// Rights that fall as the years of service grow, and what looks like a fall and is a contradiction.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/faults_basis.h"

namespace cotejo::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kService = R"(
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
jerarquía reglamento
horario único cita REG:1 tramos 08:00 a 16:00
dato ingreso: fecha = 2018-01-02 entre 1990-01-01 y 2035-12-31 constitutivo
dato certificado: lógico = no
hecho aniversario cada año desde ingreso
hecho cierre_de_mes cada mes
hecho retiro_voluntario extintivo en día
hecho falta en día
)";

base::CheckReport CheckRights(const std::string& norma) {
  CheckOptions options;
  options.year = 2026;
  options.only = {"inversión"};
  base::CheckReport report = CheckText(kService + norma, options);
  ExpectSound(report);
  EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0);
  return report;
}

std::string Vacations(int first, int second, int third) {
  return "escala vacación_anual cita REG:2 sobre aniversario según años(ingreso, fecha)\n"
         "  | 1 .. 5 | derecho vacación " +
         std::to_string(first) +
         " días | cita REG:2.a\n"
         "  | 5 años + 1/366 años .. 10 años | derecho vacación " +
         std::to_string(second) +
         " días | cita REG:2.b\n"
         "  | 10 años + 1/366 años .. | derecho vacación " +
         std::to_string(third) + " días | cita REG:2.c\n";
}

// On 10 March 2026 whoever came in ten years before is still in the second row; eleven, in the
// third.
TEST(FallingRights, TheMoreSeniorGetFewerDays) {
  const auto found = Of(CheckRights(Vacations(15, 30, 20)), "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "con más años de servicio se da menos de «vacación»: de 30 días baja a 20 días");
  EXPECT_EQ(found[0].title.en,
            "with more years of service less of 'vacación' is granted: from 30 days it falls to "
            "20 days");
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:2.b, REG:2.c");
  EXPECT_EQ(found[0].region.back().es, "30 días (REG:2.b) → 20 días (REG:2.c)");
  ASSERT_THAT(found[0].witness.person, SizeIs(1));
  EXPECT_EQ(found[0].witness.person[0].es, "ingreso: 2016-03-10");
  ASSERT_THAT(found[0].witness.answers, SizeIs(1));
  EXPECT_EQ(found[0].witness.answers[0].date, base::Date(2026, 3, 10));
  EXPECT_THAT(found[0].witness.answers[0].description.es, HasSubstr("30 días"));
  ASSERT_TRUE(found[0].counterpart);
  EXPECT_EQ(found[0].counterpart->person[0].es, "ingreso: 2015-03-10");
  EXPECT_TRUE(found[0].counterpart->replayed);
}

TEST(FallingRights, SilentWhenItGrowsOrStays) {
  const auto grows = CheckRights(Vacations(15, 20, 30));
  EXPECT_THAT(grows.findings, IsEmpty());
  ASSERT_THAT(grows.queries, SizeIs(1));
  EXPECT_EQ(grows.queries[0].verdict, base::Verdict::Proved);
  EXPECT_THAT(CheckRights(Vacations(15, 15, 15)).findings, IsEmpty());
}

// Two falls: fifteen to twelve after five years, and to ten after ten. Each pair of rows is a line
// of the one finding, and the first is the largest.
TEST(FallingRights, EachPairOfRowsIsALine) {
  const auto found = Of(CheckRights(Vacations(15, 12, 6)), "inversión");
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_THAT(found[0].region, SizeIs(3));
  EXPECT_EQ(found[0].region[1].es, "12 días (REG:2.b) → 6 días (REG:2.c)");
  EXPECT_EQ(found[0].region[2].es, "15 días (REG:2.a) → 12 días (REG:2.b)");
  EXPECT_THAT(found[0].title.es, HasSubstr("de 12 días baja a 6 días"));
}

// Only whoever has the certificate; and months of service times a half, at most of eight years.
TEST(FallingRights, UnderAnotherAttributeAndWhenItIsComputed) {
  const auto certified = Of(CheckRights(R"(
regla bono cita REG:3 sobre cierre_de_mes
  cuando certificado
  entonces derecho bono (si años(ingreso, fecha) < 8 años entonces 300 Bs sino 200 Bs)
)"),
                            "inversión");
  ASSERT_THAT(certified, SizeIs(1));
  EXPECT_THAT(certified[0].title.es, HasSubstr("de 300 Bs baja a 200 Bs"));
  EXPECT_THAT(certified[0].witness.person[1].es, HasSubstr("certificado"));
  // From six years on each takes away what it gave.
  const auto computed = Of(CheckRights(R"(
define años_enteros de persona cita REG:4 = piso(años(ingreso, fecha)) / 1 año
regla finiquito cita REG:4 sobre retiro_voluntario
  entonces derecho finiquito 4200 Bs * mín(años_enteros, 12 - años_enteros)
)"),
                           "inversión");
  ASSERT_THAT(computed, SizeIs(1));
  EXPECT_THAT(computed[0].title.es, HasSubstr("de 25200 Bs baja a 21000 Bs"));
}

// A right that is lost with faults, and one of which two amounts contradict each other.
TEST(FallingRights, NotWhatFallsWithSomethingElse) {
  const auto prize = CheckRights(R"(
medida faltas_del_mes por mes cita REG:5 = cuenta(falta)
escala premio cita REG:5 sobre falta por mes según faltas_del_mes
  | 1 .. 2 | derecho premio 50 Bs |
  | 3 ..   | derecho premio 10 Bs |
)");
  EXPECT_THAT(prize.findings, IsEmpty());
  EXPECT_THAT(prize.queries, IsEmpty());
  // At five years it is both fifteen and twenty: a contradiction, and no fall from thirty-five.
  const auto overlap = CheckRights(R"(
escala vacación_anual cita REG:2 sobre aniversario según años(ingreso, fecha)
  | 1 .. 5 | derecho vacación 15 días |
  | 5 ..   | derecho vacación 20 días |
)");
  EXPECT_THAT(overlap.findings, IsEmpty());
}

// ---- Contradictions are no falls ---------------------------------------------------

std::string Rows(const std::string& first, const std::string& second, const std::string& third) {
  return kService + R"(
medida faltas_del_mes por mes cita REG:5 = cuenta(falta)
escala faltas cita REG:5 sobre falta por mes según faltas_del_mes
  | 1 .. 3 | descuento )" +
         first + " |\n  | 3 .. 5 | descuento " + second + " |\n  | 6 .. | descuento " + third +
         " |\n";
}

// Three faults are worth one day or two, nobody knows; never three. From three to four nothing
// falls.
TEST(Inversion, NotFromTheSumOfTwoThatContradictEachOther) {
  CheckOptions options;
  options.only = {"inversión", "escalera", "contradicción"};
  const auto report = CheckText(Rows("1 día", "2 días", "2 días"), options);
  ExpectSound(report);
  EXPECT_THAT(Of(report, "contradicción"), SizeIs(1));
  EXPECT_THAT(Of(report, "inversión"), IsEmpty());
  for (const base::Finding& finding : Of(report, "escalera")) {
    EXPECT_EQ(finding.title.es.find(" baja:"), std::string::npos) << finding.title.es;
  }
}

// Three faults cost two days or three, four and five cost two: if three is meant, four cost less.
TEST(Inversion, WhenItFallsFromTheHeaviest) {
  CheckOptions options;
  options.only = {"inversión"};
  const auto report = CheckText(Rows("3 días", "2 días", "2 días"), options);
  ExpectSound(report);
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].witness.facts, SizeIs(3));
  EXPECT_THAT(found[0].region.back().es, HasSubstr("REG:5 (3 días de descuento)"));
}

// What no row takes does not yield to anything: the witness says that none applies.
TEST(Inversion, AGapInTheWitnessIsNoAnswerThatYields) {
  CheckOptions options;
  options.only = {"inversión"};
  const auto found = Of(CheckText(kService + R"(
medida faltas_del_mes por mes cita REG:5 = cuenta(falta)
escala faltas cita REG:5 sobre falta por mes según faltas_del_mes
  | 1 | descuento 1 día  |
  | 3 .. | descuento 3 días |
)",
                                  options),
                        "inversión");
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_TRUE(found[0].counterpart);
  ASSERT_THAT(found[0].counterpart->answers, SizeIs(1));
  const base::WitnessAnswer& answer = found[0].counterpart->answers[0];
  EXPECT_THAT(answer.description.es, HasSubstr("ninguna fila ni regla se aplica"));
  EXPECT_FALSE(answer.applies);
  EXPECT_FALSE(answer.stands);
}

}  // namespace
}  // namespace cotejo::checks
