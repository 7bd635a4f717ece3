#include "reports/terminal/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <sstream>

#include "reports/format.h"
#include "reports/terminal/progress.h"
#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using base::Language;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(TerminalChecks, ListsFindingsTotalsAndTheMeaningOfTheStatus) {
  TerminalOptions options;
  options.readings_tried = sample::Input().tried.assignments;
  const std::string text = FormatChecks(sample::Checks(), options);
  EXPECT_THAT(text, HasSubstr("error [contradicción] RIP:47.I.a, RIP:47.III\n"
                              "  dos consecuencias incompatibles"));
  EXPECT_THAT(text, HasSubstr("  dónde       45 < minutos_de_atraso < 46\n"));
  EXPECT_THAT(text, HasSubstr("  cuidado     el caso no se repitió en el intérprete\n"));
  EXPECT_THAT(text,
              HasSubstr("hallazgos: 1 error · 2 advertencias · 2 informaciones · 1 suprimido\n"
                        "consultas: planeadas 9 · ejecutadas 8 · probadas 2 · refutadas 5 · "
                        "desconocidas 1 · sin soporte 0 · sin comprobar 1\n"
                        "  desconocida: hueco/abandono; se agotó el tiempo de 5 s\n"
                        "estado de salida 1: hay hallazgos\n"));
  EXPECT_THAT(text, HasSubstr("  lecturas    las 2 probadas\n"));
  EXPECT_THAT(text,
              HasSubstr("  id          contradiccion-3f9a01c7 · repetido en el intérprete\n"));
  EXPECT_THAT(text, HasSubstr("    pasaje-cambiado     sin comprobar: el texto oficial no se ha "
                              "importado\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(TerminalChecks, ListsTheSuppressedApart) {
  const std::string text = FormatChecks(sample::Checks(), {});
  const std::size_t apart = text.find("suprimidos: no cuentan para el estado de salida");
  ASSERT_NE(apart, std::string::npos);
  EXPECT_GT(text.find("entre 60 y 61 minutos"), apart);
  EXPECT_LT(text.find("entre 45 y 46 minutos"), apart);
  EXPECT_THAT(text, HasSubstr("  motivo      el reloj se cambiará <pronto>\n"
                              "  responde    UDITH\n"
                              "  hasta       mar 30 jun 2026\n"));
}

TEST(TerminalChecks, SaysTheExposureOfEachFinding) {
  TerminalOptions options;
  EXPECT_THAT(FormatChecks(sample::Checks(), options), Not(HasSubstr("exposición")));
  options.exposure = sample::Exposed();
  const std::string text = FormatChecks(sample::Checks(), options);
  EXPECT_THAT(text,
              HasSubstr("  exposición  2,45 de cada mil años-persona (IC 95 %: 2,01 a 2,90)\n"));
  EXPECT_THAT(text, HasSubstr("  exposición  no se mide: los hechos llegan en unidades enteras\n"));
  EXPECT_THAT(text,
              HasSubstr("exposición: población personal-sintetico, gestión 2026, 220 personas, "
                        "200 repeticiones, semilla 20250217\n"));
  EXPECT_THAT(text, Not(HasSubstr("se cuenta el año")));
  options.witnesses = true;
  EXPECT_THAT(FormatChecks(sample::Checks(), options),
              HasSubstr("se cuenta el año en que dos reglas se aplican"));
  // None seen is said as such: 44,000 staff-years without it.
  options.exposure->findings[0].figure = exposure::Figure{0, 0, 0, 0.0838};
  EXPECT_THAT(FormatChecks(sample::Checks(), options),
              HasSubstr("ninguno de 44.000 años-persona (IC 95 %: 0 a 0,084 de cada mil)"));
}

TEST(TerminalChecks, SaysUnderWhichReadingsOnlyWhenNotAll) {
  TerminalOptions options;
  const base::Text last{"a = b", "a = b"};
  options.readings_tried = sample::Input().tried.assignments;
  options.readings_tried.push_back(last);
  EXPECT_THAT(FormatChecks(sample::Checks(), options),
              HasSubstr("  lecturas    2 de 3; no bajo a = b\n"));
  options.readings_tried.resize(5, last);
  EXPECT_THAT(FormatChecks(sample::Checks(), options),
              HasSubstr("  lecturas    2 de 5: la supuesta; cómputo = desde_la_hora\n"));
}

// They are there because --remedios asked for them: the cases need not be asked for as well.
TEST(TerminalChecks, ShowsTheMendsWithoutTheCases) {
  const std::string text = FormatChecks(sample::Checks(), {});
  EXPECT_THAT(text, HasSubstr("  remedios    dar prioridad a RIP:47.III\n"));
  EXPECT_THAT(text, Not(HasSubstr("  condiciones ")));
}

// What was found under another reading is not of the text as its norm file reads it.
TEST(TerminalChecks, SaysWhichReadingIsNotTheAssumedOne) {
  ReportInput input = sample::Input();
  input.gestion = 2026;
  EXPECT_EQ(FormatCheckedYear(input),
            "gestión revisada: 2026\n"
            "lectura elegida: cómputo_de_minutos = desde_la_hora_fijada; la norma supone "
            "tras_la_tolerancia\n");
  input.readings[0].chosen = input.readings[0].assumed;
  EXPECT_EQ(FormatCheckedYear(input), "gestión revisada: 2026\n");
}

TEST(TerminalChecks, ACautionOnlyForAHistoryThatWasNotReplayed) {
  base::CheckReport report;
  report.findings = {sample::Textual()};
  EXPECT_THAT(FormatChecks(report, {}), Not(HasSubstr("cuidado")));
  EXPECT_THAT(FormatChecks(report, {}), HasSubstr("citado a la letra"));
}

// A claim that a history shows carries its own proof; one that nothing shows, where it was sought.
TEST(TerminalChecks, WhatNothingShowsSaysWhereItWasLookedFor) {
  base::CheckReport report;
  report.findings = {sample::Textual()};
  report.findings[0].bounds = {"un mes", "one month"};
  for (const auto& [evidence, said] :
       {std::pair(base::Evidence::Replayed, false), std::pair(base::Evidence::SolverAlone, true),
        std::pair(base::Evidence::SecondSolver, true)}) {
    report.findings[0].evidence = evidence;
    EXPECT_EQ(FormatChecks(report, {}).find("  alcance     un mes\n") != std::string::npos, said);
  }
}

TEST(TerminalCatalogue, IsGroupedWithCodesAndPages) {
  EXPECT_THAT(FormatCatalogue(sample::Checks().checks, {}),
              HasSubstr("  completitud\n    hueco               casos sin respuesta "
                        "(docs/comprobaciones/hueco.md)\n"));
}

TEST(TerminalChecks, SaysSoWhenNothingWasChecked) {
  EXPECT_THAT(FormatChecks({}, {}), HasSubstr("no se comprobó nada; esto no es un resultado\n"
                                              "estado de salida 3: quedaron consultas"));
}

TEST(TerminalChecks, ShowsTheWitnessWhenAsked) {
  TerminalOptions options;
  options.witnesses = true;
  const std::string text = FormatChecks(sample::Checks(), options);
  EXPECT_THAT(text, HasSubstr("lun 3 feb 2025"));
  EXPECT_THAT(text, HasSubstr("RIP:45.I (atraso_mensual[5]): descuento de 7 días; cede"));
  // Both histories of a comparison, the conditions and the mends.
  EXPECT_THAT(text, HasSubstr("  caso        si llega tarde\n"));
  EXPECT_THAT(text, HasSubstr("  caso        si no viene\n"));
  EXPECT_THAT(text, HasSubstr("  condiciones RIP:47.I.a: pide una segunda comisión"));
  EXPECT_THAT(text, HasSubstr("              tres meses de 126 minutos\n"));
  EXPECT_THAT(text, HasSubstr("  remedios    dar prioridad a RIP:47.III\n"));
}

TEST(TerminalChecks, IsCompleteInEnglish) {
  TerminalOptions options;
  options.language = Language::English;
  options.witnesses = true;
  std::string text = FormatChecks(sample::Checks(), options);
  text += FormatAmendments(sample::Input(), options) + FormatForecast(sample::Forecast(), options);
  for (const char* word :
       {"hallazgo", "consultas", "dónde", "prevalece", "queda en pie", "estado", "enmienda",
        "media", "diferencia", "advertencia", "personas", "gestión", "días"}) {
    EXPECT_THAT(text, Not(HasSubstr(word)));
  }
}

// However narrow the terminal is, each word of each label is there.
TEST(TerminalForecast, LabelsAreNotCut) {
  TerminalOptions options;
  options.width = 40;
  year::Forecast forecast = sample::Forecast();
  forecast.cells[0].label = {"del total descontado, lo que pasa del tope de un mes", ""};
  const std::string text = FormatForecast(forecast, options);
  EXPECT_THAT(text, Not(HasSubstr("…")));
  const std::string first = text.substr(text.find("del total"));
  EXPECT_THAT(first, HasSubstr("lo que pasa"));
  std::stringstream lines(first);
  std::string row, below;
  ASSERT_TRUE(std::getline(lines, row) && std::getline(lines, below));
  EXPECT_TRUE(below.starts_with("  ") && below.find_first_not_of(' ') == 2) << below;
  EXPECT_EQ(below.find("  ", 2), std::string::npos) << "figures are beside the first words";
}

// The terminal does not list what the forecast rests on, where the report says why.
TEST(TerminalForecast, ADashHasItsReason) {
  TerminalOptions options;
  year::Forecast forecast = sample::Forecast();
  const std::string reason = "—: no se muestra, porque es de muy pocas personas";
  EXPECT_THAT(FormatForecast(forecast, options), Not(HasSubstr(reason)));
  year::Forecast base = forecast;
  base.regulations.resize(1);
  sample::HideCell(base, 0);
  EXPECT_THAT(FormatForecast(base, options), HasSubstr(reason));
  // Of an amendment alone.
  forecast.regulations[1].statistics[0].mean = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(FormatForecast(forecast, options), HasSubstr(reason));
}

// Its two: no figure holds without them.
TEST(TerminalForecast, SaysThatThereAreAssumptionsAndWhere) {
  TerminalOptions options;
  year::Forecast forecast = sample::Forecast();
  EXPECT_THAT(FormatForecast(forecast, options),
              HasSubstr("\nsupuestos en que descansan estas cifras: 2; los enumeran --salida y "
                        "«cotejo informe»\n"));
  options.language = Language::English;
  EXPECT_THAT(FormatForecast(forecast, options),
              HasSubstr("\nassumptions on which these figures rest: 2; --output and “cotejo "
                        "report” list them\n"));
  forecast.assumptions.clear();
  EXPECT_THAT(FormatForecast(forecast, options), Not(HasSubstr("assumptions")));
}

// Above the figures that do not show it.
TEST(TerminalForecast, WhatIsNotLookedAtIsSaidFirst) {
  TerminalOptions options;
  options.width = 60;
  year::Forecast forecast = sample::Forecast();
  forecast.regulations[1].unseen = {"de esta enmienda no se mira nada (RIP:20)",
                                    "nothing of this amendment is looked at (RIP:20)"};
  const std::string text = FormatForecast(forecast, options);
  const std::size_t said = text.find("\nde esta enmienda no se mira nada (RIP:20)\n");
  ASSERT_NE(said, std::string::npos) << text;
  EXPECT_LT(said, text.find(forecast.cells[0].label.es));
  options.language = Language::English;
  EXPECT_THAT(FormatForecast(forecast, options),
              HasSubstr("\nnothing of this amendment is looked at (RIP:20)\n"));
}

TEST(TerminalForecast, AlignsItsColumnsAndKeepsExactZeros) {
  TerminalOptions options;
  options.width = 150;
  const std::string text = FormatForecast(sample::Forecast(), options);
  EXPECT_THAT(text, HasSubstr("semilla 20250217"));
  EXPECT_THAT(text, HasSubstr("con la enmienda «tolerancia de 10 minutos»"));
  EXPECT_THAT(text, HasSubstr("145.588,09"));
  std::stringstream lines(text);
  std::size_t width = 0;
  bool zero = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("sanciones ")) width = DisplayWidth(line);
    if (line.starts_with("RIP:45.I ")) {
      EXPECT_EQ(DisplayWidth(line), width);
    }
    zero = zero || (line.starts_with("RIP:45.II") && line.ends_with("  0"));
  }
  EXPECT_GT(width, 0U);
  EXPECT_TRUE(zero);
}

