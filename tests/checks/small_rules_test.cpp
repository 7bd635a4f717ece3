// Each finding code: a case that fires, one that stays silent, and what must not be claimed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Contradictions, gaps and overlaps; the other checks have tests of their own.
base::CheckReport CheckThree(const std::string& norma, CheckOptions options = {}) {
  options.only = {"contradicción", "conflicto-resuelto", "hueco",
                  "granularidad",  "solapamiento",       "doble-sanción"};
  return CheckText(norma, options);
}

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
medida seguidas por mes cita REG:2 = racha(falta.días >= 1 día)
medida veces_del_mes por mes cita REG:2 = cuenta(falta)
)";

// ---- hueco -----------------------------------------------------------------------

TEST(Gap, EachUncoveredIntervalOnce) {
  const auto report = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 .. 3   | descuento 1 día |
  | 4 ..     | descuento 3 días |
)");
  ExpectSound(report);
  EXPECT_THAT(Regions(report, "hueco"), ElementsAre("total: 1 1/2 días", "total: 3 1/2 días"));
  EXPECT_EQ(report.totals.unknown, 0);
  // Three half days: the witness is as small as it can be.
  EXPECT_THAT(Of(report, "hueco")[0].witness.facts.size(), ::testing::AnyOf(3U, 7U));
}

// A history made from what is asked shows it: the solver is put no question.
TEST(Gap, ThatAMadeHistoryShowsIsNotAskedAbout) {
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  options.only = {"hueco"};
  const auto report = CheckText(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 2 | sin sanción     |
  | 3 ..     | descuento 1 día |
regla seguidas_dos cita REG:4 sobre falta por mes
  cuando total = 2½ y seguidas >= 2 entonces descuento 2 días
)",
                                options);
  ExpectSound(report);
  EXPECT_THAT(Regions(report, "hueco"),
              ElementsAre("total: 2 1/2 días; seguidas: de 0 a 1 1/2 días"));
  EXPECT_THAT(Of(report, "hueco")[0].witness.facts, SizeIs(5));  // on every other day
  EXPECT_THAT(log.Scripts(), IsEmpty());
}

// Whether a case falls in a gap does not hang on rows elsewhere: moving one of them asks nothing.
TEST(Gap, IsAskedAboutWithoutTheRulesThatCannotTakeIt) {
  const auto scripts = [](const std::string& last) {
    smt::Log log;
    CheckOptions options;
    options.log = &log;
    options.only = {"hueco"};
    ExpectSound(CheckText(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según veces_del_mes
  | 1 .. 3 | sin sanción      | cuando total <= 5
  | 4 ..   | sin sanción      |
regla otra cita REG:4 sobre falta por mes
  cuando veces_del_mes >= )" + last +
                              R"( entonces descuento 3 días
)",
                          options));
    std::string text;
    for (const smt::Script& script : log.Scripts()) text += script.text;
    return text;
  };
  EXPECT_FALSE(scripts("7").empty());
  EXPECT_EQ(scripts("7"), scripts("9"));
}

// The gaps of a text, and how many questions the sweep did not settle by itself.
std::pair<std::vector<std::string>, std::ptrdiff_t> GapsAndAsked(const std::string& norma) {
  CheckOptions options;
  options.only = {"hueco"};
  const auto report = CheckText(kBasis + norma, options);
  ExpectSound(report);
  const auto asked = std::count_if(
      report.queries.begin(), report.queries.end(),
      [](const auto& query) { return query.check == "hueco" && query.engine != "barrido"; });
  return {Regions(report, "hueco"), asked};
}

