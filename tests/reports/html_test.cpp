#include "reports/html/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <regex>
#include <set>

#include "reports/format.h"
#include "reports/html/charts.h"
#include "reports/html/gnuplot.h"
#include "reports/html/page_labels.h"
#include "reports/html/templates.h"
#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using base::Language;
using ::testing::HasSubstr;

// The whole page would drown the message of a matcher.
::testing::AssertionResult Holds(const std::string& page, const std::string& piece) {
  if (page.find(piece) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "the page lacks: " << piece;
}
::testing::AssertionResult Lacks(const std::string& page, const std::string& piece) {
  if (page.find(piece) == std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "the page holds: " << piece;
}

HtmlPage Render(Language language, const std::string& gnuplot = "gnuplot") {
  return RenderHtml(sample::Input(), {.language = language, .gnuplot = gnuplot});
}

std::vector<std::string_view> Templates() {
  std::vector<std::string_view> templates = {kPageTemplate, kCalibrationTemplate};
  for (const auto& [name, text] : PageParts()) templates.push_back(text);
  return templates;
}

TEST(ReportPage, NeedsNothingFromOutside) {
  for (const Language language : {Language::Spanish, Language::English}) {
    const std::string html = Render(language).html;
    EXPECT_TRUE(Lacks(html, "http:"));
    EXPECT_TRUE(Lacks(html, "https:"));
    EXPECT_TRUE(Lacks(html, "//www"));
    EXPECT_TRUE(Lacks(html, "@import"));
    EXPECT_TRUE(Lacks(html, " src="));
    EXPECT_TRUE(Lacks(html, "<link"));
  }
}

TEST(ReportPage, EscapesWhatItShows) {
  const std::string html = Render(Language::Spanish).html;
  EXPECT_TRUE(Lacks(html, "<ejemplo>"));
  EXPECT_TRUE(Holds(html, "&lt;ejemplo&gt; &amp; &quot;enmiendas&quot;"));
  EXPECT_TRUE(Holds(html, "reincidencia_<wbr>de_<wbr>atraso[3]&lt;&amp;"));
  EXPECT_TRUE(Holds(html, "fila &lt;de la escala&gt;"));
}

TEST(ReportPage, HasAnAnchorForEachFindingAndNoIdTwice) {
  const std::string html = Render(Language::Spanish).html;
  for (const base::Finding& finding : sample::Checks().findings) {
    EXPECT_TRUE(Holds(html, " id=\"" + finding.id + "\""));
    EXPECT_TRUE(Holds(html, "href=\"#" + finding.id + "\""));
  }
  static const std::regex kId(R"re( id=["']([^"']+)["'])re");
  std::set<std::string> seen;
  for (std::sregex_iterator it(html.begin(), html.end(), kId), end; it != end; ++it) {
    // gnuplot names one fill pattern again for each plot; the report uses none.
    EXPECT_TRUE(seen.insert((*it)[1]).second) << (*it)[1];
  }
  static const std::regex kLink(R"re(href=["']#([^"']+)["'])re");
  for (std::sregex_iterator it(html.begin(), html.end(), kLink), end; it != end; ++it) {
    EXPECT_TRUE(seen.contains((*it)[1])) << (*it)[1];
  }
}

TEST(ReportPage, ShowsWitnessVerdictAndDifference) {
  const std::string html = Render(Language::Spanish).html;
  EXPECT_TRUE(Holds(html, "✓ repetido en el intérprete"));
  EXPECT_TRUE(Holds(html, "✗ no repetido en el intérprete"));
  EXPECT_TRUE(Holds(html, "Consultas sin resolver: 1"));
  EXPECT_TRUE(Holds(html, "prevalece LEY1178:29"));
  EXPECT_TRUE(Holds(html, "989.728,39"));
  EXPECT_TRUE(Holds(html, "20250217"));
  EXPECT_TRUE(Lacks(html, "AVX3"));
  EXPECT_TRUE(Lacks(html, "{{"));
}

