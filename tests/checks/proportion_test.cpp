// Inversion and process: what fires, what stays silent, and what the regulation has.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "solver/checks/severity.h"
#include "tests/checks/faults_basis.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// ---- Order of severity -----------------------------------------------------------

TEST(Severity, RemovalThenProcessThenDaysThenAdmonitions) {
  const Severity removal{true, false, 0, 0, 0};
  const Severity process{false, true, 0, 0, 0};
  const Severity days{false, false, {13, 2}, 0, 0};
  const Severity written{false, false, 0, 5, 0};
  const Severity verbal{false, false, 0, 0, 9};
  const std::vector<Severity> order{{}, verbal, written, days, process, removal};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = 0; j < order.size(); ++j) {
      EXPECT_EQ(Lighter(order[i], order[j]), i < j) << i << " " << j;
    }
  }
}

TEST(Severity, AfterARemovalTheRestDoesNotCount) {
  const Severity removal{true, false, 0, 0, 0};
  const Severity removal_and_more{true, true, 10, 0, 0};
  EXPECT_FALSE(Lighter(removal, removal_and_more));
  EXPECT_FALSE(Lighter(removal_and_more, removal));
}

// ---- inversión -------------------------------------------------------------------

// Lateness counts from eleven minutes to thirty.
const std::string kTolerated = R"(
hecho atraso derivado en tramo
  minutos: minutos
califica llegada como atraso cita REG:5
  cuando hora > hora_fijada + 10 minutos y hora <= hora_fijada + 30 minutos
  con minutos = hora - hora_fijada
medida minutos_del_mes por mes cita REG:5 = suma(atraso.minutos) en pasos de 1 minuto
)";

const std::string kSeparate = R"(
regla separadas cita REG:3 sobre falta por mes
  cuando total >= 2 y seguidas < 2
  entonces descuento 2 * total
)";

TEST(Inversion, AnAdjoiningDayThatLowersTheSanction) {
  const auto report = CheckOnly("inversión", kFaults + kSeparate + R"(
regla juntas cita REG:4 sobre falta por mes
  cuando seguidas >= 2
  entonces descuento 3 días
)");
  ExpectSound(report);
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "2 hechos más de falta: la sanción baja de 4 días de descuento a 3 días de descuento");
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:3, REG:4");
  // Two whole days apart, and a third one next to one of them.
  EXPECT_THAT(found[0].witness.facts, SizeIs(4));
  EXPECT_EQ(found[0].witness.label.es, "con menos falta");
  ASSERT_TRUE(found[0].counterpart.has_value());
  EXPECT_THAT(found[0].counterpart->facts, SizeIs(6));
  EXPECT_TRUE(found[0].counterpart->replayed);
  // Three days apart cost six.
  EXPECT_THAT(found[0].explanation.es, HasSubstr("va de 6 días de descuento a 3 días"));
}

TEST(Inversion, SilentWhenTheRunCostsAsMuch) {
  const auto report = CheckOnly("inversión", kFaults + kSeparate + R"(
regla juntas cita REG:4 sobre falta por mes
  cuando seguidas >= 2
  entonces descuento 2 * total
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  ASSERT_THAT(report.queries, SizeIs(1));
  EXPECT_EQ(report.queries[0].verdict, base::Verdict::Proved);
  EXPECT_EQ(report.queries[0].evidence, base::Evidence::Enumerated);
  EXPECT_THAT(report.queries[0].bounds.es, HasSubstr("hasta 3 días de un mes"));
}

// Of histories that nothing sanctions nothing is compared: it is not said that there is none.
TEST(Inversion, UndecidedWhereNoHistoryIsSanctioned) {
  const auto report = CheckOnly("inversión", kFaults + R"(
dato eximido: lógico = sí
regla sola cita REG:3 sobre falta por mes
  cuando total >= 1 y no eximido
  entonces descuento 1 día
)");
  EXPECT_THAT(Of(report, "inversión"), IsEmpty());
  EXPECT_GT(report.totals.unknown, 0);
}

TEST(Inversion, UndecidedWhereNoHistoryReachesAClass) {
  const auto report = CheckOnly("inversión", kFaults + R"(
dato eximido: lógico = sí
regla una cita REG:3 sobre falta por mes cuando total >= 1 falta leve entonces descuento 1 día
regla otra cita REG:4 sobre falta por mes cuando total >= 1 y no eximido falta grave
  entonces descuento 1/2 día
)");
  EXPECT_THAT(Of(report, "inversión"), IsEmpty());
  ASSERT_EQ(report.totals.unknown, 1);
  const auto open =
      std::find_if(report.queries.begin(), report.queries.end(),
                   [](const auto& query) { return query.verdict == base::Verdict::Unknown; });
  EXPECT_EQ(open->name, "inversión/falta leve y falta grave");
}

TEST(Inversion, AHoleInTheScaleLetsOut) {
  const auto report = CheckOnly("inversión", kFaults + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | descuento 1 día  |
  | 2 ..     | descuento 2 días |
)");
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "un hecho más de falta: la sanción baja de 1 día de descuento a ninguna sanción");
  EXPECT_THAT(found[0].region[1].es, HasSubstr("un caso sin fila"));
  EXPECT_THAT(found[0].counterpart->facts, SizeIs(3));  // a day and a half
}