// What passes the tolerance is more than nothing: there is nothing to ask about zero minutes. Less
// five minutes more of grace, it may be nothing, and no row takes that.
TEST(Gap, KnowsWhatTheConditionOfAFactLeavesOfItsFields) {
  const auto gaps = [](const std::string& minutes, const std::string& more = "") {
    return GapsAndAsked(R"(
parámetro tolerancia cita REG:3 = 5 minutos
medida minutos_del_mes por mes cita REG:3 = suma(atraso.minutos) en pasos de 1 minuto
califica llegada como atraso cita REG:3
  cuando hora > hora_fijada + tolerancia
  con minutos = )" + minutes +
                        more +
                        R"(
escala atrasos cita REG:4 sobre atraso por mes según minutos_del_mes
  | 1 .. 30 | sin sanción     |
  | 31 ..   | descuento 1 día |
)");
  };
  EXPECT_THAT(gaps("hora - hora_fijada - tolerancia"), ::testing::Pair(IsEmpty(), 0));
  EXPECT_THAT(gaps("(hora - hora_fijada - tolerancia) / 2"), ::testing::Pair(IsEmpty(), 0));
  EXPECT_THAT(gaps("hora - hora_fijada - tolerancia - 5 minutos"),
              ::testing::Pair(ElementsAre("minutos del mes: hasta 0 minutos"), 1));
  // The least of all the ways to have such a fact is what counts.
  EXPECT_THAT(
      gaps("hora - hora_fijada", "\ncalifica falta como atraso cita REG:3 con minutos = 0 minutos"),
      ::testing::Pair(ElementsAre("minutos del mes: 0 minutos"), 1));
}

// A month of two days is itself one more time: where it is, times are not none.
TEST(Gap, KnowsThatWhatASubjectIsCharacterisedAsIsCounted) {
  const auto gaps = [](const std::string& rest) {
    return GapsAndAsked(R"(
hecho colmo derivado en día
medida vez por gestión cita REG:4 = cuenta(colmo)
califica falta por mes como colmo cita REG:4
  cuando total >= 2)" + rest +
                        R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1½ | sin sanción     |
  | 2 ..      | descuento 1 día | cuando vez >= 1
)");
  };
  EXPECT_THAT(gaps(""), ::testing::Pair(IsEmpty(), 0));
  EXPECT_THAT(gaps("\n  salvo remoto cita REG:4"),
              ::testing::Pair(ElementsAre("total: 2 días o más; vez: 0"), 1));
  EXPECT_THAT(gaps(" y seguidas < 1"),
              ::testing::Pair(ElementsAre("total: 2 días o más; vez: 0"), 1));
}

// That somebody must be told of two days and a half, or has a rest for them, does not say what
// sanction they bring. That they bring none does, and so does what else they are.
TEST(Gap, IsNotClosedByWhatSpeaksOfSomethingElse) {
  const auto gaps = [](const std::string& consequence) {
    return CheckThree(kBasis + R"(
hecho colmo derivado en día
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 2 | sin sanción     |
  | 3 ..     | descuento 1 día |
regla otra cita REG:4 sobre falta por mes
  cuando total >= 2)" +
                      consequence);
  };
  for (const char* other :
       {" entonces obligación UDITH \"comunicar\"", " entonces derecho descanso 1 día",
        " entonces facultad UDITH \"aclarar\""}) {
    const auto report = gaps(other);
    ExpectSound(report);
    ASSERT_THAT(Regions(report, "hueco"), ElementsAre("total: 2 1/2 días")) << other;
    const base::Finding gap = Of(report, "hueco")[0];
    EXPECT_EQ(gap.title.es,
              "la escala «faltas» no dice nada de falta por mes con total: 2 1/2 días");
    EXPECT_EQ(base::JoinCitations(gap.articles), "REG:3");
  }
  for (const char* answer :
       {" entonces sin sanción", " entonces amonestación verbal", " establece colmo"}) {
    const auto report = gaps(answer);
    ExpectSound(report);
    EXPECT_THAT(Regions(report, "hueco"), IsEmpty()) << answer;
  }
}