// The finding as it was is with those of the text in force; as it is, under the amendment.
TEST(ReportPage, ShowsWhatIsStillThereWithOtherFigures) {
  ReportInput input = sample::Input();
  base::Finding& now = input.amendments[0].checks->findings[0];
  now.title = {"2960 minutos", "2960 minutes"};
  std::string html = RenderHtml(input, {.language = Language::Spanish}).html;
  EXPECT_TRUE(
      Holds(html, "Resueltos: 1. Introducidos: 1. Siguen, con otras cifras: 1. Sin cambio: 4."));
  EXPECT_TRUE(Holds(html, "<h4>Hallazgos que siguen, con otras cifras</h4>"));
  EXPECT_TRUE(Holds(html, "; ahora: 2960 minutos</a>"));
  EXPECT_TRUE(Holds(html, " id=\"enmienda-tolerancia-10-contradiccion-3f9a01c7\""));
  html = RenderHtml(input, {.language = Language::English}).html;
  EXPECT_TRUE(Holds(html, "Still there, with other figures: 1. Unchanged: 4."));
  EXPECT_TRUE(Holds(html, "; now: 2960 minutes</a>"));
  EXPECT_TRUE(Lacks(Render(Language::Spanish).html, "con otras cifras"));
}

TEST(ReportPage, GroupsFindingsInTheOrderOfTheCatalogueWithAnIndex) {
  const std::string html = Render(Language::Spanish).html;
  std::size_t at = 0;
  for (const char* piece :
       {"<h3>Qué se buscó</h3>", "Buscado y no hallado: 1 pregunta probada",
        "Sin comprobar: el texto oficial no se ha importado", "id=\"grupo-consistencia\"",
        "id=\"contradiccion-3f9a01c7\"", "id=\"grupo-completitud\"", "id=\"granularidad-77b2e9d0\"",
        "id=\"grupo-economía\"", "id=\"solapamiento-0c44aa12\"", "id=\"grupo-incentivos\"",
        "id=\"grupo-estructura\"", "id=\"suprimidos\"", "id=\"granularidad-aaaa0001\""}) {
    const std::size_t found = html.find(piece, at);
    EXPECT_NE(found, std::string::npos) << piece;
    if (found != std::string::npos) at = found;
  }
  EXPECT_TRUE(Lacks(html, "<details open"));
}

TEST(ReportPage, ShowsEveryFieldOfAFinding) {
  const std::string html = Render(Language::Spanish).html;
  EXPECT_TRUE(Holds(html, "<dt>Evidencia</dt><dd>sólo el demostrador Z3</dd>"));
  EXPECT_TRUE(Holds(
      html, "<span class=\"art\">RIP:47.I.a</span> pide una segunda comisión &lt;46.IV.1&gt;"));
  EXPECT_TRUE(Holds(html, "no hay otro conjunto mínimo"));
  EXPECT_TRUE(Holds(html, "Dar prioridad a RIP:47.III"));
  EXPECT_TRUE(Holds(html, "enmienda a &quot;A&quot; sobre RIP"));
  EXPECT_TRUE(Holds(html, ": Si llega tarde</span>"));
  EXPECT_TRUE(Holds(html, ": Si no viene</span>"));
  EXPECT_TRUE(Holds(html, "<dt>Lecturas en que se da</dt><dd>Las 2 probadas</dd>"));
  EXPECT_TRUE(Holds(html, "el reloj se cambiará &lt;pronto&gt;"));
  EXPECT_TRUE(Holds(html, "<dd>30 de junio de 2026</dd>"));
  EXPECT_TRUE(Holds(html, "supresiones.toml (entradas: 1), juzgado al 15 de enero de 2026."));
  EXPECT_TRUE(Holds(html, "Asignaciones probadas: 2"));
  EXPECT_TRUE(
      Holds(html, "<td>enumerado caso por caso</td><td>las medidas como números libres</td>"));
}

