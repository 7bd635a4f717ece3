// `cotejo`: a table of commands over the library. Exit status: 0 clean, 1 findings,
// 2 bad input, 3 undecided.

#include <CLI/CLI.hpp>
#include <exception>
#include <string>
#include <vector>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/ending.h"
#include "app/files.h"
#include "scenarios/study/study.h"

namespace cotejo::app {
namespace {

using Command = ExitStatus (*)(Session&, const Options&);
using AddOptions = void (*)(CLI::App&, Options&, base::Language);

struct Entry {
  const char* name;
  const char* alias;
  base::Text help;
  Command run;
  AddOptions add;
  bool simulates = false;  // years of a staff: processes started together share them
};

// What the order does nothing without, which itself says how to give it.
void MarkNeeded(CLI::App& app, const char* name, base::Language lang) {
  CLI::Option* const option = app.get_option(name);
  option->description(option->get_description() +
                      base::Text{"; obligatorio", "; required"}.in(lang));
}

void AddReadings(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--lectura,--reading", o.readings,
                 base::Text{"lectura=opción: analizar bajo otra lectura del texto",
                            "reading=option: analyse under another reading of the text"}
                     .in(lang));
}

void AddRegulation(CLI::App& app, Options& o, base::Language lang) {
  app.add_option(
         "regulación", o.regulation,
         base::Text{"carpeta o archivo de la regulación", "folder or file of the regulation"}.in(
             lang))
      ->required();
  AddReadings(app, o, lang);
}

void AddAmendments(CLI::App& app, Options& o, base::Language lang) {
  app.add_option(
      "--enmienda,--amendment", o.amendments,
      base::Text{"archivo de enmienda; puede repetirse", "amendment file; may be repeated"}.in(
          lang));
}

void AddThreads(CLI::App& app, Options& o, base::Language lang) {
  app.add_option(
         "--hilos,--threads", o.threads,
         base::Text{"hilos de cálculo; 0: los de la máquina", "threads; 0: those of the machine"}
             .in(lang))
      ->check(Between(0, 1024, lang));
}

void AddStaff(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--poblacion,--población,--population", o.population,
                 base::Text{"archivo de población", "population file"}.in(lang));
  app.add_option("--personal,--staff", o.staff,
                 base::Text{"personas reales, con seudónimos (lo que escribe la orden personal)",
                            "real people, under pseudonyms (what the order staff writes)"}
                     .in(lang));
}

void AddPeople(CLI::App& app, Options& o, base::Language lang) {
  AddStaff(app, o, lang);
  app.add_option("--semilla,--seed", o.seed, base::Text{"semilla del azar", "random seed"}.in(lang))
      ->check(Seed(lang))
      ->capture_default_str();
}

void AddSmallestGroup(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--grupo-minimo,--grupo-mínimo,--smallest-group", o.smallest_group,
                 base::Text{"de grupos con menos personas no se da ningún resultado; 0: de todos",
                            "no result is given of groups with fewer people; 0: of all"}
                     .in(lang))
      ->check(Between(0, 1000000, lang))
      ->capture_default_str();
}

void AddPopulation(CLI::App& app, Options& o, base::Language lang) {
  AddPeople(app, o, lang);
  AddSmallestGroup(app, o, lang);
}

void AddReplications(CLI::App& app, Options& o, base::Language lang) {
  app.add_option(
         "--replicas,--réplicas,--replications", o.replications,
         base::Text{"años simulados de cada persona", "simulated years of each person"}.in(lang))
      ->check(Between(2, 1000000, lang))
      ->capture_default_str();
}

// With a population, how many staff-years of it meet each finding.
void AddExposure(CLI::App& app, Options& o, base::Language lang) {
  AddPopulation(app, o, lang);
  AddReplications(app, o, lang);
}

void AddSimulation(CLI::App& app, Options& o, base::Language lang) {
  AddPopulation(app, o, lang);
  AddReplications(app, o, lang);
  app.add_option(
         "--casilla,--cell", o.watched,
         base::Text{"casilla de los resultados que se mira con --precision y en sensibilidad",
                    "cell of the results looked at by --precision and by sensitivity"}
             .in(lang))
      ->default_str(study::Options{}.watched);
  AddThreads(app, o, lang);
}