TEST(TerminalAmendments, SaysWhatEachSolvesAndIntroduces) {
  const std::string text = FormatAmendments(sample::Input(), {});
  EXPECT_THAT(text, HasSubstr("hallazgos: resueltos 1 · introducidos 1 · sin cambio 5\n"));
  EXPECT_THAT(text, HasSubstr("  introduce   hueco nuevo tras la enmienda\n"));
}

// What somebody answered for is not listed as if nobody had.
TEST(TerminalAmendments, SaysWhichAreSuppressed) {
  ReportInput input = sample::Input();
  for (base::Finding& finding : input.amendments[0].checks->findings) {
    if (finding.title.es == "hueco nuevo tras la enmienda")
      finding.suppression = base::Suppression{"se prueba", "UDITH", base::Date(2026, 6, 30)};
  }
  EXPECT_THAT(FormatAmendments(input, {}),
              HasSubstr("  introduce   hueco nuevo tras la enmienda (suprimido hasta "));
}

TEST(TerminalAmendments, SaysWhatIsStillThereWithOtherFigures) {
  ReportInput input = sample::Input();
  base::Finding& now = input.amendments[0].checks->findings[0];
  now.title = {"2960 minutos", "2960 minutes"};
  TerminalOptions options;
  options.width = 400;
  const std::string was = input.checks->findings[0].title.es;
  std::string text = FormatAmendments(input, options);
  EXPECT_THAT(text, HasSubstr("hallazgos: resueltos 1 · introducidos 1 · siguen, con otras cifras "
                              "1 · sin cambio 4\n"));
  EXPECT_THAT(text, HasSubstr("  sigue       antes: " + was + "; ahora: 2960 minutos\n"));
  options.language = Language::English;
  text = FormatAmendments(input, options);
  EXPECT_THAT(text, HasSubstr("still there, with other figures 1 · unchanged 4\n"));
  EXPECT_THAT(text, HasSubstr("; now: 2960 minutes\n"));
}

