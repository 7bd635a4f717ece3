// What the golden texts must keep saying, whoever writes them again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/language/corpus.h"

namespace cotejo::corpus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// "code line:column" of each diagnostic.
std::vector<std::string> Facts(const std::string& name) {
  const Outcome outcome = RunFile(name);
  std::vector<std::string> facts;
  for (std::size_t i = 0; i < outcome.codes.size(); ++i) {
    facts.push_back(outcome.codes[i] + " " + std::to_string(outcome.places[i].line) + ":" +
                    std::to_string(outcome.places[i].column));
  }
  return facts;
}

TEST(CorpusFacts, TenMistakesGiveTenLocatedErrors) {
  EXPECT_THAT(
      Facts("diez_errores"),
      ElementsAre("rango-desconocido 7:30", "sintaxis 8:38", "tipos 9:30",
                  "ventana-desconocida 10:18", "hecho-desconocido 11:43", "rango-invertido 18:5",
                  "consecuencia-desconocida 19:15", "nombre-desconocido 22:17",
                  "declaración-desconocida 24:1", "fecha-inválida 26:17"));
  const Outcome outcome = RunFile("diez_errores");
  EXPECT_EQ(outcome.rules, nullptr);
  for (const char* near :
       {"«decreto»", "«minutos»", "«mes»", "«conducta»", "«hora_fijada»", "«regla»"})
    EXPECT_THAT(outcome.text, HasSubstr(std::string("¿quiso decir ") + near + "?"));
  EXPECT_THAT(outcome.text, HasSubstr("(N:45.I) [rango-invertido]\n"
                                      "   18 |   | 30 .. 1 | sin sanción |\n"
                                      "      |     ^~~~~~~\n"));
}

TEST(CorpusFacts, ErrorsHaveNoRulesAndGoodFilesNoDiagnostics) {
  for (const std::string& name : Names()) {
    const bool bad = name.starts_with("err_") || name == "diez_errores";
    const Outcome outcome = RunFile(name);
    EXPECT_EQ(outcome.rules == nullptr, bad) << name;
    EXPECT_EQ(outcome.codes.empty(), !bad && !name.starts_with("aviso_")) << name;
    EXPECT_THAT(outcome.untranslated, testing::IsEmpty()) << name;
  }
}

TEST(CorpusFacts, WhatIsMissingIsShownAtTheEndOfItsLine) {
  EXPECT_THAT(Facts("err_filas"), ElementsAre("sintaxis 5:25", "sintaxis 6:12", "sintaxis 7:24",
                                              "consecuencia-desconocida 8:14", "sintaxis 9:8"));
}

TEST(CorpusFacts, LostBlocksAreErrors) {
  EXPECT_THAT(Facts("err_bloques"),
              ElementsAre("bloque-desconocido 1:1", "bloque-anidado 7:1", "bloque-anidado 11:1"));
  // Two accents, apostrophes, four blanks, braces, no word, one that a comment hides, one after a
  // fence left over and one after a comment left open; those of lines 33 and 39 are examples.
  EXPECT_THAT(Facts("err_bloques_perdidos"),
              ElementsAre("bloque-perdido 5:1", "bloque-perdido 9:1", "bloque-perdido 15:1",
                          "bloque-desconocido 19:1", "bloque-sin-palabra 23:1",
                          "bloque-comentado 44:1", "bloque-perdido 51:1", "bloque-perdido 56:1"));
  EXPECT_THAT(Facts("err_sin_cerrar"), ElementsAre("bloque-sin-cerrar 3:1"));
  EXPECT_THAT(Facts("err_sin_normas"), ElementsAre("sin-normas 1:1"));
}

// Nothing would be said of a sanction tied to an article 44II.
TEST(CorpusFacts, ACitationWithoutOneOfItsPointsIsAnError) {
  EXPECT_THAT(Facts("err_citas"), ElementsAre("cita-sin-punto 3:7", "cita-sin-punto 4:9"));
}

TEST(CorpusFacts, NumbersAreNeverReadByHalf) {
  EXPECT_THAT(Facts("err_numeros"),
              ElementsAre("número-enorme 3:15", "número-inválido 4:15", "número-inválido 5:15",
                          "punto-ambiguo 6:15", "coma-ambigua 7:19", "sintaxis 7:21",
                          "número-enorme 8:15"));
}

TEST(CorpusFacts, AClauseSaidTwiceIsAnError) {
  EXPECT_THAT(Facts("err_clausulas"),
              testing::IsSupersetOf(
                  {"cláusula-repetida 4:32", "vigencia-invertida 5:51", "cláusula-repetida 6:38"}));
}

TEST(CorpusFacts, ARelationBeginsWithOneDateAndEndsWithWhatTheHistoryBrings) {
  EXPECT_THAT(
      Facts("err_extintivo"),
      ElementsAre("constitutivo-inválido 3:6", "constitutivo-inválido 5:6",
                  "extintivo-inválido 7:7", "extintivo-inválido 8:7", "extintivo-inválido 9:7",
                  "destino-inválido 11:23", "destino-inválido 12:69"));
}

TEST(CorpusFacts, CirclesAreErrorsWhereTheyClose) {
  EXPECT_THAT(Facts("err_circular"),
              ElementsAre("definición-circular 4:23", "definición-circular 5:36",
                          "definición-circular 6:56"));
  EXPECT_THAT(Facts("err_estratos"),
              ElementsAre("dependencia-circular 8:88", "dependencia-circular 9:1"));
}

TEST(CorpusFacts, AMissingFileIsShownWhereItWasAskedFor) {
  EXPECT_THAT(Facts("err_usa"), ElementsAre("archivo-inexistente 2:5", "archivo-inexistente 3:5"));
}

