// The program as its users run it: exit statuses, files, and one figure that moves it all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "tests/base/sanitized.h"
#include "tests/cli/program.h"

namespace cotejo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Sixty minutes in March 2025: four arrivals at 08:50, fifteen minutes each after tolerance.
constexpr const char* kSixtyMinutes =
    "persona,fecha,hecho,tramo,hora\n"
    "P1,2025-03-05,llegada,1,08:50\n"
    "P1,2025-03-06,llegada,1,08:50\n"
    "P1,2025-03-07,llegada,1,08:50\n"
    "P1,2025-03-10,llegada,1,08:50\n";

double MeanOf(const Json& report, const std::string& key) {
  const Json& forecast = report.at("pronostico");
  for (std::size_t i = 0; i < forecast.at("celdas").size(); ++i) {
    if (forecast.at("celdas")[i].at("clave") == key) {
      return forecast.at("regulaciones")[0].at("estadisticas")[i].at("media").get<double>();
    }
  }
  ADD_FAILURE() << "no cell " << key;
  return 0;
}

// A forecast without the cells of one table.
void DropCells(Json& forecast, const std::string& prefix) {
  Json& cells = forecast.at("celdas");
  for (std::size_t i = cells.size(); i-- > 0;) {
    if (!cells[i].at("clave").get<std::string>().starts_with(prefix)) continue;
    cells.erase(i);
    for (Json& regulation : forecast.at("regulaciones")) {
      regulation.at("estadisticas").erase(i);
      if (!regulation.at("diferencias").empty()) regulation.at("diferencias").erase(i);
    }
  }
}

int FindingsAt(const Json& report, const std::string& code, const std::string& region) {
  int count = 0;
  for (const Json& finding : report.at("revision").at("hallazgos")) {
    if (finding.at("codigo") == code &&
        finding.at("region").dump().find(region) != std::string::npos)
      ++count;
  }
  return count;
}

std::string CopyRegulations(const fs::path& to, const std::string& from_text,
                            const std::string& to_text) {
  fs::copy(fs::path(COTEJO_SOURCE_DIR) / "regulations", to, fs::copy_options::recursive);
  const fs::path file = to / "rip-2025" / "45-asistencia.norma.md";
  std::string text = ReadAll(file);
  const auto at = text.find(from_text);
  if (at == std::string::npos || text.find(from_text, at + 1) != std::string::npos) return "";
  text.replace(at, from_text.size(), to_text);
  std::ofstream(file, std::ios::binary) << text;
  return "'" + (to / "rip-2025").string() + "'";
}

// 45.I: the row of one day ends at 59 instead of 60, and nothing else is touched.
TEST_F(Cli, OneFigureMovesTheThreeEngines) {
  const std::string changed =
      CopyRegulations(folder_ / "regulations", "| 46 .. 60 ", "| 46 .. 59 ");
  ASSERT_FALSE(changed.empty());
  const std::string facts = Write("hechos.csv", kSixtyMinutes);

  // The checks: a gap at exactly that minute.
  EXPECT_EQ(RunCotejo("revisar regulations/rip-2025 --salida " + At("antes.json")).status, 1);
  EXPECT_EQ(RunCotejo("revisar " + changed + " --salida " + At("despues.json")).status, 1);
  EXPECT_EQ(FindingsAt(ReadJson("antes.json"), "hueco", "minutos de atraso: 60 minutos"), 0);
  EXPECT_EQ(FindingsAt(ReadJson("despues.json"), "hueco", "minutos de atraso: 60 minutos"), 1);

  // The interpreter: what sixty minutes cost.
  const Outcome before = RunCotejo("aplicar regulations/rip-2025 --hechos " + facts +
                                   " --desde 2025-03-01 --hasta 2025-03-31");
  EXPECT_EQ(before.status, 0) << before.output;
  EXPECT_THAT(before.output, HasSubstr("descuento de 1 día"));
  const Outcome after = RunCotejo("aplicar " + changed + " --hechos " + facts +
                                  " --desde 2025-03-01 --hasta 2025-03-31");
  EXPECT_EQ(after.status, 1) << after.output;
  EXPECT_THAT(after.output, Not(HasSubstr("descuento de 1 día")));

  // The simulator: the same year, other deductions.
  const std::string year =
      " --poblacion scenarios/library/defensoria-2025.toml --replicas 20 --semilla 7 --salida ";
  EXPECT_EQ(RunCotejo("simular regulations/rip-2025" + year + At("antes-año.json")).status, 0);
  EXPECT_EQ(RunCotejo("simular " + changed + year + At("despues-año.json")).status, 0);
  const char* cell = "descuentos/días/RIP:45.I";
  EXPECT_LT(MeanOf(ReadJson("despues-año.json"), cell), MeanOf(ReadJson("antes-año.json"), cell));
}

TEST_F(Cli, AReportOfTheWholeJobIsTheSameWithOneAndTwoThreads) {
  const std::string job =
      "informe regulations/rip-2025 --enmienda scenarios/library/tolerancia-10.enmienda.norma.md "
      "--poblacion scenarios/library/defensoria-2025.toml --replicas " +
      std::to_string(tests::Fewer(20, 4));
  const Outcome one = RunCotejo(job + " --hilos 1 --salida " + At("uno"));
  EXPECT_EQ(one.status, 1) << one.output;
  EXPECT_EQ(RunCotejo(job + " --hilos 2 --salida " + At("dos")).status, 1);
  Json first = ReadJson("uno/informe.json");
  Json second = ReadJson("dos/informe.json");
  first.erase("orden");  // the command lines differ in --hilos and --salida
  second.erase("orden");
  EXPECT_EQ(first.dump(), second.dump());
  EXPECT_THAT(ReadAll(folder_ / "uno" / "informe.html"), HasSubstr("Tolerancia de 10 minutos"));
}