TEST(TerminalAmendments, SaysHowManyStayedUndecided) {
  ReportInput input = sample::Input();
  base::QueryRecord query;
  query.name = "granularidad/una";
  query.check = "granularidad";
  input.amendments[0].checks->queries.push_back(query);
  const std::string text = FormatAmendments(input, {});
  EXPECT_THAT(text, HasSubstr("hallazgos: resueltos 0 · introducidos 1 · sin cambio 5\n"));
  EXPECT_THAT(text, HasSubstr("  sin decidir 1 (su comprobación quedó sin terminar"));
}

std::vector<AppliedPerson> Applied() {
  AppliedRule loser{.date = base::Date(2025, 3, 31),
                    .subject = {"atraso en marzo de 2025", "atraso in March 2025"},
                    .article = base::ParseCitation("RIP:45.I"),
                    .rule = "atraso_mensual[3]",
                    .answer = {"descuento de 1 día (leve)", "deduction of 1 day (minor)"},
                    .measures = {{"minutos_de_atraso", {"46 minutos", "46 minutes"}}},
                    .stands = false,
                    .why = {"prevalece LEY:1 (tope): norma de rango superior",
                            "LEY:1 (tope) prevails: norm of higher rank"},
                    .conflicts = {}};
  AppliedGap gap{.date = base::Date(2025, 4, 30),
                 .subject = {"falta en abril de 2025", "falta in April 2025"},
                 .measures = {{"días", {"1 1/2 días", "1 1/2 days"}}}};
  return {{.name = "P1",
           .from = base::Date(2025, 1, 1),
           .to = base::Date(2025, 12, 31),
           .rules = {loser},
           .gaps = {gap}},
          {.name = "P2",
           .from = base::Date(2025, 1, 1),
           .to = base::Date(2025, 12, 31),
           .rules = {},
           .gaps = {}}};
}

