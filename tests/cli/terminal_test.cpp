// What the program does with its streams, its signals and arguments that say nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace cotejo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kRip = " regulations/rip-2025 ";

// `shell` is run with $COTEJO as the program; both its streams come back but for those it
// redirects.
Outcome Shell(const std::string& shell) {
  return RunWith("COTEJO='" + std::string(COTEJO_PROGRAM) + "' sh -c '" + shell + "' --", "");
}

// A pass that nobody could read is no pass.
TEST_F(Cli, AnOutputThatCannotBeWrittenIsNoSuccess) {
  for (const std::string order : {"comprobaciones", "probar regulations/rip-2025", "--version",
                                  "--help", "revisar --ayuda"}) {
    for (const std::string where : {">/dev/full", ">&-"}) {
      const Outcome outcome = Shell("$COTEJO " + order + " " + where);
      EXPECT_EQ(outcome.status, 2) << order << where;
      EXPECT_THAT(outcome.output, HasSubstr("no se pudo escribir todo el resultado"))
          << order << where;
    }
    EXPECT_EQ(Shell("$COTEJO " + order + " >/dev/null").status, 0) << order;
  }
  EXPECT_THAT(Shell("$COTEJO --lang en comprobaciones >/dev/full").output,
              HasSubstr("could not be written whole"));
}

// The first file opened would have the number of the closed stream.
TEST_F(Cli, WithItsStreamsClosedWhatIsSaidDoesNotEndInItsFiles) {
  const std::string order = "revisar" + kRip + "--solo hueco --espacio " + (folder_ / "e").string();
  ASSERT_EQ(RunCotejo(order + " --salida " + At("a.json")).status, 1);
  const Outcome closed =
      Shell("$COTEJO " + order + " --salida " + (folder_ / "b.json").string() + " <&- >&- 2>&-");
  EXPECT_EQ(closed.status, 2);
  EXPECT_EQ(ReadJson("a.json").at("revision").at("hallazgos"),
            ReadJson("b.json").at("revision").at("hallazgos"));
}

// The file of results is written aside and renamed: a device of that name would be replaced. A fifo
// stands for it here, so that a failure harms nobody.
TEST_F(Cli, AResultDoesNotTakeThePlaceOfADevice) {
  ASSERT_EQ(Shell("mkfifo " + (folder_ / "tubo").string()).status, 0);
  const Outcome outcome = RunCotejo("grafo" + kRip + "--salida " + At("tubo"));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, HasSubstr("--salida no es un archivo"));
  EXPECT_TRUE(fs::is_fifo(folder_ / "tubo"));
}

// An empty variable of a script: the synthetic staff would be simulated instead of the real one.
TEST_F(Cli, AnEmptyValueIsRefused) {
  for (const std::string& arguments :
       {"simular" + kRip + "--poblacion scenarios/library/defensoria-2025.toml --personal ''",
        "simular" + kRip + "--poblacion scenarios/library/defensoria-2025.toml --reanudar ''",
        "revisar" + kRip + "--solo ''", "revisar" + kRip + "--desde ''", std::string("revisar ''"),
        "probar" + kRip + "--enmienda ''"}) {
    const Outcome outcome = RunCotejo(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_THAT(outcome.output, HasSubstr("está vacío")) << arguments;
  }
}

TEST_F(Cli, WhatIsGivenTwiceIsSaidAsItIs) {
  const Outcome twice = RunCotejo("revisar" + kRip + "--salida a --salida b");
  EXPECT_EQ(twice.status, 2);
  EXPECT_THAT(twice.output, HasSubstr("--salida se da más de una vez"));

  EXPECT_THAT(RunCotejo("simular x --precision 0,02").output, HasSubstr("con punto decimal"));
}

// The last one would win, and what is signed would not say under which.
TEST_F(Cli, TwoOptionsOfOneReadingAreRefused) {
  const std::string one = "--lectura cómputo_de_minutos=desde_la_hora_fijada ";
  const Outcome both =
      RunCotejo("revisar" + kRip + one + "--lectura cómputo_de_minutos=tras_la_tolerancia");
  EXPECT_EQ(both.status, 2);
  EXPECT_THAT(both.output, HasSubstr("lectura-repetida"));
  EXPECT_THAT(both.output, HasSubstr("«desde_la_hora_fijada» y «tras_la_tolerancia»"));
  EXPECT_EQ(RunCotejo("probar" + kRip + one + one).status, 0);  // the same one, said twice
}

TEST_F(Cli, TheHelpSaysWhatAnOrderDoesNothingWithout) {
  for (const std::string order :
       {"simular", "diario", "sensibilidad", "reaplicar", "calibrar", "personal"}) {
    const std::string help = RunCotejo(order + " --ayuda").output;
    const auto at = help.find("--poblacion");
    ASSERT_NE(at, std::string::npos) << order;
    EXPECT_NE(help.substr(at, 400).find("obligatorio"), std::string::npos) << order;
  }
  const std::string checks = RunCotejo("revisar --ayuda").output;
  EXPECT_THAT(checks, Not(HasSubstr("archivo de población; obligatorio")));
  EXPECT_THAT(RunCotejo("--lang en simulate --help").output,
              HasSubstr("population file; required"));
}

// A pipe that nobody writes to: what waits for it sees no interrupt, and the second one ends it.
TEST_F(Cli, ASecondInterruptEndsIt) {
  const std::string pipe = (folder_ / "hechos.csv").string();
  const Outcome ended =
      Shell("mkfifo " + pipe + " && { $COTEJO aplicar regulations/rip-2025 --hechos " + pipe +
            " & p=$!; sleep 1; kill $p; sleep 1; kill $p; sleep 2; kill -9 $p; wait $p; }");
  EXPECT_EQ(ended.status, 128 + 15) << ended.output;
}

// They began the run instead.
TEST_F(Cli, TheScriptsSayWhatTheyDo) {
  for (const std::string script : {"probar", "analizar", "instalar"}) {
    for (const std::string flag : {"--help", "--ayuda", "-h"}) {
      const Outcome outcome = Shell("./" + script + " " + flag);
      EXPECT_EQ(outcome.status, 0) << script << flag;
      EXPECT_THAT(outcome.output, HasSubstr("Uso: ./" + script));
    }
  }
  EXPECT_EQ(Shell("./probar deprisa").status, 2);
  EXPECT_EQ(Shell("./instalar --todo").status, 2);
}

}  // namespace
}  // namespace cotejo
