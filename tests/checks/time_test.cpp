// The checks on time: each code on a small regulation, and what they say of the regulation itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <set>

#include "solver/checks/temporal.h"
#include "solver/checks/term_choices.h"
#include "solver/checks/term_replay.h"
#include "tests/checks/term_offices.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using BoundKind = rules::Milestone::Bound;

// ---- Each code: a case that fires and one that is silent ---------------------------

const std::string kBasis = R"(
jerarquía ley > reglamento
norma LEY "Ley de prueba" rango ley vigente desde 2020-01-01
norma REG "Reglamento de prueba" rango reglamento vigente desde 2021-01-01
norma OTRO "Otro reglamento" rango reglamento vigente desde 2022-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
hecho cierre cada mes
)";

std::vector<std::string> Titles(const base::CheckReport& report, const std::string& code) {
  std::vector<std::string> titles;
  for (const base::Finding& finding : Of(report, code)) titles.push_back(finding.title.es);
  return titles;
}

base::CheckReport CheckTerms(const std::string& norma, const std::string& code) {
  CheckOptions options;
  options.year = 2026;
  options.only = {code};
  base::CheckReport report = CheckText(kBasis + norma, options);
  EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0);
  EXPECT_GT(report.totals.planned, 0);
  for (const base::QueryRecord& query : report.queries) {
    EXPECT_EQ(query.check, code);
    EXPECT_FALSE(query.bounds.es.empty() || query.bounds.en.empty()) << query.name;
  }
  for (const base::Finding& finding : report.findings) {
    EXPECT_FALSE(finding.witness.facts.empty()) << finding.title.es;
    EXPECT_TRUE(finding.witness.replayed || finding.evidence == base::Evidence::Quoted);
    EXPECT_FALSE(finding.articles.empty() || finding.region.empty()) << finding.title.es;
    for (const base::Text& text :
         {finding.title, finding.explanation, finding.reading, finding.bounds}) {
      EXPECT_FALSE(text.es.empty() || text.en.empty()) << finding.title.es;
    }
  }
  return report;
}

// Twenty days to wait from Thursday 1 January are over on the 21st, five more on the 26th; the
// payment was due within fifteen. What must wait has a beginning, and only the last one ends.
TEST(IncompatibleTerms, AWaitDoesNotEndAndIsNotMissed) {
  const auto report = CheckTerms(R"(
trámite pago cita REG:2
  hito falta
  hito planilla tras 20 días desde falta obligación entidad
  hito pago tras 5 días desde planilla obligación entidad
  hito pago hasta 15 días desde falta obligación entidad cita REG:3 si vence "multa"
)",
                                 "plazos-incompatibles");
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Witness& witness = report.findings[0].witness;
  ASSERT_THAT(witness.answers, SizeIs(3));
  EXPECT_EQ(witness.answers[0].description.es,
            "pide «planilla» tras 20 días calendario desde falta: no antes del 2026-01-21 "
            "(miércoles) a las 00:00");
  EXPECT_EQ(witness.answers[1].description.es,
            "pide «pago» tras 5 días calendario desde planilla: no antes del 2026-01-26 (lunes) a "
            "las 00:00");
  EXPECT_EQ(witness.answers[2].description.es,
            "pide «pago» en 15 días calendario desde falta: hasta el 2026-01-16 (viernes) a las "
            "23:59, y aquí vence; si vence, multa");
  EXPECT_TRUE(witness.answers[0].stands && witness.answers[1].stands);
  EXPECT_FALSE(witness.answers[2].applies);
  int ends = 0;
  for (const base::WitnessFact& fact : witness.facts) {
    if (fact.description.es.find(" vence ") != std::string::npos) ++ends;
  }
  EXPECT_EQ(ends, 1);
}

