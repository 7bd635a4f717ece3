// Cases that the usual hours settle and other permitted hours leave open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/rip_report.h"

namespace cotejo::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Two shifts, or one of seven hours when the instruction is read as in force.
const std::string kHours = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
norma INS "Instrucción de prueba" rango reglamento vigente desde 2020-01-01
lectura horas cita INS:1
  partidas (supuesta): "rige el horario partido"
  corridas: "rige el horario corrido"
horario partido cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
  para no bajo horas.corridas
horario corrido cita INS:1 tramos 08:00 a 15:00
  para bajo horas.corridas
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho falta_mala derivado en tramo
  días: días
medida total por mes cita REG:2 = suma(falta_mala.días) en pasos de 1/2 día
)";

const std::string kByShift = R"(
califica falta como falta_mala cita REG:2 con días = días
)";
const std::string kByLength = R"(
califica falta como falta_mala cita REG:2
  con días = si hora_de_salida - hora_fijada >= 7 horas entonces 1 día sino días
)";
const std::string kRemoval = R"(
regla abandono cita REG:3 sobre falta_mala por mes
  cuando total >= 2
  entonces destitución
)";

base::CheckReport Schedules(const std::string& norma) {
  return CheckReadings("caso-sin-horario", norma);
}

// With the regulation itself read under those options.
std::vector<base::Finding> SchedulesUnder(const std::string& norma,
                                          const rules::ReadingChoices& choices) {
  const auto text = ReadRules(norma);
  Otherwise otherwise(text->sources, text->files);
  const auto rules = otherwise(choices);
  if (!rules) {
    ADD_FAILURE() << "it cannot be read so";
    return {};
  }
  const rules::Families families = rules::BuildFamilies(*rules);
  CheckOptions options;
  options.only = {"caso-sin-horario"};
  return Check({*rules, families, &text->files, nullptr,
                [&](const rules::ReadingChoices& other) { return otherwise(other); }},
               options)
      .findings;
}

TEST(Schedule, AWholeDayOfOneShiftIsHalfADay) {
  const auto report = Schedules(kHours + kByShift + kRemoval);
  ExpectSound(report);
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Finding& finding = report.findings[0];
  EXPECT_EQ(finding.severity, base::FindingSeverity::Warning);
  EXPECT_EQ(finding.title.es,
            "bajo el horario «corrido», la jornada entera de «falta» cuenta 1/2 día y no 1 día");
  // Two days of two shifts are two days: removal. Of one shift, one day: nothing.
  EXPECT_THAT(finding.explanation.es,
              HasSubstr("Con 2 jornadas seguidas: ninguna consecuencia, en vez de destitución"));
  EXPECT_THAT(finding.witness.facts, SizeIs(2));
  ASSERT_TRUE(finding.counterpart);
  EXPECT_THAT(finding.counterpart->facts, SizeIs(4));
  EXPECT_EQ(base::JoinCitations(finding.articles), "INS:1, REG:2, REG:3");
}

TEST(Schedule, OneDayIsToldInTheSingular) {
  const auto report = Schedules(kHours + kByShift + R"(
escala faltas cita REG:3 sobre falta_mala por mes según total
  | 1/2  | amonestación verbal |
  | 1 .. | amonestación escrita |
)");
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_THAT(report.findings[0].explanation.es,
              HasSubstr("Con una jornada: amonestación verbal, en vez de amonestación escrita"));
}

TEST(Schedule, SilentWhenADayIsADayUnderBoth) {
  const auto report = Schedules(kHours + kByLength + kRemoval);
  EXPECT_THAT(report.findings, IsEmpty());
  ASSERT_THAT(report.queries, SizeIs(1));
  EXPECT_EQ(report.queries[0].name, "caso-sin-horario/corrido/jornada entera de falta");
  EXPECT_EQ(report.queries[0].verdict, base::Verdict::Proved);
  EXPECT_EQ(report.queries[0].evidence, base::Evidence::Enumerated);
}

