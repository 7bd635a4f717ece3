// What the orders say of what was not given, and what they refuse before the work.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include "tests/cli/program.h"

namespace cotejo {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kRip = " regulations/rip-2025 ";
const std::string kPeople = " --poblacion scenarios/library/defensoria-2025.toml --replicas 2 ";

int Times(const std::string& text, const std::string& piece) {
  int times = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1))
    ++times;
  return times;
}

TEST_F(Cli, DataThatNobodyGaveAreToldAsTheVocabularysOwn) {
  const std::string facts =
      Write("hechos.csv", "persona,fecha,hecho,tramo,hora\nana,2025-03-10,llegada,1,08:31\n");
  const Outcome without = RunCotejo("aplicar" + kRip + "--hechos " + facts);
  EXPECT_THAT(without.output, HasSubstr("sin --personas, los datos que los hechos no dan son"));
  EXPECT_THAT(without.output, HasSubstr("contrato = "));
  EXPECT_THAT(RunCotejo("--lang en aplicar" + kRip + "--hechos " + facts).output,
              HasSubstr("without --persons, data that the facts do not give"));
  const std::string persons = Write("personas.csv", "persona,contrato\nana,permanente\n");
  const Outcome with = RunCotejo("aplicar" + kRip + "--hechos " + facts + " --personas " + persons);
  EXPECT_NE(with.status, 2);
  EXPECT_THAT(with.output, Not(HasSubstr("sin --personas")));
  // What that file leaves out is assumed all the same: her salary, but not her contract.
  const std::string::size_type told =
      with.output.find("de quien ni --personas ni los hechos dan estos datos");
  ASSERT_NE(told, std::string::npos) << with.output;
  const std::string assumed = with.output.substr(told, with.output.find("\n\n", told) - told);
  EXPECT_THAT(assumed, HasSubstr("remuneración = 9700 Bs"));
  EXPECT_THAT(assumed, Not(HasSubstr("contrato")));
}

// Done after the work, an hour of simulation would be lost to a name mistyped.
TEST_F(Cli, AnOutputThatCannotBeWrittenIsRefusedBeforeTheWork) {
  for (const std::string& order :
       {"simular" + kRip + kPeople,
        "comparar" + kRip + kPeople +
            "--enmienda scenarios/library/enmienda-nula.enmienda.norma.md"}) {
    const Outcome outcome = RunCotejo(order + " --salida " + At("no hay/esto.json"));
    EXPECT_EQ(outcome.status, 2);
    EXPECT_THAT(outcome.output, HasSubstr("no se puede escribir"));
    EXPECT_THAT(outcome.output, Not(HasSubstr("pronóstico")));
    EXPECT_THAT(outcome.output, Not(HasSubstr("hallazgos")));
  }
  // A report is a folder: of this name there is a file.
  const std::string file = Write("ocupado", "algo");
  const Outcome report = RunCotejo("informe" + kRip + "--salida " + file);
  EXPECT_EQ(report.status, 2);
  EXPECT_THAT(report.output, Not(HasSubstr("hallazgos")));
  EXPECT_EQ(ReadAll(folder_ / "ocupado"), "algo");
  // One that can be written is not touched until there is what to write.
  Write("antes.json", "antes");
  EXPECT_EQ(
      RunCotejo("simular" + kRip + " --poblacion no-hay.toml --salida " + At("antes.json")).status,
      2);
  EXPECT_EQ(ReadAll(folder_ / "antes.json"), "antes");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "antes.json.parcial"));
}

// Two replications of what seldom happens: Student's interval alone would go below zero.
TEST_F(Cli, IntervalsDoNotGoBelowZero) {
  ASSERT_EQ(RunCotejo("simular" + kRip + kPeople + "--salida " + At("f.json")).status, 0);
  const Json forecast = ReadJson("f.json")["pronostico"];
  int cut = 0;
  for (std::size_t i = 0; i < forecast["celdas"].size(); ++i) {
    const Json& statistic = forecast["regulaciones"][0]["estadisticas"][i];
    if (forecast["celdas"][i]["tabla"] == "vacaciones" || statistic["media"].is_null()) continue;
    EXPECT_GE(statistic["ic_bajo"], 0);
    if (statistic["ic_bajo"] == 0.0 && statistic["ic_alto"] > 2 * statistic["media"].get<double>())
      ++cut;
  }
  EXPECT_GT(cut, 0);
}

