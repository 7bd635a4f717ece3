// simular, comparar and informe: the year of a synthetic staff, alone or with the checks.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/checking.h"
#include "app/commands.h"
#include "app/exposure.h"
#include "app/lock.h"
#include "app/mending.h"
#include "app/reapply.h"
#include "app/staff.h"
#include "model/evaluation/evaluate.h"
#include "reports/html/html.h"
#include "reports/json/json.h"
#include "reports/json/sensitivity.h"
#include "reports/terminal/describe.h"
#include "reports/terminal/progress.h"
#include "scenarios/study/checkpoint.h"
#include "scenarios/study/small_groups.h"
#include "scenarios/study/study.h"
#include "scenarios/year/person_year.h"
#include "scenarios/year/statistics.h"

namespace cotejo::app {
namespace {

using base::Text;

void Report(Session& session, const char* code, Text message, Text hint) {
  session.diagnostics.Add(
      {code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
}

year::Options YearOptions(const Loaded& loaded, const Options& options) {
  year::Options year;
  year.gestion = GestionOf(loaded, options.gestion);
  year.seed = options.seed;
  year.replications = options.replications;
  year.threads = options.threads;
  year.stop = &StopFlag();
  return year;
}

std::optional<population::Population> People(Session& session, const Loaded& loaded,
                                             const Options& options,
                                             std::string* listed = nullptr) {
  return ReadPopulation(session, loaded, options,
                        base::Date(GestionOf(loaded, options.gestion), 12, 31), listed);
}

// The people, and what of them and of the program a result depends on.
struct Inputs {
  std::optional<population::Population> population;
  std::string listed;  // the list of real ones, as it was read
  std::vector<study::Dependence> dependences;
};

std::string DigestOfFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return study::Digest(bytes.str());
}

Inputs ReadInputs(Session& session, const Loaded& loaded, const Options& options) {
  Inputs inputs;
  const std::size_t first = session.sources.size();
  inputs.population = People(session, loaded, options, &inputs.listed);
  if (options.resume.empty() && !session.ranks) return inputs;
  // Another build of the program may draw other years.
  inputs.dependences.push_back({{"el programa", "program"}, DigestOfFile("/proc/self/exe")});
  for (std::size_t i = first; i < session.sources.size(); ++i) {
    const base::SourceFile& file = session.sources.file(base::FileId(static_cast<int>(i)));
    inputs.dependences.push_back(
        {{"el archivo de población", "population file"}, study::Digest(file.content)});
  }
  if (!options.staff.empty())
    inputs.dependences.push_back(
        {{"la lista de personal", "staff list"}, study::Digest(inputs.listed)});
  return inputs;
}

study::Options StudyOptions(const Session& session, const Loaded& loaded, const Options& options,
                            const Inputs& inputs) {
  study::Options study;
  study.year = YearOptions(loaded, options);
  study.year.ranks = session.ranks.get();
  study.draws = options.draws;
  study.precision = options.precision;
  study.smallest_group = options.smallest_group;
  if (!options.watched.empty()) study.watched = options.watched;
  study.resume = options.resume;
  study.inputs = inputs.dependences;
  return study;
}

// Two runs that kept in one file would undo each other.
bool TakeResume(Session& session, const Options& options, FileLock& lock) {
  if (options.resume.empty()) return true;
  const FileLock::Result taken = lock.Take(options.resume);
  if (taken == FileLock::Result::Held) return true;
  if (taken == FileLock::Result::Failed) {
    session.diagnostics.Add(study::CannotKeep(options.resume, base::Severity::Error));
    return false;
  }
  Report(session, "reanudar-en-uso",
         {"otra ejecución está usando «" + options.resume + "»",
          "another run is using '" + options.resume + "'"},
         {"espere a que termine, o dé otro archivo a --reanudar",
          "wait for it to end, or give --resume another file"});
  return false;
}

// Nothing on bad input, diagnosed and printed; a forecast of fewer replications when stopped.
std::optional<year::Forecast> Forecast(Session& session, const Loaded& loaded,
                                       const Options& options) {
  const Inputs inputs = ReadInputs(session, loaded, options);
  const auto& population = inputs.population;
  std::optional<year::Forecast> forecast;
  FileLock lock;
  if (population && CanKeepFacts(session, *population, options) &&
      TakeResume(session, options, lock)) {
    std::atomic<std::int64_t> done{0};
    study::Options study = StudyOptions(session, loaded, options, inputs);
    study.year.progress = &done;
    const std::int64_t total = static_cast<std::int64_t>(population->staff.size()) *
                               options.replications * std::max(1, options.draws);
    const reports::Progress bar(Text{"simulando", "simulating"}.in(session.language), done, total);
    forecast = study::Run(Regulations(loaded), *population, study, session.diagnostics);
    const bool kept = !forecast || options.keep_facts.empty() ||
                      KeepFacts(session, Regulations(loaded).front(), *population, study.year,
                                *forecast, inputs.listed, options);
    if (!kept) forecast.reset();
    if (forecast) {
      CutAtZero(*forecast);
      study::HideSmallGroups(*forecast, options.smallest_group);
    }
  }
  PrintDiagnostics(session);
  return forecast;
}

// A cell is looked at for its precision, or for nothing.
bool CheckPrecision(Session& session, const Options& options) {
  if (options.watched.empty() || options.precision > 0) return true;
  Report(session, "casilla-sin-precisión",
         {"--casilla no sirve sin --precision", "--cell is of no use without --precision"},
         {"dé --precision (0.02: 2 %), o quite --casilla",
          "give --precision (0.02: 2 %), or leave --cell out"});
  PrintDiagnostics(session);
  return false;
}

// A run that was interrupted says so; what was finished is kept. Of one that shows nothing it has
// been said why.
bool Interrupted(Session& session, const Options& options, bool shown) {
  if (!StopFlag()) return false;
  const Text kept = {"lo terminado está en " + options.resume + ": repita la orden para seguir",
                     "what was finished is in " + options.resume + ": repeat the order to go on"};
  const Text counted = {"interrumpido: sólo se cuenta lo que había terminado",
                        "interrupted: only what was finished counts"};
  const bool keeps = !options.resume.empty();
  if (shown || keeps)
    session.diagnostics.Add({"interrumpido",
                             base::Severity::Warning,
                             {},
                             shown ? counted : kept,
                             shown && keeps ? kept : Text{},
                             {}});
  PrintDiagnostics(session);
  return true;
}

// Once, whichever of its many runs it was: half an analysis says nothing.
void SayNoHalf(Session& session, const Options& options) {
  session.diagnostics = {};
  if (!options.resume.empty()) {
    Interrupted(session, options, false);
    return;
  }
  session.diagnostics.Add({"interrumpido",
                           base::Severity::Warning,
                           {},
                           {"interrumpido: no hay sensibilidad a medias",
                            "interrupted: there is no half a sensitivity analysis"},
                           {"con --reanudar ARCHIVO se guarda lo que va terminando",
                            "with --resume FILE what is being finished is kept"},
                           {}});
  PrintDiagnostics(session);
}

// Without its ending: "informe/informe".
std::string ReportName(const Session& session, const std::string& folder) {
  return folder + "/" + Text{"informe", "report"}.in(session.language);
}

// The folder is made, and the files could be written.
bool CheckReport(Session& session, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string name = ReportName(session, folder);
  return CheckOutput(session, name + ".html") && CheckOutput(session, name + ".json");
}

bool WriteReport(Session& session, const std::string& folder, const reports::ReportInput& input) {
  reports::HtmlOptions html;
  html.language = session.language;
  const reports::HtmlPage page = reports::RenderHtml(input, html);
  for (const base::Diagnostic& problem : page.problems) session.diagnostics.Add(problem);
  PrintDiagnostics(session);
  const std::string name = ReportName(session, folder);
  return WriteFile(session, name + ".html", page.html) &&
         WriteFile(session, name + ".json", reports::WriteJson(input));
}

// "diario.csv" of the first one, "diario-2.csv" of the second.
std::string Numbered(const std::string& file, int occupant) {
  if (occupant == 0) return file;
  const std::filesystem::path path(file);
  const std::string name = path.stem().string() + "-" + std::to_string(occupant + 1);
  return (path.parent_path() / (name + path.extension().string())).string();
}

}  // namespace

std::vector<year::RegulationInput> Regulations(const Loaded& loaded) {
  const Text in_force = {"texto vigente", "text in force"};
  std::vector<year::RegulationInput> regulations = {{"base", in_force, loaded.base.rules}};
  for (std::size_t i = 0; i < loaded.amendments.size(); ++i) {
    const amendments::Amendment& amendment = loaded.amendments[i];
    regulations.push_back({amendment.name, {amendment.title, amendment.title}, loaded.amended[i]});
  }
  return regulations;
}

void CutAtZero(year::Forecast& forecast) {
  for (year::RegulationResult& regulation : forecast.regulations) {
    for (std::size_t i = 0; i < regulation.statistics.size(); ++i)
      year::CutAtZero(forecast.cells[i], regulation.statistics[i]);
  }
}

ExitStatus RunSimulate(Session& session, const Options& options) {
  if (!CheckPrecision(session, options)) return ExitStatus::BadInput;
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  if (!CheckOutput(session, options.output) || !CheckOutput(session, options.keep_facts))
    return ExitStatus::BadInput;
  SayPartlyInForce(session, *loaded, options.gestion, base::Severity::Warning);
  reports::ReportInput input = DescribeRun(session, *loaded);
  input.forecast = Forecast(session, *loaded, options);
  if (!input.forecast)
    return Interrupted(session, options, false) ? ExitStatus::Undecided : ExitStatus::BadInput;
  input.interrupted = StopFlag();
  std::fputs(reports::FormatForecast(*input.forecast, Terminal(session)).c_str(), stdout);
  if (!options.output.empty() && !WriteFile(session, options.output, reports::WriteJson(input)))
    return ExitStatus::BadInput;
  return Interrupted(session, options, true) ? ExitStatus::Undecided : ExitStatus::Clean;
}

ExitStatus ServeYears(Session& session, const Options& options) {
  const auto decline = [&] {
    PrintDiagnostics(session);
    const std::string es = "un proceso no puede leer lo que se simula: " + session.unsaid;
    study::Decline(*session.ranks,
                   {es, "a process cannot read what is simulated: " + session.unsaid});
    return ExitStatus::Clean;  // the one that leads says it
  };
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded || options.population.empty()) return decline();
  const Inputs inputs = ReadInputs(session, *loaded, options);
  if (!inputs.population) return decline();
  study::Serve(Regulations(*loaded), *inputs.population,
               StudyOptions(session, *loaded, options, inputs));
  return ExitStatus::Clean;
}

// The same year of a post that `simular` counts, judged by the reference interpreter.
ExitStatus RunDiary(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  SayPartlyInForce(session, *loaded, options.gestion, base::Severity::Warning);
  if (loaded->amended.size() > 1) {
    Report(session, "demasiadas-enmiendas",
           {"diario lleva una enmienda como mucho", "diary takes one amendment at most"}, {});
  }
  if (!options.staff.empty() && options.smallest_group > 1) {
    Report(session, "grupo-pequeño",
           {"el diario de una persona real es un grupo de una",
            "the diary of a real person is a group of one"},
           {"si de verdad lo quiere, dé --grupo-minimo 0",
            "if you do mean it, give --smallest-group 0"});
  }
  const auto population = People(session, *loaded, options);
  const std::size_t staff = population ? population->staff.size() : 0;
  if (population && static_cast<std::size_t>(options.person) > staff) {
    const std::string count = std::to_string(staff);
    Report(session, "persona-inexistente",
           {"la población tiene " + count + " personas, y se pide la " +
                std::to_string(options.person),
            "the population has " + count + " persons, and number " +
                std::to_string(options.person) + " is asked for"},
           {"dé --persona de 1 a " + count, "give --person from 1 to " + count});
  }
  const rules::Ruleset& rules =
      loaded->amended.empty() ? *loaded->base.rules : *loaded->amended.front();
  std::optional<year::Setting> setting;
  if (!session.diagnostics.has_errors()) {
    setting = year::Prepare({&rules}, *population, GestionOf(*loaded, options.gestion),
                            session.diagnostics);
  }
  if (!setting) {
    PrintDiagnostics(session);
    return ExitStatus::BadInput;
  }
  year::PersonYearKey key{0, static_cast<std::size_t>(options.person - 1), options.seed,
                          static_cast<std::uint32_t>(options.replication - 1)};
  const rules::Families families = rules::BuildFamilies(rules);
  const int occupants = year::Occupants(*setting, *population, key);
  bool incomplete = false;
  std::string told;
  for (key.occupant = 0; key.occupant < occupants; ++key.occupant) {
    const evaluation::History history = year::PersonYear(*setting, *population, key);
    const evaluation::Result result = evaluation::Evaluate(rules, families, history);
    for (const base::Diagnostic& problem : result.problems) {
      incomplete = incomplete || problem.severity == base::Severity::Error;
      session.diagnostics.Add(problem);
    }
    if (key.occupant > 0) told += "\n";
    reports::Diary diary = reports::DescribeYear(rules, history, result);
    reports::AddRestraint(year::RestraintOf(*setting, *population, key), setting->year.year, diary);
    std::vector<std::pair<rules::RuleId, base::Date>> standing;
    for (const evaluation::Application& applied : result.applications)
      if (applied.stands) standing.emplace_back(applied.rule, applied.date);
    reports::AddProcedures(year::ProceduresOf(*setting, *population, key, standing), diary);
    told += reports::FormatDiary(diary, Terminal(session));
    if (!options.output.empty() && !WriteFile(session, Numbered(options.output, key.occupant),
                                              evaluation::WriteHistoryCsv(rules, history)))
      return ExitStatus::BadInput;
  }
  PrintDiagnostics(session);
  std::fputs(told.c_str(), stdout);
  return incomplete ? ExitStatus::Undecided : ExitStatus::Clean;
}

ExitStatus RunSensitivity(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded || !CheckOutput(session, options.output)) return ExitStatus::BadInput;
  SayPartlyInForce(session, *loaded, options.gestion, base::Severity::Warning);
  if (loaded->amended.size() > 1) {
    Report(
        session, "demasiadas-enmiendas",
        {"sensibilidad lleva una enmienda como mucho", "sensitivity takes one amendment at most"},
        {});
    PrintDiagnostics(session);
    return ExitStatus::BadInput;
  }
  const Inputs inputs = ReadInputs(session, *loaded, options);
  const auto& population = inputs.population;
  std::optional<study::SensitivityReport> report;
  FileLock lock;
  if (population && TakeResume(session, options, lock)) {
    study::SensitivityOptions study;
    study.year = YearOptions(*loaded, options);
    if (!options.watched.empty()) study.watched = options.watched;
    study.smallest_group = options.smallest_group;
    study.resume = options.resume;
    study.inputs = inputs.dependences;
    std::atomic<std::int64_t> done{0};
    study.year.progress = &done;
    const reports::Progress bar(Text{"simulando", "simulating"}.in(session.language), done,
                                study::YearsOf(*population, study));
    // The amended text, if there is one.
    report = study::Analyse(Regulations(*loaded).back(), *population, study, session.diagnostics);
  }
  if (!report && StopFlag()) {
    SayNoHalf(session, options);
    return ExitStatus::Undecided;
  }
  PrintDiagnostics(session);
  if (!report) return ExitStatus::BadInput;
  std::fputs(reports::FormatSensitivity(*report, Terminal(session)).c_str(), stdout);
  if (!options.output.empty() &&
      !WriteFile(session, options.output,
                 reports::WriteSensitivityJson(DescribeRun(session, *loaded), *report)))
    return ExitStatus::BadInput;
  return ExitStatus::Clean;
}

