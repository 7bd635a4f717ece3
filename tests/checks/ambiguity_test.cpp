// Ambiguity: what two readings of one text say of the same case.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/rip_report.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Minutes late after a tolerance of five, or from the hour fixed: 08:11 is six or eleven.
const std::string kLate = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
dato remoto: lógico = no
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho llegada en tramo
  hora: hora entre 00:00 y 23:59 en pasos de 1 minuto
hecho atraso derivado en tramo
  minutos: minutos
lectura cómputo cita REG:2
  tras_la_tolerancia (supuesta): "cuentan los minutos tras la tolerancia"
  desde_la_hora: "cuentan todos los minutos"
define tarde de llegada cita REG:2 =
  si bajo cómputo.tras_la_tolerancia entonces hora - hora_fijada - 5 minutos
  sino hora - hora_fijada
califica llegada como atraso cita REG:2
  cuando hora > hora_fijada + 5 minutos
  con minutos = tarde
medida minutos_del_mes por mes cita REG:2 = suma(atraso.minutos) en pasos de 1 minuto
escala atrasos cita REG:3 sobre atraso por mes según minutos_del_mes
  | 1 .. 10 | sin sanción     |
  | 11 ..   | descuento 1 día |
)";

base::CheckReport Ambiguities(const std::string& norma) {
  return CheckReadings("ambigüedad", norma);
}

TEST(Ambiguity, OneArrivalIsFinedUnderOneOfTheReadings) {
  const auto report = Ambiguities(kLate + R"(
caso "once minutos desde la hora" cita REG:2
  dado persona remoto = sí
  dado llegada hora = 08:03 el 2025-03-10
  dado llegada hora = 08:11 el 2025-03-11
  espera nada
)");
  ExpectSound(report);
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Finding& finding = report.findings[0];
  EXPECT_EQ(finding.severity, base::FindingSeverity::Warning);
  EXPECT_EQ(
      finding.title.es,
      "según cómo se lea «cómputo», un caso da «ninguna consecuencia» o «descuento de 1 día»");
  EXPECT_EQ(base::JoinCitations(finding.articles), "REG:2, REG:3");
  // The punctual arrival and the attribute do not matter: they are left out on both sides.
  ASSERT_TRUE(finding.counterpart);
  for (const base::Witness* side : {&finding.witness, &*finding.counterpart}) {
    EXPECT_TRUE(side->replayed);
    EXPECT_THAT(side->facts, SizeIs(1));
    EXPECT_THAT(side->person, IsEmpty());
  }
  EXPECT_EQ(finding.witness.csv, finding.counterpart->csv);
  EXPECT_EQ(finding.witness.label.es, "bajo «tras la tolerancia»");
  ASSERT_THAT(finding.counterpart->answers, SizeIs(1));
  EXPECT_THAT(finding.counterpart->answers[0].description.es, HasSubstr("= 11 minutos"));
  ASSERT_THAT(report.queries, SizeIs(1));
  EXPECT_EQ(report.queries[0].verdict, base::Verdict::Refuted);
}

// Six minutes or eleven: in the first row under both.
TEST(Ambiguity, ACaseThatIsTheSameUnderBothProvesNothing) {
  const auto report = Ambiguities(kLate + R"(
caso "dos minutos tras la tolerancia" cita REG:2
  dado llegada hora = 08:07 el 2025-03-11
  espera nada
)");
  EXPECT_THAT(report.findings, IsEmpty());
  ASSERT_THAT(report.queries, SizeIs(1));
  EXPECT_EQ(report.queries[0].verdict, base::Verdict::Unknown);
  EXPECT_THAT(report.queries[0].reason.es, HasSubstr("ningún caso las distingue (probados: 1)"));
}

TEST(Ambiguity, AReadingThatChangesNoRuleIsDeclaredAndNoMore) {
  const auto report = Ambiguities(kLate.substr(0, kLate.find("lectura")) + R"(
lectura cuentas cita REG:4
  de_la_persona (supuesta): "las cuentas son de la persona"
  de_cada_contrato: "cada contrato empieza de cero"
regla aviso cita REG:3 sobre llegada
  cuando hora > hora_fijada
  entonces amonestación verbal
caso "un minuto" cita REG:3
  dado llegada hora = 08:01 el 2025-03-11
  espera amonestación verbal cita REG:3
)");
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].severity, base::FindingSeverity::Information);
  EXPECT_EQ(base::JoinCitations(report.findings[0].articles), "REG:4");
  EXPECT_THAT(report.findings[0].title.es, HasSubstr("no cambia nada en el modelo"));
  ASSERT_THAT(report.queries, SizeIs(1));
  EXPECT_EQ(report.queries[0].verdict, base::Verdict::Proved);
}