TEST_F(Cli, AnEmptyAmendmentChangesNothing) {
  for (const char* seed : {"1", "77", "4242"}) {
    const std::string job = std::string(
                                "simular regulations/rip-2025 --enmienda "
                                "scenarios/library/enmienda-nula.enmienda.norma.md "
                                "--poblacion scenarios/library/defensoria-2025.toml --replicas 10 "
                                "--grupo-minimo 0 --semilla ") +
                            seed;
    ASSERT_EQ(RunCotejo(job + " --salida " + At("nula.json")).status, 0);
    const Json report = ReadJson("nula.json");
    const Json& differences = report.at("pronostico").at("regulaciones").at(1).at("diferencias");
    ASSERT_EQ(differences.size(), report.at("pronostico").at("celdas").size());
    for (const Json& difference : differences) {
      EXPECT_EQ(difference.at("media").get<double>(), 0);
      EXPECT_EQ(difference.at("desvio").get<double>(), 0);
    }
  }
}

// The years of one order kept in a file, and another scale asked of them by another order.
TEST_F(Cli, WhatIsReappliedIsWhatIsSimulated) {
  const std::string with =
      " --poblacion scenarios/library/defensoria-2025.toml --enmienda " +
      Write("fila.enmienda.norma.md",
            "```norma\nenmienda fila \"Fila\" sobre RIP\n"
            "sustituye escala atraso_mensual cita RIP:45.I sobre atraso por mes\n"
            "  según minutos_de_atraso falta leve política única\n"
            "  | 1 .. 10 | sin sanción       |\n"
            "  | 11 ..   | descuento 1/2 día |\n```\n");
  const std::string year = " --gestion 2026 --replicas 4 --guardar-hechos " + At("mes.hechos");
  const std::string rip = "regulations/rip-2025";
  ASSERT_EQ(RunCotejo("simular " + rip + with + year + " --salida " + At("antes.json")).status, 0);
  const std::string reapply = "reaplicar " + At("mes.hechos") + " --regulacion " + rip + with;
  const Outcome again = RunCotejo(reapply + " --salida " + At("después.json"));
  ASSERT_EQ(again.status, 0) << again.output;
  Json simulated = ReadJson("antes.json").at("pronostico");
  Json reapplied = ReadJson("después.json").at("pronostico");
  simulated.erase("supuestos");
  reapplied.erase("supuestos");
  // Of the steps of procedures, and of what each is deducted in a month, nothing is kept.
  DropCells(simulated, "trámites/");
  DropCells(simulated, "descuentos/sobre_el_tope/");
  EXPECT_EQ(simulated.dump(), reapplied.dump());
  EXPECT_GT(MeanOf(ReadJson("después.json"), "sanciones/RIP:45.I"), 0);

  const Outcome other = RunCotejo("reaplicar " + At("mes.hechos") + " --regulacion " + rip +
                                  " --lectura cómputo_de_minutos=desde_la_hora_fijada" + with);
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.output, HasSubstr("[hechos-ajenos]"));
  const std::string all = ReadAll(folder_ / "mes.hechos");
  std::ofstream(folder_ / "mes.hechos", std::ios::binary) << all.substr(0, all.size() / 2);
  const Outcome cut = RunCotejo(reapply);
  EXPECT_EQ(cut.status, 2);
  EXPECT_THAT(cut.output, HasSubstr("[hechos-ilegibles]"));
}

// Years of draws, or of a population that answers, cannot be kept: it is said before they are
// lived.
TEST_F(Cli, WhatCannotBeKeptIsSaidBeforeItIsLived) {
  const std::string order =
      "simular regulations/rip-2025 --poblacion scenarios/library/defensoria-2025.toml --gestion "
      "2026 --replicas 1000000 --guardar-hechos " +
      At("mes.hechos");
  const Outcome draws = RunCotejo(order + " --sorteos 1000");
  EXPECT_EQ(draws.status, 2);
  EXPECT_THAT(draws.output, HasSubstr("[hechos-no-guardados]"));
  EXPECT_THAT(draws.output, HasSubstr("con sorteos cada uno tiene otra población"));
  EXPECT_FALSE(fs::exists(folder_ / "mes.hechos"));
}

