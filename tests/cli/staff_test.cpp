// A real staff list from end to end: imported, simulated, and nobody in what comes out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "tests/cli/program.h"

namespace cotejo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPopulation = " --poblacion scenarios/library/defensoria-2025.toml ";

// Thirty permanent people and four consultants.
std::string List() {
  std::string text = "Documento;Nombre;Contrato;Oficina;Cargo\n";
  for (int i = 0; i < 34; ++i) {
    text += "88123" + std::to_string(100 + i) + ";Zutano" + std::to_string(i) + ";" +
            (i < 30 ? "permanente" : "Consultor de línea") + ";Nacional;técnico\n";
  }
  return text;
}

Json Statistics(const Json& report, const std::string& key) {
  const Json& forecast = report.at("pronostico");
  for (std::size_t i = 0; i < forecast.at("celdas").size(); ++i) {
    if (forecast.at("celdas")[i].at("clave") == key)
      return forecast.at("regulaciones")[0].at("estadisticas")[i];
  }
  ADD_FAILURE() << "no cell " << key;
  return {};
}

// What is proved of the text is proved of those whom the vocabulary foresees: no hire before its
// first date, no pay under its least.
TEST_F(Cli, AStaffListKeepsToTheBoundsOfTheVocabulary) {
  const std::string list = Write("lista.csv",
                                 "Documento;Contrato;Oficina;Ingreso;Haber\n"
                                 "8812301;permanente;Nacional;31/12/1994;9700\n"
                                 "8812302;permanente;Nacional;01/01/1995;2500\n"
                                 "8812303;permanente;Nacional;01/01/1995;2499\n");
  const Outcome refused = RunCotejo("personal " + list + " --regulacion regulations/rip-2025" +
                                    kPopulation + "--columna Haber=remuneración --espacio " +
                                    At("espacio") + " --salida " + At("personal.csv"));
  EXPECT_EQ(refused.status, 2) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("lista.csv:2:"));
  EXPECT_THAT(refused.output, HasSubstr("es anterior al 1995-01-01"));
  EXPECT_THAT(refused.output, Not(HasSubstr("lista.csv:3:")));
  EXPECT_THAT(refused.output, HasSubstr("lista.csv:4:"));
  EXPECT_THAT(refused.output, HasSubstr("está fuera de 2500 .. 25000"));
}

TEST_F(Cli, ARealStaffIsSimulatedAndNobodyComesOut) {
  const std::string list = Write("lista.csv", List());
  const std::string personal = "personal " + list + kPopulation + "--espacio " + At("espacio") +
                               " --salida " + At("personal.csv");
  const Outcome refused = RunCotejo(personal);
  EXPECT_EQ(refused.status, 2) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("lista.csv:1:5: «Cargo»: no es un dato del personal"));
  EXPECT_FALSE(fs::exists(folder_ / "personal.csv"));

  const Outcome imported = RunCotejo(personal + " --omitir Cargo");
  ASSERT_EQ(imported.status, 0) << imported.output;
  EXPECT_THAT(imported.output, HasSubstr("CSV con «;», en UTF-8; 34 personas"));
  EXPECT_THAT(imported.output, HasSubstr("no pasan, porque dicen quién es: Documento, Nombre"));
  const std::string first = ReadAll(folder_ / "personal.csv");
  EXPECT_EQ(fs::status(folder_ / "espacio.llave").permissions(), fs::perms(0600));
  RunCotejo(personal + " --omitir Cargo");
  EXPECT_EQ(ReadAll(folder_ / "personal.csv"), first);

  const std::string simulate = "simular regulations/rip-2025 --replicas 4" + kPopulation +
                               "--personal " + At("personal.csv") + " --salida ";
  const Outcome simulated = RunCotejo(simulate + At("a.json"));
  ASSERT_EQ(simulated.status, 0) << simulated.output;
  EXPECT_THAT(simulated.output, HasSubstr("34 personas"));
  const Json report = ReadJson("a.json");
  EXPECT_TRUE(Statistics(report, "personas/sancionadas/consultor_de_línea").at("media").is_null());
  EXPECT_TRUE(Statistics(report, "personas/sancionadas/permanente").at("media").is_null());
  EXPECT_TRUE(Statistics(report, "personas/sancionadas/total").at("media").is_number());
  EXPECT_THAT(report.dump(), HasSubstr("«contrato»: de la lista, 34 (de 34 personas)"));
  // Of each contract: the sanctioned, those who leave, the bonus.
  EXPECT_THAT(report.dump(), HasSubstr("no se muestran 6 casillas"));

  const Outcome whole = RunCotejo(simulate + At("b.json") + " --grupo-minimo 0");
  ASSERT_EQ(whole.status, 0) << whole.output;
  const Json shown = ReadJson("b.json");
  EXPECT_TRUE(Statistics(shown, "personas/sancionadas/permanente").at("media").is_number());
  EXPECT_THAT(shown.dump(), HasSubstr("--grupo-minimo 0"));

  const std::string of_one =
      "diario regulations/rip-2025" + kPopulation + "--personal " + At("personal.csv");
  EXPECT_THAT(RunCotejo(of_one).output, HasSubstr("grupo-pequeño"));
  const Outcome diary = RunCotejo(of_one + " --grupo-minimo 0");
  EXPECT_EQ(diary.status, 0) << diary.output;
  EXPECT_THAT(diary.output, HasSubstr(first.substr(first.find("p-"), 18)));

  const Outcome sensitivity = RunCotejo(
      "sensibilidad regulations/rip-2025 --replicas 2 --casilla "
      "personas/sancionadas/permanente" +
      kPopulation + "--personal " + At("personal.csv"));
  EXPECT_EQ(sensitivity.status, 2);
  EXPECT_THAT(sensitivity.output, HasSubstr("grupo-pequeño"));

  const Outcome raw =
      RunCotejo("simular regulations/rip-2025" + kPopulation + "--personal " + list);
  EXPECT_EQ(raw.status, 2);
  EXPECT_THAT(raw.output, HasSubstr("lista-identifica"));
  for (const std::string& text : {first, refused.output, imported.output, simulated.output,
                                  report.dump(), shown.dump(), diary.output, raw.output}) {
    // Whole: the key is another each time, and so are the digits of what is simulated.
    EXPECT_THAT(text, Not(testing::ContainsRegex("(^|[^0-9])88123[0-9]{3}([^0-9]|$)")));
    EXPECT_THAT(text, Not(HasSubstr("Zutano")));
  }
}