// What is offered as a file for «aplicar» must be one that it reads, and answer what is shown.
TEST(ReportPage, TheFileOfACaseSaysWhatElseItNeeds) {
  ReportInput input = sample::Input();
  base::Witness& witness = input.checks->findings[0].witness;
  witness = {};
  witness.csv = "persona,fecha,hecho,dato,valor\ntestigo,,dato,contrato,consultor\n";
  witness.answers.emplace_back();
  witness.answers[0].date = base::Date(2026, 12, 31);
  const std::string note =
      "No tiene hechos con fecha: añada --desde 2026-01-01 --hasta "
      "2026-12-31.</p><pre>persona,fecha";
  const std::string html = RenderHtml(input, {}).html;
  EXPECT_TRUE(Holds(html, note));
  EXPECT_TRUE(Holds(html, "la que aquí se nombre y no sea la supuesta se da con --lectura."));
  witness.facts.push_back({base::Date(2026, 3, 2), {"llegada", "llegada"}});
  EXPECT_TRUE(Lacks(RenderHtml(input, {}).html, note));
  // A case of the calendar alone has no row, and what has none is not read.
  witness.csv = "persona,fecha,hecho\n";
  EXPECT_TRUE(Lacks(RenderHtml(input, {}).html, "<pre>persona,fecha,hecho\n</pre>"));
}

// A gap's case shows why the rows beside it do not apply: struck out, it would read as untrue.
TEST(ReportPage, OnlyAnAnswerThatYieldsIsStruckOut) {
  ReportInput input = sample::Input();
  base::WitnessAnswer silent;
  silent.article = base::ParseCitation("RIP:45.II");
  silent.description = {"no se aplica: pide 1 día", "does not apply: it asks for 1 day"};
  silent.stands = false;
  silent.applies = false;
  base::WitnessAnswer yields = silent;
  yields.description = {"descuento de 1 día", "1 day deducted"};
  yields.applies = true;
  input.checks->findings[0].witness.answers = {silent, yields};
  const std::string html = RenderHtml(input, {}).html;
  EXPECT_TRUE(Holds(html,
                    "<tr class=\"silent\"><td><span class=\"art\">RIP:45.II</span></td>"
                    "<td class=\"rule\"></td><td>no se aplica: pide 1 día</td><td>—</td>"));
  EXPECT_TRUE(Holds(html,
                    "<tr class=\"loses\"><td><span class=\"art\">RIP:45.II</span></td>"
                    "<td class=\"rule\"></td><td>descuento de 1 día</td><td>cede</td>"));
}

TEST(ReportPage, RanksTheFindingsByExposure) {
  ReportInput input = sample::Input();
  const std::string html = RenderHtml(input).html;
  EXPECT_TRUE(Holds(html, "<section id=\"exposicion\">"));
  EXPECT_TRUE(Holds(html, "<td class=\"number\">2,45</td><td class=\"range\">2,01 a 2,90</td>"));
  EXPECT_TRUE(Holds(
      html, "Se cuenta el año en que dos reglas se aplican a un mismo caso &lt;y nada decide&gt;"));
  EXPECT_TRUE(Holds(html, ": los hechos llegan en unidades enteras</li>"));
  EXPECT_TRUE(Holds(html, "<dd>No se mide: los hechos llegan en unidades enteras</dd>"));
  // The most exposed first, however grave.
  input.exposure->findings[1] = {
      sample::Gap().id, {"algo", "something"}, {}, exposure::Figure{9, 9.5, 9, 10}};
  const std::string other = RenderHtml(input).html;
  EXPECT_LT(other.find("<td class=\"number\">9,50</td>"),
            other.find("<td class=\"number\">2,45</td>"));
  input.exposure.reset();
  EXPECT_TRUE(Lacks(RenderHtml(input).html, "exposicion"));
}

TEST(ReportPage, SaysTheCommonReadingOnce) {
  const std::string html = Render(Language::Spanish).html;
  EXPECT_TRUE(
      Holds(html, "descansan en esta lectura: <span>cómputo_de_minutos = tras_la_tolerancia"));
  EXPECT_TRUE(Lacks(html, "<dt>Lectura</dt>"));
  ReportInput input = sample::Input();
  input.checks->findings[1].reading = {"otra = lectura", "otra = lectura"};
  input.checks->findings[2].reading = input.checks->findings[0].reading;
  EXPECT_TRUE(Holds(RenderHtml(input).html, "<dt>Lectura</dt><dd>otra = lectura</dd>"));
}