// A scale of sanctions and one of rests over the same days: neither answers for the other, and a
// rule that gives a rest answers for the second alone.
TEST(Gap, EachScaleAnswersInItsOwnRespect) {
  const auto report = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 2 | sin sanción, obligación UDITH "anotar" |
  | 3 ..     | descuento 1 día                        |
escala descansos cita REG:5 sobre falta por mes según total
  | 1/2 .. 1 | derecho descanso 1 día |
  | 2 .. 4   | derecho descanso 2 días |
regla más cita REG:6 sobre falta por mes
  cuando total > 4
  entonces derecho descanso 3 días, obligación UDITH "anotar"
)");
  ExpectSound(report);
  EXPECT_THAT(Regions(report, "hueco"), ElementsAre("total: 1 1/2 días", "total: 2 1/2 días"));
  std::vector<base::Finding> found = Of(report, "hueco");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_NE(found[0].id, found[1].id);
  for (const base::Finding& gap : found) {
    const bool of_rests = gap.region.front().es == "total: 1 1/2 días";
    EXPECT_THAT(gap.title.es, testing::HasSubstr(of_rests ? "«descansos»" : "«faltas»"));
  }
}

TEST(Gap, SilentWhenRowsMeet) {
  const auto report = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1½ | sin sanción     |
  | 2 ..      | descuento 1 día |
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.totals.proved, report.totals.planned);
}

TEST(Gap, NeighboursOnBothSidesAreCited) {
  const auto report = CheckThree(kBasis + R"(
escala leves cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
regla graves cita REG:4 sobre falta por mes
  cuando total >= 2
  entonces descuento 4 días
)");
  ASSERT_THAT(Of(report, "hueco"), SizeIs(1));
  EXPECT_EQ(base::JoinCitations(Of(report, "hueco")[0].articles), "REG:3, REG:4");
}

TEST(Gap, TheArticleOfTheScaleIsCitedWithThoseOfItsRows) {
  const auto report = CheckThree(kBasis + R"(
escala leves cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción         | cita REG:4
  | 2 .. 3   | amonestación verbal | cita REG:5
)");
  ASSERT_THAT(Of(report, "hueco"), Not(IsEmpty()));
  const base::Finding between = Of(report, "hueco")[0];
  EXPECT_EQ(base::JoinCitations(between.articles), "REG:3, REG:4, REG:5");
  EXPECT_THAT(between.explanation.es, testing::HasSubstr("las vecinas (REG:4, REG:5)"));
}

TEST(Gap, PartialScalesAndUnreachableValuesAreNotGaps) {
  const auto partial = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total parcial
  | 2 .. 3   | descuento 1 día |
)");
  EXPECT_THAT(partial.findings, IsEmpty());
  // A run of two whole days cannot leave a total below two.
  const auto reached = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes
  | | sin sanción     | cuando seguidas < 2
  | | descuento 1 día | cuando total >= 2 y seguidas >= 2
)");
  ExpectSound(reached);
  EXPECT_THAT(reached.findings, IsEmpty());
  EXPECT_EQ(reached.totals.unknown, 0);
}

TEST(Gap, AnAbsentAttributeIsACase) {
  const auto report = CheckThree(kBasis + R"(
dato grado: veces opcional entre 1 y 3
escala faltas cita REG:3 sobre falta por mes según grado
  | 1 .. 3 | sin sanción |
)");
  ExpectSound(report);
  EXPECT_THAT(Regions(report, "hueco"), ElementsAre("sin valor de grado"));
}

TEST(Gap, AFamilyTooLargeToSweepIsLeftToTheSolver) {
  CheckOptions options;
  options.cell_budget = 2;
  const auto report = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 ..     | descuento 1 día |
)",
                                 options);
  ExpectSound(report);
  EXPECT_THAT(Regions(report, "hueco"), ElementsAre("total: 1 1/2 días"));
}

// ---- granularidad ----------------------------------------------------------------

const std::string kLate = kBasis + R"(
califica llegada como atraso cita REG:5 cuando hora > hora_fijada con minutos = hora - hora_fijada
medida minutos_del_mes por mes cita REG:5 = suma(atraso.minutos) en pasos de 1 minuto
)";

TEST(Granularity, SecondsBetweenRows) {
  const auto report = CheckThree(kLate + R"(
escala atrasos cita REG:6 sobre atraso por mes según minutos_del_mes
  | 1 .. 30 | sin sanción     |
  | 31 ..   | descuento 1 día |
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "hueco"), IsEmpty());
  EXPECT_THAT(Regions(report, "granularidad"),
              ElementsAre("minutos del mes: más de 0 minutos y menos de 1 minuto",
                          "minutos del mes: más de 30 y menos de 31 minutos"));
}

