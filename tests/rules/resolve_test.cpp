// From declarations to the Ruleset: what each rule means once names, types and readings are fixed.
#include "model/rules/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/language/inline_norm.h"

namespace cotejo::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Facts and measures that most tests share; its last line is line 8.
const std::string kBasics = R"(norma N "Prueba"
hecho llegada en tramo
  hora: hora
hecho atraso derivado en tramo
  minutos: minutos
medida total por mes = suma(atraso.minutos)
hecho conducta)";

std::unique_ptr<InlineNorm> With(const std::string& declarations,
                                 const ReadingChoices& readings = {}) {
  return ResolveText(kBasics + "\n" + declarations, readings);
}

std::string GuardOf(const InlineNorm& norm, const std::string& name) {
  if (norm.rules == nullptr) return norm.rendered();
  for (const Rule& rule : norm.rules->rules) {
    if (rule.name == name)
      return rule.guard.valid() ? FormatExpr(*norm.rules, rule.guard) : "siempre";
  }
  return "no hay " + name;
}

const Measure& MeasureNamed(const InlineNorm& norm, const char* name) {
  return norm.rules->measure(norm.rules->FindMeasure(name));
}

// ---- types -----------------------------------------------------------------------

TEST(Types, MinutesDoNotCompareWithDays) {
  const auto norm = With("regla r sobre atraso por mes cuando total > 1 día entonces retiro");
  EXPECT_THAT(norm->codes(), ElementsAre("tipos"));
  EXPECT_THAT(norm->rendered(),
              HasSubstr("prueba.norma.md:9:37: error: se juntan minutos con días"));
}

TEST(Types, ABareNumberTakesTheUnitOfTheOtherSide) {
  EXPECT_EQ(GuardOf(*With("regla r sobre atraso por mes cuando total > 30 entonces retiro"), "r"),
            "total > 30 minutos");
  EXPECT_EQ(GuardOf(*With("regla r sobre atraso por mes cuando 30 < total entonces retiro"), "r"),
            "30 minutos < total");
  EXPECT_EQ(
      GuardOf(*With("regla r sobre atraso por mes cuando total en {1, 2} entonces retiro"), "r"),
      "total en {1 minuto, 2 minutos}");
}

TEST(Types, UnitsOfTimeAreMinutes) {
  EXPECT_EQ(GuardOf(*With("regla r sobre atraso por mes cuando total > 1 hora + 30 segundos "
                          "entonces retiro"),
                    "r"),
            "total > 3630 segundos");
}

TEST(Types, TheDifferenceOfTwoTimesIsMinutes) {
  EXPECT_EQ(
      GuardOf(*With("regla r sobre llegada cuando hora - hora_fijada > 5 entonces retiro"), "r"),
      "hora - hora_fijada > 5 minutos");
}

TEST(Types, AProductLendsNoUnit) {
  const auto norm = With("regla r sobre atraso por mes cuando total * total > 5 entonces retiro");
  EXPECT_THAT(norm->codes(), ElementsAre("tipos"));
}

TEST(Types, ADeductionIsInDays) {
  EXPECT_TRUE(With("regla r sobre conducta entonces descuento 1/2")->rules);
  EXPECT_THAT(With("regla r sobre conducta entonces descuento 30 minutos")->codes(),
              ElementsAre("tipos"));
}

TEST(Types, AnOverflowIsAnErrorAndNotAWrongNumber) {
  const auto norm = With("parámetro p = 999999999999 * 999999999999 * 999999999999");
  EXPECT_THAT(norm->codes(), ElementsAre("aritmética"));
  EXPECT_THAT(With("parámetro p = 123456789,5 horas")->codes(), ElementsAre());
}

TEST(Types, TruthsAreNotAddedUp) {
  EXPECT_THAT(With("hecho x\n  bueno: lógico\nmedida m por mes = suma(x.bueno)")->codes(),
              ElementsAre("tipos"));
}

// ---- names -----------------------------------------------------------------------

