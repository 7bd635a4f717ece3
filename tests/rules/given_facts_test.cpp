// Cases whose facts cannot be, and values between the steps of a field.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/evaluation/evaluate.h"
#include "tests/language/inline_norm.h"

namespace cotejo::evaluation {
namespace {

using rules::InlineNorm;
using rules::ResolveText;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Two shifts a day, and from July on one.
const std::string kNorm = R"(norma N "Prueba"
lectura horas cita N:1
  partidas (supuesta): "la jornada es partida"
  seguidas: "la jornada es seguida"
dato ingreso: fecha = 2020-01-02 constitutivo
hecho llegada en tramo excluye falta
  hora: hora entre 00:00 y 23:59 en pasos de 1 segundo
hecho falta en tramo
hecho feria en día excluye falta
hecho pedido en día
  días: días = 1 día
  copias: veces = 1
  cuotas: veces = 1 en pasos de 1/4
  desde_las: hora = 08:00
  fijo: días = 1/3 día entre 1/3 día y 1/3 día
hecho demora derivado en día
  minutos: minutos
hecho cierre cada mes
horario seguido cita N:1 tramos 08:00 a 16:00 para bajo horas.seguidas
horario corto cita N:2 tramos 08:00 a 14:00 vigente desde 2025-07-01
horario partido cita N:1 tramos 08:00 a 12:00, 14:00 a 18:00 vigente desde 2000-01-01 hasta 2025-06-30
regla r cita N:3 sobre falta cuando tramo = 2 entonces descuento 1 día
)";

std::vector<std::string> Failures(const std::string& cases,
                                  const rules::ReadingChoices& readings = {}) {
  const auto norm = ResolveText(kNorm + cases, readings);
  if (!norm->rules) {
    ADD_FAILURE() << norm->rendered();
    return {};
  }
  std::vector<std::string> found;
  for (const CaseFailure& failure :
       RunCases(*norm->rules, rules::BuildFamilies(*norm->rules)).failures) {
    EXPECT_THAT(failure.found.en, HasSubstr("facts that cannot happen"));
    found.push_back(failure.found.es);
  }
  return found;
}

std::string Case(const std::string& facts, const std::string& expected = "nada") {
  return "caso \"lo que pasó\"\n" + facts + "  espera " + expected + "\n";
}

// The second shift of June is there; that of July is not, and neither is a third one.
TEST(GivenFacts, AShiftMustBeInTheScheduleOfItsDay) {
  EXPECT_THAT(Failures(Case("  dado falta tramo = 2 el 2025-06-30\n", "descuento 1 día")),
              IsEmpty());
  EXPECT_THAT(Failures(Case("  dado falta tramo = 2 el 2025-07-01\n", "descuento 1 día")),
              ElementsAre("hechos que no pueden ocurrir («falta» va el 2025-07-01 en el tramo 2, y "
                          "el horario de ese día, «corto», tiene 1 tramo)"));
  EXPECT_THAT(Failures(Case("  dado falta tramo = 3 el 2025-06-30\n")),
              ElementsAre(HasSubstr("en el tramo 3, y el horario de ese día, «partido», tiene 2 "
                                    "tramos")));
}

// The same case is judged as the text is read, and one bound to a reading is of that one.
TEST(GivenFacts, AShiftMayBeThereUnderOneReadingAlone) {
  const std::string facts = "  dado falta tramo = 2 el 2025-06-30\n";
  const rules::ReadingChoices straight{{"horas", "seguidas"}};
  EXPECT_THAT(Failures(Case(facts, "descuento 1 día"), straight),
              ElementsAre(HasSubstr("«seguido», tiene 1 tramo")));
  EXPECT_THAT(Failures(Case("  bajo horas.partidas\n" + facts, "descuento 1 día"), straight),
              IsEmpty());
}

TEST(GivenFacts, ThoseThatExcludeEachOtherDoNotShareTheirPlace) {
  EXPECT_THAT(Failures(Case("  dado llegada hora = 08:00 el 2025-06-30\n"
                            "  dado falta tramo = 2 el 2025-06-30\n",
                            "descuento 1 día")),
              IsEmpty());
  EXPECT_THAT(Failures(Case("  dado llegada hora = 14:00, tramo = 2 el 2025-06-30\n"
                            "  dado falta tramo = 2 el 2025-06-30\n",
                            "descuento 1 día")),
              ElementsAre("hechos que no pueden ocurrir («llegada» y «falta» se excluyen, y el "
                          "2025-06-30 comparten el tramo o el día)"));
  // What is of the whole day is in each of its shifts.
  EXPECT_THAT(Failures(Case("  dado feria el 2025-06-30\n  dado falta tramo = 2 el 2025-06-30\n",
                            "descuento 1 día")),
              SizeIs(1));
  EXPECT_THAT(Failures(Case("  dado feria el 2025-06-27\n  dado falta tramo = 2 el 2025-06-30\n",
                            "descuento 1 día")),
              IsEmpty());
}

TEST(GivenFacts, WhatTheCalendarProducesFallsOnItsDay) {
  EXPECT_THAT(Failures(Case("  dado cierre el 2025-06-30\n")), IsEmpty());
  EXPECT_THAT(Failures(Case("  dado cierre el 2025-06-27\n")),
              ElementsAre("hechos que no pueden ocurrir («cierre» lo produce el calendario, y no "
                          "el 2025-06-27)"));
}

// ---- steps -----------------------------------------------------------------------

std::vector<std::string> CodesOf(const std::string& fact) {
  return ResolveText(kNorm + Case("  dado " + fact + " el 2025-06-30\n"))->codes();
}

// Half days, whole times and whole minutes, unless the field says otherwise.
TEST(GivenFacts, AValueIsOneOfTheStepsOfItsField) {
  for (const char* fact : {"pedido días = 4/3 días", "pedido copias = 2,5", "pedido cuotas = 1/3",
                           "pedido desde_las = 08:00:30", "llegada hora = 08:00:30, tramo = 1/2"}) {
    const auto codes = CodesOf(fact);
    ASSERT_THAT(codes, SizeIs(1)) << fact;
    EXPECT_EQ(codes[0], fact[0] == 'l' ? "tramo-inválido" : "valor-entre-pasos") << fact;
  }
  for (const char* fact :
       {"pedido días = 3/2 días", "pedido copias = 25", "pedido cuotas = 1/4",
        "pedido desde_las = 08:01", "llegada hora = 08:00:30", "pedido fijo = 1/3 día",
        // As fine as what it is derived from, which is not said here.
        "demora minutos = 5/2"}) {
    EXPECT_THAT(CodesOf(fact), IsEmpty()) << fact;
  }
}

TEST(GivenFacts, TheMessageSaysTheStep) {
  const auto declared =
      ResolveText(kNorm + Case("  dado pedido cuotas = 1/3 el 2025-06-30\n"))->rendered();
  EXPECT_THAT(declared, HasSubstr("1/3 en «cuotas» no es un múltiplo de 1/4, el paso que declara"));
  const auto assumed =
      ResolveText(kNorm + Case("  dado pedido días = 4/3 días el 2025-06-30\n"))->rendered();
  EXPECT_THAT(assumed, HasSubstr("no es un múltiplo de 1/2 día, el paso de un campo que no declara "
                                 "otro"));
}

}  // namespace
}  // namespace cotejo::evaluation