// The length of a shift matters only where one is as long as the day.
TEST(Schedule, AReadingThatMattersUnderTheseHoursAlone) {
  const std::string reading = R"(
lectura media cita REG:2
  por_tramo (supuesta): "faltar a un tramo es medio día"
  por_duración: "faltar a un tramo de siete horas es un día"
)";
  const auto report = Schedules(kHours + reading + R"(
califica falta como falta_mala cita REG:2
  con días = si bajo media.por_tramo entonces días
             sino si hora_de_salida - hora_fijada >= 7 horas entonces 1 día sino días
regla aviso cita REG:3 sobre falta_mala por mes cuando total >= 1 entonces amonestación verbal
)");
  std::vector<std::string> titles;
  for (const auto& finding : report.findings) titles.push_back(finding.title.es);
  std::sort(titles.begin(), titles.end());
  EXPECT_THAT(titles,
              ElementsAre("bajo el horario «corrido», la jornada entera de «falta» cuenta 1/2 día "
                          "y no 1 día",
                          "sólo bajo el horario «corrido», una jornada de «falta» da «ninguna "
                          "consecuencia» o «amonestación verbal» según cómo se lea «media»"));
  // One that changes the answer under the usual hours too is no matter of the schedule.
  const auto both = Schedules(kHours + reading + R"(
califica falta como falta_mala cita REG:2
  con días = si bajo media.por_tramo entonces días sino 1 día
regla aviso cita REG:3 sobre falta_mala por mes cuando total >= 1 entonces amonestación verbal
regla más cita REG:3 sobre falta_mala por mes cuando total >= 2 entonces amonestación escrita
)");
  for (const auto& finding : both.findings) {
    EXPECT_THAT(finding.title.es, ::testing::Not(HasSubstr("sólo bajo")));
  }
}

const std::string kTwoWays = R"(
lectura media cita REG:2
  por_tramo (supuesta): "faltar a un tramo es medio día"
  por_duración: "faltar a un tramo de siete horas es un día"
califica falta como falta_mala cita REG:2
  con días = si bajo media.por_tramo entonces días
             sino si hora_de_salida - hora_fijada >= 7 horas entonces 1 día sino días
regla aviso cita REG:3 sobre falta_mala por mes cuando total >= 1 entonces amonestación verbal
)";

// Half a day or one, of the continuous hours alone: under either option it is the same question.
TEST(Schedule, ADifferenceBetweenTwoOptionsIsOneUnderBoth) {
  const auto only = [](const std::vector<base::Finding>& findings) {
    std::vector<std::string> ids;
    for (const base::Finding& finding : findings) {
      if (finding.title.es.starts_with("sólo bajo")) ids.push_back(finding.id);
    }
    return ids;
  };
  const auto assumed = only(SchedulesUnder(kHours + kTwoWays, {}));
  ASSERT_THAT(assumed, SizeIs(1));
  EXPECT_EQ(only(SchedulesUnder(kHours + kTwoWays, {{"media", "por_duración"}})), assumed);
}

// When the instruction is in force the usual hours are its own, and the difference is the same.
TEST(Schedule, WhicheverHoursAreUsualTheDifferenceIsOne) {
  const auto assumed = SchedulesUnder(kHours + kByShift + kRemoval, {});
  const auto other = SchedulesUnder(kHours + kByShift + kRemoval, {{"horas", "corridas"}});
  ASSERT_THAT(assumed, SizeIs(1));
  ASSERT_THAT(other, SizeIs(1));
  EXPECT_EQ(other[0].title.es,
            "bajo el horario «partido», la jornada entera de «falta» cuenta 1 día y no 1/2 día");
  EXPECT_EQ(other[0].id, assumed[0].id);
}