TEST(Names, TheNearestIsProposedWithItsAccents) {
  const auto norm = With(
      "medida días_perdidos por mes = cuenta(conducta)\n"
      "regla r sobre conducta cuando dias_perdido = 1 entonces retiro");
  EXPECT_THAT(norm->codes(), ElementsAre("nombre-desconocido"));
  EXPECT_THAT(norm->rendered(), HasSubstr("¿quiso decir «días_perdidos»?"));
}

TEST(Names, OfTwoEqualOnesTheSecondIsTheError) {
  const auto norm = With("parámetro total = 5");
  EXPECT_THAT(norm->codes(), ElementsAre("nombre-repetido"));
  // Parameters are declared before measures, so it is the measure that comes second.
  EXPECT_THAT(norm->rendered(), HasSubstr("prueba.norma.md:7:8"));
  EXPECT_THAT(norm->rendered(), HasSubstr("la primera vez en prueba.norma.md:9"));
}

TEST(Names, TwoEnumerationsOfOneName) {
  const auto norm = ResolveText("enumeración e = a, b\nenumeración E = c");
  EXPECT_THAT(norm->codes(), ElementsAre("nombre-repetido"));
  EXPECT_THAT(norm->rendered(), HasSubstr("la primera vez en prueba.norma.md:2"));
}

TEST(Names, AWindowShowsNoFieldOfItsFacts) {
  EXPECT_THAT(With("regla r sobre atraso por mes cuando minutos > 1 entonces retiro")->codes(),
              ElementsAre("nombre-desconocido"));
  EXPECT_EQ(GuardOf(*With("regla r sobre atraso cuando minutos > 1 entonces retiro"), "r"),
            "minutos > 1 minuto");
}

TEST(Names, SeveralMistakesAreAllReported) {
  const auto norm = With(
      "regla a sobre atrazo entonces retiro\n"
      "regla b sobre conducta cuando xxxx entonces retiro\n"
      "regla c sobre conducta falta levísima entonces retiro");
  EXPECT_THAT(norm->codes(),
              ElementsAre("hecho-desconocido", "nombre-desconocido", "clase-desconocida"));
}

TEST(Names, AnErrorCarriesItsArticle) {
  const auto norm = With("regla b cita N:45.I sobre conducta cuando xxxx entonces retiro");
  EXPECT_THAT(norm->rendered(), HasSubstr("(N:45.I) [nombre-desconocido]"));
}

// ---- circles ---------------------------------------------------------------------

TEST(Circles, ADefinitionOfItself) {
  EXPECT_THAT(With("define d de persona = d + 1")->codes(), ElementsAre("definición-circular"));
}

TEST(Circles, DefinitionsThatDoubleEndWithAnError) {
  std::string text = "dato x: veces = 1\ndefine d0 de persona = x + x";
  for (int i = 1; i <= 60; ++i) {
    const std::string before = "d" + std::to_string(i - 1);
    text += "\ndefine d" + std::to_string(i) + " de persona = " + before + " * " + before;
  }
  EXPECT_THAT(ResolveText(text)->codes(), ElementsAre("expresión-enorme"));
}

TEST(Circles, AFaultThatCountsForItself) {
  const auto norm = With(
      "medida vez por gestión = cuenta(conducta)\n"
      "regla r sobre llegada cuando vez = 1 establece conducta");
  EXPECT_THAT(norm->codes(), ElementsAre("dependencia-circular"));
}

TEST(Circles, QualificationsThatFeedEachOther) {
  const auto norm = With(
      "hecho otra derivado\ncalifica conducta como otra\n"
      "califica otra como conducta");
  EXPECT_THAT(norm->codes(), ElementsAre("dependencia-circular"));
}

TEST(Circles, OrderFollowsWhatEachStepNeeds) {
  const auto norm = With(
      "medida vez por gestión = cuenta(conducta)\n"
      "regla última sobre conducta cuando vez = 2 entonces proceso\n"
      "regla primera sobre atraso por mes cuando total > 30 entonces retiro establece conducta\n"
      "califica llegada como atraso con minutos = hora - hora_fijada");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  std::vector<std::string> order;
  for (const Step& step : norm->rules->steps) {
    order.push_back(step.rule.valid() ? norm->rules->rule(step.rule).name
                                      : norm->rules->qualification(step.qualification).name);
  }
  EXPECT_THAT(
      order, ElementsAre("llegada como atraso", "primera", "primera establece conducta", "última"));
}