TEST(TerminalApplied, GivesEachConsequenceItsArticleAndMeasures) {
  EXPECT_EQ(FormatApplied(Applied(), {}),
            "P1 (mié 1 ene 2025 a mié 31 dic 2025)\n"
            "  lun 31 mar 2025  RIP:45.I: descuento de 1 día (leve)\n"
            "      atraso en marzo de 2025 · atraso_mensual[3]\n"
            "      minutos_de_atraso = 46 minutos\n"
            "      cede; prevalece LEY:1 (tope): norma de rango superior\n"
            "  mié 30 abr 2025  hueco: ninguna regla responde\n"
            "      falta en abril de 2025\n"
            "      días = 1 1/2 días\n"
            "\n"
            "P2 (mié 1 ene 2025 a mié 31 dic 2025)\n"
            "  sin consecuencias\n"
            "\n"
            "personas 2 · reglas aplicadas 1 · en conflicto 0 · huecos 1\n");
}

// A gap of January comes before what is answered in March, and after that of its own day.
TEST(TerminalApplied, AGapStandsOnItsDay) {
  std::vector<AppliedPerson> persons = Applied();
  persons[0].gaps[0].date = base::Date(2025, 1, 31);
  std::string text = FormatApplied(persons, {});
  EXPECT_LT(text.find("vie 31 ene 2025  hueco"), text.find("lun 31 mar 2025  RIP:45.I"));
  std::string csv = AppliedCsv(persons, Language::Spanish);
  EXPECT_LT(csv.find(",2025-01-31,"), csv.find(",2025-03-31,"));
  persons[0].gaps[0].date = base::Date(2025, 3, 31);
  text = FormatApplied(persons, {});
  EXPECT_LT(text.find("RIP:45.I"), text.find("hueco: ninguna"));
  csv = AppliedCsv(persons, Language::Spanish);
  EXPECT_LT(csv.find("RIP:45.I"), csv.find(",hueco,"));
}

