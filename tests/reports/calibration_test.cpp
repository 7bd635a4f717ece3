// The report of a calibration, as JSON and as a page.
#include "reports/calibration.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/html/html.h"
#include "reports/json/calibration.h"

namespace cotejo::reports {
namespace {

using Json = nlohmann::json;
using base::Language;

CalibrationReport Sample() {
  CalibrationReport report;
  report.title = "Reglamento <ejemplo>";
  report.tool_version = "0.1.0";
  report.command = "cotejo calibrar attlog.dat";
  report.population = "personal-sintetico";
  calibration::FilePreview file{"/casa/de/alguien/attlog.dat", {"attlog", "attlog"}, 12, {}};
  file.tallies.push_back({calibration::Outcome::Rejected,
                          {"una fecha que no existe", "a date that is not"},
                          3,
                          {{7, "seudónimo-7 08:31"}}});
  report.files = {file};
  report.quality.first = base::Date(2025, 3, 3);
  report.quality.last = base::Date(2025, 6, 30);
  report.quality.full = {"2025-03", "2025-04", "2025-05", "2025-06"};
  report.quality.issues = {
      {{"días imposibles", "impossible days"},
       2,
       {"seudónimo-9 2025-03-04"},
       {"fuera", "out"},
       true},
      {{"de otro reloj", "of another clock"}, 0, {}, {"no se sabe", "not known"}, false}};
  calibration::Calibration& fitted = report.fitted;
  fitted.people = 40;
  fitted.arrivals = 9575;
  fitted.late = {0.1063, 0.1552, 0.1129, 0.2061, 900};
  calibration::FittedClass regular;
  regular.name = "regular";
  regular.fitted = true;
  regular.absences = {{1, {0.9, 0.5, 0.3, 0.8, 5000}, calibration::Told::Shared},
                      {6, {0.3, 0.3, 0, 0, 0}, calibration::Told::File}};
  regular.bands = {{-15, 0, {0.86, 0.882, 0.8602, 0.9015, 300}},
                   {1, 30, {0.14, 0.118, 0.0985, 0.1398, 300}}};
  calibration::FittedClass few;
  few.name = "impuntual";
  few.omission = {0.5, 0.5, 0.4, 0.6, 3};
  fitted.classes = {regular, few};
  fitted.traits = {{"puntualidad", {0.5, 0.4321, 0.3, 0.6, 40}, true, {}},
                   {"conducta", {0.4, 0.4, 0, 0, 0}, false, {"no se ve", "not seen"}}};
  fitted.pairs = {{"puntualidad", "olvido", {0.2, -0.25, -0.5, 0.1, 40}, true, {}}};
  calibration::Goodness alike;
  alike.what = {"parecido", "likeness"};
  alike.done = true;
  alike.statistic = 90.7;
  alike.largest_gap = -0.1142;
  alike.where = {"una persona", "a person"};
  alike.one_person = true;
  calibration::Goodness not_done;
  not_done.what = {"lo apartado", "what was held out"};
  not_done.why_not = {"faltan meses", "months are missing"};
  fitted.goodness = {alike, not_done};
  fitted.back_test = {
      true, {}, 100, {{"2025-05", 40, 54.06, 43, 66}, {"2025-06", 54, 56.54, 42, 70}}};
  fitted.absences = {true, {}, {2.2, 1.25, 1.125, 1.5, 9000}, 3};
  fitted.back_test.absent = {{"2025-05", 6.5, 7.25, 3, 12}, {"2025-06", 20, 7, 3, 12.5}};
  return report;
}

bool Holds(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}

TEST(CalibrationReport, TheBackTestIsInTheJson) {
  const Json document = Json::parse(WriteCalibrationJson(Sample()));
  EXPECT_EQ(document["esquema"], kCalibrationSchema);
  const Json& test = document["calibracion"]["prueba"];
  ASSERT_EQ(test["meses"].size(), 2U);
  EXPECT_EQ(test["meses"][0], Json({{"mes", "2025-05"},
                                    {"observadas", 40.0},
                                    {"previstas", 54.06},
                                    {"bajo", 43.0},
                                    {"alto", 66.0},
                                    {"dentro", false}}));
  EXPECT_EQ(test["meses"][1]["dentro"], true);
  EXPECT_TRUE(test["no_se_hizo"].is_null());
  EXPECT_EQ(document["calibracion"]["tarde"]["ajuste"], 0.1552);
  EXPECT_EQ(document["calibracion"]["clases"][0]["franjas"][1]["parte"]["ic_alto"], 0.1398);
  EXPECT_EQ(document["calidad"]["asuntos"][0]["veces"], 2);
  EXPECT_EQ(document["calibracion"]["rasgos"][0]["ajuste"]["ajuste"], 0.4321);
  EXPECT_TRUE(document["calibracion"]["rasgos"][1]["ajuste"].is_null());
  EXPECT_EQ(document["calibracion"]["rasgos"][1]["como_en_el_archivo"]["es"], "no se ve");
  EXPECT_EQ(document["calibracion"]["correlaciones"][0]["de"][1], "olvido");
}

TEST(CalibrationReport, AbsencesAreToldWithWhatTheyRestOn) {
  const Json fitted = Json::parse(WriteCalibrationJson(Sample()))["calibracion"];
  EXPECT_EQ(fitted["inasistencias"]["por_ano"]["ic_alto"], 1.5);
  EXPECT_EQ(fitted["inasistencias"]["dias_sin_explicar"], 3.0);
  const Json& spells = fitted["clases"][0]["inasistencias"];
  EXPECT_EQ(spells[0]["ajuste"], "en_comun");
  EXPECT_EQ(spells[0]["por_ano"]["ajuste"], 0.5);
  EXPECT_EQ(spells[1]["medios_dias"], 6);
  EXPECT_TRUE(spells[1]["por_ano"].is_null());
  EXPECT_TRUE(fitted["clases"][1]["inasistencias"].is_null());
  EXPECT_EQ(fitted["prueba"]["dias_de_inasistencia"][1]["dentro"], false);
  const HtmlPage page = RenderCalibration(Sample());
  EXPECT_TRUE(Holds(page.html,
                    "Inasistencias de medio día al año (en común)</th><td>0,50</td><td "
                    "class=\"range\">0,30 a 0,80</td><td>0,90</td>"));
  EXPECT_TRUE(Holds(page.html, "Inasistencias de 3 días al año</th><td>—</td>"));
  EXPECT_TRUE(Holds(page.html,
                    "<td>20,0</td><td>7,0</td><td class=\"range\">3,0 a 12,5</td><td "
                    "class=\"bad\">fuera</td>"));
  EXPECT_TRUE(Holds(page.html, "así que la parte justificada queda como en el archivo"));
  EXPECT_TRUE(Holds(page.html,
                    "Puntualidad: desvío</th><td>0,43</td><td class=\"range\">0,30 a 0,60</td>"));
  EXPECT_TRUE(Holds(page.html, "Conducta: desvío (como en el archivo: no se ve)</th><td>—</td>"));
  EXPECT_TRUE(Holds(page.html, "Puntualidad con olvido: correlación</th><td>−0,25</td>"));
}

TEST(CalibrationReport, AbsencesThatWereNotFittedSayWhy) {
  CalibrationReport report = Sample();
  report.fitted.absences = {false, {"sin lista", "without a list"}, {}, 0};
  report.fitted.back_test.absent.clear();
  const Json fitted = Json::parse(WriteCalibrationJson(report))["calibracion"];
  EXPECT_TRUE(fitted["inasistencias"]["por_ano"].is_null());
  EXPECT_EQ(fitted["inasistencias"]["no_se_ajustaron"]["es"], "sin lista");
  const HtmlPage page = RenderCalibration(report);
  EXPECT_TRUE(Holds(page.html, "inasistencias, sin lista"));
  EXPECT_FALSE(Holds(page.html, "Inasistencias de"));
  EXPECT_FALSE(Holds(page.html, "Días de inasistencia"));
}

TEST(CalibrationReport, WhatIsNotKnownIsNull) {
  const Json document = Json::parse(WriteCalibrationJson(Sample()));
  EXPECT_TRUE(document["calidad"]["asuntos"][1]["veces"].is_null());
  EXPECT_TRUE(document["calibracion"]["clases"][1]["omision"].is_null());
  EXPECT_TRUE(document["calibracion"]["bondad"][1]["estadistico"].is_null());
}

TEST(CalibrationReport, WithoutPeopleNothingTellsOfOne) {
  const CalibrationReport shown = WithoutPeople(Sample());
  for (const std::string& text : {WriteCalibrationJson(shown), RenderCalibration(shown).html}) {
    EXPECT_FALSE(Holds(text, "seudónimo-"));
    EXPECT_FALSE(Holds(text, "casa"));
    EXPECT_FALSE(Holds(text, "una persona"));
    EXPECT_FALSE(Holds(text, "0.1142"));
    EXPECT_FALSE(Holds(text, "11,42"));
    EXPECT_TRUE(Holds(text, "attlog.dat"));
  }
}

TEST(CalibrationReport, ThePageHasTheBackTestAsATableAndAChart) {
  const HtmlPage page = RenderCalibration(WithoutPeople(Sample()));
  EXPECT_TRUE(page.problems.empty());
  EXPECT_TRUE(Holds(page.html,
                    "<th scope=\"row\">2025-05</th><td>40</td><td>54,1</td><td class=\"range\">43 "
                    "a 66</td><td class=\"bad\">fuera</td>"));
  EXPECT_TRUE(Holds(page.html, "<td class=\"range\">42 a 70</td><td class=\"good\">dentro</td>"));
  EXPECT_TRUE(Holds(page.html, "aria-label=\"Sanciones de los meses apartados\""));
  EXPECT_TRUE(Holds(page.html,
                    "Llegadas de 1 a 30 min</th><td>11,80</td><td class=\"range\">9,85 a "
                    "13,98</td><td>14,00</td>"));
  EXPECT_TRUE(Holds(page.html, "Menos de 10 personas"));
  EXPECT_FALSE(Holds(page.html, "<ejemplo>"));
}

// As the terminal and the JSON tell it.
TEST(CalibrationReport, ThePageSaysHowSureTheClassesAre) {
  CalibrationReport report = Sample();
  report.fitted.certainty = 0.613;
  const std::string sure = "Cada persona es, en promedio, de su clase más probable con 61,3 %.";
  EXPECT_NE(RenderCalibration(report).html.find(sure + "</p>"), std::string::npos);
  report.fitted.earlier = 3;
  report.fitted.later = 1204;
  EXPECT_NE(RenderCalibration(report).html.find(
                sure + " Llegadas antes de la primera franja y después de la última, que se "
                       "cuentan en ellas: 3 y 1.204.</p>"),
            std::string::npos);
}

TEST(CalibrationReport, WithoutABackTestThePageSaysWhy) {
  CalibrationReport report = Sample();
  report.fitted.back_test = {false, {"hacen falta más meses", "more months are needed"}, 0, {}};
  const std::string html = RenderCalibration(report).html;
  EXPECT_TRUE(Holds(html, "<p class=\"alert\">Hacen falta más meses</p>"));
  EXPECT_FALSE(Holds(html, "aria-label=\"Sanciones de los meses apartados\""));
}

TEST(CalibrationReport, TheEnglishPageIsInEnglish) {
  const std::string html = RenderCalibration(Sample(), {.language = Language::English}).html;
  EXPECT_TRUE(
      Holds(html, "<td>54.1</td><td class=\"range\">43 to 66</td><td class=\"bad\">outside</td>"));
  for (const char* spanish : {"apartados", "Ajuste", "Bondad", "personas"})
    EXPECT_FALSE(Holds(html, spanish)) << spanish;
}

}  // namespace
}  // namespace cotejo::reports