// ---- parameters, readings, files -------------------------------------------------

TEST(Parameters, TheValueInForceOnADate) {
  const auto norm = With("parámetro p desde 2024-01-01 = 5 minutos, desde 2025-03-01 = 10 minutos");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  const ParameterId p = norm->rules->FindParameter("p");
  EXPECT_EQ(norm->rules->ParameterOn(p, *base::ParseDate("2023-12-31")), std::nullopt);
  EXPECT_EQ(norm->rules->ParameterOn(p, *base::ParseDate("2024-01-01")), Rational(5));
  EXPECT_EQ(norm->rules->ParameterOn(p, *base::ParseDate("2025-02-28")), Rational(5));
  EXPECT_EQ(norm->rules->ParameterOn(p, *base::ParseDate("2025-03-01")), Rational(10));
}

// A rule that says since when, and not until when, is over when its norm is.
TEST(InForce, WhatARuleDoesNotSayIsItsNorms) {
  const auto norm = ResolveText(
      "norma N \"Prueba\" vigente desde 2024-01-01 hasta 2026-06-30\nhecho conducta\n"
      "regla a cita N:1 sobre conducta vigente desde 2025-03-01 entonces retiro\n"
      "regla b cita N:2 sobre conducta vigente desde 2025-03-01 hasta 2027-12-31 entonces retiro\n"
      "regla c cita N:3 sobre conducta entonces retiro");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  const auto days = [&](const char* name) {
    const auto& all = norm->rules->rules;
    const Rule& rule =
        *std::find_if(all.begin(), all.end(), [&](const Rule& r) { return r.name == name; });
    return InForceOf(*norm->rules, rule.norm, rule.from, rule.to);
  };
  EXPECT_EQ(days("a").from, Date(2025, 3, 1));
  EXPECT_EQ(days("a").to, Date(2026, 6, 30));
  EXPECT_EQ(days("b").to, Date(2027, 12, 31));
  EXPECT_EQ(days("c").from, Date(2024, 1, 1));
  EXPECT_EQ(days("c").to, Date(2026, 6, 30));
}