TEST_F(Cli, SinceAReportOnlyTheNewIsShown) {
  ASSERT_EQ(RunCotejo("revisar regulations/rip-2025 --salida " + At("antes.json")).status, 1);
  const Outcome nothing = RunCotejo("revisar regulations/rip-2025 --desde " + At("antes.json"));
  EXPECT_EQ(nothing.status, 0) << nothing.output;
  const Outcome amended = RunCotejo(
      "revisar regulations/rip-2025 --enmienda scenarios/library/enmienda-nula.enmienda.norma.md "
      "--desde " +
      At("antes.json"));
  // What the amendment does is told of all the findings, not only of the new.
  EXPECT_THAT(amended.output, HasSubstr("introducidos 0"));
  EXPECT_THAT(amended.output, Not(HasSubstr("sin cambio 0\n")));
  const std::string changed =
      CopyRegulations(folder_ / "regulations", "| 46 .. 60 ", "| 46 .. 59 ");
  const Outcome one = RunCotejo("revisar " + changed + " --desde " + At("antes.json"));
  EXPECT_EQ(one.status, 1);
  EXPECT_THAT(one.output, HasSubstr("[hueco]"));
  EXPECT_THAT(one.output, Not(HasSubstr("[contradicción]")));
  EXPECT_THAT(one.output, HasSubstr("desde el informe anterior: nuevos "));
  EXPECT_EQ(RunCotejo("revisar regulations/rip-2025 --desde " + Write("roto.json", "{")).status, 2);
  // A simulation's results have no check in them: with those, all would be new.
  Json simulated = Json::parse(ReadAll(folder_ / "antes.json"));
  simulated["revision"] = nullptr;
  const Outcome unlike =
      RunCotejo("revisar regulations/rip-2025 --desde " + Write("simulado.json", simulated.dump()));
  EXPECT_EQ(unlike.status, 2);
  EXPECT_THAT(unlike.output, HasSubstr("[informe-sin-revisión]"));
}

// Of 2040 no holiday is known: what is said of its working days rests on that.
TEST_F(Cli, AYearWithoutKnownHolidaysIsCheckedWithAWarning) {
  const std::string order = "revisar regulations/rip-2025 --solo supuesto-vacío --gestion ";
  EXPECT_THAT(RunCotejo(order + "2040").output, HasSubstr("[feriados-desconocidos]"));
  EXPECT_THAT(RunCotejo(order + "2026").output, Not(HasSubstr("[feriados-desconocidos]")));
}

// The first finding whose title has those words.
std::string IdOf(const Json& report, const std::string& words) {
  for (const Json& finding : report["revision"]["hallazgos"])
    if (finding["titulo"]["es"].get<std::string>().find(words) != std::string::npos)
      return finding["id"];
  ADD_FAILURE() << "no finding of " << words;
  return "";
}

// Its two halves are the same facts, read in two ways: under the second the 31 minutes of an
// arrival at 09:01 that the tolerance does not shorten are half a day (45.I, second row).
TEST_F(Cli, ACaseOfAnotherReadingIsSavedUnderIt) {
  const std::string order = "revisar regulations/rip-2025 --solo ambigüedad ";
  ASSERT_EQ(RunCotejo(order + "--salida " + At("a.json")).status, 1);
  const std::string id = IdOf(ReadJson("a.json"), "«cómputo de minutos»");
  const Outcome kept = RunCotejo(order + "--guardar-caso " + id);
  EXPECT_EQ(kept.status, 0) << kept.output;
  const std::size_t second = kept.output.find("caso \"contraparte de ");
  ASSERT_NE(second, std::string::npos) << kept.output;
  const std::string assumed = kept.output.substr(0, second);
  const std::string other = kept.output.substr(second);
  EXPECT_THAT(assumed, HasSubstr("  espera sin sanción cita RIP:45.I\n"));
  EXPECT_THAT(assumed, Not(HasSubstr("  bajo ")));
  EXPECT_THAT(other, HasSubstr("  bajo cómputo_de_minutos.desde_la_hora_fijada\n"));
  EXPECT_THAT(other, HasSubstr("  espera descuento 1/2 día cita RIP:45.I\n"));
}

// The witness of a reading of who has vacations is of a person's data alone, without a date.
TEST_F(Cli, ACaseOfDataAloneIsOfTheYearOfWhatIsAnswered) {
  const std::string order = "revisar regulations/rip-2025 --solo ambigüedad ";
  ASSERT_EQ(RunCotejo(order + "--salida " + At("a.json")).status, 1);
  const std::string id = IdOf(ReadJson("a.json"), "«alcance de vacación»");
  const Outcome kept = RunCotejo(order + "--guardar-caso " + id);
  EXPECT_EQ(kept.status, 0) << kept.output;
  EXPECT_THAT(kept.output, HasSubstr("  bajo alcance_de_vacación.también_consultores\n"));
}

// The scale that sanctions omissions one by one is only in force under a reading that is not the
// assumed one: an amendment of it alone is told with that reading.
TEST_F(Cli, WhatAnAmendmentChangesUnderAnotherReadingIsTold) {
  const std::string amendment =
      Write("otra.enmienda.norma.md",
            "```norma\nenmienda otra \"Tres días la tercera omisión\" sobre RIP\n"
            "sustituye escala omisión_por_orden cita RIP:45.III sobre omisión_sin_regularizar\n"
            "  bajo cómputo_de_omisiones.por_cada_omisión\n  según omisiones_del_mes\n"
            "  | 1    | descuento 1/2 día    | falta leve\n"
            "  | 2    | descuento 1 día      | falta leve\n"
            "  | 3    | descuento 3 días     | falta grave cita RIP:46.IV.4 establece conducta con "
            "inciso = RIP:46.IV.4\n"
            "  | 4 .. | proceso, destitución | falta gravísima cita RIP:47.III.4\n```\n");
  ASSERT_EQ(RunCotejo("revisar regulations/rip-2025 --solo solapamiento --enmienda " + amendment +
                      " --salida " + At("a.json"))
                .status,
            0);
  const Json changes = ReadJson("a.json")["enmiendas"][0]["cambios"];
  ASSERT_EQ(changes.size(), 1U) << changes;
  EXPECT_EQ(
      changes[0]["es"],
      "bajo cómputo_de_omisiones = por_cada_omisión: fila omisión_por_orden[3] "
      "(RIP:46.IV.4): antes: omisiones_del_mes = 3 → descuento de 2 días; falta grave; ahora: "
      "omisiones_del_mes = 3 → descuento de 3 días; falta grave");
}

