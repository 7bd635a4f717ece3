// cotejo calibrar, from a clock's file to a population that can be simulated.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "tests/cli/program.h"

namespace cotejo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Twelve people, every day of March and April 2025; each third entry is eight minutes late.
std::string Attlog(int people = 12) {
  std::string text;
  int entries = 0;
  const auto add = [&](int person, int month, int day, int minute, int code) {
    char row[80];
    std::snprintf(row, sizeof row, "%12d\t2025-%02d-%02d %02d:%02d:00\t1\t%d\t1\t0\n",
                  8812300 + person, month, day, minute / 60, minute % 60, code);
    text += row;
  };
  for (int month = 3; month <= 4; ++month) {
    for (int day = 1; day <= (month == 3 ? 31 : 30); ++day) {
      for (int person = 0; person < people; ++person) {
        for (const auto& [entry, exit] : {std::pair(510, 750), {870, 1110}}) {
          add(person, month, day, entry + (++entries % 3 == 0 ? 8 : -3), 0);
          add(person, month, day, exit + 1, 1);
        }
      }
    }
  }
  return text + "     8812300\tayer\t1\t0\t1\t0\n";
}

TEST_F(Cli, ClockRecordsCalibrateAPopulationThatCanBeSimulated) {
  const std::string clock = Write("attlog.dat", Attlog());
  const std::string population = " --poblacion scenarios/library/defensoria-2025.toml ";
  const std::string regulation = " --regulacion regulations/rip-2025 ";
  const std::string calibrate = "calibrar " + clock + regulation + population + "--espacio " +
                                At("espacio") + " --salida " + At("calibrada.toml");
  const Outcome done = RunCotejo(calibrate);
  ASSERT_EQ(done.status, 0) << done.output;
  EXPECT_THAT(done.output, HasSubstr("attlog de ZKTeco"));
  // 61 days × 12 people × 4 punches, and one row that is none.
  EXPECT_THAT(done.output,
              HasSubstr("2.929 filas · 2.928 aceptadas · 0 inferidas · 1 rechazada\n"));
  EXPECT_THAT(done.output, HasSubstr("meses completos: 2025-03, 2025-04"));
  EXPECT_THAT(done.output, HasSubstr("hacen falta más de 3 meses completos"));
  EXPECT_THAT(done.output, Not(HasSubstr("88123")));
  EXPECT_THAT(ReadAll(folder_ / "calibrada.toml"), HasSubstr("calibrado de marcaciones"));
  EXPECT_THAT(ReadAll(folder_ / "calibrada.toml"), Not(HasSubstr("88123")));

  const Outcome simulated =
      RunCotejo("simular regulations/rip-2025 --replicas 2 --poblacion " + At("calibrada.toml"));
  EXPECT_EQ(simulated.status, 0) << simulated.output;

  EXPECT_EQ(RunCotejo(calibrate + " --gestion 2024").status, 2);
  const Outcome nobody = RunCotejo(calibrate + " --donde oficina=ninguna");
  EXPECT_EQ(nobody.status, 2);
  EXPECT_THAT(nobody.output, HasSubstr("nadie de la población tiene «oficina=ninguna»"));
}

TEST_F(Cli, WhatIsLeftOutOfTheClockIsSaid) {
  std::string clock = Attlog();
  const auto all = [&](const std::string& moment) {
    for (int person = 0; person < 12; ++person)
      clock += std::to_string(8812300 + person) + "\t" + moment + "\t1\t0\t1\t0\n";
  };
  all("2024-12-30 08:30:00");
  // A Monday before the regulation was in force.
  all("2025-02-10 08:30:00");
  const Outcome done = RunCotejo(
      "calibrar " + Write("attlog.dat", clock) + " --regulacion regulations/rip-2025 --poblacion " +
      "scenarios/library/defensoria-2025.toml --gestion 2025 --espacio " + At("espacio"));
  ASSERT_EQ(done.status, 0) << done.output;
  EXPECT_THAT(done.output, HasSubstr("marcaciones de otras gestiones: 12; no se cuentan"));
  EXPECT_THAT(done.output, HasSubstr("días hábiles cuyo horario no se conoce: 12 ("));
  EXPECT_THAT(done.output, HasSubstr("meses completos: 2025-03, 2025-04\n"));
}

// March and April of 2025 have 39 working days. Under the continuous schedule, from 13 March on,
// the 33 that are left have one entry and not two: 12 × (6 × 2 + 33).
TEST_F(Cli, TheClockIsReadUnderTheReadingAskedFor) {
  const std::string calibrate = "calibrar " + Write("attlog.dat", Attlog()) +
                                " --regulacion regulations/rip-2025 --poblacion "
                                "scenarios/library/defensoria-2025.toml --espacio " +
                                At("espacio") + " --salida " + At("calibrada.toml");
  EXPECT_THAT(RunCotejo(calibrate).output, HasSubstr("12 personas y 936 llegadas"));
  EXPECT_THAT(RunCotejo(calibrate + " --lectura horario_desde_marzo_de_2025=continuo").output,
              HasSubstr("12 personas y 540 llegadas"));
  const Outcome unknown = RunCotejo(calibrate + " --lectura no_existe=x");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.output, HasSubstr("no hay lectura"));
}