// What is lost besides is a rest: the scale that gives it has no row for more days, and that is no
// reason for a sanction to fall, nor is it told in the histories.
TEST(Inversion, AHoleInAScaleOfRightsExplainsNothing) {
  const auto report = CheckOnly("inversión", kFaults + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | descuento 1 día     |
  | 1½ ..    | amonestación verbal |
escala descansos cita REG:9 sobre falta por mes según total
  | 1/2 .. 1 | derecho descanso 1 día |
)");
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:3");
  for (const base::WitnessAnswer& answer : found[0].counterpart->answers)
    EXPECT_NE(answer.article.str(), "REG:9");
  const auto lost = CheckOnly("inversión", kFaults + R"(
regla separadas cita REG:3 sobre falta por mes
  cuando total <= 1
  entonces descuento 1 día
escala descansos cita REG:9 sobre falta por mes según total
  | 1/2 .. 1 | derecho descanso 1 día |
)");
  ASSERT_THAT(Of(lost, "inversión"), SizeIs(1));
  EXPECT_EQ(base::JoinCitations(Of(lost, "inversión")[0].articles), "REG:3");
  const base::Finding fallen = Of(lost, "inversión")[0];
  for (const base::Text& line : fallen.region)
    EXPECT_THAT(line.es, testing::Not(HasSubstr("un caso sin fila")));
}

TEST(Inversion, WhatBecameOfTheSameThingIsSaid) {
  const auto report = CheckOnly("inversión", kFaults + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | descuento 1 día  |
  | 2 ..     | descuento 2 días |
regla reprender cita REG:8 sobre falta
  entonces amonestación verbal
)");
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  // Not the third admonition, which is of another fact.
  EXPECT_EQ(found[0].region[1].es, "REG:3 (1 día de descuento) → un caso sin fila");
}

TEST(Inversion, OtherFactsThatAddUpToMoreAreNotMoreOfTheSame) {
  const auto report = CheckOnly("inversión", kFaults + kTolerated + R"(
escala atrasos cita REG:5 sobre atraso por mes según minutos_del_mes
  | 11 .. 30 | descuento 2 días |
  | 31       | descuento 1 día  |
  | 32 ..    | descuento 2 días |
)");
  // Thirty-one minutes take two arrivals, neither of thirty: less is one of eleven to twenty.
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_THAT(found[0].witness.facts, SizeIs(1));
  EXPECT_THAT(found[0].witness.facts[0].description.es, Not(HasSubstr("08:30")));
  EXPECT_THAT(found[0].counterpart->facts, SizeIs(2));
}

TEST(Inversion, ALargerSumThatCostsLess) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
escala atrasos cita REG:5 sobre atraso por mes según minutos_del_mes
  | 1 .. 30  | sin sanción      |
  | 31 .. 60 | descuento 2 días |
  | 61 ..    | descuento 1 día  |
)");
  ExpectSound(report);
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "un hecho mayor de llegada: la sanción baja de 2 días de descuento a 1 día de "
            "descuento");
  ASSERT_THAT(found[0].witness.facts, SizeIs(1));
  EXPECT_THAT(found[0].witness.facts[0].description.es, HasSubstr("09:00"));
  EXPECT_THAT(found[0].counterpart->facts[0].description.es, HasSubstr("09:01"));
}

TEST(Inversion, SumsThatOnlyGrowAreSilent) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
escala atrasos cita REG:5 sobre atraso por mes según minutos_del_mes
  | 1 .. 30  | sin sanción      |
  | 31 .. 60 | descuento 1 día  |
  | 61 ..    | descuento 2 días |
)");
  EXPECT_THAT(report.findings, IsEmpty());
}