// What is in force of a gestión on some of its days only, and the first one that has none of it.
TEST(InForce, TheFirstGestionInWhichAllIs) {
  const auto part_of = [](const InlineNorm& norm, int year) {
    return DescribePartlyInForce(*norm.rules, Date(year, 1, 1), Date(year, 12, 31));
  };
  struct Dates {
    const char* rules;
    int whole;
    const char* part_of_2026;
  };
  const Dates all[] = {
      {"", 2024, ""},
      {"regla a cita N:1 sobre conducta vigente desde 2025-03-01 entonces retiro", 2026, ""},
      {"regla a cita N:1 sobre conducta vigente desde 2026-01-01 entonces retiro", 2026, ""},
      {"regla a cita N:1 sobre conducta vigente desde 2026-03-01 entonces retiro", 2027,
       "N:1 desde el 2026-03-01"},
      {"regla a cita N:1 sobre conducta vigente desde 2027-02-01 entonces retiro", 2028,
       "N:1 desde el 2027-02-01"},
      // Over before the gestión, at its end, and in it.
      {"regla a cita N:1 sobre conducta vigente desde 2020-01-01 hasta 2023-06-30 entonces retiro",
       2024, ""},
      {"regla a cita N:1 sobre conducta vigente desde 2024-01-01 hasta 2026-12-31 entonces retiro",
       2024, ""},
      {"regla a cita N:1 sobre conducta vigente desde 2024-01-01 hasta 2024-06-30 entonces retiro",
       2025, ""},
      // One takes the place of another, that is one line for both.
      {"regla a cita N:1 sobre conducta vigente desde 2020-01-01 hasta 2026-06-30 entonces retiro\n"
       "regla b cita N:1 sobre conducta vigente desde 2026-07-01 entonces destitución",
       2027, "N:1 hasta el 2026-06-30, desde el 2026-07-01"},
  };
  for (const Dates& dates : all) {
    const auto norm = ResolveText(
        "norma N \"Prueba\" vigente desde 2024-01-01\nhecho conducta\n"
        "regla siempre cita N:2 sobre conducta entonces destitución\n" +
        std::string(dates.rules));
    ASSERT_NE(norm->rules, nullptr) << norm->rendered();
    EXPECT_EQ(FirstFullGestion(*norm->rules), dates.whole) << dates.rules;
    EXPECT_EQ(part_of(*norm, 2026).es, dates.part_of_2026) << dates.rules;
    EXPECT_TRUE(part_of(*norm, dates.whole).empty()) << dates.rules;
  }
  // What has no dates but its norm's is told by the norm.
  const auto norm = ResolveText(
      "norma N \"Prueba\" vigente desde 2026-05-02\nhecho conducta\n"
      "regla una cita N:1 sobre conducta entonces retiro\n"
      "regla otra cita N:2 sobre conducta entonces retiro");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  EXPECT_EQ(part_of(*norm, 2026).es, "N desde el 2026-05-02");
  EXPECT_EQ(part_of(*norm, 2025).en, "N from 2026-05-02");
  EXPECT_EQ(FirstFullGestion(*norm->rules), 2027);
  // The dates of a scale are its own, though its rows are of another norm, of long before.
  const auto scale = ResolveText(
      "jerarquía ley > reglamento\n"
      "norma L \"Ley\" rango ley vigente desde 1999-10-27\n"
      "norma R \"Reglamento\" rango reglamento vigente desde 2026-02-17\n"
      "hecho conducta\n  veces: veces entre 1 y 9\n"
      "escala una cita R:1 sobre conducta según veces vigente desde 2026-02-17\n"
      "  | 1 .. 2 | retiro      | cita L:49\n"
      "  | 3 ..   | destitución | cita L:50\n");
  ASSERT_NE(scale->rules, nullptr) << scale->rendered();
  EXPECT_EQ(part_of(*scale, 2026).es, "R desde el 2026-02-17");
  // Of a period, the ends that leave a part of it out.
  const auto of = [&](Date first, Date last) {
    return DescribePartlyInForce(*norm->rules, first, last).es;
  };
  EXPECT_EQ(of(Date(2026, 5, 2), Date(2026, 5, 31)), "");
  EXPECT_EQ(of(Date(2026, 5, 1), Date(2026, 5, 31)), "N desde el 2026-05-02");
}

const std::string kReading = R"(lectura cómputo cita N:1
  total (supuesta): "todo"
  exceso: "lo que pasa"
regla a sobre conducta bajo cómputo.total entonces retiro
regla b sobre conducta bajo cómputo.exceso entonces retiro
regla c sobre atraso por mes cuando bajo cómputo.exceso y total > 5 entonces retiro)";

std::vector<std::string> RuleNames(const InlineNorm& norm) {
  std::vector<std::string> names;
  for (const Rule& rule : norm.rules->rules) names.push_back(rule.name);
  return names;
}

TEST(Readings, TheAssumedOneHoldsUnlessAnotherIsChosen) {
  const auto assumed = With(kReading);
  ASSERT_NE(assumed->rules, nullptr) << assumed->rendered();
  EXPECT_THAT(RuleNames(*assumed), ElementsAre("a", "c"));
  EXPECT_EQ(GuardOf(*assumed, "c"), "no");
  EXPECT_EQ(assumed->rules->ReadingAssignment(), "cómputo = total");

  const auto other = With(kReading, {{"COMPUTO", "exceso"}});
  ASSERT_NE(other->rules, nullptr) << other->rendered();
  EXPECT_THAT(RuleNames(*other), ElementsAre("b", "c"));
  EXPECT_EQ(GuardOf(*other, "c"), "total > 5 minutos");
  EXPECT_EQ(other->rules->ReadingAssignment(), "cómputo = exceso");
  EXPECT_EQ(other->rules->readings[0].assumed, 0);
}