// The two halves of what `order` saves of the finding whose title has those words.
std::pair<std::string, std::string> SavedHalves(const std::string& order, const std::string& id) {
  const Outcome kept = RunCotejo(order + "--guardar-caso " + id);
  EXPECT_EQ(kept.status, 0) << kept.output;
  const std::size_t second = kept.output.find("caso \"contraparte de ");
  if (second == std::string::npos) return {kept.output, ""};
  return {kept.output.substr(0, second), kept.output.substr(second)};
}

// Under the continuous schedule a day has one shift, of half a day: three whole days are one and a
// half, that no row of 45.II has. Under the usual two shifts they are three, and 48.1 is
// retirement.
TEST_F(Cli, ACaseOfOtherHoursIsSavedUnderThem) {
  const std::string order = "revisar regulations/rip-2025 --solo caso-sin-horario ";
  ASSERT_EQ(RunCotejo(order + "--salida " + At("a.json")).status, 1);
  const Json report = ReadJson("a.json");
  const auto [here, usual] =
      SavedHalves(order, IdOf(report, "la jornada entera de «inasistencia»"));
  EXPECT_THAT(here, HasSubstr("  bajo horario_desde_marzo_de_2025.continuo\n"));
  EXPECT_THAT(here, HasSubstr("  espera hueco cita RIP:45.II\n"));
  EXPECT_THAT(usual, Not(HasSubstr("  bajo ")));
  EXPECT_THAT(usual, HasSubstr("  espera retiro cita RIP:48.1\n"));
  // Only under those hours the reading matters: a shift that lasts the whole day is a day, and a
  // day costs two.
  const auto [half, whole] =
      SavedHalves(order, IdOf(report, "según cómo se lea «media jornada en horario continuo»"));
  EXPECT_THAT(half, HasSubstr("  bajo horario_desde_marzo_de_2025.continuo\n"));
  EXPECT_THAT(half, HasSubstr("  espera descuento 1 día cita RIP:45.II\n"));
  EXPECT_THAT(whole, HasSubstr("  bajo horario_desde_marzo_de_2025.continuo\n"));
  EXPECT_THAT(whole, HasSubstr("  bajo media_jornada_en_horario_continuo.según_lo_que_dura\n"));
  EXPECT_THAT(whole, HasSubstr("  espera descuento 2 días cita RIP:45.II\n"));
}

// Found under the reading that makes the continuous schedule the usual one: the hours it is
// compared with are those of the other option, which are two shifts.
TEST_F(Cli, ACaseOfOtherHoursThanThoseOfItsReadingIsSaved) {
  const std::string order =
      "revisar regulations/rip-2025 --solo caso-sin-horario --lecturas todas ";
  ASSERT_EQ(RunCotejo(order + "--salida " + At("a.json")).status, 1);
  const auto [here, usual] = SavedHalves(
      order, IdOf(ReadJson("a.json"), "tierra cálida», la jornada entera de «inasistencia»"));
  EXPECT_THAT(here, Not(HasSubstr("  bajo horario_desde_marzo_de_2025.continuo\n")));
  EXPECT_THAT(here, HasSubstr("  dado inasistencia tramo = 2 el "));
  EXPECT_THAT(usual, HasSubstr("  bajo horario_desde_marzo_de_2025.continuo\n"));
  EXPECT_THAT(usual, Not(HasSubstr(" tramo = 2 ")));
}

TEST_F(Cli, WithAPopulationEachFindingTellsItsExposure) {
  const std::string order =
      "revisar regulations/rip-2025 --solo doble-sanción,granularidad --salida ";
  const std::string population =
      " --poblacion scenarios/library/defensoria-2025.toml --replicas 4 --gestion 2026";
  const Outcome with = RunCotejo(order + At("con.json") + population);
  EXPECT_EQ(with.status, 1) << with.output;
  EXPECT_THAT(with.output, HasSubstr(" de cada mil años-persona (IC 95 %: "));
  EXPECT_THAT(with.output,
              HasSubstr("no se mide: los hechos simulados llegan en unidades enteras"));
  EXPECT_THAT(with.output, HasSubstr("gestión 2026, 220 personas, 4 repeticiones, semilla 2025"));
  const Json exposure = ReadJson("con.json")["exposicion"];
  EXPECT_EQ(exposure["hallazgos"].size(), ReadJson("con.json")["revision"]["hallazgos"].size());
  EXPECT_GT(exposure["hallazgos"][0]["medida"]["anios_persona"], 0);
  // A staff that is too small has none, and without a population nothing is said.
  const Outcome hidden = RunCotejo(order + At("oculto.json") + population + " --grupo-minimo 500");
  EXPECT_THAT(hidden.output, HasSubstr("no se mide: el personal tiene menos de 500 personas"));
  const Outcome without = RunCotejo(order + At("sin.json"));
  EXPECT_THAT(without.output, Not(HasSubstr("exposición")));
  EXPECT_TRUE(ReadJson("sin.json")["exposicion"].is_null());
}

