#include "app/engine.h"

#include <filesystem>

#include "model/passages/workspace.h"
#include "solver/checks/contrast.h"

namespace cotejo::app {

namespace {

checks::SecondSolver Second(const Options& options) {
  checks::SecondSolver second;
  if (!options.second_solver.empty()) second.program = options.second_solver;
  second.threads = options.threads;
  return second;
}

}  // namespace

void PowerUp(const Options& options, smt::Log& log, checks::CheckOptions& check) {
  check.threads = options.threads;
  const std::string folder =
      options.workspace.empty() ? passages::kDefaultFolder : options.workspace;
  if (!options.no_cache) check.cache_directory = folder + "/cache";
  if (!options.dump.empty() || options.contrast) check.log = &log;
}

bool SecondSolverRuns(Session& session, const Options& options) {
  if (!options.contrast) return true;
  if (std::error_code error; std::filesystem::temp_directory_path(error).empty()) {
    session.diagnostics.Add({"no-se-puede-escribir",
                             base::Severity::Error,
                             {},
                             {"no hay carpeta temporal en la que dejar las consultas",
                              "there is no temporary folder to leave the queries in"},
                             {"TMPDIR nombra una que no existe: dé otra, o quítela",
                              "TMPDIR names one that does not exist: give another, or unset it"},
                             {}});
    PrintDiagnostics(session);
    return false;
  }
  const checks::SecondSolver second = Second(options);
  if (checks::VersionOf(second)) return true;
  session.diagnostics.Add({"sin-segundo-demostrador",
                           base::Severity::Error,
                           {},
                           {"no se puede ejecutar «" + second.program + "», el segundo demostrador",
                            "cannot run '" + second.program + "', the second solver"},
                           {"instale cvc5 (./instalar) o indique otro con --segundo-solver",
                            "install cvc5 (./instalar) or name another one with --second-solver"},
                           {}});
  PrintDiagnostics(session);
  return false;
}

void AskForSecondOpinion(const Options& options, const smt::Log& log, base::CheckReport& report) {
  const std::vector<smt::Script> scripts = log.Scripts();
  if (options.contrast) checks::AskAgain(scripts, Second(options), report);
  std::string failed;
  if (options.dump.empty() || checks::WriteScripts(scripts, options.dump, failed)) return;
  for (base::QueryRecord& query : report.queries) {
    if (query.verdict != base::Verdict::Proved || query.engine != "z3") continue;
    query.verdict = base::Verdict::Unknown;
    query.evidence = base::Evidence::None;
    query.reason = {"no se pudo escribir la consulta en «" + failed + "»",
                    "the query could not be written to '" + failed + "'"};
  }
  base::Recount(report);
}

base::Text DescribeSecondOpinion(const base::CheckReport& report) {
  if (!report.second_opinion) return {};
  const base::SecondOpinion& opinion = *report.second_opinion;
  const std::string asked = std::to_string(opinion.asked);
  const std::string confirmed = std::to_string(opinion.confirmed);
  const std::string undecided = std::to_string(opinion.undecided);
  const std::string against = std::to_string(opinion.disagreements.size());
  base::Text text{
      "contraste con " + opinion.solver + ": " + asked + " consultas decididas · " + confirmed +
          " confirmadas · " + undecided + " sin respuesta · " + against + " contradichas\n",
      "second opinion of " + opinion.solver + ": " + asked + " decided queries · " + confirmed +
          " confirmed · " + undecided + " unanswered · " + against + " contradicted\n"};
  for (const base::Text& line : opinion.disagreements) {
    text.es += "  DESACUERDO: " + line.es + "\n";
    text.en += "  DISAGREEMENT: " + line.en + "\n";
  }
  return text;
}

bool SolversDisagree(const base::CheckReport& report) {
  return report.second_opinion && !report.second_opinion->disagreements.empty();
}

}  // namespace cotejo::app
