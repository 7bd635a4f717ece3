// Two rules that meet: incompatible, settled, punished twice, of two classes of fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::string kBasis = R"(
jerarquía ley > reglamento
norma LEY "Ley de prueba" rango ley vigente desde 2020-01-01
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
dato remoto: lógico = no
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho llegada en tramo
  hora: hora entre 00:00 y 23:59 en pasos de 1 segundo
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho atraso derivado en tramo
  minutos: minutos
hecho media_falta derivado en tramo
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida veces_del_mes por mes cita REG:2 = cuenta(falta)
medida minutos_del_mes por mes cita REG:5 = suma(atraso.minutos) en pasos de 1 minuto
medida medias_del_mes por mes cita REG:5 = cuenta(media_falta)
)";

base::CheckReport Two(const std::string& one, const std::string& two) {
  return CheckText(kBasis + "regla una cita REG:7 sobre falta entonces " + one +
                   "\nregla otra cita REG:8 sobre falta entonces " + two + "\n");
}

std::vector<std::string> Standing(const base::Finding& finding) {
  std::vector<std::string> rules;
  for (const base::WitnessAnswer& answer : finding.witness.answers) {
    if (answer.stands) rules.push_back(answer.rule);
  }
  return rules;
}

// ---- Duties ----------------------------------------------------------------------

TEST(Duties, PermittedOrEmpoweredAndForbidden) {
  for (const char* may : {"permiso", "facultad", "obligación"}) {
    const auto report =
        Two(std::string(may) + " persona \"salir antes\"", "prohibición persona \"salir antes\"");
    ExpectSound(report);
    ASSERT_THAT(Of(report, "contradicción"), SizeIs(1)) << may;
    const base::Finding finding = Of(report, "contradicción")[0];
    EXPECT_EQ(base::JoinCitations(finding.articles), "REG:7, REG:8");
    EXPECT_THAT(finding.witness.facts, SizeIs(1));
    EXPECT_THAT(finding.explanation.es, HasSubstr("nada decide entre las dos"));
  }
}

TEST(Duties, OneActWithTwoTerms) {
  const auto report = Two("obligación UDITH \"avisar\" en 24 horas",
                          "obligación UDITH \"avisar\" en 3 días hábiles");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "contradicción"), SizeIs(1));
}

TEST(Duties, SilentWhenBothCanBeKept) {
  const std::vector<std::pair<std::string, std::string>> pairs{
      {"permiso persona \"salir antes\"", "obligación persona \"salir antes\""},
      {"permiso persona \"salir antes\"", "facultad persona \"salir antes\""},
      {"permiso persona \"salir antes\"", "prohibición UDITH \"salir antes\""},
      {"permiso persona \"salir antes\"", "prohibición persona \"llegar tarde\""},
      {"obligación UDITH \"avisar\" en 24 horas", "obligación persona \"avisar\" en 48 horas"},
      {"obligación UDITH \"avisar\" en 24 horas", "obligación UDITH \"avisar\""},
      {"obligación UDITH \"avisar\" en 24 horas", "obligación UDITH \"avisar\" en 24 horas"}};
  for (const auto& [one, two] : pairs) {
    const auto report = Two(one, two);
    ExpectSound(report);
    EXPECT_THAT(Of(report, "contradicción"), IsEmpty()) << one << " / " << two;
    EXPECT_THAT(Of(report, "conflicto-resuelto"), IsEmpty()) << one << " / " << two;
  }
}

// ---- conflicto-resuelto ----------------------------------------------------------

struct Settled {
  std::string basis, one, two, winner, why;
};

TEST(Resolved, SuperiorSpecialPriorAndLaterLaw) {
  const std::string later = R"(
norma NUEVO "Reglamento nuevo" rango reglamento vigente desde 2024-01-01
)";
  const std::vector<Settled> settled{
      {"", "cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días",
       "cita LEY:8 sobre falta por mes cuando veces_del_mes >= 3 entonces destitución", "LEY:8",
       "mayor rango"},
      {"", "cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días",
       "cita REG:8 sobre falta por mes cuando total >= 3 entonces destitución", "REG:8",
       "especial"},
      {later, "cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días",
       "cita NUEVO:8 sobre falta por mes cuando veces_del_mes >= 3 entonces destitución", "NUEVO:8",
       "posterior"},
      {"", "cita REG:7 sobre falta por mes prioridad 1 cuando total >= 2 entonces descuento 2 días",
       "cita REG:8 sobre falta por mes cuando veces_del_mes >= 3 entonces destitución", "REG:7",
       "prioridad"}};
  for (const Settled& pair : settled) {
    const auto report = CheckText(kBasis + pair.basis + "regla una " + pair.one + "\nregla otra " +
                                  pair.two + "\n");
    ExpectSound(report);
    EXPECT_THAT(Of(report, "contradicción"), IsEmpty()) << pair.why;
    ASSERT_THAT(Of(report, "conflicto-resuelto"), SizeIs(1)) << pair.why;
    const base::Finding finding = Of(report, "conflicto-resuelto")[0];
    EXPECT_EQ(finding.severity, base::FindingSeverity::Information);
    EXPECT_THAT(finding.resolution.es, HasSubstr("prevalece " + pair.winner));
    EXPECT_THAT(finding.resolution.es, HasSubstr(pair.why));
    EXPECT_THAT(finding.title.es, HasSubstr(pair.winner + " prevalece sobre"));
    EXPECT_THAT(finding.explanation.es, HasSubstr(finding.resolution.es));
    EXPECT_THAT(Standing(finding), SizeIs(1));
    EXPECT_THAT(finding.witness.answers, SizeIs(2));
  }
}