void AddResume(CLI::App& app, Options& o, base::Language lang) {
  app.add_option(
      "--reanudar,--resume", o.resume,
      base::Text{"archivo donde se guarda lo que va terminando y, si ya existe, desde el "
                 "que se sigue",
                 "file where what is finished is kept and, if it is there already, from "
                 "which the run goes on"}
          .in(lang));
}

// How well the forecast is to be known.
void AddStudy(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--sorteos,--draws", o.draws,
                 base::Text{"veces que se sortea lo que la población no sabe (su [incertidumbre]), "
                            "cada una con sus réplicas",
                            "draws of what the population is unsure of (its [incertidumbre]), each "
                            "with its replications"}
                     .in(lang))
      ->check(Between(2, 100000, lang));
  app.add_option(
         "--precision,--precisión", o.precision,
         base::Text{"medio ancho que debe tener el intervalo de la casilla, como parte de su "
                    "media (0.02: 2 %); se hacen las réplicas que falten",
                    "half-width asked of the cell's interval, as a part of its mean (0.02: "
                    "2 %); the replications it takes are done"}
             .in(lang))
      ->check(BetweenDecimals(1e-4, 1.0, base::Text{"de 0.0001 a 1", "from 0.0001 to 1"}.in(lang),
                              lang));
  AddResume(app, o, lang);
}

void AddGestion(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--gestion,--gestión,--year", o.gestion,
                 base::Text{"gestión que se analiza", "calendar year analysed"}.in(lang))
      ->check(Between(1900, 2200, lang));
}

void AddOutput(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--salida,--output", o.output,
                 base::Text{"archivo (o carpeta, en informe) de resultados",
                            "file (or folder, for report) of results"}
                     .in(lang));
}

void AddWorkspace(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--espacio,--workspace", o.workspace,
                 base::Text{"carpeta del texto importado; si no se da, .cotejo",
                            "folder of the imported text; .cotejo unless given"}
                     .in(lang));
}

// Which checks are run, under which readings, and what becomes of their findings.
void AddChecking(CLI::App& app, Options& o, base::Language lang) {
  AddWorkspace(app, o, lang);
  app.add_option("--solo,--only", o.only,
                 base::Text{"códigos de comprobaciones, con comas: sólo ésas (vea comprobaciones)",
                            "codes of checks, with commas: only those (see checks)"}
                     .in(lang));
  app.add_option("--lecturas,--readings", o.scope,
                 base::Text{"asumida, todas (cada otra lectura, de una en una) o siempre (sólo lo "
                            "que se da bajo todas)",
                            "assumed, all (each other reading, one at a time) or always (only what "
                            "appears under all)"}
                     .in(lang))
      ->check(OneOf({"asumida", "todas", "siempre", "assumed", "all", "always"}, lang));
  app.add_option("--supresiones,--suppressions", o.suppressions,
                 base::Text{"archivo de supresiones; si no se da, supresiones.toml junto a la "
                            "regulación",
                            "file of suppressions; supresiones.toml beside the regulation unless "
                            "given"}
                     .in(lang));
  app.add_option("--fecha,--date", o.today,
                 base::Text{"día en que se juzga si una supresión venció; si no se da, hoy",
                            "day on which suppressions are judged; today unless given"}
                     .in(lang));
  app.add_flag("--sin-cache,--no-cache", o.no_cache,
               base::Text{"no usa ni guarda resultados de revisiones anteriores",
                          "neither uses nor keeps results of earlier checks"}
                   .in(lang));
}

void AddMends(CLI::App& app, Options& o, base::Language lang) {
  app.add_flag("--remedios,--mends", o.mends,
               base::Text{"prueba remedios para cada hallazgo (tarda más)",
                          "tries mends for each finding (takes longer)"}
                   .in(lang));
}

void AddSarif(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--sarif", o.sarif,
                 base::Text{"archivo donde dejar los hallazgos en SARIF 2.1.0",
                            "file for the findings as SARIF 2.1.0"}
                     .in(lang));
}

// What the orders that simulate a year share.
void AddYear(CLI::App& app, Options& o, base::Language lang) {
  AddRegulation(app, o, lang);
  AddAmendments(app, o, lang);
  AddSimulation(app, o, lang);
  AddGestion(app, o, lang);
  AddOutput(app, o, lang);
}

void AddKey(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("--llave,--key", o.key,
                 base::Text{"archivo de la llave de los seudónimos; se hace la primera vez, junto "
                            "al espacio",
                            "file of the key of the pseudonyms; made the first time, beside the "
                            "workspace"}
                     .in(lang));
}

