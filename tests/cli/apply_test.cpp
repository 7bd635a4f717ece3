// What `aplicar` tells about a file of facts before it answers, and what its CSV keeps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace cotejo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kApply = "aplicar regulations/rip-2025 --hechos ";

std::size_t Times(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

// Half a day told twice is a day (RIP:45.II): two days of pay instead of one, so it is said. Two
// mornings are two facts, and so are two different conducts.
TEST_F(Cli, AFactToldTwiceIsSaid) {
  const Outcome twice = RunCotejo(kApply + Write("dos.csv",
                                                 "persona,fecha,hecho,tramo,inciso\n"
                                                 "ana,2025-05-05,inasistencia,1,\n"
                                                 "ana,2025-05-05,inasistencia,1,\n"
                                                 "ana,2025-05-06,conducta,,RIP:43.II.a\n"
                                                 "ana,2025-05-06,conducta,,RIP:43.II.a\n"));
  EXPECT_EQ(Times(twice.output, "[hecho-repetido]"), 2U) << twice.output;
  EXPECT_THAT(twice.output, HasSubstr("fila 3: la fila 2 ya trae «inasistencia» de ana en ese "
                                      "tramo: se cuentan las dos"));
  EXPECT_THAT(twice.output, HasSubstr("fila 5: la fila 4 ya trae «conducta» de ana ese día, con lo "
                                      "mismo: se cuentan las dos"));
  EXPECT_THAT(twice.output, HasSubstr("RIP:45.II: descuento de 2 días"));
  const Outcome apart = RunCotejo(kApply + Write("aparte.csv",
                                                 "persona,fecha,hecho,tramo,inciso\n"
                                                 "ana,2025-05-05,inasistencia,1,\n"
                                                 "ana,2025-05-05,inasistencia,2,\n"
                                                 "ana,2025-05-06,conducta,,RIP:43.II.a\n"
                                                 "ana,2025-05-06,conducta,,RIP:43.II.b\n"
                                                 "eva,2025-05-06,conducta,,RIP:43.II.a\n"));
  EXPECT_THAT(apart.output, Not(HasSubstr("[hecho-repetido]")));
}

TEST_F(Cli, AFactBeforeTheEntryIsSaid) {
  const std::string facts = Write("antes.csv",
                                  "persona,fecha,hecho,tramo\n"
                                  "ana,2025-05-14,inasistencia,1\n"
                                  "ana,2025-05-15,inasistencia,1\n");
  const auto entering = [&](const std::string& day) {
    return RunCotejo(kApply + facts + " --personas " +
                     Write("p.csv", "persona,ingreso\nana," + day + "\n"));
  };
  const Outcome later = entering("2025-05-15");
  EXPECT_EQ(Times(later.output, "[hecho-antes-del-ingreso]"), 1U) << later.output;
  EXPECT_THAT(later.output, HasSubstr("fila 2: ana empieza el 2025-05-15, y se le juzga "
                                      "«inasistencia» del 2025-05-14 como si ya estuviera"));
  EXPECT_THAT(entering("2025-05-14").output, Not(HasSubstr("[hecho-antes-del-ingreso]")));
}

// The regulation is in force since 17 February 2025: it does not answer for January's conduct, but
// March's is then the second of the year (RIP:44.II.a), which the text does not say.
TEST_F(Cli, ARepetitionOfWhatCameBeforeTheNormIsSaid) {
  const auto apply = [&](const std::string& first, const std::string& reading) {
    return RunCotejo(kApply +
                     Write("c.csv", "persona,fecha,hecho,inciso\nana," + first +
                                        ",conducta,RIP:43.II.a\n" +
                                        "ana,2025-03-20,conducta,RIP:43.II.a\n"
                                        "eva,2025-01-20,conducta,RIP:43.II.b\n") +
                     reading);
  };
  const Outcome january = apply("2025-01-20", "");
  EXPECT_THAT(january.output, HasSubstr("RIP:44.II.a: amonestación escrita"));
  EXPECT_EQ(Times(january.output, "[cuenta-anterior]"), 1U) << january.output;
  EXPECT_THAT(january.output,
              HasSubstr("ana: «vez_de_conducta» cuenta «conducta» del 2025-01-20, y RIP rige desde "
                        "el 2025-02-17"));
  EXPECT_THAT(apply("2025-02-17", "").output, Not(HasSubstr("[cuenta-anterior]")));
  // Of the year before it is only seen when the whole career counts.
  EXPECT_THAT(apply("2024-11-20", "").output, Not(HasSubstr("[cuenta-anterior]")));
  EXPECT_THAT(apply("2024-11-20", " --lectura ventana_de_reincidencia=en_toda_la_carrera").output,
              HasSubstr("ana: «vez_de_conducta_en_la_carrera» cuenta «conducta» del 2024-11-20"));
}

// What decides by the count may be an exception: without January's conduct ana is admonished.
TEST_F(Cli, ARepetitionThatOnlyAnExceptionOrACharacterisationLooksAtIsSaid) {
  const std::string facts = Write("c.csv",
                                  "persona,fecha,hecho,clase\n"
                                  "ana,2025-01-20,conducta,una\n"
                                  "ana,2025-03-20,conducta,una\n"
                                  "eva,2025-01-20,conducta,una\n"
                                  "eva,2025-03-20,conducta,otra\n");
  for (const std::string rules :
       {"regla primera cita REG:2 sobre conducta salvo vez >= 2 cita REG:3\n"
        "  entonces amonestación verbal\n",
        "hecho reincidencia derivado en día\n"
        "califica conducta como reincidencia cita REG:3 cuando vez >= 2\n"
        "regla repetida cita REG:2 sobre reincidencia entonces amonestación verbal\n"}) {
    const Outcome done = RunCotejo("aplicar " + Write("reg.norma.md", R"(```norma
jerarquía ley > reglamento
norma REG "Reglamento" rango reglamento vigente desde 2025-02-17
enumeración clase = una, otra
hecho conducta en día
  clase: clase
medida vez por gestión cita REG:1 = cuenta(conducta del mismo clase)
)" + rules + "```\n") + " --hechos " +
                                   facts);
    EXPECT_EQ(Times(done.output, "[cuenta-anterior]"), 1U) << done.output;
    EXPECT_THAT(done.output, HasSubstr("ana: «vez» cuenta «conducta» del 2025-01-20"));
  }
}

// What is given since the horizon begins, or before, is given; what is given later is not.
TEST_F(Cli, DataGivenSinceADayAreNotSaidToBeTaken) {
  const Outcome applied = RunCotejo(kApply + Write("d.csv",
                                                   "persona,fecha,hecho,tramo,hora,dato,valor\n"
                                                   "ana,2025-01-01,dato,,,oficina,pando\n"
                                                   "ana,2019-05-02,dato,,,ingreso,2019-05-02\n"
                                                   "ana,2025-06-01,dato,,,departamento,pando\n"
                                                   "ana,2025-03-10,llegada,2,15:20,,\n"));
  EXPECT_THAT(applied.output, Not(HasSubstr("oficina = nacional")));
  EXPECT_THAT(applied.output, Not(HasSubstr("ingreso = 2020-01-02")));
  EXPECT_THAT(applied.output, HasSubstr("departamento = la_paz"));
}

// Twice 61 minutes in a month, for the third time in a year.
std::string ThreeMonthsLate() {
  std::string facts = "persona,fecha,hecho,tramo,hora\n";
  for (const char* month : {"03", "05", "06"}) {
    for (const char* day : {"12", "13"})
      facts += std::string("ana,2025-") + month + "-" + day + ",llegada,1,09:36\n";
  }
  return facts;
}

// RIP:47.III.1 and RIP:47.I.a, and nothing decides between them.
TEST_F(Cli, TheCsvOfTheAnswersSaysWhatNothingDecides) {
  RunCotejo(kApply + Write("h.csv", ThreeMonthsLate()) + " --salida " + At("r.csv"));
  const std::string csv = ReadAll(folder_ / "r.csv");
  EXPECT_THAT(csv, HasSubstr("prevalece,medidas,frente_a\n"));
  EXPECT_EQ(Times(csv, ",sin decidir,"), 2U) << csv;
  EXPECT_EQ(Times(csv, "contradice a RIP:47.III.1 ("), 1U) << csv;
  EXPECT_EQ(Times(csv, "contradice a RIP:47.I.a ("), 1U) << csv;
}

}  // namespace
}  // namespace cotejo