TEST(Resolved, SilentWhenTheExceptionKeepsThemApart) {
  const auto report = CheckText(kBasis + R"(
regla una cita REG:7 sobre falta por mes cuando total >= 2 salvo total >= 3 cita REG:8
  entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando total >= 3 entonces destitución
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "conflicto-resuelto"), IsEmpty());
  EXPECT_THAT(Of(report, "contradicción"), IsEmpty());
}

// A third rule that defeats one side leaves no conflict to be seen, unless it is defeated too.
TEST(Contradiction, SeenOnlyWhereBothSidesStand) {
  const std::string two = R"(
regla una cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes >= 3 entonces destitución
)";
  EXPECT_THAT(Of(CheckText(kBasis + two), "contradicción"), SizeIs(1));
  const auto silenced = CheckText(kBasis + two + R"(
regla tercera cita LEY:9 sobre falta por mes cuando veces_del_mes >= 3 entonces retiro
)");
  ExpectSound(silenced);
  EXPECT_THAT(Of(silenced, "contradicción"), IsEmpty());
  EXPECT_THAT(Of(silenced, "conflicto-resuelto"), SizeIs(2));
}

// ---- doble-sanción ---------------------------------------------------------------

const std::string kTwice = kBasis + R"(
escala por_atraso cita REG:5 sobre atraso por mes según minutos_del_mes
  | .. 60  | sin sanción     |
  | 61 ..  | descuento 1 día |
regla por_falta cita REG:6 sobre media_falta por mes entonces descuento 2 días
)";

TEST(DoublePunishment, OneFactByTwoNames) {
  const auto report = CheckText(kTwice + R"(
califica llegada como atraso cita REG:7 cuando hora > hora_fijada con minutos = hora - hora_fijada
califica llegada como media_falta cita REG:8 cuando hora > hora_fijada + 30 minutos
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "doble-sanción"), SizeIs(1));
  EXPECT_THAT(Of(report, "solapamiento"), IsEmpty());
  const base::Finding finding = Of(report, "doble-sanción")[0];
  EXPECT_EQ(finding.severity, base::FindingSeverity::Error);
  EXPECT_EQ(base::JoinCitations(finding.articles), "REG:5, REG:6, REG:7, REG:8");
  // The least lateness that both punish: 61 minutes, although 31 are already half an absence.
  ASSERT_THAT(finding.witness.facts, SizeIs(1));
  EXPECT_THAT(finding.witness.facts[0].description.es, HasSubstr("a las 09:01"));
  EXPECT_THAT(Standing(finding), ::testing::ElementsAre("por_atraso[2]", "por_falta"));
  for (const base::WitnessAnswer& answer : finding.witness.answers) {
    EXPECT_THAT(answer.description.es, Not(HasSubstr("sin sanción")));
    EXPECT_EQ(answer.date, finding.witness.facts[0].date.last_of_month());
  }
}

TEST(DoublePunishment, SilentWhenTheNamesExcludeEachOther) {
  const auto report = CheckText(kTwice + R"(
califica llegada como atraso cita REG:7 cuando hora > hora_fijada y hora <= hora_fijada + 30 minutos
  con minutos = hora - hora_fijada
califica llegada como media_falta cita REG:8 cuando hora > hora_fijada + 30 minutos
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "doble-sanción"), IsEmpty());
  EXPECT_THAT(Of(report, "solapamiento"), IsEmpty());
  EXPECT_EQ(report.totals.unknown, 0);
}

// Two names and never two sanctions: counted twice, which is only an overlap.
TEST(DoublePunishment, OnlyCountedTwiceIsAnOverlap) {
  const auto report = CheckText(kBasis + R"(
regla por_atraso cita REG:5 sobre atraso por mes cuando remoto entonces descuento 1 día
regla por_falta cita REG:6 sobre media_falta por mes cuando no remoto entonces descuento 2 días
califica llegada como atraso cita REG:7 cuando hora > hora_fijada con minutos = hora - hora_fijada
califica llegada como media_falta cita REG:8 cuando hora > hora_fijada + 30 minutos
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "doble-sanción"), IsEmpty());
  ASSERT_THAT(Of(report, "solapamiento"), SizeIs(1));
  EXPECT_EQ(Of(report, "solapamiento")[0].severity, base::FindingSeverity::Warning);
}