ExitStatus RunCompare(Session& session, const Options& options) {
  if (!CheckPrecision(session, options)) return ExitStatus::BadInput;
  if (options.amendments.empty()) {
    Report(session, "sin-enmienda", {"no hay con qué comparar", "there is nothing to compare with"},
           {"dé --enmienda ARCHIVO", "give --amendment FILE"});
    PrintDiagnostics(session);
    return ExitStatus::BadInput;
  }
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  if (!CheckOutput(session, options.output)) return ExitStatus::BadInput;
  reports::ReportInput input = DescribeRun(session, *loaded);
  if (!CheckAll(session, *loaded, options, input)) return ExitStatus::BadInput;
  std::fputs(reports::FormatCheckedYear(input, Terminal(session)).c_str(), stdout);
  std::fputs(reports::FormatAmendments(input, Terminal(session)).c_str(), stdout);
  if (!options.population.empty()) {
    input.forecast = Forecast(session, *loaded, options);
    if (!input.forecast)
      return Interrupted(session, options, false) ? ExitStatus::Undecided : ExitStatus::BadInput;
    std::fputs(reports::FormatForecast(*input.forecast, Terminal(session)).c_str(), stdout);
  }
  input.interrupted = StopFlag();
  if (!options.output.empty() && !WriteFile(session, options.output, reports::WriteJson(input)))
    return ExitStatus::BadInput;
  if (Interrupted(session, options, true)) return ExitStatus::Undecided;
  // What decides is the amended text: an amendment that leaves findings is not clean.
  return reports::AmendedExitStatus(input);
}