TEST(IncompatibleTerms, NobodyCanKeepThemAll) {
  const auto report = CheckTerms(R"(
trámite compra cita REG:2
  hito falta
  hito informe tras 3 días hábiles desde falta obligación jefe
  hito visto tras 24 horas desde informe obligación jefe cita REG:3
  hito cierre_del_trámite hasta 3 días desde falta obligación jefe cita REG:4
  hito cierre_del_trámite tras 0 horas desde visto obligación jefe cita REG:4
)",
                                 "plazos-incompatibles");
  const auto found = Of(report, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Error);
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:2, REG:3, REG:4");
  // From a Monday: the report on Thursday at 00:00, 24 hours more, and three days end on
  // Thursday; the other days of the week it is worse.
  ASSERT_THAT(found[0].conditions, SizeIs(1));
  EXPECT_THAT(found[0].conditions[0], SizeIs(4));
  EXPECT_THAT(found[0].explanation.es, HasSubstr("1044 de 1044"));
}

TEST(IncompatibleTerms, OnlyFromSomeDaysOfTheWeek) {
  // Three days from a Monday reach Thursday, when the third business day begins; from a
  // Wednesday they reach Saturday, and the third business day is Monday.
  const auto report = CheckTerms(R"(
trámite compra cita REG:2
  hito falta
  hito informe tras 3 días hábiles desde falta obligación jefe
  hito informe hasta 3 días desde falta obligación jefe cita REG:4
)",
                                 "plazos-incompatibles");
  const auto found = Of(report, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  // 2026 begins on a Thursday, the first that fails; 261 weekdays at four turns, three of five
  // fail: Wednesdays (52), Thursdays (53) and Fridays (52).
  EXPECT_THAT(found[0].explanation.es, HasSubstr("2026-01-01 (jueves)"));
  EXPECT_THAT(found[0].explanation.es, HasSubstr("628 de 1044"));
}

TEST(IncompatibleTerms, OneActWithTwoTerms) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 24 horas desde falta facultad persona si vence "no causa efecto" cita REG:2
  hito descargo hasta 72 horas desde falta obligación persona cita REG:3
)",
                                 "plazos-incompatibles");
  EXPECT_THAT(Titles(report, "plazos-incompatibles"),
              ElementsAre("«descargo» tiene dos plazos: 72 horas desde falta (REG:3) y 24 horas "
                          "desde falta (REG:2)"));
  const auto found = Of(report, "plazos-incompatibles");
  EXPECT_TRUE(found[0].resolution.empty());
  // Z3 was asked too, and agreed.
  EXPECT_TRUE(std::any_of(report.queries.begin(), report.queries.end(), [](const auto& query) {
    return query.engine == "z3" && query.verdict == base::Verdict::Refuted;
  }));
}

TEST(IncompatibleTerms, ResolvedByRankOrByDate) {
  const auto by_rank = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 24 horas desde falta obligación persona
  hito descargo hasta 3 días hábiles desde falta obligación persona cita LEY:3
)",
                                  "plazos-incompatibles");
  auto found = Of(by_rank, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Information);
  EXPECT_EQ(found[0].resolution.es, "prevalece LEY:3: su norma es de mayor rango");
  const auto by_date = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 24 horas desde falta obligación persona
  hito descargo hasta 48 horas desde falta obligación persona cita OTRO:3
)",
                                  "plazos-incompatibles");
  found = Of(by_date, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].resolution.es, "prevalece OTRO:3: su norma es posterior");
}

TEST(IncompatibleTerms, SilentWhenOneTermOrOneProvision) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito descargo hasta 3 días hábiles desde comunicación facultad persona
  hito descargo hasta 3 días hábiles desde comunicación facultad persona cita LEY:2
  hito descargo hasta 20 días desde falta facultad persona
trámite acta cita REG:5
  hito falta
  hito acta hasta 2 días desde falta obligación jefe
  hito acta hasta 48 horas desde falta obligación jefe
)",
                                 "plazos-incompatibles");
  // REG:2 gives two terms itself, and LEY:2 repeats one of them.
  EXPECT_THAT(Titles(report, "plazos-incompatibles"), IsEmpty());
}