// Beyond fifty minutes the month is itself one more time: between sixty and sixty-one there may
// have been one or two, never none.
TEST(Granularity, ACountOfTheCaseItselfIsNotSaidToBeNone) {
  const auto report = CheckThree(kLate + R"(
hecho mes_largo derivado en día
califica atraso por mes como mes_largo cita REG:7 cuando minutos_del_mes > 50
medida veces por gestión cita REG:7 = cuenta(mes_largo)
regla breve cita REG:6 sobre atraso por mes cuando minutos_del_mes <= 60 entonces sin sanción
escala atrasos cita REG:6 sobre atraso por mes según minutos_del_mes
  | 61 .. | descuento 1 día |
regla tercera cita REG:7 sobre atraso por mes
  cuando minutos_del_mes > 50 y veces >= 3 entonces destitución
)");
  EXPECT_THAT(Regions(report, "granularidad"),
              ElementsAre("minutos del mes: más de 60 y menos de 61 minutos; veces: de 1 a 2"));
}

TEST(Granularity, SilentWhenRowsTouch) {
  const auto report = CheckThree(kLate + R"(
escala atrasos cita REG:6 sobre atraso por mes
  | | sin sanción     | cuando minutos_del_mes <= 30
  | | descuento 1 día | cuando minutos_del_mes > 30
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
}

// ---- contradicción ---------------------------------------------------------------

// Four days cost two in either row; where the rows share more than that bound, five cost two or two
// and a half, and three cost two or one and a half.
TEST(Contradiction, OfComputedAmountsIsOneOnlyWhereTheyDiffer) {
  const auto found = [](const std::string& last, const std::string& first) {
    const auto report = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. )" + last + " | descuento 2 días |\n  | " +
                                   first + " .. | descuento total / 2 |\n");
    ExpectSound(report);
    return Of(report, "contradicción");
  };
  const auto touch = found("4", "4");
  ASSERT_THAT(touch, SizeIs(1));
  EXPECT_EQ(touch[0].severity, base::FindingSeverity::Warning);
  EXPECT_EQ(touch[0].title.es,
            "REG:3 y REG:3 calculan cada una su cuantía para un mismo caso de falta por mes, y en "
            "el testigo coinciden");
  const auto above = found("5", "4");
  ASSERT_THAT(above, SizeIs(1));
  EXPECT_EQ(above[0].severity, base::FindingSeverity::Error);
  EXPECT_THAT(above[0].title.es, HasSubstr("ordenan cosas incompatibles"));
  EXPECT_THAT(above[0].witness.facts, SizeIs(10));  // five days by halves
  const auto below = found("4", "3");
  ASSERT_THAT(below, SizeIs(1));
  EXPECT_EQ(below[0].severity, base::FindingSeverity::Error);
  EXPECT_THAT(below[0].witness.facts, SizeIs(6));
}

TEST(Contradiction, TwoAmountsForOneMonth) {
  const auto report = CheckThree(kBasis + R"(
regla una cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes >= 3 entonces destitución
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "contradicción"), SizeIs(1));
  const base::Finding finding = Of(report, "contradicción")[0];
  EXPECT_EQ(finding.severity, base::FindingSeverity::Error);
  EXPECT_EQ(base::JoinCitations(finding.articles), "REG:7, REG:8");
  EXPECT_THAT(finding.witness.facts, SizeIs(4));
  EXPECT_THAT(finding.witness.answers, SizeIs(2));
  EXPECT_TRUE(finding.resolution.empty());
}