// Ten people on every day of March and April 2025, one more who has left since, and a driver bound
// to no clock who punches on three days.
std::string Attlog() {
  std::string text;
  const auto add = [&](int person, int month, int day) {
    for (const char* time : {"08:27", "12:31", "14:28", "18:33"}) {
      char row[64];
      std::snprintf(row, sizeof row, "%d\t2025-%02d-%02d %s:00\t1\t0\t1\t0\n", 8812300 + person,
                    month, day, time);
      text += row;
    }
  };
  for (int month = 3; month <= 4; ++month) {
    for (int day = 1; day <= (month == 3 ? 31 : 30); ++day) {
      for (int person = 0; person <= 10; ++person) add(person, month, day);
    }
  }
  for (const int day : {5, 12, 19}) add(11, 3, day);
  return text;
}

TEST_F(Cli, RecordsAreHeldAgainstAListNewerThanThem) {
  std::string list = "Documento;Contrato;Oficina;Ingreso;exento_de_registro\n";
  const auto add = [&](int person, const std::string& rest) {
    list += std::to_string(8812300 + person) + ";permanente;nacional;" + rest + "\n";
  };
  for (int person = 0; person < 10; ++person) add(person, "2020-01-02;no");
  add(11, "2020-01-02;sí");
  add(90, "2025-09-01;no");  // hired after the last record
  add(91, "2025-10-01;no");
  const std::string where =
      kPopulation + "--regulacion regulations/rip-2025 --espacio " + At("espacio");
  const auto calibrate = [&](const std::string& omitted) {
    const Outcome imported = RunCotejo("personal " + Write("lista.csv", list) + where + omitted +
                                       " --salida " + At("personal.csv"));
    EXPECT_EQ(imported.status, 0) << imported.output;
    return RunCotejo("calibrar " + Write("attlog.dat", Attlog()) + where + " --personal " +
                     At("personal.csv"));
  };
  const Outcome done = calibrate("");
  ASSERT_EQ(done.status, 0) << done.output;
  // 61 days × 4 punches of whoever left, and 3 × 4 of the driver.
  EXPECT_THAT(done.output, HasSubstr("marcaciones de quien no está en la lista: 244 ("));
  EXPECT_THAT(done.output, HasSubstr("no está obligado a registrarse: 12 (p-"));
  EXPECT_THAT(done.output, HasSubstr("personas de la lista sin ninguna marcación: 2 ("));
  EXPECT_THAT(done.output, HasSubstr("ajuste a 10 personas"));
  EXPECT_THAT(done.output, Not(HasSubstr("88123")));

  // A list that does not say who is bound to no clock exempts nobody; the two whom the population
  // file would, for coming first in their office, least of all.
  const Outcome unsaid = calibrate(" --omitir exento_de_registro");
  ASSERT_EQ(unsaid.status, 0) << unsaid.output;
  EXPECT_THAT(unsaid.output, Not(HasSubstr("no está obligado")));
  EXPECT_THAT(unsaid.output, HasSubstr("ajuste a 11 personas"));
}

}  // namespace
}  // namespace cotejo