TEST(TerminalDiary, TellsFactsAndAnswersDayByDay) {
  Diary diary{.about = {{"oficina: pando", "office: pando"}, {"contrato: eventual", ""}},
              .facts = {{base::Date(2025, 3, 31), {"llegada a las 08:50", "arrival at 08:50"}},
                        {base::Date(2025, 4, 2), {"omisión", "omission"}}},
              .forgone = {{base::Date(2025, 4, 1), {"no falta", "is not absent"}}},
              .steps = {{base::Date(2025, 4, 2), {"sumario: apertura", "process: opening"}}},
              .pending = {{"al 31 de diciembre, sumario: prueba (pendiente)", ""}},
              .answers = Applied().front()};
  EXPECT_EQ(FormatDiary(diary, {}),
            "P1 (mié 1 ene 2025 a mié 31 dic 2025)\n"
            "      oficina: pando; contrato: eventual\n"
            "  lun 31 mar 2025  llegada a las 08:50\n"
            "→ lun 31 mar 2025  RIP:45.I: descuento de 1 día (leve)\n"
            "      atraso en marzo de 2025 · atraso_mensual[3]\n"
            "      minutos_de_atraso = 46 minutos\n"
            "      cede; prevalece LEY:1 (tope): norma de rango superior\n"
            "· mar 1 abr 2025  (no falta: por una sanción anterior)\n"
            "  mié 2 abr 2025  omisión\n"
            "» mié 2 abr 2025  sumario: apertura\n"
            "→ mié 30 abr 2025  hueco: ninguna regla responde\n"
            "      falta en abril de 2025\n"
            "      días = 1 1/2 días\n"
            "» al 31 de diciembre, sumario: prueba (pendiente)\n"
            "\nhechos 2 · reglas aplicadas 1 · huecos 1\n"
            "dejado de hacer por una sanción 1\n");
}

