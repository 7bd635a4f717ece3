// Rules that do nothing and conditions that say nothing: what fires, what stays silent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kBasis = R"(
jerarquía ley > reglamento
norma LEY "Ley de prueba" rango ley vigente desde 2020-01-01
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
dato grado: veces = 1 entre 1 y 3
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho aviso en día
  horas: veces entre 1 y 9
hecho falta_grave derivado en día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida seguidas por mes cita REG:2 = racha(falta.días >= 1 día)
medida veces_del_mes por mes cita REG:2 = cuenta(falta)
medida faltas_graves por gestión cita REG:2 = cuenta(falta_grave)
)";

const base::QueryRecord* Query(const base::CheckReport& report, const std::string& name) {
  for (const base::QueryRecord& query : report.queries) {
    if (query.name == name) return &query;
  }
  return nullptr;
}

std::vector<std::string> Idle(const base::CheckReport& report) {
  std::vector<std::string> idle;
  for (const char* code : {"regla-muerta", "regla-que-no-decide", "regla-redundante"}) {
    for (const base::Finding& finding : Of(report, code)) {
      idle.push_back(std::string(code) + ": " + finding.title.es);
    }
  }
  return idle;
}

// ---- regla-muerta ----------------------------------------------------------------

TEST(Dead, ConditionsThatNoValueMeets) {
  const auto report = CheckText(kBasis + R"(
regla imposible cita REG:3 sobre falta por mes
  cuando veces_del_mes >= 1 y total >= 3 y total <= 2 entonces descuento 1 día
regla posible cita REG:4 sobre falta por mes cuando total >= 3 entonces descuento 2 días
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report),
              ElementsAre("regla-muerta: REG:3 («imposible») no se aplica en ninguna historia"));
  const base::Finding finding = Of(report, "regla-muerta")[0];
  EXPECT_EQ(finding.evidence, base::Evidence::Enumerated);
  // The count of times has nothing to do with it.
  ASSERT_THAT(finding.conditions, SizeIs(1));
  EXPECT_TRUE(finding.all_sets);
  ASSERT_THAT(finding.conditions[0], SizeIs(2));
  EXPECT_THAT(finding.conditions[0][0].text.es, HasSubstr("total >= 3"));
  EXPECT_THAT(finding.conditions[0][1].text.es, HasSubstr("total <= 2"));
}

// «= sí» is what a field is worth, and not the truth of a reading.
TEST(Dead, YesAndNoOfOneField) {
  const auto report = CheckText(kBasis + R"(
hecho reclamo en día
  grave: lógico = no
regla imposible cita REG:3 sobre reclamo cuando grave = sí y grave = no
  entonces prohibición persona "reclamar"
regla posible cita REG:4 sobre reclamo cuando grave = sí entonces permiso persona "reclamar"
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report),
              ElementsAre("regla-muerta: REG:3 («imposible») no se aplica en ninguna historia"));
}

// A notice is of one to nine hours: none is of ten, nor of none. A history with one is no history,
// and two rules that only meet there do not clash.
TEST(Dead, ValuesThatTheFieldDoesNotHave) {
  const auto report = CheckText(kBasis + R"(
regla más_de_nueve cita REG:3 sobre aviso cuando horas > 9 entonces prohibición persona "avisar"
regla de_nueve cita REG:4 sobre aviso cuando horas >= 9 entonces permiso persona "avisar"
regla de_ninguna cita REG:5 sobre aviso cuando horas < 1 entonces obligación persona "callar"
regla de_alguna cita REG:6 sobre aviso cuando horas >= 0 entonces obligación persona "hablar"
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report),
              ElementsAre("regla-muerta: REG:3 («más de nueve») no se aplica en ninguna historia",
                          "regla-muerta: REG:5 («de ninguna») no se aplica en ninguna historia"));
  for (const base::Finding& dead : Of(report, "regla-muerta")) {
    EXPECT_EQ(dead.evidence, base::Evidence::Enumerated) << dead.title.es;
  }
  EXPECT_THAT(Of(report, "contradicción"), IsEmpty());
  EXPECT_THAT(Of(report, "conflicto-resuelto"), IsEmpty());
}