// What counts the months before is met by doing the same in each of them.
TEST(Contradiction, AtTheThirdTimeIsShownByThreeMonths) {
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  options.only = {"contradicción"};
  const auto report = CheckText(kBasis + R"(
hecho conducta
medida vez por gestión cita REG:4 = cuenta(conducta)
califica falta por mes como conducta cita REG:4
  cuando total = 2 y seguidas < 2
regla tercera cita REG:5 sobre conducta cuando vez = 3 entonces destitución
regla dos cita REG:6 sobre falta por mes
  cuando total = 2 y no remoto entonces descuento 2 días
)",
                                options);
  ExpectSound(report);
  ASSERT_THAT(Of(report, "contradicción"), SizeIs(1));
  EXPECT_THAT(Of(report, "contradicción")[0].witness.facts, SizeIs(12));  // two days a month
  EXPECT_THAT(log.Scripts(), IsEmpty());
}

// The third time of one thing that is the first of another: the months before count in one way
// alone, which a month of few days does by itself, and one of two days in a row only beyond five.
TEST(Contradiction, OfCountsKeptApartIsShownByMonthsOfOneWayAlone) {
  const std::string two_ways = kBasis + R"(
hecho seguida derivado en día
hecho suma derivado en día
medida vez_seguida por gestión cita REG:4 = cuenta(seguida)
medida vez_suma por gestión cita REG:4 = cuenta(suma)
califica falta por mes como seguida cita REG:4
  cuando seguidas = 2
califica falta por mes como suma cita REG:4
  cuando total entre 2 y 5
)";
  for (const std::string& clash :
       {std::string("cuando vez_suma = 3 entonces destitución\n"
                    "regla otra cita REG:6 sobre falta por mes\n"
                    "  cuando seguidas = 2 y vez_seguida = 1 entonces descuento 2 días\n"),
        std::string("cuando seguidas = 2 y vez_seguida = 3 entonces destitución\n"
                    "regla otra cita REG:6 sobre falta por mes\n"
                    "  cuando total entre 2 y 5 y vez_suma = 1 entonces descuento 2 días\n")}) {
    smt::Log log;
    CheckOptions options;
    options.log = &log;
    options.only = {"contradicción"};
    const auto report =
        CheckText(two_ways + "regla una cita REG:5 sobre falta por mes\n  " + clash, options);
    ExpectSound(report);
    EXPECT_THAT(Of(report, "contradicción"), SizeIs(1)) << clash;
    EXPECT_THAT(log.Scripts(), IsEmpty()) << clash;
  }
}

TEST(Contradiction, SettledByRankSaysWhoPrevails) {
  const auto report = CheckThree(kBasis + R"(
regla una cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días
regla otra cita LEY:8 sobre falta por mes cuando veces_del_mes >= 3 entonces destitución
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "contradicción"), IsEmpty());
  ASSERT_THAT(Of(report, "conflicto-resuelto"), SizeIs(1));
  const base::Finding finding = Of(report, "conflicto-resuelto")[0];
  EXPECT_EQ(finding.severity, base::FindingSeverity::Information);
  EXPECT_THAT(finding.resolution.es, HasSubstr("prevalece LEY:8"));
  EXPECT_THAT(finding.resolution.es, HasSubstr("mayor rango"));
}

// The witness is told in whole minutes where it can be; there is no minute after this second.
TEST(Contradiction, AtTheLastSecondOfTheDayIsToldWithIt) {
  const auto report = CheckThree(kBasis + R"(
hecho salida en tramo
  hora: hora en pasos de 1 segundo
regla última cita REG:6 sobre salida cuando hora >= 23:59:59 entonces descuento 1 día
regla tardía cita REG:7 sobre salida cuando hora > hora_de_salida + 2 horas entonces descuento 2 días
)");
  ExpectSound(report);
  const auto found = Of(report, "contradicción");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].witness.facts[0].description.es, HasSubstr("23:59:59"));
  EXPECT_THAT(found[0].witness.csv, HasSubstr("23:59:59"));
}