ExitStatus RunReport(Session& session, const Options& options) {
  if (!CheckPrecision(session, options)) return ExitStatus::BadInput;
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  const std::string folder = options.output.empty() ? "informe" : options.output;
  if (!CheckReport(session, folder) || !CheckOutput(session, options.sarif))
    return ExitStatus::BadInput;
  reports::ReportInput input = DescribeRun(session, *loaded);
  if (!CheckAll(session, *loaded, options, input)) return ExitStatus::BadInput;
  if (options.mends) MendAll(session, *loaded, options, *input.checks);
  if (!MeasureExposure(session, *loaded, options, input)) return ExitStatus::BadInput;
  if (!options.population.empty() && !StopFlag()) {
    input.forecast = Forecast(session, *loaded, options);
    if (!input.forecast && !StopFlag()) return ExitStatus::BadInput;
  }
  // Whatever was cut short, the page, its JSON, the SARIF and the screen say the same of it.
  input.interrupted = StopFlag();
  const ExitStatus status =
      input.interrupted ? ExitStatus::Undecided : reports::CheckExitStatus(input);
  if (!WriteSarifFile(session, *loaded, options, input, nullptr, status))
    return ExitStatus::BadInput;
  reports::TerminalOptions terminal = Terminal(session);
  terminal.readings_tried = input.tried.assignments;
  terminal.exposure = input.exposure;
  terminal.status = status;
  std::fputs(reports::FormatChecks(*input.checks, terminal).c_str(), stdout);
  std::fputs(reports::FormatCheckedYear(input, terminal).c_str(), stdout);
  if (!input.amendments.empty())
    std::fputs(reports::FormatAmendments(input, terminal).c_str(), stdout);
  if (input.forecast)
    std::fputs(reports::FormatForecast(*input.forecast, terminal).c_str(), stdout);
  if (!WriteReport(session, folder, input)) return ExitStatus::BadInput;
  if (input.interrupted) Interrupted(session, options, true);
  return status;
}

}  // namespace cotejo::app