TEST(DoublePunishment, TwoDeductionsOfOneAmountAddUp) {
  const std::string one =
      "regla una cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días\n";
  const auto report = CheckText(kBasis + one + R"(
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes >= 3 entonces descuento 2 días
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "contradicción"), IsEmpty());
  ASSERT_THAT(Of(report, "doble-sanción"), SizeIs(1));
  EXPECT_EQ(base::JoinCitations(Of(report, "doble-sanción")[0].articles), "REG:7, REG:8");
  EXPECT_THAT(Of(report, "doble-sanción")[0].witness.facts, SizeIs(4));
  // Removed twice is removed once.
  const auto removal = CheckText(kBasis + R"(
regla una cita REG:7 sobre falta por mes cuando total >= 2 entonces destitución
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes >= 3 entonces destitución
)");
  EXPECT_THAT(Of(removal, "doble-sanción"), IsEmpty());
}

TEST(DoublePunishment, ByTheFactAndAgainByTheMonth) {
  const auto report = CheckText(kBasis + R"(
regla cada_una cita REG:7 sobre falta entonces amonestación verbal
regla el_mes cita REG:8 sobre falta por mes cuando total >= 1 entonces descuento 1 día
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "doble-sanción"), SizeIs(1));
  EXPECT_EQ(Of(report, "doble-sanción")[0].severity, base::FindingSeverity::Warning);
  EXPECT_THAT(Of(report, "doble-sanción")[0].witness.facts, SizeIs(2));
}

// What earlier months did counts in a ladder, but each month is punished once.
TEST(DoublePunishment, RecidivismIsNotPunishingAgain) {
  const auto report = CheckText(kBasis + R"(
hecho mes_grave derivado en día
califica falta por mes como mes_grave cita REG:9 cuando total >= 1
medida meses_graves por gestión cita REG:9 = cuenta(mes_grave)
escala reincidencia cita REG:10 sobre mes_grave según meses_graves
  | 1    | descuento 1 día |
  | 2 .. | destitución     |
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "doble-sanción"), IsEmpty());
}

// ---- conflicto-de-categoría ------------------------------------------------------

TEST(Category, OneCaseOfTwoClasses) {
  const auto report = CheckText(kBasis + R"(
regla una cita REG:7 sobre falta por mes falta leve cuando total >= 2 entonces proceso
regla otra cita REG:8 sobre falta por mes falta grave cuando veces_del_mes >= 3 entonces proceso
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "conflicto-de-categoría"), SizeIs(1));
  const base::Finding finding = Of(report, "conflicto-de-categoría")[0];
  EXPECT_EQ(base::JoinCitations(finding.articles), "REG:7, REG:8");
  EXPECT_THAT(finding.title.es, HasSubstr("falta leve (REG:7) y falta grave (REG:8)"));
  EXPECT_THAT(finding.witness.facts, SizeIs(4));
  // The same sanction: only the classes conflict.
  EXPECT_THAT(Of(report, "contradicción"), IsEmpty());
}

TEST(Category, AndTwoSanctionsAreAlsoAContradiction) {
  const auto report = CheckText(kBasis + R"(
regla una cita REG:7 sobre falta por mes falta leve cuando total >= 2 entonces descuento 1 día
regla otra cita REG:8 sobre falta por mes falta grave cuando veces_del_mes >= 3 entonces descuento 2 días
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "conflicto-de-categoría"), SizeIs(1));
  EXPECT_THAT(Of(report, "contradicción"), SizeIs(1));
}

TEST(Category, SilentWhenOneClassFallsOrIsTheSame) {
  for (const char* other :
       {"cita LEY:8 sobre falta por mes falta grave cuando veces_del_mes >= 3 entonces proceso",
        "cita REG:8 sobre falta por mes falta leve cuando veces_del_mes >= 3 entonces proceso",
        "cita REG:8 sobre falta por mes falta grave cuando total < 2 entonces proceso"}) {
    const auto report = CheckText(
        kBasis + "regla una cita REG:7 sobre falta por mes falta leve cuando total >= 2 " +
        "entonces proceso\nregla otra " + other + "\n");
    ExpectSound(report);
    EXPECT_THAT(Of(report, "conflicto-de-categoría"), IsEmpty()) << other;
  }
}

TEST(Category, OneFactJudgedFromTwoPlaces) {
  const auto report = CheckText(kBasis + R"(
regla por_atraso cita REG:5 sobre atraso por mes falta leve entonces amonestación verbal
regla por_falta cita REG:6 sobre media_falta por mes falta grave
  cuando medias_del_mes >= 2 entonces descuento 2 días
califica llegada como atraso cita REG:7 cuando hora > hora_fijada con minutos = hora - hora_fijada
califica llegada como media_falta cita REG:8 cuando hora > hora_fijada + 30 minutos
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "conflicto-de-categoría"), SizeIs(1));
  const base::Finding finding = Of(report, "conflicto-de-categoría")[0];
  EXPECT_EQ(base::JoinCitations(finding.articles), "REG:5, REG:6, REG:7, REG:8");
  EXPECT_THAT(finding.witness.facts, SizeIs(2));
}

}  // namespace
}  // namespace cotejo::checks