// Half a day missed is told as such where it may be: with a punch forgotten in the only shift of
// the day it may not.
TEST(Contradiction, IsNotToldWithFactsThatExcludeEachOther) {
  const auto report = CheckThree(R"(
norma REG "Reglamento de prueba" vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 16:00
hecho llegada en tramo
  hora: hora entre 00:00 y 23:59 en pasos de 1 minuto
  avisada: lógico = no
hecho falta en tramo excluye llegada
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho olvido en tramo excluye falta
hecho media_falta derivado en tramo
califica llegada como media_falta cita REG:2 cuando hora > hora_fijada
califica falta como media_falta cita REG:2
medida faltas por mes cita REG:2 = cuenta(media_falta)
medida olvidos por mes cita REG:2 = cuenta(olvido)
regla una cita REG:3 sobre media_falta por mes
  cuando faltas >= 1 y olvidos >= 1 entonces descuento 1 día
regla otra cita REG:4 sobre media_falta por mes
  cuando olvidos >= 1 y faltas <= 3 entonces descuento 2 días
)");
  ExpectSound(report);
  const auto found = Of(report, "contradicción");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].witness.csv, HasSubstr(",olvido,"));
  EXPECT_THAT(found[0].witness.csv, HasSubstr(",llegada,"));
  EXPECT_THAT(found[0].witness.csv, Not(HasSubstr(",falta,")));
}

TEST(Contradiction, SilentWhenConditionsExcludeEachOther) {
  const auto report = CheckThree(kBasis + R"(
regla una cita REG:7 sobre falta por mes cuando total <= 2 entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando seguidas >= 3 entonces destitución
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.totals.unknown, 0);
}

TEST(Contradiction, TheSolverSeesWhatTheSweepCannot) {
  // Four facts of half a day are two days: as free numbers the two conditions could meet.
  const auto report = CheckThree(kBasis + R"(
regla una cita REG:7 sobre falta por mes cuando total < 2 entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes >= 4 entonces destitución
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  const auto z3 = std::count_if(report.queries.begin(), report.queries.end(),
                                [](const auto& q) { return q.engine == "z3"; });
  EXPECT_EQ(z3, 1);
  EXPECT_EQ(report.totals.proved, report.totals.planned);
}

TEST(Contradiction, CountsAcrossMonthsThroughDerivedFacts) {
  const auto report = CheckThree(kBasis + R"(
hecho mes_grave derivado en día
califica falta por mes como mes_grave cita REG:9 cuando total >= 1
medida meses_graves por gestión cita REG:9 = cuenta(mes_grave)
regla tercera cita REG:10 sobre falta por mes cuando meses_graves >= 3 entonces destitución
regla siempre cita REG:11 sobre mes_grave entonces descuento 1 día
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "contradicción"), SizeIs(1));
  EXPECT_EQ(base::JoinCitations(Of(report, "contradicción")[0].articles), "REG:9, REG:10, REG:11");
  EXPECT_THAT(Of(report, "contradicción")[0].witness.facts, SizeIs(6));
}

TEST(Contradiction, RowsOfPrimeraAndAcumulaDoNotClash) {
  for (const char* policy : {"primera", "acumula"}) {
    const auto report = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total política )" +
                                   policy + R"(
  | 1/2 .. | descuento 1 día  |
  | 2 ..   | descuento 3 días |
)");
    ExpectSound(report);
    EXPECT_THAT(report.findings, IsEmpty()) << policy;
  }
}