TEST(Dead, ValuesThatNoHistoryReaches) {
  const auto report = CheckText(kBasis + R"(
regla inalcanzable cita REG:3 sobre falta por mes
  cuando total < 2 y veces_del_mes >= 4 entonces descuento 1 día
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "regla-muerta"), SizeIs(1));
  EXPECT_EQ(Of(report, "regla-muerta")[0].evidence, base::Evidence::SolverAlone);
  const base::QueryRecord* query = Query(report, "regla-muerta/inalcanzable");
  ASSERT_NE(query, nullptr);
  EXPECT_EQ(query->verdict, base::Verdict::Refuted);
  EXPECT_FALSE(query->bounds.empty());
}

TEST(Dead, SilentWhenACaseAMadeHistoryOrTheSolverShowsItAtWork) {
  const std::string rule = R"(
regla alcanzable cita REG:3 sobre falta por mes
  cuando total < 2 y veces_del_mes >= 3 entonces descuento 1 día
)";
  const auto made = CheckText(kBasis + rule);
  ExpectSound(made);
  EXPECT_THAT(Idle(made), IsEmpty());
  ASSERT_NE(Query(made, "regla-muerta/alcanzable"), nullptr);
  EXPECT_EQ(Query(made, "regla-muerta/alcanzable")->engine, "intérprete");
  EXPECT_EQ(Query(made, "regla-muerta/alcanzable")->evidence, base::Evidence::Replayed);
  EXPECT_THAT(Query(made, "regla-muerta/alcanzable")->bounds.es, HasSubstr("lo que se pide"));
  // Two days that are never a whole one are met by no plain history: the solver has to think.
  const auto solved = CheckText(kBasis + R"(
regla alcanzable cita REG:3 sobre falta por mes
  cuando total >= 2 y seguidas < 1 entonces descuento 1 día
)");
  ExpectSound(solved);
  EXPECT_THAT(Idle(solved), IsEmpty());
  ASSERT_NE(Query(solved, "regla-muerta/alcanzable"), nullptr);
  EXPECT_EQ(Query(solved, "regla-muerta/alcanzable")->engine, "z3");
  EXPECT_EQ(Query(solved, "regla-muerta/alcanzable")->evidence, base::Evidence::Replayed);
  const auto shown = CheckText(kBasis + rule + R"(
caso "tres medias faltas" cita REG:3
  dado falta el 2025-03-03
  dado falta el 2025-03-04
  dado falta el 2025-03-05
  espera descuento 1 día
)");
  ExpectSound(shown);
  EXPECT_THAT(Idle(shown), IsEmpty());
  for (const char* code : {"regla-muerta", "regla-que-no-decide", "regla-redundante"}) {
    const base::QueryRecord* query = Query(shown, std::string(code) + "/alcanzable");
    ASSERT_NE(query, nullptr) << code;
    EXPECT_EQ(query->engine, "intérprete");
    EXPECT_EQ(query->evidence, base::Evidence::Replayed);
    EXPECT_THAT(query->bounds.es, HasSubstr("tres medias faltas"));
  }
}

TEST(Dead, ThroughWhatItsSubjectIsDerivedFrom) {
  const auto report = CheckText(kBasis + R"(
califica falta por mes como falta_grave cita REG:4 cuando total >= 2
regla primera_vez cita REG:5 sobre falta_grave cuando faltas_graves = 1 entonces descuento 1 día
regla otra_vez cita REG:6 sobre falta_grave cuando faltas_graves >= 2 entonces destitución
regla trece_veces cita REG:7 sobre falta_grave cuando faltas_graves >= 13 entonces retiro
)");
  ExpectSound(report);
  // There are twelve months in a gestión.
  EXPECT_THAT(Idle(report),
              ElementsAre("regla-muerta: REG:7 («trece veces») no se aplica en ninguna historia"));
}