// Three half days are 4 of REG:4 and a hole; two were 3 and 2. What went up explains no drop.
TEST(Inversion, WhatIsPunishedMoreExplainsNoDrop) {
  const auto report = CheckOnly("inversión", kFaults + R"(
hecho ausente derivado en tramo
califica falta como ausente cita REG:4
medida ausentes por mes cita REG:4 = cuenta(ausente)
escala ausencias cita REG:4 sobre ausente por mes según ausentes
  | 1    | descuento 1 día  |
  | 2    | descuento 3 días |
  | 3 .. | descuento 4 días |
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | descuento 2 días |
  | 2 ..     | descuento 2 días |
)");
  ExpectSound(report);
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "un hecho más de falta: la sanción baja de 5 días de descuento a 4 días de descuento");
  EXPECT_EQ(found[0].explanation.es,
            "quien comete más recibe menos. En falta por mes, REG:3 (2 días de descuento) → un "
            "caso sin fila");
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:3, REG:4");
}

TEST(Inversion, WhatStillStandsIsSaid) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
regla pocos cita REG:5.I sobre atraso por mes
  cuando minutos_del_mes >= 1 y minutos_del_mes <= 45
  entonces descuento 2 días
regla varios cita REG:5.II sobre atraso por mes
  cuando minutos_del_mes >= 10
  entonces descuento 1 día
)");
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].region[1].es,
            "REG:5.I (2 días de descuento) → sólo queda REG:5.II (1 día de descuento)");
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:5.I, REG:5.II");
}

// Two of three days give way to one of four: each by itself would seem to go up.
TEST(Inversion, AllThatASubjectLosesIsSaid) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
regla una cita REG:5.I sobre atraso por mes
  cuando minutos_del_mes >= 1 y minutos_del_mes <= 45
  entonces descuento 3 días
regla otra cita REG:5.II sobre atraso por mes
  cuando minutos_del_mes >= 1 y minutos_del_mes <= 45
  entonces descuento 3 días
regla muchos cita REG:5.III sobre atraso por mes
  cuando minutos_del_mes > 45
  entonces descuento 4 días
)");
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].region[1].es,
            "REG:5.I (3 días de descuento) y REG:5.II (3 días de descuento) → REG:5.III (4 días "
            "de descuento)");
}

TEST(Inversion, WhatIsOfAnotherSubjectIsToldWithIt) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
hecho exceso derivado en día
califica atraso por mes como exceso cita REG:6 cuando minutos_del_mes > 60
regla pocos cita REG:5 sobre atraso por mes
  cuando minutos_del_mes >= 1 y minutos_del_mes <= 60
  entonces descuento 2 días
regla muchos cita REG:6 sobre exceso por mes
  entonces descuento 1 día
)");
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].explanation.es,
            "quien comete más recibe menos. En atraso por mes, REG:5 (2 días de descuento) → "
            "ninguna sanción; en exceso por mes, REG:6 (1 día de descuento)");
}

TEST(Inversion, ALesserClassThatCostsMore) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
regla muchos cita REG:5 sobre atraso por mes falta leve
  cuando minutos_del_mes > 120
  entonces descuento 4 días
regla faltó cita REG:6 sobre falta por mes falta grave
  entonces descuento 2 días
)");
  ExpectSound(report);
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Warning);
  EXPECT_EQ(found[0].title.es,
            "una falta leve se sanciona con 4 días de descuento y una falta grave, con 2 días de "
            "descuento");
  EXPECT_EQ(found[0].witness.label.es, "falta leve");
  EXPECT_EQ(found[0].counterpart->label.es, "falta grave");
}

TEST(Inversion, InMoneyOnlyIsInformation) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
regla muchos cita REG:5 sobre atraso por mes falta grave
  cuando minutos_del_mes > 120
  entonces descuento 8 días
regla faltó cita REG:6 sobre falta por mes falta gravísima
  entonces proceso, descuento 6 días
)");
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Information);
}

// Eight days against none: lowering the fine of the graver class to nothing does not mend it.
TEST(Inversion, AFineOfNoDaysIsTheLeast) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
parámetro multa cita REG:6 = 0 días
regla muchos cita REG:5 sobre atraso por mes falta grave
  cuando minutos_del_mes > 120
  entonces descuento 8 días
regla faltó cita REG:6 sobre falta por mes falta gravísima
  entonces proceso, descuento multa
)");
  const auto found = Of(report, "inversión");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Information);
  EXPECT_EQ(found[0].title.es,
            "una falta grave llega a 8 días de descuento; una falta gravísima, a proceso interno");
}