TEST(CorpusFacts, TooManyErrorsEndTheReading) {
  const Outcome outcome = RunFile("err_demasiados");
  EXPECT_EQ(outcome.codes.size(), 201U);
  EXPECT_EQ(outcome.codes.back(), "demasiados-errores");
}

TEST(CorpusFacts, DutiesOrgansAndUnitsGiveAllTheirErrorsInPlace) {
  EXPECT_THAT(
      Facts("err_deberes"),
      testing::IsSupersetOf({"cosa-desconocida 8:8", "paso-inválido 9:19", "nombre-repetido 11:8",
                             "no-constante 13:19", "tipos 14:8", "sanción-desconocida 17:20",
                             "sanción-desconocida 17:32", "clase-desconocida 18:26",
                             "norma-desconocida 25:16", "hecho-desconocido 32:23",
                             "nombre-repetido 34:6", "peor-circular 35:1", "peor-circular 36:1",
                             "campo-desconocido 37:22", "tipos 38:22"}));
}

// What a line that could not be read may have declared is not held against the others.
TEST(CorpusFacts, ABrokenMilestoneCostsOnlyItsLine) {
  EXPECT_THAT(Facts("err_tramites"),
              ElementsAre("trámite-vacío 3:9", "plazo-desconocido 7:21", "hito-circular 8:34",
                          "sintaxis 9:26", "sintaxis 10:19", "sintaxis 11:21", "sintaxis 12:36",
                          "norma-desconocida 13:42", "sintaxis 14:16", "nombre-repetido 16:9",
                          "norma-desconocida 18:22", "sintaxis 20:7",
                          "declaración-desconocida 23:3", "hito-desconocido 27:31"));
}

TEST(CorpusFacts, AWarningDoesNotStopTheRest) {
  EXPECT_THAT(Facts("aviso_dia_inhabil"), ElementsAre("día-inhábil 5:8"));
}

TEST(CorpusFacts, AccentsAndCapitalsDoNotCount) {
  const auto rules = RunFile("sin_acentos").rules;
  ASSERT_NE(rules, nullptr);
  ASSERT_EQ(rules->rules.size(), 2U);
  EXPECT_EQ(rules->rules[0].fault, rules::FaultClass::VerySerious);
  EXPECT_EQ(FormatExpr(*rules, rules->rules[0].guard),
            "hora > hora_fijada + tolerancia y no justificada");
}

TEST(CorpusFacts, Precedence) {
  const auto rules = RunFile("precedencia").rules;
  ASSERT_NE(rules, nullptr);
  const auto op = [&](const char* name) {
    for (const rules::Rule& rule : rules->rules) {
      if (rule.name == name) return rules->expr(rule.guard).op;
    }
    return rules::Op::Literal;
  };
  EXPECT_EQ(op("o_y"), rules::Op::Or);
  EXPECT_EQ(op("paréntesis"), rules::Op::And);
  EXPECT_EQ(op("no_y"), rules::Op::And);
  EXPECT_EQ(op("no_o"), rules::Op::Not);
  EXPECT_EQ(op("no_comparación"), rules::Op::Not);
  EXPECT_EQ(op("entre_y"), rules::Op::And);
}

TEST(CorpusFacts, Literals) {
  const auto rules = RunFile("literales").rules;
  ASSERT_NE(rules, nullptr);
  const auto value = [&](const char* name) {
    return rules->parameter(rules->FindParameter(name)).values.front().value;
  };
  using base::Rational;
  EXPECT_EQ(value("con_coma"), Rational(1, 2));
  EXPECT_EQ(value("uno_y_medio"), Rational(3, 2));
  EXPECT_EQ(value("segundos"), Rational(1, 2));
  EXPECT_EQ(value("horas"), Rational(1440));
  EXPECT_EQ(value("dinero_antes"), Rational(37, 2));
  EXPECT_EQ(value("porcentaje"), Rational(1, 5));
  EXPECT_EQ(value("hora_con_segundos"), Rational(510) + Rational(1, 4));
  EXPECT_EQ(value("negativo"), Rational(-5));
}

TEST(CorpusFacts, ADayAfterTheAnniversaryIsAYearAndAPart) {
  const auto rules = RunFile("duraciones").rules;
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(rules->parameter(rules->FindParameter("uno_y_un_día")).values.front().value,
            base::Rational(367, 366));
}

TEST(CorpusFacts, RowsOfEveryShape) {
  const auto rules = RunFile("filas").rules;
  ASSERT_NE(rules, nullptr);
  std::vector<std::string> guards;
  for (const rules::Rule& row : rules->rules) guards.push_back(FormatExpr(*rules, row.guard));
  EXPECT_THAT(guards,
              ElementsAre("total <= 10 minutos", "total >= 11 minutos y total <= 20 minutos",
                          "total >= 21 minutos y total <= 30 minutos",
                          "total >= 31 minutos y total <= 60 minutos", "total = 61 minutos",
                          "total >= 3690 segundos y total <= 3750 segundos",
                          "total >= 63 minutos y total <= tope",
                          "total >= tope + 1 minuto y total <= 2 * tope",
                          "total >= 2 * tope + 1 minuto", "exento"));
}

TEST(CorpusFacts, SeveralDaysOfACaseSkipWeekendsAndHolidays) {
  const auto rules = RunFile("caso").rules;
  ASSERT_NE(rules, nullptr);
  const rules::Case& days = rules->cases[2];
  std::vector<std::string> dates;
  for (const rules::GivenFact& fact : days.facts) dates.push_back(fact.date.str());
  EXPECT_THAT(dates, ElementsAre("2025-02-07", "2025-02-10", "2025-02-11"));
}

}  // namespace
}  // namespace cotejo::corpus