// ---- regla-que-no-decide ---------------------------------------------------------

TEST(Masked, AHigherRuleTakesAllItsCases) {
  const auto report = CheckText(kBasis + R"(
regla inferior cita REG:3 sobre falta por mes cuando total >= 2 entonces descuento 1 día
regla superior cita LEY:4 sobre falta por mes cuando total >= 1 entonces descuento 3 días
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report), ElementsAre("regla-que-no-decide: REG:3 («inferior») nunca prevalece"));
  const base::Finding finding = Of(report, "regla-que-no-decide")[0];
  EXPECT_EQ(base::JoinCitations(finding.articles), "LEY:4, REG:3");
  EXPECT_THAT(finding.explanation.es, HasSubstr("prevalece LEY:4 («superior»)"));
  EXPECT_THAT(finding.witness.facts, SizeIs(4));
  EXPECT_THAT(finding.witness.answers, SizeIs(2));
}

TEST(Masked, AnEarlierRowTakesAllItsCases) {
  const auto report = CheckText(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total política primera
  | 1/2 .. | descuento 1 día  |
  | 2 ..   | descuento 3 días |
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report),
              ElementsAre("regla-que-no-decide: REG:3 («faltas[2]») nunca prevalece"));
  EXPECT_THAT(Of(report, "regla-que-no-decide")[0].explanation.es,
              HasSubstr("prevalece REG:3 («faltas[1]»)"));
}

TEST(Masked, SilentWhenSomeCaseIsItsOwn) {
  const auto report = CheckText(kBasis + R"(
regla inferior cita REG:3 sobre falta por mes cuando total >= 1 entonces descuento 1 día
regla superior cita LEY:4 sobre falta por mes cuando total >= 2 entonces descuento 3 días
escala avisos cita REG:5 sobre aviso según horas política primera
  | 5 .. | sin sanción         |
  | 3 .. | amonestación verbal |
  |      | amonestación escrita |
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report), IsEmpty());
}

// Defeated by what is itself defeated: it stands after all.
TEST(Masked, SilentWhenItsWinnerFalls) {
  const auto report = CheckText(kBasis + R"(
regla general cita REG:3 sobre falta por mes cuando total >= 1 entonces obligación UDITH "avisar" en 1 días
regla especial cita REG:4 sobre falta por mes cuando total >= 1 y grado = 1
  entonces obligación UDITH "avisar" en 2 días, descuento 1 día
regla superior cita LEY:5 sobre falta por mes cuando total >= 1 y grado >= 1
  entonces descuento 3 días
)");
  ExpectSound(report);
  for (const base::Finding& finding : Of(report, "regla-que-no-decide")) {
    EXPECT_THAT(finding.title.es, HasSubstr("especial"));
  }
}

// ---- regla-redundante ------------------------------------------------------------

TEST(Redundant, AnotherAlwaysOrdersTheSame) {
  const auto report = CheckText(kBasis + R"(
regla amplia cita REG:3 sobre falta por mes cuando total >= 1 entonces amonestación verbal
regla estrecha cita REG:4 sobre falta por mes cuando total >= 2 entonces amonestación verbal
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report),
              ElementsAre("regla-redundante: REG:4 («estrecha») no cambia ningún resultado"));
  const base::Finding finding = Of(report, "regla-redundante")[0];
  EXPECT_EQ(base::JoinCitations(finding.articles), "REG:3, REG:4");
  EXPECT_THAT(finding.explanation.es, HasSubstr("REG:3 («amplia»)"));
  EXPECT_TRUE(finding.witness.replayed);
}