TEST(Inversion, ClassesInOrderAreSilent) {
  const auto report = CheckOnly("inversión", kFaults + kMinutes + R"(
regla muchos cita REG:5 sobre atraso por mes falta leve
  cuando minutos_del_mes > 120
  entonces descuento 2 días
regla faltó cita REG:6 sobre falta por mes falta grave
  entonces descuento 2 días
)");
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.totals.proved, report.totals.planned);
}

// ---- proceso-omitido -------------------------------------------------------------

TEST(Process, ARemovalWithoutTheProcessTheLawAsks) {
  const auto report = CheckOnly("proceso-omitido", kFaults + R"(
exige proceso para destitución cita LEY:2
regla abandono cita REG:5 sobre falta por mes
  cuando total >= 3
  entonces destitución
regla otra cita REG:5.II sobre falta por mes
  cuando total >= 4
  entonces destitución
regla multa cita REG:6 sobre falta por mes
  cuando total = 1
  entonces descuento 1 día
)");
  ExpectSound(report);
  const auto found = Of(report, "proceso-omitido");
  ASSERT_THAT(found, SizeIs(1));  // both rules are of one article; a fine is not asked for
  EXPECT_EQ(found[0].title.es, "REG:5, REG:5.II sancionan sin el proceso interno que pide LEY:2");
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Error);
  EXPECT_THAT(found[0].witness.facts, SizeIs(6));
  EXPECT_THAT(found[0].region, SizeIs(2));
}

TEST(Process, SilentWhenTheRuleOrdersIt) {
  const auto report = CheckOnly("proceso-omitido", kFaults + R"(
exige proceso para destitución cita LEY:2
regla abandono cita REG:5 sobre falta por mes
  cuando total >= 3
  entonces proceso, destitución
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.totals.proved, 1);
}

TEST(Process, SilentWhenAnotherRuleOrdersItForTheSameThing) {
  const std::string removal = kFaults + R"(
exige proceso para destitución cita LEY:2
regla abandono cita REG:5 sobre falta por mes
  cuando total >= 3
  entonces destitución
)";
  const auto both = CheckOnly("proceso-omitido", removal + R"(
regla sumario cita REG:6 sobre falta por mes
  cuando total >= 3
  entonces proceso
)");
  EXPECT_THAT(both.findings, IsEmpty());
  // For something else it does not help.
  const auto other = CheckOnly("proceso-omitido", removal + R"(
regla sumario cita REG:6 sobre llegada por mes
  entonces proceso
)");
  EXPECT_THAT(Of(other, "proceso-omitido"), SizeIs(1));
}

TEST(Process, AProcessForOneOfTheFactsIsForTheSameThing) {
  const auto report = CheckOnly("proceso-omitido", kFaults + R"(
exige proceso para destitución cita LEY:2
regla abandono cita REG:5 sobre falta por mes
  cuando total >= 3
  entonces destitución
regla sumario cita REG:6 sobre falta
  entonces proceso
)");
  EXPECT_THAT(report.findings, IsEmpty());
}