// The summary is where who decides looks: there it is not called the assumed one.
TEST(ReportPage, AReadingThatIsNotTheAssumedOneIsMarked) {
  const std::string marked = "(elegida; la norma supone <span>tras_la_tolerancia</span>)";
  EXPECT_TRUE(Holds(Render(Language::Spanish).html,
                    "<b>cómputo_de_minutos</b>: desde_la_hora_fijada</span> <b class=\"open\">" +
                        marked + "</b>"));
  ReportInput input = sample::Input();
  input.readings[0].chosen = input.readings[0].assumed;
  const std::string html = RenderHtml(input, {}).html;
  EXPECT_TRUE(Holds(html, "<b>cómputo_de_minutos</b>: tras_la_tolerancia</span>"));
  EXPECT_TRUE(Lacks(html, "elegida; la norma supone"));
}

// For who listens to the page; on the Spanish one nothing needs it.
TEST(ReportPage, InEnglishWhatStaysInSpanishIsMarkedSo) {
  const std::string html = Render(Language::English).html;
  EXPECT_TRUE(Holds(html, "<h1 lang=\"es\">Reglamento interno"));
  EXPECT_TRUE(Holds(html, "<td class=\"rule\" lang=\"es\">reincidencia_<wbr>de_<wbr>atraso[3]"));
  EXPECT_TRUE(Holds(html, "<td lang=\"es\">Ley de administración y control gubernamentales</td>"));
  EXPECT_TRUE(Holds(html, "<td lang=\"es\">cuentan todos los minutos</td>"));
  EXPECT_TRUE(Holds(html, "<dd lang=\"es\">el reloj se cambiará"));
  EXPECT_TRUE(Lacks(html, "--hechos"));
  EXPECT_TRUE(Lacks(Render(Language::Spanish).html, "<h1 lang="));
}

TEST(ReportPage, IsDeterministic) {
  EXPECT_EQ(Render(Language::Spanish).html, Render(Language::Spanish).html);
}

TEST(ReportPage, SaysSoWhenNothingWasChecked) {
  ReportInput input;
  input.checks.emplace();
  const std::string html = RenderHtml(input).html;
  EXPECT_TRUE(Holds(html, "No se ejecutó ninguna consulta"));
  EXPECT_TRUE(Lacks(html, "id=\"pronostico\""));
}

// The terminal names them: totals alone do not say why.
TEST(ReportPage, NamesWhatTheAmendedTextLeftUnanswered) {
  ReportInput input = sample::Input();
  base::CheckReport& amended = *input.amendments[0].checks;
  amended.queries = {{"hueco/nueva_escala",
                      "hueco",
                      "z3",
                      base::Verdict::Unknown,
                      {"se agotó el tiempo de 7 s", "the time of 7 s ran out"},
                      {},
                      base::Evidence::None},
                     {"hueco/otra", "hueco", "barrido", base::Verdict::Proved, {}, {}, {}}};
  base::Recount(amended);
  const std::string html = RenderHtml(input).html;
  EXPECT_TRUE(Holds(html, "Consultas del texto enmendado sin respuesta."));
  EXPECT_TRUE(Holds(html,
                    "<li>desconocida: <span class=\"rule\">hueco/nueva_<wbr>escala</span>; se "
                    "agotó el tiempo de 7 s</li>"));
  EXPECT_TRUE(Lacks(html, "hueco/otra"));
  amended.queries.erase(amended.queries.begin());
  base::Recount(amended);
  EXPECT_TRUE(Lacks(RenderHtml(input).html, "Consultas del texto enmendado sin respuesta."));
}