TEST(Readings, AChoiceThatDoesNotExistIsAnError) {
  EXPECT_THAT(With(kReading, {{"cómputa", "exceso"}})->codes(), ElementsAre("lectura-desconocida"));
  EXPECT_THAT(With(kReading, {{"cómputo", "poco"}})->codes(), ElementsAre("opción-desconocida"));
}

TEST(Files, AMissingFileIsToldWhereItIsAskedFor) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const std::string folder = std::string(COTEJO_SOURCE_DIR) + "/tests/language/corpus/";
  const auto regulation = LoadRegulation(sources, folder + "err_usa.norma.md", {}, diagnostics);
  EXPECT_EQ(regulation.rules, nullptr);
  ASSERT_EQ(diagnostics.errors(), 2U);
  EXPECT_EQ(sources.place(diagnostics.all()[0].span).line, 2);
}

TEST(Files, TheRegulationResolvesUnderEachReading) {
  const std::string path = std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025";
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto assumed = LoadRegulation(sources, path, {}, diagnostics);
  ASSERT_NE(assumed.rules, nullptr)
      << Render(diagnostics.all().front(), sources, base::Language::Spanish);
  EXPECT_TRUE(diagnostics.all().empty());
  EXPECT_GT(assumed.rules->rules.size(), 50U);
  for (const Reading& reading : assumed.rules->readings) {
    for (const ReadingOption& option : reading.options) {
      base::SourceMap again;
      EXPECT_NE(LoadRegulation(again, path, {{reading.name, option.name}}, diagnostics).rules,
                nullptr)
          << reading.name << "." << option.name;
    }
  }
}

// ---- what the instrument can express ---------------------------------------------

// The step inferred for a measure of minutes, when an arrival has this step and makes minutes so.
Rational InstrumentStep(const std::string& field_step, const std::string& minutes) {
  const auto norm =
      ResolveText("norma N \"Prueba\"\nhecho llegada en tramo\n  hora: hora" + field_step +
                  "\nhecho atraso derivado en tramo\n  minutos: minutos\n"
                  "horario h cita N:1 tramos 08:30 a 12:30\nparámetro tolerancia = 5 minutos\n"
                  "medida total por mes = suma(atraso.minutos)\n"
                  "califica llegada como atraso con minutos = " +
                  minutes);
  EXPECT_NE(norm->rules, nullptr) << norm->rendered();
  return norm->rules == nullptr ? Rational(-1) : MeasureNamed(*norm, "total").instrument_step;
}

TEST(InstrumentStep, IsInferredFromTheFieldsThatAreAddedUp) {
  const std::string late = "máx(0, hora - hora_fijada - tolerancia)";
  EXPECT_EQ(InstrumentStep(" en pasos de 1 segundo", late), Rational(1, 60));
  EXPECT_EQ(InstrumentStep(" en pasos de 30 segundos", late), Rational(1, 2));
  EXPECT_EQ(InstrumentStep(" en pasos de 1 minuto", late), Rational(0));  // the same as the norm's
  EXPECT_EQ(InstrumentStep(" en pasos de 5 minutos", late), Rational(0));
}

TEST(InstrumentStep, FollowsFactorsAndConditions) {
  EXPECT_EQ(InstrumentStep(" en pasos de 1 minuto", "(hora - hora_fijada) / 4"), Rational(1, 4));
  EXPECT_EQ(InstrumentStep(" en pasos de 1 minuto", "1/2 * (hora - hora_fijada)"), Rational(1, 2));
  EXPECT_EQ(InstrumentStep(" en pasos de 1 minuto",
                           "si hora > 09:00 entonces 20 segundos sino hora - hora_fijada"),
            Rational(1, 3));
  EXPECT_EQ(InstrumentStep(" en pasos de 1 segundo", "piso(hora - hora_fijada)"), Rational(0));
}

TEST(InstrumentStep, NothingIsClaimedOfAnUnstatedStep) {
  EXPECT_EQ(InstrumentStep("", "hora - hora_fijada - 30 segundos"), Rational(0));
}

// ---- scales ----------------------------------------------------------------------