// Who works at a distance has the continuous hours under one option, and none of them under the
// other: a day of theirs has no two meanings.
TEST(Schedule, AReadingThatTakesTheHoursAwayIsNotAMeaningOfThem) {
  const std::string norma = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
dato remoto: lógico = no
lectura horas cita REG:4
  partidas (supuesta): "todos tienen el horario partido"
  corridas: "quien trabaja a distancia tiene el corrido"
horario partido cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
  para no (remoto y bajo horas.corridas)
horario corrido cita REG:4 tramos 08:00 a 15:00 para remoto y bajo horas.corridas
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho falta_mala derivado en tramo
  días: días
medida total por mes cita REG:2 = suma(falta_mala.días) en pasos de 1/2 día
)";
  // The one shift is a day, and of the two each is half: a whole day is one under both. The same
  // absence from the first shift is half a day under the other option, but of the other hours.
  EXPECT_THAT(SchedulesUnder(norma + kByLength + kRemoval + R"(
escala faltas cita REG:3 sobre falta_mala por mes según total
  | 1/2 | amonestación verbal |
  | 1   | amonestación escrita |
)",
                             {{"horas", "corridas"}}),
              IsEmpty());
}

// In force for those who work at a distance: the witness is one of them.
TEST(Schedule, HoursOfSomePersonsAreLookedAtToo) {
  const std::string norma = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
dato remoto: lógico = no
horario partido cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00 para no remoto
horario corrido cita REG:4 tramos 08:00 a 15:00 para remoto
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
regla abandono cita REG:3 sobre falta por mes cuando total >= 2 entonces destitución
)";
  const auto report = Schedules(norma);
  ASSERT_THAT(report.findings, SizeIs(1));
  ASSERT_THAT(report.findings[0].witness.person, SizeIs(1));
  EXPECT_EQ(report.findings[0].witness.person[0].es, "remoto: sí");
  EXPECT_EQ(base::JoinCitations(report.findings[0].articles), "REG:3, REG:4");
}

// ---- Whose hours -----------------------------------------------------------------

const std::string kOffices = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
enumeración oficina = centro, norte, sur
dato oficina: oficina = centro
dato remoto: lógico = no
horario partido cita REG:1.I tramos 08:00 a 12:00, 14:00 a 18:00 para oficina en {PARTIDO}
horario tarde cita REG:1.II tramos 08:00 a 12:00, 15:00 a 19:00 para oficina en {TARDE} RESTO
hecho falta en tramo
)";

base::CheckReport Offices(const std::string& divided, const std::string& late,
                          const std::string& rest = "") {
  std::string norma = kOffices;
  norma.replace(norma.find("PARTIDO"), 7, divided);
  norma.replace(norma.find("TARDE"), 5, late);
  norma.replace(norma.find("RESTO"), 5, rest);
  const auto text = ReadRules(norma);
  if (!text->rules) return {};
  Otherwise otherwise(text->sources, text->files);
  CheckOptions options;
  options.only = {"caso-sin-horario"};
  options.year = 2020;
  return Check({*text->rules, text->families, &text->files, nullptr,
                [&](const rules::ReadingChoices& choices) { return otherwise(choices); }},
               options);
}

std::vector<base::Finding> Whose(const base::CheckReport& report) {
  std::vector<base::Finding> found = Of(report, "caso-sin-horario");
  std::erase_if(found, [](const base::Finding& finding) {
    return finding.title.es.rfind("ningún horario", 0) != 0 &&
           finding.title.es.rfind("dos horarios", 0) != 0;
  });
  return found;
}

base::Verdict VerdictOfWhose(const base::CheckReport& report) {
  for (const base::QueryRecord& query : report.queries) {
    if (query.name == "caso-sin-horario/un horario para cada persona y día") return query.verdict;
  }
  ADD_FAILURE() << "not asked";
  return base::Verdict::Unknown;
}

TEST(WhoseHours, SilentWhenEachOfficeHasOne) {
  const auto report = Offices("centro, norte", "sur");
  ExpectSound(report);
  EXPECT_THAT(Whose(report), IsEmpty());
  EXPECT_EQ(VerdictOfWhose(report), base::Verdict::Proved);
}