TEST(Redundant, FoundWhenItIsTheOnlyCheckAskedFor) {
  CheckOptions redundant;
  redundant.only = {"regla-redundante"};
  const auto spare = CheckText(kBasis + R"(
regla amplia cita REG:3 sobre falta por mes cuando total >= 1 entonces amonestación verbal
regla estrecha cita REG:4 sobre falta por mes cuando total >= 2 entonces amonestación verbal
)",
                               redundant);
  EXPECT_THAT(Of(spare, "regla-redundante"), SizeIs(1));
  EXPECT_EQ(spare.totals.planned, 2);
  CheckOptions masked;
  masked.only = {"regla-que-no-decide"};
  const auto idle = CheckText(kBasis + R"(
regla inferior cita REG:3 sobre falta por mes cuando total >= 2 entonces descuento 1 día
regla superior cita LEY:4 sobre falta por mes cuando total >= 1 entonces descuento 3 días
)",
                              masked);
  EXPECT_THAT(Of(idle, "regla-que-no-decide"), SizeIs(1));
  EXPECT_EQ(idle.totals.planned, 2);
}

TEST(Redundant, OfThreeThatOrderTheSameOneIsKept) {
  const auto report = CheckText(kBasis + R"(
regla una cita REG:3 sobre falta por mes cuando total >= 2 entonces amonestación verbal
regla otra cita REG:4 sobre falta por mes cuando total >= 2 entonces amonestación verbal
regla tercera cita REG:5 sobre falta por mes cuando total >= 2 entonces amonestación verbal
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report),
              ElementsAre("regla-redundante: REG:4 («otra») no cambia ningún resultado",
                          "regla-redundante: REG:5 («tercera») no cambia ningún resultado"));
}

TEST(Redundant, SilentWhenItAddsSomethingOrMakesWay) {
  const auto report = CheckText(kBasis + R"(
regla amplia cita REG:3 sobre falta por mes cuando total >= 1 entonces amonestación verbal
regla con_más cita REG:4 sobre falta por mes cuando total >= 2
  entonces amonestación verbal, obligación UDITH "avisar"
regla aparte cita REG:5 sobre falta por mes cuando total < 1 entonces amonestación verbal
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report), IsEmpty());
  // The middle row gives what the last one gives, and keeps the first from its cases.
  const auto rows = CheckText(kBasis + R"(
escala avisos cita REG:5 sobre aviso según horas política primera
  | 7 ..   | amonestación escrita |
  | 4 .. 6 | amonestación verbal  |
  | 2 ..   | sin sanción          |
  |        | amonestación verbal  |
)");
  ExpectSound(rows);
  EXPECT_THAT(Idle(rows), IsEmpty());
}

TEST(Redundant, ARowThatTheNextOneWouldCover) {
  const auto report = CheckText(kBasis + R"(
escala avisos cita REG:5 sobre aviso según horas política primera
  | 5 .. | sin sanción          |
  | 3 .. | amonestación verbal  |
  |      | amonestación verbal  |
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report),
              ElementsAre("regla-redundante: REG:5 («avisos[2]») no cambia ningún resultado"));
}

TEST(Redundant, WhatItEstablishesIsAnOutcome) {
  const auto report = CheckText(kBasis + R"(
regla amplia cita REG:3 sobre falta por mes cuando total >= 1 entonces amonestación verbal
regla estrecha cita REG:4 sobre falta por mes cuando total >= 2
  entonces amonestación verbal establece falta_grave
regla otra_vez cita REG:6 sobre falta_grave cuando faltas_graves >= 2 entonces obligación UDITH "avisar"
)");
  ExpectSound(report);
  EXPECT_THAT(Idle(report), IsEmpty());
}

// ---- supuesto-vacío --------------------------------------------------------------

TEST(Vacuous, AConditionThatAlwaysHolds) {
  const auto report = CheckText(kBasis + R"(
regla una cita REG:3 sobre falta por mes cuando total >= 2 y grado <= 3 entonces descuento 1 día
regla otra cita REG:4 sobre aviso cuando horas >= 4 y horas >= 2 entonces amonestación verbal
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "supuesto-vacío"), SizeIs(2));
  std::vector<std::string> titles;
  for (const base::Finding& f : Of(report, "supuesto-vacío")) titles.push_back(f.title.es);
  std::sort(titles.begin(), titles.end());
  EXPECT_THAT(titles, ElementsAre("la condición «grado <= 3» de REG:3 («una») se cumple siempre",
                                  "la condición «horas >= 2» de REG:4 («otra») se cumple siempre"));
  for (const base::Finding& finding : Of(report, "supuesto-vacío")) {
    ASSERT_THAT(finding.conditions, SizeIs(1));
    // By its domain alone, or because of the stronger condition beside it.
    const bool by_domain = finding.articles[0].str() == "REG:3";
    EXPECT_THAT(finding.conditions[0], SizeIs(by_domain ? 1 : 2));
  }
}

