// A report's input with every kind of content, for the tests of this folder.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/report.h"

namespace cotejo::reports::sample {

using base::Citation;
using base::Date;
using base::ParseCitation;
using base::Text;

inline base::Finding Contradiction() {
  base::Finding finding;
  finding.code = "contradicción";
  finding.severity = base::FindingSeverity::Error;
  finding.id = "contradiccion-3f9a01c7";
  finding.title = {"dos consecuencias incompatibles para el tercer mes de 121 minutos o más",
                   "two consequences that cannot both stand for the third month of 121 minutes"};
  finding.explanation = {
      "quien llega a 121 minutos en un tercer mes de la gestión recibe a la vez un descuento con "
      "proceso y la destitución sin proceso, y ninguna norma dice cuál prevalece",
      "whoever reaches 121 minutes in a third month of the year receives at once a deduction with "
      "a process and destitution without one, and no norm says which prevails"};
  finding.articles = {ParseCitation("RIP:47.I.a"), ParseCitation("RIP:47.III")};
  finding.region = {{"minutos_de_atraso ≥ 121 minutos, vez en gestión = 3",
                     "minutos_de_atraso ≥ 121 minutes, time in the year = 3"}};
  finding.reading = {"cómputo_de_minutos = tras_la_tolerancia",
                     "cómputo_de_minutos = tras_la_tolerancia"};
  finding.bounds = {"una gestión por meses", "one year by month"};
  finding.witness.person = {{"contrato: permanente", "contract: permanent"},
                            {"oficina: La Paz", "office: La Paz"}};
  for (const unsigned month : {2U, 5U, 9U}) {
    for (unsigned day = 3; day < 13; ++day) {
      const Date date(2025, month, day);
      if (date.weekday() > 5) continue;
      finding.witness.facts.push_back(
          {date, {"llegada a las 08:51 (ingreso 08:30)", "arrival at 08:51 (entry 08:30)"}});
    }
  }
  finding.witness.answers = {
      {ParseCitation("RIP:47.I.a"),
       "reincidencia_de_atraso[3]<&",
       {"descuento de 6 días, proceso interno", "deduction of 6 days, internal process"},
       true,
       Date(2025, 9, 30)},
      {ParseCitation("RIP:47.III"),
       "tercera_reincidencia",
       {"destitución sin proceso", "destitution without a process"},
       true,
       Date(2025, 9, 30)}};
  finding.conditions = {{{ParseCitation("RIP:47.I.a"),
                          {"RIP:47.I.a pide una segunda comisión <46.IV.1>",
                           "RIP:47.I.a asks for a second commission <46.IV.1>"}},
                         {ParseCitation("RIP:47.III"),
                          {"RIP:47.III pide un tercer mes", "RIP:47.III asks for a third month"}},
                         {{}, {"tres meses de 126 minutos", "three months of 126 minutes"}}}};
  finding.all_sets = true;
  finding.mends = {{{"dar prioridad a RIP:47.III", "give RIP:47.III priority"},
                    "```norma\nenmienda a \"A\" sobre RIP\n```\n",
                    2,
                    true,
                    {}}};
  finding.under = {{"la supuesta", "the assumed one"},
                   {"cómputo = desde_la_hora", "cómputo = desde_la_hora"}};
  finding.passages = {{ParseCitation("RIP:47.III"), "texto de muestra <con signos>"}};
  finding.witness.csv =
      "persona,fecha,hecho,campo,valor\nA1,2025-02-03,llegada,hora,08:51\nA1,2025-02-04,llegada,"
      "hora,08:51\n";
  finding.witness.replayed = true;
  return finding;
}

inline base::Finding Gap() {
  base::Finding finding;
  finding.code = "granularidad";
  finding.severity = base::FindingSeverity::Warning;
  finding.id = "granularidad-77b2e9d0";
  finding.title = {"el reloj registra segundos y entre 45 y 46 minutos no hay fila",
                   "the clock records seconds and between 45 and 46 minutes there is no row"};
  finding.explanation = {
      "un total de 45 minutos y 30 segundos no cae en ninguna fila <de la escala>",
      "a total of 45 minutes and 30 seconds falls in no row <of the scale>"};
  finding.articles = {ParseCitation("RIP:45.I")};
  finding.region = {{"45 < minutos_de_atraso < 46", "45 < minutos_de_atraso < 46"},
                    {"60 < minutos_de_atraso < 61", "60 < minutos_de_atraso < 61"}};
  finding.bounds = {"un mes", "one month"};
  finding.witness.facts = {
      {Date(2025, 3, 4),
       {"llegada a las 09:20:30 (ingreso 08:30)", "arrival at 09:20:30 (08:30)"}}};
  finding.witness.replayed = false;
  finding.evidence = base::Evidence::SolverAlone;
  return finding;
}

// The person does worse and pays less: two histories are compared.
inline base::Finding Incentive() {
  base::Finding finding;
  finding.code = "incentivo-perverso";
  finding.severity = base::FindingSeverity::Warning;
  finding.id = "incentivo-perverso-5d5d0001";
  finding.title = {"conviene faltar antes que llegar tarde",
                   "staying away pays better than being late"};
  finding.explanation = {"quien falta paga un día y quien llega tarde paga dos",
                         "whoever stays away pays one day and whoever is late pays two"};
  finding.articles = {ParseCitation("RIP:45.II"), ParseCitation("RIP:45.I")};
  finding.bounds = {"un mes por medios días", "one month by half days"};
  finding.witness.label = {"si llega tarde", "if they arrive late"};
  finding.witness.facts = {
      {Date(2025, 3, 4),
       {"llegada a las 10:05 (ingreso 08:30)", "arrival at 10:05 (entry 08:30)"}}};
  finding.witness.answers = {{ParseCitation("RIP:45.I"),
                              "atraso_mensual[4]",
                              {"descuento de 2 días", "deduction of 2 days"},
                              true,
                              Date(2025, 3, 31)}};
  finding.witness.replayed = true;
  finding.counterpart = finding.witness;
  finding.counterpart->label = {"si no viene", "if they do not come"};
  finding.counterpart->facts = {
      {Date(2025, 3, 4), {"falta de medio día", "absence of half a day"}}};
  finding.counterpart->answers = {{ParseCitation("RIP:45.II"),
                                   "inasistencia_mensual[1]",
                                   {"descuento de 1 día", "deduction of 1 day"},
                                   true,
                                   Date(2025, 3, 31)}};
  return finding;
}

// Somebody answered for it.
inline base::Finding Suppressed() {
  base::Finding finding = Gap();
  finding.id = "granularidad-aaaa0001";
  finding.title = {"entre 60 y 61 minutos no hay fila",
                   "between 60 and 61 minutes there is no row"};
  finding.evidence = base::Evidence::Replayed;
  finding.witness.replayed = true;
  finding.suppression = {"el reloj se cambiará <pronto>", "UDITH", Date(2026, 6, 30)};
  return finding;
}

// Shown in the words of the text, without a history.
inline base::Finding Textual() {
  base::Finding finding;
  finding.code = "fechas-distintas";
  finding.severity = base::FindingSeverity::Information;
  finding.id = "fechas-distintas-0101beef";
  finding.title = {"dos fechas para DS25749", "two dates for DS25749"};
  finding.explanation = {"una cita dice 20 de abril y otra 24 de abril",
                         "one citation says 20 April and another 24 April"};
  finding.articles = {ParseCitation("RIP:2"), ParseCitation("RIP:33")};
  finding.bounds = {"las citas del texto importado", "the citations of the imported text"};
  finding.evidence = base::Evidence::Quoted;
  finding.passages = {{ParseCitation("RIP:2"), "de 20 de abril"},
                      {ParseCitation("RIP:33"), "de 24 de abril"}};
  return finding;
}

inline base::Finding Resolved() {
  base::Finding finding;
  finding.code = "solapamiento";
  finding.severity = base::FindingSeverity::Information;
  finding.id = "solapamiento-0c44aa12";
  finding.title = {"la ley fija un tope menor que la escala",
                   "the law sets a lower cap than the scale"};
  finding.explanation = {"las dos reglas alcanzan el mismo mes", "both rules reach the same month"};
  finding.articles = {ParseCitation("LEY1178:29"), ParseCitation("RIP:45.I")};
  finding.resolution = {"prevalece LEY1178:29, de rango superior",
                        "LEY1178:29, of higher rank, prevails"};
  finding.witness.facts = {{Date(2025, 6, 2), {"falta de 4 días", "absence of 4 days"}}};
  finding.witness.answers = {
      {ParseCitation("LEY1178:29"), "tope", {"hasta 20 %", "up to 20 %"}, true},
      {ParseCitation("RIP:45.I"),
       "atraso_mensual[5]",
       {"descuento de 7 días", "deduction of 7 days"},
       false}};
  finding.witness.replayed = true;
  return finding;
}

inline base::CheckReport Checks() {
  using base::Evidence;
  using base::Verdict;
  const Text free = {"las medidas como números libres", "the measures as free numbers"};
  const Text consistency = {"consistencia", "consistency"};
  const Text completeness = {"completitud", "completeness"};
  base::CheckReport report;
  report.findings = {Contradiction(), Gap(), Suppressed(), Incentive(), Textual(), Resolved()};
  report.queries = {
      {"contradicción/atraso_mensual[5]~tercera_reincidencia",
       "contradicción",
       "z3",
       Verdict::Refuted,
       {},
       {"una gestión por meses", "one year by month"},
       Evidence::Replayed},
      {"fechas-distintas/DS25749",
       "fechas-distintas",
       "texto",
       Verdict::Refuted,
       {},
       {},
       Evidence::Quoted},
      {"granularidad/atraso_mensual",
       "granularidad",
       "barrido",
       Verdict::Refuted,
       {},
       free,
       Evidence::Replayed},
      {"hueco/abandono",
       "hueco",
       "z3",
       Verdict::Unknown,
       {"se agotó el tiempo de 5 s", "the time of 5 s ran out"},
       {},
       Evidence::None},
      {"hueco/atraso_mensual", "hueco", "barrido", Verdict::Proved, {}, free, Evidence::Enumerated},
      {"incentivo-perverso/llegada",
       "incentivo-perverso",
       "intérprete",
       Verdict::Refuted,
       {},
       {},
       Evidence::Replayed},
      {"inversión/atraso_mensual",
       "inversión",
       "barrido",
       Verdict::Proved,
       {},
       free,
       Evidence::Enumerated},
      {"pasaje-cambiado/sin comprobar",
       "pasaje-cambiado",
       "",
       Verdict::NotRun,
       {"el texto oficial no se ha importado", "the official text has not been imported"},
       {},
       Evidence::None},
      {"solapamiento/atraso_mensual~tope",
       "solapamiento",
       "barrido",
       Verdict::Refuted,
       {},
       free,
       Evidence::Replayed},
  };
  const auto check = [&](const char* code, const Text& group, const Text& title) {
    report.checks.push_back(
        {code, group, title, std::string("docs/comprobaciones/") + code + ".md", {}, 0});
  };
  check("contradicción", consistency, {"consecuencias incompatibles", "incompatible consequences"});
  check("hueco", completeness, {"casos sin respuesta", "cases without an answer"});
  check("granularidad", completeness, {"valores que ninguna fila recoge", "values no row takes"});
  check("solapamiento", {"economía", "economy"},
        {"dos filas para un caso", "two rows for one case"});
  check("inversión", {"proporción", "proportion"},
        {"lo más grave, más leve", "the graver, the lighter"});
  check("incentivo-perverso", {"incentivos", "incentives"},
        {"portarse peor conviene", "doing worse pays"});
  check("fechas-distintas", {"estructura", "structure"},
        {"dos fechas de una norma", "two dates of one norm"});
  check("pasaje-cambiado", {"estructura", "structure"},
        {"un pasaje que cambió", "a passage that changed"});
  base::Recount(report);
  return report;
}

inline year::Statistics Describe(const std::vector<std::int64_t>& values, std::int64_t scale) {
  std::vector<double> sorted;
  for (const std::int64_t value : values) {
    sorted.push_back(static_cast<double>(value) / static_cast<double>(scale));
  }
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  year::Statistics s;
  for (const double value : sorted) s.mean += value / n;
  for (const double value : sorted) s.sd += (value - s.mean) * (value - s.mean) / (n - 1);
  s.sd = std::sqrt(s.sd);
  const double half = 1.97 * s.sd / std::sqrt(n);
  s.ci_low = s.mean - half;
  s.ci_high = s.mean + half;
  s.year_low = sorted[sorted.size() / 40];
  s.year_high = sorted[sorted.size() - 1 - sorted.size() / 40];
  return s;
}

// As small groups are: no figure is left.
inline void HideCell(year::Forecast& forecast, std::size_t cell) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const year::Statistics none = {kNone, kNone, kNone, kNone, kNone, kNone, kNone};
  for (year::RegulationResult& regulation : forecast.regulations) {
    regulation.values[cell].clear();
    regulation.statistics[cell] = none;
    if (!regulation.difference.empty()) regulation.difference[cell] = none;
  }
}