// What counts from the second bad month on is one behind the bad months: its second time is
// the third of them, and never the second.
TEST(Contradiction, KnowsThatACountBegunLateIsBehind) {
  const auto found = [](const std::string& time, const std::string& from = "2",
                        const std::string& more = "") {
    CheckOptions options;
    options.only = {"contradicción"};
    const auto report = CheckText(kBasis + R"(
enumeración clase = ajena, reiterada
hecho ofensa en día
  clase: clase
califica falta por mes como mes_malo cita REG:3
  cuando total >= 2
hecho mes_malo derivado en día
medida vez_mala por gestión cita REG:3 = cuenta(mes_malo)
medida vez por gestión cita REG:3 = cuenta(ofensa del mismo clase)
califica falta por mes como ofensa cita REG:3
  cuando total >= 2 y vez_mala >= )" + from +
                                      R"(
  con clase = reiterada
)" + more + R"(
regla segunda_ofensa cita REG:4 sobre ofensa
  cuando vez = 2 y clase = reiterada entonces descuento 3 días
regla mes_repetido cita REG:5 sobre falta por mes
  cuando total >= 2 y vez_mala = )" + time +
                                      R"( entonces descuento 1 día
)",
                                  options);
    ExpectSound(report);
    const auto asked = std::count_if(report.queries.begin(), report.queries.end(),
                                     [](const auto& query) { return query.engine != "barrido"; });
    return std::pair(Of(report, "contradicción").size(), asked > 0);
  };
  EXPECT_EQ(found("2"), std::pair(0UL, false));
  EXPECT_EQ(found("3"), std::pair(1UL, true));
  EXPECT_EQ(found("2", "1"), std::pair(1UL, true));
  EXPECT_EQ(found("4", "3"), std::pair(1UL, true));
  EXPECT_EQ(found("3", "3"), std::pair(0UL, false));
  // Offences of the same class that come from elsewhere keep no such distance.
  EXPECT_EQ(found("2", "2", R"(
califica llegada como ofensa cita REG:3
  cuando hora > 09:00
  con clase = reiterada
)"),
            std::pair(1UL, true));
}

// ---- solapamiento ----------------------------------------------------------------

TEST(Overlap, TwoRowsWithOneOutcome) {
  const auto report = CheckThree(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 2 | descuento 1 día |
  | 2 .. 3   | descuento 1 día |
  | 3½ ..    | destitución     |
)");
  ExpectSound(report);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].code, "solapamiento");
  EXPECT_EQ(report.findings[0].severity, base::FindingSeverity::Warning);
  EXPECT_THAT(Regions(report, "solapamiento"), ElementsAre("total: 2 días"));
}

const std::string kTwice = kBasis + R"(
medida minutos_del_mes por mes cita REG:5 = suma(atraso.minutos) en pasos de 1 minuto
regla por_atraso cita REG:5 sobre atraso por mes entonces descuento 1 día
regla por_falta cita REG:6 sobre media_falta por mes entonces descuento 2 días
)";

TEST(Overlap, OneFactCharacterisedTwice) {
  const auto report = CheckThree(kTwice + R"(
califica llegada como atraso cita REG:7 cuando hora > hora_fijada con minutos = hora - hora_fijada
califica llegada como media_falta cita REG:8 cuando hora > hora_fijada + 30 minutos
)");
  ExpectSound(report);
  ASSERT_THAT(Of(report, "doble-sanción"), SizeIs(1));  // both sanctions stand
  const base::Finding finding = Of(report, "doble-sanción")[0];
  EXPECT_EQ(finding.severity, base::FindingSeverity::Error);
  EXPECT_EQ(base::JoinCitations(finding.articles), "REG:5, REG:6, REG:7, REG:8");
  EXPECT_THAT(finding.witness.facts, SizeIs(1));
}

TEST(Overlap, SilentWhenTheCharacterisationsExcludeEachOther) {
  const auto report = CheckThree(kTwice + R"(
califica llegada como atraso cita REG:7 cuando hora > hora_fijada y hora <= hora_fijada + 30 minutos
  con minutos = hora - hora_fijada
califica llegada como media_falta cita REG:8 cuando hora > hora_fijada + 30 minutos
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.totals.unknown, 0);
}

TEST(Overlap, WhatARuleEstablishesIsNotASecondName) {
  const auto report = CheckThree(kBasis + R"(
hecho reincidencia derivado en día
regla cada_falta cita REG:5 sobre falta entonces descuento 1 día establece reincidencia
regla otra cita REG:6 sobre reincidencia cuando veces_del_mes >= 2 entonces descuento 1 día
califica falta como media_falta cita REG:7
regla por_media cita REG:8 sobre media_falta por mes entonces descuento 2 días
)");
  ExpectSound(report);
  EXPECT_THAT(Of(report, "solapamiento"), IsEmpty());
}

// ---- What cannot be claimed ------------------------------------------------------