// The real list of people, and what becomes of its columns.
void AddList(CLI::App& app, Options& o, base::Language lang) {
  app.add_option("lista", o.staff, base::Text{"CSV o xlsx", "CSV or xlsx"}.in(lang))->required();
  app.add_option("--poblacion,--población,--population", o.population,
                 base::Text{"archivo de población con que se simulará",
                            "population file it will be simulated with"}
                     .in(lang));
  app.add_option("--regulacion,--regulación,--regulation", o.regulation,
                 base::Text{"regulación: admite además los otros datos de su vocabulario",
                            "regulation: allows the other data of its vocabulary too"}
                     .in(lang));
  app.add_option("--salida,--output", o.output,
                 base::Text{"CSV con seudónimos", "CSV with pseudonyms"}.in(lang))
      ->required();
  app.add_option("--hoja,--sheet", o.sheet,
                 base::Text{"hoja del xlsx; si no se da, la primera",
                            "sheet of the xlsx; the first unless given"}
                     .in(lang));
  app.add_option(
      "--documento,--document", o.document_column,
      base::Text{"columna con el documento de la persona", "column with the person's document"}.in(
          lang));
  app.add_option("--omitir,--omit", o.omitted,
                 base::Text{"columna que se deja fuera; puede repetirse",
                            "column to leave out; may be repeated"}
                     .in(lang));
  app.add_option("--columna,--column", o.columns,
                 base::Text{"columna=dato, si se llaman distinto; puede repetirse",
                            "column=data, if they are called differently; may be repeated"}
                     .in(lang));
  AddKey(app, o, lang);
  app.add_option("--fecha,--date", o.today,
                 base::Text{"ninguna fecha puede ser posterior; si no se da, hoy",
                            "no date may be later; today unless given"}
                     .in(lang));
  AddWorkspace(app, o, lang);
  MarkNeeded(app, "--poblacion", lang);
}