// A forecast whose numbers come from a small generator: only their form matters here.
inline year::Forecast Forecast() {
  year::Forecast forecast;
  forecast.gestion = 2025;
  forecast.seed = 20250217;
  forecast.replications = 200;
  forecast.staff = 220;
  forecast.population = "personal-sintetico";
  forecast.assumptions = {
      {"personal sintético: 128 permanentes y 92 consultores; no describe a personas reales",
       "synthetic staff: 128 permanent and 92 consultants; it describes no real person"},
      {"las llegadas siguen una mezcla supuesta, sin calibrar con registros reales",
       "arrivals follow an assumed mixture, not calibrated with real records"}};
  using U = year::CellUnit;
  struct Row {
    const char* key;
    const char* table;
    Text label;
    U unit;
    std::int64_t scale;
    bool total;
    const char* group;
    std::int64_t size;
    int change;  // percent
  };
  const Row rows[] = {
      {"sanciones/RIP:44",
       "sanciones",
       {"RIP:44 · amonestación verbal", "RIP:44 · verbal admonition"},
       U::Count,
       1,
       false,
       "sanciones",
       180,
       -12},
      {"sanciones/RIP:45.I",
       "sanciones",
       {"RIP:45.I · atraso mensual", "RIP:45.I · monthly lateness"},
       U::Count,
       1,
       false,
       "sanciones",
       410,
       -38},
      {"sanciones/RIP:45.II",
       "sanciones",
       {"RIP:45.II · inasistencia", "RIP:45.II · absence"},
       U::Count,
       1,
       false,
       "sanciones",
       96,
       0},
      {"sanciones/RIP:47.III",
       "sanciones",
       {"RIP:47.III · tercera reincidencia", "RIP:47.III · third relapse"},
       U::Count,
       1,
       false,
       "sanciones",
       3,
       -50},
      {"sanciones/total",
       "sanciones",
       {"total de sanciones", "all sanctions"},
       U::Count,
       1,
       true,
       "sanciones",
       0,
       0},
      {"descuento/dias/atraso",
       "descuentos",
       {"días por atraso", "days for lateness"},
       U::Days,
       120,
       false,
       "descuento/dias",
       640 * 120,
       -37},
      {"descuento/dias/falta",
       "descuentos",
       {"días por inasistencia", "days for absence"},
       U::Days,
       120,
       false,
       "descuento/dias",
       130 * 120,
       0},
      {"descuento/dias",
       "descuentos",
       {"días de haber descontados", "days of pay deducted"},
       U::Days,
       120,
       true,
       "descuento/dias",
       0,
       0},
      {"descuento/centavos",
       "descuentos",
       {"monto descontado", "amount deducted"},
       U::Centavos,
       100,
       true,
       "descuento/centavos",
       14528300,
       -31},
      {"personas/sancionadas",
       "personas",
       {"personas con alguna sanción", "people with any sanction"},
       U::Persons,
       1,
       false,
       "",
       164,
       -9},
      {"vacaciones/saldo",
       "vacaciones",
       {"saldo al 31 de diciembre", "balance at 31 December"},
       U::Days,
       2,
       false,
       "",
       2811 * 2,
       0},
      {"vacaciones/pasivo",
       "vacaciones",
       {"pasivo por vacaciones", "vacation liability"},
       U::Centavos,
       100,
       false,
       "",
       98765432,
       0},
  };
  std::uint64_t state = 12345;
  const auto noise = [&state] {  // −10 .. 10 %
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((state >> 33) % 21) - 10;
  };
  forecast.regulations = {
      {"base", {"texto vigente", "text in force"}, {}, {}, {}, {}},
      {"tolerancia-10", {"tolerancia de 10 minutos", "tolerance of 10 minutes"}, {}, {}, {}, {}}};
  for (const Row& row : rows) {
    forecast.cells.push_back(
        {row.key, row.table, row.label, row.unit, row.scale, row.total, row.group});
    std::vector<std::int64_t> base;
    std::vector<std::int64_t> amended;
    for (int r = 0; r < forecast.replications; ++r) {
      base.push_back(row.size + row.size * noise() / 100);
      amended.push_back(base.back() + base.back() * row.change / 100 +
                        (row.change != 0 ? row.size * noise() / 1000 : 0));
    }
    forecast.regulations[0].values.push_back(base);
    forecast.regulations[1].values.push_back(amended);
  }
  for (std::size_t c = 0; c < forecast.cells.size(); ++c) {  // totals are the sums of their group
    if (!forecast.cells[c].total || forecast.cells[c].unit == U::Centavos) continue;
    for (year::RegulationResult& regulation : forecast.regulations) {
      for (std::size_t r = 0; r < regulation.values[c].size(); ++r) {
        std::int64_t sum = 0;
        for (std::size_t k = 0; k < c; ++k) {
          if (forecast.cells[k].group == forecast.cells[c].group) sum += regulation.values[k][r];
        }
        regulation.values[c][r] = sum;
      }
    }
  }
  for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
    std::vector<std::int64_t> difference = forecast.regulations[1].values[c];
    for (std::size_t r = 0; r < difference.size(); ++r) {
      difference[r] -= forecast.regulations[0].values[c][r];
    }
    for (year::RegulationResult& regulation : forecast.regulations) {
      regulation.statistics.push_back(Describe(regulation.values[c], forecast.cells[c].scale));
    }
    forecast.regulations[1].difference.push_back(Describe(difference, forecast.cells[c].scale));
  }
  forecast.series = {{"minutos", {"minutos de atraso", "late minutes"}, {}, {{}}},
                     {"descuentos", {"días descontados", "days deducted"}, {}, {{}}}};
  for (int month = 0; month < 12; ++month) {
    const double wave = 1 + 0.25 * std::sin(month * 0.9);
    forecast.series[0].base.push_back(5200 * wave);
    forecast.series[0].amended[0].push_back(3400 * wave);
    forecast.series[1].base.push_back(61.5 * wave);
    forecast.series[1].amended[0].push_back(41.25 * wave);
  }
  forecast.engine = "AVX3";
  return forecast;
}