TEST(Vacuous, AnExceptionThatNeverHappens) {
  const auto report = CheckText(kBasis + R"(
regla una cita REG:3 sobre falta por mes cuando total >= 2 salvo total < 1 cita REG:9
  entonces descuento 1 día
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "supuesto-vacío"), SizeIs(1));
  EXPECT_EQ(base::JoinCitations(Of(report, "supuesto-vacío")[0].articles), "REG:3, REG:9");
  EXPECT_THAT(Of(report, "supuesto-vacío")[0].title.es, HasSubstr("no se da nunca"));
}

TEST(Vacuous, ACharacterisationThatNeverHoldsAndASubjectThatNobodyHas) {
  const auto report = CheckText(kBasis + R"(
califica falta por mes como falta_grave cita REG:4 cuando total < 2 y veces_del_mes >= 4
regla otra_vez cita REG:6 sobre falta_grave por mes entonces descuento 1 día
)");
  ExpectSound(report);
  std::vector<std::string> titles;
  for (const base::Finding& f : Of(report, "supuesto-vacío")) titles.push_back(f.title.es);
  std::sort(titles.begin(), titles.end());
  EXPECT_THAT(titles, ElementsAre("REG:4 nunca cuenta falta por mes como falta grave",
                                  "ninguna historia tiene un caso de falta grave por mes"));
}

// What it asks it also excepts: the sweep says why, and the solver does not say it again.
TEST(Vacuous, ACharacterisationThatCannotHoldIsToldOnce) {
  const auto report = CheckText(kBasis + R"(
califica falta como falta_grave cita REG:4 cuando grado >= 2 salvo grado >= 2 cita REG:9
)");
  ExpectSound(report);
  const auto found = Of(report, "supuesto-vacío");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es, "REG:4 nunca cuenta falta como falta grave");
  EXPECT_EQ(found[0].evidence, base::Evidence::Enumerated);
  EXPECT_THAT(found[0].conditions, SizeIs(1));
}

TEST(Vacuous, SilentOnRangesOptionalDataAndWhatCanFail) {
  const auto report = CheckText(kBasis + R"(
dato categoría: veces opcional entre 1 y 3
escala avisos cita REG:5 sobre aviso según horas
  | 1 .. 9 | sin sanción | cuando grado <= 2
  | 1 .. 9 | amonestación verbal | cuando grado = 3
regla una cita REG:3 sobre falta por mes
  cuando total entre 1 y 3 y veces_del_mes >= 2 y categoría >= 1
  salvo seguidas >= 1
  entonces descuento 1 día
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "supuesto-vacío"), IsEmpty());
}

TEST(Vacuous, AReadingNotChosenIsNotAnEmptyCondition) {
  const auto report = CheckText(kBasis + R"(
lectura cómputo cita REG:2
  estricto (supuesta): "uno"
  amplio: "otro"
regla una cita REG:3 sobre falta por mes cuando total >= 2 salvo bajo cómputo.amplio y grado = 2
  entonces descuento 1 día
regla otra cita REG:4 sobre falta por mes cuando bajo cómputo.amplio y total >= 1
  entonces amonestación verbal
)");
  EXPECT_THAT(Of(report, "supuesto-vacío"), IsEmpty());
  EXPECT_THAT(Idle(report), IsEmpty());
  EXPECT_GT(report.totals.unsupported, 0);
}

}  // namespace
}  // namespace cotejo::checks