const std::vector<Entry>& Commands() {
  static const std::vector<Entry> commands = {
      {"revisar",
       "check",
       {"busca defectos: contradicciones, huecos, incentivos, plazos … (vea comprobaciones)",
        "looks for defects: contradictions, gaps, incentives, terms … (see checks)"},
       RunCheck,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddRegulation(app, o, lang);
         AddAmendments(app, o, lang);
         AddGestion(app, o, lang);
         AddOutput(app, o, lang);
         AddChecking(app, o, lang);
         AddMends(app, o, lang);
         AddSarif(app, o, lang);
         AddExposure(app, o, lang);
         AddThreads(app, o, lang);
         app.add_option("--volcar,--dump", o.dump,
                        base::Text{"carpeta donde dejar las consultas en SMT-LIB 2",
                                   "folder for the queries in SMT-LIB 2"}
                            .in(lang));
         app.add_flag("--contraste,--second-opinion", o.contrast,
                      base::Text{"vuelve a preguntar todo a un segundo demostrador (cvc5)",
                                 "asks everything again of a second solver (cvc5)"}
                          .in(lang));
         app.add_option("--segundo-solver,--second-solver", o.second_solver,
                        base::Text{"programa del segundo demostrador (cvc5)",
                                   "program of the second solver (cvc5)"}
                            .in(lang));
         app.add_option("--guardar-caso,--save-case", o.save_case,
                        base::Text{"hallazgo: escribe su testigo como un caso de la norma",
                                   "finding: writes its witness as a case of the norm"}
                            .in(lang))
             ->check(FindingName(lang));
         app.add_option("--desde,--since", o.since,
                        base::Text{"informe JSON anterior: muestra sólo los hallazgos nuevos o "
                                   "con otras cifras, y cuáles ya no están",
                                   "earlier JSON report: shows only the findings that are new or "
                                   "have other figures, and which are gone"}
                            .in(lang));
         app.add_flag(
             "--testigos,--witnesses", o.witnesses,
             base::Text{"muestra el caso de cada hallazgo", "shows the case of each finding"}.in(
                 lang));
       }},
      {"comprobaciones",
       "checks",
       {"lista lo que revisar sabe buscar", "lists what check can look for"},
       RunCatalogue,
       [](CLI::App& /*app*/, Options& /*o*/, base::Language /*lang*/) {}},
      {"enmendar",
       "mend",
       {"prueba remedios para un hallazgo y escribe la enmienda del más pequeño",
        "tries mends for a finding and writes the amendment of the smallest"},
       RunMend,
       [](CLI::App& app, Options& o, base::Language lang) {
         app.add_option("hallazgo", o.finding,
                        base::Text{"identificador del hallazgo", "id of the finding"}.in(lang))
             ->required();
         AddRegulation(app, o, lang);
         AddGestion(app, o, lang);
         AddOutput(app, o, lang);
         AddChecking(app, o, lang);
         AddThreads(app, o, lang);
         app.add_option(
                "--remedio,--mend", o.mend,
                base::Text{"cuál de los remedios se escribe", "which mend is written"}.in(lang))
             ->check(Between(1, 1000, lang))
             ->capture_default_str();
       }},
      {"aplicar",
       "apply",
       {"aplica la regulación a historias de personas",
        "applies the regulation to histories of persons"},
       RunApply,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddRegulation(app, o, lang);
         AddAmendments(app, o, lang);
         AddOutput(app, o, lang);
         app.add_option(
                "--hechos,--facts", o.facts,
                base::Text{"CSV de hechos (docs/hechos.md)", "CSV of facts (docs/hechos.md)"}.in(
                    lang))
             ->required();
         app.add_option(
             "--personas,--persons", o.persons,
             base::Text{"CSV de datos de las personas", "CSV of the persons' attributes"}.in(lang));
         app.add_option("--desde,--from", o.from,
                        base::Text{"primer día que se juzga", "first day judged"}.in(lang));
         app.add_option("--hasta,--to", o.to,
                        base::Text{"último día que se juzga", "last day judged"}.in(lang));
       }},
      {"probar",
       "test",
       {"ejecuta los casos escritos en la regulación y en sus enmiendas",
        "runs the cases written in the regulation and in its amendments"},
       RunCases,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddRegulation(app, o, lang);
         AddAmendments(app, o, lang);
       }},
      {"personal",
       "staff",
       {"pasa una lista real de personas (CSV o xlsx) a un archivo con seudónimos, para simular",
        "turns a real list of people (CSV or xlsx) into a file with pseudonyms, to simulate"},
       RunStaff,
       AddList},
      {"simular",
       "simulate",
       {"estima sanciones y vacaciones de un año", "estimates a year's sanctions and vacations"},
       RunSimulate,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddYear(app, o, lang);
         AddStudy(app, o, lang);
         app.add_option("--guardar-hechos,--keep-facts", o.keep_facts,
                        base::Text{"archivo con los hechos de cada mes, para reaplicar",
                                   "file for the facts of each month, for reapply"}
                            .in(lang));
         MarkNeeded(app, "--poblacion", lang);
       },
       true},
      {"reaplicar",
       "reapply",
       {"aplica enmiendas a los hechos que guardó simular, sin simular a nadie",
        "applies amendments to the facts that simulate kept, without simulating anybody"},
       RunReapply,
       [](CLI::App& app, Options& o, base::Language lang) {
         app.add_option(
                "hechos", o.kept,
                base::Text{"archivo de simular --guardar-hechos", "file of simulate --keep-facts"}
                    .in(lang))
             ->required();
         app.add_option("--regulacion,--regulación,--regulation", o.regulation,
                        base::Text{"la regulación con que se guardaron",
                                   "the regulation they were kept with"}
                            .in(lang))
             ->required();
         AddReadings(app, o, lang);
         AddAmendments(app, o, lang);
         AddStaff(app, o, lang);
         AddSmallestGroup(app, o, lang);
         AddOutput(app, o, lang);
         MarkNeeded(app, "--poblacion", lang);
         MarkNeeded(app, "--enmienda", lang);
       }},
      {"diario",
       "diary",
       {"cuenta, día a día, un año simulado de una persona y lo que responde cada artículo",
        "tells, day by day, a simulated year of one person and what each article answers"},
       RunDiary,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddRegulation(app, o, lang);
         AddAmendments(app, o, lang);
         AddGestion(app, o, lang);
         AddPopulation(app, o, lang);
         AddOutput(app, o, lang);
         app.add_option(
                "--persona,--person", o.person,
                base::Text{"número de la persona, desde 1", "number of the person, from 1"}.in(
                    lang))
             ->check(Between(1, 1000000000, lang))
             ->capture_default_str();
         app.add_option("--replica,--réplica,--replication", o.replication,
                        base::Text{"cuál de sus años simulados, desde 1",
                                   "which of its simulated years, from 1"}
                            .in(lang))
             ->check(Between(1, 1000000000, lang))
             ->capture_default_str();
         MarkNeeded(app, "--poblacion", lang);
       }},
      {"sensibilidad",
       "sensitivity",
       {"dice de qué supuestos de la población depende un resultado",
        "says which assumptions of the population a result hangs on"},
       RunSensitivity,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddYear(app, o, lang);
         AddResume(app, o, lang);
         MarkNeeded(app, "--poblacion", lang);
       }},
      {"calibrar",
       "calibrate",
       {"ajusta a las marcaciones del reloj la conducta que supone una población",
        "fits the behaviour that a population assumes to clock records"},
       RunCalibrate,
       [](CLI::App& app, Options& o, base::Language lang) {
         app.add_option("marcaciones", o.clocks,
                        base::Text{"archivos, como los exporta el reloj",
                                   "files, as the clock exports them"}
                            .in(lang))
             ->required();
         app.add_option(
                "--regulacion,--regulación,--regulation", o.regulation,
                base::Text{"regulación que fija el horario y sanciona, para probar el ajuste",
                           "regulation that fixes the hours and sanctions, to test the fit"}
                    .in(lang))
             ->required();
         AddReadings(app, o, lang);
         AddPeople(app, o, lang);
         AddGestion(app, o, lang);
         AddWorkspace(app, o, lang);
         app.add_option("--salida,--output", o.output,
                        base::Text{"población calibrada", "calibrated population"}.in(lang));
         app.add_option("--informe,--report", o.reports,
                        base::Text{"informe en .json o .html; puede repetirse",
                                   "report in .json or .html; may be repeated"}
                            .in(lang));
         app.add_option(
             "--ausencias,--absences", o.authorised,
             base::Text{"lista de ausencias autorizadas (documento, desde, hasta, tramo); sin "
                        "ella no se ajustan las inasistencias",
                        "list of authorised absences (documento, desde, hasta, tramo); without "
                        "it absences are not fitted"}
                 .in(lang));
         app.add_option(
                "--dias-minimos,--días-mínimos,--fewest-days", o.fewest_days,
                base::Text{"un mes en que alguien marcó menos días que éstos no se le cuenta",
                           "a month in which somebody punched on fewer days than this does "
                           "not count of them"}
                    .in(lang))
             ->check(Between(1, 20, lang))
             ->capture_default_str();
         app.add_option("--donde,--where", o.where,
                        base::Text{"dato=valor: de quiénes es el horario, sin lista de personal",
                                   "attribute=value: whose the hours are, without a staff list"}
                            .in(lang));
         AddKey(app, o, lang);
         MarkNeeded(app, "--poblacion", lang);
       }},
      {"comparar",
       "diff",
       {"compara la regulación con sus enmiendas", "compares the regulation with its amendments"},
       RunCompare,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddYear(app, o, lang);
         AddStudy(app, o, lang);
         AddChecking(app, o, lang);
         MarkNeeded(app, "--enmienda", lang);
       },
       true},
      {"informe",
       "report",
       {"revisa, simula y deja un informe en HTML y JSON",
        "checks, simulates and leaves a report in HTML and JSON"},
       RunReport,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddYear(app, o, lang);
         AddStudy(app, o, lang);
         AddChecking(app, o, lang);
         AddMends(app, o, lang);
         AddSarif(app, o, lang);
       },
       true},
      {"importar",
       "import",
       {"parte el texto oficial en pasajes y los ata a las disposiciones",
        "parts the official text in passages and ties them to the provisions"},
       RunImport,
       [](CLI::App& app, Options& o, base::Language lang) {
         app.add_option("documento", o.document, base::Text{"texto o PDF", "text or PDF"}.in(lang))
             ->required();
         app.add_option(
                "--regulacion,--regulación,--regulation", o.regulation,
                base::Text{"carpeta o archivo de la regulación", "folder or file of the regulation"}
                    .in(lang))
             ->required();
         AddWorkspace(app, o, lang);
         app.add_option("--norma,--norm", o.norm,
                        base::Text{"norma a la que pertenecen los artículos del documento",
                                   "norm the document's articles belong to"}
                            .in(lang));
         app.add_flag("--aceptar,--accept", o.accept,
                      base::Text{"da por revisados los pasajes que cambiaron",
                                 "takes the passages that changed as reviewed"}
                          .in(lang));
       }},
      {"cobertura",
       "coverage",
       {"dice qué se hizo de cada disposición del texto importado",
        "says what was made of each provision of the imported text"},
       RunCoverage,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddRegulation(app, o, lang);
         AddWorkspace(app, o, lang);
         app.add_flag("--pendientes,--pending", o.pending,
                      base::Text{"sólo lo pendiente", "only what is pending"}.in(lang));
       }},
      {"grafo",
       "graph",
       {"exporta quién cita a quién, o dice qué depende de una disposición",
        "exports who cites whom, or says what depends on a provision"},
       RunGraph,
       [](CLI::App& app, Options& o, base::Language lang) {
         AddRegulation(app, o, lang);
         AddWorkspace(app, o, lang);
         AddOutput(app, o, lang);
         app.add_option("--formato,--format", o.format,
                        base::Text{"dot, graphml o json", "dot, graphml or json"}.in(lang))
             ->check(OneOf({"dot", "graphml", "json"}, lang))
             ->capture_default_str();
         app.add_option(
             "--depende,--depends", o.depends,
             base::Text{"cita: qué depende de ella", "citation: what depends on it"}.in(lang));
       }},
  };
  return commands;
}