// The readings of the amended text, and not those of the text in force, are what a finding of it
// is or is not under.
TEST(ReportPage, AFindingOfTheAmendedTextIsUnderItsReadings) {
  ReportInput input = sample::Input();
  input.tried.scope = ReadingScope::All;
  input.tried.assignments = {{"las supuestas", "the assumed ones"}, {"a = b", "a = b"}};
  input.checks->queries.push_back(
      {"hueco/x [a = b]", "hueco", "barrido", base::Verdict::Proved, {}, {}, {}});
  base::CheckReport& amended = *input.amendments[0].checks;
  amended.queries = input.checks->queries;
  amended.queries.push_back(
      {"hueco/x [e = f]", "hueco", "barrido", base::Verdict::Proved, {}, {}, {}});
  base::Finding added = sample::Gap();
  added.id = "granularidad-eeee0001";
  added.under = {{"las supuestas", "the assumed ones"}, {"a = b", "a = b"}};
  amended.findings.push_back(added);
  EXPECT_TRUE(Holds(RenderHtml(input).html, "<dd>2 de 3; no bajo e = f</dd>"));
}

TEST(ReportPage, SaysThatItWasInterrupted) {
  ReportInput input = sample::Input();
  const std::string same = "Esta orden produce el mismo informe, byte a byte";
  EXPECT_TRUE(Holds(RenderHtml(input).html, same));
  EXPECT_TRUE(Lacks(RenderHtml(input).html, "se interrumpió"));
  input.interrupted = true;
  const std::string html = RenderHtml(input).html;
  EXPECT_TRUE(Lacks(html, same));
  EXPECT_TRUE(Holds(html, "Este informe se interrumpió: sólo tiene lo que había terminado."));
  EXPECT_TRUE(Holds(html, "Esta orden, si no se interrumpe, hace el informe entero"));
}

// As the terminal does.
TEST(ReportPage, TellsHowOftenWhatIsAssumedWasDrawn) {
  ReportInput input = sample::Input();
  EXPECT_TRUE(Lacks(RenderHtml(input).html, "sorteos de lo que se supone"));
  input.forecast->draws = 4;
  const std::string html = RenderHtml(input).html;
  EXPECT_TRUE(Holds(html, "semilla 20250217 · 4 sorteos de lo que se supone</span>"));
  EXPECT_TRUE(Holds(html, "<th scope=\"row\">sorteos de lo que se supone</th><td>4</td>"));
}

TEST(ReportPage, ShowsAForecastWithoutAmendments) {
  ReportInput input = sample::Input();
  input.forecast->regulations.resize(1);
  for (year::MonthSeries& series : input.forecast->series) series.amended.clear();
  const HtmlPage page = RenderHtml(input);
  EXPECT_TRUE(page.problems.empty());
  EXPECT_TRUE(Holds(page.html, "145.588,09"));
  EXPECT_TRUE(Lacks(page.html, "IC 95 % de la diferencia"));
}

// Above the figures that do not show it, as a sentence.
TEST(ReportPage, WhatAnAmendmentChangesUnseenIsSaidAboveTheTables) {
  ReportInput input = sample::Input();
  EXPECT_TRUE(Lacks(RenderHtml(input).html, "<p class=\"alert\">De esta enmienda"));
  input.forecast->regulations[1].unseen = {"de esta enmienda no se mira nada (RIP:20)",
                                           "nothing of this amendment is looked at (RIP:20)"};
  const std::string html = RenderHtml(input).html;
  const std::string alert = "<p class=\"alert\">De esta enmienda no se mira nada (RIP:20)</p>";
  ASSERT_TRUE(Holds(html, alert));
  EXPECT_LT(html.find(alert), html.find("<table", html.find("id=\"pronostico\"")));
  HtmlOptions english;
  english.language = Language::English;
  EXPECT_TRUE(Holds(RenderHtml(input, english).html,
                    "<p class=\"alert\">Nothing of this amendment is looked at (RIP:20)</p>"));
}

// An amendment of what is rare may change it and no simulated year show it.
TEST(ReportPage, NoDifferenceIsSaidOfTheYearsSimulated) {
  ReportInput input = sample::Input();
  for (year::Statistics& difference : input.forecast->regulations[1].difference) difference = {};
  EXPECT_TRUE(Holds(RenderHtml(input).html, " · sin cambio en los años simulados</span>"));
  HtmlOptions english;
  english.language = Language::English;
  EXPECT_TRUE(Holds(RenderHtml(input, english).html, " · no change in the years simulated</span>"));
}