TEST(WhoseHours, AnOfficeThatNoScheduleReaches) {
  const auto report = Offices("centro", "sur");
  ExpectSound(report);
  const auto found = Whose(report);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es, "ningún horario para oficina: norte");
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Error);
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:1.I, REG:1.II");
  ASSERT_THAT(found[0].witness.person, SizeIs(1));
  EXPECT_EQ(found[0].witness.person[0].es, "oficina: norte");
  ASSERT_THAT(found[0].witness.answers, SizeIs(2));
  EXPECT_EQ(found[0].witness.answers[0].description.es,
            "de 08:00 a 12:00, de 14:00 a 18:00: no le alcanza");
  EXPECT_EQ(VerdictOfWhose(report), base::Verdict::Refuted);
  // With another office besides it is another finding: to suppress one is not to hide the other.
  const auto more = Whose(Offices("centro", "centro"));
  for (const base::Finding& finding : more) EXPECT_NE(finding.id, found[0].id);
}

TEST(WhoseHours, AnOfficeThatTwoReach) {
  const auto report = Offices("centro, norte", "norte, sur");
  ExpectSound(report);
  const auto found = Whose(report);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es, "dos horarios, «partido» y «tarde», para oficina: norte");
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Warning);
  EXPECT_THAT(found[0].explanation.es, HasSubstr("Se aplica «partido»"));
  // Of those who work from home alone.
  const auto remote = Whose(Offices("centro, norte", "norte, sur", "y (remoto o oficina = sur)"));
  ASSERT_THAT(remote, SizeIs(1));
  EXPECT_EQ(remote[0].title.es,
            "dos horarios, «partido» y «tarde», para oficina: norte, remoto: sí");
}

// From July on the north has no hours.
TEST(WhoseHours, AScheduleThatEndsWithinTheYear) {
  const auto report = Offices("centro", "sur", R"(
horario del_norte cita REG:1.III tramos 07:00 a 15:00 para oficina = norte
  vigente desde 2020-01-01 hasta 2020-06-30)");
  const auto found = Whose(report);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es, "ningún horario para oficina: norte, del 2020-07-01 al 2020-12-31");
  ASSERT_FALSE(found[0].witness.answers.empty());
  EXPECT_EQ(found[0].witness.answers[0].date.str(), "2020-07-01");
}

// Who is first declared is told from the others on purpose: the special hours are the ones meant.
TEST(WhoseHours, TheSpecialOverTheGeneralIsNoDefect) {
  EXPECT_THAT(Whose(Offices("norte", "centro, norte, sur")), IsEmpty());
  // The other way round the special ones never rule.
  const auto found = Whose(Offices("centro, norte, sur", "norte"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es, "dos horarios, «partido» y «tarde», para oficina: norte");
}

// ---- The regulation itself -------------------------------------------------------

TEST(RipSchedule, EachPersonHasOneEachDay) {
  EXPECT_THAT(Whose(CheckedRip().report), IsEmpty());
  EXPECT_EQ(VerdictOfWhose(CheckedRip().report), base::Verdict::Proved);
}

// By hand: three whole days of the continuous hours are three shifts, 1½ days, which no row takes;
// of the discontinuous hours they are three days in a row, and that is abandonment.
TEST(RipSchedule, ADayOfContinuousHoursIsNotSaid) {
  for (const auto& [removal, kind] :
       {std::pair{"RIP:48.1", "«inasistencia»"}, std::pair{"RIP:47.III.2", "«ausencia»"}}) {
    const auto found =
        OfRip("caso-sin-horario", {"CONV2025_P3:condiciones.1", "INST20250313:1", removal});
    ASSERT_THAT(found, SizeIs(1)) << removal;
    EXPECT_THAT(found[0].title.es, HasSubstr(std::string("la jornada entera de ") + kind +
                                             " cuenta 1/2 día y no 1 día"));
    EXPECT_THAT(found[0].explanation.es, HasSubstr("Con 3 jornadas seguidas: ninguna regla para"));
    EXPECT_THAT(found[0].witness.facts, SizeIs(3));
    EXPECT_THAT(found[0].counterpart->facts, SizeIs(6));
  }
  EXPECT_THAT(Of(CheckedRip().report, "caso-sin-horario"), SizeIs(3));
}

}  // namespace
}  // namespace cotejo::checks