TEST_F(Cli, CleanRulesGiveZero) {
  const std::string clean =
      Write("limpia.norma.md",
            "```norma\njerarquía ley\nnorma N \"norma\" rango ley\nhecho falta\n  horas: veces "
            "entre 1 y 9\n"
            "escala e cita N:1 sobre falta según horas\n| 1 .. 4 | amonestación verbal |\n| 5 .. 9 "
            "| amonestación escrita |\n```\n");
  const Outcome outcome = RunCotejo("revisar " + clean);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

// Ten mistakes, ten places; more is tested on the parser itself.
TEST_F(Cli, BadInputGivesTwoAndSaysWhere) {
  const Outcome ten = RunCotejo("revisar tests/language/corpus/" COTEJO_TEN_MISTAKES);
  EXPECT_EQ(ten.status, 2);
  std::size_t errors = 0;
  for (std::size_t at = ten.output.find(": error:"); at != std::string::npos;
       at = ten.output.find(": error:", at + 1))
    ++errors;
  EXPECT_EQ(errors, 10U) << ten.output;

  EXPECT_EQ(RunCotejo("revisar " + Write("vacia.norma.md", "")).status, 2);
  EXPECT_EQ(RunCotejo("revisar " + Write("binaria.norma.md", std::string("\x7f"
                                                                         "ELF\0\1\2",
                                                                         7)))
                .status,
            2);
  EXPECT_EQ(
      RunCotejo("revisar " + Write("cortada.norma.md", "```norma\nnorma N \"norma\" rango")).status,
      2);
  EXPECT_EQ(RunCotejo("revisar " + At("no-existe")).status, 2);
  EXPECT_EQ(RunCotejo("revisar").status, 2);
  EXPECT_EQ(RunCotejo("desconocida").status, 2);
}

// CLI11 says these in English, and takes −1 or what does not fit for the largest seed.
TEST_F(Cli, WrongArgumentsAreSaidInTheLanguageOfTheUser) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"", "falta la orden"},
      {"revizar", "¿quiso decir «revisar»?"},
      {"revisar", "falta «regulación», que es obligatorio"},
      {"revisar x --repliccas 3", "¿quiso decir «--replicas»?"},
      {"revisar x --replicas 1", "--replicas: «1» no es un entero de 2 a 1000000"},
      {"revisar x --lecturas toda", "--lecturas: «toda» no es ninguno de: asumida, todas"},
      {"revisar x y", "el argumento «y» sobra"},
      {"revisar x --salida", "--salida: le falta o le sobra un valor"},
      {"simular x --semilla -1", "--semilla: «-1» no es una semilla"},
      {"simular x --semilla 18446744073709551616", "no es una semilla"},
      {"simular x --precision 0,02", "--precision: «0,02» no es un número de 0.0001 a 1"},
      {"diario x --persona 0", "--persona: «0» no es un entero de 1 a"},
      {"--idioma=en simular x --replicas 1", "--replicas: '1' is not a whole number from 2 to"}};
  for (const auto& [arguments, message] : wrong) {
    const Outcome outcome = RunCotejo(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_THAT(outcome.output, HasSubstr(message)) << arguments;
    EXPECT_THAT(outcome.output, Not(HasSubstr("equired"))) << arguments;
  }
  const std::string help = RunCotejo("revisar --ayuda").output;
  EXPECT_THAT(help, HasSubstr("Opciones:"));
  EXPECT_THAT(help, Not(HasSubstr("Options:")));
  EXPECT_THAT(help, Not(HasSubstr("TEXT:")));
  EXPECT_EQ(RunCotejo("--lang en revisar --ayuda").status, 0);
}

TEST_F(Cli, AHundredMegabyteFileIsRefused) {
  const fs::path big = folder_ / "grande.norma.md";
  std::ofstream(big) << "```norma\n";
  fs::resize_file(big, 100U << 20);
  const Outcome outcome = RunCotejo("revisar '" + big.string() + "'");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, HasSubstr("grande.norma.md"));
}

TEST_F(Cli, BadFactsNameTheirRow) {
  const Outcome outcome = RunCotejo("aplicar regulations/rip-2025 --hechos " +
                                    Write("hechos.csv",
                                          "persona,fecha,hecho,tramo,hora\nP1,2025-03-05,legada,1,"
                                          "08:50\nP1,2025-02-30,llegada,1,08:50\n"));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.output, HasSubstr("hechos.csv:2:"));
  EXPECT_THAT(outcome.output, HasSubstr("llegada"));
  EXPECT_THAT(outcome.output, HasSubstr("hechos.csv:3:"));
}