// A total of January does not stand for the year in the summary.
TEST(ReportPage, OneTotalOfManyIsNoHeadline) {
  ReportInput input = sample::Input();
  year::Forecast& forecast = *input.forecast;
  const auto add = [&](const std::string& key, const std::string& label, bool total,
                       const std::string& group) {
    year::Cell cell;
    cell.key = "servicio/" + key;
    cell.table = "servicio";
    cell.label = {label, label};
    cell.total = total;
    cell.group = group;
    forecast.cells.push_back(cell);
    for (year::RegulationResult& regulation : forecast.regulations) {
      regulation.values.emplace_back();
      regulation.statistics.emplace_back();
      if (!regulation.difference.empty()) regulation.difference.emplace_back();
    }
  };
  add("1/total", "de enero", true, "servicio/1");
  add("2/total", "de febrero", true, "servicio/2");
  add("horas", "horas de trabajo", false, "");
  const std::string html = RenderHtml(input).html;
  const auto headline = html.substr(0, html.find("id=\"hallazgos\""));
  EXPECT_TRUE(Holds(headline, "Horas de trabajo"));
  EXPECT_TRUE(Lacks(headline, "De enero"));
}

// ---- Languages -------------------------------------------------------------------------

TEST(PageLabels, EveryLabelOfTheTemplateIsThereInBothLanguagesAndNoneIsIdle) {
  std::set<std::string> used;
  static const std::regex kLabel(R"(\{\{t\.([a-z0-9_]+)\}\})");
  for (const std::string_view text : Templates()) {
    const std::string copy(text);
    for (std::sregex_iterator it(copy.begin(), copy.end(), kLabel), end; it != end; ++it) {
      used.insert((*it)[1]);
    }
  }
  std::set<std::string> known;
  for (const PageLabel& label : PageLabels()) {
    EXPECT_TRUE(known.emplace(label.key).second) << label.key;
    EXPECT_FALSE(label.es.empty()) << label.key;
    EXPECT_FALSE(label.en.empty()) << label.key;
  }
  EXPECT_EQ(used, known);
}

TEST(PageLabels, TheTemplateItselfHasNoWords) {
  static const std::regex kOutside(R"(<script>[\s\S]*?</script>|<[^>]*>|\{\{[^}]*\}\}\}?)");
  for (const std::string_view text : Templates()) {
    std::string words = std::regex_replace(std::string(text), kOutside, " ");
    words = std::regex_replace(words, std::regex("Cotejo|cotejo"), "");
    EXPECT_FALSE(std::regex_search(words, std::regex("[A-Za-z]"))) << words;
  }
}

TEST(ReportPage, TheEnglishPageHasNoSpanishLabel) {
  // The sample's own names (of norms, readings, rules) stay as they are written.
  const std::string html = Render(Language::English).html;
  EXPECT_TRUE(Holds(html, "<html lang=\"en\">"));
  const std::size_t body = html.find("</head>");
  std::string page = html.substr(body, html.find("<script>") - body);
  // The command and the witness's CSV are data.
  page = std::regex_replace(page, std::regex("<pre[^>]*>[^<]*</pre>"), "");
  const std::string whole = std::regex_replace(page, std::regex("<[^>]*>"), "\n");
  for (const PageLabel& label : PageLabels()) {
    if (label.es == label.en) continue;
    EXPECT_EQ(whole.find("\n" + std::string(label.es) + "\n"), std::string::npos) << label.key;
  }
  for (const char* word : {"hallazgo", "prevalece", "queda en pie", "Resueltos", "gestión",
                           "advertencia", "refutada", "enmienda de", "Diferencia", "Media", "Dónde",
                           "personas", "semilla", "repeticiones", "días", " ene", "marzo"}) {
    EXPECT_EQ(whole.find(word), std::string::npos) << word;
  }
}

// ---- Charts ------------------------------------------------------------------------------

TEST(Charts, AreDrawnInsideThePage) {
  const HtmlPage page = Render(Language::Spanish);
  EXPECT_TRUE(page.problems.empty());
  const std::vector<Chart> charts = PlanCharts(sample::Forecast(), Language::Spanish);
  EXPECT_EQ(charts.size(), 7U);  // two series, four differences, the sanctions
  for (const Chart& chart : charts) EXPECT_TRUE(Holds(page.html, " id=\"" + chart.id + "-"));
  EXPECT_TRUE(Holds(page.html, "<svg viewBox=\"0 0 470 270\" role=\"img\""));
}