TEST(IncompatibleTerms, TheRuleAndTheProcedureDisagree) {
  const std::string procedure = R"(
trámite aviso cita REG:2
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
)";
  const auto differ = CheckTerms(procedure + R"(
regla avisa cita REG:2 sobre falta
  entonces obligación jefe "comunicar la falta" en 12 horas
)",
                                 "plazos-incompatibles");
  EXPECT_THAT(Titles(differ, "plazos-incompatibles"),
              ElementsAre("REG:2 da a jefe dos plazos: 12 horas en la regla y 24 horas en el "
                          "trámite"));
  const auto agree = CheckTerms(procedure + R"(
regla avisa cita REG:2 sobre falta
  entonces obligación jefe "comunicar la falta" en 24 horas, facultad persona "descargar" en 12 horas
)",
                                "plazos-incompatibles");
  EXPECT_THAT(Titles(agree, "plazos-incompatibles"), IsEmpty());
}

// One provision, one actor and two acts: the rule on the opening is not about the decision.
const std::string kTwoActs = R"(
regla apertura_del_caso cita REG:2 sobre falta
  entonces obligación jefe "abrir el caso" en 3 días hábiles
regla resolución_del_caso cita REG:2 sobre falta
  entonces obligación jefe "emitir la resolución" en 5 días hábiles
)";

TEST(IncompatibleTerms, TwoActsOfOneProvisionAreToldApartByTheirNames) {
  // The procedure says nothing of by when it is opened, and the decision has the same five days.
  const auto waits = CheckTerms(kTwoActs + R"(
trámite caso cita REG:2
  hito falta
  hito resolución hasta 5 días hábiles desde falta obligación jefe
  hito apertura tras 1 días hábiles desde falta obligación jefe
)",
                                "plazos-incompatibles");
  EXPECT_THAT(Titles(waits, "plazos-incompatibles"), IsEmpty());
  // Five days to open against three; that the decision has five too does not hide it.
  const auto opens = CheckTerms(kTwoActs + R"(
trámite caso cita REG:2
  hito falta
  hito apertura hasta 5 días hábiles desde falta obligación jefe
  hito resolución hasta 5 días hábiles desde apertura obligación jefe
)",
                                "plazos-incompatibles");
  EXPECT_THAT(Titles(opens, "plazos-incompatibles"),
              ElementsAre("REG:2 da a jefe dos plazos: 3 días hábiles en la regla y 5 días "
                          "hábiles en el trámite"));
  EXPECT_EQ(Of(opens, "plazos-incompatibles")[0].severity, base::FindingSeverity::Error);
  EXPECT_THAT(Of(opens, "plazos-incompatibles")[0].region[0].es, HasSubstr("apertura del caso"));
  // The figures of one in the place of those of the other: both are wrong.
  const auto swapped = CheckTerms(kTwoActs + R"(
trámite caso cita REG:2
  hito falta
  hito apertura hasta 5 días hábiles desde falta obligación jefe
  hito resolución hasta 3 días hábiles desde apertura obligación jefe
)",
                                  "plazos-incompatibles");
  EXPECT_THAT(Titles(swapped, "plazos-incompatibles"), SizeIs(2));
}

// Two rules of one term about the act, for two kinds of fault, are one term; and of an act with two
// entries the one that no rule says is told.
TEST(IncompatibleTerms, RulesOfOneTermAreToldOnce) {
  const auto report = CheckTerms(R"(
hecho descuido en tramo
regla aviso_de_falta cita REG:2 sobre falta
  entonces obligación jefe "comunicar la falta" en 24 horas
regla aviso_de_descuido cita REG:2 sobre descuido
  entonces obligación jefe "comunicar el descuido" en 24 horas
trámite aviso cita REG:2
  hito falta
  hito registro tras 1 horas desde falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito comunicación hasta 31 horas desde registro obligación jefe
)",
                                 "plazos-incompatibles");
  EXPECT_THAT(Titles(report, "plazos-incompatibles"),
              ElementsAre("REG:2 da a jefe dos plazos: 24 horas en la regla y 31 horas en el "
                          "trámite"));
}