TEST(TerminalApplied, WritesCsv) {
  std::vector<AppliedPerson> persons = Applied();
  persons[0].name = "P,\"1\"";
  EXPECT_EQ(AppliedCsv(persons, Language::Spanish),
            "persona,fecha,sujeto,articulo,regla,respuesta,prevalece,medidas,frente_a\n"
            "\"P,\"\"1\"\"\",2025-03-31,atraso en marzo de 2025,RIP:45.I,atraso_mensual[3],"
            "descuento de 1 día (leve),no,minutos_de_atraso = 46 minutos,"
            "cede; prevalece LEY:1 (tope): norma de rango superior\n"
            "\"P,\"\"1\"\"\",2025-04-30,falta en abril de 2025,,,hueco,,días = 1 1/2 días,\n");
}

// Neither of two that contradict each other prevails.
TEST(TerminalApplied, TheCsvSaysWhatIsNotDecided) {
  std::vector<AppliedPerson> persons = Applied();
  persons.resize(1);
  persons[0].gaps.clear();
  AppliedRule& rule = persons[0].rules.front();
  rule.stands = true;
  rule.conflicts = {{"RIP:47.I.a (una)", "RIP:47.I.a (una)"},
                    {"RIP:48.2 (otra)", "RIP:48.2 (otra)"}};
  EXPECT_EQ(AppliedCsv(persons, Language::Spanish),
            "persona,fecha,sujeto,articulo,regla,respuesta,prevalece,medidas,frente_a\n"
            "P1,2025-03-31,atraso en marzo de 2025,RIP:45.I,atraso_mensual[3],"
            "descuento de 1 día (leve),sin decidir,minutos_de_atraso = 46 minutos,"
            "contradice a RIP:47.I.a (una); el orden entre normas no decide | "
            "contradice a RIP:48.2 (otra); el orden entre normas no decide\n");
  EXPECT_THAT(AppliedCsv(persons, Language::English), HasSubstr(",undecided,"));
}

TEST(ProgressBar, FitsItsWidth) {
  EXPECT_EQ(RenderProgress("simulando", 50, 200, 3.2, 50),
            "simulando  [####.............]   25 %  50/200  3 s");
  EXPECT_EQ(RenderProgress("simulando", 500, 200, 3.2, 50),
            "simulando  [################]  100 %  200/200  3 s");
  for (const int width : {1, 5, 20, 40, 80, 200}) {
    EXPECT_LE(DisplayWidth(RenderProgress("año", 1, 3, 0, width)), static_cast<std::size_t>(width));
  }
  EXPECT_THAT(RenderProgress("x", 0, 0, 0, 60), HasSubstr("  0 %  0/0"));
}

TEST(ProgressBar, IsSilentWithoutATerminal) {
  std::atomic<std::int64_t> done{0};
  ::testing::internal::CaptureStderr();
  { const Progress progress("simulando", done, 10); }
  const std::atomic<int> checked{0};
  const std::atomic<int> planned{3};
  { const Progress progress("revisando", checked, planned); }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace cotejo::reports