// 8:50 is fifteen minutes after the tolerance of ten is over: ten of them are 150 minutes, of which
// the case of the amendment says that nothing comes.
TEST_F(Cli, AnAmendmentThatDoesNotDoWhatItSaysIsToldSo) {
  const fs::path amendment = folder_ / "x.enmienda.norma.md";
  const auto write = [&](const char* hour) {
    std::ofstream(amendment) << "# x\n\n```norma\nenmienda x \"X\" sobre RIP\n\n"
                                "sustituye parámetro tolerancia_de_ingreso cita RIP:22.V = 10 "
                                "minutos\n\nagrega caso \"a esa hora no hay nada\" cita RIP:45.I\n"
                                "  dado 10 veces llegada hora = "
                             << hour << " el 2026-04-01\n  espera nada\n```\n";
  };
  const std::string arguments =
      " regulations/rip-2025 --enmienda '" + amendment.string() + "' --solo regla-muerta";
  write("08:50");
  const Outcome wrong =
      RunCotejo("probar regulations/rip-2025 --enmienda '" + amendment.string() + "'");
  EXPECT_EQ(wrong.status, 1) << wrong.output;
  EXPECT_NE(wrong.output.find("x: casos: 1 ejecutado, 1 fallido\n"), std::string::npos);
  EXPECT_NE(wrong.output.find("x.enmienda.norma.md:8:"), std::string::npos) << wrong.output;
  EXPECT_NE(RunCotejo("comparar" + arguments).output.find("caso-fallido"), std::string::npos);
  write("08:40");
  const Outcome right =
      RunCotejo("probar regulations/rip-2025 --enmienda '" + amendment.string() + "'");
  EXPECT_EQ(right.status, 0) << right.output;
  EXPECT_EQ(RunCotejo("comparar" + arguments).output.find("caso-fallido"), std::string::npos);
}

// The amended text has rules that nobody meets, and the text in force has none.
TEST_F(Cli, FindingsOfTheAmendedTextAreFindings) {
  const fs::path amendment = folder_ / "x.enmienda.norma.md";
  std::ofstream(amendment) << "# x\n\n```norma\nenmienda x \"X\" sobre RIP\n\nsustituye parámetro "
                              "tolerancia_de_ingreso cita RIP:22.V = 999999 minutos\n```\n";
  const std::string arguments =
      " regulations/rip-2025 --solo regla-muerta --enmienda '" + amendment.string() + "'";
  for (const char* order : {"comparar", "revisar"}) {
    const Outcome outcome = RunCotejo(order + arguments);
    EXPECT_EQ(outcome.status, 1) << outcome.output;
  }
  EXPECT_EQ(RunCotejo("revisar regulations/rip-2025 --solo regla-muerta").status, 0);
}

// The text loses a reading that some of its cases are bound to: the others are looked at still, and
// what one of them shows is not introduced.
TEST_F(Cli, ClosingAReadingLosesNoOtherCase) {
  const fs::path amendment = folder_ / "x.enmienda.norma.md";
  std::ofstream(amendment) << "# x\n\n```norma\nenmienda x \"X\" sobre RIP\n\nsustituye define "
                              "minutos_tarde de llegada cita RIP:22.V = hora - hora_fijada - "
                              "tolerancia_de_ingreso\n\nderoga cómputo_de_minutos\n```\n";
  const Outcome outcome = RunCotejo(
      "comparar regulations/rip-2025 --solo regla-que-no-decide,ambigüedad "
      "--enmienda '" +
      amendment.string() + "'");
  EXPECT_NE(outcome.output.find("introducidos 0"), std::string::npos) << outcome.output;
  EXPECT_EQ(outcome.output.find("probados: 0"), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("[casos-que-no-se-leen]"), std::string::npos) << outcome.output;
}

// Whatever it is called, and before anything is read.
TEST_F(Cli, ResultsDoNotTakeThePlaceOfWhatIsRead) {
  const std::string text = "persona,fecha,hecho\nP,2026-03-10,conducta\n";
  const fs::path facts = folder_ / "hechos.csv";
  std::ofstream(facts) << text;
  fs::create_hard_link(facts, folder_ / "otro.csv");
  for (const char* name : {"hechos.csv", "../%/hechos.csv", "otro.csv"}) {
    std::string output = (folder_ / name).string();
    const auto at = output.find('%');
    if (at != std::string::npos) output.replace(at, 1, folder_.filename().string());
    const Outcome outcome = RunCotejo("aplicar regulations/rip-2025 --hechos '" + facts.string() +
                                      "' --salida '" + output + "'");
    EXPECT_EQ(outcome.status, 2) << output;
    EXPECT_NE(outcome.output.find("--salida es el mismo archivo que los hechos"), std::string::npos)
        << outcome.output;
    EXPECT_EQ(ReadAll(facts), text);
  }
  const std::string both = "'" + (folder_ / "r.json").string() + "'";
  const Outcome outcome = RunCotejo("simular regulations/rip-2025 --salida " + both +
                                    " --guardar-hechos " + both + " --lang en");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.output.find("--keep-facts is the same file as --output"), std::string::npos)
      << outcome.output;
}

TEST_F(Cli, TheCasesOfTheRegulationHold) {
  const Outcome outcome = RunCotejo("probar regulations/rip-2025");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr(" 0 fallidos"));
}

