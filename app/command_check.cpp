// revisar: the checks over a regulation (and over what its amendments make of it); and
// comprobaciones: what the checks are.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/checking.h"
#include "app/commands.h"
#include "app/engine.h"
#include "app/exposure.h"
#include "app/mending.h"
#include "app/save_case.h"
#include "model/base/file.h"
#include "reports/json/json.h"
#include "reports/terminal/terminal.h"
#include "solver/checks/check.h"

namespace cotejo::app {

namespace {

// The report of --desde, which has a check; nothing on bad input, diagnosed.
std::optional<reports::ReportInput> ReadEarlier(Session& session, const std::string& path) {
  std::optional<reports::ReportInput> earlier;
  const auto content = base::ReadTextFile(path, session.diagnostics);
  if (content) {
    const base::FileId file = session.sources.Add(path, *content);
    earlier = reports::ReadJson(session.sources, file, session.diagnostics);
    if (!earlier->checks && !session.diagnostics.has_errors()) {
      // Of a simulation alone: everything would pass for new.
      session.diagnostics.Add(
          {"informe-sin-revisión",
           base::Severity::Error,
           {},
           {"«" + path + "» no tiene la revisión de ningún texto",
            "'" + path + "' has no check of any text"},
           {"dé en --desde lo que dejó «cotejo revisar» o «cotejo informe» con --salida",
            "give in --since what 'cotejo check' or 'cotejo report' left with --output"},
           {}});
    }
  }
  const bool failed = session.diagnostics.has_errors();
  PrintDiagnostics(session);
  return failed ? std::nullopt : earlier;
}

// What the order ends with. Since an earlier report only what it does not have counts, of the text
// in force and of each amendment's.
ExitStatus StatusOf(const reports::ReportInput& input, const reports::Since* since) {
  if (SolversDisagree(*input.checks)) return ExitStatus::Undecided;
  if (since == nullptr) return reports::CheckExitStatus(input);
  reports::ReportInput news;
  news.checks = since->shown;
  for (const reports::AmendmentInfo& amendment : input.amendments) {
    news.amendments.emplace_back().checks = reports::OnlyNews(*since->earlier, *amendment.checks);
  }
  return reports::CheckExitStatus(news);
}

// The last thing said: what is above may well be a fraction of what there is to find.
void SayInterrupted(Session& session) {
  if (!StopFlag()) return;
  session.diagnostics.Add({"interrumpido",
                           base::Severity::Warning,
                           {},
                           {"interrumpido: sólo se muestra lo que había terminado",
                            "interrupted: only what was finished is shown"},
                           {},
                           {}});
  PrintDiagnostics(session);
}

}  // namespace

ExitStatus RunCheck(Session& session, const Options& options) {
  if (!SecondSolverRuns(session, options)) return ExitStatus::BadInput;
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  if (!CheckOutput(session, options.output) || !CheckOutput(session, options.sarif))
    return ExitStatus::BadInput;
  std::optional<reports::ReportInput> earlier;
  if (!options.since.empty()) {
    earlier = ReadEarlier(session, options.since);
    if (!earlier) return ExitStatus::BadInput;
  }
  reports::ReportInput input = DescribeRun(session, *loaded);
  if (!CheckAll(session, *loaded, options, input)) return ExitStatus::BadInput;
  if (options.mends) MendAll(session, *loaded, options, *input.checks);
  if (!options.save_case.empty()) return SaveCase(session, *loaded, options, input);
  if (!MeasureExposure(session, *loaded, options, input)) return ExitStatus::BadInput;
  input.interrupted = StopFlag();
  if (!options.output.empty() && !WriteFile(session, options.output, reports::WriteJson(input))) {
    return ExitStatus::BadInput;
  }
  std::optional<reports::Since> since;
  if (earlier) since = reports::CompareWithEarlier(*earlier, input);
  const ExitStatus status = StatusOf(input, since ? &*since : nullptr);
  if (!WriteSarifFile(session, *loaded, options, input, since ? &*since : nullptr, status)) {
    return ExitStatus::BadInput;
  }
  reports::TerminalOptions terminal = Terminal(session);
  terminal.witnesses = options.witnesses;
  terminal.readings_tried = input.tried.assignments;
  terminal.exposure = input.exposure;
  terminal.status = status;
  if (since) terminal.since = &*since;
  std::fputs(reports::FormatChecks(*input.checks, terminal).c_str(), stdout);
  std::fputs(reports::FormatCheckedYear(input, terminal).c_str(), stdout);
  if (!input.amendments.empty())
    std::fputs(reports::FormatAmendments(input, terminal).c_str(), stdout);
  std::fputs(DescribeSecondOpinion(*input.checks).in(session.language).c_str(), stdout);
  SayInterrupted(session);
  return status;
}

ExitStatus RunCatalogue(Session& session, const Options& /*options*/) {
  std::vector<base::CheckSummary> catalogue;
  for (const checks::CheckDescriptor& check : checks::AllChecks()) {
    catalogue.push_back({check.code, check.group, check.title, check.page, {}, 0});
  }
  std::fputs(reports::FormatCatalogue(catalogue, Terminal(session)).c_str(), stdout);
  return ExitStatus::Clean;
}

}  // namespace cotejo::app