TEST(Charts, AndTheTablesShowNothingOfACellThatIsNotShown) {
  ReportInput input = sample::Input();
  const year::Forecast& forecast = *input.forecast;
  std::size_t cell = 0;  // one that is drawn
  while (forecast.cells[cell].total || forecast.cells[cell].table != "sanciones") ++cell;
  const std::string label = forecast.cells[cell].label.es;
  const auto drawn = [&] {
    int times = 0;
    for (const Chart& chart : PlanCharts(*input.forecast, Language::Spanish))
      times += chart.script.find(label) != std::string::npos ? 1 : 0;
    return times;
  };
  const std::string mean = FormatCell(
      forecast.cells[cell], forecast.regulations[0].statistics[cell].mean, Language::Spanish);
  EXPECT_GT(drawn(), 0);
  EXPECT_TRUE(Holds(RenderHtml(input, {}).html, mean));
  sample::HideCell(*input.forecast, cell);
  EXPECT_EQ(drawn(), 0);
  const HtmlPage page = RenderHtml(input, {});
  EXPECT_TRUE(page.problems.empty());
  EXPECT_TRUE(Lacks(page.html, mean));
  EXPECT_TRUE(Lacks(page.html, ">nan"));
}

// The text in force is shown, and what the amendment changes is not.
TEST(Charts, ADifferenceThatIsNotShownHasNoRow) {
  ReportInput input = sample::Input();
  year::RegulationResult& amended = input.forecast->regulations[1];
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const auto differences = [&] {
    std::size_t charts = 0;
    for (const Chart& chart : PlanCharts(*input.forecast, Language::Spanish))
      charts += chart.id.starts_with("diferencia") ? 1U : 0U;
    return charts;
  };
  EXPECT_GT(differences(), 0U);
  for (year::Statistics& d : amended.difference) d = {kNone, kNone, kNone, kNone, kNone, kNone, 0};
  EXPECT_EQ(differences(), 0U);
  EXPECT_TRUE(RenderHtml(input).problems.empty());
}

// The amendment deducts Bs 114 less and leaves Bs 200 more to rules that contradict each other.
// Seven texts: the key has five lines more than the two there is room for, of 20 each, and the
// seventh has the colour of the first with another dash and another mark.
TEST(Charts, ManyTextsHaveRoomForTheirNames) {
  year::Forecast forecast = sample::Forecast();
  ASSERT_FALSE(forecast.series.empty());
  while (forecast.regulations.size() < 7) {
    forecast.regulations.push_back(forecast.regulations.back());
    for (year::MonthSeries& series : forecast.series)
      series.amended.push_back(series.amended.back());
  }
  const std::string script = PlanCharts(forecast, Language::Spanish)[0].script;
  EXPECT_THAT(script, HasSubstr("size 470,370 "));
  EXPECT_THAT(script, HasSubstr("$r0 using 1:2 with linespoints lc rgb '#243b53' dt 1 lw 2 pt 7 "));
  EXPECT_THAT(script, HasSubstr("$r6 using 1:2 with linespoints lc rgb '#243b53' dt 2 lw 2 pt 5 "));
}

// Ninety letters ran over the edge of the drawing, and what was cut was not seen to be.
TEST(Charts, ALongNameIsCutToTheRoomThereIs) {
  year::Forecast forecast = sample::Forecast();
  forecast.regulations[1].title = {std::string(90, 'x'), ""};
  const std::string wide = "'X" + std::string(70, 'x') + "…'";
  const std::string narrow = "'X" + std::string(38, 'x') + "…'";
  int seen = 0;
  for (const Chart& chart : PlanCharts(forecast, Language::Spanish)) {
    if (chart.id.starts_with("mes")) continue;
    EXPECT_THAT(chart.script, HasSubstr(chart.wide ? wide : narrow)) << chart.id;
    ++seen;
  }
  EXPECT_GT(seen, 1);
}