TEST(IncompatibleTerms, WhatHasNoNameInCommonIsSupposedOrLeft) {
  // The decision is told by its name; of the rest there is one of each, and no more to go by.
  const auto left = CheckTerms(kTwoActs + R"(
trámite caso cita REG:2
  hito falta
  hito comienzo hasta 4 días hábiles desde falta obligación jefe
  hito resolución hasta 5 días hábiles desde comienzo obligación jefe
)",
                               "plazos-incompatibles");
  const auto found = Of(left, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(
      found[0].title.es,
      "REG:2 da a jefe dos plazos: 3 días hábiles en la regla y 4 días hábiles en el trámite");
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Warning);
  EXPECT_THAT(found[0].explanation.es,
              HasSubstr("Se supone que hablan del mismo acto, «comienzo»"));
  // Two of each, and nothing says which is which.
  const auto open = CheckTerms(kTwoActs + R"(
trámite caso cita REG:2
  hito falta
  hito comienzo hasta 4 días hábiles desde falta obligación jefe
  hito término hasta 6 días hábiles desde comienzo obligación jefe
)",
                               "plazos-incompatibles");
  EXPECT_THAT(Titles(open, "plazos-incompatibles"), IsEmpty());
}

TEST(LapsingRight, OverBeforeItIsOpened) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito descargo tras 0 horas desde comunicación facultad persona
  hito descargo hasta 24 horas desde falta facultad persona cita REG:3
)",
                                 "derecho-que-caduca");
  const auto titles = Titles(report, "derecho-que-caduca");
  ASSERT_THAT(titles, SizeIs(2));  // and it may run out outside working hours
  EXPECT_EQ(titles[0],
            "el derecho «descargo» (REG:3) puede caducar antes de que llegue «comunicación», que "
            "lo abre");
  const auto found = Of(report, "derecho-que-caduca");
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:2, REG:3");
  EXPECT_TRUE(found[0].witness.replayed);
}

TEST(LapsingRight, SilentWhenItRunsFromWhatOpensItInBusinessDays) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito descargo hasta 2 días hábiles desde comunicación facultad persona
trámite largo cita REG:3
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito descargo tras 0 horas desde comunicación facultad persona
  hito descargo hasta 96 horas desde falta facultad persona
)",
                                 "derecho-que-caduca");
  EXPECT_THAT(Titles(report, "derecho-que-caduca"), IsEmpty());
}

TEST(LapsingRight, AWeekendWithoutAnHourOfWork) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 62 horas desde falta facultad persona
)",
                                 "derecho-que-caduca");
  // Without holidays Friday 18:00 to Monday 08:00 is 62 hours: the term ends as work begins.
  const auto found = Of(report, "derecho-que-caduca");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].witness.facts[0].date.str(), "2026-01-02");
  EXPECT_EQ(found[0].witness.facts[0].description.es, "18:00 falta");
  EXPECT_THAT(found[0].explanation.es, HasSubstr("en 52 de los "));
  const auto longer = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 63 horas desde falta facultad persona
)",
                                 "derecho-que-caduca");
  EXPECT_THAT(Titles(longer, "derecho-que-caduca"), IsEmpty());
}

// Nobody arrives in a shift missed: the absence begins with it, at 14:00 of a Friday at the latest,
// and not at 18:00. That shift apart, there is no work until Monday at 08:00, 66 hours later.
TEST(LapsingRight, AnAbsenceBeginsWithItsShift) {
  const auto lapse =
      [](const std::string& term) {
        return Of(CheckTerms(R"(
hecho entrada en tramo excluye tramo_perdido
  hora: hora
hecho tramo_perdido en tramo excluye entrada
trámite aviso cita REG:2
  hito tramo_perdido
  hito descargo hasta )" + term + R"( desde tramo_perdido facultad persona
)",
                             "derecho-que-caduca"),
                  "derecho-que-caduca");
      };
  const auto day = lapse("24 horas");
  ASSERT_THAT(day, SizeIs(1));
  EXPECT_THAT(day[0].title.es, HasSubstr("puede vencer sin más horas de trabajo que las del tramo "
                                         "en que se falta"));
  // 261 working days of two entries; the Fridays are 52.
  EXPECT_THAT(day[0].explanation.es, HasSubstr("en 52 de los 522 comienzos"));
  EXPECT_THAT(day[0].explanation.es,
              HasSubstr("empieza el 2026-01-02 (viernes) a las 14:00, vence el 2026-01-03 (sábado) "
                        "a las 14:00 y se vuelve a trabajar el 2026-01-05 (lunes) a las 08:00"));
  EXPECT_TRUE(day[0].witness.replayed);
  EXPECT_THAT(lapse("66 horas"), SizeIs(1));
  EXPECT_THAT(lapse("67 horas"), IsEmpty());
}