TEST(Process, ASumIsReachedToTheMinute) {
  const auto report = CheckOnly("proceso-omitido", kFaults + kTolerated + R"(
exige proceso para destitución cita LEY:2
regla exacta cita REG:5 sobre atraso por mes
  cuando minutos_del_mes = 31
  entonces destitución
)");
  // Eleven and twenty: no arrival counts thirty-one, and no equal ones add up to it.
  const auto found = Of(report, "proceso-omitido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].witness.facts, SizeIs(2));
}

TEST(Process, ByClassOfFaultAndByConfidence) {
  const auto report = CheckOnly("proceso-omitido", kFaults + R"(
exige proceso para falta grave cita DUDA:1
regla multa cita REG:6 sobre falta por mes falta grave
  entonces descuento 1 día
regla leve cita REG:7 sobre llegada por mes falta leve
  entonces descuento 1 día
)");
  const auto found = Of(report, "proceso-omitido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(base::JoinCitations(found[0].articles), "DUDA:1, REG:6");
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Warning);
}

TEST(Process, ARuleNoHistoryReachesIsNotCalledProved) {
  const auto report = CheckOnly("proceso-omitido", kFaults + R"(
exige proceso para destitución cita LEY:2
regla abandono cita REG:5 sobre falta por mes
  cuando remoto
  entonces destitución
)");
  ExpectSound(report);
  EXPECT_EQ(report.totals.unknown, 1);
  EXPECT_THAT(report.findings, IsEmpty());
}

// ---- The regulation --------------------------------------------------------------

bool Cites(const base::Finding& finding, const std::vector<std::string>& articles) {
  return std::all_of(articles.begin(), articles.end(), [&](const std::string& article) {
    const base::Citation outer = base::ParseCitation(article);
    return std::any_of(finding.articles.begin(), finding.articles.end(),
                       [&](const auto& citation) { return citation.within(outer); });
  });
}

const base::Finding* Find(const base::CheckReport& report, const std::string& code,
                          const std::vector<std::string>& articles, const std::string& words) {
  for (const base::Finding& finding : report.findings) {
    const bool said = finding.title.es.find(words) != std::string::npos;
    if (finding.code == code && said && Cites(finding, articles)) return &finding;
  }
  return nullptr;
}

const base::CheckReport& Rip() {
  static const base::CheckReport report =
      CheckRip({"inversión", "tope-excedido", "proceso-omitido"});
  return report;
}

TEST(RipProportion, NothingIsLeftOpen) {
  ExpectSound(Rip());
  EXPECT_EQ(Rip().totals.unknown, 0);
  for (const base::Finding& finding : Rip().findings) {
    EXPECT_TRUE(!finding.counterpart || finding.counterpart->replayed) << finding.title.es;
  }
}

TEST(RipProportion, DiscontinuousAbsencesAloneExceedTheFifth) {
  const base::Finding* finding =
      Find(Rip(), "tope-excedido", {"RIP:46.IV.3", "LEY1178:29"}, "(inasistencia discontinua)");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->title.es, HasSubstr("7 días"));
  EXPECT_THAT(finding->explanation.es, HasSubstr("llega a 10 días"));
}

TEST(RipProportion, FinesOfOneMonthAddUpBeyondTheFifth) {
  EXPECT_NE(Find(Rip(), "tope-excedido", {"RIP:45.I", "RIP:47.I", "LEY1178:29"}, "suman"), nullptr);
  EXPECT_NE(Find(Rip(), "tope-excedido", {"RIP:45.I", "RIP:46.IV", "LEY1178:29"}, "suman"),
            nullptr);
  // Four days, two days and half a day: no two of them do.
  const base::Finding* three =
      Find(Rip(), "tope-excedido", {"RIP:45.I", "RIP:45.II", "RIP:45.III", "LEY1178:29"},
           "suman 7 días");
  ASSERT_NE(three, nullptr);
  EXPECT_TRUE(std::any_of(three->region.begin(), three->region.end(), [](const base::Text& line) {
    return line.es ==
           "RIP:45.I «atraso mensual, fila 6»: 4 días + RIP:45.II «inasistencia mensual, fila "
           "2»: 2 días + RIP:45.III «omisión mensual, fila 1»: 1/2 día = 6 1/2 días de "
           "descuento";
  }));
}

TEST(RipProportion, AMinorFaultCostsMoreThanASeriousOne) {
  const base::Finding* finding =
      Find(Rip(), "inversión", {"RIP:45.I", "RIP:46.III"}, "una falta leve");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->title.es, HasSubstr("4 días"));
  EXPECT_THAT(finding->title.es, HasSubstr("2 días"));
}

TEST(RipProportion, AnAdjoiningAbsenceLowersTheSanction) {
  const base::Finding* finding = Find(Rip(), "inversión", {"RIP:46.IV.2", "RIP:46.IV.3"},
                                      "hechos más de inasistencia: la sanción baja de 6 días");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->title.es, HasSubstr("de 6 días de descuento a 4 días de descuento"));
  EXPECT_THAT(finding->explanation.es, HasSubstr("de 8 días de descuento a 4 días"));
}

TEST(RipProportion, RetirementAndFinesWithoutProcess) {
  const base::Finding* retirement =
      Find(Rip(), "proceso-omitido", {"RIP:48.1", "RIP:48.2", "JCABANDONO:1"}, "");
  ASSERT_NE(retirement, nullptr);
  EXPECT_EQ(retirement->severity, base::FindingSeverity::Warning);  // known at second hand
  for (const char* article : {"RIP:45", "RIP:46"}) {
    const base::Finding* fines = Find(Rip(), "proceso-omitido", {article, "LEY1178:29"}, "");
    ASSERT_NE(fines, nullptr) << article;
    EXPECT_EQ(fines->severity, base::FindingSeverity::Error);
  }
  EXPECT_EQ(Find(Rip(), "proceso-omitido", {"RIP:47"}, ""), nullptr);
}

}  // namespace
}  // namespace cotejo::checks