// The RIP is of 17 February 2025. What is lived is lived, and it is said what does not count; what
// is checked is a whole year.
TEST_F(Cli, AGestionInWhichTheTextIsNotInForceAllYear) {
  for (const std::string order :
       {"revisar regulations/rip-2025", "enmendar contradicción-00000000 regulations/rip-2025",
        "comparar regulations/rip-2025 --enmienda "
        "scenarios/library/enmienda-nula.enmienda.norma.md"}) {
    const Outcome checked = RunCotejo(order + " --gestion 2025");
    EXPECT_EQ(checked.status, 2) << checked.output;
    EXPECT_THAT(checked.output, HasSubstr("error: no rige toda la gestión 2025: "));
    EXPECT_THAT(checked.output, HasSubstr("RIP desde el 2025-02-17"));
    EXPECT_THAT(checked.output, HasSubstr("de principio a fin en la gestión 2026"));
  }
  // One that is over is checked in no year: none of its rules would be met.
  const Outcome over = RunCotejo("revisar " + Write("derogada.norma.md", R"(
```norma
jerarquía ley > reglamento
norma REG "Derogado" rango reglamento vigente desde 2020-01-01 hasta 2026-06-30
hecho falta
regla una cita REG:1 sobre falta entonces descuento 1 día
```
)") + " --gestion 2027");
  EXPECT_EQ(over.status, 2) << over.output;
  EXPECT_THAT(over.output, HasSubstr("REG hasta el 2026-06-30. Sólo se revisa"));
  const std::string facts =
      Write("enero.csv", "persona,hecho,fecha,tramo,hora\nana,llegada,2025-01-08,1,09:20\n");
  const std::string apply = "aplicar regulations/rip-2025 --hechos " + facts;
  const Outcome before = RunCotejo(apply + " --desde 2025-01-01 --hasta 2025-02-28");
  EXPECT_THAT(before.output, HasSubstr("[vigencia-parcial]"));
  EXPECT_THAT(before.output, HasSubstr("2025-01-01 a 2025-02-28: "));
  EXPECT_THAT(before.output, HasSubstr("RIP desde el 2025-02-17"));
  const Outcome lived = RunCotejo(
      "simular regulations/rip-2025 --poblacion scenarios/library/defensoria-2025.toml "
      "--gestion 2025 --replicas 2 --salida " +
      At("parte.json"));
  EXPECT_EQ(lived.status, 0) << lived.output;
  EXPECT_THAT(lived.output, HasSubstr("aviso: no rige toda la gestión 2025: "));
  EXPECT_THAT(ReadJson("parte.json")["pronostico"]["supuestos"].dump(),
              HasSubstr("no rige toda la gestión: "));
}

// RIP:45.I counts by month and RIP:50 by year: who begins in the middle of one does not know it.
TEST_F(Cli, CountsBegunBeforeTheHorizonAreSaid) {
  const std::string facts =
      Write("marzo.csv", "persona,hecho,fecha,tramo,hora\nana,llegada,2025-03-17,1,08:50\n");
  const std::string apply = "aplicar regulations/rip-2025 --hechos " + facts;
  const auto since = [&](const std::string& day) {
    return RunCotejo(apply + " --desde " + day + " --hasta 2025-12-31").output;
  };
  const std::string middle = since("2025-03-15");
  EXPECT_THAT(middle, HasSubstr("el horizonte empieza el 2025-03-15: lo que se cuenta en marzo de "
                                "2025 y la gestión 2025 no ve lo anterior"));
  EXPECT_THAT(middle, HasSubstr("dé los hechos desde el 2025-01-01"));
  EXPECT_THAT(middle, HasSubstr("[cuenta-empezada]"));
  EXPECT_THAT(since("2025-03-01"), HasSubstr("lo que se cuenta en la gestión 2025 no ve"));
  EXPECT_THAT(since("2025-01-01"), Not(HasSubstr("[cuenta-empezada]")));
  // Of who was hired on that day there is nothing before it.
  const std::string hired = " --personas " + Write("p.csv", "persona,ingreso\nana,2025-03-15\n");
  EXPECT_THAT(since("2025-03-15" + hired), Not(HasSubstr("[cuenta-empezada]")));

  const std::string monthly = Write("mensual.norma.md", R"(
```norma
jerarquía ley > reglamento
norma REG "Por mes" rango reglamento vigente desde 2020-01-01
hecho falta
medida faltas por mes = cuenta(falta)
regla una cita REG:1 sobre falta por mes cuando faltas >= 2 entonces descuento 1 día
```
)");
  const std::string of_month = "aplicar " + monthly + " --hechos " +
                               Write("falta.csv", "persona,hecho,fecha\nana,falta,2025-03-17\n") +
                               " --hasta 2025-03-31 --desde ";
  const std::string english = RunCotejo("--lang en " + of_month + "2025-03-15").output;
  EXPECT_THAT(english, HasSubstr("what is counted in March 2025 does not see"));
  EXPECT_THAT(english, HasSubstr("give the facts since 2025-03-01"));
  EXPECT_THAT(RunCotejo(of_month + "2025-03-01").output, Not(HasSubstr("[cuenta-empezada]")));
}

// LEY2027:49.I: the years of each step are written once, for the scale and for the twelfths. Nine
// whole months since 10 March at the end of the year: nine twelfths of twenty days.
TEST_F(Cli, AStepOfVacationMovesItsTwelfths) {
  const Outcome amended =
      RunCotejo("probar regulations/rip-2025 --enmienda " + Write("escalones.enmienda.norma.md", R"(
```norma
enmienda ESCALONES "El segundo escalón, desde los cuatro años" sobre LEY2027
sustituye parámetro tope_de_antigüedad_1 cita LEY2027:49.I.1 = 4 años
agrega caso "cuatro años y un día" cita LEY2027:49.I.2
  dado persona ingreso = 2021-06-02, certificado = 2025-02-20
  dado llegada hora = 08:30 el 2025-06-03
  espera derecho vacación 20 días cita LEY2027:49.I.2
agrega caso "y sus duodécimas" cita RIP:33.II.a
  dado persona ingreso = 2021-03-10, certificado = 2025-02-20
  dado llegada hora = 08:30 el 2025-06-03
  espera derecho vacación_ganada 15 días cita RIP:33.II.a
agrega caso "cuatro años justos son del primero" cita LEY2027:49.I.1
  dado persona ingreso = 2022-06-02, certificado = 2025-02-20
  dado llegada hora = 08:30 el 2025-06-03
  espera derecho vacación 15 días cita LEY2027:49.I.1
```
)"));
  EXPECT_EQ(amended.status, 0) << amended.output;
  EXPECT_THAT(amended.output, HasSubstr("3 ejecutados, 0 fallidos"));
}

// March 2025 has 21 weekdays, two of carnival and one of vacation. Nine whole months since
// 10 March at the end of the year: nine twelfths of fifteen days.
TEST_F(Cli, AQuantityShowsWhatItIsMadeOf) {
  const Outcome applied =
      RunCotejo("aplicar regulations/rip-2025 --hechos " +
                Write("marzo.csv", "persona,hecho,fecha,días\nana,vacación,2025-03-12,1\n") +
                " --personas " + Write("p.csv", "persona,ingreso\nana,2022-03-10\n"));
  EXPECT_THAT(applied.output, HasSubstr("refrigerio: 18 días"));
  EXPECT_THAT(applied.output,
              HasSubstr("      días_hábiles_del_mes = 19 días; días_de_vacación_usados = 1 día\n"));
  EXPECT_THAT(applied.output, HasSubstr("vacación ganada: 11 1/4 días"));
  EXPECT_THAT(applied.output, HasSubstr("      días_de_vacación_1 = 15 días; "
                                        "meses_desde_aniversario(ingreso, fecha + 1 día) = 9\n"));
}

// The year as facts, applied as anybody's facts are, has the same answers.
TEST_F(Cli, ADiaryIsAYearThatCanBeAppliedAgain) {
  const std::string about =
      " regulations/rip-2025 --poblacion scenarios/library/defensoria-2025.toml --gestion 2026";
  int rules = 0;
  for (const char* person : {"1", "64", "220"}) {
    const Outcome diary = RunCotejo("diario" + about + " --persona " + person +
                                    " --replica 2 --salida " + At("diario.csv"));
    ASSERT_EQ(diary.status, 0) << diary.output;
    const auto found = diary.output.rfind("reglas aplicadas ");
    ASSERT_NE(found, std::string::npos) << diary.output;
    const std::string count = diary.output.substr(found, diary.output.find(" ·", found) - found);
    rules += std::stoi(count.substr(std::string("reglas aplicadas ").size()));
    const Outcome applied = RunCotejo(
        "aplicar regulations/rip-2025 --desde 2026-01-01 "
        "--hasta 2026-12-31 --hechos " +
        At("diario.csv"));
    EXPECT_THAT(applied.output, HasSubstr(count + " ·")) << diary.output;
  }
  EXPECT_GT(rules, 10);
  const Outcome nobody = RunCotejo("diario" + about + " --persona 221");
  EXPECT_EQ(nobody.status, 2);
  EXPECT_THAT(nobody.output, HasSubstr("tiene 220 personas"));
}

TEST_F(Cli, EveryOrderHasItsEnglishAlias) {
  for (const char* alias : {"check", "apply", "simulate", "diary", "diff", "report", "test"}) {
    const Outcome outcome = RunCotejo(std::string("--lang en ") + alias + " --help");
    EXPECT_EQ(outcome.status, 0) << alias;
  }
}

// The file that `enmendar` writes, checked as any amendment: the finding is gone, none is new.
TEST_F(Cli, AMendOfEachKindHoldsWhenItsFileIsChecked) {
#ifdef COTEJO_SANITIZED
  const std::vector<std::string> findings = {"redondeo-cc3a552f"};
#else
  const std::vector<std::string> findings = {"hueco-f7557de7", "tope-excedido-b30b1704",
                                             "redondeo-cc3a552f"};
#endif
  for (const std::string& finding : findings) {
    const std::string workspace = " --espacio " + At("espacio");
    const auto mend = RunCotejo("enmendar " + finding + " regulations/rip-2025 --salida " +
                                At("remedio.enmienda.norma.md") + workspace);
    ASSERT_EQ(mend.status, 0) << mend.output;
    RunCotejo("revisar regulations/rip-2025 --enmienda " + At("remedio.enmienda.norma.md") +
              " --salida " + At("informe.json") + workspace);
    const Json report = ReadJson("informe.json");
    std::set<std::string> before;
    for (const Json& one : report.at("revision").at("hallazgos")) before.insert(one.at("id"));
    ASSERT_TRUE(before.contains(finding));
    const Json& amended = report.at("enmiendas").at(0).at("revision").at("hallazgos");
    for (const Json& one : amended) {
      EXPECT_NE(one.at("id"), finding);
      if (one.at("severidad") == "informacion") continue;
      EXPECT_TRUE(before.contains(one.at("id"))) << finding << " brings " << one.at("id");
    }
  }
}

}  // namespace
}  // namespace cotejo