// Nobody knows when people work on days of which no schedule says it.
TEST(LapsingRight, NoHourIsCountedWhereNoScheduleIsInForce) {
  CheckOptions options;
  options.year = 2026;
  options.only = {"derecho-que-caduca"};
  const std::string late = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2021-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00 vigente desde 2026-02-17
hecho falta en tramo
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 62 horas desde falta facultad persona
)";
  const auto found = CheckText(late, options).findings;
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].witness.facts[0].date.str(), "2026-02-20");
  EXPECT_THAT(found[0].explanation.es, HasSubstr("en 45 de los "));  // Fridays from that one on
}

// Another term of the procedure leads out of the calendar: the story is not known, and the finding
// is told without it.
TEST(LapsingRight, AStoryThatLeavesTheCalendarIsNotTold) {
  const std::string holidays = ::testing::TempDir() + "feriados-de-un-año.csv";
  base::Diagnostics diagnostics;
  {
    std::ofstream out(holidays);
    out << "fecha,ambito,nombre,base\n2026-12-25,NACIONAL,Navidad,\n2026-12-28,NACIONAL,puente,\n";
  }
  CheckOptions options;
  options.year = 2026;
  options.only = {"derecho-que-caduca"};
  const auto report = CheckText(kBasis + "feriados \"" + holidays + R"("
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 62 horas desde falta facultad persona
  hito resolución hasta 40 días hábiles desde falta obligación UDITH
)",
                                options);
  const auto found = Of(report, "derecho-que-caduca");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].explanation.es, HasSubstr("empieza el 2026-12-24"));
  EXPECT_FALSE(found[0].witness.replayed);
}

TEST(TermCycle, NothingSetsThemGoing) {
  const auto report = CheckTerms(R"(
trámite visto cita REG:2
  hito informe hasta 3 días desde dictamen obligación jefe
  hito dictamen hasta 2 días desde informe obligación asesor cita REG:3
)",
                                 "ciclo-de-plazos");
  EXPECT_THAT(Titles(report, "ciclo-de-plazos"),
              ElementsAre("se esperan unos a otros y nada los pone en marcha: «informe», "
                          "«dictamen»"));
  EXPECT_TRUE(Of(report, "ciclo-de-plazos")[0].witness.replayed);
}

TEST(TermCycle, SilentWhenSomethingOutsideDoes) {
  const auto report = CheckTerms(R"(
trámite visto cita REG:2
  hito falta
  hito informe hasta 3 días desde dictamen obligación jefe
  hito informe hasta 5 días desde falta obligación jefe
  hito dictamen hasta 2 días desde informe obligación asesor
trámite comisión cita REG:3
  hito viaje hasta 9 días desde solicitud obligación jefe
  hito solicitud 5 días antes de viaje obligación persona
)",
                                 "ciclo-de-plazos");
  EXPECT_THAT(Titles(report, "ciclo-de-plazos"), IsEmpty());
}

TEST(HoursAndDays, ADutyWithoutAnHourOfWorkAndTermsThatChangePlaces) {
  const auto report = CheckTerms(R"(
trámite permiso cita REG:2
  hito falta
  hito solicitud hasta 1 días hábiles desde falta facultad persona
  hito regularización hasta 60 horas desde falta obligación persona cita REG:3
)",
                                 "horas-y-días-hábiles");
  EXPECT_THAT(
      Titles(report, "horas-y-días-hábiles"),
      ::testing::UnorderedElementsAre(
          "«regularización» (REG:3, 60 horas desde falta) puede vencer sin una sola hora de "
          "trabajo para cumplirlo",
          "según el día, «regularización» en 60 horas desde falta vence antes o después que "
          "«solicitud» en 1 día hábil desde falta"));
}