TEST(Scales, Policies) {
  const auto norm = With(
      "escala a cita N:1 sobre conducta\n  || retiro |\n"
      "escala b cita N:1 sobre conducta política primera\n  || retiro |\n"
      "escala c cita N:1 sobre conducta política acumula parcial\n  || retiro |");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  EXPECT_EQ(norm->rules->scales[0].policy, HitPolicy::Unique);
  EXPECT_EQ(norm->rules->scales[1].policy, HitPolicy::First);
  EXPECT_EQ(norm->rules->scales[2].policy, HitPolicy::Accumulate);
  EXPECT_FALSE(norm->rules->scales[0].partial);
  EXPECT_TRUE(norm->rules->scales[2].partial);
}

TEST(Scales, ARangeTheWrongWayRound) {
  const auto norm =
      With("escala e cita N:1 sobre atraso por mes según total\n  | 46 .. 45 | retiro |");
  EXPECT_THAT(norm->codes(), ElementsAre("rango-invertido"));
  EXPECT_THAT(norm->rendered(), HasSubstr("prueba.norma.md:10:5"));
}

TEST(Scales, TheClassOfAFaultIsTheRowsOrElseTheScales) {
  const auto norm = With(
      "escala e cita N:1 sobre atraso por mes según total falta leve\n"
      "  | 1 .. 9   | sin sanción     |\n"
      "  | 10 .. 19 | descuento 1 día |\n"
      "  | 20 ..    | proceso         | falta gravísima cita N:1.b");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  EXPECT_EQ(norm->rules->rules[0].fault, FaultClass::None);  // no sanction, no fault
  EXPECT_EQ(norm->rules->rules[1].fault, FaultClass::Minor);
  EXPECT_EQ(norm->rules->rules[2].fault, FaultClass::VerySerious);
  EXPECT_EQ(norm->rules->rules[1].citation.str(), "N:1");
  EXPECT_EQ(norm->rules->rules[2].citation.str(), "N:1.b");
  EXPECT_EQ(norm->rules->rules[2].name, "e[3]");
}

TEST(Scales, ARowEstablishesWhatItsRangeAndConditionSay) {
  const auto norm = With(
      "hecho aviso\n  nivel: veces\n"
      "escala e cita N:1 sobre atraso por mes según total\n"
      "  | 10 .. | retiro | cuando total < 20 salvo total = 15 cita N:2 "
      "establece aviso con nivel = 3");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  ASSERT_EQ(norm->rules->qualifications.size(), 1U);
  const Qualification& q = norm->rules->qualifications[0];
  EXPECT_EQ(q.from_rule, RuleId(0));
  EXPECT_EQ(FormatExpr(*norm->rules, q.guard), "total >= 10 minutos y total < 20 minutos");
  ASSERT_EQ(q.exceptions.size(), 1U);
  EXPECT_EQ(q.exceptions[0].citation.str(), "N:2");
  EXPECT_EQ(norm->rules->kind(q.target).name, "aviso");
  EXPECT_EQ(FormatExpr(*norm->rules, q.fields[0].value), "3");
}

TEST(Scales, ARowUnderAnotherReadingIsLeftOut) {
  const std::string text = kReading +
                           "\nescala e cita N:1 sobre conducta\n"
                           "  || retiro  | bajo cómputo.total\n"
                           "  || proceso | bajo cómputo.exceso";
  const auto assumed = With(text);
  ASSERT_NE(assumed->rules, nullptr) << assumed->rendered();
  ASSERT_EQ(assumed->rules->scales[0].rows.size(), 1U);
  EXPECT_EQ(assumed->rules->rule(assumed->rules->scales[0].rows[0]).name, "e[1]");
  const auto other = With(text, {{"cómputo", "exceso"}});
  EXPECT_EQ(other->rules->rule(other->rules->scales[0].rows[0]).name, "e[2]");
}

TEST(Edits, DoNotGoAmongTheNorms) {
  const auto norm = With("agrega parámetro p = 1");
  EXPECT_THAT(norm->codes(), ElementsAre("edición-fuera-de-lugar"));
  EXPECT_EQ(norm->rules, nullptr);
}

}  // namespace
}  // namespace cotejo::rules