// --lang is needed before the help texts are made.
base::Language LanguageOf(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    for (const std::string name : {"--lang", "--idioma"}) {
      if (arguments[i] == name + "=en" ||
          (arguments[i] == name && i + 1 < arguments.size() && arguments[i + 1] == "en")) {
        return base::Language::English;
      }
    }
  }
  return base::Language::Spanish;
}

// Under mpirun one process carries out the order and the others live a part of its years, if it
// simulates any; if not, they have nothing to do.
ExitStatus RunOrder(const Entry& entry, Session& session, const Options& options) {
  session.silent = ranks::LaunchedRank() > 0;
  if (entry.simulates) session.ranks = ranks::Join();
  if (session.silent && entry.simulates) return ServeYears(session, options);
  if (session.silent) return ExitStatus::Clean;
  const ExitStatus status =
      KeepFilesApart(session, options) ? entry.run(session, options) : ExitStatus::BadInput;
  if (session.ranks) study::Dismiss(*session.ranks);
  return status;
}

int Main(int argc, char** argv, Session& session) {
  const base::Language lang = session.language;
  CatchInterrupts();
  LetASecondInterruptEndIt();

  Options options;
  std::string language = "es";
  CLI::App app(base::Text{"Cotejo: análisis y simulación de cambios a un reglamento de personal",
                          "Cotejo: analysis and simulation of changes to a personnel regulation"}
                   .in(lang),
               "cotejo");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--lang,--idioma", language,
                 base::Text{"idioma: es o en", "language: es or en"}.in(lang))
      ->check(OneOf({"es", "en"}, lang));
  app.set_version_flag(
      "--version", std::string("cotejo ") + COTEJO_VERSION,
      base::Text{"muestra la versión y termina", "prints the version and exits"}.in(lang));
  for (const Entry& entry : Commands()) {
    CLI::App* command = app.add_subcommand(entry.name, entry.help.in(lang));
    command->alias(entry.alias);
    command->group(base::Text{"Órdenes", "Commands"}.in(lang));
    entry.add(*command, options, lang);
  }
  SetLabels(app, lang);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (ranks::LaunchedRank() > 0) return 0;  // the process that leads says it
    return ExplainArguments(app, error, lang);
  }
  // What is kept through a link is kept where it leads.
  options.resume = LeadsTo(options.resume).value_or(options.resume);
  for (const Entry& entry : Commands()) {
    if (app.got_subcommand(entry.name)) return static_cast<int>(RunOrder(entry, session, options));
  }
  return static_cast<int>(ExitStatus::BadInput);
}

}  // namespace
}  // namespace cotejo::app

int main(int argc, char** argv) {
  namespace app = cotejo::app;
  app::KeepStreamsApart();
  app::OutliveTheReader();
  app::Session session;
  session.arguments.assign(argv, argv + argc);
  session.language = app::LanguageOf(session.arguments);
  app::SayWhatIsMissing(session.language);
  try {
    return app::AfterWriting(app::Main(argc, argv, session), session.language);
  } catch (const std::exception& error) {
    app::SayStopped(error, session.language);
    const auto status = static_cast<int>(app::ExitStatus::BadInput);
    // The others wait for what this one will not say.
    if (session.ranks) session.ranks->Abandon(status);
    return status;
  }
}