TEST_F(Cli, OptionsThatWouldDoNothingAreRefused) {
  const std::string cell = "--casilla sanciones/RIP:45.I ";
  for (const std::string order : {"simular", "comparar", "informe"}) {
    const Outcome outcome = RunCotejo(order + kRip + kPeople + cell);
    EXPECT_EQ(outcome.status, 2) << order;
    EXPECT_THAT(outcome.output, HasSubstr("--casilla no sirve sin --precision"));
    EXPECT_THAT(outcome.output, HasSubstr("dé --precision"));
  }
  const Outcome empty = RunCotejo("revisar" + kRip + "--guardar-caso ''");
  EXPECT_EQ(empty.status, 2);
  EXPECT_THAT(empty.output, HasSubstr("no es un hallazgo"));
  EXPECT_THAT(RunCotejo("simular --help").output, HasSubstr("descuentos/centavos/total"));
}

TEST_F(Cli, AnInterruptedCheckIsToldSo) {
  const Outcome outcome =
      RunWith("timeout -s INT 1 ", "revisar" + kRip + "--lecturas todas --sin-cache");
  EXPECT_EQ(Times(outcome.output, "[interrumpido]"), 1);
}

TEST_F(Cli, AnInterruptedSensitivityIsToldOnce) {
  const Outcome outcome =
      RunWith("timeout -s INT 1 ", "sensibilidad" + kRip +
                                       " --poblacion scenarios/library/defensoria-2025.toml "
                                       "--replicas 100000");
  EXPECT_EQ(Times(outcome.output, "interr"), 2) << outcome.output;  // its code and its words
  EXPECT_THAT(outcome.output, HasSubstr("no hay sensibilidad a medias"));
}

// The schedules themselves are looked at under each reading too: of 17, this one gives two to a
// post.
TEST_F(Cli, EveryReadingLooksAtTheSchedules) {
  const Outcome outcome = RunCotejo("revisar" + kRip + "--solo caso-sin-horario --lecturas todas");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.output, ContainsRegex("1 de [0-9]+: horario_de_la_convocatoria = continuo"));
}

// An option that is taken is used: the file is written, and a second amendment is not left out.
TEST_F(Cli, ASensitivityIsWrittenAndIsOfOneText) {
  std::string people =
      ReadAll(fs::path(COTEJO_SOURCE_DIR) / "scenarios/library/defensoria-2025.toml");
  people.resize(people.find("omisiones = 0.5\n"));  // and of the rest it is sure
  const std::string order = "sensibilidad" + kRip + " --replicas 2 --poblacion " +
                            Write("una.toml", people) +
                            " --enmienda scenarios/library/tolerancia-10.enmienda.norma.md ";
  const std::string null = "--enmienda scenarios/library/enmienda-nula.enmienda.norma.md ";
  const Outcome two = RunCotejo(order + null);
  EXPECT_EQ(two.status, 2);
  EXPECT_THAT(two.output, HasSubstr("demasiadas-enmiendas"));
  const Outcome one = RunCotejo(order + "--salida " + At("s.json"));
  EXPECT_EQ(one.status, 0) << one.output;
  EXPECT_THAT(one.output, HasSubstr("bajo: Tolerancia de 10 minutos"));
  const Json json = ReadJson("s.json");
  EXPECT_EQ(json["esquema"], "cotejo-sensibilidad/1");
  EXPECT_EQ(json["supuestos"].size(), 1U);
}

TEST_F(Cli, AFileOfResumeIsOfOneRunAtATime) {
  const std::string order = "simular" + kRip + kPeople + "--reanudar " + At("punto");
  const fs::path beside = folder_ / "punto.candado";
  const int file = ::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  ASSERT_EQ(::flock(file, LOCK_EX | LOCK_NB), 0);
  const Outcome taken = RunCotejo(order);
  EXPECT_EQ(taken.status, 2);
  EXPECT_THAT(taken.output, HasSubstr("otra ejecución está usando"));
  EXPECT_FALSE(fs::exists(folder_ / "punto"));
  ::close(file);
  // What is left of a run that was killed locks nobody out, and is cleared away.
  EXPECT_EQ(RunCotejo(order).status, 0);
  EXPECT_TRUE(fs::exists(folder_ / "punto"));
  EXPECT_FALSE(fs::exists(beside));
  EXPECT_EQ(RunCotejo("simular" + kRip + kPeople + "--reanudar " + At("no hay/punto")).status, 2);
}

}  // namespace
}  // namespace cotejo