TEST_F(Cli, AbsencesAreFittedOnlyWithTheListOfThoseAuthorised) {
  const std::string calibrate =
      "calibrar " + Write("attlog.dat", Attlog(20)) +
      " --regulacion regulations/rip-2025 --poblacion scenarios/library/defensoria-2025.toml "
      "--espacio " +
      At("espacio") + " --salida " + At("calibrada.toml");
  const Outcome without = RunCotejo(calibrate);
  ASSERT_EQ(without.status, 0) << without.output;
  EXPECT_THAT(without.output, HasSubstr("inasistencias, sin la lista de ausencias autorizadas"));
  EXPECT_THAT(ReadAll(folder_ / "calibrada.toml"), HasSubstr("medios_dias = 4, por_ano = 0.5,"));

  const std::string list =
      Write("ausencias.csv",
            "documento;desde;hasta\n8812300;05/03/2025;07/03/2025\n8812301;2025-04-30;2025-04-30\n"
            "8812302;2025-04-31;2025-04-30\n");
  const Outcome with = RunCotejo(calibrate + " --ausencias " + list);
  ASSERT_EQ(with.status, 0) << with.output;
  EXPECT_THAT(with.output, HasSubstr("lista de ausencias autorizadas"));
  EXPECT_THAT(with.output, HasSubstr("inasistencias de medio día al año (en común)"));
  EXPECT_THAT(with.output, HasSubstr("la parte justificada queda como en el archivo"));
  EXPECT_THAT(with.output, Not(HasSubstr("88123")));
  // Nobody was away: what the file takes to happen is no longer there.
  EXPECT_THAT(ReadAll(folder_ / "calibrada.toml"), HasSubstr("medios_dias = 4, por_ano = 0.0,"));
  // Of which none was seen there is no telling how sure one is.
  EXPECT_THAT(ReadAll(folder_ / "calibrada.toml"), HasSubstr("\ninasistencias = 0.4"));

  const Outcome strangers = RunCotejo(calibrate + " --ausencias " +
                                      Write("otros.csv", "documento;desde\n1;2025-03-05\n"));
  EXPECT_EQ(strangers.status, 2);
  EXPECT_THAT(strangers.output, HasSubstr("nadie de la lista de ausencias tiene marcaciones"));
  EXPECT_EQ(RunCotejo(calibrate + " --dias-minimos 0").status, 2);
}

TEST_F(Cli, WhatPeopleDifferInIsFittedWhenTheFileNamesIt) {
  std::string file =
      ReadAll(std::string(COTEJO_SOURCE_DIR) + "/scenarios/library/defensoria-2025.toml");
  file +=
      "\n[rasgos]\nfuente = \"sintético\"\npuntualidad = 0.5\nasistencia = 0.4\nconducta = 0.3\n"
      "correlacion = [{ de = [\"puntualidad\", \"asistencia\"], valor = 0.2 }]\n";
  const Outcome done = RunCotejo("calibrar " + Write("attlog.dat", Attlog(20)) +
                                 " --regulacion regulations/rip-2025 " + "--poblacion " +
                                 Write("con rasgos.toml", file) + " --espacio " + At("espacio") +
                                 " --salida " + At("calibrada.toml"));
  ASSERT_EQ(done.status, 0) << done.output;
  EXPECT_THAT(done.output, HasSubstr("rasgos\n  puntualidad: desvío"));
  EXPECT_THAT(done.output, HasSubstr("como en el archivo: un reloj no dice nada de ella"));
  EXPECT_THAT(done.output, HasSubstr("como en el archivo: asistencia: sin la lista de ausencias"));
  // One arrival in three of everybody is late: nobody differs.
  EXPECT_THAT(ReadAll(folder_ / "calibrada.toml"),
              HasSubstr("\npuntualidad = 0.0\nasistencia = 0.4\n"));
}

TEST_F(Cli, ACalibrationIsReportedWithoutThePeople) {
  const std::string order =
      " --regulacion regulations/rip-2025 --poblacion "
      "scenarios/library/defensoria-2025.toml --espacio " +
      At("espacio") + " --informe ";
  const std::string clock = "calibrar " + Write("attlog.dat", Attlog());
  const Outcome done = RunCotejo(clock + order + At("c.json") + " --informe " + At("c.html"));
  ASSERT_EQ(done.status, 0) << done.output;
  for (const char* name : {"c.json", "c.html"}) {
    const std::string text = ReadAll(folder_ / name);
    EXPECT_THAT(text, HasSubstr("defensoria-2025"));
    EXPECT_THAT(text, HasSubstr("acen falta más de 3 meses completos"));
    EXPECT_THAT(text, Not(HasSubstr("88123")));
    EXPECT_THAT(text, Not(HasSubstr(folder_.string())));
  }
  EXPECT_EQ(RunCotejo(clock + order + At("c.pdf")).status, 2);

  const Outcome few =
      RunCotejo("calibrar " + Write("pocos.dat", Attlog(9)) + order + At("pocos.json"));
  EXPECT_EQ(few.status, 2);
  EXPECT_THAT(few.output, HasSubstr("no se escribe un informe de menos de 10 personas"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "pocos.json"));
}

}  // namespace
}  // namespace cotejo