TEST(Limits, NothingIsProvedOfASubjectThatCannotExist) {
  CheckOptions options;
  options.only = {"regla-muerta", "supuesto-vacío"};
  const auto report = CheckText(kBasis + R"(
califica falta como media_falta cita REG:4 cuando total < 0
regla una cita REG:5 sobre media_falta por mes cuando veces_del_mes >= 1 entonces descuento 1 día
regla otra cita REG:6 sobre media_falta por mes cuando veces_del_mes >= 2 entonces destitución
)",
                                options);
  ExpectSound(report);
  EXPECT_THAT(report.findings, testing::Not(IsEmpty()));  // what rests on the absurd is said
}

TEST(Limits, WhatIsNotEncodedIsUnsupportedAndSaysSo) {
  const auto report = CheckThree(kBasis + R"(
regla cada_falta cita REG:5 sobre falta entonces descuento 1 día
medida descontado por mes cita LEY:1 = suma(sanción.días)
regla tope cita LEY:1 sobre sanción por mes cuando descontado > 6 entonces prohibición entidad "descontar"
regla venia cita LEY:2 sobre sanción por mes cuando descontado > 9 entonces permiso entidad "descontar"
)");
  ExpectSound(report);
  EXPECT_GT(report.totals.unsupported, 0);
}

TEST(Limits, AResourceLimitEndsInUnknownNeverInAPass) {
  CheckOptions options;
  options.rlimit = 1;
  const auto report = CheckThree(kBasis + R"(
regla una cita REG:7 sobre falta por mes cuando total < 2 entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes >= 4 entonces destitución
)",
                                 options);
  ExpectSound(report);
  EXPECT_EQ(report.totals.unknown, 1);
}

TEST(Report, QueriesAreLoggedAndProgressIsCounted) {
  Progress progress;
  smt::Log log;
  CheckOptions options;
  options.log = &log;
  options.progress = &progress;
  const auto report = CheckThree(kBasis + R"(
regla una cita REG:7 sobre falta por mes cuando total < 2 entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes >= 4 entonces destitución
)",
                                 options);
  EXPECT_EQ(progress.planned.load(), report.totals.planned);
  EXPECT_EQ(progress.done.load(), report.totals.planned);
  const std::vector<smt::Script> scripts = log.Scripts();
  ASSERT_FALSE(scripts.empty());
  EXPECT_THAT(scripts[0].text, HasSubstr("(check-sat)"));
}

TEST(Report, EveryFindingCodeHasItsPage) {
  for (const std::string& code : FindingCodes()) {
    const std::string path =
        std::string(COTEJO_SOURCE_DIR) + "/docs/comprobaciones/" + base::Fold(code) + ".md";
    std::ifstream in(path);
    ASSERT_TRUE(in) << path;
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    EXPECT_THAT(text, HasSubstr("`" + code + "`")) << path;
    for (const char* heading : {"## Qué significa", "## Ejemplo", "## Cómo se remedia"}) {
      EXPECT_THAT(text, HasSubstr(heading)) << path;
    }
  }
  for (const CheckDescriptor& check : AllChecks()) {
    EXPECT_TRUE(std::ifstream(std::string(COTEJO_SOURCE_DIR) + "/" + check.page)) << check.page;
  }
}

// Interrupted before the first question: nothing is called proved that was not asked.
TEST(Checks, AStoppedRunIsUndecided) {
  const std::string norma =
      "jerarquía ley\nnorma N \"norma\" rango ley\nhecho falta\n  horas: veces entre 1 y 9\n"
      "escala e cita N:1 sobre falta según horas\n"
      "| 1 .. 4 | amonestación verbal |\n| 4 .. 7 | amonestación escrita |\n";
  CheckOptions options;
  options.only = {"contradicción", "hueco"};
  EXPECT_EQ(CheckText(norma, options).totals.refuted, 2);  // 4 has two rows; 8 and 9 none
  const std::atomic<bool> stop{true};
  options.stop = &stop;
  const base::CheckReport stopped = CheckText(norma, options);
  EXPECT_TRUE(stopped.findings.empty());
  EXPECT_EQ(stopped.totals.refuted, 0);
  EXPECT_EQ(stopped.totals.unknown, 2);
}

}  // namespace
}  // namespace cotejo::checks