// A day of pay is a thirtieth of 3,000, or of 3,000 and a bonus of 900: 100 or 130.
TEST(Ambiguity, ADefinitionMayBeWorthTwoThings) {
  const auto report = Ambiguities(R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
dato haber: Bs = 3000 Bs entre 0 Bs y 3000 Bs
dato bono: Bs = 0 Bs entre 0 Bs y 900 Bs
hecho falta en tramo
lectura base cita REG:2
  básico (supuesta): "sobre el haber"
  total: "sobre todo lo ganado"
define haber_diario de persona cita REG:2 = (si bajo base.básico entonces haber sino haber + bono) / 30
regla pérdida cita REG:3 sobre falta entonces descuento 1 día
)");
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Finding& finding = report.findings[0];
  EXPECT_EQ(finding.title.es, "según cómo se lea «base», «haber diario» vale 100 Bs o 130 Bs");
  EXPECT_THAT(finding.witness.person, SizeIs(1));
}

TEST(Ambiguity, NotRunWithoutAWayOfReadingOtherwise) {
  CheckOptions options;
  options.only = {"ambigüedad"};
  const auto report = CheckText(kLate, options);
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.totals.not_run, 1);
}

// ---- The regulation itself -------------------------------------------------------

TEST(RipAmbiguity, EveryReadingIsAskedAboutAndAnswered) {
  const WholeRip& rip = CheckedRip();
  ASSERT_TRUE(rip.regulation.rules);
  std::size_t options = 0;
  for (const rules::Reading& reading : rip.regulation.rules->readings) {
    for (std::size_t o = 0; o < reading.options.size(); ++o) {
      if (static_cast<int>(o) == reading.chosen) continue;
      ++options;
      const std::string name = "ambigüedad/" + reading.name + "/" + reading.options[o].name;
      const auto query =
          std::find_if(rip.report.queries.begin(), rip.report.queries.end(),
                       [&](const base::QueryRecord& one) { return one.name == name; });
      ASSERT_NE(query, rip.report.queries.end()) << name;
      // A difference shown, or a proof that no rule changes.
      EXPECT_TRUE(query->verdict == base::Verdict::Refuted ||
                  query->verdict == base::Verdict::Proved)
          << name;
      const auto about = Of(rip.report, "ambigüedad");
      EXPECT_TRUE(std::any_of(about.begin(), about.end(), [&](const base::Finding& finding) {
        return std::all_of(reading.citations.begin(), reading.citations.end(),
                           [&](const auto& citation) { return Cites(finding, citation.str()); });
      })) << name;
    }
  }
  EXPECT_GE(options, 11U);
  EXPECT_THAT(Of(rip.report, "ambigüedad"), SizeIs(options));
}

// By hand: an arrival at 09:01 is 26 minutes after the tolerance (no sanction) and 31 from the
// hour fixed (half a day); under both it is half a day of absence as well.
TEST(RipAmbiguity, MinutesAfterTheToleranceOrFromTheHour) {
  auto found = OfRip("ambigüedad", {"RIP:22.V", "RIP:45.I", "RIP:45.II"});
  // What a justification takes away is another reading of the same articles.
  std::erase_if(found, [](const base::Finding& finding) {
    return finding.title.es.find("«cómputo de minutos»") == std::string::npos;
  });
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_THAT(found[0].witness.facts, SizeIs(1));
  EXPECT_THAT(found[0].witness.facts[0].description.es, HasSubstr("llegada a las 09:01"));
  EXPECT_EQ(found[0].region[0].es, "«tras la tolerancia»: descuento de 1 día (falta leve)");
  EXPECT_EQ(found[0].region[1].es,
            "«desde la hora fijada»: descuento de 1 día (falta leve); descuento de 1/2 día (falta "
            "leve)");
}

}  // namespace
}  // namespace cotejo::checks