// One measured and one not; of the others nothing was asked.
inline exposure::ExposureReport Exposed() {
  exposure::ExposureReport report{"personal-sintetico", 2026, 20250217, 200, 220, {}};
  report.findings.push_back({Contradiction().id,
                             {"dos reglas se aplican a un mismo caso <y nada decide>",
                              "two rules apply to one case <and nothing decides>"},
                             {},
                             exposure::Figure{108, 2.4545, 2.006, 2.903}});
  report.findings.push_back(
      {Gap().id, {}, {"los hechos llegan en unidades enteras", "facts come in whole units"}, {}});
  return report;
}

inline ReportInput Input() {
  ReportInput input;
  input.title = "Reglamento interno de personal <ejemplo> & \"enmiendas\"";
  input.tool_version = "0.1.0";
  input.command =
      "cotejo informe regulations/rip-2025 --enmienda scenarios/library/tolerancia-10 --semilla "
      "20250217";
  input.coverage = {24, 96, 7, 12, 9, 31, 58};
  input.norms = {{.name = "LEY1178",
                  .title = "Ley de administración y control gubernamentales",
                  .rank = 1,
                  .rank_name = "ley",
                  .issued = Date(1990, 7, 20),
                  .in_force_from = Date(1990, 7, 20),
                  .in_force_to = {},
                  .confidence = rules::Confidence::High,
                  .amendment = false},
                 {.name = "RIP",
                  .title = "Reglamento interno de personal",
                  .rank = 4,
                  .rank_name = "reglamento",
                  .issued = Date(2025, 2, 17),
                  .in_force_from = Date(2025, 2, 17),
                  .in_force_to = {},
                  .confidence = rules::Confidence::MediumPlus,
                  .amendment = false}};
  input.readings = {{.name = "cómputo_de_minutos",
                     .citations = {ParseCitation("RIP:22.V"), ParseCitation("RIP:45.I")},
                     .options = {{"tras_la_tolerancia", "cuentan los minutos que pasan de ella"},
                                 {"desde_la_hora_fijada", "cuentan todos los minutos"}},
                     .assumed = 0,
                     .chosen = 1}};
  input.checks = Checks();
  input.tried = {
      ReadingScope::All,
      {{"la supuesta", "the assumed one"}, {"cómputo = desde_la_hora", "cómputo = desde_la_hora"}}};
  input.suppressions = SuppressionFile{"supresiones.toml", Date(2026, 1, 15), 1, {}};
  base::CheckReport amended = Checks();
  std::erase_if(amended.findings, [](const base::Finding& f) { return f.id == Gap().id; });
  amended.findings.push_back(Gap());
  amended.findings.back().id = "granularidad-99999999";
  amended.findings.back().title = {"hueco nuevo tras la enmienda", "new gap after the amendment"};
  input.amendments = {{.id = "tolerancia-10",
                       .title = {"tolerancia de 10 minutos", "tolerance of 10 minutes"},
                       .changes = {{"RIP:22.V: tolerancia_de_ingreso pasa de 5 a 10 minutos",
                                    "RIP:22.V: tolerancia_de_ingreso goes from 5 to 10 minutes"}},
                       .checks = amended}};
  input.exposure = Exposed();
  input.forecast = Forecast();
  return input;
}

}  // namespace cotejo::reports::sample