TEST(HoursAndDays, TheEndOfAMonthIsWhenItIs) {
  // 31 January 2026 is a Saturday: 32 hours from its last minute end on Monday before work.
  const std::string month_end = R"(
trámite planilla cita REG:2
  hito cierre
  hito planilla hasta )";
  const auto report =
      CheckTerms(month_end + "32 horas desde cierre obligación jefe\n", "horas-y-días-hábiles");
  const auto found = Of(report, "horas-y-días-hábiles");
  ASSERT_THAT(found, SizeIs(1));
  // … and so from 28 February and 31 October, Saturdays, and from Friday 31 July, the longest
  // wait of the thirteen ends; Sunday 31 May and the rest have a day of work within.
  EXPECT_THAT(found[0].explanation.es, HasSubstr("en 4 de los 13 comienzos"));
  EXPECT_THAT(found[0].explanation.es, HasSubstr("2026-07-31 (viernes) a las 23:59"));
  EXPECT_THAT(found[0].witness.facts[0].description.es, "23:59 cierre");
}

TEST(HoursAndDays, SilentInBusinessDays) {
  const auto report = CheckTerms(R"(
trámite permiso cita REG:2
  hito falta
  hito solicitud hasta 1 días hábiles desde falta facultad persona
  hito regularización hasta 3 días hábiles desde falta obligación persona
  hito archivo hasta 90 horas desde falta obligación jefe
)",
                                 "horas-y-días-hábiles");
  // 90 hours always hold some of Monday, and always end after one business day … but not
  // always after three.
  EXPECT_THAT(Titles(report, "horas-y-días-hábiles"),
              ElementsAre("según el día, «archivo» en 90 horas desde falta vence antes o después "
                          "que «regularización» en 3 días hábiles desde falta"));
  const auto plain = CheckTerms(R"(
trámite permiso cita REG:2
  hito falta
  hito solicitud hasta 1 días hábiles desde falta facultad persona
)",
                                "horas-y-días-hábiles");
  EXPECT_THAT(Titles(plain, "horas-y-días-hábiles"), IsEmpty());
}

TEST(TermConsequence, NothingSaysWhatAMissCauses) {
  const auto report = CheckTerms(R"(
trámite permiso cita REG:2
  hito falta
  hito respuesta hasta 24 horas desde falta obligación jefe
  hito descargo hasta 2 días hábiles desde falta facultad persona cita REG:3
regla archiva cita REG:4 sobre falta entonces obligación jefe "archivar" en 5 días
)",
                                 "plazo-sin-consecuencia");
  EXPECT_THAT(Titles(report, "plazo-sin-consecuencia"),
              ::testing::UnorderedElementsAre(
                  "REG:2 fija plazo y nada dice qué pasa si vence: «respuesta» en 24 horas desde "
                  "falta (jefe)",
                  "REG:3 fija plazo y nada dice qué pasa si vence: «descargo» en 2 días hábiles "
                  "desde falta (persona)",
                  "REG:4 fija plazo y nada dice qué pasa si vence: archivar en 5 días calendario "
                  "(jefe)"));
}

TEST(TermConsequence, SilentWhenSaidOrSafeguardedOrOverruled) {
  const auto report = CheckTerms(R"(
hecho conducta en día
regla castigo cita REG:9 sobre conducta entonces descuento 1 día
trámite permiso cita REG:2
  hito falta
  hito respuesta hasta 24 horas desde falta obligación jefe si vence "se tiene por dado"
  hito informe hasta 3 días desde falta obligación asesor cita REG:3
  hito acta hasta 3 días desde falta obligación notario cita REG:5
  hito pago hasta 5 días desde falta obligación entidad cita REG:6
  hito pago hasta 9 días desde falta obligación entidad cita LEY:6 si vence "con multa"
regla responde cita REG:2 sobre falta entonces obligación jefe "responder" en 24 horas
tutela REG:3 con REG:9
tutela lo_demás de notario con REG:9
)",
                                 "plazo-sin-consecuencia");
  EXPECT_THAT(Titles(report, "plazo-sin-consecuencia"), IsEmpty());
}