TEST(ReportPage, WhatIsInContradictionIsNoSaving) {
  ReportInput input = sample::Input();
  year::Forecast forecast;
  forecast.replications = 2;
  forecast.cells = {{"descuentos/centavos/total",
                     "descuentos",
                     {"total", "total"},
                     year::CellUnit::Centavos,
                     100,
                     true,
                     "descuentos/centavos"},
                    {"descuentos/contradicción/centavos",
                     "descuentos",
                     {"en contradicción", "…"},
                     year::CellUnit::Centavos,
                     100,
                     false,
                     ""}};
  const year::Statistics base{500, 400, 600, 400, 600, 1, 0};
  const year::Statistics less{-114, -120, -108, -120, -108, 1, 0};
  const year::Statistics more{200, 190, 210, 190, 210, 1, 0};
  forecast.regulations = {{"base", {"vigente", "in force"}, {}, {base, base}, {}, {}},
                          {"e", {"enmienda", "amendment"}, {}, {base, base}, {less, more}, {}}};
  input.forecast = forecast;
  const std::string said = "fuera de él, lo que piden reglas que se contradicen: +200,00 Bs";
  EXPECT_TRUE(Holds(RenderHtml(input).html, said));
  input.forecast->regulations[1].difference[1] = {};
  EXPECT_TRUE(Lacks(RenderHtml(input).html, "reglas que se contradicen:"));
}

TEST(Charts, WithoutGnuplotThePageAndADiagnosticSayIt) {
  const HtmlPage page = Render(Language::Spanish, "gnuplot-que-no-existe");
  ASSERT_EQ(page.problems.size(), 1U);  // once, not once for each chart
  EXPECT_EQ(page.problems[0].code, "grafico-no-dibujado");
  EXPECT_THAT(page.problems[0].message.es, HasSubstr("«gnuplot-que-no-existe»"));
  EXPECT_TRUE(Holds(page.html, "gráfico no dibujado"));
  EXPECT_TRUE(Lacks(page.html, "<svg viewBox"));  // the timelines do not need it
  const HtmlPage english = Render(Language::English, "gnuplot-que-no-existe");
  EXPECT_TRUE(Holds(english.html, "chart not drawn"));
}

TEST(Gnuplot, AFailureComesBackWithItsReason) {
  const Drawing wrong = DrawWithGnuplot("gnuplot", "set terminal nada\n", "x", "");
  EXPECT_TRUE(wrong.svg.empty());
  EXPECT_THAT(wrong.problem.es, HasSubstr("falló"));
  // A child that never reads: the script is larger than any buffer on the way.
  const Drawing deaf = DrawWithGnuplot("false", std::string(4'000'000, '#'), "x", "");
  EXPECT_FALSE(deaf.problem.empty());
}

TEST(Gnuplot, ATextIsOnlyAText) {
  EXPECT_EQ(GnuplotQuote("it's `id`\n"), "'it''s `id` '");
  year::Forecast forecast = sample::Forecast();
  forecast.cells[0].label = {"`touch no` 10 % \"<b>\" @x \\n", ""};
  const std::vector<Chart> charts = PlanCharts(forecast, Language::Spanish);
  const Drawing drawing = DrawWithGnuplot("gnuplot", charts.back().script, "c", "a \"b\" <c>");
  EXPECT_TRUE(drawing.problem.empty()) << drawing.problem.es;
  EXPECT_THAT(drawing.svg, HasSubstr("`touch no` 10 % "));
  EXPECT_THAT(drawing.svg, HasSubstr("&lt;b"));
  EXPECT_THAT(drawing.svg, HasSubstr("aria-label=\"a &quot;b&quot; &lt;c&gt;\""));
}

TEST(Charts, TicksCoverTheAxis) {
  EXPECT_EQ(AxisTicks(0, 10), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(AxisTicks(-7, 3), (std::vector<double>{-8, -6, -4, -2, 0, 2, 4}));
  EXPECT_EQ(AxisTicks(0, 0).back(), 1);
}

}  // namespace
}  // namespace cotejo::reports