TEST(TermStart, ATermWithoutAStartOrFromNothing) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito notificación hasta 48 horas obligación jefe
  hito notificación hasta 48 horas desde falta obligación jefe
  hito verificación
  hito informe hasta 3 días desde verificación obligación jefe cita REG:3
)",
                                 "plazo-sin-inicio");
  EXPECT_THAT(
      Titles(report, "plazo-sin-inicio"),
      ::testing::UnorderedElementsAre(
          "REG:2 fija plazo y no dice desde cuándo corre: «notificación» en 48 horas (jefe)",
          "REG:3 cuenta un plazo con algo que nada produce: «informe» en 3 días "
          "calendario desde verificación (jefe)"));
  for (const base::Finding& finding : Of(report, "plazo-sin-inicio")) {
    const bool supposes = finding.explanation.es.find("suposición") != std::string::npos;
    EXPECT_EQ(supposes, base::JoinCitations(finding.articles) == "REG:2");
  }
}

TEST(TermStart, SilentWhenEachTermHasAStart) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito notificación obligación jefe
  hito descargo hasta 72 horas desde notificación facultad persona
  hito archivo tras 3 días desde falta obligación jefe
  hito devolución hasta 3 días desde archivo obligación jefe
)",
                                 "plazo-sin-inicio");
  EXPECT_THAT(Titles(report, "plazo-sin-inicio"), IsEmpty());
}

TEST(Terms, WhatCannotBeCountedIsUnsupported) {
  CheckOptions options;
  options.year = 2026;
  options.only = {"plazos-incompatibles"};
  const auto report = CheckText(kBasis + R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 1/2 días desde falta facultad persona
)",
                                options);
  EXPECT_EQ(report.totals.unsupported, 1);
  EXPECT_EQ(report.totals.proved, 0);
}

// ---- The regulation ----------------------------------------------------------------

class RipTerms : public ::testing::Test {
 protected:
  static const base::CheckReport& Report() {
    static const base::CheckReport report = [] {
      CheckOptions options;
      options.year = 2026;
      options.only = {"plazos-incompatibles", "derecho-que-caduca",     "ciclo-de-plazos",
                      "horas-y-días-hábiles", "plazo-sin-consecuencia", "plazo-sin-inicio"};
      return Check(RipRules(), rules::BuildFamilies(RipRules()), options);
    }();
    return report;
  }

  static const base::Finding* Find(const std::string& code, const std::string& cited) {
    for (const base::Finding& finding : Report().findings) {
      if (finding.code == code && base::JoinCitations(finding.articles) == cited) return &finding;
    }
    return nullptr;
  }
};

TEST_F(RipTerms, NothingIsLeftOpenAndEveryDateWasCountedTwice) {
  EXPECT_EQ(Report().totals.unknown, 0);
  EXPECT_EQ(Report().totals.unsupported, 0);
  for (const base::Finding& finding : Report().findings) {
    EXPECT_TRUE(finding.witness.replayed || finding.code == "plazo-sin-inicio") << finding.title.es;
    if (finding.counterpart) {
      EXPECT_TRUE(finding.counterpart->replayed) << finding.title.es;
    }
  }
  EXPECT_THAT(Of(Report(), "ciclo-de-plazos"), IsEmpty());
}

TEST_F(RipTerms, TwentyFourHoursAgainstSeventyTwo) {
  const base::Finding* finding = Find("plazos-incompatibles", "RIP:26.II, RIP:51.I");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, base::FindingSeverity::Error);
  EXPECT_TRUE(finding->resolution.empty());
  ASSERT_THAT(finding->witness.answers, SizeIs(2));
  // Monday 5 January 2026: the first working day of the year.
  EXPECT_THAT(finding->witness.answers[0].description.es,
              HasSubstr("2026-01-08 (jueves) a las 08:30"));
  EXPECT_THAT(finding->witness.answers[1].description.es,
              HasSubstr("2026-01-06 (martes) a las 08:30"));
  EXPECT_THAT(finding->witness.answers[1].description.es, HasSubstr("no causa efecto"));
  EXPECT_TRUE(finding->witness.answers[0].stands);
  EXPECT_FALSE(finding->witness.answers[1].stands);
  // It is missed; it does not yield to the other, which nothing says to prevail.
  EXPECT_FALSE(finding->witness.answers[1].applies);
  EXPECT_THAT(finding->witness.answers[1].description.es, HasSubstr(", y aquí vence; si vence"));
}

TEST_F(RipTerms, TheRightToRegulariseMayLapseBeforeTheCommunication) {
  std::vector<base::Finding> found = Of(Report(), "derecho-que-caduca");
  std::erase_if(found, [](const base::Finding& finding) {
    return finding.title.es.find("antes de que llegue «comunicación»") == std::string::npos;
  });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(base::JoinCitations(found[0].articles), "RIP:51.I");
  // From when its term runs the text does not say: a warning, and it says so.
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Warning);
  EXPECT_THAT(found[0].explanation.es, HasSubstr("es una suposición"));
}

// Twenty-four hours from the beginning of the absence: from the last entry before Carnival, and the
// Friday afternoon itself apart, nobody works before the Wednesday.
TEST_F(RipTerms, TheAbsenceOfMedicalCareBeginsWithItsShift) {
  const base::Finding* finding = Find("derecho-que-caduca", "RIP:29");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->explanation.es, HasSubstr("empieza el 2026-02-13 (viernes) a las 14:30"));
  EXPECT_THAT(finding->explanation.es, HasSubstr("vence el 2026-02-14 (sábado) a las 14:30"));
  EXPECT_THAT(finding->explanation.es, HasSubstr("trabajar el 2026-02-18 (miércoles) a las 08:30"));
}

TEST_F(RipTerms, SeventyTwoHoursOverCarnivalHoldNoWork) {
  const base::Finding* finding = Find("derecho-que-caduca", "RIP:51.III, RIP:52");
  ASSERT_NE(finding, nullptr);
  // The longest wait of 2026: the term is over on Monday of Carnival, and work resumes on
  // Wednesday.
  EXPECT_THAT(finding->explanation.es, HasSubstr("2026-02-13 (viernes) a las 18:30"));
  EXPECT_THAT(finding->explanation.es, HasSubstr("2026-02-16 (lunes) a las 18:30"));
  EXPECT_THAT(finding->explanation.es, HasSubstr("2026-02-18 (miércoles) a las 08:30"));
}

TEST_F(RipTerms, TheEndOfOctoberLeavesNoHourToNotifyLateness) {
  const base::Finding* finding = Find("horas-y-días-hábiles", "RIP:51.II");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->explanation.es, AnyOf(HasSubstr("2026-10-31"), HasSubstr("2025-12-31")));
}

TEST_F(RipTerms, TermsWithoutAStart) {
  for (const char* cited : {"RIP:26.II", "RIP:29", "RIP:51.I", "RIP:51.II"}) {
    EXPECT_NE(Find("plazo-sin-inicio", cited), nullptr) << cited;
  }
}

TEST_F(RipTerms, TheLawSettlesTheTermsOfTheCertificateAndOfVacations) {
  for (const char* cited : {"DS25749:20.c, LEY2027:48.c, RIP:21.II.c",
                            "DS25749:20.c, LEY2027:48.c, RIP:31.III", "LEY2027:50, RIP:33.II.b"}) {
    const base::Finding* finding = Find("plazos-incompatibles", cited);
    ASSERT_NE(finding, nullptr) << cited;
    EXPECT_EQ(finding->severity, base::FindingSeverity::Information) << cited;
    EXPECT_THAT(finding->resolution.es, HasSubstr("LEY2027")) << cited;
  }
}

}  // namespace
}  // namespace cotejo::checks
